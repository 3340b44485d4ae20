// Colours, type and space: one place for the look. Palettes: light, dark, each with more contrast for those who ask for
// it, and one that a forced-colours mode dictates. tests/ui/theme_test.cpp computes what is promised of each:
//   text >= 4.5:1 (7:1 with more contrast), parts of controls >= 3:1;
//   the colours of data stay apart for the three common deficiencies of colour vision and in greyscale. They do so by
//   their lightness: four steps of it, so that hue only helps.
// The simulation is that of Machado, Oliveira & Fernandes, A Physiologically-based Model for Simulation of Color Vision
// Deficiency (2009).

#pragma once

#include <imgui.h>

#include <array>
#include <cstdint>
#include <string_view>

namespace terrarium::ui {

enum class Ink { Background, Panel, Text, Muted, Line, Accent, OnAccent, Soft, Warn, Ok, Grid, Control, kCount };
inline constexpr int kSeriesColors = 4;

struct Palette {
    std::array<uint32_t, static_cast<size_t>(Ink::kCount)> ink;  ///< 0xRRGGBB
    std::array<uint32_t, kSeriesColors> series;
};

const Palette& light_palette();
const Palette& dark_palette();
const Palette& light_contrast_palette();
const Palette& dark_contrast_palette();

/// The CSS system colours that matter here, as a forced-colours mode shows them. 0xRRGGBB.
struct SystemColors {
    uint32_t canvas = 0xffffff, canvas_text = 0x000000, link = 0x0000ee, button_text = 0x000000, highlight = 0x0a64ad,
             gray_text = 0x6d6d6d;
};

/// A palette of nothing but system colours. One that cannot be read on the canvas is replaced by the colour of its
/// text: people choose these colours themselves, and only canvas and its text are sure to differ.
/// Source: CSS Color Module Level 4, "System Colors".
Palette forced_palette(const SystemColors& colors);
/// Whether letters on this colour are to be light.
bool is_dark_color(uint32_t rgb);

/// Relative luminance contrast of two 0xRRGGBB colours, 1 to 21. Source: WCAG 2.2, "contrast ratio".
double contrast_ratio(uint32_t a, uint32_t b);

/// Type sizes in CSS pixels before the learner's text size.
enum class Type { Title, Heading, Body, Small, Mono, MonoSmall };
float type_size(Type type);

inline constexpr float kSpace = 8;  ///< the grid: 4, 8, 12, 16, 20, 24
inline constexpr float kRadius = 10;
inline constexpr float kControlHeight = 40;  ///< 44 on touch screens
inline constexpr float kTouchHeight = 44;

/// A palette entry as ImGui wants it.
ImU32 to_imgui(uint32_t rgb, float alpha = 1.0f);

}  // namespace terrarium::ui
