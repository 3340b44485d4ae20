// The picture of a diagram: cells, parts, arrows. Not for views; diagram.cpp decides what a press means.

#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <string_view>

#include "ui/diagram_edit.h"
#include "ui/twin.h"

namespace terrarium::ui::internal {

class DiagramPicture {
public:
    /// Places it: the whole width, high enough for its rows.
    explicit DiagramPicture(const DiagramKit& kit);

    const Rect& rect() const { return rect_; }
    /// Where a part stands in its cell. Document coordinates.
    Rect node_rect(int x, int y) const;
    struct Cell {
        int x = -1, y = -1;  ///< -1: outside the picture
    };
    Cell cell_at(ImVec2 screen) const;

    void draw_ground(const Diagram& diagram) const;
    /// Arrows of `strong` are drawn in the accent's colour.
    void draw_edges(const Diagram& diagram, std::string_view strong) const;
    struct Look {
        bool is_selected = false, is_warm = false, is_enabled = true;
    };
    void draw_node(const DiagramNode& node, const ImRect& box, const Look& look) const;
    void draw_target(Cell cell) const;

private:
    ImVec2 middle(const DiagramNode& node) const;
    float bow(const Diagram& diagram, const DiagramNode& from, const DiagramNode& to) const;

    const DiagramKit& kit_;
    Rect rect_;
    float cell_width_ = 0, cell_height_ = 0;
};

}  // namespace terrarium::ui::internal
