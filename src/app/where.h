// The line that says where the learner's progress lives, at the foot of every page with the way out beside it,
// and in a few words always in sight.

#pragma once

#include <string>

#include "app/desk.h"

namespace terrarium::app {

/// One sentence: "Your progress is saved in this browser, on this device."
std::string where_words(const Keeper& keeper);
/// The same in three or four words, always in sight: "Saved in this browser", "Not saved".
std::string where_short_words(const Keeper& keeper);
/// What is wrong with saving and what to do, or "".
std::string trouble_words(const Keeper& keeper);

void draw_where(Desk& desk);
/// On top of the page, only when something is wrong.
void draw_trouble(Desk& desk);
/// Gives everything out as a file, or as text where files are refused.
void export_to_file(Desk& desk);

}  // namespace terrarium::app
