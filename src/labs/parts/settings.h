// Settings of a lab: numbers within the limits of its content, and where they stand on wide and on narrow screens.

#pragma once

#include <functional>
#include <string>
#include <vector>

#include "labs/content.h"
#include "ui/ui.h"

namespace terrarium::labs {

struct WholeLook {
    bool is_log = false;
    double slider_max = 0;  ///< 0: the limit. A slider may end before the largest number that can be typed
};

/// A slider that stops at whole numbers within the limit called `key`; true when it changed.
bool whole_slider(const Content& content, const char* key, const std::string& label, int64_t& value,
                  const WholeLook& look = {});
inline bool whole_slider(const Content& content, const char* key, const std::string& label, int32_t& value,
                         const WholeLook& look = {}) {
    int64_t wide = value;
    const bool has_changed = whole_slider(content, key, label, wide, look);
    value = static_cast<int32_t>(wide);
    return has_changed;
}
void seed_slider(const Content& content, int64_t& seed);

using Draw = std::function<void()>;

/// True where that many CSS pixels of width are there, for letters of the usual size.
bool is_wide(float css_pixels);
/// Side by side where it is that wide, one below the other elsewhere. No shares: equal ones.
void side_by_side(float css_pixels, const std::vector<Draw>& parts, std::vector<float> shares = {}, float gap = 24);
/// The same for single settings inside a card.
void settings_side_by_side(const std::vector<Draw>& settings);

/// Narrow screens have no room for settings: a tile says what they are and opens a sheet, which is drawn last.
void settings_tile(const std::string& words, bool& is_open);
void settings_sheet(bool& is_open, const Draw& settings);

}  // namespace terrarium::labs
