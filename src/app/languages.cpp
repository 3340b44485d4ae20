#include "app/languages.h"

#include <utility>

namespace terrarium::app {
namespace {

const std::string kFolder = "content/locales/";
const std::string kIndex = kFolder + "index.json";
const core::io::Language kEnglish{.tag = "en", .name = "English"};

bool is_english(std::string_view tag) { return tag.empty() || tag == "en" || tag.starts_with("en-"); }

}  // namespace

void Languages::want(std::string_view tag) {
    if (tag == wanted_) return;
    wanted_ = std::string(tag);
    if (const ui::Pseudo pseudo = ui::pseudo_of(tag); pseudo != ui::Pseudo::None) {
        speak({.tag = wanted_, .name = wanted_}, {});
        ui_.locale.pseudo = pseudo;
    } else if (is_english(tag) && languages_.empty()) {
        speak(kEnglish, {});  // nothing to fetch
    } else if (languages_.empty()) {
        ask_for_list();
    } else {
        choose();
    }
}

const std::vector<core::io::Language>& Languages::all() {
    if (languages_.empty()) ask_for_list();
    return languages_;
}

void Languages::ask_for_list() {
    if (!std::exchange(has_asked_, true)) platform_.request_asset(kIndex);
}

void Languages::choose() {
    const core::io::Language* found = core::io::find_language(languages_, wanted_);
    if (found == nullptr || is_english(found->tag)) return speak(kEnglish, {});
    platform_.request_asset(kFolder + found->tag + ".json");
}

void Languages::speak(const core::io::Language& language, std::map<std::string, std::string, std::less<>> words) {
    // English numbers keep the region ("en-IN" groups differently), unless the language was not found at all.
    const std::string& numbers_tag = is_english(language.tag) && is_english(wanted_) ? wanted_ : language.tag;
    ui_.locale = {.tag = language.tag,
                  .words = std::move(words),
                  .numbers = platform_.number_signs(numbers_tag.empty() ? "en" : numbers_tag),
                  .is_right_to_left = language.is_right_to_left};
    ui_.proses.clear();
    has_changed_ = true;
}

bool Languages::asset(const std::string& name, std::string_view bytes, int status) {
    if (!name.starts_with(kFolder)) return false;
    if (name == kIndex) {
        auto languages = status == 200 ? core::io::read_languages(bytes, name) : core::Error{};
        if (languages) languages_ = std::move(languages).value();
        if (ui_.locale.pseudo == ui::Pseudo::None && !(is_english(wanted_) && is_english(tag()))) choose();
        return true;
    }
    const std::string tag = name.substr(kFolder.size(), name.size() - kFolder.size() - std::string(".json").size());
    const core::io::Language* found = core::io::find_language(languages_, wanted_);
    if (found == nullptr || found->tag != tag) return true;  // another one was chosen meanwhile
    auto words = status == 200 ? core::io::read_locale(bytes, name) : core::Error{};
    if (words)
        speak(*found, std::move(words).value());
    else
        speak(kEnglish, {});
    return true;
}

}  // namespace terrarium::app
