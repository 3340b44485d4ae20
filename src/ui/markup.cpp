#include "ui/markup.h"

namespace terrarium::ui {

std::vector<Run> parse_markup(std::string_view markup) {
    std::vector<Run> runs;
    std::string plain;
    const auto flush = [&] {
        if (!plain.empty()) runs.push_back({.text = plain});
        plain.clear();
    };
    size_t at = 0;
    while (at < markup.size()) {
        const std::string_view rest = markup.substr(at);
        const auto enclosed = [&](std::string_view open, std::string_view close) -> std::string_view {
            if (!rest.starts_with(open)) return {};
            const size_t end = rest.find(close, open.size());
            if (end == std::string_view::npos) return {};
            return rest.substr(open.size(), end - open.size());
        };
        if (const auto bold = enclosed("**", "**"); !bold.empty()) {
            flush();
            runs.push_back({.text = std::string(bold), .is_bold = true});
            at += bold.size() + 4;
        } else if (const auto code = enclosed("`", "`"); !code.empty()) {
            flush();
            runs.push_back({.text = std::string(code), .is_code = true});
            at += code.size() + 2;
        } else if (const auto term = enclosed("[[", "]]"); !term.empty()) {
            flush();
            const size_t bar = term.find('|');
            const auto id = term.substr(0, bar);
            const auto words = bar == std::string_view::npos ? term : term.substr(bar + 1);
            runs.push_back({.text = std::string(words), .term = std::string(id)});
            at += term.size() + 4;
        } else {
            plain += rest.front();
            ++at;
        }
    }
    flush();
    return runs;
}

std::string plain_words(std::string_view markup) {
    std::string words;
    for (const Run& run : parse_markup(markup)) words += run.text;
    return words;
}

}  // namespace terrarium::ui
