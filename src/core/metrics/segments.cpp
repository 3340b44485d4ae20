#include "core/metrics/segments.h"

namespace terrarium::core {

std::optional<Error> find_segment_fault(std::span<const std::string> hypotheses,
                                        std::span<const std::vector<std::string>> references) {
    if (hypotheses.empty() && references.empty())
        return Error{"segments.none", "", "There is nothing to score.", "Give at least one hypothesis."};
    if (hypotheses.size() != references.size()) {
        return Error{"segments.unequal", "",
                     Message("There are {0} hypotheses but references for {1}.",
                             {std::to_string(hypotheses.size()), std::to_string(references.size())}),
                     "Line i of one file must belong to line i of the other; look for a missing or an extra line."};
    }
    for (size_t i = 0; i < references.size(); ++i) {
        if (references[i].empty()) {
            return Error{"segments.no_reference", Message("segment {0}", {std::to_string(i + 1)}),
                         "This segment has no reference.", "Give at least one, or leave the segment out."};
        }
    }
    return std::nullopt;
}

}  // namespace terrarium::core
