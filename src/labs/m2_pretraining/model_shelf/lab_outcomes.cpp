// How a shelf answers the predictions, and the numbers that the questions may ask about.

#include <algorithm>
#include <cmath>

#include "labs/m2_pretraining/model_shelf/lab.h"

namespace terrarium::labs::model_shelf {
namespace {

/// In how many needs may the most accurate model for that kind of question be used at all?
int n_best_allowed(const Snapshot& snapshot) {
    int n = 0;
    for (const Need& need : snapshot.needs) {
        const Card* best = nullptr;
        for (const Card& card : snapshot.cards) {
            if (card.task == need.task && (best == nullptr || card.accuracy > best->accuracy)) best = &card;
        }
        if (best != nullptr && !misfit(*best, need).any()) ++n;
    }
    return n;
}

double int8_change(const Snapshot& snapshot) {
    const Card *eight = snapshot.card("scribe_m8"), *whole = snapshot.card("scribe_m");
    return eight == nullptr || whole == nullptr ? 0 : std::abs(eight->accuracy - whole->accuracy);
}

}  // namespace

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot) {
    if (snapshot.status == Status::Stopped)
        return {Message("The shelf was not completed, so there is no answer."), 0, {}, {}};
    if (snapshot.status != Status::Done) return {};
    if (question_id == "best_is_allowed") {
        const int n = n_best_allowed(snapshot);
        const bool is_right = (n <= 2 ? "few" : n <= 4 ? "half" : "most") == answer;
        const std::vector<std::string> values = {std::to_string(n)};
        return {is_right
                    ? Message("Your guess was right: the most accurate model fits {0} of the six needs.", values)
                    : Message("It came out differently: the most accurate model fits {0} of the six needs.", values),
                is_right ? 1.0 : 0.0,
                {},
                {}};
    }
    if (question_id == "int8_loss") {
        const double points = 100 * int8_change(snapshot);
        const double guess = answer.is_number() ? answer.get<double>() : 0;
        const double miss = std::abs(guess - points);
        return {Message("With 8 bits the share of right letters changed by {0} percentage points; your guess was {1}.",
                        {core::fixed(points, 1), core::fixed(guess, 1)}),
                std::clamp(1.0 - miss / 5.0, 0.0, 1.0),
                {},
                {}};
    }
    return {};
}

std::map<std::string, double> quantities(const Snapshot& snapshot) {
    std::map<std::string, double> known;
    if (snapshot.status != Status::Done) return known;
    const Card &large = *snapshot.card("scribe_l"), &middle = *snapshot.card("scribe_m"),
               &eight = *snapshot.card("scribe_m8"), &pairs = *snapshot.card("pairs");
    known["large_kb"] = std::round(static_cast<double>(large.memory_bytes) / 1000);
    known["middle_kb"] = std::round(static_cast<double>(middle.memory_bytes) / 1000);
    known["eight_kb"] = std::round(static_cast<double>(eight.memory_bytes) / 1000);
    known["memory_ratio"] = static_cast<double>(middle.memory_bytes) / static_cast<double>(eight.memory_bytes);
    known["large_percent"] = std::round(100 * large.accuracy);
    known["pairs_percent"] = std::round(100 * pairs.accuracy);
    return known;
}

std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
    std::vector<core::io::PassportMetric> known;
    const Card* const large = snapshot.card("scribe_l");
    if (large == nullptr || !large->is_ready) return known;
    const auto add = [&](std::string id, std::string words, std::string unit, double value) {
        if (std::isfinite(value)) known.push_back({std::move(id), std::move(words), std::move(unit), value});
    };
    add("accuracy", core::tr_later("Right next letters, largest model of the shelf"), "", large->accuracy);
    add("valid_loss_nats", core::tr_later("Validation loss, largest model of the shelf"),
        core::tr_later("nats per token"), large->loss_nats);
    add("memory_bytes", core::tr_later("Memory of the largest model"), core::tr_later("bytes"),
        static_cast<double>(large->memory_bytes));
    add("n_models", core::tr_later("Models that were made"), "",
        static_cast<double>(std::count_if(snapshot.cards.begin(), snapshot.cards.end(),
                                          [](const Card& card) { return card.is_ready; })));
    return known;
}

}  // namespace terrarium::labs::model_shelf
