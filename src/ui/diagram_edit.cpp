#include "ui/diagram_edit.h"

#include <algorithm>

namespace terrarium::ui {
namespace {

void remember(DiagramHistory& diagram) {
    diagram.past.push_back(diagram.now);
    if (diagram.past.size() > kMaxDiagramSteps) diagram.past.erase(diagram.past.begin());
}

bool is_taken(const Diagram& diagram, int x, int y) {
    return std::any_of(diagram.nodes.begin(), diagram.nodes.end(),
                       [&](const DiagramNode& it) { return it.x == x && it.y == y; });
}

DiagramNode& known_node(Diagram& diagram, std::string_view id) {
    return *std::find_if(diagram.nodes.begin(), diagram.nodes.end(),
                         [&](const DiagramNode& it) { return it.id == id; });
}

/// "model", "model-2" ...: the first number that none of this kind has.
int free_number(const Diagram& diagram, std::string_view kind) {
    int number = 1;
    while (find_node(diagram, std::string(kind) + "-" + std::to_string(number)) != nullptr) ++number;
    return number;
}

}  // namespace

const DiagramNode* find_node(const Diagram& diagram, std::string_view id) {
    const auto found =
        std::find_if(diagram.nodes.begin(), diagram.nodes.end(), [&](const DiagramNode& it) { return it.id == id; });
    return found == diagram.nodes.end() ? nullptr : &*found;
}

int count_kind(const Diagram& diagram, std::string_view kind) {
    return static_cast<int>(std::count_if(diagram.nodes.begin(), diagram.nodes.end(),
                                          [&](const DiagramNode& it) { return it.kind == kind; }));
}

bool has_edge(const Diagram& diagram, std::string_view from, std::string_view to) {
    return std::any_of(diagram.edges.begin(), diagram.edges.end(),
                       [&](const DiagramEdge& it) { return it.from == from && it.to == to; });
}

bool add_node(DiagramHistory& diagram, const DiagramKit& kit, std::string_view kind) {
    const auto known =
        std::find_if(kit.kinds.begin(), kit.kinds.end(), [&](const DiagramKind& it) { return it.id == kind; });
    if (known == kit.kinds.end() || count_kind(diagram.now, kind) >= known->limit) return false;
    for (int cell = 0; cell < kit.columns * kit.rows; ++cell) {
        const int x = cell % kit.columns, y = cell / kit.columns;
        if (is_taken(diagram.now, x, y)) continue;
        const int number = free_number(diagram.now, kind);
        const std::string words = std::to_string(number);
        remember(diagram);
        diagram.now.nodes.push_back({.id = known->id + "-" + words,
                                     .kind = known->id,
                                     .label = number == 1 ? known->words : known->words + " " + words,
                                     .x = x,
                                     .y = y,
                                     .attached = ""});
        return true;
    }
    return false;
}

bool move_node(DiagramHistory& diagram, const DiagramKit& kit, std::string_view id, int x, int y) {
    const bool is_inside = x >= 0 && y >= 0 && x < kit.columns && y < kit.rows;
    if (!is_inside || find_node(diagram.now, id) == nullptr || is_taken(diagram.now, x, y)) return false;
    remember(diagram);
    DiagramNode& node = known_node(diagram.now, id);
    node.x = x;
    node.y = y;
    return true;
}

bool remove_node(DiagramHistory& diagram, std::string_view id) {
    if (find_node(diagram.now, id) == nullptr) return false;
    remember(diagram);
    std::erase_if(diagram.now.edges, [&](const DiagramEdge& it) { return it.from == id || it.to == id; });
    std::erase_if(diagram.now.nodes, [&](const DiagramNode& it) { return it.id == id; });
    return true;
}

bool connect(DiagramHistory& diagram, std::string_view from, std::string_view to) {
    const bool are_known = find_node(diagram.now, from) != nullptr && find_node(diagram.now, to) != nullptr;
    if (!are_known || from == to || has_edge(diagram.now, from, to)) return false;
    remember(diagram);
    diagram.now.edges.push_back({std::string(from), std::string(to)});
    return true;
}

bool disconnect(DiagramHistory& diagram, std::string_view from, std::string_view to) {
    if (!has_edge(diagram.now, from, to)) return false;
    remember(diagram);
    std::erase_if(diagram.now.edges, [&](const DiagramEdge& it) { return it.from == from && it.to == to; });
    return true;
}

bool attach(DiagramHistory& diagram, const DiagramKit& kit, std::string_view id, std::string_view service) {
    const DiagramNode* node = find_node(diagram.now, id);
    const bool is_known = service.empty() || std::any_of(kit.services.begin(), kit.services.end(),
                                                         [&](const DiagramService& it) { return it.id == service; });
    if (node == nullptr || !is_known || node->attached == service) return false;
    remember(diagram);
    known_node(diagram.now, id).attached = std::string(service);
    return true;
}

bool undo(DiagramHistory& diagram) {
    if (diagram.past.empty()) return false;
    diagram.now = std::move(diagram.past.back());
    diagram.past.pop_back();
    return true;
}

}  // namespace terrarium::ui
