#include "core/text/split.h"

#include "core/support/check.h"
#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {

std::vector<std::u32string> split_white_space(std::u32string_view text) {
    std::vector<std::u32string> pieces;
    size_t begin = 0;
    while (begin < text.size()) {
        size_t end = begin;
        while (end < text.size() && !is_python_space(text[end])) ++end;
        if (end > begin) pieces.emplace_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return pieces;
}

std::vector<std::string> split_white_space(std::string_view utf8) {
    std::vector<std::string> pieces;
    for (const std::u32string& piece : split_white_space(decode_utf8(utf8).code_points))
        pieces.push_back(encode_utf8(piece));
    return pieces;
}

std::u32string_view right_stripped(std::u32string_view text) {
    while (!text.empty() && is_python_space(text.back())) text.remove_suffix(1);
    return text;
}

std::u32string_view stripped(std::u32string_view text) {
    text = right_stripped(text);
    while (!text.empty() && is_python_space(text.front())) text.remove_prefix(1);
    return text;
}

std::u32string replaced(std::u32string_view text, std::u32string_view from, std::u32string_view to) {
    TERRARIUM_CHECK(!from.empty(), "What is to be replaced must not be empty.");
    std::u32string result;
    size_t begin = 0;
    for (size_t found = text.find(from); found != std::u32string_view::npos; found = text.find(from, begin)) {
        result.append(text, begin, found - begin).append(to);
        begin = found + from.size();
    }
    return result.append(text, begin);
}

}  // namespace terrarium::core
