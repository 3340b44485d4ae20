#include "app/search.h"

#include <algorithm>
#include <utility>

namespace terrarium::app {
namespace {

std::string lower(std::string_view words) {
    std::string out(words);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
}

std::vector<std::string> split(const std::string& words) {
    std::vector<std::string> out;
    for (size_t at = 0; at < words.size();) {
        const size_t end = std::min(words.find(' ', at), words.size());
        if (end > at) out.push_back(words.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

/// 0 is best; -1: not found.
int rank(const Findable& what, const std::vector<std::string>& wanted, const std::string& whole) {
    const std::string title = lower(what.title), text = lower(what.text);
    bool is_in_title = true;
    for (const std::string& word : wanted) {
        const bool in_title = title.find(word) != std::string::npos;
        if (!in_title && text.find(word) == std::string::npos) return -1;
        is_in_title = is_in_title && in_title;
    }
    if (title == whole) return 0;
    if (title.starts_with(whole)) return 1;
    return is_in_title ? 2 : 3;
}

}  // namespace

std::vector<size_t> find(const std::vector<Findable>& all, std::string_view words, size_t max) {
    const std::vector<std::string> wanted = split(lower(words));
    if (wanted.empty()) return {};
    std::string whole;
    for (const std::string& word : wanted) whole += (whole.empty() ? "" : " ") + word;
    std::vector<std::pair<int, size_t>> ranked;
    for (size_t i = 0; i < all.size(); ++i) {
        if (const int at = rank(all[i], wanted, whole); at >= 0) ranked.emplace_back(at, i);
    }
    std::sort(ranked.begin(), ranked.end());
    if (ranked.size() > max) ranked.resize(max);
    std::vector<size_t> found;
    for (const auto& [at, index] : ranked) found.push_back(index);
    return found;
}

}  // namespace terrarium::app
