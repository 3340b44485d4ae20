#include "ui/diagram_picture.h"

#include <algorithm>
#include <cmath>

#include "ui/internal.h"

namespace terrarium::ui::internal {
namespace {

constexpr float kMargin = 8;

ImVec2 one_long(ImVec2 a) { return a * (1 / std::max(1e-3f, std::hypot(a.x, a.y))); }

/// Where the line from the middle of a box towards `to` leaves it, and a little further.
ImVec2 leave(const ImRect& box, ImVec2 to) {
    const ImVec2 from = box.GetCenter(), way = to - from;
    const float across = std::abs(way.x) < 1e-3f ? 1e9f : box.GetWidth() / 2 / std::abs(way.x);
    const float along = std::abs(way.y) < 1e-3f ? 1e9f : box.GetHeight() / 2 / std::abs(way.y);
    return from + way * std::min(across, along) + one_long(way) * 3;
}

/// The distance of a point from the line between two others; far away when it does not lie between them.
float distance(ImVec2 point, ImVec2 from, ImVec2 to) {
    const ImVec2 way = one_long(to - from), offset = point - from;
    const float along = offset.x * way.x + offset.y * way.y;
    if (along <= 0 || along >= std::hypot(to.x - from.x, to.y - from.y)) return 1e9f;
    return std::abs(offset.x * way.y - offset.y * way.x);
}

}  // namespace

DiagramPicture::DiagramPicture(const DiagramKit& kit) : kit_(kit) {
    Context& c = context();
    cell_width_ = (c.area().width - 2 * kMargin) / static_cast<float>(kit.columns);
    cell_height_ = std::clamp(cell_width_ * 0.62f, 96.0f, std::max(96.0f, c.scaled(116)));
    rect_ = c.place(c.area().width, cell_height_ * static_cast<float>(kit.rows) + 2 * kMargin);
}

Rect DiagramPicture::node_rect(int x, int y) const {
    const float width =
        std::min(cell_width_ - std::clamp(cell_width_ * 0.35f - 14, 12.0f, 90.0f), context().scaled(210));
    const float height = cell_height_ - std::clamp(cell_height_ * 0.36f, 28.0f, 40.0f);
    return {rect_.x + kMargin + cell_width_ * static_cast<float>(x) + (cell_width_ - width) / 2,
            rect_.y + kMargin + cell_height_ * static_cast<float>(y) + (cell_height_ - height) / 2, width, height};
}

DiagramPicture::Cell DiagramPicture::cell_at(ImVec2 screen) const {
    const ImRect box = to_box(rect_);
    if (!box.Contains(screen)) return {};
    const int x = static_cast<int>((screen.x - box.Min.x - kMargin) / cell_width_);
    const int y = static_cast<int>((screen.y - box.Min.y - kMargin) / cell_height_);
    return {std::clamp(x, 0, kit_.columns - 1), std::clamp(y, 0, kit_.rows - 1)};
}

ImVec2 DiagramPicture::middle(const DiagramNode& node) const { return to_box(node_rect(node.x, node.y)).GetCenter(); }

void DiagramPicture::draw_ground(const Diagram& diagram) const {
    const Context& c = context();
    const ImRect box = to_box(rect_);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Background), kRadius);
    draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), kRadius);
    for (int cell = 0; cell < kit_.columns * kit_.rows; ++cell) {
        const int x = cell % kit_.columns, y = cell / kit_.columns;
        const bool is_taken = std::any_of(diagram.nodes.begin(), diagram.nodes.end(),
                                          [&](const DiagramNode& it) { return it.x == x && it.y == y; });
        if (!is_taken) draw_list().AddCircleFilled(to_box(node_rect(x, y)).GetCenter(), 2.5f, c.color(Ink::Line));
    }
}

/// How far an arrow swings to its right: beside the one that comes back, and around parts that stand in its way.
float DiagramPicture::bow(const Diagram& diagram, const DiagramNode& from, const DiagramNode& to) const {
    const ImVec2 start = middle(from), end = middle(to);
    const bool is_blocked = std::any_of(diagram.nodes.begin(), diagram.nodes.end(), [&](const DiagramNode& it) {
        const bool is_end = it.id == from.id || it.id == to.id;
        return !is_end && distance(middle(it), start, end) < std::min(cell_width_, cell_height_) * 0.35f;
    });
    const ImVec2 way = one_long(end - start);
    if (is_blocked) return cell_height_ * std::abs(way.x) + cell_width_ * std::abs(way.y);
    return has_edge(diagram, to.id, from.id) ? 28.0f : 0.0f;
}

void DiagramPicture::draw_edges(const Diagram& diagram, std::string_view strong) const {
    const Context& c = context();
    const ImRect box = to_box(rect_);
    draw_list().PushClipRect(box.Min, box.Max, true);
    for (const DiagramEdge& edge : diagram.edges) {
        const DiagramNode* from = find_node(diagram, edge.from);
        const DiagramNode* to = find_node(diagram, edge.to);
        if (from == nullptr || to == nullptr) continue;
        const bool is_strong = !strong.empty() && (edge.from == strong || edge.to == strong);
        const ImU32 color = c.color(is_strong ? Ink::Accent : Ink::Muted);
        const float thickness = is_strong ? 2.5f : 1.75f;
        const ImVec2 way = one_long(middle(*to) - middle(*from));
        const ImVec2 turn = (middle(*from) + middle(*to)) * 0.5f + ImVec2{-way.y, way.x} * bow(diagram, *from, *to);
        const ImVec2 start = leave(to_box(node_rect(from->x, from->y)), turn);
        const ImVec2 tip = leave(to_box(node_rect(to->x, to->y)), turn);
        const ImVec2 ahead = one_long(tip - turn), side{-ahead.y, ahead.x};
        const ImVec2 neck = tip - ahead * 10;
        draw_list().AddBezierQuadratic(start, turn, neck, color, thickness);
        draw_list().AddTriangleFilled(tip, neck + side * 5, neck - side * 5, color);
    }
    draw_list().PopClipRect();
}

void DiagramPicture::draw_node(const DiagramNode& node, const ImRect& box, const Look& look) const {
    const Context& c = context();
    const auto kind =
        std::find_if(kit_.kinds.begin(), kit_.kinds.end(), [&](const DiagramKind& it) { return it.id == node.kind; });
    const auto service = std::find_if(kit_.services.begin(), kit_.services.end(),
                                      [&](const DiagramService& it) { return it.id == node.attached; });
    const bool has_service = service != kit_.services.end();
    draw_list().AddRectFilled(box.Min, box.Max, c.color(look.is_warm || look.is_selected ? Ink::Soft : Ink::Panel), 8);
    draw_list().AddRectFilled(box.Min, {box.Min.x + 5, box.Max.y},
                              c.series_color(static_cast<int>(kind - kit_.kinds.begin())), 8,
                              ImDrawFlags_RoundCornersLeft);
    draw_list().AddRect(box.Min, box.Max,
                        c.color(look.is_selected  ? Ink::Accent
                                : look.is_enabled ? Ink::Control
                                                  : Ink::Line),
                        8, 0, look.is_selected ? 2.5f : 1.0f);
    // The picture gets smaller with the page, and its words with it, as long as they can be read.
    const float size = std::clamp(box.GetWidth() * 0.17f, 12.0f, c.scaled(type_size(Type::Small)));
    const float line = size * kLineHeight, left = box.Min.x + 9, width = box.GetWidth() - 12;
    const auto room = static_cast<size_t>(std::max(1.0f, (box.GetHeight() - 4) / line));
    std::vector<std::string> lines = wrapped(c.fonts.bold, size, node.label, width);
    const size_t n_label = std::max<size_t>(1, std::min(lines.size(), has_service && room > 1 ? room - 1 : room));
    if (n_label < lines.size()) {
        std::string rest = lines[n_label - 1];
        for (size_t i = n_label; i < lines.size(); ++i) rest += " " + lines[i];
        lines.resize(n_label);
        lines.back() = fitted(c.fonts.bold, size, rest, width);
    }
    const bool shows_service = has_service && room > n_label;
    float y = (box.Min.y + box.Max.y - line * static_cast<float>(n_label + (shows_service ? 1 : 0))) / 2;
    draw_lines({left, y}, c.fonts.bold, size, c.color(look.is_enabled ? Ink::Text : Ink::Muted), lines);
    y += line * static_cast<float>(n_label);
    if (shows_service) {
        draw_text({left, y}, c.fonts.regular, size, c.color(look.is_enabled ? Ink::Accent : Ink::Muted),
                  fitted(c.fonts.regular, size, "+ " + service->words, width));
    }
}

void DiagramPicture::draw_target(Cell cell) const {
    const ImRect box = to_box(node_rect(cell.x, cell.y));
    draw_list().AddRect(box.Min, box.Max, context().color(Ink::Accent), 8, 0, 2);
}

}  // namespace terrarium::ui::internal
