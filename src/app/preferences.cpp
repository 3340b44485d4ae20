// What people want of the page: the device's preferences, what the learner set, and what the address says. The address
// wins over the setting, the setting over the device; forced colours win over all.

#include <algorithm>
#include <cstdio>
#include <utility>

#include "app/app.h"

namespace terrarium::app {

void App::take_preferences(const json& facts) {
    ui_.env.is_touch = facts.value("touch", ui_.env.is_touch);
    device_.is_dark = facts.value("theme", std::string("light")) == "dark";
    device_.reduced_motion = facts.value("reduced_motion", false);
    device_.more_contrast = facts.value("contrast", false);
    device_.forced.reset();
    const auto colors = facts.find("system_colors");
    if (colors == facts.end() || !colors->is_object()) return;
    const auto color = [&](const char* name, uint32_t otherwise) { return colors->value(name, otherwise); };
    const ui::SystemColors plain;
    device_.forced = ui::forced_palette({.canvas = color("Canvas", plain.canvas),
                                         .canvas_text = color("CanvasText", plain.canvas_text),
                                         .link = color("LinkText", plain.link),
                                         .button_text = color("ButtonText", plain.button_text),
                                         .highlight = color("Highlight", plain.highlight),
                                         .gray_text = color("GrayText", plain.gray_text)});
}

void App::set_theme(const std::string& name) {
    theme_ = progress_.settings.theme = name;
    send_everything_ = true;
    progress_changed();
}

void App::set_language(const std::string& tag) {
    address_.lang.clear();  // a choice is newer than the link that led here
    progress_.settings.language = tag;
    progress_changed();
}

Turbo App::turbo() const {
    const bool is_wanted = address_.turbo.value_or(progress_.settings.turbo);
    return {.is_possible = device_.has_turbo, .is_wanted = is_wanted, .is_on = is_wanted && device_.has_turbo};
}

void App::set_turbo(bool is_wanted) {
    address_.turbo.reset();  // a choice is newer than the link that led here
    progress_.settings.turbo = is_wanted;
    progress_changed();
}

void App::set_text_scale(double scale) {
    progress_.settings.text_scale = std::clamp(scale, 0.8, 2.0);
    progress_changed();
}

bool App::has_two_views() const { return ui_.env.has_dom && ui_.env.has_canvas; }

void App::set_view_mode(const std::string& mode) {
    mirror_ = mode;
    send_everything_ = true;
    ui_.frames_wanted = std::max(ui_.frames_wanted, 2);
}

void App::take_settings() {
    const core::io::Settings& settings = progress_.settings;
    const std::string& theme = theme_ != "system" ? theme_ : settings.theme;
    ui_.env.forced = device_.forced;
    ui_.env.is_dark = device_.forced ? ui::is_dark_color(device_.forced->ink[0])
                                     : theme == "dark" || (theme == "system" && device_.is_dark);
    ui_.env.more_contrast = settings.contrast == "more" || device_.more_contrast;
    ui_.env.reduced_motion = settings.motion == "reduced" || device_.reduced_motion;
    ui_.env.text_scale = static_cast<float>(std::clamp(settings.text_scale, 0.8, 2.0));
    if (is_presenting_)
        ui_.env.text_scale = std::max(ui_.env.text_scale, std::clamp(ui_.env.width / 1000, 1.25f, 1.6f));
}

json App::palette_for_page() const {
    if (ui_.env.forced) return json::object();  // CSS takes the system's colours by itself
    static constexpr std::pair<const char*, ui::Ink> kNames[] = {{"bg", ui::Ink::Background},
                                                                 {"panel", ui::Ink::Panel},
                                                                 {"ink", ui::Ink::Text},
                                                                 {"muted", ui::Ink::Muted},
                                                                 {"line", ui::Ink::Line},
                                                                 {"accent", ui::Ink::Accent},
                                                                 {"accent-ink", ui::Ink::OnAccent},
                                                                 {"soft", ui::Ink::Soft},
                                                                 {"warn", ui::Ink::Warn},
                                                                 {"ok", ui::Ink::Ok},
                                                                 {"control", ui::Ink::Control}};
    json colors = json::object();
    for (const auto& [name, ink] : kNames) {
        char text[8];
        std::snprintf(text, sizeof text, "#%06x", ui_.palette().ink[static_cast<size_t>(ink)]);
        colors[name] = text;
    }
    return colors;
}

}  // namespace terrarium::app
