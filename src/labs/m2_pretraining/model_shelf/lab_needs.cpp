// Six needs, and which models fit them: the search that every choice is checked against.

#include <algorithm>
#include <cmath>

#include "core/support/check.h"
#include "core/support/rng.h"
#include "labs/m2_pretraining/model_shelf/lab.h"

namespace terrarium::labs::model_shelf {
namespace {

/// A need as it is written; the limits are drawn around one of its models.
struct Plan {
    const char* id;
    Task task;
    bool is_commercial;
    int64_t n_users;
    bool trains_on_answers;
    std::vector<const char*> models;  ///< each allowed; chance decides which one the limits fit
};

const std::vector<Plan>& plans() {
    static const std::vector<Plan> kPlans = {
        // An old machine: little memory, and many people use it.
        {"ticket_machine", Task::Continue, true, 60'000, false, {"pairs", "scribe_s"}},
        // A library that earns nothing and wants the best.
        {"reading_room", Task::Continue, false, 800, false, {"scribe_m", "scribe_l"}},
        // The same, on a device with little memory: the eight-bit copy.
        {"pocket_diary", Task::Continue, false, 2'000, false, {"scribe_m8"}},
        // Answers become labels for another model.
        {"post_room", Task::Sort, true, 20'000, true, {"letters"}},
        // So many users that the best reader may not be used, and it is a business.
        {"gate_camera", Task::Glyph, true, 200'000, false, {"stamps"}},
        // A school: few users, no business.
        {"school_robot", Task::Glyph, false, 300, false, {"points", "net"}}};
    return kPlans;
}

/// The next round number that is not smaller: two digits.
double round_up(double x) {
    double unit = 1;
    while (x / unit >= 100) unit *= 10;
    while (x / unit < 10) unit /= 10;
    return std::ceil(x / unit - 1e-9) * unit;
}

bool beats(const Card& a, const Card& b) {
    const bool is_no_worse =
        a.accuracy >= b.accuracy && a.memory_bytes <= b.memory_bytes && a.latency_ms <= b.latency_ms;
    return is_no_worse && (a.accuracy > b.accuracy || a.memory_bytes < b.memory_bytes || a.latency_ms < b.latency_ms);
}

}  // namespace

bool allows(Licence licence, const Need& need) {
    switch (licence) {
        case Licence::NoTrade:
            return !need.is_commercial;
        case Licence::FewUsers:
            return need.n_users <= kFewUsers;
        case Licence::NoTraining:
            return !need.trains_on_answers;
        case Licence::Free:
        case Licence::Credit:
            break;
    }
    return true;
}

Misfit misfit(const Card& card, const Need& need) {
    return {.task = card.task != need.task,
            .licence = !allows(card.licence, need),
            .memory = card.memory_bytes > need.max_memory_bytes,
            .latency = card.latency_ms > need.max_latency_ms,
            .accuracy = card.accuracy < need.min_accuracy};
}

std::vector<const Card*> fitting(const Snapshot& snapshot, const Need& need) {
    std::vector<const Card*> found;
    for (const Card& card : snapshot.cards) {
        if (card.is_ready && !misfit(card, need).any()) found.push_back(&card);
    }
    return found;
}

const Card* dominating(const Snapshot& snapshot, const Need& need, const Card& card) {
    for (const Card* other : fitting(snapshot, need)) {
        if (beats(*other, card)) return other;
    }
    return nullptr;
}

bool is_on_front(const Snapshot& snapshot, const Card& card) {
    return std::none_of(snapshot.cards.begin(), snapshot.cards.end(), [&](const Card& other) {
        return other.is_ready && other.task == card.task && beats(other, card);
    });
}

std::vector<Need> make_needs(const std::vector<Card>& cards, int64_t seed) {
    std::vector<Need> needs;
    const core::Rng rng = core::Rng(static_cast<uint64_t>(seed)).fork("needs");
    for (const Plan& plan : plans()) {
        core::Rng chance = rng.fork(plan.id);
        const char* const wanted = plan.models[chance.below(static_cast<uint32_t>(plan.models.size()))];
        const auto model = std::find_if(cards.begin(), cards.end(), [&](const Card& c) { return c.id == wanted; });
        TERRARIUM_CHECK(model != cards.end(), "A need is planned around a model that is not on the shelf.");
        Need need{.id = plan.id,
                  .task = plan.task,
                  .is_commercial = plan.is_commercial,
                  .n_users = plan.n_users,
                  .trains_on_answers = plan.trains_on_answers};
        need.max_memory_bytes =
            static_cast<int64_t>(round_up(static_cast<double>(model->memory_bytes) * (1.05 + 0.3 * chance.uniform())));
        need.max_latency_ms = round_up(model->latency_ms * (1.05 + 0.3 * chance.uniform()));
        need.min_accuracy = std::floor((model->accuracy - 0.005 - 0.015 * chance.uniform()) * 100) / 100;
        needs.push_back(std::move(need));
    }
    return needs;
}

// ---- challenge -----------------------------------------------------------------------------------------------------

Verdict check(const Snapshot& snapshot, const Goal& goal) {
    int64_t n_fit = 0, n_best = 0, n_chosen = 0;
    for (const Need& need : snapshot.needs) {
        const Card* const card = need.chosen.empty() ? nullptr : snapshot.card(need.chosen);
        if (card == nullptr) continue;
        ++n_chosen;
        if (misfit(*card, need).any()) continue;
        ++n_fit;
        if (dominating(snapshot, need, *card) == nullptr) ++n_best;
    }
    const auto count = [](int64_t n) { return Message("{0}", {std::to_string(n)}); };
    const auto share = [&](int64_t n) {
        return goal.min_good_choices > 0
                   ? std::min(1.0, static_cast<double>(n) / static_cast<double>(goal.min_good_choices))
                   : 1.0;
    };
    const Message need = Message("{0} of {1}", {std::to_string(goal.min_good_choices), "6"});
    Verdict verdict;
    verdict.conditions = {{"fits", n_fit >= goal.min_good_choices, count(n_fit), need, share(n_fit)},
                          {"not_beaten", n_best >= goal.min_good_choices, count(n_best), need, share(n_best)}};
    verdict.passed = snapshot.status == Status::Done && n_best >= goal.min_good_choices && goal.min_good_choices > 0;
    if (snapshot.status == Status::Idle) {
        verdict.reason = Message("Make the models first.");
    } else if (snapshot.status != Status::Done) {
        verdict.reason = Message("The shelf is not complete yet: the needs appear when all models are made.");
    } else if (n_chosen < goal.min_good_choices) {
        verdict.reason = Message("Choose a model for every need.");
    } else if (n_fit < goal.min_good_choices) {
        verdict.reason = Message(
            "At least one choice breaks a hard limit. Check kind, licence, memory, time and share of right answers.");
    } else if (!verdict.passed) {
        verdict.reason = Message(
            "All choices fit, but for at least one need another model is no worse in anything and better in "
            "something.");
    } else {
        verdict.reason = Message("All six fit, and no model on the shelf would be the plainly better choice.");
    }
    return verdict;
}

}  // namespace terrarium::labs::model_shelf
