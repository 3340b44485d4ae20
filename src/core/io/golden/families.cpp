// The metric families that golden files can speak of. Each evaluator stands in the file of its family's name.

#include "core/io/golden/families.h"

#include "core/io/golden/golden.h"

namespace terrarium::core::io {

std::span<const GoldenFamily> golden_families() {
    static constexpr GoldenFamily kFamilies[] = {
        {"bertscore", evaluate_bertscore},
        {"bleu", evaluate_bleu},
        {"bm25", evaluate_bm25},
        {"bpe", evaluate_bpe},
        {"chrf", evaluate_chrf},
        {"meteor", evaluate_meteor},
        {"minhash", evaluate_minhash},
        {"perplexity", evaluate_perplexity},
        {"porter_stemmer", evaluate_porter_stemmer},
        {"qa_match", evaluate_qa_match},
        {"retrieval", evaluate_retrieval},
        {"rouge", evaluate_rouge},
        {"ter", evaluate_ter},
    };
    return kFamilies;
}

}  // namespace terrarium::core::io
