#include "core/world/glyphs.h"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>

#include "core/support/check.h"
#include "core/support/hash.h"
#include "core/world/world.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;
using terrarium::core::Rng;

namespace {

using Pixels = std::array<float, kGlyphPixels>;

/// Where the ink lies: middle, and how much there is.
struct Ink {
    double row = 0, column = 0, amount = 0;
};
Ink ink_of(const Pixels& pixels) {
    Ink ink;
    for (int32_t i = 0; i < kGlyphPixels; ++i) {
        const double share = (static_cast<double>(pixels[static_cast<std::size_t>(i)]) + 1) / 2;
        ink.amount += share;
        ink.row += share * (i / kGlyphSide);
        ink.column += share * (i % kGlyphSide);
    }
    ink.row /= ink.amount;
    ink.column /= ink.amount;
    return ink;
}

Pixels drawn(const Picture& picture, uint64_t seed) {
    Pixels pixels{};
    Rng rng(seed);
    draw_picture(pixels, picture, rng);
    return pixels;
}

}  // namespace

TEST_CASE("world glyphs: a slash runs from the lower left to the upper right, and a ring is empty inside") {
    Pixels slash{}, ring{};
    draw_sign(slash, 7, 0, 0, 1);
    CHECK(slash[2 * kGlyphSide + 9] > 0.9f);
    CHECK(slash[9 * kGlyphSide + 2] > 0.9f);
    CHECK(slash[2 * kGlyphSide + 2] == -1.0f);
    draw_sign(ring, 0, 0, 0, 1);
    CHECK(ring[5 * kGlyphSide + 5] == -1.0f);
    CHECK(ring[5 * kGlyphSide + 1] > 0.5f);
}

TEST_CASE("world glyphs: ink lies where the caption says, large signs have more of it, none leaves the picture") {
    for (int8_t sign = 0; sign < kSigns; ++sign) {
        for (uint64_t seed = 0; seed < 20; ++seed) {
            const auto at = [&](int8_t size, int8_t row, int8_t column) {
                return ink_of(drawn({size, sign, row, column}, seed));
            };
            CHECK(at(0, 0, 1).row < at(0, 1, 1).row - 1.5);
            CHECK(at(0, 2, 1).row > at(0, 1, 1).row + 1.5);
            CHECK(at(1, 1, 0).column < at(1, 1, 1).column - 0.8);
            CHECK(at(1, 1, 2).column > at(1, 1, 1).column + 0.8);
            CHECK(at(1, 1, 1).amount > 1.2 * at(0, 1, 1).amount);
            CHECK(at(0, 0, 0).amount > 0.7 * at(0, 1, 1).amount);
        }
    }
}

TEST_CASE("world glyphs: every caption of a world can be drawn, and says what is drawn") {
    WorldOptions options;
    options.domain_share = {0, 0, 0, 0, 1};
    options.junk_fraction = 0.1;
    const World world(6, options);
    Rng rng(1);
    Pixels pixels{};
    int32_t n_drawn = 0;
    for (int64_t i = 0; i < 300; ++i) {
        const Document document = world.document(i);
        if (document.is_junk) {
            CHECK(document.picture == Picture{});
            CHECK_THROWS_AS(draw_picture(pixels, document.picture, rng), CheckFailed);
            continue;
        }
        const Picture& picture = document.picture;
        draw_picture(pixels, picture, rng);
        const auto says = [&](std::string_view word) { return document.text.find(word) != std::string::npos; };
        CHECK(says(kSizeNames[static_cast<std::size_t>(picture.size)]));
        CHECK(says(kSignNames[static_cast<std::size_t>(picture.sign)]));
        CHECK(says(kRowNames[static_cast<std::size_t>(picture.row)]));
        CHECK(says(kColumnNames[static_cast<std::size_t>(picture.column)]));
        ++n_drawn;
    }
    CHECK(n_drawn > 200);
}

TEST_CASE("world glyphs: what cannot be drawn is refused") {
    Pixels pixels{};
    CHECK_THROWS_AS(draw_sign(pixels, 8, 0, 0, 1), CheckFailed);
    CHECK_THROWS_AS(draw_sign(std::span(pixels).first(100), 0, 0, 0, 1), CheckFailed);
}
