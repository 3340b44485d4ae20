// What the diffusion lab learns to draw: points on a shape in the plane, or small glyphs. All are made by rules that
// are written here, so for every drawing one can say whether it lies on the shape, and on which of its eight parts.
//
// Shapes in the plane have a mean near 0 and a variance near 1. A part is a group, an eighth of a line, or a square.
// Every point has a kind, A or B: the higher it lies, the more often A, from 5 % at the lower edge to 95 % at the
// upper. So each kind occurs in every part, but not equally often.
//
// A glyph is 12 x 12 numbers from -1 (paper) to 1 (ink), one of eight signs drawn with lines of soft edges, shifted and
// scaled a little by chance. Its part and its kind are the sign. These are drawings of our own, not letters of a font.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/support/rng.h"
#include "core/world/glyphs.h"

namespace terrarium::labs::diffusion {

inline constexpr int32_t kParts = 8;  ///< also the signs of core/world/glyphs.h
inline constexpr int32_t kGlyphSide = core::world::kGlyphSide;

/// Ids of all shapes, in the order of the page. The first four lie in the plane.
inline constexpr std::string_view kShapeIds[] = {"ring", "moons", "spiral", "board", "glyphs"};

class Shape {
public:
    /// Checks: the id is one of kShapeIds.
    explicit Shape(std::string_view id);

    [[nodiscard]] bool is_glyphs() const { return kind_ == Kind::Glyphs; }
    [[nodiscard]] int32_t size() const { return is_glyphs() ? kGlyphSide * kGlyphSide : 2; }  ///< D
    [[nodiscard]] int32_t n_classes() const { return is_glyphs() ? kParts : 2; }
    /// No drawing of the shape has a number beyond this; sampling holds its guesses within it.
    [[nodiscard]] double limit() const { return is_glyphs() ? 1.0 : 2.5; }

    /// Draws one example into out [D] and returns its class.
    int32_t draw(std::span<float> out, core::Rng& rng) const;

    /// The part on which a drawing lies, or -1 when it lies on none. A point counts when it is at most 0.25 away from
    /// its line (0.3 from the middle of a group, 0.08 from a square); a glyph when its pixels miss those of a clean
    /// sign, at one of 18 places and sizes, by at most 0.5 on root mean square. About 99 of 100 true examples count.
    [[nodiscard]] int32_t part_of(std::span<const float> drawing) const;

private:
    enum class Kind { Ring, Moons, Spiral, Board, Glyphs };
    struct Place {
        double x, y;
        int32_t part;
    };

    Kind kind_ = Kind::Ring;
    std::vector<Place> line_;    ///< points along the shape: what part_of() compares with
    std::vector<float> stamps_;  ///< clean signs at all places and sizes, [n,144], sign by sign
};

}  // namespace terrarium::labs::diffusion
