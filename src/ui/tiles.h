// Wide buttons with a title and a sentence, for lists in which one chooses: labs, results of a search, pages; and the
// same look for what cannot be chosen yet.

#pragma once

#include <string>
#include <string_view>

#include "ui/theme.h"

namespace terrarium::ui {

struct Tile {
    std::string title;
    std::string about;  ///< a sentence or two below the title
    std::string badge;  ///< a word or two at the right: "Glossary", "done ✓"
    Ink badge_ink = Ink::Muted;
};

/// True when it was chosen.
bool tile(std::string_view key, const Tile& what);
/// Nothing to press: what is planned, drawn with a dashed edge.
void planned_tile(std::string_view key, const Tile& what);

}  // namespace terrarium::ui
