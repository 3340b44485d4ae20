#include "ui/theme.h"

#include <cmath>

namespace terrarium::ui {
namespace {

double linear(uint32_t channel) {
    const double c = static_cast<double>(channel) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(uint32_t rgb) {
    return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
}

}  // namespace

// Order: Background, Panel, Text, Muted, Line, Accent, OnAccent, Soft, Warn, Ok, Grid, Control.
const Palette& light_palette() {
    static constexpr Palette kLight{{0xf7f6f3, 0xffffff, 0x1c2430, 0x55606e, 0xdcdfe4, 0x0b6e63, 0xffffff, 0xe5f1ef,
                                     0x9a4b00, 0x1d6b34, 0xeceef1, 0x7a8594},
                                    {0x005d9c, 0xb65500, 0x004e37, 0x580d42}};
    return kLight;
}

const Palette& dark_palette() {
    static constexpr Palette kDark{{0x12161c, 0x1a2029, 0xeceff3, 0xa9b3c0, 0x303946, 0x52c7b4, 0x07231f, 0x16312e,
                                    0xf0a35e, 0x7ad08f, 0x252d38, 0x7d8898},
                                   {0x65b2ee, 0xf8b982, 0xbfeddd, 0xda6aab}};
    return kDark;
}

const Palette& light_contrast_palette() {
    static constexpr Palette kLight{{0xffffff, 0xffffff, 0x000000, 0x2b333d, 0x6d7683, 0x00483f, 0xffffff, 0xdff0ed,
                                     0x6b3300, 0x0b4a20, 0xc3c8d0, 0x3c4653},
                                    {0x005d9c, 0xb65500, 0x004e37, 0x580d42}};
    return kLight;
}

const Palette& dark_contrast_palette() {
    static constexpr Palette kDark{{0x000000, 0x000000, 0xffffff, 0xd9dfe7, 0x8b97a6, 0x7fe6d5, 0x000000, 0x0d2622,
                                    0xffc48c, 0xa4efb4, 0x3a4552, 0xb4bfcc},
                                   {0x4dadf6, 0xfbb360, 0xa6f2d2, 0xd965a9}};
    return kDark;
}

Palette forced_palette(const SystemColors& colors) {
    const auto readable = [&](uint32_t color) {
        return contrast_ratio(color, colors.canvas) >= 4.5 ? color : colors.canvas_text;
    };
    const uint32_t text = colors.canvas_text, link = readable(colors.link), part = readable(colors.button_text);
    return {{colors.canvas, colors.canvas, text, text, colors.gray_text, link, colors.canvas, colors.canvas, text, text,
             colors.gray_text, part},
            {link, text, readable(colors.highlight), part}};
}

bool is_dark_color(uint32_t rgb) { return contrast_ratio(rgb, 0xffffff) > contrast_ratio(rgb, 0x000000); }

double contrast_ratio(uint32_t a, uint32_t b) {
    const double la = luminance(a);
    const double lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

float type_size(Type type) {
    switch (type) {
        case Type::Title:
            return 26;
        case Type::Heading:
            return 18;
        case Type::Body:
            return 16;
        case Type::Small:
            return 14;
        case Type::Mono:
            return 15;
        case Type::MonoSmall:
            return 13;
    }
    return 16;
}

ImU32 to_imgui(uint32_t rgb, float alpha) {
    return IM_COL32(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, static_cast<int>(alpha * 255.0f + 0.5f));
}

}  // namespace terrarium::ui
