// How a run answers the predictions, and the numbers that the questions may ask about.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/support/math.h"
#include "labs/m2_pretraining/pretraining/lab.h"

namespace terrarium::labs::pretraining {
namespace {

std::string nats(double value) { return core::fixed(value, 2); }

/// The validation curve: the finite values, with the step at which each was measured.
struct Curve {
    std::vector<float> step, loss;
};

Curve validation_curve(const Snapshot& snapshot) {
    Curve curve;
    const size_t n = std::min(snapshot.valid_step.size(), snapshot.valid_loss_nats.size());
    for (size_t i = 0; i < n; ++i) {
        if (!std::isfinite(snapshot.valid_loss_nats[i])) continue;
        curve.step.push_back(snapshot.valid_step[i]);
        curve.loss.push_back(snapshot.valid_loss_nats[i]);
    }
    return curve;
}

bool is_over(const Snapshot& snapshot) {
    return snapshot.status == Status::Done || snapshot.status == Status::Stopped || snapshot.status == Status::Diverged;
}

/// Mean training loss of the last steps: one batch alone jumps about.
double recent_training_loss(const Snapshot& snapshot) {
    constexpr size_t kSteps = 20;
    const size_t n = std::min(kSteps, snapshot.train_loss_nats.size());
    double sum = 0;
    for (size_t i = snapshot.train_loss_nats.size() - n; i < snapshot.train_loss_nats.size(); ++i) {
        sum += static_cast<double>(snapshot.train_loss_nats[i]);
    }
    return n == 0 ? 0 : sum / static_cast<double>(n);
}

Outcome beats_bigram(const json& answer, const Snapshot& snapshot, const Curve& curve) {
    if (!is_over(snapshot)) return {};
    double best = snapshot.uniform_nats;
    for (const float loss : curve.loss) best = std::min(best, static_cast<double>(loss));
    const double below = snapshot.bigram_nats - best;
    const std::string truth = below <= 0 ? "no" : below < 0.3 ? "little" : "much";
    const bool is_right = truth == answer;
    const double score = is_right ? 1 : 0;
    if (below <= 0) {
        return {is_right ? Message("Your guess was right: the run stayed above the bigram line.")
                         : Message("It came out differently: the run stayed above the bigram line."),
                score,
                {},
                {}};
    }
    const std::vector<std::string> values = {nats(below)};
    return {
        is_right
            ? Message("Your guess was right: the best validation loss was {0} nats below the bigram line.", values)
            : Message("It came out differently: the best validation loss was {0} nats below the bigram line.", values),
        score,
        {},
        {}};
}

Outcome crossing_step(const json& answer, const Snapshot& snapshot, const Curve& curve) {
    const double guess = answer.is_number() ? answer.get<double>() : 0;
    for (size_t i = 0; i < curve.step.size(); ++i) {
        if (static_cast<double>(curve.loss[i]) >= snapshot.bigram_nats) continue;
        // Right when within a factor of 1.25, worth nothing from a factor of 4 on: steps are felt as ratios.
        const double crossed = std::max(1.0, static_cast<double>(curve.step[i]));
        const double ratio = std::abs(core::log(std::max(1.0, guess) / crossed));
        const double score = std::clamp((core::log(4.0) - ratio) / (core::log(4.0) - core::log(1.25)), 0.0, 1.0);
        const auto step = std::to_string(std::lround(crossed));
        const auto miss = std::to_string(std::lround(std::abs(crossed - guess)));
        return {Message("The validation loss crossed the bigram line by step {0}; your guess was {1}, {2} steps away.",
                        {step, std::to_string(std::lround(guess)), miss}),
                score,
                {},
                {}};
    }
    if (is_over(snapshot)) return {Message("This run never crossed the bigram line."), 0, {}, {}};
    return {};
}

/// The answer is the sketch's points as [x, y] pairs. Compared where they stand; a mean miss of 1 nat is worth nothing.
Outcome loss_curve(const json& answer, const Snapshot& snapshot, const Curve& curve) {
    if (!is_over(snapshot)) return {};
    if (curve.loss.empty()) return {Message("This run ended before anything was measured."), 0, {}, {}};
    double missed = 0;
    int n = 0;
    for (const json& point : answer) {
        const auto x = point.at(0).get<float>();
        const auto after = std::lower_bound(curve.step.begin(), curve.step.end(), x);
        if (after == curve.step.end() && x > curve.step.back()) continue;  // the run was shorter than the sketch
        const auto at = static_cast<size_t>(after - curve.step.begin());
        missed += std::abs(point.at(1).get<double>() - static_cast<double>(curve.loss[at]));
        ++n;
    }
    const double miss = n == 0 ? 1 : missed / n;
    return {Message("On average your curve was {0} nats away from the one that came.", {nats(miss)}),
            std::clamp(1.0 - miss, 0.0, 1.0), curve.step, curve.loss};
}

Outcome train_below_valid(const Snapshot& snapshot, const Curve& curve) {
    if (!is_over(snapshot) || curve.loss.empty()) return {};
    const double train = recent_training_loss(snapshot);
    const auto valid = static_cast<double>(curve.loss.back());
    const bool is_below = train < valid;
    const std::vector<std::string> values = {nats(train), nats(valid)};
    return {is_below
                ? Message("It happened: the training loss ended at {0}, the validation loss at {1}.", values)
                : Message("It did not happen: the training loss ended at {0}, the validation loss at {1}.", values),
            is_below ? 1.0 : 0.0,
            {},
            {}};
}

}  // namespace

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot) {
    // The questions are about one model that guesses the next token.
    if (snapshot.config.plan != "train" || snapshot.config.objective != "causal") return {};
    const Curve curve = validation_curve(snapshot);
    if (question_id == "beats_bigram") return beats_bigram(answer, snapshot, curve);
    if (question_id == "crossing_step") return crossing_step(answer, snapshot, curve);
    if (question_id == "loss_curve") return loss_curve(answer, snapshot, curve);
    if (question_id == "train_below_valid") return train_below_valid(snapshot, curve);
    return {};
}

std::map<std::string, double> quantities(const Snapshot& snapshot) {
    std::map<std::string, double> known;
    const Curve curve = validation_curve(snapshot);
    if (!is_over(snapshot) || curve.loss.empty()) return known;
    const auto valid = static_cast<double>(curve.loss.back());
    const double train = recent_training_loss(snapshot);
    known = {{"steps", static_cast<double>(snapshot.step)},
             {"vocab_size", static_cast<double>(snapshot.vocab_size)},
             {"tokens_per_step", static_cast<double>(snapshot.tokens_per_step)},
             {"tokens_read", static_cast<double>(snapshot.tokens_per_step * snapshot.step)},
             {"uniform_loss", snapshot.uniform_nats},
             {"bigram_loss", snapshot.bigram_nats},
             {"valid_loss", valid},
             {"perplexity", core::exp(valid)},
             {"train_loss", train},
             {"generalization_gap", valid - train}};
    return known;
}

std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
    std::vector<core::io::PassportMetric> known;
    const auto add = [&](std::string id, std::string words, std::string unit, double value) {
        if (std::isfinite(value)) known.push_back({std::move(id), std::move(words), std::move(unit), value});
    };
    const std::string nats = core::tr_later("nats per token");
    const Curve curve = validation_curve(snapshot);
    if (!curve.loss.empty()) {
        const auto valid = static_cast<double>(curve.loss.back());
        add("valid_loss_nats", core::tr_later("Validation loss"), nats, valid);
        add("perplexity", core::tr_later("Perplexity on the validation text"), "", core::exp(valid));
        if (!snapshot.train_loss_nats.empty()) {
            add("train_loss_nats", core::tr_later("Training loss, mean of the last steps"), nats,
                recent_training_loss(snapshot));
        }
    }
    if (snapshot.n_parameters == 0) return known;
    add("uniform_nats", core::tr_later("Baseline: every token equally likely"), nats, snapshot.uniform_nats);
    add("unigram_nats", core::tr_later("Baseline: how often each token occurs"), nats, snapshot.unigram_nats);
    add("bigram_nats", core::tr_later("Baseline: bigram, the last token decides"), nats, snapshot.bigram_nats);
    if (const auto& mass = snapshot.previous_token_mass; !mass.empty()) {
        add("previous_token_mass", core::tr_later("Strongest previous-token head, share of attention"), "",
            static_cast<double>(*std::max_element(mass.begin(), mass.end())));
    }
    if (snapshot.characters_per_token != 1 && !curve.loss.empty()) {
        add("valid_character_nats", core::tr_later("Validation loss per character"),
            core::tr_later("nats per character"),
            static_cast<double>(curve.loss.back()) / snapshot.characters_per_token);
    }
    add("n_parameters", core::tr_later("Parameters"), "", static_cast<double>(snapshot.n_parameters));
    add("tokens_seen", core::tr_later("Tokens read in training"), "",
        static_cast<double>(snapshot.tokens_per_step * snapshot.step));
    add("n_train_tokens", core::tr_later("Tokens in the training part"), "",
        static_cast<double>(snapshot.n_train_tokens));
    add("n_valid_tokens", core::tr_later("Tokens in the validation part"), "",
        static_cast<double>(snapshot.n_valid_tokens));
    add("vocab_size", core::tr_later("Vocabulary"), "tokens", snapshot.vocab_size);
    add("other_fraction", core::tr_later("Share of tokens outside the vocabulary"), "", snapshot.other_fraction);
    return known;
}

}  // namespace terrarium::labs::pretraining
