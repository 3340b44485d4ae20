#include "ui/lists.h"

#include <algorithm>

#include "ui/internal.h"
#include "ui/locked.h"

namespace terrarium::ui {

using namespace internal;

namespace internal {

bool select_at(std::string_view key, std::string_view label, const std::vector<Option>& options, std::string& selected,
               const Rect& rect, bool is_enabled) {
    Context& c = context();
    const auto found =
        std::find_if(options.begin(), options.end(), [&](const Option& it) { return it.id == selected; });
    size_t index = found == options.end() ? 0 : static_cast<size_t>(found - options.begin());
    const size_t before = index;
    const Press p = press(key, rect, is_enabled);
    // With a DOM the real menu lies above this; without one a press takes the next.
    if (p.was_pressed && !c.env.has_dom && !options.empty()) index = (index + 1) % options.size();
    if (const auto action = c.twin.take(key, "set"); action && is_enabled && action->value.is_number_integer()) {
        const auto wanted = action->value.get<int64_t>();
        if (wanted >= 0 && wanted < std::ssize(options)) index = static_cast<size_t>(wanted);
    }
    const float size = c.scaled(type_size(Type::Body));
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Panel), 8);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_enabled ? Ink::Control : Ink::Line), 8);
    Node& node = add_node(key, "select", label, rect);
    if (!options.empty()) {
        const ImRect words({p.box.Min.x + 10, p.box.Min.y}, p.box.Max);
        const float y = (p.box.Min.y + p.box.Max.y - size * 1.2f) / 2;
        draw_text({words.Min.x, y}, c.fonts.regular, size, c.color(is_enabled ? Ink::Text : Ink::Muted),
                  fitted(c.fonts.regular, size, options[index].words, rect.width - 40));
    }
    json& words = node.properties["options"] = json::array();
    for (const Option& option : options) words.push_back(option.words);
    node.properties["v"] = index;
    node.properties["size"] = size;
    if (!is_enabled) node.properties["disabled"] = true;
    if (index == before || options.empty()) return false;
    selected = options[index].id;
    return true;
}

Rect caption(std::string_view words, bool is_enabled) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const auto lines =
        wrapped(c.fonts.regular, size, words, std::max(c.area().width - lock_room(is_enabled, size), size * 4));
    const Rect rect = c.place(c.area().width, size * 1.4f * static_cast<float>(lines.size()));
    const float end = rect.x + text_size(c.fonts.regular, size, lines.back()).x;
    draw_lock(is_enabled, c.to_screen(end, rect.y + rect.height - size * 0.8f), size);
    float y = rect.y;
    for (const std::string& line : lines) {
        draw_text(c.to_screen(rect.x, y), c.fonts.regular, size, c.color(Ink::Muted), line);
        y += size * 1.4f;
    }
    return rect;
}

void draw_lines(ImVec2 at, ImFont* font, float size, ImU32 color, const std::vector<std::string>& lines) {
    for (const std::string& line : lines) {
        draw_text(at, font, size, color, line);
        at.y += size * kLineHeight;
    }
}

void draw_grip_dots(const ImRect& box, ImU32 color) {
    const ImVec2 middle{box.Min.x + 16, (box.Min.y + box.Max.y) / 2};
    for (const float dy : {-5.0f, 0.0f, 5.0f}) {
        for (const float dx : {-2.5f, 2.5f}) draw_list().AddCircleFilled({middle.x + dx, middle.y + dy}, 1.5f, color);
    }
}

}  // namespace internal

namespace {

std::string words_of(const std::vector<Option>& options, std::string_view id) {
    for (const Option& option : options) {
        if (option.id == id) return option.words;
    }
    return {};
}

void make_complete(const std::vector<Option>& items, std::vector<std::string>& order) {
    std::vector<std::string> known;
    const auto add = [&](const std::string& id) {
        const bool is_new = std::find(known.begin(), known.end(), id) == known.end();
        const auto is_it = [&](const Option& it) { return it.id == id; };
        if (is_new && std::any_of(items.begin(), items.end(), is_it)) known.push_back(id);
    };
    for (const std::string& id : order) add(id);
    for (const Option& item : items) add(item.id);
    order = std::move(known);
}

struct OrderRow {
    Rect rect;
    std::vector<std::string> lines;
};

/// Draws one row; returns where it wants to go.
size_t order_row(const std::string& key, const std::string& words, const OrderRow& row, const OrderRow* above,
                 const OrderRow* below, size_t at, size_t count, bool is_enabled) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Body));
    const float side = row.rect.height < c.control_height() ? row.rect.height : c.control_height();
    const float y = row.rect.y + (row.rect.height - side) / 2;
    const Rect down{row.rect.x + row.rect.width - side, y, side, side};
    const Rect up{down.x - side - 4, y, side, side};
    const Rect body{row.rect.x, row.rect.y, up.x - row.rect.x - 6, row.rect.height};
    const Press p = press(key, body, is_enabled);
    size_t to = at;
    if (p.is_held && ImGui::IsMousePosValid()) {
        // The row that is carried moves when it would then lie under the pointer: rows may differ in height.
        const float pointer = ImGui::GetIO().MousePos.y;
        if (above != nullptr && pointer < to_box(above->rect).Min.y + row.rect.height) to = at - 1;
        if (below != nullptr && pointer > to_box(below->rect).Max.y - row.rect.height) to = at + 1;
    }
    if (p.is_hovered || p.is_held) ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeNS);
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(p.is_held || p.is_hovered ? Ink::Soft : Ink::Panel), 8);
    draw_list().AddRect(p.box.Min, p.box.Max,
                        c.color(p.is_held    ? Ink::Accent
                                : is_enabled ? Ink::Control
                                             : Ink::Line),
                        8, 0, p.is_held ? 2.0f : 1.0f);
    if (is_enabled) draw_grip_dots(p.box, c.color(Ink::Muted));
    const float text_y =
        p.box.Min.y + (row.rect.height - size * kLineHeight * static_cast<float>(row.lines.size())) / 2;
    const ImU32 ink = c.color(is_enabled ? Ink::Text : Ink::Muted);
    draw_text({p.box.Min.x + 32, text_y}, c.fonts.bold, size, ink, std::to_string(at + 1));
    draw_lines({p.box.Min.x + 32 + c.scaled(24), text_y}, c.fonts.regular, size, ink, row.lines);
    Node& node = add_node(key, "grip",
                          tr("{0}, number {1} of {2}", {words, std::to_string(at + 1), std::to_string(count)}), body);
    node.properties["d"] = tr("Arrow keys move it up and down.");
    node.properties["keys"] = {"ArrowUp", "ArrowDown"};
    if (!is_enabled) node.properties["disabled"] = true;
    if (const auto action = c.twin.take(key, "key"); action && is_enabled) {
        if (action->value == "ArrowUp" && above != nullptr) to = at - 1;
        if (action->value == "ArrowDown" && below != nullptr) to = at + 1;
    }
    if (small_button(key + ".up", "↑", tr("Move up: {0}", {words}), up, is_enabled && above != nullptr)) to = at - 1;
    if (small_button(key + ".down", "↓", tr("Move down: {0}", {words}), down, is_enabled && below != nullptr))
        to = at + 1;
    return to;
}

}  // namespace

bool select(std::string_view key, std::string_view label, const std::vector<Option>& options, std::string& selected) {
    if (is_hidden(key)) return false;
    Context& c = context();
    caption(label, !is_locked(key));
    const float gap = std::exchange(c.area().gap, 4.0f);
    const Rect rect = c.place(std::min(c.area().width, c.scaled(420)), c.control_height());
    c.area().gap = gap;
    return select_at(key, label, options, selected, rect, !is_locked(key));
}

bool order_list(std::string_view key, std::string_view label, const std::vector<Option>& items,
                std::vector<std::string>& order) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    make_complete(items, order);
    add_node(key, "group", label, {c.area().x, c.area().y, c.area().width, c.control_height()});
    c.twin.push_parent(std::string(key));
    caption(label, !is_locked(key));
    const float size = c.scaled(type_size(Type::Body));
    const float gap = std::exchange(c.area().gap, 6.0f);
    std::vector<OrderRow> rows;
    for (const std::string& id : order) {
        const float width = c.area().width - 2 * c.control_height() - c.scaled(24) - 56;
        OrderRow row{.rect = {}, .lines = wrapped(c.fonts.regular, size, words_of(items, id), width)};
        const float text_height = size * kLineHeight * static_cast<float>(row.lines.size());
        row.rect = c.place(c.area().width, std::max(c.control_height() + 4, text_height + 18));
        rows.push_back(std::move(row));
    }
    c.area().gap = gap;
    size_t from = 0, to = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        const OrderRow* above = i > 0 ? &rows[i - 1] : nullptr;
        const OrderRow* below = i + 1 < rows.size() ? &rows[i + 1] : nullptr;
        const size_t wanted = order_row(std::string(key) + "." + order[i], words_of(items, order[i]), rows[i], above,
                                        below, i, order.size(), is_enabled);
        if (wanted != i) {
            from = i;
            to = wanted;
        }
    }
    c.twin.pop_parent();
    if (from == to) return false;
    std::swap(order[from], order[to]);
    c.twin.say(tr("{0}, number {1} of {2}",
                  {words_of(items, order[to]), std::to_string(to + 1), std::to_string(order.size())}));
    c.frames_wanted = std::max(c.frames_wanted, 1);
    return true;
}

bool match_list(std::string_view key, std::string_view label, const std::vector<Option>& items,
                const std::vector<Option>& answers, std::map<std::string, std::string>& chosen) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    bool changed = false;
    add_node(key, "group", label, {c.area().x, c.area().y, c.area().width, c.control_height()});
    c.twin.push_parent(std::string(key));
    caption(label, !is_locked(key));
    const float size = c.scaled(type_size(Type::Body));
    const bool is_wide = c.area().width >= c.scaled(520);
    const float menu_width = is_wide ? c.area().width * 0.45f : c.area().width - 24;
    std::vector<Option> menu{{"", tr("Choose …")}};
    menu.insert(menu.end(), answers.begin(), answers.end());

    std::vector<ImRect> targets;
    const float gap = std::exchange(c.area().gap, 6.0f);
    for (const Option& item : items) {
        const float words_width = is_wide ? c.area().width - menu_width - 36 : c.area().width - 24;
        const auto lines = wrapped(c.fonts.regular, size, item.words, words_width);
        const float text_height = size * kLineHeight * static_cast<float>(lines.size());
        const float menu_height = c.control_height();
        const float height = is_wide ? std::max(menu_height, text_height) + 16 : menu_height + text_height + 28;
        const Rect rect = c.place(c.area().width, height);
        const ImRect box = to_box(rect);
        targets.push_back(box);
        draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Panel), 8);
        draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), 8);
        const float text_y = is_wide ? box.Min.y + (height - text_height) / 2 : box.Min.y + 10;
        draw_lines({box.Min.x + 12, text_y}, c.fonts.regular, size, c.color(is_enabled ? Ink::Text : Ink::Muted),
                   lines);
        const Rect menu_rect{is_wide ? rect.x + rect.width - menu_width - 8 : rect.x + 12,
                             is_wide ? rect.y + (height - menu_height) / 2 : rect.y + height - menu_height - 8,
                             menu_width, menu_height};
        std::string answer = chosen.contains(item.id) ? chosen.at(item.id) : "";
        if (select_at(std::string(key) + "." + item.id, item.words, menu, answer, menu_rect, is_enabled)) {
            if (answer.empty())
                chosen.erase(item.id);
            else
                chosen[item.id] = answer;
            changed = true;
        }
    }
    c.area().gap = gap;

    caption(tr("Drag an answer onto its place, press it to fill the next free place, or use the menus."));
    const Row row(8);
    for (const Option& answer : answers) {
        const std::string answer_key = std::string(key) + ".answer." + answer.id;
        const float width = text_size(c.fonts.regular, size, answer.words).x + 46;
        const Rect rect = c.place(width, c.control_height());
        const Press p = press(answer_key, rect, is_enabled);
        const std::string shown = fitted(c.fonts.regular, size, answer.words, rect.width - 44);
        const auto draw_chip = [&](ImDrawList& list, const ImRect& box, bool is_warm) {
            list.AddRectFilled(box.Min, box.Max, c.color(is_warm ? Ink::Soft : Ink::Panel), 8);
            list.AddRect(box.Min, box.Max, c.color(is_warm ? Ink::Accent : is_enabled ? Ink::Control : Ink::Line), 8);
            list.AddText(c.fonts.regular, c.fonts.imgui_size(c.fonts.regular, size),
                         {box.Min.x + 32, (box.Min.y + box.Max.y - size * 1.2f) / 2},
                         c.color(is_enabled ? Ink::Text : Ink::Muted), shown.c_str());
        };
        draw_chip(draw_list(), p.box, p.is_hovered && !p.is_held);
        if (is_enabled) draw_grip_dots(p.box, c.color(Ink::Muted));
        Node& node = add_node(answer_key, "grip", answer.words, rect);
        node.properties["d"] = tr("Goes to the first free place.");
        if (!is_enabled) node.properties["disabled"] = true;

        const ImVec2 pointer = ImGui::GetIO().MousePos;
        const bool is_drag = p.is_held && ImGui::GetMouseDragDelta(0, 4).y != 0;
        const auto target =
            std::find_if(targets.begin(), targets.end(), [&](const ImRect& it) { return it.Contains(pointer); });
        const bool is_over = ImGui::IsMousePosValid() && target != targets.end();
        if (is_drag) {
            if (is_over) draw_list().AddRect(target->Min, target->Max, c.color(Ink::Accent), 8, 0, 2.5f);
            const ImVec2 half{p.box.GetWidth() / 2, p.box.GetHeight() / 2};
            draw_chip(*ImGui::GetForegroundDrawList(),
                      {{pointer.x - half.x, pointer.y - half.y}, {pointer.x + half.x, pointer.y + half.y}}, true);
        }
        const bool was_let_go = is_enabled && ImGui::IsMouseReleased(0) &&
                                ImGui::GetCurrentContext()->ActiveIdPreviousFrame == item_id(answer_key);
        if (was_let_go && is_over) {
            chosen[items[static_cast<size_t>(target - targets.begin())].id] = answer.id;
            changed = true;
        } else if (is_enabled && (p.was_pressed || was_clicked_in_twin(answer_key))) {
            const auto free =
                std::find_if(items.begin(), items.end(), [&](const Option& item) { return !chosen.contains(item.id); });
            if (free == items.end()) continue;
            chosen[free->id] = answer.id;
            c.twin.say(tr("{0}: {1}", {free->words, answer.words}));
            changed = true;
        }
    }
    c.twin.pop_parent();
    return changed;
}

}  // namespace terrarium::ui
