#include "ui/pseudo.h"

#include <algorithm>

namespace terrarium::ui {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// Length of what must stay as it is at the beginning of `rest`: a value, a mark, code, a formula; 0 for plain words.
size_t kept_length(std::string_view rest) {
    if (rest.starts_with("**")) return 2;
    if (rest.starts_with("[[")) {
        const size_t bar = rest.find_first_of("|]", 2);
        if (bar == std::string_view::npos) return 2;
        return rest[bar] == '|' ? bar + 1 : bar;  // the term's id stays; [[term]] shows the id itself
    }
    if (rest.starts_with("](")) {
        const size_t end = rest.find(')');
        return end == std::string_view::npos ? 2 : end + 1;
    }
    for (const auto& [open, close] : {std::pair{'{', '}'}, {'`', '`'}, {'$', '$'}}) {
        if (rest.front() != open) continue;
        const size_t end = rest.find(close, 1);
        return end == std::string_view::npos ? 1 : end + 1;
    }
    return 0;
}

std::string_view accented(char letter) {
    switch (letter) {
        case 'a':
            return "á";
        case 'e':
            return "ë";
        case 'i':
            return "ï";
        case 'o':
            return "õ";
        case 'u':
            return "ü";
        case 'n':
            return "ñ";
        case 'A':
            return "Å";
        case 'E':
            return "É";
        case 'O':
            return "Ö";
        default:
            return {};
    }
}

}  // namespace

Pseudo pseudo_of(std::string_view tag) {
    return tag == "x-long" ? Pseudo::Long : tag == "x-cjk" ? Pseudo::Cjk : Pseudo::None;
}

std::string pseudo_words(std::string_view words, Pseudo kind) {
    static constexpr std::string_view kIdeographs[] = {"学", "习", "模", "型", "数", "据", "训", "练", "语", "言"};
    if (kind == Pseudo::None || words.empty()) return std::string(words);
    std::string out = kind == Pseudo::Long ? "[" : "";
    size_t owed_tenths = 0;  // letters still to be added
    for (size_t at = 0; at < words.size();) {
        if (const size_t kept = kept_length(words.substr(at)); kept > 0) {
            out += words.substr(at, kept);
            at += kept;
            continue;
        }
        size_t end = at;
        while (end < words.size() && is_letter(words[end])) ++end;
        if (end == at) {
            // Ideographs stand without spaces between them.
            if (words[at] != ' ' || kind == Pseudo::Long || end == 0 || !is_letter(words[end - 1])) out += words[at];
            ++at;
            continue;
        }
        const std::string_view word = words.substr(at, end - at);
        if (kind == Pseudo::Cjk) {  // one ideograph is about as wide as two letters
            for (size_t i = 0; i < word.size(); i += 3) {
                out += kIdeographs[(static_cast<size_t>(word[i]) + i) % std::size(kIdeographs)];
            }
        } else {
            for (const char letter : word) out += accented(letter).empty() ? std::string(1, letter) : accented(letter);
            owed_tenths += word.size() * 4;
            for (const char last = word.back(); owed_tenths >= 10; owed_tenths -= 10) out += last;
        }
        at = end;
    }
    return kind == Pseudo::Long ? out + "]" : out;
}

}  // namespace terrarium::ui
