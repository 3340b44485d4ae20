// Nodes and edges, as a picture to read: arrow keys go to the next node in their direction.

#include <algorithm>
#include <cmath>

#include "ui/plot_canvas.h"
#include "ui/plot_frame.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string ends_of(const Graph& graph, int node, bool is_outgoing) {
    std::string names;
    for (const GraphEdge& edge : graph.edges) {
        if ((is_outgoing ? edge.from : edge.to) != node) continue;
        const GraphNode& other = graph.nodes[static_cast<size_t>(is_outgoing ? edge.to : edge.from)];
        const std::string name = edge.name.empty() ? other.name : tr("{0} ({1})", {other.name, edge.name});
        names = names.empty() ? name : tr("{0}, {1}", {names, name});
    }
    return names;
}

std::string words_at(const Graph& graph, int node) {
    if (node < 0) return {};
    const std::string name = graph.nodes[static_cast<size_t>(node)].name;
    const std::string to = ends_of(graph, node, true);
    const std::string from = ends_of(graph, node, false);
    if (to.empty() && from.empty()) return tr("{0}, not connected", {name});
    if (from.empty()) return tr("{0}, leads to {1}", {name, to});
    if (to.empty()) return tr("{0}, comes from {1}", {name, from});
    return tr("{0}, leads to {1}; comes from {2}", {name, to, from});
}

/// The nearest node that lies more in this direction than in any other; the same one when there is none.
int next_in(const Graph& graph, int node, std::string_view key) {
    const float dx = key == "ArrowLeft" ? -1.0f : key == "ArrowRight" ? 1.0f : 0.0f;
    const float dy = key == "ArrowUp" ? -1.0f : key == "ArrowDown" ? 1.0f : 0.0f;
    if (dx == 0 && dy == 0) return node;
    const GraphNode& here = graph.nodes[static_cast<size_t>(node)];
    int best = node;
    float best_distance = 1e9f;
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const float x = graph.nodes[i].x - here.x;
        const float y = graph.nodes[i].y - here.y;
        const float along = x * dx + y * dy;
        const float aside = std::abs(x * dy) + std::abs(y * dx);
        if (along <= 1e-4f || aside > along + 1e-4f) continue;
        if (along + 2 * aside < best_distance) {
            best_distance = along + 2 * aside;
            best = static_cast<int>(i);
        }
    }
    return best;
}

void draw_edge(ImVec2 from, ImVec2 to, ImVec2 half, const GraphEdge& edge, ImU32 color, float weight) {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    if (!(length > 1)) return;
    const ImVec2 unit{(to.x - from.x) / length, (to.y - from.y) / length};
    // From border to border of the boxes.
    const float reach =
        std::min(half.x / std::max(std::abs(unit.x), 1e-3f), half.y / std::max(std::abs(unit.y), 1e-3f));
    const ImVec2 begin{from.x + unit.x * reach, from.y + unit.y * reach};
    const ImVec2 end{to.x - unit.x * (reach + 3), to.y - unit.y * (reach + 3)};
    const ImVec2 ends[] = {begin, end};
    stroke(ends, color, edge.is_dashed ? Dash::Dashed : Dash::Solid, weight);
    const ImVec2 aside{-unit.y * 5, unit.x * 5};
    const ImVec2 back{end.x - unit.x * 9, end.y - unit.y * 9};
    draw_list().AddTriangleFilled(end, {back.x + aside.x, back.y + aside.y}, {back.x - aside.x, back.y - aside.y},
                                  color);
}

PlotTable table_of(const Graph& graph, int n_rows) {
    PlotTable table{{tr("from"), tr("to"), tr("edge")}, {}};
    for (const size_t i : spread(graph.edges.size(), n_rows)) {
        const GraphEdge& edge = graph.edges[i];
        table.rows.push_back({graph.nodes[static_cast<size_t>(edge.from)].name,
                              graph.nodes[static_cast<size_t>(edge.to)].name, edge.name});
    }
    return table;
}

}  // namespace

PlotAnswer graph(std::string_view key, const Graph& graph, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const PlotParts parts{.key = key,
                          .title = graph.title,
                          .summary = graph.summary,
                          .series = {},
                          .n_positions = static_cast<int>(graph.nodes.size())};
    const int before = state.cursor;
    const std::string pressed = take_plot_keys(parts, state);
    if (pressed.starts_with("Arrow")) {
        state.cursor = before < 0 ? 0 : next_in(graph, std::min(before, parts.n_positions - 1), pressed);
    }
    const Rect rect = c.place(c.area().width, c.scaled(graph.height));
    const Press p = press(key, rect, true);
    const float size = c.scaled(type_size(Type::Small));
    const ImVec2 half{std::min(c.scaled(56), rect.width / 8), c.scaled(18)};
    const auto place = [&](const GraphNode& node) {
        return ImVec2(p.box.Min.x + half.x + 4 + node.x * (rect.width - 2 * half.x - 8),
                      p.box.Min.y + half.y + 4 + node.y * (rect.height - 2 * half.y - 8));
    };
    for (const GraphEdge& edge : graph.edges) {
        const bool is_chosen = state.cursor >= 0 && (edge.from == state.cursor || edge.to == state.cursor);
        draw_edge(place(graph.nodes[static_cast<size_t>(edge.from)]), place(graph.nodes[static_cast<size_t>(edge.to)]),
                  half, edge, c.color(is_chosen ? Ink::Accent : Ink::Control), is_chosen ? 3.0f : 1.5f);
    }
    for (size_t i = 0; i < graph.nodes.size(); ++i) {
        const ImVec2 at = place(graph.nodes[i]);
        const ImRect box({at.x - half.x, at.y - half.y}, {at.x + half.x, at.y + half.y});
        if (p.was_pressed && box.Contains(ImGui::GetIO().MousePos)) state.cursor = static_cast<int>(i);
        const bool is_chosen = static_cast<int>(i) == state.cursor;
        draw_list().AddRectFilled(box.Min, box.Max, c.color(is_chosen ? Ink::Soft : Ink::Panel), 9);
        draw_list().AddRect(box.Min, box.Max, is_chosen ? c.color(Ink::Accent) : plot_color(graph.nodes[i].color), 9, 0,
                            is_chosen ? 3.0f : 2.0f);
        draw_text_centered(box, c.fonts.bold, size, c.color(Ink::Text),
                           fitted(c.fonts.bold, size, graph.nodes[i].name, 2 * half.x - 8));
    }
    if (graph.nodes.empty()) draw_nothing_yet(p.box);
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(graph, state.cursor),
                       [&](int n_rows) { return table_of(graph, n_rows); });
}

std::string plot_csv(const Graph& graph) { return to_csv(table_of(graph, kAllRows)); }

}  // namespace terrarium::ui
