// Locale files: content/locales/index.json names the languages that there are, content/locales/LANG.json has the
// sentences of one, the English sentence being the key.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core::io {

struct Language {
    std::string tag;   ///< "en", "pt-BR"; its file is TAG.json
    std::string name;  ///< in the language itself
    bool is_right_to_left = false;
    bool has_lessons = false;  ///< content/TAG/... exists and is looked at first
};

/// {"schema":1, "languages":[{"tag":"en","name":"English"}, ...]}, at most 200.
[[nodiscard]] Result<std::vector<Language>> read_languages(std::string_view bytes, const std::string& file_name);

/// {"schema":1, "words":{"English sentence":"translation", ...}}: at most 5000 sentences of at most 2000 characters. An
/// empty translation is one that is not written yet, and is left out.
[[nodiscard]] Result<std::map<std::string, std::string, std::less<>>> read_locale(std::string_view bytes,
                                                                                  const std::string& file_name);

/// The language of the list that serves `tag` best: itself, else one with the same first part ("pt" for "pt-BR"), else
/// null. Capital letters do not matter.
[[nodiscard]] const Language* find_language(const std::vector<Language>& languages, std::string_view tag);

}  // namespace terrarium::core::io
