#include "ui/device_glyphs.h"

#include <imgui_internal.h>

#include "ui/context.h"

namespace terrarium::ui {
namespace {

/// Joiners and variation selectors steer shaping; alone they are nothing.
bool is_invisible(char32_t character) {
    return (character >= 0x200B && character <= 0x200F) || (character >= 0xFE00 && character <= 0xFE0F) ||
           character == 0xFEFF || (character >= 0xE0000 && character <= 0xE0FFF);
}

bool contains(ImFontAtlas*, ImFontConfig*, ImWchar character) { return character > 0x7F; }

bool load(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar character,
          ImFontGlyph* out_glyph, float* out_advance) {
    const Context& c = context();
    if (character <= 0x7F || !c.device_glyphs) return false;
    const ImFont* font = baked->ContainerFont;
    const float density = source->RasterizerDensity * baked->RasterizerDensity;
    DeviceGlyph glyph;
    if (!is_invisible(character)) {
        glyph = c.device_glyphs({.character = static_cast<char32_t>(character),
                                 .em_pixels = baked->Size / c.fonts.metrics(font).height * density,
                                 .is_bold = font == c.fonts.bold && font != c.fonts.regular,
                                 .is_mono = font == c.fonts.mono && font != c.fonts.regular});
    }
    if (out_advance != nullptr) {
        *out_advance = glyph.advance / density;
        return true;
    }
    out_glyph->Codepoint = character & 0x1FFFFF;  // all of Unicode; the field has few bits
    out_glyph->AdvanceX = glyph.advance / density;
    if (glyph.width <= 0 || glyph.height <= 0) return true;
    const ImFontAtlasRectId place = ImFontAtlasPackAddRect(atlas, glyph.width, glyph.height);
    if (place == ImFontAtlasRectId_Invalid) return false;
    ImTextureRect* rect = ImFontAtlasPackGetRect(atlas, place);
    out_glyph->X0 = glyph.left / density;
    out_glyph->Y0 = glyph.top / density + IM_ROUND(baked->Ascent);
    out_glyph->X1 = out_glyph->X0 + static_cast<float>(glyph.width) / density;
    out_glyph->Y1 = out_glyph->Y0 + static_cast<float>(glyph.height) / density;
    out_glyph->Visible = true;
    out_glyph->Colored = glyph.is_colored;
    out_glyph->PackId = place;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, out_glyph, rect, glyph.rgba.data(), ImTextureFormat_RGBA32,
                                       glyph.width * 4);
    return true;
}

const ImFontLoader& loader() {
    static const ImFontLoader instance = [] {
        ImFontLoader made;
        made.Name = "the device's fonts";
        made.FontSrcContainsGlyph = contains;
        made.FontBakedLoadGlyph = load;
        return made;
    }();
    return instance;
}

}  // namespace

void add_device_glyphs(ImFontAtlas& atlas, float size) {
    ImFontConfig config;
    config.MergeMode = true;
    config.SizePixels = size;
    config.FontLoader = &loader();
    atlas.AddFont(&config);
}

}  // namespace terrarium::ui
