// Which language the page speaks: asks for the list of languages and the file of the wanted one, and puts both into the
// Context. What is not there, or not readable, leaves English, without a word: a missing translation stops nobody.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/platform.h"
#include "core/io/locale.h"
#include "ui/context.h"

namespace terrarium::app {

class Languages {
public:
    Languages(Platform& platform, ui::Context& ui) : platform_(platform), ui_(ui) {}

    /// "", "de", "pt-BR", "x-long". Anything unknown is English.
    void want(std::string_view tag);
    /// True when the file was one of ours; it is then used up.
    bool asset(const std::string& name, std::string_view bytes, int status);

    /// What there is to choose from; empty until the list is here (the first call asks for it).
    const std::vector<core::io::Language>& all();
    const std::string& tag() const { return ui_.locale.tag; }
    /// True once after each change of the language that is spoken.
    bool take_change() { return std::exchange(has_changed_, false); }

private:
    void ask_for_list();
    void choose();
    void speak(const core::io::Language& language, std::map<std::string, std::string, std::less<>> words);

    Platform& platform_;
    ui::Context& ui_;
    std::string wanted_ = "en";
    std::vector<core::io::Language> languages_;
    bool has_asked_ = false, has_changed_ = false;
};

}  // namespace terrarium::app
