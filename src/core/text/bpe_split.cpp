#include "core/text/bpe_split.h"

#include <initializer_list>

#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

using View = std::u32string_view;

bool is_line_end(char32_t c) { return c == '\r' || c == '\n'; }
bool is_other(char32_t c) { return !is_white_space(c) && !is_letter(c) && !is_number(c); }

template <typename Predicate>
size_t run_length(View text, size_t begin, Predicate belongs) {
    size_t end = begin;
    while (end < text.size() && belongs(text[end])) ++end;
    return end - begin;
}

/// Length of an optional space and a run behind it; 0 when there is no run.
template <typename Predicate>
size_t spaced_run(View text, Predicate belongs) {
    const size_t n_spaces = text[0] == ' ' ? 1 : 0;
    const size_t length = run_length(text, n_spaces, belongs);
    return length > 0 ? n_spaces + length : 0;
}

size_t white_space_run(View text) {
    const size_t length = run_length(text, 0, is_white_space);
    return length > 1 && length < text.size() ? length - 1 : length;
}

size_t gpt2_contraction(View text) {
    for (const View ending :
         {View(U"'s"), View(U"'t"), View(U"'re"), View(U"'ve"), View(U"'m"), View(U"'ll"), View(U"'d")}) {
        if (text.starts_with(ending)) return ending.size();
    }
    return 0;
}

/// ASCII lower case, and the long s, which is an s in any comparison that ignores case.
char32_t folded(char32_t c) { return c == 0x17F ? U's' : c >= 'A' && c <= 'Z' ? c + 32 : c; }

size_t gpt4_contraction(View text) {
    if (text[0] != '\'' || text.size() < 2) return 0;
    const char32_t first = folded(text[1]);
    if (first == 's' || first == 'd' || first == 'm' || first == 't') return 2;
    const char32_t second = text.size() > 2 ? folded(text[2]) : U'\0';
    const bool is_long = (first == 'l' && second == 'l') || ((first == 'v' || first == 'r') && second == 'e');
    return is_long ? 3 : 0;
}

size_t gpt2_chunk(View text) {
    if (const size_t length = gpt2_contraction(text)) return length;
    if (const size_t length = spaced_run(text, is_letter)) return length;
    if (const size_t length = spaced_run(text, is_number)) return length;
    if (const size_t length = spaced_run(text, is_other)) return length;
    return white_space_run(text);
}

size_t gpt4_chunk(View text) {
    if (const size_t length = gpt4_contraction(text)) return length;
    const bool has_prefix = !is_line_end(text[0]) && !is_letter(text[0]) && !is_number(text[0]);
    const size_t n_letters = run_length(text, has_prefix ? 1 : 0, is_letter);
    if (n_letters > 0) return n_letters + (has_prefix ? 1 : 0);
    if (const size_t length = run_length(text.substr(0, 3), 0, is_number)) return length;
    if (const size_t length = spaced_run(text, is_other)) return length + run_length(text, length, is_line_end);
    const View white = text.substr(0, run_length(text, 0, is_white_space));
    if (const size_t line_end = white.find_last_of(U"\r\n"); line_end != View::npos) return line_end + 1;
    return white_space_run(text);
}

size_t apart_chunk(View text) {
    if (const size_t length = run_length(text, 0, is_letter)) return length;
    if (const size_t length = run_length(text, 0, is_number)) return length;
    if (const size_t length = run_length(text, 0, is_other)) return length;
    return run_length(text, 0, is_white_space);
}

size_t chunk_length(View text, SplitPattern pattern) {
    switch (pattern) {
        case SplitPattern::Gpt4:
            return gpt4_chunk(text);
        case SplitPattern::SpacesApart:
            return apart_chunk(text);
        case SplitPattern::Gpt2:
            break;
    }
    return gpt2_chunk(text);
}

}  // namespace

std::vector<std::string> split_for_bpe(std::string_view text, SplitPattern pattern) {
    const std::u32string characters = decode_utf8(text).code_points;
    std::vector<std::string> chunks;
    for (View rest = characters; !rest.empty();) {
        const size_t length = chunk_length(rest, pattern);
        chunks.push_back(encode_utf8(rest.substr(0, length)));
        rest.remove_prefix(length);
    }
    return chunks;
}

}  // namespace terrarium::core
