#include "ui/theme.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

using namespace terrarium::ui;

namespace {

using Color = std::array<double, 3>;  ///< linear RGB, 0..1

const std::array kPalettes = {&light_palette(), &dark_palette(), &light_contrast_palette(), &dark_contrast_palette()};

uint32_t ink(const Palette& palette, Ink which) { return palette.ink[static_cast<size_t>(which)]; }

Color linear(uint32_t rgb) {
    Color out{};
    for (size_t i = 0; i < 3; ++i) {
        const double c = static_cast<double>(rgb >> (16 - 8 * i) & 255) / 255;
        out[i] = c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    }
    return out;
}

/// How people with a colour deficiency at its strongest see linear RGB.
/// Source: Machado, Oliveira & Fernandes, A Physiologically-based Model for Simulation of Color Vision Deficiency
/// (2009), matrices of severity 1.0.
struct Vision {
    const char* name;
    std::array<Color, 3> matrix;
};
constexpr std::array kVisions = {
    Vision{"normal", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    Vision{"protanopia",
           {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    Vision{"deuteranopia",
           {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
    Vision{"tritanopia",
           {{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}}},
};

Color seen(const Vision& vision, uint32_t rgb) {
    const Color from = linear(rgb);
    Color out{};
    for (size_t row = 0; row < 3; ++row) {
        for (size_t i = 0; i < 3; ++i) out[row] += vision.matrix[row][i] * from[i];
        out[row] = std::clamp(out[row], 0.0, 1.0);
    }
    return out;
}

/// CIE L*a*b* of linear sRGB under D65. Source: CIE 15:2004; sRGB matrix of IEC 61966-2-1.
Color lab(const Color& rgb) {
    const Color xyz = {(0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047,
                       0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2],
                       (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883};
    Color f{};
    for (size_t i = 0; i < 3; ++i)
        f[i] = xyz[i] > 216.0 / 24389 ? std::cbrt(xyz[i]) : (24389.0 / 27 * xyz[i] + 16) / 116;
    return {116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])};
}

/// CIE76: the distance in L*a*b*. About 2.3 is just noticeable side by side; lines apart need far more.
double delta_e(const Color& a, const Color& b) {
    const Color p = lab(a), q = lab(b);
    return std::sqrt((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1]) + (p[2] - q[2]) * (p[2] - q[2]));
}

void check_contrast(const Palette& palette, Ink words, Ink behind, double least) {
    const double ratio = contrast_ratio(ink(palette, words), ink(palette, behind));
    CHECK_MESSAGE(ratio >= least,
                  "ink " << static_cast<int>(words) << " on " << static_cast<int>(behind) << " has " << ratio);
}

}  // namespace

TEST_CASE("theme: the contrast ratio of black on white is 21, of a colour on itself 1, in either order") {
    CHECK(contrast_ratio(0x000000, 0xffffff) == doctest::Approx(21));
    CHECK(contrast_ratio(0xffffff, 0x000000) == doctest::Approx(21));
    CHECK(contrast_ratio(0x123456, 0x123456) == doctest::Approx(1));
    CHECK(contrast_ratio(0x777777, 0xffffff) == doctest::Approx(4.478).epsilon(0.001));  // WCAG's well-known near miss
}

TEST_CASE("theme: all text can be read on everything that it stands on, light and dark") {
    for (const Palette* palette : kPalettes) {
        for (const Ink behind : {Ink::Background, Ink::Panel, Ink::Soft}) {
            for (const Ink words : {Ink::Text, Ink::Muted, Ink::Accent, Ink::Warn, Ink::Ok}) {
                check_contrast(*palette, words, behind, 4.5);
            }
        }
        check_contrast(*palette, Ink::OnAccent, Ink::Accent, 4.5);
    }
}

TEST_CASE("theme: what is locked has another colour than what can be changed, and its words can be read") {
    // With a colour deficiency the two come near each other: then padlock, missing fill and missing knob tell.
    for (const Palette* palette : kPalettes) {
        CHECK(delta_e(linear(ink(*palette, Ink::Accent)), linear(ink(*palette, Ink::Muted))) >= 15);
        check_contrast(*palette, Ink::Muted, Ink::Background, 4.5);
    }
}

TEST_CASE("theme: a primary button stays readable while the pointer is over it") {
    for (const Palette* palette : kPalettes) {
        // The accent at 0.9 over the panel, blended as the renderer does it.
        uint32_t blended = 0;
        for (int shift = 0; shift < 24; shift += 8) {
            const double over = static_cast<double>(ink(*palette, Ink::Accent) >> shift & 255);
            const double under = static_cast<double>(ink(*palette, Ink::Panel) >> shift & 255);
            blended |= static_cast<uint32_t>(std::lround(0.9 * over + 0.1 * under)) << shift;
        }
        CHECK(contrast_ratio(ink(*palette, Ink::OnAccent), blended) >= 4.5);
    }
}

TEST_CASE("theme: the parts of controls stand out from what is behind them") {
    for (const Palette* palette : kPalettes) {
        for (const Ink behind : {Ink::Background, Ink::Panel}) {
            check_contrast(*palette, Ink::Control, behind, 3);
            check_contrast(*palette, Ink::Accent, behind, 3);
        }
        check_contrast(*palette, Ink::Accent, Ink::Soft, 3);
        check_contrast(*palette, Ink::OnAccent, Ink::Accent, 3);
    }
}

TEST_CASE("theme: lines of a plot, and their words, stand out from the panel") {
    for (const Palette* palette : kPalettes) {
        for (const uint32_t color : palette->series) {
            CHECK(contrast_ratio(color, ink(*palette, Ink::Panel)) >= 3);
            CHECK(contrast_ratio(color, ink(*palette, Ink::Background)) >= 3);
            // A line carries its name and last value in its own colour: that is text.
            CHECK(contrast_ratio(color, ink(*palette, Ink::Panel)) >= 4.5);
        }
    }
}

TEST_CASE("theme: lines of a plot stay apart for every kind of colour vision") {
    for (const Palette* palette : kPalettes) {
        for (const Vision& vision : kVisions) {
            for (size_t a = 0; a < palette->series.size(); ++a) {
                for (size_t b = a + 1; b < palette->series.size(); ++b) {
                    const double apart = delta_e(seen(vision, palette->series[a]), seen(vision, palette->series[b]));
                    CHECK_MESSAGE(apart >= 10,
                                  vision.name << ": lines " << a << " and " << b << " are " << apart << " apart");
                }
            }
        }
    }
}

TEST_CASE("theme: lines of a plot stay apart in greyscale, by their lightness alone") {
    for (const Palette* palette : kPalettes) {
        std::vector<double> lightness;
        for (const uint32_t color : palette->series) {
            const Color rgb = linear(color);
            const double y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
            lightness.push_back(lab({y, y, y})[0]);
        }
        std::sort(lightness.begin(), lightness.end());
        for (size_t i = 1; i < lightness.size(); ++i) CHECK(lightness[i] - lightness[i - 1] >= 8);
    }
}

TEST_CASE("theme: who asks for more contrast gets 7:1 for all words and 4.5:1 for the parts of controls") {
    for (const Palette* palette : {&light_contrast_palette(), &dark_contrast_palette()}) {
        for (const Ink behind : {Ink::Background, Ink::Panel, Ink::Soft}) {
            for (const Ink words : {Ink::Text, Ink::Muted, Ink::Accent, Ink::Warn, Ink::Ok}) {
                check_contrast(*palette, words, behind, 7);
            }
            check_contrast(*palette, Ink::Control, behind, 4.5);
        }
        check_contrast(*palette, Ink::OnAccent, Ink::Accent, 7);
        check_contrast(*palette, Ink::Line, Ink::Panel, 3);  // cards keep an edge that can be seen
    }
}

TEST_CASE("theme: forced colours are the system's own, and one that cannot be read becomes the colour of its text") {
    // As Chromium and Windows show "Night sky", and a scheme whose links nobody could read.
    const SystemColors night{0x000000, 0xffffff, 0x8080ff, 0xffee32, 0xd6b4fd, 0xa6a6a6};
    const SystemColors odd{0xffffff, 0x101010, 0xf0f0f0, 0xeeeeee, 0xffff00, 0xdddddd};
    for (const SystemColors& colors : {night, odd}) {
        const Palette palette = forced_palette(colors);
        for (const Ink words : {Ink::Text, Ink::Muted, Ink::Accent, Ink::Warn, Ink::Ok, Ink::Control}) {
            for (const Ink behind : {Ink::Background, Ink::Panel, Ink::Soft})
                check_contrast(palette, words, behind, 4.5);
        }
        check_contrast(palette, Ink::OnAccent, Ink::Accent, 4.5);
        for (const uint32_t color : palette.series) CHECK(contrast_ratio(color, colors.canvas) >= 4.5);
    }
    CHECK(ink(forced_palette(night), Ink::Accent) == 0x8080ff);
    CHECK(ink(forced_palette(night), Ink::Line) == 0xa6a6a6);
    CHECK(ink(forced_palette(odd), Ink::Accent) == 0x101010);
    CHECK(is_dark_color(night.canvas));
    CHECK_FALSE(is_dark_color(odd.canvas));
}

TEST_CASE("theme: colours reach the renderer in its own byte order, with their opacity") {
    CHECK(to_imgui(0x112233) == IM_COL32(0x11, 0x22, 0x33, 255));
    CHECK(to_imgui(0x112233, 0.5f) == IM_COL32(0x11, 0x22, 0x33, 128));
    CHECK(to_imgui(0xffffff, 0) == IM_COL32(255, 255, 255, 0));
}

TEST_CASE("theme: body text is at least 16 pixels, the smallest 13") {
    CHECK(type_size(Type::Body) >= 16);
    for (const Type type : {Type::Title, Type::Heading, Type::Body, Type::Small, Type::Mono, Type::MonoSmall}) {
        CHECK(type_size(type) >= 13);
    }
}
