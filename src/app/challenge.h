// Parts of the challenge card.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "labs/lab.h"

namespace terrarium::app {

/// One live condition: a bar, a tick or a ring, where it stands and what it needs.
void draw_condition(const std::string& key, std::string_view words, const labs::Condition& state);

/// The hints that were asked for and the button for the next one. Returns how many are shown now; a hint costs nothing,
/// it is only counted.
int64_t draw_hints(const std::vector<std::string>& hints, int64_t n_shown, bool may_ask);

}  // namespace terrarium::app
