#include "ui/diagram.h"

#include <algorithm>

#include "ui/diagram_picture.h"
#include "ui/internal.h"

namespace terrarium::ui {

using namespace internal;

namespace {

/// One diagram in one frame. What is drawn is what was there when the frame began.
class Drawing {
public:
    Drawing(std::string_view key, const DiagramKit& kit, DiagramState& state)
        : key_(key), kit_(kit), state_(state), shown_(state.history.now), is_enabled_(!is_locked(key)) {
        for (std::string* id : {&state_.selected, &state_.from, &state_.to, &state_.connect_from}) {
            if (find_node(shown_, *id) == nullptr) id->clear();
        }
    }

    void palette() {
        const Group group(key_ + ".palette", tr("Parts to add"));
        const Row row;
        for (const DiagramKind& kind : kit_.kinds) {
            const int count = count_kind(shown_, kind.id);
            const std::string words =
                tr("Add {0}, {1} of {2}", {kind.words, std::to_string(count), std::to_string(kind.limit)});
            const bool has_room = count < kind.limit && std::ssize(shown_.nodes) < kit_.columns * kit_.rows;
            if (!button(key_ + ".add." + kind.id, words, Button::Plain, is_enabled_ && has_room)) continue;
            if (!add_node(state_.history, kit_, kind.id)) continue;
            state_.selected = state_.history.now.nodes.back().id;
            say(tr("{0} was added", {state_.history.now.nodes.back().label}));
        }
    }

    void picture(std::string_view name) {
        const DiagramPicture picture(kit_);
        picture.draw_ground(shown_);
        picture.draw_edges(shown_, state_.selected);
        add_node(key_ + ".picture", "group", name, picture.rect());
        context().twin.push_parent(key_ + ".picture");
        carried_ = nullptr;
        for (const DiagramNode& node : shown_.nodes) draw_node(picture, node);
        if (carried_ != nullptr) {  // above all others
            const ImVec2 by = ImGui::GetMouseDragDelta(0, 0);
            ImRect box = to_box(picture.node_rect(carried_->x, carried_->y));
            box.Translate(by);
            if (const auto cell = picture.cell_at(ImGui::GetIO().MousePos); cell.x >= 0) picture.draw_target(cell);
            picture.draw_node(*carried_, box, {.is_selected = true, .is_warm = true});
        }
        if (shown_.nodes.empty()) {
            const Context& c = context();
            const float size = c.scaled(type_size(Type::Body));
            const std::string words = tr("Nothing is here yet. Add a part with the buttons above.");
            const auto lines = wrapped(c.fonts.regular, size, words, picture.rect().width - 48);
            const float height = size * kLineHeight * static_cast<float>(lines.size());
            const Rect at{picture.rect().x + 24, picture.rect().y + (picture.rect().height - height) / 2,
                          picture.rect().width - 48, height};
            draw_list().AddRectFilled(to_box(at).Min, to_box(at).Max, c.color(Ink::Background));
            draw_lines(to_box(at).Min, c.fonts.regular, size, c.color(Ink::Text), lines);
            add_node(key_ + ".empty", "paragraph", words, at);
        }
        context().twin.pop_parent();
    }

    void tools() {
        {
            const Row row;
            const Button look = state_.is_connecting ? Button::Selected : Button::Plain;
            if (button(key_ + ".connect", tr("Connect two parts"), look, is_enabled_ && shown_.nodes.size() > 1)) {
                state_.is_connecting = !state_.is_connecting;
                state_.connect_from.clear();
                say("");
            }
            if (button(key_ + ".undo", tr("Undo"), Button::Plain, is_enabled_ && !state_.history.past.empty()) &&
                undo(state_.history)) {
                say(tr("The last change was undone"));
            }
        }
        note(key_ + ".hint", hint(), Ink::Muted);
    }

    void part_menus() {
        const bool has_part = !state_.selected.empty();
        Columns columns = columns_for_two();
        menu(key_ + ".part", tr("Part"), nodes_to_choose(), state_.selected, !shown_.nodes.empty());
        if (is_wide()) columns.next();
        if (!kit_.services.empty()) {
            std::vector<Option> services{{"", tr("None")}};
            for (const DiagramService& it : kit_.services) services.push_back({it.id, it.words});
            const DiagramNode* node = find_node(shown_, state_.selected);
            std::string service = node == nullptr ? "" : node->attached;
            if (menu(key_ + ".service", tr("What serves this part"), services, service, has_part))
                attach(state_.history, kit_, state_.selected, service);
        }
        if (button(key_ + ".remove", tr("Remove this part"), Button::Plain, is_enabled_ && has_part))
            remove(state_.selected);
    }

    void edge_menus() {
        {
            Columns columns = columns_for_two();
            menu(key_ + ".from", tr("From"), nodes_to_choose(), state_.from, shown_.nodes.size() > 1);
            if (is_wide()) columns.next();
            menu(key_ + ".to", tr("To"), nodes_to_choose(), state_.to, shown_.nodes.size() > 1);
        }
        const bool is_there = has_edge(shown_, state_.from, state_.to);
        const bool may_join = !state_.from.empty() && !state_.to.empty() && state_.from != state_.to && !is_there;
        {
            const Row row;
            if (button(key_ + ".join", tr("Connect"), Button::Plain, is_enabled_ && may_join))
                join(state_.from, state_.to);
            if (button(key_ + ".separate", tr("Disconnect"), Button::Plain, is_enabled_ && is_there) &&
                disconnect(state_.history, state_.from, state_.to)) {
                say(tr("{0} no longer leads to {1}", {label(state_.from), label(state_.to)}));
            }
        }
        std::vector<std::string> sentences;
        for (const DiagramEdge& it : shown_.edges)
            sentences.push_back(tr("{0} leads to {1}", {label(it.from), label(it.to)}));
        if (sentences.empty())
            paragraph(key_ + ".edges", tr("No part leads to another."), Ink::Muted, Type::Small);
        else
            list(key_ + ".edges", sentences);
    }

    bool has_changed() const { return !(shown_ == state_.history.now); }

private:
    static bool is_wide() { return context().area().width >= context().scaled(520); }
    static Columns columns_for_two() { return Columns(is_wide() ? std::vector<float>{1, 1} : std::vector<float>{1}); }

    const std::string& label(std::string_view id) const { return find_node(shown_, id)->label; }

    void say(std::string words) {
        state_.said = std::move(words);
        context().frames_wanted = std::max(context().frames_wanted, 1);
    }

    std::string hint() const {
        if (!state_.said.empty()) return state_.said;
        if (!state_.is_connecting) return tr("Drag a part to another place, or use the menus below.");
        if (state_.connect_from.empty()) return tr("Press the part where the arrow starts.");
        return tr("Press the part that {0} leads to.", {label(state_.connect_from)});
    }

    std::vector<Option> nodes_to_choose() const {
        std::vector<Option> options{{"", tr("Choose …")}};
        for (const DiagramNode& node : shown_.nodes) options.push_back({node.id, node.label});
        return options;
    }

    bool menu(const std::string& key, const std::string& words, const std::vector<Option>& options,
              std::string& selected, bool is_enabled) {
        Context& c = context();
        caption(words);
        const float gap = std::exchange(c.area().gap, 4.0f);
        const Rect rect = c.place(c.area().width, c.control_height());
        c.area().gap = gap;
        return select_at(key, words, options, selected, rect, is_enabled && is_enabled_);
    }

    void join(const std::string& from, const std::string& to) {
        if (from == to)
            say(tr("An arrow needs two different parts."));
        else if (connect(state_.history, from, to))
            say(tr("{0} leads to {1}", {label(from), label(to)}));
        else
            say(tr("{0} leads to {1} already.", {label(from), label(to)}));
    }

    void remove(const std::string& id) {
        if (remove_node(state_.history, id)) say(tr("{0} was removed", {label(id)}));
    }

    void choose(const std::string& id) {
        state_.said.clear();
        context().frames_wanted = std::max(context().frames_wanted, 1);
        state_.selected = id;
        if (!state_.is_connecting) return;
        if (state_.connect_from.empty()) {
            state_.connect_from = id;
            return;
        }
        join(state_.connect_from, id);
        state_.is_connecting = false;
        state_.connect_from.clear();
    }

    /// To the next free cell in one direction.
    void step(const DiagramNode& node, int dx, int dy) {
        for (int x = node.x + dx, y = node.y + dy; x >= 0 && y >= 0 && x < kit_.columns && y < kit_.rows;
             x += dx, y += dy) {
            if (!move_node(state_.history, kit_, node.id, x, y)) continue;
            say(tr("{0}: column {1}, row {2}", {node.label, std::to_string(x + 1), std::to_string(y + 1)}));
            return;
        }
        say(tr("No free place is there."));
    }

    void take_key(const DiagramNode& node, const json& pressed) {
        if (pressed == "ArrowLeft") step(node, -1, 0);
        if (pressed == "ArrowRight") step(node, 1, 0);
        if (pressed == "ArrowUp") step(node, 0, -1);
        if (pressed == "ArrowDown") step(node, 0, 1);
        if (pressed != "Delete" && pressed != "Backspace") return;
        remove(node.id);
        context().twin.focus(key_ + ".undo");  // what had the focus is gone
    }

    void draw_node(const DiagramPicture& picture, const DiagramNode& node) {
        Context& c = context();
        const std::string key = key_ + ".node." + node.id;
        const Rect rect = picture.node_rect(node.x, node.y);
        const Press p = press(key, rect, is_enabled_);
        const bool is_far = ImGui::GetIO().MouseDragMaxDistanceSqr[0] > 16;
        const bool is_carried = p.is_held && is_far && !state_.is_connecting;
        const bool is_selected = state_.selected == node.id;
        if (is_carried)
            carried_ = &node;
        else
            picture.draw_node(node, p.box, {is_selected, p.is_hovered, is_enabled_});
        const bool was_let_go =
            ImGui::IsMouseReleased(0) && ImGui::GetCurrentContext()->ActiveIdPreviousFrame == item_id(key);
        if (was_let_go && is_far && is_enabled_ && !state_.is_connecting) {
            const auto cell = picture.cell_at(ImGui::GetIO().MousePos);
            state_.selected = node.id;
            const bool is_home = cell.x == node.x && cell.y == node.y;
            if (!is_home && !move_node(state_.history, kit_, node.id, cell.x, cell.y)) say(tr("That place is taken."));
            c.frames_wanted = std::max(c.frames_wanted, 1);
        } else if (is_enabled_ && (p.was_pressed || was_clicked_in_twin(key))) {
            choose(node.id);
        }
        if (const auto action = c.twin.take(key, "key"); action && is_enabled_) take_key(node, action->value);
        const auto service = std::find_if(kit_.services.begin(), kit_.services.end(),
                                          [&](const DiagramService& it) { return it.id == node.attached; });
        const std::string column = std::to_string(node.x + 1), row = std::to_string(node.y + 1);
        Node& twin = add_node(key, "grip",
                              service == kit_.services.end()
                                  ? tr("{0}: column {1}, row {2}", {node.label, column, row})
                                  : tr("{0} with {1}: column {2}, row {3}", {node.label, service->words, column, row}),
                              rect);
        twin.properties["d"] = tr("Arrow keys move it, Delete removes it.");
        twin.properties["keys"] = {"ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Delete", "Backspace"};
        twin.properties["pressed"] = is_selected;
        if (!is_enabled_) twin.properties["disabled"] = true;
    }

    const std::string key_;
    const DiagramKit& kit_;
    DiagramState& state_;
    const Diagram shown_;
    bool is_enabled_;
    const DiagramNode* carried_ = nullptr;
};

}  // namespace

bool diagram(std::string_view key, std::string_view name, const DiagramKit& kit, DiagramState& state) {
    if (is_hidden(key)) return false;
    const Group group(key, name);
    Drawing drawing(key, kit, state);
    drawing.palette();
    drawing.picture(name);
    drawing.tools();
    drawing.part_menus();
    drawing.edge_menus();
    return drawing.has_changed();
}

}  // namespace terrarium::ui
