// Points: over two axes, or as shares of three parts in a triangle.

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/plot_canvas.h"
#include "ui/plot_frame.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

constexpr float kCell = 2;  ///< pixels: of the points in one such square only the first is drawn

/// Draws points of which each square of the picture shows one, and finds the one nearest to the pointer.
class Points {
public:
    Points(const ImRect& box, bool is_hovered, PlotState& state) : box_(box), state_(state), is_hovered_(is_hovered) {
        n_columns_ = static_cast<size_t>(std::max(box.GetWidth() / kCell, 1.0f)) + 1;
        n_rows_ = static_cast<size_t>(std::max(box.GetHeight() / kCell, 1.0f)) + 1;
        taken_.assign(n_columns_ * n_rows_, false);
        state_.path.clear();
    }
    void begin_group() { std::fill(taken_.begin(), taken_.end(), false); }
    void add(ImVec2 at, int index, Mark mark, ImU32 color, float radius) {
        if (!(at.x >= box_.Min.x && at.x <= box_.Max.x && at.y >= box_.Min.y && at.y <= box_.Max.y)) return;
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        const float distance = std::hypot(mouse.x - at.x, mouse.y - at.y);
        if (is_hovered_ && distance < nearest_distance_) {
            nearest_distance_ = distance;
            state_.cursor = index;
        }
        if (index == state_.cursor) cursor_ = at;
        const auto column = static_cast<size_t>((at.x - box_.Min.x) / kCell);
        const auto row = static_cast<size_t>((at.y - box_.Min.y) / kCell);
        if (taken_[row * n_columns_ + column]) return;
        taken_[row * n_columns_ + column] = true;
        state_.path.push_back(at);
        draw_mark(at, mark, radius, color);
    }
    void draw_cursor(const std::string& words) const {
        if (cursor_.x < box_.Min.x || words.empty()) return;
        draw_list().AddCircle(cursor_, context().scaled(9), context().color(Ink::Text), 0, 2.5f);
        draw_readout(box_, cursor_.x, words);
    }

private:
    ImRect box_;
    PlotState& state_;
    bool is_hovered_;
    size_t n_columns_ = 0, n_rows_ = 0;
    std::vector<bool> taken_;
    float nearest_distance_ = 24;
    ImVec2 cursor_{-1e9f, -1e9f};
};

float radius_for(int n) { return context().scaled(n > 5000 ? 1.5f : n > 500 ? 2.5f : 4.5f); }

template <class Group>
int count(const std::vector<Group>& groups, std::span<const float> Group::* values, const PlotState& state) {
    int n = 0;
    for (const Group& group : groups) {
        if (state.shows(group.name)) n += static_cast<int>((group.*values).size());
    }
    return n;
}

/// Which group and which of its points the cursor means; groups that are off do not count.
template <class Group>
std::pair<const Group*, size_t> find(const std::vector<Group>& groups, std::span<const float> Group::* values,
                                     const PlotState& state) {
    int left = state.cursor;
    for (const Group& group : groups) {
        if (!state.shows(group.name)) continue;
        const int n = static_cast<int>((group.*values).size());
        if (left >= 0 && left < n) return {&group, static_cast<size_t>(left)};
        left -= n;
    }
    return {nullptr, 0};
}

std::string words_at(const ScatterPlot& plot, const PlotState& state) {
    const auto [group, i] = find(plot.groups, &PointGroup::x, state);
    if (group == nullptr) return {};
    return tr("{0}: {1} {2}, {3} {4}", {group->name, plot.x_name, value_words(static_cast<double>(group->x[i])),
                                        plot.y_name, value_words(static_cast<double>(group->y[i]))});
}

std::string words_at(const TernaryPlot& plot, const PlotState& state) {
    const auto [group, i] = find(plot.groups, &TernaryGroup::a, state);
    if (group == nullptr) return {};
    return tr(
        "{0}: {1} {2}, {3} {4}, {5} {6}",
        {group->name, plot.a_name, value_words(static_cast<double>(group->a[i])), plot.b_name,
         value_words(static_cast<double>(group->b[i])), plot.c_name, value_words(static_cast<double>(group->c[i]))});
}

PlotTable table_of(const ScatterPlot& plot) {
    PlotTable table{{tr("group"), plot.x_name, plot.y_name}, {}};
    for (const PointGroup& group : plot.groups) {
        for (size_t i = 0; i < group.x.size(); ++i)
            table.rows.push_back({group.name, exact(group.x[i]), exact(group.y[i])});
    }
    return table;
}

PlotTable table_of(const TernaryPlot& plot) {
    PlotTable table{{tr("group"), plot.a_name, plot.b_name, plot.c_name}, {}};
    for (const TernaryGroup& group : plot.groups) {
        for (size_t i = 0; i < group.a.size(); ++i)
            table.rows.push_back({group.name, exact(group.a[i]), exact(group.b[i]), exact(group.c[i])});
    }
    return table;
}

struct Triangle {
    ImVec2 top, left, right;

    explicit Triangle(const ImRect& box) {
        const float side = std::min(box.GetWidth(), box.GetHeight() / 0.8660254f);
        const float middle = (box.Min.x + box.Max.x) / 2;
        top = {middle, box.Min.y};
        left = {middle - side / 2, box.Min.y + side * 0.8660254f};
        right = {middle + side / 2, left.y};
    }
    ImVec2 at(float a, float b, float c) const {
        const float sum = a + b + c;
        if (!(sum > 0) || a < 0 || b < 0 || c < 0) return {-1e9f, -1e9f};
        return {(top.x * a + left.x * b + right.x * c) / sum, (top.y * a + left.y * b + right.y * c) / sum};
    }
};

void draw_triangle(const Triangle& t, const TernaryPlot& plot, const ImRect& all) {
    const Context& c = context();
    for (int i = 1; i < 5; ++i) {
        const float s = static_cast<float>(i) / 5;
        const std::array<std::array<ImVec2, 2>, 3> lines{{{t.at(s, 1 - s, 0), t.at(s, 0, 1 - s)},
                                                          {t.at(1 - s, s, 0), t.at(0, s, 1 - s)},
                                                          {t.at(1 - s, 0, s), t.at(0, 1 - s, s)}}};
        for (const auto& line : lines) draw_list().AddLine(line[0], line[1], c.color(Ink::Line));
    }
    draw_list().AddTriangle(t.top, t.left, t.right, c.color(Ink::Control), 1.5f);
    const float size = c.scaled(type_size(Type::MonoSmall));
    const auto name = [&](ImVec2 at, std::string_view words, float align) {
        const std::string fit = fitted(c.fonts.bold, size, words, all.GetWidth() / 2 - 4);
        const float width = text_size(c.fonts.bold, size, fit).x;
        const float x = std::clamp(at.x - width * align, all.Min.x, std::max(all.Min.x, all.Max.x - width));
        draw_text({x, at.y}, c.fonts.bold, size, c.color(Ink::Muted), fit);
    };
    name({t.top.x, t.top.y - size * 1.6f}, plot.a_name, 0.5f);
    name({t.left.x, t.left.y + 5}, plot.b_name, 0.5f);
    name({t.right.x, t.right.y + 5}, plot.c_name, 0.5f);
}

}  // namespace

PlotAnswer scatter_plot(std::string_view key, const ScatterPlot& plot, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    PlotParts parts{.key = key,
                    .title = plot.title,
                    .summary = plot.summary,
                    .series = {},
                    .n_positions = count(plot.groups, &PointGroup::x, state),
                    .can_zoom = true};
    for (const PointGroup& group : plot.groups)
        parts.series.push_back({group.name, group.color, Dash::Solid, group.mark, false});
    const Axis x = Axis::of(plot.x_min, plot.x_max, plot.is_log_x);
    const Axis y = Axis::of(plot.y_min, plot.y_max, plot.is_log_y);
    const int before = state.cursor;
    take_plot_keys(parts, state);
    if (const auto [group, i] = find(plot.groups, &PointGroup::x, state); group && state.cursor != before)
        follow(state, x.share(static_cast<double>(group->x[i])));
    const Rect rect = c.place(c.area().width, c.scaled(plot.height));
    take_plot_pointer(parts, state, rect);
    {
        const Canvas canvas(key, rect, {x.part(state.x_from, state.x_to), plot.x_name},
                            {y.part(state.y_from, state.y_to), plot.y_name});
        if (canvas) {
            Points points(canvas.box, canvas.is_hovered(), state);
            draw_list().PushClipRect(canvas.box.Min, canvas.box.Max, true);
            int index = 0;
            for (const PointGroup& group : plot.groups) {
                if (!state.shows(group.name)) continue;
                points.begin_group();
                for (size_t i = 0; i < group.x.size(); ++i) {
                    points.add(canvas.at(static_cast<double>(group.x[i]), static_cast<double>(group.y[i])), index++,
                               group.mark, plot_color(group.color, 0.85f), radius_for(parts.n_positions));
                }
            }
            draw_list().PopClipRect();
            points.draw_cursor(words_at(plot, state));
            if (parts.n_positions == 0) draw_nothing_yet(canvas.box);
        }
    }
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(plot, state), [&] { return table_of(plot); });
}

PlotAnswer ternary_plot(std::string_view key, const TernaryPlot& plot, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    PlotParts parts{.key = key,
                    .title = plot.title,
                    .summary = plot.summary,
                    .series = {},
                    .n_positions = count(plot.groups, &TernaryGroup::a, state)};
    for (const TernaryGroup& group : plot.groups)
        parts.series.push_back({group.name, group.color, Dash::Solid, group.mark, false});
    const int before = state.cursor;
    take_plot_keys(parts, state);
    const Rect rect = c.place(c.area().width, c.scaled(plot.height));
    const ImRect all = plain_item(key, rect);
    const float margin = c.scaled(30);
    const ImRect box({all.Min.x + 8, all.Min.y + margin + 8}, {all.Max.x - 8, all.Max.y - margin});
    const Triangle triangle(box);
    draw_triangle(triangle, plot, all);
    Points points(all, ImGui::IsWindowHovered() && all.Contains(ImGui::GetIO().MousePos), state);
    int index = 0;
    for (const TernaryGroup& group : plot.groups) {
        if (!state.shows(group.name)) continue;
        points.begin_group();
        for (size_t i = 0; i < group.a.size(); ++i) {
            points.add(triangle.at(group.a[i], group.b[i], group.c[i]), index++, group.mark,
                       plot_color(group.color, 0.85f), radius_for(parts.n_positions));
        }
    }
    points.draw_cursor(words_at(plot, state));
    if (parts.n_positions == 0) draw_nothing_yet(box);
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(plot, state), [&] { return table_of(plot); });
}

std::string plot_csv(const ScatterPlot& plot) { return to_csv(table_of(plot)); }
std::string plot_csv(const TernaryPlot& plot) { return to_csv(table_of(plot)); }

}  // namespace terrarium::ui
