// Colours, type and space: one place for the look. Values: light and dark palettes with their contrast tested in
// tests/ui/theme_test.cpp (text >= 4.5:1, parts of controls >= 3:1).

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
