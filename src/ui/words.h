// The learner's language. Every word that code shows goes through tr(): the English sentence is the key, the locale
// file (content/locales/LANG.json) has the translation, and what it lacks stays English.
//
//     ui::button("train", tr("Train"));
//     ui::note("left", tr("{0} of {1} steps", {grouped(done), grouped(all)}), ui::Ink::Muted);
//
// Values stand in braces with their index, so that a translation may change their order. Sentences are never glued
// together from pieces: other languages order them differently.

#pragma once

#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "ui/numbers.h"
#include "ui/pseudo.h"

namespace terrarium::ui {

/// English -> the learner's language. Belongs to the Context.
struct Locale {
    std::string tag = "en";
    std::map<std::string, std::string, std::less<>> words;
    Pseudo pseudo = Pseudo::None;  ///< tags like x-long: made-up languages that try out the layout
    NumberSigns numbers;
    bool is_right_to_left = false;
};

/// The sentence in the learner's language; `{0}`, `{1}` ... become the values. A brace without a value stays as it is.
std::string tr(std::string_view english, std::span<const std::string> values);
inline std::string tr(std::string_view english, std::initializer_list<std::string> values) {
    return tr(english, std::span(values.begin(), values.size()));
}
std::string tr(std::string_view english);
/// False where tr() would give back the English sentence.
bool is_translated(std::string_view english);

/// Replaces `{0}`, `{1}` ... in `pattern`.
std::string filled(std::string_view pattern, std::span<const std::string> values);
inline std::string filled(std::string_view pattern, std::initializer_list<std::string> values) {
    return filled(pattern, std::span(values.begin(), values.size()));
}

}  // namespace terrarium::ui
