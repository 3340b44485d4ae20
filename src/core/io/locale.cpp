#include "core/io/locale.h"

#include <algorithm>

#include "core/io/fields.h"
#include "core/io/json_door.h"

namespace terrarium::core::io {
namespace {

constexpr size_t kMaxSentences = 5000;
constexpr JsonLimits kLimits{.max_bytes = 1024 * 1024, .max_depth = 6, .max_nodes = 12'000};

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

/// A tag becomes a file's name: letters, digits and dashes only.
bool is_tag(std::string_view text) {
    return !text.empty() && text.size() <= 35 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

}  // namespace

Result<std::vector<Language>> read_languages(std::string_view bytes, const std::string& file_name) {
    const auto tree = read_json(bytes, file_name, kLimits);
    if (!tree) return tree.error();
    FieldReport report(file_name, bytes);
    Fields from(tree.value(), report);
    from.schema_version(1);
    std::vector<Language> languages;
    from.list("languages", 1, 200, [&](const Item& item) {
        Fields one = item.object();
        languages.push_back({.tag = one.text("tag", 2, 35),
                             .name = one.text("name", 1, 80),
                             .is_right_to_left = one.boolean_or("rtl", false),
                             .has_lessons = one.boolean_or("lessons", false)});
        if (!is_tag(languages.back().tag)) {
            item.refuse("tag", "A language is named by letters, digits and dashes.", "Write it like en or pt-BR.");
        }
        report.check_unique("language", languages.back().tag, item.path() + "/tag");
        one.finish();
    });
    from.finish();
    if (!report.ok()) return report.error();
    return languages;
}

Result<std::map<std::string, std::string, std::less<>>> read_locale(std::string_view bytes,
                                                                    const std::string& file_name) {
    const auto tree = read_json(bytes, file_name, kLimits);
    if (!tree) return tree.error();
    FieldReport report(file_name, bytes);
    Fields from(tree.value(), report);
    from.schema_version(1);
    std::map<std::string, std::string, std::less<>> words;
    if (const auto item = from.need("words")) {
        const nlohmann::json& sentences = item->raw();
        if (!sentences.is_object() || sentences.size() > kMaxSentences) {
            item->refuse("words", "The words are an object of at most 5000 sentences.", "Write English: translation.");
        } else {
            for (const auto& [english, value] : sentences.items()) {
                std::string translation = Item(value, item->path() + "/" + english, report).text(0, 2000);
                if (!translation.empty()) words.emplace(english, std::move(translation));
            }
        }
    }
    from.finish();
    if (!report.ok()) return report.error();
    return words;
}

const Language* find_language(const std::vector<Language>& languages, std::string_view tag) {
    const std::string wanted = lowered(tag);
    const std::string first = wanted.substr(0, wanted.find('-'));
    const Language* best = nullptr;
    for (const Language& one : languages) {
        const std::string known = lowered(one.tag);
        if (known == wanted) return &one;
        if (best == nullptr && known.substr(0, known.find('-')) == first) best = &one;
    }
    return best;
}

}  // namespace terrarium::core::io
