// How a block of words is laid out, drawn and described. For the widgets that are made of words; views call ui.h.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/markup.h"
#include "ui/theme.h"

namespace terrarium::ui::internal {

struct BlockLook {
    Ink ink = Ink::Text;
    float size = 16;   ///< px, the learner's text size included
    float indent = 0;  ///< px from the left edge of the area
    bool is_bold = false;
    int level = 0;  ///< of a heading
};

/// Places the block, draws it and leaves its node; returns the term that was asked for.
/// source  what the words were read from; the layout is kept until it changes
/// runs    the words, when they were read already; else source is markup
std::string block(std::string_view key, std::string_view role, std::string_view source, const BlockLook& look,
                  const std::vector<Run>* runs = nullptr);

}  // namespace terrarium::ui::internal
