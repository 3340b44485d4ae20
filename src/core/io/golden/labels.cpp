#include "core/io/golden/labels.h"

#include <algorithm>

#include "core/support/math.h"

namespace terrarium::core::io {
namespace {

/// 3, and 3.0 as a program that keeps labels in floating point writes it.
bool is_whole(const nlohmann::json& label) {
    constexpr double kExactlyHeld = 9007199254740992.0;  // 2^53
    if (!label.is_number_float()) return label.is_number_integer();
    const double value = label.get<double>();
    return absolute(value) < kExactlyHeld && floor(value) == value;
}

}  // namespace

GoldenLabels::GoldenLabels(std::initializer_list<const nlohmann::json*> lists) {
    for (const nlohmann::json* list : lists) {
        for (const nlohmann::json& label : *list) {
            if (label.is_null()) continue;
            ordered_.push_back(label);
            are_whole_numbers_ = are_whole_numbers_ && is_whole(label);
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
