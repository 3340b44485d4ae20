// The head of every page: the way to the map, where one is in the course, search, settings, help, and the menu with all
// pages. On narrow screens only the menu remains; it opens from below.

#include <algorithm>

#include "app/app.h"
#include "ui/sheet.h"
#include "ui/tiles.h"

namespace terrarium::app {
namespace {

constexpr float kHeaderHeight = 56;
constexpr float kButtonsFrom = 700;  ///< CSS pixels at the normal text size
constexpr float kTrailFrom = 1020;

}  // namespace

void App::draw_header() {
    ui_.header_band(std::max(kHeaderHeight, ui_.remembered_height("header")));
    ui_.area().y = 8;
    ui_.area().is_empty = true;
    const float width = ui_.env.width / ui_.env.text_scale;
    {
        const ui::Group group("header", ui::tr("Page"));
        ui::Row row(width < kButtonsFrom ? 4 : 10);
        if (ui::brand("brand", "Terrarium", ui::tr("Terrarium: course map"))) go_to("map");
        if (view_ && width >= kTrailFrom && place_.page.empty()) draw_trail();
        if (view_ && !place_.page.empty()) {
            const std::string words = width < kButtonsFrom ? ui::tr("Back") : ui::tr("Back to the lab");
            if (ui::button("nav.back", words, ui::Button::Quiet)) go({});
        }
        row.to_the_right("header.buttons");
        if (width >= kButtonsFrom) {
            if (view_) {
                for (const char* id : {"search", "settings", "help"}) {
                    const ui::Button look = place_.page == id ? ui::Button::Selected : ui::Button::Quiet;
                    if (ui::button(std::string("nav.") + id, ui::tr(find_screen(id)->title), look)) go_to(id);
                }
            }
            draw_theme_button();
        }
        if (view_ && ui::button("nav.menu", ui::tr("Menu"), ui::Button::Quiet)) is_menu_open_ = true;
        if (!view_ && width < kButtonsFrom) draw_theme_button();
    }
    ui_.area().y += 8;
    ui_.remember_height("header", ui_.area().y);
    ui_.area().is_empty = false;
}

void App::draw_trail() {
    std::vector<std::string> stages;
    std::string here;
    for (const labs::Module& module : course_.modules) {
        if (module.stage.empty()) continue;
        stages.push_back(module.stage);
        if (module.id == content_.module) here = module.stage;
    }
    ui::trail("trail", ui::tr("Stages of the course"), stages, here);
}

void App::draw_theme_button() {
    if (ui_.env.forced) return;  // the device dictates all colours
    if (ui::button("theme", ui_.env.is_dark ? ui::tr("Light") : ui::tr("Dark"), ui::Button::Quiet))
        set_theme(ui_.env.is_dark ? "light" : "dark");
}

void App::draw_menu() {
    if (!is_menu_open_) return;
    const ui::Sheet sheet("menu", ui::tr("Menu"), "nav.menu");
    if (sheet.wants_to_close()) is_menu_open_ = false;
    const auto leave = [&] { is_menu_open_ = false; };
    const auto page = [&](const ScreenEntry& screen) {
        const ui::Tile tile{.title = ui::tr(screen.title), .about = {}, .badge = {}};
        if (!ui::tile("menu." + std::string(screen.id), tile)) return;
        leave();
        go_to(screen.id);
    };
    std::vector<const ScreenEntry*> pages;
    for (const ScreenEntry& screen : all_screens()) {
        if (screen.is_listed) pages.push_back(&screen);
    }
    const bool has_two_columns = ui::available_width() >= 440 * ui_.env.text_scale;
    for (size_t i = 0; i < pages.size(); ++i) {
        if (!has_two_columns || i + 1 == pages.size()) {
            page(*pages[i]);
            continue;
        }
        ui::Columns columns({1, 1}, 12);
        page(*pages[i]);
        columns.next();
        page(*pages[++i]);
    }
    if (ui::tile("menu.present", {.title = ui::tr("Present to a class"),
                                  .about = ui::tr("Large letters; the steps by keyboard or clicker."),
                                  .badge = ui_.env.is_touch ? "" : ui::tr("Alt + P")})) {
        leave();
        present();
    }
    const ui::Row row;
    if (ui_.env.width / ui_.env.text_scale < kButtonsFrom) draw_theme_button();
    const double scale = progress_.settings.text_scale;
    if (mirror_ != "visible") {  // a plain page grows with the browser's own zoom
        if (ui::button("text_smaller", "A−", ui::Button::Plain, scale > 0.85)) set_text_scale(scale - 0.2);
        if (ui::button("text_larger", "A+", ui::Button::Plain, scale < 1.95)) set_text_scale(scale + 0.2);
    }
    if (has_two_views()) {
        const bool is_text = mirror_ == "visible";
        if (ui::button("mirror", is_text ? ui::tr("Picture view") : ui::tr("Text view"))) {
            leave();
            set_view_mode(is_text ? "normal" : "visible");
        }
    }
}

void App::go_to(std::string_view page) { go({.page = std::string(page), .item = {}, .lab = {}}); }

}  // namespace terrarium::app
