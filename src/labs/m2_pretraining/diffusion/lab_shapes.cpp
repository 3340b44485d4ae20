#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/world/glyphs.h"
#include "labs/m2_pretraining/diffusion/shapes.h"

namespace terrarium::labs::diffusion {
namespace {

using core::Rng;

constexpr double kSpread = 0.1;                 // deviation around the middle of a group, and half of it across a line
constexpr std::size_t kStamps = 18;             // clean pictures of a sign: nine places in two sizes
constexpr int kPointsPerPart = 32;              // of a line, when distances to it are measured
constexpr double kSquare = 1.0;                 // side of a square of the board
constexpr double kRadius = 1.4142135623730951;  // of the ring: each coordinate has a variance of 1

struct Point {
    double x, y;
};

/// Part p at the share u of its length.
Point on_ring(int32_t part) {
    const double angle = 2.0 * core::kPi * (part + 0.5) / kParts;
    return {kRadius * core::cos(angle), kRadius * core::sin(angle)};
}
Point on_moons(int32_t part, double u) {
    const double angle = core::kPi * (part % 4 + u) / 4.0;
    const Point upper{core::cos(angle), core::sin(angle)};
    const Point moon = part < 4 ? Point{upper.x - 0.5, upper.y - 0.25} : Point{0.5 - upper.x, 0.25 - upper.y};
    return {1.2 * moon.x, 1.9 * moon.y};
}
Point on_spiral(int32_t part, double u) {
    const double length = (part % 4 + u) / 4.0, angle = core::kPi * (0.35 + 1.9 * length);
    const double radius = 0.35 + 1.5 * length, side = part < 4 ? 1.0 : -1.0;
    return {side * radius * core::cos(angle), side * radius * core::sin(angle)};
}
/// The middle of the p-th dark square of a board of four by four.
Point on_board(int32_t part) {
    const int row = part / 2, column = 2 * (part % 2) + row % 2;
    return {kSquare * (column - 1.5), kSquare * (row - 1.5)};
}

}  // namespace

Shape::Shape(std::string_view id) {
    const auto found = std::find(std::begin(kShapeIds), std::end(kShapeIds), id);
    TERRARIUM_CHECK(found != std::end(kShapeIds), "There is no shape of this name.");
    kind_ = static_cast<Kind>(found - std::begin(kShapeIds));
    if (is_glyphs()) {
        for (int32_t sign = 0; sign < kParts; ++sign) {
            for (const double scale : {0.93, 1.07}) {
                for (int place = 0; place < 9; ++place) {
                    stamps_.resize(stamps_.size() + static_cast<std::size_t>(size()));
                    core::world::draw_sign(std::span<float>(stamps_).last(static_cast<std::size_t>(size())), sign,
                                           0.67 * (place % 3 - 1), 0.67 * (place / 3 - 1), scale);
                }
            }
        }
        return;
    }
    const bool is_line = kind_ == Kind::Moons || kind_ == Kind::Spiral;
    for (int32_t part = 0; part < kParts; ++part) {
        for (int i = 0; i < (is_line ? kPointsPerPart : 1); ++i) {
            const double u = (i + 0.5) / kPointsPerPart;
            const Point at = kind_ == Kind::Ring     ? on_ring(part)
                             : kind_ == Kind::Moons  ? on_moons(part, u)
                             : kind_ == Kind::Spiral ? on_spiral(part, u)
                                                     : on_board(part);
            line_.push_back({at.x, at.y, part});
        }
    }
}

int32_t Shape::draw(std::span<float> out, Rng& rng) const {
    TERRARIUM_CHECK(static_cast<int32_t>(out.size()) == size(), "A drawing has as many numbers as its shape.");
    const auto part = static_cast<int32_t>(rng.below(kParts));
    if (is_glyphs()) {
        const double dx = 2.0 * rng.uniform() - 1.0, dy = 2.0 * rng.uniform() - 1.0;
        core::world::draw_sign(out, part, dx, dy, 0.86 + 0.28 * rng.uniform());
        return part;
    }
    Point at{};
    const double u = rng.uniform(), v = rng.uniform();
    double spread = kSpread / 2;
    switch (kind_) {
        case Kind::Ring:
            at = on_ring(part), spread = kSpread;
            break;
        case Kind::Moons:
            at = on_moons(part, u);
            break;
        case Kind::Spiral:
            at = on_spiral(part, u);
            break;
        default:
            at = on_board(part), at.x += kSquare * (u - 0.5), at.y += kSquare * (v - 0.5), spread = 0.0;
            break;
    }
    const double first = rng.normal(), second = rng.normal();
    out[0] = static_cast<float>(at.x + spread * first);
    out[1] = static_cast<float>(at.y + spread * second);
    const double share_of_a = 0.5 + 0.45 * std::clamp(at.y / kRadius, -1.0, 1.0);
    return rng.uniform() < share_of_a ? 0 : 1;
}

int32_t Shape::part_of(std::span<const float> drawing) const {
    TERRARIUM_CHECK(static_cast<int32_t>(drawing.size()) == size(), "A drawing has as many numbers as its shape.");
    if (is_glyphs()) {
        constexpr float kLargestMiss = 0.5f;
        const std::size_t D = drawing.size();
        float smallest = kLargestMiss * kLargestMiss * static_cast<float>(D);
        int32_t best = -1;
        for (std::size_t i = 0; i < stamps_.size() / D; ++i) {
            float sum = 0.0f;
            for (std::size_t p = 0; p < D; ++p)
                sum += (drawing[p] - stamps_[i * D + p]) * (drawing[p] - stamps_[i * D + p]);
            if (sum <= smallest) smallest = sum, best = static_cast<int32_t>(i / kStamps);
        }
        return best;
    }
    const auto x = static_cast<double>(drawing[0]), y = static_cast<double>(drawing[1]);
    const bool is_board = kind_ == Kind::Board;
    double smallest = kind_ == Kind::Ring ? 0.3 : 0.25;
    if (is_board) smallest = kSquare / 2 + 0.08;
    int32_t best = -1;
    for (const Place& place : line_) {
        const double dx = x - place.x, dy = y - place.y;
        const double distance =
            is_board ? std::max(core::absolute(dx), core::absolute(dy)) : core::sqrt(dx * dx + dy * dy);
        if (distance <= smallest) smallest = distance, best = place.part;
    }
    return best;
}

}  // namespace terrarium::labs::diffusion
