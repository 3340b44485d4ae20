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

constexpr float kCell = 2;          ///< pixels: of the points of a group in one such square only the first is drawn
constexpr float kMaxDots = 20'000;  ///< of all groups; larger squares keep it

float radius_for(int n) { return context().scaled(n > 5000 ? 1.5f : n > 500 ? 2.5f : 4.5f); }

/// Draws the groups of a plot, of which each square of the picture shows one point a group, and finds the point nearest
/// to the pointer. Where points stand is worked out only when something changed.
class Points {
public:
    Points(const ImRect& box, bool is_hovered, int n_points, size_t n_groups, PlotState& state)
        : box_(box), state_(state), is_hovered_(is_hovered), radius_(radius_for(n_points)) {
        const float area = box.GetWidth() * box.GetHeight() * static_cast<float>(std::max<size_t>(n_groups, 1));
        cell_ = std::max(n_points > 5000 ? 2 * radius_ : kCell, std::sqrt(area / kMaxDots));
        state_.path.clear();
    }

    /// `source`: fingerprint of the group's values. `place(i)`: where its point i stands on the screen.
    template <class Place>
    void draw_group(size_t n, uint64_t source, Mark mark, ImU32 color, const Place& place) {
        const float sizes[] = {box_.GetWidth(), box_.GetHeight(), cell_};
        const KeptSeries& kept =
            keep(state_, n_drawn_++, fingerprint(sizes, source), n, [&](KeptSeries& it) { choose(n, place, it); });
        const ImVec2 mouse = ImGui::GetIO().MousePos;
        float nearest = is_hovered_ ? nearest_ : 0;
        for (size_t k = 0; k < kept.path.size(); ++k) {
            const ImVec2 at{box_.Min.x + kept.path[k].x, box_.Min.y + kept.path[k].y};
            const float dx = mouse.x - at.x, dy = mouse.y - at.y;
            if (dx * dx + dy * dy < nearest) {
                nearest = dx * dx + dy * dy;
                state_.cursor = first_ + kept.index[k];
            }
            state_.path.push_back(at);
            draw_dot(at, mark, color);
        }
        if (is_hovered_) nearest_ = nearest;
        const int at = state_.cursor - first_;
        if (at >= 0 && at < static_cast<int>(n)) cursor_ = place(static_cast<size_t>(at));
        first_ += static_cast<int>(n);
    }
    void draw_cursor(const std::string& words) const {
        const bool is_inside = cursor_.x >= box_.Min.x && cursor_.x <= box_.Max.x && cursor_.y >= box_.Min.y &&
                               cursor_.y <= box_.Max.y;  // false also for what is not a number
        if (!is_inside || words.empty()) return;
        draw_list().AddCircle(cursor_, context().scaled(9), context().color(Ink::Text), 0, 2.5f);
        draw_readout(box_, cursor_.x, words);
    }

private:
    template <class Place>
    void choose(size_t n, const Place& place, KeptSeries& kept) const {
        const auto n_columns = static_cast<size_t>(std::max(box_.GetWidth() / cell_, 1.0f)) + 1;
        const auto n_rows = static_cast<size_t>(std::max(box_.GetHeight() / cell_, 1.0f)) + 1;
        std::vector<bool> taken(n_columns * n_rows, false);
        for (size_t i = 0; i < n; ++i) {
            const ImVec2 at = place(i);
            if (!(at.x >= box_.Min.x && at.x <= box_.Max.x && at.y >= box_.Min.y && at.y <= box_.Max.y)) continue;
            const auto column = static_cast<size_t>((at.x - box_.Min.x) / cell_);
            const auto row = static_cast<size_t>((at.y - box_.Min.y) / cell_);
            if (taken[row * n_columns + column]) continue;
            taken[row * n_columns + column] = true;
            kept.path.emplace_back(at.x - box_.Min.x, at.y - box_.Min.y);
            kept.index.push_back(static_cast<int>(i));
        }
    }
    /// Below two pixels a circle is a square with many more corners.
    void draw_dot(ImVec2 at, Mark mark, ImU32 color) const {
        draw_mark(at, mark == Mark::Circle && radius_ < 2 ? Mark::Square : mark, radius_, color);
    }

    ImRect box_;
    PlotState& state_;
    bool is_hovered_;
    float radius_, cell_ = kCell;
    size_t n_drawn_ = 0;
    int first_ = 0;               ///< index of the next group's first point, as the cursor counts
    float nearest_ = 24 * 24.0f;  ///< pixels, squared
    ImVec2 cursor_{-1e9f, -1e9f};
};

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

/// Calls add(group, i) for at most `n_rows` points, spread over all groups.
template <class Group, class Add>
void for_rows(const std::vector<Group>& groups, std::span<const float> Group::* values, int n_rows, const Add& add) {
    size_t n = 0;
    for (const Group& group : groups) n += (group.*values).size();
    size_t first = 0;
    auto group = groups.begin();
    for (const size_t row : spread(n, n_rows)) {
        while (row >= first + ((*group).*values).size()) first += ((*group++).*values).size();
        add(*group, row - first);
    }
}

PlotTable table_of(const ScatterPlot& plot, int n_rows) {
    PlotTable table{{tr("group"), plot.x_name, plot.y_name}, {}};
    for_rows(plot.groups, &PointGroup::x, n_rows, [&](const PointGroup& group, size_t i) {
        table.rows.push_back({group.name, exact(group.x[i]), exact(group.y[i])});
    });
    return table;
}

PlotTable table_of(const TernaryPlot& plot, int n_rows) {
    PlotTable table{{tr("group"), plot.a_name, plot.b_name, plot.c_name}, {}};
    for_rows(plot.groups, &TernaryGroup::a, n_rows, [&](const TernaryGroup& group, size_t i) {
        table.rows.push_back({group.name, exact(group.a[i]), exact(group.b[i]), exact(group.c[i])});
    });
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
            Points points(canvas.box, canvas.is_hovered(), parts.n_positions, plot.groups.size(), state);
            draw_list().PushClipRect(canvas.box.Min, canvas.box.Max, true);
            for (const PointGroup& group : plot.groups) {
                if (!state.shows(group.name)) continue;
                const uint64_t source = fingerprint(group.x, fingerprint(group.y, canvas.fingerprint()));
                points.draw_group(group.x.size(), source, group.mark, plot_color(group.color, 0.85f), [&](size_t i) {
                    return canvas.at(static_cast<double>(group.x[i]), static_cast<double>(group.y[i]));
                });
            }
            draw_list().PopClipRect();
            points.draw_cursor(words_at(plot, state));
            if (parts.n_positions == 0) draw_nothing_yet(canvas.box);
        }
    }
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(plot, state), [&](int n_rows) { return table_of(plot, n_rows); });
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
    Points points(all, ImGui::IsWindowHovered() && all.Contains(ImGui::GetIO().MousePos), parts.n_positions,
                  plot.groups.size(), state);
    for (const TernaryGroup& group : plot.groups) {
        if (!state.shows(group.name)) continue;
        const uint64_t source = fingerprint(group.a, fingerprint(group.b, fingerprint(group.c, 0)));
        points.draw_group(group.a.size(), source, group.mark, plot_color(group.color, 0.85f),
                          [&](size_t i) { return triangle.at(group.a[i], group.b[i], group.c[i]); });
    }
    points.draw_cursor(words_at(plot, state));
    if (parts.n_positions == 0) draw_nothing_yet(box);
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(plot, state), [&](int n_rows) { return table_of(plot, n_rows); });
}

std::string plot_csv(const ScatterPlot& plot) { return to_csv(table_of(plot, kAllRows)); }
std::string plot_csv(const TernaryPlot& plot) { return to_csv(table_of(plot, kAllRows)); }

}  // namespace terrarium::ui
