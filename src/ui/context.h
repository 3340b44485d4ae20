// One frame of the interface: where we are on the page, how big things are, what was hidden or locked, and the twin.
// Owned by the app; widgets reach it through ImGui's user pointer, so there is no global of ours.

#pragma once

#include <imgui.h>

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ui/device_glyphs.h"
#include "ui/theme.h"
#include "ui/twin.h"
#include "ui/words.h"

struct ImPlotContext;

namespace terrarium::ui {

struct Markdown;  // markup.h

namespace internal {
struct Prose;  // prose.cpp
}

/// What the device and the learner want. Filled by the platform and the settings.
struct Environment {
    float width = 1280, height = 800;  ///< of the viewport, CSS pixels
    float dpr = 1;
    float scroll_y = 0;  ///< of the document; the browser scrolls, we only draw shifted
    float text_scale = 1;
    bool is_touch = false;
    bool is_dark = false;
    bool more_contrast = false;
    std::optional<Palette> forced;  ///< the colours of a forced-colours mode, which win over all of ours
    bool reduced_motion = false;
    bool has_dom = false;    ///< text is edited in the twin's real inputs
    bool has_canvas = true;  ///< false: mirror=visible, only the twin is read
};

/// A key that was pressed on the page and that no control of the page used itself. Names as in the DOM.
struct Key {
    std::string name;  ///< "Escape", "PageDown", "r"
    std::string code;  ///< the place on the keyboard: "KeyP"
    bool has_modifier = false, has_alt = false;
};

/// What a sheet (sheet.h) remembers from frame to frame.
struct SheetState {
    float scroll_y = 0;
    int64_t frame = -2;  ///< when it was last drawn
};

struct Fonts {
    ImFont* regular = nullptr;
    ImFont* bold = nullptr;
    ImFont* mono = nullptr;
    /// ImGui's size of a font is ascender to descender; CSS and designers mean the em square. Theirs times this is
    /// ours.
    struct Metrics {
        float ascender = 0.8f, height = 1;  ///< in ems; height is ascender to descender
    };
    Metrics regular_metrics, bold_metrics, mono_metrics;

    const Metrics& metrics(const ImFont* font) const {
        return font == mono ? mono_metrics : font == bold ? bold_metrics : regular_metrics;
    }
    float imgui_size(const ImFont* font, float css_size) const { return css_size * metrics(font).height; }
};

/// Where the next widget goes. Areas nest: the page, a column, a card, a row.
struct Area {
    float x = 0, y = 0, width = 0;  ///< y is the cursor; document coordinates
    float gap = 12;                 ///< between widgets
    bool is_row = false;            ///< side by side, wrapping
    float row_x = 0, row_height = 0;
    float right_most = 0;
    bool is_empty = true;
};

class Context {
public:
    Context();
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    /// Several contexts may live at once (tests compare two pages); the one that works now is the current one.
    void make_current() const;

    // ---- the pointer, CSS pixels of the viewport
    // ---------------------------------------------------------------------
    void pointer_source(bool is_touch);
    void pointer_move(float x, float y);
    void pointer_leave();
    void pointer_button(bool is_down);

    void load_fonts(std::string_view regular, std::string_view bold, std::string_view mono);
    void begin_frame();
    /// Ends the frame; the page is `content_height` tall. Returns the twin's message or null.
    json end_frame(bool send_everything);

    Environment env;
    Fonts fonts;
    Twin twin;
    Locale locale;                              ///< the learner's language; tr() looks here
    DeviceGlyphs device_glyphs;                 ///< letters that the shipped fonts lack; empty: a box is drawn
    std::set<std::string, std::less<>> hidden;  ///< `hide=`: keys that are not shown
    std::set<std::string, std::less<>> locked;  ///< `lock=`: keys that are shown but cannot be changed
    int frames_wanted = 0;                      ///< more frames are needed although nothing happens
    float content_height = 0;
    std::vector<Key> keys;  ///< pressed since the last frame; what nobody takes is forgotten at its end

    /// True once for a key without modifiers that was pressed since the last frame.
    bool take_key(std::string_view name);
    int64_t frame_count() const { return frame_count_; }
    SheetState& sheet_state(std::string_view key);
    /// Something lies above the page in this frame or did in the last one.
    bool has_sheet() const;

    // ---- layout ----------------------------------------------------------------------------------------------------
    Area& area() { return areas_.back(); }
    void push_area(const Area& area) { areas_.push_back(area); }
    void pop_area() { areas_.pop_back(); }
    bool is_drawing_fixed = false;  ///< viewport coordinates: sticky lines, sheets
    float fixed_scroll_y = 0;       ///< of the sheet that is being drawn

    float scaled(float css_pixels) const { return css_pixels * env.text_scale; }
    float control_height() const { return scaled(env.is_touch ? kTouchHeight : kControlHeight); }
    const Palette& palette() const;
    /// Fills the width of the page behind the header and draws the line below it.
    void header_band(float height);
    ImU32 color(Ink ink, float alpha = 1) const;
    ImU32 series_color(int index, float alpha = 1) const;

    /// Reserves space for a widget and moves on. Document coordinates.
    Rect place(float width, float height);
    ImVec2 to_screen(float x, float y) const;

    /// Ids of the items that ui:: itself gave to ImGui in this frame: what the coverage gate compares with ImGui's own
    /// list.
    std::set<ImGuiID> known_items;
    std::set<ImGuiID>
        drawn_items;  ///< what ImGui itself drew; filled only while its test hooks are on (item_hooks.cpp)

    std::map<std::string, std::shared_ptr<internal::Prose>, std::less<>> proses;  ///< laid-out words, by key
    std::map<std::string, std::shared_ptr<Markdown>, std::less<>> markdowns;      ///< read texts, by their source
    std::string wanted_link;  ///< an https address that was pressed; the app opens it

    /// Last frame's height of a box, by key: backgrounds are drawn before their content.
    float remembered_height(std::string_view key) const;
    void remember_height(std::string_view key, float height);

private:
    ImGuiContext* imgui_;
    ImPlotContext* implot_;
    std::deque<Area> areas_;  ///< a deque, so that area() stays valid while others are pushed above it
    std::map<std::string, float, std::less<>> heights_;
    std::map<std::string, SheetState, std::less<>> sheets_;
    int64_t frame_count_ = 0;
};

/// The context of this frame.
Context& context();

}  // namespace terrarium::ui
