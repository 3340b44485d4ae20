#include "core/io/golden/labels.h"

#include <algorithm>

namespace terrarium::core::io {

GoldenLabels::GoldenLabels(std::initializer_list<const nlohmann::json*> lists) {
    for (const nlohmann::json* list : lists) {
        for (const nlohmann::json& label : *list) {
            if (label.is_null()) continue;
            ordered_.push_back(label);
            are_whole_numbers_ = are_whole_numbers_ && label.is_number_integer();
        }
    }
    std::sort(ordered_.begin(), ordered_.end());
    ordered_.erase(std::unique(ordered_.begin(), ordered_.end()), ordered_.end());
}

std::vector<int64_t> GoldenLabels::numbers(const nlohmann::json& list) const {
    std::vector<int64_t> result;
    for (const nlohmann::json& label : list) {
        result.push_back(are_whole_numbers_
                             ? label.get<int64_t>()
                             : std::lower_bound(ordered_.begin(), ordered_.end(), label) - ordered_.begin());
    }
    return result;
}

nlohmann::json GoldenLabels::label(int64_t number) const {
    return are_whole_numbers_ ? nlohmann::json(number) : ordered_[static_cast<size_t>(number)];
}

}  // namespace terrarium::core::io
