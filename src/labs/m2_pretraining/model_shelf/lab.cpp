#include "labs/m2_pretraining/model_shelf/lab.h"

#include <array>

#include "core/io/fields.h"
#include "core/support/math.h"
#include "labs/m2_pretraining/model_shelf/makers.h"

namespace terrarium::labs::model_shelf {
namespace {

using core::Error;
using core::Result;

constexpr std::array<const char*, 3> kTexts = {"corpus:harbour", "corpus:kitchen", "corpus:workshop"};
constexpr size_t kMinText = 2000;

}  // namespace

void Tally::add(std::span<const double> probabilities, int32_t right) {
    const auto best = std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin();
    add(best == right);
    surprise_nats -= core::log(std::max(probabilities[static_cast<size_t>(right)], 1e-12));
}

void Tally::write_to(Card& card, bool has_loss) const {
    card.accuracy = static_cast<double>(n_right) / static_cast<double>(n);
    card.loss_nats = has_loss ? surprise_nats / static_cast<double>(n) : -1;
}

const Card* Snapshot::card(const std::string& id) const {
    for (const Card& one : cards) {
        if (one.id == id) return &one;
    }
    return nullptr;
}

double latency_ms(const Card& card, const Device& device) {
    const double arithmetic = card.operations / device.operations_per_s, reading = card.bytes_read / device.bytes_per_s;
    return device.overhead_ms + 1000.0 * std::max(arithmetic, reading);
}

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    const Limit& steps = content.limit("max_steps");
    config.max_steps = static_cast<int32_t>(fields.int_in_or("max_steps", static_cast<int64_t>(steps.min),
                                                             static_cast<int64_t>(steps.max), config.max_steps));
    const Limit& seed = content.limit("seed");
    config.seed = fields.int_in_or("seed", static_cast<int64_t>(seed.min), static_cast<int64_t>(seed.max), config.seed);
}

std::vector<std::string> artefacts_of(const Config&) { return {kTexts.begin(), kTexts.end()}; }

Shelf make_shelf(const Config& config, const Artefacts& artefacts) {
    std::vector<std::string> texts;
    for (const char* name : kTexts) texts.push_back(artefacts.at(name));
    Shelf shelf;
    put_writers(shelf, config, texts[0]);
    put_sorters(shelf, config, texts);
    put_glyph_readers(shelf, config);
    return shelf;
}

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts& artefacts) {
    for (const char* name : kTexts) {
        const auto text = artefacts.find(name);
        if (text == artefacts.end() || text->second.size() < kMinText) {
            return Error{"text.missing", "", "A text that the models learn from is not here.",
                         "Load the page again, so that it can be fetched."};
        }
    }
    auto job = std::unique_ptr<Job>(new Job(config));
    Shelf shelf = make_shelf(config, artefacts);
    job->snapshot_.cards = std::move(shelf.cards);
    job->makers_ = std::move(shelf.makers);
    for (const auto& maker : job->makers_) job->snapshot_.all_steps += maker->units();
    job->snapshot_.status = Status::Running;
    job->snapshot_.making = job->snapshot_.cards.front().id;
    return job;
}

bool Job::step() {
    if (snapshot_.status != Status::Running) return false;
    double operations = 0;
    const bool goes_on = makers_[making_]->step(snapshot_.cards[making_], snapshot_.losses, operations);
    if (operations > 0) snapshot_.operations_per_step = operations;
    ++snapshot_.step;
    if (!goes_on) finish_card();
    return snapshot_.status == Status::Running;
}

void Job::finish_card() {
    Card& card = snapshot_.cards[making_];
    card.latency_ms = latency_ms(card, Device{});
    card.is_ready = true;
    makers_[making_].reset();
    if (++making_ < makers_.size()) {
        snapshot_.making = snapshot_.cards[making_].id;
        return;
    }
    snapshot_.making.clear();
    for (const Card& one : snapshot_.cards) snapshot_.losses.push_back(static_cast<float>(one.accuracy));
    snapshot_.needs = make_needs(snapshot_.cards, config_.seed);
    snapshot_.status = Status::Done;
}

Result<bool> Job::set(const std::string& name, const json& value) {
    if (name == "stop" && snapshot_.status == Status::Running) {
        snapshot_.status = Status::Stopped;
        return true;
    }
    if (name == "own_operations_per_s" && value.is_number()) {
        const double speed = value.get<double>();
        if (!(speed >= 1e3 && speed <= 1e15)) {
            return Error{"range", "own_operations_per_s", "This is no speed that a device can have.", ""};
        }
        snapshot_.own_operations_per_s = speed;
        for (Card& card : snapshot_.cards) {
            if (card.is_ready) card.own_latency_ms = 1000.0 * card.operations / speed;
        }
        return true;
    }
    if (name == "choose" && value.is_object() && value.contains("need") && value["need"].is_string() &&
        value.contains("card") && value["card"].is_string()) {
        const std::string need_id = value["need"].get<std::string>(), card_id = value["card"].get<std::string>();
        for (Need& need : snapshot_.needs) {
            if (need.id != need_id) continue;
            if (!card_id.empty() && snapshot_.card(card_id) == nullptr) break;
            need.chosen = card_id;
            return true;
        }
        return Error{"unknown", "choose", "There is no such need or no such model on the shelf.",
                     "Make the models first, then choose one that is shown."};
    }
    return Error{"unknown", Message("{0}", {name}), "This cannot be changed in mid-run.",
                 "Stop, change it, and make the models again."};
}

Verdict Job::check(const Goal& goal) const { return model_shelf::check(snapshot_, goal); }

}  // namespace terrarium::labs::model_shelf
