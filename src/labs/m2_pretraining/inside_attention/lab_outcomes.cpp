// How a run answers the predictions, and the numbers that the questions may ask about.

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/support/math.h"
#include "labs/m2_pretraining/inside_attention/lab.h"

namespace terrarium::labs::inside_attention {
namespace {

std::string nats(double value) { return core::fixed(value, 2); }

bool is_over(const Snapshot& snapshot) {
    return snapshot.status == Status::Done || snapshot.status == Status::Stopped || snapshot.status == Status::Diverged;
}
bool is_measured(const Snapshot& snapshot) { return std::ssize(snapshot.part_cost_nats) >= kParts; }

double cost(const Snapshot& snapshot, int part) {
    return static_cast<double>(snapshot.part_cost_nats[static_cast<size_t>(part)]);
}

/// Sum of the single costs of `count` parts from `first` on.
double sum_of(const Snapshot& snapshot, int first, int count) {
    double sum = 0;
    for (int part = first; part < first + count; ++part) sum += cost(snapshot, part);
    return sum;
}

int costliest(const Snapshot& snapshot) {
    const auto& costs = snapshot.part_cost_nats;
    return static_cast<int>(std::max_element(costs.begin(), costs.end()) - costs.begin());
}

Outcome unmeasured() { return {Message("This run ended before its parts were measured."), 0, {}, {}}; }

/// One sentence per kind of part: the record keeps whole sentences, and other languages would bend a name inside one.
Outcome hurts_most(const json& answer, const Snapshot& snapshot) {
    const int most = costliest(snapshot);
    const Part part = part_at(most);
    const std::string rise = nats(cost(snapshot, most)), layer = std::to_string(part.layer + 1);
    const auto said = [&](const char* kind, Message right, Message wrong) {
        const bool is_right = answer == kind;
        return Outcome{is_right ? std::move(right) : std::move(wrong), is_right ? 1.0 : 0.0, {}, {}};
    };
    switch (part.kind) {
        case PartKind::Head: {
            const std::vector<std::string> values = {layer + "." + std::to_string(part.index + 1), rise};
            return said("head", Message("Your guess was right: head {0} costs most, {1} nats.", values),
                        Message("It came out differently: head {0} costs most, {1} nats.", values));
        }
        case PartKind::Mlp:
            return said("mlp",
                        Message("Your guess was right: the MLP of layer {0} costs most, {1} nats.", {layer, rise}),
                        Message("It came out differently: the MLP of layer {0} costs most, {1} nats.", {layer, rise}));
        case PartKind::Norm:
            return said("norm", Message("Your guess was right: one of the norms costs most, {0} nats.", {rise}),
                        Message("It came out differently: one of the norms costs most, {0} nats.", {rise}));
        case PartKind::Positions:
            break;
    }
    return said("positions", Message("Your guess was right: the positions cost most, {0} nats.", {rise}),
                Message("It came out differently: the positions cost most, {0} nats.", {rise}));
}

Outcome cheap_heads(const json& answer, const Snapshot& snapshot) {
    const auto& costs = snapshot.part_cost_nats;
    const auto n = std::count_if(costs.begin(), costs.begin() + kFirstMlp, [](float rise) { return rise < 0.05f; });
    const double guess = answer.is_number() ? answer.get<double>() : 0;
    const double miss = std::abs(guess - static_cast<double>(n));
    return {Message("{0} of the 8 heads cost less than 0.05 nats each; your guess was {1}.",
                    {std::to_string(n), std::to_string(std::lround(guess))}),
            std::max(0.0, 1.0 - miss / 4.0),
            {},
            {}};
}

Outcome first_layer_heads(const Snapshot& snapshot) {
    const double first = sum_of(snapshot, 0, kHeads), second = sum_of(snapshot, kHeads, kHeads);
    const bool is_first = first > second;
    const std::vector<std::string> values = {nats(first), nats(second)};
    return {is_first
                ? Message("It happened: one by one, the heads of layer 1 cost {0} nats in sum, those of layer 2 {1}.",
                          values)
                : Message("It did not happen: one by one, the heads of layer 1 cost {0} nats in sum, those of "
                          "layer 2 {1}.",
                          values),
            is_first ? 1.0 : 0.0,
            {},
            {}};
}

}  // namespace

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot) {
    if (!is_over(snapshot)) return {};
    if (!is_measured(snapshot)) return unmeasured();
    if (question_id == "hurts_most") return hurts_most(answer, snapshot);
    if (question_id == "cheap_heads") return cheap_heads(answer, snapshot);
    if (question_id == "first_layer") return first_layer_heads(snapshot);
    return {};
}

std::map<std::string, double> quantities(const Snapshot& snapshot) {
    std::map<std::string, double> known;
    if (!is_over(snapshot) || !is_measured(snapshot)) return known;
    const int most = costliest(snapshot);
    const auto heads_end = snapshot.part_cost_nats.begin() + kFirstMlp;
    known = {{"whole_loss", snapshot.whole_nats},
             {"bigram_loss", snapshot.bigram_nats},
             {"worst_rise", cost(snapshot, most)},
             {"worst_loss", snapshot.whole_nats + cost(snapshot, most)},
             {"heads_sum", sum_of(snapshot, 0, kFirstMlp)},
             {"cheapest_head", static_cast<double>(*std::min_element(snapshot.part_cost_nats.begin(), heads_end))},
             {"steps", static_cast<double>(snapshot.step)},
             {"vocab_size", static_cast<double>(snapshot.vocab_size)}};
    return known;
}

std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
    std::vector<core::io::PassportMetric> known;
    const auto add = [&](std::string id, std::string words, std::string unit, double value) {
        if (std::isfinite(value)) known.push_back({std::move(id), std::move(words), std::move(unit), value});
    };
    if (snapshot.n_parameters == 0) return known;
    const std::string nats = core::tr_later("nats per token");
    if (!snapshot.valid_loss_nats.empty())
        add("whole_nats", core::tr_later("Held-out loss"), nats, snapshot.whole_nats);
    add("bigram_nats", core::tr_later("Baseline: bigram, the last token decides"), nats, snapshot.bigram_nats);
    if (is_measured(snapshot)) {
        add("worst_rise_nats", core::tr_later("Rise of the loss without the costliest part"), nats,
            cost(snapshot, costliest(snapshot)));
        add("heads_sum_nats", core::tr_later("Rises without each head, added up"), nats,
            sum_of(snapshot, 0, kFirstMlp));
    }
    add("n_parameters", core::tr_later("Parameters"), "", static_cast<double>(snapshot.n_parameters));
    add("tokens_seen", core::tr_later("Tokens read in training"), "",
        static_cast<double>(snapshot.tokens_per_step * snapshot.step));
    return known;
}

}  // namespace terrarium::labs::inside_attention
