// Letters that the shipped fonts lack come from the device's own fonts: learners paste Greek, Japanese, emoji. Each is
// drawn once per size by the platform and then lives in ImGui's atlas like any other.

#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <vector>

namespace terrarium::ui {

struct DeviceGlyph {
    int width = 0, height = 0;  ///< pixels of the picture; 0 for a blank
    float left = 0, top = 0;    ///< from the pen on the baseline to the picture's corner, pixels, y downwards
    float advance = 0;          ///< pixels
    bool is_colored = false;    ///< an emoji with colours of its own
    std::vector<uint8_t> rgba;  ///< width * height * 4; white with coverage as alpha unless coloured
};

struct DeviceGlyphAsk {
    char32_t character = 0;
    float em_pixels = 16;  ///< of the screen, so a sharper screen asks again
    bool is_bold = false, is_mono = false;
};

using DeviceGlyphs = std::function<DeviceGlyph(const DeviceGlyphAsk&)>;

/// Lets the font that was added last fall back to the device's fonts (Context::device_glyphs).
void add_device_glyphs(ImFontAtlas& atlas, float size);

}  // namespace terrarium::ui
