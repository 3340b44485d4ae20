// BLEU's options as golden cases write them; the tests that compare two systems read the same ones.

#pragma once

#include <nlohmann/json.hpp>

#include "core/metrics/bleu.h"

namespace terrarium::core::io {

/// tokenize, smooth_method, smooth_value, lowercase, max_ngram_order, effective_order; absent or null: the defaults.
[[nodiscard]] Result<BleuOptions> golden_bleu_options(const nlohmann::json& params);

}  // namespace terrarium::core::io
