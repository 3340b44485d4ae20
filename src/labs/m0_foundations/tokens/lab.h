// "What a token is": learns byte-pair merges from a text, one after the other, and compares the result with cutting
// into characters and into words. The lesson: a tokenizer is learned by counting, it never meets a word that it cannot
// spell, and it is short only on text like the one it was learned from. No UI in this file: the worker runs Job, the
// page reads Snapshot, the tests and the command line call both.
//
// Words that are used here
//   training text   the first four fifths of the chosen text, at most kMaxTrainBytes: the merges come from it alone
//   held-out text   the last fifth of the same text, at most kMaxHeldBytes
//   letter          a piece of another text, drawn by the seed: the text that the challenge is about
//   compression     1 - tokens / bytes

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/text/bpe_trainer.h"
#include "core/text/tokenizer.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::tokens {

inline constexpr int64_t kMaxTrainBytes = 40'000;
inline constexpr int64_t kMaxHeldBytes = 8'000;
inline constexpr int64_t kLetterBytes = 2'000;
inline constexpr int64_t kPairsShown = 10;

/// What the learner can turn. The first values and the limits come from the content file.
struct Config {
    std::string text = "corpus:harbour";  ///< a built-in corpus, or artefact:<sha256> of the learner's own text
    std::string split = "gpt2";           ///< none | apart | gpt2: what is cut before the merges (bpe_split.h)
    int32_t n_merges = 200;
    int32_t width = 256;     ///< C, numbers that a model keeps for each token of its vocabulary
    int32_t context = 1024;  ///< T, tokens that a model sees at once
    int64_t seed = 7;        ///< draws the letter
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, text, split, n_merges, width, context, seed)

/// One way of cutting the held-out text.
struct Way {
    std::string id;         ///< bytes | characters | words | bpe
    int64_t n_vocab = 0;    ///< different tokens that a model would need a list of numbers for, "other" included
    int64_t n_tokens = 0;   ///< of the held-out text
    int64_t n_unknown = 0;  ///< tokens of it that are "other": what stood there is lost
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Way, id, n_vocab, n_tokens, n_unknown)

/// A short text that is hard in its own way, cut in all ways.
struct Probe {
    std::string id;  ///< english | german | greek | new_word | emoji
    std::string text;
    int64_t n_bytes = 0, n_characters = 0, n_unknown_characters = 0, n_words = 0, n_unknown_words = 0;
    int64_t n_bpe = 0;         ///< with the merges so far
    bool is_restored = false;  ///< the tokens put together are the text again
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Probe, id, text, n_bytes, n_characters, n_unknown_characters, n_words,
                                   n_unknown_words, n_bpe, is_restored)

/// What the page may know. The job writes it, the page only reads it.
struct Snapshot {
    Status status = Status::Idle;
    int64_t step = 0;  ///< merges made
    int64_t max_steps = 0;
    bool is_builtin_text = true;
    bool is_exhausted = false;  ///< the text had no pair left before all merges were made
    int64_t n_train_bytes = 0, n_held_bytes = 0, n_letter_bytes = 0;
    std::string letter_from;         ///< id of the corpus that the letter was drawn from
    std::string letter;              ///< its beginning
    int64_t n_over_words = 0;        ///< learned tokens that reach over the end of a word
    int32_t width = 0, context = 0;  ///< as at the start of the run
    std::vector<Way> ways;
    std::vector<Probe> probes;

    // Series; they travel as binary parts (lab.h). Merge i makes token 256 + i of tokens left[i] and right[i], which
    // stood count[i] times side by side. The others begin with their value before any merge.
    std::vector<float> left, right, count;
    std::vector<float> merges;  ///< 0, 1, 2 ...
    std::vector<float> train_tokens, held_tokens, letter_tokens;

    std::vector<float>* series(const std::string& name);
    std::vector<Series> all_series() const;
    void take_series_from(Snapshot& other);
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, step, max_steps, is_builtin_text, is_exhausted, n_train_bytes,
                                   n_held_bytes, n_letter_bytes, letter_from, letter, n_over_words, width, context,
                                   ways, probes)

/// The challenge, as written in the content file.
struct Goal {
    double min_compression = 0;  ///< of the letter
    int64_t max_merges = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Goal, min_compression, max_merges)

/// A text as one row of tokens, in which merges are made from left to right, inside chunks only.
class TokenRow {
public:
    TokenRow() = default;
    explicit TokenRow(const std::vector<std::string>& chunks);
    void merge(const core::BpePair& pair, int32_t made);
    int64_t n_tokens() const { return n_tokens_; }
    std::vector<int32_t> tokens() const;

private:
    std::vector<int32_t> ids_;  ///< kChunkEnd between chunks
    int64_t n_tokens_ = 0;
};

class Job {
public:
    using Config = tokens::Config;
    using Snapshot = tokens::Snapshot;
    using Goal = tokens::Goal;

    /// Refuses with a sentence: a missing or too short text.
    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts& artefacts);

    bool step();  ///< one merge
    bool at_boundary() const { return true; }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// stop
    core::Result<bool> set(const std::string& name, const json& value);
    /// {kind:"look", merges, text}: the opening of the training text and the learner's own sentence after so many
    /// merges, and the pairs that were the most frequent then.
    json answer(const json& question);
    Verdict check(const Goal& goal) const;

private:
    Job(const Config& config, const std::string& train, const std::string& held, const std::string& letter);
    void measure();
    void finish(bool is_exhausted);
    std::vector<std::string> chunks_of(const std::string& text) const;
    json cut(const std::string& text, int64_t n_merges) const;

    Config config_;
    core::BpeTrainer trainer_;
    core::Tokenizer characters_, words_;
    TokenRow held_, letter_;
    std::vector<TokenRow> probe_rows_;
    std::string opening_;  ///< of the training text
    std::vector<core::BpePair> pairs_;
    std::vector<std::vector<core::BpeCount>> frequent_;  ///< [merges + 1] before each merge and after the last
    Snapshot snapshot_;
};

void read_config(core::io::Fields& fields, const Content& content, Config& config);
std::vector<std::string> artefacts_of(const Config& config);
/// The corpus from which the seed draws the letter.
std::string letter_source(int64_t seed);
/// A piece of about kLetterBytes of the held-out part of a text, beginning and ending at a line where it can.
std::string letter_of(const std::string& text, int64_t seed);

// ---- what the numbers mean (lab_cost.cpp) --------------------------------------------------------------------------

/// 1 - tokens / bytes; NaN without bytes.
double compression(int64_t n_tokens, int64_t n_bytes);

/// What one way of cutting costs a model.
struct Cost {
    Way way;
    double compression = 0;
    int64_t n_embedding_numbers = 0;  ///< vocabulary times width
    double n_context_bytes = 0;       ///< how much of the held-out text fits into the context at once, on average
    double attention_share = 0;       ///< pairs of places that attention compares, against cutting into bytes
};
std::vector<Cost> costs(const Snapshot& snapshot, int32_t width, int32_t context);

/// The bytes of every token: the 256 bytes, then one a merge.
std::vector<std::string> token_bytes(std::span<const float> left, std::span<const float> right);
/// A token as it can be shown: blanks as signs, bytes that are no whole character as numbers: ␣t, ‹CE›.
std::string shown(const std::string& bytes);
/// Does a letter or digit stand in it before something that is none? Bytes from 128 on count as letters.
bool reaches_over_word(const std::string& bytes);

/// How the run answers a prediction of the content file (lab_outcomes.cpp).
Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot);
/// Numbers of a finished run that the questions may ask about.
std::map<std::string, double> quantities(const Snapshot& snapshot);
/// What the passport keeps of a run.
std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot);

Verdict check(const Snapshot& snapshot, const Goal& goal);

extern const LabEntry entry;  ///< defined in view.cpp, listed in labs/registry.cpp

}  // namespace terrarium::labs::tokens
