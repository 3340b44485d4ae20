// Writes a document: walks through the grammar, chooses at every fork, and notes what it says where.

#pragma once

#include <cstdint>
#include <vector>

#include "core/world/grammar.h"
#include "core/world/setting.h"

namespace terrarium::core::world {

struct Written {
    std::string text;
    std::vector<Span> spans;
    std::vector<int32_t> labels;  ///< of the label rules, in the order of the text
    int32_t main_person = -1;     ///< p; -1 when the document has none
    void clear() { text.clear(), spans.clear(), labels.clear(), main_person = -1; }
};

/// Replaces `out` by what the rule writes on a day; its memory is used again.
/// Checks: 0 <= day < kDays.
void write(Written& out, const Grammar& grammar, const Setting& setting, int32_t rule_id, Dialect dialect, int32_t day,
           Chance& chance);

}  // namespace terrarium::core::world
