// The figures that explanations may show: drawn by the program, so they follow theme, text size and width, and each
// says in words what it shows. Content names one by its id: {"figure": "causal_mask", "caption": "..."}.
//
// A new figure is a function that draws into a Canvas, and a line in figures.cpp.

#pragma once

#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"
#include "ui/theme.h"

namespace terrarium::ui {

using nlohmann::json;

/// Where a figure draws: pixels from its own upper left corner.
class Canvas {
public:
    Canvas(float left, float top, float width, float unit) : left_(left), top_(top), width_(width), unit_(unit) {}

    float width() const { return width_; }
    float unit() const { return unit_; }  ///< one line of small letters; everything is measured in it
    void box(float x, float y, float width, float height, Ink ink, float alpha = 1) const;
    void frame(float x, float y, float width, float height, Ink ink, float thickness = 1) const;
    void arrow(float x0, float y0, float x1, float y1, Ink ink) const;
    enum class Align { Left, Middle, Right };
    /// Words in a line of one unit; what does not fit into `room` is shortened.
    void words(float x, float y, float room, std::string_view text, Ink ink, Align align = Align::Left,
               bool is_bold = false) const;
    /// A token: a rounded box with its text in the middle.
    void token(float x, float y, float width, float height, std::string_view text, Ink fill, Ink ink) const;

private:
    float left_, top_, width_, unit_;
};

struct FigureEntry {
    std::string_view id;
    /// Height in units for a width in units.
    float (*height)(const json& parameters, float width);
    void (*draw)(const Canvas& canvas, const json& parameters);
    std::string (*words)(const json& parameters);  ///< what it shows, for those who do not see it
};

std::span<const FigureEntry> all_figures();
const FigureEntry* find_figure(std::string_view id);

/// The tokens of a figure: those of its author, at most `most`, else ours.
std::vector<std::string> figure_tokens(const json& parameters, std::vector<std::string> ours, size_t most);

}  // namespace terrarium::ui
