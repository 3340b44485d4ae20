// "The shelf of models": thirteen small models are made, here and now, and six needs each want one of them.
// The lesson: a choice begins with what a need excludes (kind of input, licence, memory, time), and ends with the best
// of what is left. The largest, the best and the fastest model are each the wrong habit. No UI in this file.
//
// What is measured: every model answers the same questions that it has not learned from. What is counted: the numbers
// that it holds and the arithmetic and bytes of one answer. Time is worked out from these for a reference device, never
// taken from a clock, so that everybody decides on the same figures.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::core::io {
class Fields;
}

namespace terrarium::labs::model_shelf {

/// What kind of question a model answers; its modality.
enum class Task { Continue, Sort, Glyph };
NLOHMANN_JSON_SERIALIZE_ENUM(Task, {{Task::Continue, "continue"}, {Task::Sort, "sort"}, {Task::Glyph, "glyph"}})

/// What a model's owner allows. The licences are made up; each is a kind that exists.
enum class Licence {
    Free,        ///< any use
    Credit,      ///< any use that names the author
    NoTrade,     ///< no commercial use
    FewUsers,    ///< any use, but at most kFewUsers users
    NoTraining,  ///< any use, but its answers may not train other models
};
NLOHMANN_JSON_SERIALIZE_ENUM(Licence, {{Licence::Free, "free"},
                                       {Licence::Credit, "credit"},
                                       {Licence::NoTrade, "no_trade"},
                                       {Licence::FewUsers, "few_users"},
                                       {Licence::NoTraining, "no_training"}})
inline constexpr int64_t kFewUsers = 10'000;

/// The device that times are worked out for: a small board, such as sits in a ticket machine.
struct Device {
    double operations_per_s = 50e6;
    double bytes_per_s = 50e6;
    double overhead_ms = 0.02;  ///< of each answer, whatever the model
};

struct Config {
    int32_t max_steps = 1000;  ///< optimiser steps of each network
    int64_t seed = 7;          ///< decides the weights, the glyphs and the limits of the six needs
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Config, max_steps, seed)

/// The card of one model on the shelf.
struct Card {
    std::string id;
    Task task = Task::Continue;
    Licence licence = Licence::Free;
    bool is_ready = false;       ///< made and measured
    int64_t n_numbers = 0;       ///< learned or counted numbers
    int64_t memory_bytes = 0;    ///< to hold them
    double operations = 0;       ///< of one answer
    double bytes_read = 0;       ///< of one answer
    double accuracy = 0;         ///< share of right answers, 0..1, on questions that it has not learned from
    double loss_nats = -1;       ///< mean surprise per answer; -1 for a model without probabilities
    double latency_ms = 0;       ///< of one answer, on the reference device
    double own_latency_ms = -1;  ///< on this device, by its measured speed; -1 while that is not known
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Card, id, task, licence, is_ready, n_numbers, memory_bytes, operations, bytes_read,
                                   accuracy, loss_nats, latency_ms, own_latency_ms)

/// Somebody's need, with its hard limits.
struct Need {
    std::string id;
    Task task = Task::Continue;
    bool is_commercial = false;
    int64_t n_users = 0;
    bool trains_on_answers = false;
    int64_t max_memory_bytes = 0;
    double max_latency_ms = 0;
    double min_accuracy = 0;
    std::string chosen;  ///< the card that the learner chose; empty
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Need, id, task, is_commercial, n_users, trains_on_answers, max_memory_bytes,
                                   max_latency_ms, min_accuracy, chosen)

/// Why a model does not fit a need. Several may hold.
struct Misfit {
    bool task = false, licence = false, memory = false, latency = false, accuracy = false;
    [[nodiscard]] bool any() const { return task || licence || memory || latency || accuracy; }
};

struct Snapshot {
    Status status = Status::Idle;
    int64_t step = 0;       ///< units of work done
    int64_t all_steps = 0;  ///< units of the whole run
    std::string making;     ///< the card that is being made
    std::vector<Card> cards;
    std::vector<Need> needs;          ///< filled when all cards are ready
    double operations_per_step = 0;   ///< arithmetic of the last training step, for measuring this device
    double own_operations_per_s = 0;  ///< 0: not measured

    std::vector<float> losses;  ///< of every training step, model after model; then the accuracy of each card

    std::vector<float>* series(const std::string& name) { return name == "losses" ? &losses : nullptr; }
    std::vector<Series> all_series() const { return {{"losses", losses}}; }
    void take_series_from(Snapshot& other) { losses = std::move(other.losses); }

    const Card* card(const std::string& id) const;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Snapshot, status, step, all_steps, making, cards, needs, operations_per_step,
                                   own_operations_per_s)

struct Goal {
    int64_t min_good_choices = 0;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Goal, min_good_choices)

/// Makes one model, in small units, and fills its card (lab_models.cpp).
class Maker {
public:
    virtual ~Maker() = default;
    /// One unit; false when the card is filled. Appends the loss of a training step to `losses`, and adds its
    /// arithmetic.
    virtual bool step(Card& card, std::vector<float>& losses, double& operations) = 0;
    virtual int64_t units() const = 0;  ///< in all
};

class Job {
public:
    using Config = model_shelf::Config;
    using Snapshot = model_shelf::Snapshot;
    using Goal = model_shelf::Goal;

    /// Needs the three built-in texts.
    static core::Result<std::unique_ptr<Job>> create(const Config& config, const Artefacts& artefacts);

    bool step();
    bool at_boundary() const { return true; }
    const Snapshot& snapshot() const { return snapshot_; }
    std::vector<Series> series() const { return snapshot_.all_series(); }

    /// "choose" {need, card}: card "" takes the choice back. "own_operations_per_s" number. "stop".
    core::Result<bool> set(const std::string& name, const json& value);
    json answer(const json&) { return json::object(); }
    Verdict check(const Goal& goal) const;

private:
    explicit Job(const Config& config) : config_(config) {}
    void finish_card();

    Config config_;
    Snapshot snapshot_;
    std::vector<std::unique_ptr<Maker>> makers_;  ///< by card
    size_t making_ = 0;
};

/// One maker per card, in the order of the shelf, and the cards as far as they are known beforehand.
struct Shelf {
    std::vector<Card> cards;
    std::vector<std::unique_ptr<Maker>> makers;
};
Shelf make_shelf(const Config& config, const Artefacts& artefacts);

/// Time of one answer: overhead and whichever takes longer, the arithmetic or the reading of the numbers.
double latency_ms(const Card& card, const Device& device);

bool allows(Licence licence, const Need& need);
Misfit misfit(const Card& card, const Need& need);
/// All cards that fit, by exhaustive search.
std::vector<const Card*> fitting(const Snapshot& snapshot, const Need& need);
/// No model for the same kind of question is at least as accurate, small and fast, and better in one of the three.
bool is_on_front(const Snapshot& snapshot, const Card& card);
/// The first fitting card that is at least as accurate, small and fast as `card`, and better in one of the three.
const Card* dominating(const Snapshot& snapshot, const Need& need, const Card& card);
/// The six needs, with limits around a model of this shelf that satisfies them.
std::vector<Need> make_needs(const std::vector<Card>& cards, int64_t seed);

void read_config(core::io::Fields& fields, const Content& content, Config& config);
std::vector<std::string> artefacts_of(const Config& config);
Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot);
std::map<std::string, double> quantities(const Snapshot& snapshot);
std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot);
Verdict check(const Snapshot& snapshot, const Goal& goal);

extern const LabEntry entry;  ///< defined in view.cpp, listed in labs/registry.cpp

}  // namespace terrarium::labs::model_shelf
