// Moving between the lab and the screens of the shell, and what screens may ask for.

#include <algorithm>

#include "app/app.h"

namespace terrarium::app {

bool App::draw_screen() {
    for (auto& [id, screen] : screens_) screen->work(*this);
    const ScreenEntry* entry = place_.page.empty() ? nullptr : find_screen(place_.page);
    if (entry == nullptr) return false;
    std::unique_ptr<Screen>& screen = screens_[place_.page];
    if (screen == nullptr) screen = entry->make();
    screen->draw(*this);
    return true;
}

void App::move_to_wanted_place() {
    if (!wanted_place_) return;
    const Place wanted = *std::exchange(wanted_place_, std::nullopt);
    ui_.frames_wanted = 2;
    if (!wanted.lab.empty() && wanted.lab != open_lab()) {
        core::io::UrlState state = address_;
        state.notes.clear();
        state.parameters.clear();
        state.seed.reset();
        state.lab = wanted.lab;
        state.page = wanted.page;
        state.item = wanted.item;
        take_address(core::io::format_url(state));
        return;
    }
    if (wanted.page != place_.page) {
        platform_.scroll_to(0);
        // As after following a link: reading and Tab go on from the head of the new page.
        ui_.twin.focus(wanted.page == "search" ? "search.words" : wanted.page.empty() ? "lesson.title" : "page.title");
    }
    place_ = wanted;
}

const std::string* App::asset(const std::string& name) {
    if (const auto known = assets_.find(name); known != assets_.end()) return &known->second;
    if (asked_assets_.insert(name).second) platform_.request_asset(name);
    return nullptr;
}

const labs::Content* App::content(std::string_view lab_id) {
    if (lab_id == open_lab() && view_) return &content_;
    if (const auto known = contents_.find(lab_id); known != contents_.end()) return &known->second;
    if (labs::find_lab(lab_id) == nullptr && !course_.has_lab(lab_id)) return nullptr;
    const std::string file = "content/" + labs::content_path(lab_id);
    const std::string* bytes = asset(file);
    if (bytes == nullptr) return nullptr;
    auto read = read_words(lab_id);
    if (!read) return nullptr;  // said when that lab is opened
    return &contents_.emplace(lab_id, std::move(read).value()).first->second;
}

}  // namespace terrarium::app
