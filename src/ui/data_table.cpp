#include <algorithm>
#include <map>

#include "core/io/number_text.h"
#include "ui/data.h"
#include "ui/internal.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string lower(std::string words) {
    for (char& letter : words) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return words;
}

void renew_rows(const std::vector<Column>& columns, const TableSource& source, TableState& state) {
    if (!state.is_stale && state.known_rows == source.n_rows) return;
    state.is_stale = false;
    state.known_rows = source.n_rows;
    state.rows.clear();
    const std::string wanted = lower(state.filter);
    for (int row = 0; row < source.n_rows; ++row) {
        bool is_in = wanted.empty();
        for (int i = 0; i < std::ssize(columns) && !is_in; ++i)
            is_in = lower(source.cell(row, i)).find(wanted) != std::string::npos;
        if (is_in) state.rows.push_back(row);
    }
    if (state.sort_column < 0 || state.sort_column >= std::ssize(columns)) return;
    // Each cell is read once; what is no number comes before the numbers.
    struct Value {
        double number;
        std::string words;
        int row;
    };
    const bool is_number = columns[static_cast<size_t>(state.sort_column)].is_number;
    std::vector<Value> values;
    for (const int row : state.rows) {
        std::string words = source.cell(row, state.sort_column);
        const double number = is_number ? core::io::parse_number(words).value_or(-1e300) : 0;
        values.push_back({number, is_number ? "" : lower(std::move(words)), row});
    }
    std::stable_sort(values.begin(), values.end(), [&](const Value& a, const Value& b) {
        const Value& one = state.is_descending ? b : a;
        const Value& other = state.is_descending ? a : b;
        return one.number != other.number ? one.number < other.number : one.words < other.words;
    });
    for (size_t i = 0; i < values.size(); ++i) state.rows[i] = values[i].row;
}

/// One table in one frame.
class Drawing {
public:
    Drawing(std::string_view key, const std::vector<Column>& columns, const TableSource& source, TableState& state)
        : key_(key), columns_(columns), source_(source), state_(state), is_enabled_(!is_locked(key)) {
        const Context& c = context();
        size_ = c.scaled(type_size(Type::Small));
        line_ = c.env.is_touch ? c.control_height() : c.scaled(34);
        is_stacked_ = context().area().width < c.scaled(480);
        float total = 0;
        for (const Column& column : columns_) total += column.share;
        row_height_ = (is_stacked_ ? line_ * static_cast<float>(columns_.size()) + 8 : line_) + 2;
        const float width = context().area().width - line_ - 8 - 14;  // with room for a scroll bar
        float x = line_ + 8;
        for (const Column& column : columns_) {
            starts_.push_back(x);
            x += width * column.share / total;
        }
        starts_.push_back(x);
    }

    void headers() {
        Context& c = context();
        if (is_stacked_) {
            const Row row(6);
            for (int i = 0; i < std::ssize(columns_); ++i) {
                const float width = text_size(c.fonts.bold, size_, title(i)).x + 2 * size_ + 16;
                header(i, c.place(width, line_));
            }
            return;
        }
        const Rect all = c.place(c.area().width, line_);
        for (int i = 0; i < std::ssize(columns_); ++i) {
            const auto at = static_cast<size_t>(i);
            header(i, {all.x + starts_[at], all.y, starts_[at + 1] - starts_[at], line_});
        }
    }

    /// As many rows as fit well on the screen; the others are scrolled to.
    float rows_height() const {
        const Context& c = context();
        const float most = std::max(std::min(c.scaled(440), c.env.height * 0.6f), 3 * row_height_);
        return std::min(content_height(), most);
    }
    float content_height() const { return row_height_ * static_cast<float>(state_.rows.size()); }

    void go_to_page(int page) {
        state_.page = page;
        state_.scroll.jump(row_height_ * static_cast<float>(page * kRowsPerPage));
        context().frames_wanted = std::max(context().frames_wanted, 1);
    }

    /// The rows in sight, and for the twin those of its page. True when one changed.
    bool rows() {
        const int count = static_cast<int>(state_.rows.size());
        ScrollBox box(key_ + ".rows", tr("Rows"), rows_height(), content_height(), state_.scroll);
        const int from = std::min(box.first(row_height_), count), to = std::min(box.end(row_height_), count);
        // The page stays while any of its rows is in sight: what has the focus keeps it.
        const int first = state_.page * kRowsPerPage;
        if (to > from && (to <= first || from >= first + kRowsPerPage)) state_.page = (from + to) / 2 / kRowsPerPage;
        const int page_from = state_.page * kRowsPerPage, page_to = std::min(page_from + kRowsPerPage, count);
        bool changed = false;
        const auto draw = [&](int begin, int end, bool has_twin) {
            for (int at = begin; at < end; ++at) {
                has_twin_ = has_twin;
                changed = row(state_.rows[static_cast<size_t>(at)],
                              {context().area().x, box.top() + row_height_ * static_cast<float>(at), box.width(),
                               row_height_ - 2}) ||
                          changed;
            }
        };
        was_open_ = false;
        draw(from, std::min(to, page_from), false);
        draw(page_from, page_to, true);
        draw(std::max(from, page_to), to, false);
        if (!was_open_) state_.edit_row = state_.edit_column = -1;  // scrolled away, filtered out
        return changed;
    }

    /// The page as a table to read; the buttons and boxes of its cells follow it in the twin.
    void to_read(std::string_view name) {
        const Area& area = context().area();
        Node& node = add_node(key_ + ".table", "table", name, {area.x, area.y, area.width, line_ + 2 + rows_height()});
        json titles = json::array(), numbers = json::array();
        for (int i = 0; i < std::ssize(columns_); ++i) {
            titles.push_back(title(i));
            if (columns_[static_cast<size_t>(i)].is_number) numbers.push_back(i);
        }
        node.properties["cols"] = std::move(titles);
        node.properties["numbers"] = std::move(numbers);
        if (state_.sort_column >= 0) {
            node.properties["sort"] = state_.sort_column;
            node.properties["falling"] = state_.is_descending;
        }
        json& out = node.properties["rows"] = json::array();
        const int first = state_.page * kRowsPerPage, count = static_cast<int>(state_.rows.size());
        for (int at = first; at < std::min(first + kRowsPerPage, count); ++at) {
            const int number = state_.rows[static_cast<size_t>(at)];
            json& cells = out.emplace_back(json::array());
            for (int i = 0; i < std::ssize(columns_); ++i) cells.push_back(read(number, i));
        }
    }

private:
    bool row(int number, const Rect& all) {
        Context& c = context();
        const ImRect box = to_box(all);
        const bool is_visible = box.Max.y >= 0 && box.Min.y <= c.env.height;
        bool changed = select_box(number, all);
        if (is_visible) draw_list().AddLine({box.Min.x, box.Max.y}, box.Max, c.color(Ink::Line));
        for (int i = 0; i < std::ssize(columns_); ++i) {
            const auto at = static_cast<size_t>(i);
            const Rect place = is_stacked_ ? Rect{all.x + line_ + 8, all.y + 4 + line_ * static_cast<float>(i),
                                                  all.width - line_ - 8, line_}
                                           : Rect{all.x + starts_[at], all.y, starts_[at + 1] - starts_[at], line_};
            changed = cell(number, i, place, is_visible) || changed;
        }
        return changed;
    }

    const std::string& title(int i) const { return columns_[static_cast<size_t>(i)].title; }

    void header(int i, const Rect& rect) {
        Context& c = context();
        const Column& column = columns_[static_cast<size_t>(i)];
        const std::string key = key_ + ".sort." + column.id;
        const Press p = press(key, rect, true);
        if (p.is_hovered) draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Soft), 6);
        const bool is_sorted = state_.sort_column == i;
        const float mark = is_sorted ? size_ + 4 : 0;
        const std::string words = fitted(c.fonts.bold, size_, column.title, rect.width - 12 - mark);
        const float width = text_size(c.fonts.bold, size_, words).x;
        const float y = (p.box.Min.y + p.box.Max.y) / 2;
        const float x = column.is_number && !is_stacked_ ? p.box.Max.x - 6 - width - mark : p.box.Min.x + 6;
        draw_text({x, y - size_ * 0.6f}, c.fonts.bold, size_, c.color(is_sorted ? Ink::Accent : Ink::Text), words);
        if (is_sorted) {
            const float at = x + width + 4 + size_ / 2, t = size_ * 0.3f, up = state_.is_descending ? -t : t;
            draw_list().AddTriangleFilled({at - t, y + up}, {at + t, y + up}, {at, y - up}, c.color(Ink::Accent));
        }
        const std::string name = !is_sorted             ? tr("Sort by {0}", {column.title})
                                 : state_.is_descending ? tr("Sort by {0}, now falling", {column.title})
                                                        : tr("Sort by {0}, now rising", {column.title});
        add_node(key, "button", name, rect).properties["pressed"] = is_sorted;
        if (!p.was_pressed && !was_clicked_in_twin(key)) return;
        state_.is_descending = is_sorted && !state_.is_descending;
        state_.sort_column = i;
        state_.is_stale = true;
        go_to_page(0);
        c.frames_wanted = std::max(c.frames_wanted, 1);
    }

    bool select_box(int number, const Rect& all) {
        Context& c = context();
        const std::string key = key_ + ".row." + std::to_string(number);
        const Rect rect{all.x, all.y, line_, line_};
        const Press p = press(key, rect, is_enabled_);
        bool is_selected = state_.selected.contains(number);
        const bool before = is_selected;
        if (p.was_pressed) is_selected = !is_selected;
        if (const auto action = c.twin.take(key, "set"); action && is_enabled_ && action->value.is_boolean())
            is_selected = action->value.get<bool>();
        if (is_selected)
            state_.selected.insert(number);
        else
            state_.selected.erase(number);
        if (p.is_visible) {
            const float half = c.scaled(9);
            const ImVec2 m = p.box.GetCenter();
            if (is_selected) {
                draw_list().AddRectFilled(to_box(all).Min, to_box(all).Max, c.color(Ink::Soft));
                draw_list().AddRectFilled({m.x - half, m.y - half}, {m.x + half, m.y + half}, c.color(Ink::Accent), 4);
                draw_list().AddLine({m.x - half / 2, m.y}, {m.x - half / 8, m.y + half / 2}, c.color(Ink::OnAccent), 2);
                draw_list().AddLine({m.x - half / 8, m.y + half / 2}, {m.x + half / 2, m.y - half / 2},
                                    c.color(Ink::OnAccent), 2);
            } else {
                draw_list().AddRect({m.x - half, m.y - half}, {m.x + half, m.y + half}, c.color(Ink::Control), 4);
            }
        }
        if (!has_twin_) return is_selected != before;
        Node& node =
            add_node(key, "toggle", tr("Select row {0}: {1}", {std::to_string(number + 1), read(number, 0)}), rect);
        node.properties["checked"] = is_selected;
        if (!is_enabled_) node.properties["disabled"] = true;
        return is_selected != before;
    }

    const std::string& read(int number, int i) {
        const int slot = number * static_cast<int>(columns_.size()) + i;
        const auto [at, is_new] = cells_.try_emplace(slot);
        if (is_new) at->second = source_.cell(number, i);
        return at->second;
    }

    bool cell(int number, int i, const Rect& place, bool is_visible) {
        Context& c = context();
        const Column& column = columns_[static_cast<size_t>(i)];
        const bool is_open = state_.edit_row == number && state_.edit_column == i;
        const std::string key = key_ + ".row." + std::to_string(number) + "." + column.id;
        if (is_open) return open_cell(key, number, i, place);
        const bool may_edit = column.is_editable && is_enabled_ && source_.edit;
        Press p{.box = to_box(place)};
        if (may_edit) p = press(key, place, true);
        if (is_visible) draw_cell(number, i, p, may_edit);
        if (!may_edit) return false;
        if (has_twin_)
            add_node(key, "button",
                     tr("Edit {0} of row {1}: {2}", {column.title, std::to_string(number + 1), read(number, i)}),
                     place);
        if (!p.was_pressed && !was_clicked_in_twin(key)) return false;
        state_.edit_row = number;
        state_.edit_column = i;
        was_open_ = true;
        c.twin.focus(key + ".field");
        c.frames_wanted = std::max(c.frames_wanted, 1);
        return false;
    }

    void draw_cell(int number, int i, const Press& p, bool may_edit) {
        Context& c = context();
        const Column& column = columns_[static_cast<size_t>(i)];
        if (p.is_hovered) draw_list().AddRect(p.box.Min, p.box.Max, c.color(Ink::Control), 6);
        ImFont* font = column.is_number ? c.fonts.mono : c.fonts.regular;
        float left = p.box.Min.x + 6;
        const float y = (p.box.Min.y + p.box.Max.y) / 2;
        if (is_stacked_) {
            const std::string name = fitted(c.fonts.regular, size_, column.title, p.box.GetWidth() * 0.4f);
            draw_text({left, y - size_ * 0.6f}, c.fonts.regular, size_, c.color(Ink::Muted), name);
            left += p.box.GetWidth() * 0.4f + 8;
        }
        const std::string words = fitted(font, size_, read(number, i), p.box.Max.x - left - 6);
        const float width = text_size(font, size_, words).x;
        const float x = column.is_number ? p.box.Max.x - 6 - width : left;
        draw_text({x, y - size_ * 0.6f}, font, size_, c.color(Ink::Text), words);
        if (may_edit) {  // dots below: this opens
            for (float at = x; at < x + width; at += 5)
                draw_list().AddLine({at, y + size_ * 0.8f}, {at + 2, y + size_ * 0.8f}, c.color(Ink::Control), 1);
        }
    }

    bool open_cell(const std::string& key, int number, int i, const Rect& place) {
        Context& c = context();
        const std::string field = key + ".field";
        was_open_ = true;
        const ImRect box = plain_item(field, place);
        draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Panel), 6);
        draw_list().AddRect(box.Min, box.Max, c.color(Ink::Accent), 6, 0, 2);
        Node& node = add_node(field, "textbox", title(i), place);
        node.properties["v"] = read(number, i);
        node.properties["max_length"] = 200;
        node.properties["size"] = size_;
        bool changed = false;
        if (const auto action = c.twin.take(field, "set"); action && action->value.is_string()) {
            source_.edit(number, i, action->value.get<std::string>());
            changed = true;
        }
        const bool is_done = c.twin.take(field, "key").has_value() || c.twin.take(field, "blur").has_value();
        if (is_done) {
            state_.edit_row = state_.edit_column = -1;
            state_.is_stale = true;
            c.frames_wanted = std::max(c.frames_wanted, 1);
        }
        return changed;
    }

    const std::string key_;
    const std::vector<Column>& columns_;
    const TableSource& source_;
    TableState& state_;
    bool is_enabled_, is_stacked_;
    bool has_twin_ = true;   ///< the row that is being drawn is one of the twin's page
    bool was_open_ = false;  ///< a cell is being edited
    float size_, line_, row_height_;
    std::vector<float> starts_;
    std::map<int, std::string> cells_;
};

}  // namespace

bool data_table(std::string_view key, std::string_view name, const std::vector<Column>& columns,
                const TableSource& source, TableState& state) {
    if (is_hidden(key) || columns.empty()) return false;
    const std::string k(key);
    const Group group(key, name);
    if (text_field(k + ".filter", tr("Show rows with"), state.filter)) {
        state.is_stale = true;
        state.page = 0;
        state.scroll.jump(0);
    }
    renew_rows(columns, source, state);
    const int shown = static_cast<int>(state.rows.size());
    const int pages = std::max(1, (shown + kRowsPerPage - 1) / kRowsPerPage);
    state.page = std::clamp(state.page, 0, pages - 1);
    const float gap = std::exchange(context().area().gap, 2.0f);
    Drawing drawing(key, columns, source, state);
    bool changed = false;
    drawing.to_read(name);
    drawing.headers();
    if (shown > 0) changed = drawing.rows();
    context().area().gap = gap;
    if (shown == 0)
        note(k + ".none", state.filter.empty() ? tr("There are no rows.") : tr("No row has these words."), Ink::Muted);
    const Row row;
    if (pages > 1) {
        if (button(k + ".previous", tr("Previous"), Button::Plain, state.page > 0)) drawing.go_to_page(state.page - 1);
        if (button(k + ".next", tr("Next"), Button::Plain, state.page + 1 < pages)) drawing.go_to_page(state.page + 1);
    }
    paragraph(k + ".where",
              tr("Page {0} of {1}, {2} rows, {3} selected",
                 {grouped(state.page + 1), grouped(pages), grouped(shown), grouped(std::ssize(state.selected))}),
              Ink::Muted, Type::Small);
    return changed;
}

}  // namespace terrarium::ui
