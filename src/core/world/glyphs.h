// Glyph pictures: 12 x 12 numbers from -1 (paper) to 1 (ink), and how the pictures of captions are drawn.
//
// The eight signs are drawings of our own, made of lines with soft edges; they are no letters of a font.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/support/rng.h"
#include "core/world/document.h"

namespace terrarium::core::world {

inline constexpr int32_t kGlyphSide = 12;
inline constexpr int32_t kGlyphPixels = kGlyphSide * kGlyphSide;

inline constexpr int32_t kSigns = 8;
inline constexpr std::array<std::string_view, kSigns> kSignNames{"ring",     "plus", "cross", "square",
                                                                 "triangle", "bars", "tick",  "slash"};
inline constexpr std::array<std::string_view, 2> kSizeNames{"small", "large"};
inline constexpr std::array<std::string_view, 3> kRowNames{"upper", "middle", "lower"};
inline constexpr std::array<std::string_view, 3> kColumnNames{"left", "centre", "right"};

/// Draws one sign.
/// out     out [144]  row by row from the top
/// sign    in [0,8)
/// dx, dy  how far its middle lies to the right of and above that of the picture, in pixels
/// scale   1: the sign nearly fills the picture
/// Checks: size and sign.
void draw_sign(std::span<float> out, int32_t sign, double dx, double dy, double scale);

/// Draws what a caption says. The words leave a little open (a third of a pixel each way, a tenth of the size), which
/// `rng` decides. Checks: size, and that the picture is one (no part of it is -1).
void draw_picture(std::span<float> out, const Picture& picture, Rng& rng);

}  // namespace terrarium::core::world
