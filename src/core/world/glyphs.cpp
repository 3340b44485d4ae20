#include "core/world/glyphs.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core::world {
namespace {

struct Point {
    double x, y;
};

/// How far (x, y) lies from the piece of a line between two points.
double distance_to_line(double x, double y, Point a, Point b) {
    const double dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
    const double share = squared > 0.0 ? std::clamp(((x - a.x) * dx + (y - a.y) * dy) / squared, 0.0, 1.0) : 0.0;
    const double px = x - a.x - share * dx, py = y - a.y - share * dy;
    return sqrt(px * px + py * py);
}

/// How far (x, y) lies from the lines of a sign; signs fill about -1..1 both ways.
double distance_to_sign(int32_t sign, double x, double y) {
    const auto line = [&](Point a, Point b) { return distance_to_line(x, y, a, b); };
    const double radius = sqrt(x * x + y * y);
    switch (sign) {
        case 0:
            return absolute(radius - 0.9);  // ring
        case 1:
            return std::min(line({-0.9, 0}, {0.9, 0}), line({0, -0.9}, {0, 0.9}));  // plus
        case 2:
            return std::min(line({-0.8, -0.8}, {0.8, 0.8}), line({-0.8, 0.8}, {0.8, -0.8}));  // cross
        case 3:                                                                               // square
            return std::min({line({-0.8, -0.8}, {0.8, -0.8}), line({0.8, -0.8}, {0.8, 0.8}),
                             line({0.8, 0.8}, {-0.8, 0.8}), line({-0.8, 0.8}, {-0.8, -0.8})});
        case 4:  // triangle
            return std::min(
                {line({-0.9, -0.75}, {0.9, -0.75}), line({0.9, -0.75}, {0, 0.9}), line({0, 0.9}, {-0.9, -0.75})});
        case 5:
            return std::min(line({-0.9, 0.5}, {0.9, 0.5}), line({-0.9, -0.5}, {0.9, -0.5}));  // equals
        case 6:
            return std::min(line({-0.8, 0.3}, {0, -0.6}), line({0, -0.6}, {0.8, 0.3}));  // tick downwards
        default:
            return line({-0.8, -0.8}, {0.8, 0.8});  // slash
    }
}

}  // namespace

void draw_sign(std::span<float> out, int32_t sign, double dx, double dy, double scale) {
    TERRARIUM_CHECK(std::ssize(out) == kGlyphPixels, "A glyph has 12 x 12 numbers.");
    TERRARIUM_CHECK(sign >= 0 && sign < kSigns, "There is no such sign.");
    constexpr double kHalfWidth = 0.16, kEdge = 0.22;  // in units of the sign: full ink, then a soft edge
    const double unit = scale * 4.6;                   // pixels from the middle to the edge of a sign
    for (int row = 0; row < kGlyphSide; ++row) {
        for (int column = 0; column < kGlyphSide; ++column) {
            const double x = (column - 5.5 - dx) / unit, y = (5.5 - row - dy) / unit;
            const double ink = std::clamp((kHalfWidth + kEdge - distance_to_sign(sign, x, y)) / kEdge, 0.0, 1.0);
            out[static_cast<std::size_t>(row * kGlyphSide + column)] = static_cast<float>(2.0 * ink - 1.0);
        }
    }
}

void draw_picture(std::span<float> out, const Picture& picture, Rng& rng) {
    TERRARIUM_CHECK(picture.size >= 0 && picture.sign >= 0 && picture.row >= 0 && picture.column >= 0,
                    "Only what a caption says can be drawn.");
    const bool is_small = picture.size == 0;
    const double away = is_small ? 3.0 : 1.8;  // pixels; the sign stays within the picture
    const auto jitter = [&] { return (2.0 * rng.uniform() - 1.0) / 3.0; };
    const double dx = away * (picture.column - 1) + jitter(), dy = away * (1 - picture.row) + jitter();
    draw_sign(out, picture.sign, dx, dy, (is_small ? 0.5 : 0.8) * (0.95 + 0.1 * rng.uniform()));
}

}  // namespace terrarium::core::world
