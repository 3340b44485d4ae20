// The metric families that golden files can speak of. Each evaluator stands in the file of its family's name.

#include "core/io/golden/families.h"

#include "core/io/golden/golden.h"

namespace terrarium::core::io {

std::span<const GoldenFamily> golden_families() {
    static constexpr GoldenFamily kFamilies[] = {
        {"agreement", evaluate_agreement},
        {"bertscore", evaluate_bertscore},
        {"bias_posttraining", evaluate_bias_posttraining},
        {"bias_pretraining", evaluate_bias_pretraining},
        {"bleu", evaluate_bleu},
        {"bm25", evaluate_bm25},
        {"bpe", evaluate_bpe},
        {"chrf", evaluate_chrf},
        {"classification", evaluate_classification},
        {"clustering", evaluate_clustering},
        {"drift", evaluate_drift},
        {"meteor", evaluate_meteor},
        {"minhash", evaluate_minhash},
        {"pass_at_k", evaluate_pass_at_k},
        {"perplexity", evaluate_perplexity},
        {"porter_stemmer", evaluate_porter_stemmer},
        {"probabilistic", evaluate_probabilistic},
        {"qa_match", evaluate_qa_match},
        {"ranking_curves", evaluate_ranking_curves},
        {"rating", evaluate_rating},
        {"regression", evaluate_regression},
        {"resampling", evaluate_resampling},
        {"retrieval", evaluate_retrieval},
        {"rouge", evaluate_rouge},
        {"scaling_law", evaluate_scaling_law},
        {"ter", evaluate_ter},
    };
    return kFamilies;
}

}  // namespace terrarium::core::io
