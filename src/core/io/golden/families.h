// The evaluators of all metric families: one declaration here, one line in families.cpp and one source file each.
//
// metric, input and params are those of the case; see GoldenFamily in golden.h.

#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/support/result.h"

namespace terrarium::core::io {

using GoldenEvaluator = Result<nlohmann::json>(std::string_view metric, const nlohmann::json& input,
                                               const nlohmann::json& params);

GoldenEvaluator evaluate_agreement;
GoldenEvaluator evaluate_bertscore;
GoldenEvaluator evaluate_bias_posttraining;
GoldenEvaluator evaluate_bias_pretraining;
GoldenEvaluator evaluate_bleu;
GoldenEvaluator evaluate_bm25;
GoldenEvaluator evaluate_bpe;
GoldenEvaluator evaluate_chrf;
GoldenEvaluator evaluate_classification;
GoldenEvaluator evaluate_clustering;
GoldenEvaluator evaluate_drift;
GoldenEvaluator evaluate_meteor;
GoldenEvaluator evaluate_minhash;
GoldenEvaluator evaluate_pass_at_k;
GoldenEvaluator evaluate_perplexity;
GoldenEvaluator evaluate_porter_stemmer;
GoldenEvaluator evaluate_probabilistic;
GoldenEvaluator evaluate_qa_match;
GoldenEvaluator evaluate_ranking_curves;
GoldenEvaluator evaluate_rating;
GoldenEvaluator evaluate_regression;
GoldenEvaluator evaluate_resampling;
GoldenEvaluator evaluate_retrieval;
GoldenEvaluator evaluate_rouge;
GoldenEvaluator evaluate_scaling_law;
GoldenEvaluator evaluate_ter;

}  // namespace terrarium::core::io
