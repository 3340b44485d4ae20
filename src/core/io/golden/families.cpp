// The metric families that golden files can speak of. Each evaluator stands in the file of its family's name.

#include "core/io/golden/families.h"

#include "core/io/golden/golden.h"

namespace terrarium::core::io {

namespace {

constexpr GoldenFamily kFamilies[] = {
    {"agreement", evaluate_agreement},
    {"bias_posttraining", evaluate_bias_posttraining},
    {"bias_pretraining", evaluate_bias_pretraining},
    {"classification", evaluate_classification},
    {"clustering", evaluate_clustering},
    {"drift", evaluate_drift},
    {"pass_at_k", evaluate_pass_at_k},
    {"probabilistic", evaluate_probabilistic},
    {"ranking_curves", evaluate_ranking_curves},
    {"rating", evaluate_rating},
    {"regression", evaluate_regression},
};

}  // namespace

std::span<const GoldenFamily> golden_families() { return kFamilies; }

}  // namespace terrarium::core::io
