// What the learner sets for the whole course: look, size of letters, motion, language. Kept with the progress.

#include <cmath>

#include "app/screen.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

class Settings final : public Screen {
public:
    void draw(Desk& desk) override {
        core::io::Settings& settings = desk.progress().settings;
        ui::heading("page.title", 1, ui::tr("Settings"), ui::Type::Title);
        const float width = ui::available_width();
        ui::Columns columns(width >= 900 ? std::vector<float>{0.6f, 0.4f} : std::vector<float>{1});
        const ui::Card card("settings.card", ui::tr("Settings"));
        draw_look(desk, settings);
        ui::space(8);
        draw_size(desk, settings);
        ui::space(8);
        draw_view(desk);
        ui::space(8);
        draw_language(desk, settings);
        ui::space(8);
        draw_turbo(desk);
        ui::paragraph("settings.where",
                      ui::tr("These settings are kept on this device, with your progress. Nothing is sent anywhere."),
                      ui::Ink::Muted, ui::Type::Small);
    }

private:
    static void draw_look(Desk& desk, core::io::Settings& settings) {
        std::string theme = settings.theme;
        if (ui::choice("settings.theme", ui::tr("Colours"),
                       {{"system", ui::tr("As the device")}, {"light", ui::tr("Light")}, {"dark", ui::tr("Dark")}},
                       theme)) {
            desk.set_theme(theme);
        }
        const bool has_contrast =
            ui::choice("settings.contrast", ui::tr("Contrast"),
                       {{"system", ui::tr("As the device")}, {"more", ui::tr("More")}}, settings.contrast);
        const bool has_motion =
            ui::choice("settings.motion", ui::tr("Motion"),
                       {{"system", ui::tr("As the device")}, {"reduced", ui::tr("Less")}}, settings.motion);
        if (has_contrast || has_motion) desk.progress_changed();
    }

    static void draw_size(Desk& desk, core::io::Settings& settings) {
        if (desk.view_mode() == "visible") {
            ui::paragraph("settings.size.browser", ui::tr("Letters of the text view follow the zoom of your browser."),
                          ui::Ink::Muted, ui::Type::Small);
            return;
        }
        const ui::Scale scale{.min = 80, .max = 200, .step = 10, .is_log = false, .words = [](double percent) {
                                  return ui::percent(percent / 100, 0);
                              }};
        double percent = std::round(settings.text_scale * 100);
        if (ui::slider("settings.size", ui::tr("Size of letters"), scale, percent)) {
            settings.text_scale = percent / 100;
            desk.progress_changed();
        }
    }

    static void draw_view(Desk& desk) {
        if (!desk.has_two_views()) return;
        bool is_text = desk.view_mode() == "visible";
        if (ui::toggle("settings.text_view", ui::tr("Text view"), is_text))
            desk.set_view_mode(is_text ? "visible" : "normal");
        ui::paragraph("settings.text_view.about",
                      ui::tr("The whole lab as an ordinary page, without pictures: for translation by the browser, for "
                             "very large letters, or because you like it better."),
                      ui::Ink::Muted, ui::Type::Small);
    }

    static void draw_turbo(Desk& desk) {
        const Turbo turbo = desk.turbo();
        bool is_on = turbo.is_on;
        if (turbo.is_possible && ui::toggle("settings.turbo", ui::tr("Turbo: fast, not provable"), is_on))
            desk.set_turbo(is_on);
        ui::paragraph(
            "settings.turbo.about",
            turbo.is_possible
                ? ui::tr(
                      "Trains faster by rounding as this device likes best. Another device may round differently, so "
                      "a run in turbo passes no challenge and gets no result code.")
                : ui::tr("**Turbo** would train faster, but this browser lacks what it needs (relaxed SIMD). "
                         "Everything works without it."),
            ui::Ink::Muted, ui::Type::Small);
    }

    static void draw_language(Desk& desk, const core::io::Settings& settings) {
        std::vector<ui::Option> options = {{"system", ui::tr("As the browser")}};
        for (const core::io::Language& one : desk.languages()) options.push_back({one.tag, one.name});
        if (options.size() == 1) options.push_back({"en", "English"});
        std::string chosen = settings.language.empty() ? "system" : settings.language;
        if (ui::choice("settings.language", ui::tr("Language"), options, chosen))
            desk.set_language(chosen == "system" ? "" : chosen);
    }
};

}  // namespace

std::unique_ptr<Screen> make_settings() { return std::make_unique<Settings>(); }

}  // namespace terrarium::app
