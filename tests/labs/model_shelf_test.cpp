#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "labs/m2_pretraining/model_shelf/lab.h"
#include "labs/m2_pretraining/model_shelf/makers.h"
#include "labs/replay.h"
#include "support/challenge_record.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs::model_shelf;
using terrarium::labs::Artefacts;
using terrarium::labs::Status;
using terrarium::tests::json;

namespace {

constexpr std::string_view kLab = "m2.model_shelf";

Artefacts texts(size_t max_bytes = 1'000'000) { return tests::lab_corpora(tests::lab_content(kLab), max_bytes); }

Config quick(int64_t seed = 7) { return {.max_steps = 20, .seed = seed}; }

std::unique_ptr<Job> job_of(const Config& config, size_t max_bytes = 1'000'000) {
    auto job = Job::create(config, texts(max_bytes));
    if (!job) FAIL(job.error().message.english());
    return std::move(job).value();
}

const Snapshot& full(Job& job) {
    while (job.step()) {
    }
    return job.snapshot();
}

/// `./lab test --full` asks for the page's own settings and for all seeds; they take minutes under the sanitizers.
using tests::is_full;

/// One shelf, made once for all cases that look at it: as on the page, or with fewer training steps.
Job& shelf_job() {
    static const std::unique_ptr<Job> kJob = [] {
        Config config;
        if (!is_full()) config.max_steps = 300;
        auto job = job_of(config);
        full(*job);
        return job;
    }();
    return *kJob;
}
const Snapshot& shelf() { return shelf_job().snapshot(); }

using Choose = std::function<const Card*(const Snapshot&, const Need&)>;

void choose_all(Job& job, const Choose& choose) {
    const Snapshot known = job.snapshot();
    for (const Need& need : known.needs) {
        const Card* const card = choose(known, need);
        REQUIRE(job.set("choose", {{"need", need.id}, {"card", card == nullptr ? "" : card->id}}).has_value());
    }
}

/// Reads the cards as a learner should: filter, then the most often right, then the smaller one.
const Card* honest(const Snapshot& snapshot, const Need& need) {
    const Card* best = nullptr;
    for (const Card& card : snapshot.cards) {
        if (misfit(card, need).any()) continue;
        const bool is_better = best == nullptr || card.accuracy > best->accuracy ||
                               (card.accuracy == best->accuracy && card.memory_bytes < best->memory_bytes);
        if (is_better) best = &card;
    }
    return best;
}

template <class Better>
Choose by_habit(Better better) {
    return [better](const Snapshot& snapshot, const Need& need) {
        const Card* best = nullptr;
        for (const Card& card : snapshot.cards) {
            if (card.task == need.task && (best == nullptr || better(card, *best))) best = &card;
        }
        return best;
    };
}

bool passes(Job& job, const Choose& choose) {
    choose_all(job, choose);
    return job.check({.min_good_choices = 6}).passed;
}

}  // namespace

TEST_CASE("model shelf: same config, same shelf; another seed, another one") {
    const auto first = job_of(quick()), again = job_of(quick()), other = job_of(quick(8));
    full(*first), full(*again), full(*other);
    CHECK(first->snapshot().losses == again->snapshot().losses);
    CHECK(json(first->snapshot()) == json(again->snapshot()));
    CHECK(first->snapshot().losses != other->snapshot().losses);
    CHECK(json(first->snapshot().needs) != json(other->snapshot().needs));
}

TEST_CASE("model shelf: a run knows its length, and each unit is one step") {
    const auto job = job_of(quick());
    const int64_t all = job->snapshot().all_steps;
    int64_t n = 0;
    bool goes_on = true;
    while (goes_on) {
        goes_on = job->step();
        CHECK(job->snapshot().step == ++n);
        CHECK(job->at_boundary());
    }
    CHECK(n == all);
    CHECK(job->snapshot().status == Status::Done);
    CHECK(job->snapshot().cards.size() == 13);
    CHECK(job->snapshot().needs.size() == 6);
    CHECK_FALSE(job->step());
}

TEST_CASE("model shelf: the lesson holds: counting is fast, a larger network is more often right, 8 bits cost little") {
    const Snapshot& s = shelf();
    const auto card = [&](const char* id) { return *s.card(id); };
    CHECK(card("dice").accuracy < 0.05);
    CHECK(card("dice").loss_nats > card("pairs").loss_nats);
    CHECK(card("pairs").accuracy < card("scribe_s").accuracy);
    CHECK(card("scribe_s").accuracy < card("scribe_m").accuracy);
    if (is_full()) {  // the largest one needs the whole training to be ahead
        CHECK(card("scribe_m").accuracy < card("scribe_l").accuracy);
        CHECK(card("threes").accuracy < card("scribe_l").accuracy);
    }
    CHECK(card("threes").latency_ms < card("scribe_s").latency_ms);
    CHECK(std::abs(card("scribe_m8").accuracy - card("scribe_m").accuracy) < 0.02);
    CHECK(card("scribe_m8").loss_nats == doctest::Approx(card("scribe_m").loss_nats).epsilon(0.01));
    CHECK(card("scribe_m8").memory_bytes * 5 < card("scribe_m").memory_bytes * 2);
    CHECK(card("habit").accuracy == doctest::Approx(1.0 / 3).epsilon(0.02));
    CHECK(card("letters").accuracy > 0.7);
    CHECK(card("three_pairs").accuracy > card("letters").accuracy);
    CHECK(card("stamps").accuracy > 0.4);
    CHECK(card("points").accuracy > card("stamps").accuracy);
    CHECK(card("net").accuracy > card("stamps").accuracy);
    // The most accurate model is not allowed everywhere, and no single habit is right.
    for (const Need& need : s.needs) {
        CAPTURE(need.id);
        CHECK_FALSE(fitting(s, need).empty());
        CHECK(fitting(s, need).size() < 5);
    }
}

namespace {

struct Strategy {
    const char* name;
    bool is_honest;
    Choose choose;
};

const std::vector<Strategy>& strategies() {
    static const std::vector<Strategy> kAll{
        {"filters, then takes one that no other beats", true, honest},
        {"chooses nothing", false, [](const Snapshot&, const Need&) { return nullptr; }},
        {"the most accurate model", false,
         by_habit([](const Card& a, const Card& b) { return a.accuracy > b.accuracy; })},
        {"the largest model", false,
         by_habit([](const Card& a, const Card& b) { return a.memory_bytes > b.memory_bytes; })},
        {"the smallest model", false,
         by_habit([](const Card& a, const Card& b) { return a.memory_bytes < b.memory_bytes; })},
        {"the fastest model", false,
         by_habit([](const Card& a, const Card& b) { return a.latency_ms < b.latency_ms; })},
        {"one favourite for each kind of question", false,
         [](const Snapshot& s, const Need& need) {
             return s.card(need.task == Task::Continue ? "scribe_l" : need.task == Task::Sort ? "three_pairs" : "net");
         }},
    };
    return kAll;
}

}  // namespace

TEST_CASE("model shelf: the challenge: reading the cards passes, habits fail, on many seeds") {
    const Goal goal = tests::lab_content("m2.model_shelf").challenge.goal.get<Goal>();
    for (int64_t seed = 1; seed <= tests::n_challenge_seeds(); ++seed) {
        const auto job = job_of({.max_steps = is_full() ? 1000 : 20, .seed = seed}, is_full() ? 1'000'000 : 20'000);
        full(*job);
        for (const Strategy& strategy : strategies()) {
            choose_all(*job, strategy.choose);
            tests::judge("m2.model_shelf", strategy.name, strategy.is_honest, seed, job->check(goal));
        }
    }
}

TEST_CASE("model shelf: after more training, too, the cards decide") {
    CHECK(passes(shelf_job(), honest));
    CHECK_FALSE(passes(shelf_job(), by_habit([](const Card& a, const Card& b) { return a.accuracy > b.accuracy; })));
}

TEST_CASE("model shelf: licences allow what they say") {
    Need need{.is_commercial = true, .n_users = 10'000, .trains_on_answers = false};
    CHECK(allows(Licence::Free, need));
    CHECK(allows(Licence::Credit, need));
    CHECK_FALSE(allows(Licence::NoTrade, need));
    CHECK(allows(Licence::FewUsers, need));
    CHECK(allows(Licence::NoTraining, need));
    need = {.is_commercial = false, .n_users = 10'001, .trains_on_answers = true};
    CHECK(allows(Licence::NoTrade, need));
    CHECK_FALSE(allows(Licence::FewUsers, need));
    CHECK_FALSE(allows(Licence::NoTraining, need));
}

TEST_CASE("model shelf: what fits and what is beaten, by hand") {
    const auto card = [](const char* id, int64_t memory, double ms, double accuracy) {
        return Card{.id = id, .is_ready = true, .memory_bytes = memory, .accuracy = accuracy, .latency_ms = ms};
    };
    Snapshot s;
    s.cards = {card("a", 100, 1.0, 0.5), card("b", 200, 1.0, 0.5), card("c", 200, 0.5, 0.4), card("d", 999, 9.0, 0.9)};
    s.needs = {{.id = "n", .max_memory_bytes = 200, .max_latency_ms = 1.0, .min_accuracy = 0.4}};
    const Need& need = s.needs[0];
    CHECK(fitting(s, need).size() == 3);  // at a limit still fits
    CHECK(dominating(s, need, s.cards[0]) == nullptr);
    CHECK(dominating(s, need, s.cards[1]) == &s.cards[0]);
    CHECK(dominating(s, need, s.cards[2]) == nullptr);
    CHECK(misfit(s.cards[3], need).memory);
    CHECK(misfit(s.cards[3], need).latency);
    CHECK_FALSE(misfit(s.cards[3], need).accuracy);
    CHECK(is_on_front(s, s.cards[3]));
    CHECK_FALSE(is_on_front(s, s.cards[1]));
    Need other = need;
    other.task = Task::Sort;
    CHECK(misfit(s.cards[0], other).task);
    s.status = Status::Done;
    s.needs[0].chosen = "b";
    CHECK_FALSE(check(s, {.min_good_choices = 1}).passed);
    CHECK(check(s, {.min_good_choices = 1}).conditions[0].met);
    s.needs[0].chosen = "c";
    CHECK(check(s, {.min_good_choices = 1}).passed);
    s.needs[0].chosen = "d";
    CHECK_FALSE(check(s, {.min_good_choices = 1}).conditions[0].met);
}

TEST_CASE("model shelf: time is overhead and the slower of arithmetic and reading") {
    const Device device{.operations_per_s = 1000, .bytes_per_s = 500, .overhead_ms = 2};
    CHECK(latency_ms({.operations = 10, .bytes_read = 1}, device) == doctest::Approx(12));
    CHECK(latency_ms({.operations = 10, .bytes_read = 10}, device) == doctest::Approx(22));
}

TEST_CASE("model shelf: choices, the own speed and stop; nonsense is refused with a sentence") {
    const auto job = job_of(quick(), 8000);
    REQUIRE(job->step());
    CHECK_FALSE(job->set("choose", {{"need", "post_room"}, {"card", "letters"}}).has_value());  // no needs yet
    full(*job);
    REQUIRE(job->set("choose", {{"need", "post_room"}, {"card", "letters"}}).has_value());
    CHECK(job->snapshot().needs[3].chosen == "letters");
    REQUIRE(job->set("choose", {{"need", "post_room"}, {"card", ""}}).has_value());
    CHECK(job->snapshot().needs[3].chosen.empty());
    for (const json& wrong : {json({{"need", "post_room"}, {"card", "none"}}), json({{"need", 1}, {"card", "net"}}),
                              json({{"need", "none"}, {"card", "net"}}), json("net"), json()}) {
        const auto done = job->set("choose", wrong);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().message.english().ends_with("."));
    }
    const Snapshot before = job->snapshot();
    REQUIRE(job->set("own_operations_per_s", 2e9).has_value());
    CHECK(job->snapshot().card("scribe_l")->own_latency_ms ==
          doctest::Approx(1000 * before.card("scribe_l")->operations / 2e9));
    CHECK(job->snapshot().card("scribe_l")->latency_ms == before.card("scribe_l")->latency_ms);
    for (const json& wrong : {json(0), json(-1), json("1e9"), json(std::nan("")), json(HUGE_VAL)}) {
        CHECK_FALSE(job->set("own_operations_per_s", wrong).has_value());
    }
    CHECK_FALSE(job->set("seed", 3).has_value());

    const auto stopped = job_of(quick(), 8000);
    REQUIRE(stopped->step());
    REQUIRE(stopped->set("stop", nullptr).has_value());
    CHECK(stopped->snapshot().status == Status::Stopped);
    CHECK_FALSE(stopped->step());
    CHECK_FALSE(stopped->check({.min_good_choices = 6}).passed);
    CHECK_FALSE(Job::create(quick(), {}).has_value());
}

TEST_CASE("model shelf: the predictions are answered from the shelf") {
    const Snapshot& s = shelf();
    CHECK_FALSE(outcome("int8_loss", 5, Snapshot{}).is_known());
    CHECK(outcome("int8_loss", 0, s).score > outcome("int8_loss", 20, s).score);
    double right = 0;
    for (const char* answer : {"few", "half", "most"}) right += outcome("best_is_allowed", answer, s).score;
    CHECK(right == 1);
    CHECK(quantities(s).at("memory_ratio") > 2);
    CHECK(passport_metrics(s).size() == 4);
}

TEST_CASE("model shelf: marks are what they are called, with spots") {
    core::Rng rng(1);
    const Glyphs glyphs = make_glyphs(400, rng);
    CHECK(glyphs.pixels.size() == 400 * 144);
    CHECK(glyphs.kinds[9] == 1);
    // A disc has much more ink than two posts.
    double disc = 0, posts = 0;
    for (size_t i = 0; i < 400; ++i) {
        double ink = 0;
        for (size_t p = 0; p < 144; ++p) ink += glyphs.pixels[i * 144 + p];
        if (glyphs.kinds[i] == 1) disc += ink;
        if (glyphs.kinds[i] == 6) posts += ink;
    }
    CHECK(disc > 1.3 * posts);
}
