// What the pretraining lab answers: questions to the model between two units of work, and the challenge.

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>

#include "core/infer/generator.h"
#include "core/infer/sampling.h"
#include "labs/m2_pretraining/pretraining/lab.h"

namespace terrarium::labs::pretraining {
namespace {

constexpr int kGuesses = 10;
constexpr int kMaxWritten = 500;

std::string nats(double value) { return core::fixed(value, 2); }

json binary_floats(std::span<const float> values) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(values.data());
    return json::binary(std::vector<uint8_t>(bytes, bytes + values.size_bytes()));
}

/// The likeliest tokens, as the page shows them. `logits` may leave out the vocabulary's last, which hides others.
json best_guesses(const core::Tokenizer& tokenizer, std::span<const float> logits,
                  std::span<const double> probabilities) {
    json guesses = json::array();
    const std::vector<int32_t> ranked = core::rank_tokens(logits);
    for (size_t i = 0; i < std::min<size_t>(kGuesses, ranked.size()); ++i) {
        const int32_t id = ranked[i];
        guesses.push_back(
            {{"token", tokenizer.decode(std::span(&id, 1))}, {"p", probabilities[static_cast<size_t>(id)]}});
    }
    return guesses;
}

}  // namespace

json Job::answer(const json& question) {
    const std::string kind = question.value("kind", std::string());
    if (config_.plan != "train") return json::object();  // there is no one model to ask
    if (kind == "look") return look(question);
    if (kind == "write") return write(question);
    return json::object();
}

json Job::look(const json& question) {
    const core::Tokenizer& tokenizer = trainer().tokenizer();
    std::vector<int32_t> ids = tokenizer.encode(question.value("text", std::string()));
    if (ids.empty()) return json::object();
    Message note;
    if (std::ssize(ids) > config_.context) {
        note = Message("Only the last {0} tokens fit into the context.", {std::to_string(config_.context)});
        ids.erase(ids.begin(), ids.end() - config_.context);
    }
    const auto time = static_cast<int>(ids.size());
    const int layer = std::clamp(question.value("layer", 0), 0, config_.n_layers - 1);
    const int head = std::clamp(question.value("head", 0), 0, config_.n_heads - 1);
    Trainer::Model& model = trainer().model();
    model.infer(ids, 1, time);
    const auto square = static_cast<size_t>(time) * static_cast<size_t>(time);
    const auto map = model.attention(layer).subspan(static_cast<size_t>(head) * square, square);

    double previous_mass = 0;  // of this sentence; the challenge asks for the mean over the validation text
    for (int t = 1; t < time; ++t) previous_mass += static_cast<double>(map[static_cast<size_t>(t * time + t - 1)]);
    json tokens = json::array();
    for (const int32_t& id : ids) tokens.push_back(tokenizer.decode(std::span(&id, 1)));
    json found = {{"step", snapshot_.step},
                  {"layer", layer},
                  {"head", head},
                  {"tokens", tokens},
                  {"attention", binary_floats(map)},
                  {"note", note},
                  {"previous_mass", time > 1 ? previous_mass / (time - 1) : 0}};
    found.update(trainer().is_masked() ? guess_hidden(ids, question.value("position", -1)) : guess_next(ids));
    return found;
}

/// After each token: what the model expects, and the probability of what really follows.
json Job::guess_next(std::span<const int32_t> ids) {
    const auto vocab = static_cast<size_t>(trainer().model().shape().vocab_size);
    std::vector<double> probabilities(vocab);
    json guesses = json::array(), actual = json::array();
    for (size_t t = 0; t < ids.size(); ++t) {
        const auto logits = trainer().model().logits().subspan(t * vocab, vocab);
        core::next_token_probabilities(probabilities, logits, {});
        guesses.push_back(best_guesses(trainer().tokenizer(), logits, probabilities));
        if (t + 1 < ids.size()) actual.push_back(probabilities[static_cast<size_t>(ids[t + 1])]);
    }
    return {{"guesses", guesses}, {"actual", actual}};
}

/// Hides the token at one position, and says what the model expects there from both sides.
json Job::guess_hidden(std::span<const int32_t> ids, int64_t position) {
    if (position < 0 || position >= std::ssize(ids)) position = std::ssize(ids) - 1;
    std::vector<int32_t> seen(ids.begin(), ids.end());
    seen[static_cast<size_t>(position)] = trainer().mask_id();
    trainer().model().infer(seen, 1, static_cast<int>(seen.size()));
    const auto vocab = static_cast<size_t>(trainer().model().shape().vocab_size);
    const auto logits = trainer().model().logits().subspan(static_cast<size_t>(position) * vocab, vocab - 1);
    std::vector<double> probabilities(vocab - 1);
    core::next_token_probabilities(probabilities, logits, {});
    return {{"guesses", json::array({best_guesses(trainer().tokenizer(), logits, probabilities)})},
            {"actual", json::array({probabilities[static_cast<size_t>(ids[static_cast<size_t>(position)])]})},
            {"hidden", position}};
}

json Job::write(const json& question) {
    if (trainer().is_masked()) return json::object();  // it fills gaps; it never learned to go on
    const std::string prompt = question.value("prompt", std::string());
    std::vector<int32_t> ids = trainer().tokenizer().encode(prompt);
    if (ids.empty()) ids = {trainer().train_ids().front()};
    const double temperature = std::clamp(question.value("temperature", 1.0), 0.0, 10.0);
    const int32_t top_k = std::max(0, question.value("top_k", 0));
    const int count = std::clamp(question.value("count", 100), 1, kMaxWritten);
    core::Rng rng = sample_rng_.fork("question " + std::to_string(question.value("seed", 0)));
    core::Generator<core::Simd4f> writer(trainer().model().shape(), trainer().model().parameters());
    auto logits = writer.push(std::span<const int32_t>(ids));
    std::vector<int32_t> written;
    for (int i = 0; i < count; ++i) {
        const int32_t id = core::sample_token(logits, {.temperature = temperature, .top_k = top_k}, rng);
        written.push_back(id);
        logits = writer.push(id);
    }
    return {{"step", snapshot_.step}, {"text", prompt + trainer().tokenizer().decode(written)}};
}

// ---- challenge -----------------------------------------------------------------------------------------------------

Verdict Job::check(const Goal& goal) const { return pretraining::check(snapshot_, goal); }

namespace {

/// The lowest validation loss within the step budget, or a negative number when nothing was measured.
double best_valid_nats(const Snapshot& snapshot, int64_t within_steps) {
    double best = -1;
    const size_t n = std::min(snapshot.valid_step.size(), snapshot.valid_loss_nats.size());
    for (size_t i = 0; i < n; ++i) {
        const auto loss = static_cast<double>(snapshot.valid_loss_nats[i]);
        if (static_cast<int64_t>(snapshot.valid_step[i]) > within_steps || !std::isfinite(loss)) continue;
        if (best < 0 || loss < best) best = loss;
    }
    return best;
}

struct Heads {
    bool is_named = false;
    double named_mass = 0, best_mass = 0;
};

Heads heads_of(const Snapshot& snapshot) {
    Heads heads;
    for (const float mass : snapshot.previous_token_mass)
        heads.best_mass = std::max(heads.best_mass, static_cast<double>(mass));
    const auto named = static_cast<size_t>(std::max(snapshot.tagged_head, 0));
    if (snapshot.tagged_head < 0 || named >= snapshot.previous_token_mass.size()) return heads;
    heads.is_named = true;
    heads.named_mass = static_cast<double>(snapshot.previous_token_mass[named]);
    return heads;
}

}  // namespace

Verdict check(const Snapshot& snapshot, const Goal& goal) {
    Verdict verdict;
    const double best = best_valid_nats(snapshot, goal.within_steps);
    const double below = best < 0 ? 0 : snapshot.bigram_nats - best;
    const bool is_low = best >= 0 && below >= goal.min_nats_below_bigram;
    const Heads heads = heads_of(snapshot);
    const bool is_strong = heads.named_mass >= goal.min_previous_token_mass;
    const bool is_best = heads.named_mass >= heads.best_mass - goal.max_mass_behind_best;
    const bool is_head_found = heads.is_named && is_strong && is_best;
    const bool is_over_budget = snapshot.step > goal.within_steps && !is_low;
    const auto share = [](double state, double need) { return need > 0 ? std::clamp(state / need, 0.0, 1.0) : 1.0; };
    const auto at_least = [](double need) { return Message("≥ {0}", {nats(need)}); };
    verdict.conditions = {
        {"below_bigram", is_low, best < 0 ? Message("not yet") : Message("{0} so far", {nats(below)}),
         at_least(goal.min_nats_below_bigram), best < 0 ? 0 : share(below, goal.min_nats_below_bigram)},
        {"within_steps", is_low, Message("{0}", {std::to_string(std::min(snapshot.step, goal.within_steps))}),
         Message("≤ {0}", {std::to_string(goal.within_steps)}),
         is_low ? 1 : share(static_cast<double>(snapshot.step), static_cast<double>(goal.within_steps))},
        {"head", is_head_found,
         heads.is_named ? Message("{0} of its attention", {nats(heads.named_mass)}) : Message("find it"),
         at_least(goal.min_previous_token_mass),
         heads.is_named ? share(heads.named_mass, goal.min_previous_token_mass) : 0}};
    const bool is_one_model = snapshot.config.plan == "train";
    const bool is_causal = snapshot.config.objective == "causal";
    verdict.passed = is_low && is_head_found && is_one_model && is_causal && snapshot.is_builtin_text;
    if (snapshot.status == Status::Idle) {
        verdict.reason = Message("Start a run first.");
    } else if (!is_one_model) {
        verdict.reason = Message("The challenge is about a single run: choose to train one model.");
    } else if (!is_causal) {
        verdict.reason = Message("The challenge is about guessing the next token: choose that objective.");
    } else if (!snapshot.is_builtin_text) {
        verdict.reason = Message("The challenge counts on the built-in texts, so that anyone can repeat it.");
    } else if (snapshot.status == Status::Diverged && !is_low) {
        verdict.reason = Message("The loss exploded: lower the learning rate and train again.");
    } else if (is_over_budget) {
        verdict.reason = Message("The step budget is used up: learn faster, or give the model more room.");
    } else if (!is_low) {
        verdict.reason = Message("Keep the validation loss falling: it must end clearly below the bigram line.");
    } else if (!heads.is_named) {
        verdict.reason = Message("The loss is low enough. Now find the head that looks one token back.");
    } else if (!is_best) {
        verdict.reason = Message(
            "The head you named puts {0} of its attention on the token before, but another one puts more there. "
            "Compare the heads.",
            {nats(heads.named_mass)});
    } else if (!is_strong) {
        verdict.reason = Message("It is the best of these heads, but {0} is not much; {1} are needed. Train longer.",
                                 {nats(heads.named_mass), nats(goal.min_previous_token_mass)});
    } else {
        verdict.reason = Message("You beat the bigram line by {0} nats, and the head you named looks one token back.",
                                 {nats(below)});
    }
    return verdict;
}

}  // namespace terrarium::labs::pretraining
