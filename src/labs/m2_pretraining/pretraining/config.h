// What the learner can turn in the pretraining lab, and what follows from it before a run starts.

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/models/transformer_shape.h"
#include "labs/lab.h"

namespace terrarium::labs::pretraining {

/// A comparison trains at most so many models side by side.
inline constexpr size_t kMaxVariants = 4;

/// The first values and the limits come from the content file.
struct Config {
    std::string plan = "train";           ///< train | compare | find_rate
    std::string vary = "n_heads";         ///< what differs among the models of a comparison: the name of a setting
    std::string text = "corpus:harbour";  ///< a built-in corpus, or artefact:<sha256> of the learner's own text
    std::string tokenizer = "char";       ///< char | word | subword
    std::string objective = "causal";     ///< causal: the next token | masked: hidden tokens, from both sides
    std::string positions = "learned";    ///< learned | rotary | none
    int32_t n_layers = 2;
    int32_t width = 32;    ///< C, channels per token
    int32_t n_heads = 4;   ///< H; must divide width
    int32_t context = 32;  ///< T, tokens that the model sees at once
    double learning_rate = 0.003;
    int32_t batch_size = 16;  ///< B, windows per optimiser step
    int32_t max_steps = 1500;
    bool token_shift = false;  ///< also feed the previous token's embedding into the input
    int64_t seed = 7;          ///< same config, same curve, on every machine
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, plan, vary, text, tokenizer, objective, positions, n_layers, width, n_heads,
                                   context, learning_rate, batch_size, max_steps, token_shift, seed)

/// The models of a comparison: this config with at most kMaxVariants values of the setting that varies; fewer than two
/// when the other settings leave no choice. Known: n_heads, n_layers, width, positions, token_shift, tokenizer,
/// learning_rate (times 0.1, 1, 10, 100), seed (and the three after it).
std::vector<Config> variants_of(const Config& config);

/// vocab_size  of the tokenizer; a masked objective adds the token that means "hidden".
core::TransformerShape shape_of(const Config& config, int32_t vocab_size);

/// How many equal parts an optimiser step is made of: fixed by the config, never by a clock.
int32_t micro_batches_for(const Config& config, int32_t vocab_size);

/// The nearest number with so many significant digits, for a positive one: rates are for people to read.
double rounded(double positive, int digits);

/// Bytes that one model of this config needs, known before it starts.
int64_t memory_bytes(const Config& config, int32_t vocab_size);

/// Tokens of the largest vocabulary that any tokenizer learns: memory is counted before one is learned.
inline constexpr int32_t kLargestVocabSize = 512;

/// What a worker may need at most, so that several fit on a phone.
inline constexpr int64_t kMaxMemoryBytes = 64'000'000;

/// Bytes that a run on so long a text needs at most, all models of a comparison together. Before its tokenizer has
/// learned, its vocabulary is not known: of all sizes up to kLargestVocabSize the most expensive counts.
/// Checks: every model's shape is valid.
int64_t run_memory_bytes(const Config& config, int64_t text_bytes);

/// Which smaller values would do for a run that is too large: the largest width or context or number of layers with
/// which it fits, each alone.
core::Message what_fits(const Config& config, int64_t text_bytes);

}  // namespace terrarium::labs::pretraining
