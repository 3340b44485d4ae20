// How the town writes: the text of the grammar, in the form that grammar.h explains.
//
// Each kind of text has a rule of its name: chronicle, support, log, copy, caption.

#pragma once

#include <string_view>

namespace terrarium::core::world {

extern const std::string_view kChronicleRules;  ///< chronicle, and what may be planted at the end of any document
extern const std::string_view kDeskRules;       ///< support and log
extern const std::string_view kShopRules;       ///< copy and caption

}  // namespace terrarium::core::world
