// How the merges answer the predictions, and the numbers that the questions may ask about.

#include <algorithm>
#include <cmath>

#include "core/support/math.h"
#include "labs/m0_foundations/tokens/lab.h"

namespace terrarium::labs::tokens {
namespace {

bool is_over(const Snapshot& snapshot) { return snapshot.status == Status::Done || snapshot.status == Status::Stopped; }

const Probe& probe(const Snapshot& snapshot, std::string_view id) {
    const auto found =
        std::find_if(snapshot.probes.begin(), snapshot.probes.end(), [&](const Probe& one) { return one.id == id; });
    return *found;
}

Outcome first_pair(const json& answer, const Snapshot& snapshot) {
    if (snapshot.left.empty()) {
        if (is_over(snapshot)) return {Message("The run ended before the first merge."), 0, {}, {}};
        return {};
    }
    const std::string pair = token_bytes(std::span(snapshot.left).first(1), std::span(snapshot.right).first(1)).back();
    const std::string truth = pair == "th"   ? "th"
                              : pair == "he" ? "he"
                              : pair == " t" ? "space_t"
                              : pair == "qu" ? "qu"
                                             : "other";
    const bool is_right = truth == answer;
    const std::vector<std::string> values = {shown(pair), std::to_string(static_cast<int64_t>(snapshot.count[0]))};
    return {
        is_right
            ? Message("Your guess was right: {0} stood {1} times in the training text and was merged first.", values)
            : Message("It came out differently: {0} stood {1} times in the training text and was merged first.",
                      values),
        is_right ? 1.0 : 0.0,
        {},
        {}};
}

Outcome n_tokens(const json& answer, const Snapshot& snapshot) {
    const double guess = answer.is_number() ? answer.get<double>() : 0;
    const auto truth = static_cast<double>(probe(snapshot, "english").n_bpe);
    // Right when within a tenth, worth nothing from a factor of 2 on: lengths are felt as ratios.
    const double ratio = std::abs(core::log(std::max(1.0, guess) / truth));
    const double score = std::clamp((core::log(2.0) - ratio) / (core::log(2.0) - core::log(1.1)), 0.0, 1.0);
    return {Message("The sentence became {0} tokens; your guess was {1}.",
                    {std::to_string(std::lround(truth)), std::to_string(std::lround(guess))}),
            score,
            {},
            {}};
}

Outcome new_word(const json& answer, const Snapshot& snapshot) {
    const Probe& word = probe(snapshot, "new_word");
    const std::string truth = !word.is_restored ? "other" : "spelled";
    const bool is_right = truth == answer;
    const std::vector<std::string> values = {std::to_string(word.n_bpe)};
    return {is_right
                ? Message("Your guess was right: the word became {0} shorter tokens, and nothing was lost.", values)
                : Message("It came out differently: the word became {0} shorter tokens, and nothing was lost.", values),
            is_right ? 1.0 : 0.0,
            {},
            {}};
}

Outcome greek_costs_double(const Snapshot& snapshot) {
    const int64_t greek = probe(snapshot, "greek").n_bpe, english = probe(snapshot, "english").n_bpe;
    const bool happened = greek > 2 * english;
    const std::vector<std::string> values = {std::to_string(greek), std::to_string(english)};
    return {happened ? Message("It happened: {0} tokens in Greek, {1} in English.", values)
                     : Message("It did not happen: {0} tokens in Greek, {1} in English.", values),
            happened ? 1.0 : 0.0,
            {},
            {}};
}

/// The answer is the sketch's points as [merges, percent] pairs; a mean miss of 30 points is worth nothing.
Outcome compression_curve(const json& answer, const Snapshot& snapshot) {
    std::vector<float> percent;
    for (const float tokens : snapshot.held_tokens)
        percent.push_back(static_cast<float>(100 * compression(static_cast<int64_t>(tokens), snapshot.n_held_bytes)));
    double missed = 0;
    int n = 0;
    for (const json& point : answer) {
        const auto at = static_cast<size_t>(std::max(0.0, point.at(0).get<double>()));
        if (at >= percent.size()) continue;  // the run was shorter than the sketch
        missed += std::abs(point.at(1).get<double>() - static_cast<double>(percent[at]));
        ++n;
    }
    const double miss = n == 0 ? 30 : missed / n;
    return {
        Message("On average your curve was {0} percentage points away from the one that came.", {core::fixed(miss, 1)}),
        std::clamp(1.0 - miss / 30, 0.0, 1.0), snapshot.merges, percent};
}

}  // namespace

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot) {
    if (question_id == "first_pair") return first_pair(answer, snapshot);
    if (!is_over(snapshot) || snapshot.probes.empty()) return {};
    if (question_id == "n_tokens") return n_tokens(answer, snapshot);
    if (question_id == "new_word") return new_word(answer, snapshot);
    if (question_id == "greek_costs_double") return greek_costs_double(snapshot);
    if (question_id == "compression_curve") return compression_curve(answer, snapshot);
    return {};
}

std::map<std::string, double> quantities(const Snapshot& snapshot) {
    std::map<std::string, double> known;
    if (!is_over(snapshot) || snapshot.ways.empty() || snapshot.n_held_bytes == 0) return known;
    const Way& bpe = snapshot.ways.back();
    known["merges"] = static_cast<double>(snapshot.step);
    known["vocab_size"] = static_cast<double>(bpe.n_vocab);
    known["held_bytes"] = static_cast<double>(snapshot.n_held_bytes);
    known["held_tokens"] = static_cast<double>(bpe.n_tokens);
    known["compression_percent"] = 100 * compression(bpe.n_tokens, snapshot.n_held_bytes);
    known["width"] = snapshot.width;
    known["embedding_numbers"] = static_cast<double>(bpe.n_vocab * snapshot.width);
    known["thirty_percent_level"] = 0.7 * static_cast<double>(snapshot.n_held_bytes);
    return known;
}

std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
    std::vector<core::io::PassportMetric> known;
    if (snapshot.ways.empty() || snapshot.step == 0) return known;
    const Way& bpe = snapshot.ways.back();
    known.push_back({"vocab_size", core::tr_later("Vocabulary"), "tokens", static_cast<double>(bpe.n_vocab)});
    if (const double share = compression(bpe.n_tokens, snapshot.n_held_bytes); std::isfinite(share))
        known.push_back({"compression", core::tr_later("Compression of held-out text"), "", share});
    known.push_back({"n_train_bytes", core::tr_later("Bytes that the merges were learned from"),
                     core::tr_later("bytes"), static_cast<double>(snapshot.n_train_bytes)});
    return known;
}

}  // namespace terrarium::labs::tokens
