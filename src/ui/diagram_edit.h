// What a diagram holds and how it changes: parts on a grid, arrows between them. No drawing; diagram.h draws it.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::ui {

/// One thing that stands on the grid. A cell holds at most one.
struct DiagramNode {
    std::string id;    ///< unique in its diagram
    std::string kind;  ///< an id of the kit's kinds
    std::string label;
    int x = 0, y = 0;      ///< column and row, from 0
    std::string attached;  ///< an id of the kit's services, or ""
    bool operator==(const DiagramNode&) const = default;
};

struct DiagramEdge {
    std::string from, to;
    bool operator==(const DiagramEdge&) const = default;
};

struct Diagram {
    std::vector<DiagramNode> nodes;
    std::vector<DiagramEdge> edges;
    bool operator==(const Diagram&) const = default;
};

struct DiagramKind {
    std::string id, words;
    int limit = 1;  ///< how many of them a diagram may hold
};
struct DiagramService {
    std::string id, words;
};

/// What a diagram is made of.
struct DiagramKit {
    int columns = 4, rows = 4;
    std::vector<DiagramKind> kinds;
    std::vector<DiagramService> services;  ///< may be empty: nothing is attached then
};

/// A diagram and what it was before each change.
struct DiagramHistory {
    Diagram now;
    std::vector<Diagram> past;
};
inline constexpr size_t kMaxDiagramSteps = 100;  ///< that can be undone

const DiagramNode* find_node(const Diagram& diagram, std::string_view id);
int count_kind(const Diagram& diagram, std::string_view kind);
bool has_edge(const Diagram& diagram, std::string_view from, std::string_view to);

// Each is true when it changed something, and then one step more can be undone. What is not possible changes nothing.

/// Puts one more on the first free cell, row by row, and numbers its label when others of its kind are there. Refused
/// at the kind's limit and when every cell is taken.
bool add_node(DiagramHistory& diagram, const DiagramKit& kit, std::string_view kind);
/// Refused outside the grid and where another stands.
bool move_node(DiagramHistory& diagram, const DiagramKit& kit, std::string_view id, int x, int y);
/// Its arrows go too.
bool remove_node(DiagramHistory& diagram, std::string_view id);
/// Refused from a node to itself and when the arrow is there already.
bool connect(DiagramHistory& diagram, std::string_view from, std::string_view to);
bool disconnect(DiagramHistory& diagram, std::string_view from, std::string_view to);
/// `service` "" detaches.
bool attach(DiagramHistory& diagram, const DiagramKit& kit, std::string_view id, std::string_view service);
bool undo(DiagramHistory& diagram);

}  // namespace terrarium::ui
