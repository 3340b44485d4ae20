// A corpus to be scored: one hypothesis a segment, and one reference or more for each.

#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// What is wrong with a corpus, if something is: no segments, unequal numbers of hypotheses and reference lists, or a
/// segment without a reference. Empty texts are fine.
[[nodiscard]] std::optional<Error> find_segment_fault(std::span<const std::string> hypotheses,
                                                      std::span<const std::vector<std::string>> references);

}  // namespace terrarium::core
