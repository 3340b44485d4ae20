// Documents to judge, and two texts to compare.

#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/ui.h"

namespace terrarium::ui {

struct DocumentCard {
    std::string title;
    std::vector<std::pair<std::string, std::string>> fields;  ///< name and value
    std::vector<std::string> badges;
    std::string body;  ///< plain text: marks of our markup have no meaning in it
};
enum class CardVerdict { None, Keep, Drop };
struct Deck {
    int at = 0;
    std::vector<CardVerdict> verdicts;  ///< one a document; grows by itself
};
/// One document at a time. Keep and Drop note the verdict and show the next; arrow keys on KEY.here do the same: left
/// and right for previous and next, up to keep, down to drop. True when a verdict changed.
bool card_deck(std::string_view key, std::string_view name, const std::vector<DocumentCard>& cards, Deck& deck);

/// A marked part of a text, in bytes; `kind` is the index into the kinds of compare().
struct TextMark {
    size_t from = 0, to = 0;
    int kind = 0;
};
struct MarkedText {
    std::string caption, words;
    std::vector<TextMark> marks;  ///< in order, without overlaps
};
/// Two texts side by side, one above the other on narrow screens. Each kind ("missing", "added") has a colour, a line
/// of its own below the words, and an entry in the legend; the twin lists the marked words with their kind (KEY.marks).
void compare(std::string_view key, std::string_view name, const MarkedText& left, const MarkedText& right,
             const std::vector<std::string>& kinds);

}  // namespace terrarium::ui
