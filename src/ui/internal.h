// What the widgets share among themselves: items, text, keys. Not for views.

#pragma once

#include <imgui.h>
#include <imgui_internal.h>

#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace terrarium::ui::internal {

/// Gives ImGui the item of a widget and says what the pointer does with it.
struct Press {
    ImRect box;  ///< screen
    bool is_visible = false, is_hovered = false, is_held = false, was_pressed = false;
};
Press press(std::string_view key, const Rect& rect, bool is_enabled);
/// An item without pointer behaviour (text fields that the DOM edits).
ImRect plain_item(std::string_view key, const Rect& rect);

ImGuiID item_id(std::string_view key);
ImRect to_box(const Rect& rect);

/// True when the twin's element was activated.
bool was_clicked_in_twin(std::string_view key);

/// A node with its name; lands in the twin even when the widget is scrolled out of view.
Node& add_node(std::string_view key, std::string_view role, std::string_view name, const Rect& rect);

ImVec2 text_size(ImFont* font, float size, std::string_view words);
void draw_text(ImVec2 at, ImFont* font, float size, ImU32 color, std::string_view words);
/// A line that the twin's text layer has, too (Node::lines): when only the browser can shape it, it is left to the
/// twin.
void draw_line(ImVec2 at, ImFont* font, float size, ImU32 color, std::string_view words);
void draw_text_centered(const ImRect& box, ImFont* font, float size, ImU32 color, std::string_view words);
/// Shortens with an ellipsis so that it fits.
std::string fitted(ImFont* font, float size, std::string_view words, float width);

/// Breaks plain words into lines of at most `width`.
std::vector<std::string> wrapped(ImFont* font, float size, std::string_view words, float width);

ImDrawList& draw_list();

inline constexpr float kWidestPage = 1480;   ///< CSS px; on wider windows the page stands in the middle
inline constexpr float kLineHeight = 1.35f;  ///< of words inside controls, in letter sizes
void draw_lines(ImVec2 at, ImFont* font, float size, ImU32 color, const std::vector<std::string>& lines);
/// Small words above a control; the control's own node carries them in the twin.
/// Returns where they stand. A locked control has a padlock behind them.
Rect caption(std::string_view words, bool is_enabled = true);

/// Words as they are, without markup.
void plain_text(std::string_view key, std::string_view words, Ink ink);

/// A square button with a sign. `name` says in the twin what it does.
bool small_button(std::string_view key, std::string_view sign, std::string_view name, const Rect& rect,
                  bool is_enabled);
/// The menu of select() at a place of the caller's.
bool select_at(std::string_view key, std::string_view label, const std::vector<Option>& options, std::string& selected,
               const Rect& rect, bool is_enabled);
/// Six dots: this can be dragged.
void draw_grip_dots(const ImRect& box, ImU32 color);

/// The look of ImGui's own text fields, which are only used where there is no DOM.
class FieldStyle {
public:
    FieldStyle(float padding_x, float height, ImFont* font, float size);
    ~FieldStyle();
    FieldStyle(const FieldStyle&) = delete;
    FieldStyle& operator=(const FieldStyle&) = delete;
};

}  // namespace terrarium::ui::internal
