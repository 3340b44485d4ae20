#include "support/untranslated.h"

#include <cctype>
#include <set>

namespace terrarium::tests {
namespace {

/// Two letters of the alphabet side by side, outside of brackets: a word that nobody can translate.
bool has_bare_word(const std::string& words) {
    int depth = 0, letters = 0;
    for (const char c : words) {
        if (c == '[') ++depth;
        if (c == ']') --depth;
        letters = depth <= 0 && std::isalpha(static_cast<unsigned char>(c)) ? letters + 1 : 0;
        if (letters > 1) return true;
    }
    return false;
}

/// What is data, a name or a key, whatever the language: the model's own words, sources, codes, tokens.
bool is_data(const ui::Node& node) {
    static const std::set<std::string> kKeys{"brand",       "text_smaller",  "text_larger",
                                             "about.build", "about.licence", "settings.language.en"};
    for (const char* begin : {"sample.", "walk", "about.sources", "about.aws.sources", "simplified.sources.list",
                              "guesses.", "written", "attention", "result.code"}) {
        if (node.key.starts_with(begin)) return true;
    }
    if (node.key.ends_with(".csv") || node.key.ends_with(".png")) return true;  // kinds of files
    return kKeys.contains(node.key);
}

/// Without the name of a service, which stands before a colon and is the same in every language.
std::string without_service(const ui::Node& node, const std::string& words) {
    const bool has_name = node.key.starts_with("about.aws.") && !words.starts_with("[");
    const size_t colon = has_name ? words.find(": ") : std::string::npos;
    return colon == std::string::npos ? words : words.substr(colon);
}

}  // namespace

std::string untranslated(LabPage& page) {
    std::string found;
    for (const ui::Node& node : page.nodes()) {
        if (is_data(node)) continue;
        for (const char* name : {"n", "d", "vt"}) {
            const json& words = node.properties[name];
            if (words.is_string() && has_bare_word(without_service(node, words.get<std::string>())))
                found += node.key + "." + name + ": " + words.get<std::string>() + "\n";
        }
        for (const ui::TextLine& line : node.lines) {
            if (node.properties.contains("n")) break;  // a line has only a piece of the brackets
            if (has_bare_word(line.words)) found += node.key + ": " + line.words + "\n";
        }
    }
    return found;
}

std::string english_in(const std::string& words) {
    static const std::set<std::string> kCommon{"the",   "an",   "is",     "was", "of",       "not",
                                               "at",    "line", "column", "The", "Expected", "Choose",
                                               "found", "to",   "from",   "it",  "this"};
    std::string found, word;
    for (const char c : words + " ") {
        if (std::isalpha(static_cast<unsigned char>(c)) || (c & 0x80) != 0) {
            word += c;
            continue;
        }
        if (kCommon.contains(word)) found += word + " ";
        word.clear();
    }
    return found;
}

}  // namespace terrarium::tests
