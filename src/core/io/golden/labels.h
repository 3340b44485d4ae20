// Labels of golden cases: whole numbers or texts, turned into places in their common ascending order, which is all that
// a metric of labels looks at.

#pragma once

#include <cstdint>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <vector>

#include "core/metrics/classification.h"

namespace terrarium::core::io {

class GoldenLabels {
public:
    /// Collects the distinct labels of some lists. null is no label.
    explicit GoldenLabels(std::initializer_list<const nlohmann::json*> lists);

    /// The place of each label; labels that are numbers already stay as they are, so that "the label 1" keeps its
    /// sense.
    [[nodiscard]] std::vector<int64_t> numbers(const nlohmann::json& list) const;
    /// Back from numbers() to the labels of the file.
    [[nodiscard]] nlohmann::json label(int64_t number) const;

private:
    std::vector<nlohmann::json> ordered_;
    bool are_whole_numbers_ = true;
};

/// The option "weights" of Cohen's kappa: null, linear or quadratic.
[[nodiscard]] KappaWeights golden_kappa_weights(const nlohmann::json& params);

}  // namespace terrarium::core::io
