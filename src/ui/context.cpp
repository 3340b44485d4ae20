#include "ui/context.h"

#include <imgui_internal.h>
#include <implot.h>

#include <algorithm>
#include <cmath>

#include "core/support/check.h"
#include "ui/internal.h"
#include "ui/scripts.h"

namespace terrarium::ui {

Context::Context() : imgui_(ImGui::CreateContext()), implot_(ImPlot::CreateContext()) {
    make_current();
    ImGuiIO& io = ImGui::GetIO();
    io.UserData = this;
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.ConfigInputTrickleEventQueue = true;  // a tap between two frames is still a press and a release
}

Context::~Context() {
    make_current();
    ImPlot::DestroyContext(implot_);
    ImGui::DestroyContext(imgui_);
}

void Context::make_current() const {
    ImGui::SetCurrentContext(imgui_);
    ImPlot::SetCurrentContext(implot_);
}

void Context::pointer_source(bool is_touch) {
    make_current();
    ImGui::GetIO().AddMouseSourceEvent(is_touch ? ImGuiMouseSource_TouchScreen : ImGuiMouseSource_Mouse);
}
void Context::pointer_move(float x, float y) { ImGui::GetIO().AddMousePosEvent(x, y); }
void Context::pointer_leave() { ImGui::GetIO().AddMousePosEvent(-FLT_MAX, -FLT_MAX); }
void Context::pointer_button(bool is_down) { ImGui::GetIO().AddMouseButtonEvent(0, is_down); }

void Context::header_band(float height) {
    const ImVec2 top = to_screen(0, 0);
    ImDrawList& draw = *ImGui::GetWindowDrawList();
    draw.AddRectFilled(top, {env.width, top.y + height}, color(Ink::Panel));
    draw.AddLine({0, top.y + height}, {env.width, top.y + height}, color(Ink::Line));
}

Context& context() { return *static_cast<Context*>(ImGui::GetIO().UserData); }

const Palette& Context::palette() const {
    if (env.forced) return *env.forced;
    if (env.more_contrast) return env.is_dark ? dark_contrast_palette() : light_contrast_palette();
    return env.is_dark ? dark_palette() : light_palette();
}

ImU32 Context::color(Ink ink, float alpha) const { return to_imgui(palette().ink[static_cast<size_t>(ink)], alpha); }

ImU32 Context::series_color(int index, float alpha) const {
    return to_imgui(palette().series[static_cast<size_t>(index % kSeriesColors)], alpha);
}

namespace {

/// From the tables "hhea" and "head" of an OpenType font; the default when it has none.
/// Source: OpenType 1.9, "Organization of an OpenType font", "hhea", "head".
Fonts::Metrics read_metrics(std::string_view font) {
    const auto number = [&](size_t at, size_t n_bytes) {
        uint32_t value = 0;
        for (size_t i = 0; i < n_bytes; ++i) {
            value = value << 8 | (at + i < font.size() ? static_cast<uint8_t>(font[at + i]) : 0u);
        }
        return value;
    };
    const auto table = [&](std::string_view tag) -> size_t {
        for (size_t i = 0, n = number(4, 2), at = 12; i < n && at + 16 <= font.size(); ++i, at += 16) {
            if (font.substr(at, 4) == tag) return number(at + 8, 4);
        }
        return 0;
    };
    const size_t hhea = table("hhea");
    const size_t head = table("head");
    const uint32_t em = head == 0 ? 0 : number(head + 18, 2);
    if (hhea == 0 || em == 0) return {};
    const auto ems = [&](size_t at) {
        return static_cast<float>(static_cast<int16_t>(number(at, 2))) / static_cast<float>(em);
    };
    return {.ascender = ems(hhea + 4), .height = ems(hhea + 4) - ems(hhea + 6)};
}

}  // namespace

void Context::load_fonts(std::string_view regular, std::string_view bold, std::string_view mono) {
    make_current();
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    const auto add = [&](std::string_view bytes) -> ImFont* {
        if (bytes.empty()) return nullptr;
        ImFontConfig config;
        config.FontDataOwnedByAtlas = true;
        void* copy = ImGui::MemAlloc(bytes.size());
        std::copy(bytes.begin(), bytes.end(), static_cast<char*>(copy));
        ImFont* font = atlas.AddFontFromMemoryTTF(copy, static_cast<int>(bytes.size()), type_size(Type::Body), &config);
        if (font != nullptr) add_device_glyphs(atlas, type_size(Type::Body));
        return font;
    };
    fonts.regular = add(regular);
    fonts.bold = add(bold);
    fonts.mono = add(mono);
    fonts.regular_metrics = read_metrics(regular);
    fonts.bold_metrics = read_metrics(bold.empty() ? regular : bold);
    fonts.mono_metrics = read_metrics(mono.empty() ? regular : mono);
    TERRARIUM_CHECK(fonts.regular != nullptr, "the regular font is there before the first frame");
    if (fonts.bold == nullptr) fonts.bold = fonts.regular;
    if (fonts.mono == nullptr) fonts.mono = fonts.regular;
}

void Context::begin_frame() {
    make_current();
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {std::max(env.width, 1.0f), std::max(env.height, 1.0f)};
    io.DisplayFramebufferScale = {env.dpr, env.dpr};
    twin.begin_frame();
    known_items.clear();
    drawn_items.clear();
    is_drawing_fixed = false;
    ++frame_count_;
    io.DeltaTime = 1.0f / 60;  // nothing here is animated by time
    ImGui::NewFrame();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(io.DisplaySize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
    ImGui::Begin("terrarium", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse |
                     ImGuiWindowFlags_NoBringToFrontOnFocus);
    ImGui::PopStyleVar(2);
    ImGui::PushFont(fonts.regular, fonts.imgui_size(fonts.regular, scaled(type_size(Type::Body))));
    const float margin = env.width < 700 ? 12.0f : 24.0f;
    const float width = std::min(env.width - 2 * margin, internal::kWidestPage);
    areas_.assign(1, Area{.x = (env.width - width) / 2, .y = 0, .width = width, .gap = 16});
}

json Context::end_frame(bool send_everything) {
    TERRARIUM_CHECK(areas_.size() == 1, "every area that is pushed is popped");
    content_height = std::ceil(area().y + 24);
    ImGui::PopFont();
    ImGui::End();
    ImGui::Render();
    keys.clear();
    // ImGui takes a press and its release in different frames; the second needs one even if nothing else happens.
    if (ImGui::GetCurrentContext()->InputEventsQueue.Size > 0) frames_wanted = std::max(frames_wanted, 1);
    return twin.end_frame(content_height, send_everything);
}

ImVec2 Context::to_screen(float x, float y) const {
    return {x, is_drawing_fixed ? y - fixed_scroll_y : y - env.scroll_y};
}

bool Context::take_key(std::string_view name) {
    const auto found = std::find_if(keys.begin(), keys.end(), [&](const Key& key) {
        return key.name == name && !key.has_modifier && !key.has_alt;
    });
    if (found == keys.end()) return false;
    keys.erase(found);
    return true;
}

SheetState& Context::sheet_state(std::string_view key) {
    const auto found = sheets_.find(key);
    return found != sheets_.end() ? found->second : sheets_[std::string(key)];
}

bool Context::has_sheet() const {
    return std::any_of(sheets_.begin(), sheets_.end(),
                       [&](const auto& sheet) { return sheet.second.frame + 1 >= frame_count_; });
}

Rect Context::place(float width, float height) {
    Area& a = area();
    if (!a.is_row) {
        if (!a.is_empty) a.y += a.gap;
        a.is_empty = false;
        const Rect rect{a.x, a.y, std::min(width, a.width), height};
        a.y += height;
        a.right_most = std::max(a.right_most, rect.x + rect.width);
        return rect;
    }
    width = std::min(width, a.width);
    if (!a.is_empty && a.row_x + width > a.x + a.width + 0.5f) {
        a.y += a.row_height + a.gap;
        a.row_x = a.x;
        a.row_height = 0;
    }
    a.is_empty = false;
    const Rect rect{a.row_x, a.y, width, height};
    a.row_x += width + a.gap;
    a.row_height = std::max(a.row_height, height);
    return rect;
}

float Context::remembered_height(std::string_view key) const {
    const auto found = heights_.find(key);
    return found == heights_.end() ? 0 : found->second;
}

void Context::remember_height(std::string_view key, float height) {
    float& known = heights_[std::string(key)];
    if (std::abs(known - height) > 0.5f) frames_wanted = std::max(frames_wanted, 1);
    known = height;
}

namespace internal {

ImGuiID item_id(std::string_view key) { return ImHashStr(key.data(), key.size(), 0x7e44a21u); }

ImRect to_box(const Rect& rect) {
    const ImVec2 at = context().to_screen(rect.x, rect.y);
    return {at, {at.x + rect.width, at.y + rect.height}};
}

ImRect plain_item(std::string_view key, const Rect& rect) {
    const ImRect box = to_box(rect);
    const ImGuiID id = item_id(key);
    context().known_items.insert(id);
    ImGui::ItemAdd(box, id);
    return box;
}

Press press(std::string_view key, const Rect& rect, bool is_enabled) {
    const ImGuiID id = item_id(key);
    context().known_items.insert(id);
    Press result{.box = to_box(rect)};
    result.is_visible = ImGui::ItemAdd(result.box, id, nullptr, is_enabled ? 0 : ImGuiItemFlags_Disabled);
    if (!result.is_visible || !is_enabled) return result;
    result.was_pressed = ImGui::ButtonBehavior(result.box, id, &result.is_hovered, &result.is_held);
    if (result.is_hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    return result;
}

bool was_clicked_in_twin(std::string_view key) { return context().twin.take(key, "click").has_value(); }

Node& add_node(std::string_view key, std::string_view role, std::string_view name, const Rect& rect) {
    Node node{.key = std::string(key), .role = std::string(role), .parent = {}, .rect = rect};
    node.is_fixed = context().is_drawing_fixed;
    node.properties["n"] = std::string(name);
    return context().twin.add(std::move(node));
}

ImVec2 text_size(ImFont* font, float size, std::string_view words) {
    return font->CalcTextSizeA(context().fonts.imgui_size(font, size), FLT_MAX, 0, words.data(),
                               words.data() + words.size());
}

ImDrawList& draw_list() { return *ImGui::GetWindowDrawList(); }

void draw_text(ImVec2 at, ImFont* font, float size, ImU32 color, std::string_view words) {
    draw_list().AddText(font, context().fonts.imgui_size(font, size), at, color, words.data(),
                        words.data() + words.size());
}

void draw_line(ImVec2 at, ImFont* font, float size, ImU32 color, std::string_view words) {
    if (context().env.has_dom && needs_shaping(words)) return;
    draw_text(at, font, size, color, words);
}

void draw_text_centered(const ImRect& box, ImFont* font, float size, ImU32 color, std::string_view words) {
    const ImVec2 wanted = text_size(font, size, words);
    draw_text({box.Min.x + (box.GetWidth() - wanted.x) / 2, box.Min.y + (box.GetHeight() - wanted.y) / 2}, font, size,
              color, words);
}

std::string fitted(ImFont* font, float size, std::string_view words, float width) {
    if (text_size(font, size, words).x <= width) return std::string(words);
    std::string shorter(words);
    while (!shorter.empty()) {
        do shorter.pop_back();
        while (!shorter.empty() && (static_cast<unsigned char>(shorter.back()) & 0xC0) == 0x80);
        if (!shorter.empty() && (static_cast<unsigned char>(shorter.back()) & 0x80) != 0) shorter.pop_back();
        const std::string with_dots = shorter + "…";
        if (text_size(font, size, with_dots).x <= width) return with_dots;
    }
    return "…";
}

namespace {

/// ImGui may break after any point or comma, so "0.25" can end up in two lines: the blank to break at instead, or null.
const char* blank_before_number(const char* begin, const char* until, const char* end) {
    const bool is_inside = until < end && *until >= '0' && *until <= '9' && (until[-1] == '.' || until[-1] == ',');
    if (!is_inside) return nullptr;
    while (until > begin && *until != ' ') --until;
    return until > begin ? until : nullptr;
}

}  // namespace

std::vector<std::string> wrapped(ImFont* font, float size, std::string_view words, float width) {
    std::vector<std::string> lines;
    const char* at = words.data();
    const char* end = at + words.size();
    const float imgui_size = context().fonts.imgui_size(font, size);
    while (at < end) {
        const char* until = font->CalcWordWrapPosition(imgui_size, at, end, width);
        if (until == at) ++until;
        if (const char* blank = blank_before_number(at, until, end)) until = blank;
        lines.emplace_back(at, until);
        at = until;
        while (at < end && (*at == ' ' || *at == '\n')) {
            if (*at++ == '\n') break;
        }
    }
    if (lines.empty()) lines.emplace_back();
    return lines;
}

}  // namespace internal
}  // namespace terrarium::ui
