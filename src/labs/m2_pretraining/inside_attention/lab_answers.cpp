// What the lab answers: every value at one position of a sentence, and the challenge.

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <span>

#include "core/infer/sampling.h"
#include "core/support/math.h"
#include "labs/m2_pretraining/inside_attention/lab.h"

namespace terrarium::labs::inside_attention {
namespace {

constexpr int kGuesses = 10;

std::string nats(double value) { return core::fixed(value, 2); }

json binary_floats(std::span<const float> values) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(values.data());
    return json::binary(std::vector<uint8_t>(bytes, bytes + values.size_bytes()));
}

/// `count` numbers of position `at` in a buffer whose rows have `stride` numbers, from column `from` on.
std::vector<float> row_of(const std::vector<float>& buffer, int at, int stride, int from, int count) {
    const auto first = buffer.begin() + static_cast<std::ptrdiff_t>(at) * stride + from;
    return {first, first + count};
}

/// The likeliest next tokens with their scores, as the page shows them.
json best_guesses(const core::Tokenizer& tokenizer, std::span<const float> logits) {
    std::vector<double> probabilities(logits.size());
    core::next_token_probabilities(probabilities, logits, {});
    json guesses = json::array();
    const std::vector<int32_t> ranked = core::rank_tokens(logits);
    for (size_t i = 0; i < std::min<size_t>(kGuesses, ranked.size()); ++i) {
        const int32_t id = ranked[i];
        const std::string token = id == tokenizer.other_id() ? "\xEF\xBF\xBD" : std::string(tokenizer.token_text(id));
        guesses.push_back({{"token", token},
                           {"score", logits[static_cast<size_t>(id)]},
                           {"p", probabilities[static_cast<size_t>(id)]}});
    }
    return guesses;
}

/// Mean surprise in nats at the tokens of a sentence but the first; of a single token there is none.
double mean_surprise(std::span<const int32_t> ids, std::span<const float> logits, int vocab_size) {
    const auto V = static_cast<size_t>(vocab_size);
    std::vector<double> probabilities(V);
    double sum = 0;
    for (size_t t = 0; t + 1 < ids.size(); ++t) {
        core::next_token_probabilities(probabilities, logits.subspan(t * V, V), {});
        sum -= core::log(probabilities[static_cast<size_t>(ids[t + 1])]);
    }
    return ids.size() > 1 ? sum / static_cast<double>(ids.size() - 1) : 0;
}

/// Everything that one layer computed at one position.
json layer_values(const core::TransformerInspector& inspector, int layer, int at, int time) {
    const core::InspectedLayer& a = inspector.layer(layer);
    constexpr int C = kWidth, F = 4 * kWidth;
    json scores = json::array(), weights = json::array();
    for (int head = 0; head < kHeads; ++head) {
        const std::vector<float> map = inspector.scores(layer, head);
        scores.push_back(row_of(map, at, time, 0, at + 1));
        weights.push_back(row_of(a.attention, head * time + at, time, 0, at + 1));
    }
    return {{"input", row_of(a.input, at, C, 0, C)},
            {"norm1", row_of(a.norm1, at, C, 0, C)},
            {"query", row_of(a.qkv, at, 3 * C, 0, C)},
            {"key", row_of(a.qkv, at, 3 * C, C, C)},
            {"value", row_of(a.qkv, at, 3 * C, 2 * C, C)},
            {"scores", scores},
            {"weights", weights},
            {"mixed", row_of(a.mixed, at, C, 0, C)},
            {"middle", row_of(a.middle, at, C, 0, C)},
            {"norm2", row_of(a.norm2, at, C, 0, C)},
            {"hidden", row_of(a.hidden, at, F, 0, F)},
            {"bent", row_of(a.bent, at, F, 0, F)},
            {"output", row_of(a.output, at, C, 0, C)},
            {"map", binary_floats(std::span(a.attention).first(core::count_of(kHeads, time, time)))}};
}

}  // namespace

json Job::answer(const json& question) {
    return question.value("kind", std::string()) == "inside" ? inside(question) : json::object();
}

json Job::inside(const json& question) {
    std::vector<int32_t> ids = tokenizer_.encode(question.value("text", std::string()));
    if (ids.empty()) return json::object();
    Message note;
    if (std::ssize(ids) > kContext) {
        note = Message("Only the last {0} tokens fit into the context.", {std::to_string(kContext)});
        ids.erase(ids.begin(), ids.end() - kContext);
    }
    const auto time = static_cast<int>(ids.size());
    const int at = std::clamp(question.value("position", time - 1), 0, time - 1);
    const auto set = static_cast<uint32_t>(std::clamp(question.value("off", 0), 0, (1 << kParts) - 1));
    const auto V = static_cast<size_t>(tokenizer_.vocab_size());
    const auto row = [&] { return inspector_.logits().subspan(static_cast<size_t>(at) * V, V); };

    inspector_.run(ids, 1, time, core::PartsOff(model_.shape()));
    const json whole_guesses = best_guesses(tokenizer_, row());
    const double whole_surprise = mean_surprise(ids, inspector_.logits(), tokenizer_.vocab_size());
    inspector_.run(ids, 1, time, parts_off(set));
    const auto tables = core::split_parameters(std::span<const float>(model_.parameters()), model_.shape());
    json tokens = json::array(), layers = json::array();
    for (size_t t = 0; t < ids.size(); ++t) tokens.push_back(tokenizer_.decode(std::span(ids).subspan(t, 1)));
    for (int layer = 0; layer < kLayers; ++layer) layers.push_back(layer_values(inspector_, layer, at, time));
    const auto table_row = [](std::span<const float> table, int32_t index) {
        const auto part = table.subspan(core::count_of(index, kWidth), kWidth);
        return std::vector<float>(part.begin(), part.end());
    };
    const bool has_positions = (set >> kPositions & 1u) == 0;
    const auto last = inspector_.final_norm().subspan(core::count_of(at, kWidth), kWidth);
    return {{"step", snapshot_.step},
            {"off", set},
            {"note", note},
            {"tokens", tokens},
            {"id", ids[static_cast<size_t>(at)]},
            {"position", at},
            {"token_row", table_row(tables.tokens, ids[static_cast<size_t>(at)])},
            {"position_row",
             has_positions ? table_row(tables.positions, at) : std::vector<float>(static_cast<size_t>(kWidth))},
            {"layers", layers},
            {"final_norm", std::vector<float>(last.begin(), last.end())},
            {"logits", std::vector<float>(row().begin(), row().end())},
            {"guesses", best_guesses(tokenizer_, row())},
            {"whole_guesses", whole_guesses},
            {"surprise", mean_surprise(ids, inspector_.logits(), tokenizer_.vocab_size())},
            {"whole_surprise", whole_surprise}};
}

// ---- challenge -----------------------------------------------------------------------------------------------------

double excess_nats(const Snapshot& snapshot, uint32_t set, double rise_nats) {
    if (std::ssize(snapshot.part_cost_nats) < kParts) return std::numeric_limits<double>::quiet_NaN();
    double sum = 0;
    for (int part = 0; part < kParts; ++part) {
        if ((set >> part & 1u) != 0) sum += static_cast<double>(snapshot.part_cost_nats[static_cast<size_t>(part)]);
    }
    return rise_nats - sum;
}

Verdict Job::check(const Goal& goal) const { return inside_attention::check(snapshot_, goal); }

namespace {

/// The best that the learner's tries have reached.
struct Best {
    int heads = 0;           ///< most heads off at once within the allowed rise, nothing else off
    double few_rise = -1;    ///< smallest rise with enough heads off, -1: never tried
    double pair_excess = 0;  ///< largest excess of a pair
    bool has_pair = false;
};

Best best_of(const Snapshot& snapshot, const Goal& goal) {
    Best best;
    const size_t n = std::min(snapshot.tried_set.size(), snapshot.tried_rise_nats.size());
    for (size_t i = 0; i < n; ++i) {
        const auto set = static_cast<uint32_t>(snapshot.tried_set[i]);
        const auto rise = static_cast<double>(snapshot.tried_rise_nats[i]);
        const int n_parts = std::popcount(set);
        if ((set & ~kAllHeads) == 0) {
            if (rise <= goal.max_rise_nats) best.heads = std::max(best.heads, n_parts);
            if (n_parts >= goal.min_heads_off && (best.few_rise < 0 || rise < best.few_rise)) best.few_rise = rise;
        }
        const double excess = excess_nats(snapshot, set, rise);
        if (n_parts == 2 && excess == excess) {
            best.pair_excess = best.has_pair ? std::max(best.pair_excess, excess) : excess;
            best.has_pair = true;
        }
    }
    return best;
}

}  // namespace

Verdict check(const Snapshot& snapshot, const Goal& goal) {
    Verdict verdict;
    const bool is_measured = std::ssize(snapshot.part_cost_nats) >= kParts;
    const double below = snapshot.step > 0 ? snapshot.bigram_nats - snapshot.whole_nats : 0;
    const bool is_trained = snapshot.is_open && is_measured && below >= goal.min_nats_below_bigram;
    const Best best = best_of(snapshot, goal);
    const bool has_heads = best.heads >= goal.min_heads_off;
    const bool has_pair = best.has_pair && best.pair_excess >= goal.min_excess_nats;
    const auto share = [](double state, double need) { return need > 0 ? std::clamp(state / need, 0.0, 1.0) : 1.0; };
    const auto at_least = [](const std::string& need) { return Message("≥ {0}", {need}); };
    verdict.conditions = {
        {"below_bigram", is_trained, is_measured ? Message("{0} nats", {nats(below)}) : Message("not measured yet"),
         at_least(nats(goal.min_nats_below_bigram)), share(below, goal.min_nats_below_bigram)},
        {"heads", has_heads, Message("{0} of {1} heads", {std::to_string(best.heads), std::to_string(kFirstMlp)}),
         at_least(std::to_string(goal.min_heads_off)), share(best.heads, static_cast<double>(goal.min_heads_off))},
        {"pair", has_pair,
         best.has_pair ? Message("{0} nats more", {nats(best.pair_excess)}) : Message("no pair tried"),
         at_least(nats(goal.min_excess_nats)), share(best.pair_excess, goal.min_excess_nats)}};
    const bool is_harbour = snapshot.text == "corpus:harbour";
    verdict.passed = is_trained && has_heads && has_pair && is_harbour;
    if (snapshot.status == Status::Idle) {
        verdict.reason = Message("Train a model first.");
    } else if (!is_harbour) {
        verdict.reason = Message("The challenge counts on the harbour chronicle, so that anyone can repeat it.");
    } else if (!snapshot.is_open) {
        verdict.reason = Message("Wait until training is over: then the parts are measured and the switches work.");
    } else if (!is_measured) {
        verdict.reason = Message("This run was stopped before its parts were measured. Train again to the end.");
    } else if (below <= 0) {
        verdict.reason = Message("This model is still above the bigram line: train longer.");
    } else if (!is_trained) {
        verdict.reason = Message(
            "This model is only {0} nats below the bigram line: train longer, or with another seed.", {nats(below)});
    } else if (!has_heads && best.few_rise >= 0) {
        verdict.reason = Message("With enough heads off, the loss rose by at least {0} nats. Choose other heads.",
                                 {nats(best.few_rise)});
    } else if (!has_heads) {
        verdict.reason = Message("Turn off more heads at the same time, and nothing else: begin with the cheapest.");
    } else if (!best.has_pair) {
        verdict.reason = Message("The heads are done. Now turn off exactly two parts, and compare with their bars.");
    } else if (!has_pair) {
        verdict.reason = Message("Your best pair cost {0} nats more than its parts one by one. Try other pairs.",
                                 {nats(best.pair_excess)});
    } else {
        verdict.reason =
            Message("The model does without {0} heads, and you found two parts that stand in for each other.",
                    {std::to_string(best.heads)});
    }
    return verdict;
}

}  // namespace terrarium::labs::inside_attention
