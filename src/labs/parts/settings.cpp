#include "labs/parts/settings.h"

#include <algorithm>
#include <cmath>

#include "ui/messages.h"
#include "ui/sheet.h"
#include "ui/tiles.h"

namespace terrarium::labs {

using ui::tr;

bool whole_slider(const Content& content, const char* key, const std::string& label, int64_t& value,
                  const WholeLook& look) {
    const Limit& limit = content.limit(key);
    auto edited = static_cast<double>(value);
    const ui::Scale scale{.min = limit.min,
                          .max = limit.max,
                          .step = std::max(1.0, limit.step),
                          .is_log = look.is_log,
                          .words = {},
                          .slider_max = look.slider_max};
    if (!ui::slider(key, label, scale, edited)) return false;
    value = std::llround(edited);
    return true;
}

void seed_slider(const Content& content, int64_t& seed) {
    whole_slider(content, "seed", tr("Seed"), seed, {.slider_max = 100});
}

bool is_wide(float css_pixels) { return ui::available_width() >= css_pixels * ui::context().env.text_scale; }

void side_by_side(float css_pixels, const std::vector<Draw>& parts, std::vector<float> shares, float gap) {
    if (!is_wide(css_pixels)) {
        for (const Draw& part : parts) part();
        return;
    }
    if (shares.empty()) shares.assign(parts.size(), 1.0f);
    ui::Columns columns(std::move(shares), gap);
    for (size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) columns.next();
        parts[i]();
    }
}

void settings_side_by_side(const std::vector<Draw>& settings) { side_by_side(560, settings, {}, 20); }

void settings_tile(const std::string& words, bool& is_open) {
    if (ui::tile("settings.open", {.title = tr("Settings"), .about = words, .badge = tr("Change")})) is_open = true;
}

void settings_sheet(bool& is_open, const Draw& settings) {
    if (!is_open) return;
    const ui::Sheet sheet("settings.sheet", tr("Settings of this run"), "settings.open");
    if (sheet.wants_to_close()) is_open = false;
    settings();
}

}  // namespace terrarium::labs
