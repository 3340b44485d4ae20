#include "worker/host.h"

#include <doctest/doctest.h>

#include "labs/replay.h"
#include "support/lab_fixture.h"
#include "worker/channel.h"
#include "worker/codec.h"
#include "worker/counting_lab.h"

#ifndef __EMSCRIPTEN__
#include <atomic>
#include <chrono>
#include <thread>
#endif

using namespace terrarium;
using namespace terrarium::worker;
using namespace terrarium::tests;

namespace {

/// A clock that the test moves.
double g_now_ms = 0;
double test_clock() { return g_now_ms; }
/// A clock that moves by itself with every look at it.
double moving_clock() { return g_now_ms += 1; }

StartRun counting(uint32_t run, int64_t steps) { return {run, "test.counting", {{"steps", steps}}, {}}; }

/// A host and what came out of it.
struct Bench {
    Host host{&find_counting_lab, &test_clock};
    std::vector<Event> events;

    void handle(const Command& command) { host.handle(command, events); }
    bool work(double budget_ms = 0) { return host.work(budget_ms, events); }

    template <class Message>
    std::vector<Message> take() {
        std::vector<Message> found;
        for (const Event& event : std::exchange(events, {})) {
            if (const auto* message = std::get_if<Message>(&event)) found.push_back(*message);
        }
        return found;
    }
    /// One unit after another until there is no more to do; the reports of it.
    std::vector<Progress> finish() {
        for (int i = 0; i < 10'000 && work(); ++i) {
        }
        return take<Progress>();
    }
};

/// What a page would hold after these reports: of each part what it does not have yet (labs/entry.h does the same).
std::vector<float> held(const std::vector<Progress>& reports, std::vector<float> known = {}) {
    for (const Progress& report : reports) {
        for (const Part& part : report.parts) {
            const int64_t skip = std::ssize(known) - part.from;
            if (skip < 0 || skip >= std::ssize(part.values)) continue;
            known.insert(known.end(), part.values.begin() + static_cast<ptrdiff_t>(skip), part.values.end());
        }
    }
    return known;
}

const Part& loss_of(const Progress& report) {
    REQUIRE(report.parts.size() == 1);
    return report.parts[0];
}

}  // namespace

TEST_CASE("host: a run reports its start, works to its end and says that this was the last") {
    Bench bench;
    bench.handle(counting(3, 4));
    const auto reports = bench.finish();
    REQUIRE(reports.size() >= 2);
    CHECK(reports.front().run_id == 3);
    CHECK_FALSE(reports.front().is_last);
    CHECK(reports.back().is_last);
    CHECK(reports.back().steps_done == 4);
    CHECK(held(reports) == std::vector<float>{100, 101, 102, 103});
    CHECK_FALSE(bench.work());
}

TEST_CASE("host: parts begin at the acknowledged index") {
    Bench bench;
    bench.handle(counting(1, 100));
    for (int i = 0; i < 10; ++i) bench.work();
    auto reports = bench.take<Progress>();
    REQUIRE_FALSE(reports.empty());
    bench.handle(Acknowledge{1, {{"loss", 3}}});
    g_now_ms += 150;
    bench.work();
    reports = bench.take<Progress>();
    REQUIRE(reports.size() == 1);
    CHECK(loss_of(reports[0]).from == 3);
    CHECK(loss_of(reports[0]).values.front() == 103);
    CHECK(loss_of(reports[0]).from + std::ssize(loss_of(reports[0]).values) == reports[0].steps_done);
}

TEST_CASE("host: lost, repeated and late reports lose nothing") {
    Bench bench;
    bench.handle(counting(1, 60));
    std::vector<float> page;
    std::vector<Progress> seen;
    bool is_last_there = false;
    for (int round = 0; round < 400 && !is_last_there; ++round) {
        bench.work();
        g_now_ms += 700;  // long enough that unanswered reports come again
        for (const Progress& report : bench.take<Progress>()) {
            seen.push_back(report);
            if (round % 3 == 0) continue;                               // lost
            page = held({report, report}, page);                        // repeated
            if (seen.size() > 2) page = held({seen[0], report}, page);  // an old one comes late
            is_last_there = report.is_last;
            bench.handle(Acknowledge{1, {{"loss", std::ssize(page)}}});
        }
    }
    CHECK(is_last_there);
    REQUIRE(page.size() == 60);
    for (size_t i = 0; i < page.size(); ++i) CHECK(page[i] == 100 + static_cast<float>(i));
}

TEST_CASE("host: an acknowledgement of more than there is starts the series again") {
    Bench bench;
    bench.handle(counting(1, 5));
    for (const int64_t wrong : {int64_t{99}, int64_t{-1}}) {
        bench.handle(Acknowledge{1, {{"loss", wrong}}});
        bench.handle(Control{1, ControlKind::Pause});
        bench.work();
        const auto reports = bench.take<Progress>();
        REQUIRE(reports.size() == 1);
        CHECK(loss_of(reports[0]).from == 0);
    }
}

TEST_CASE("host: while nobody answers it does not flood, and sends again after two seconds") {
    Bench bench;
    bench.handle(counting(1, 100'000));
    bench.work();
    bench.take<Progress>();
    for (int i = 0; i < 15; ++i) {
        g_now_ms += 100;
        bench.work();
    }
    CHECK(bench.take<Progress>().empty());
    g_now_ms += 600;
    bench.work();
    CHECK(bench.take<Progress>().size() == 1);
}

TEST_CASE("host: pause stops at once, resume goes on, step does exactly one optimiser step") {
    Bench bench;
    bench.handle(counting(1, 50));
    for (int i = 0; i < 7; ++i) bench.work();  // in the middle of a step
    bench.handle(Control{1, ControlKind::Pause});
    CHECK_FALSE(bench.work(1000));
    auto reports = bench.take<Progress>();
    CHECK(reports.back().is_paused);
    CHECK(reports.back().steps_done == 3);
    CHECK_FALSE(bench.work(1000));

    bench.handle(Control{1, ControlKind::Step});
    while (bench.work()) {
    }
    reports = bench.take<Progress>();
    CHECK(reports.back().steps_done == 4);
    CHECK(reports.back().is_paused);

    bench.handle(Control{1, ControlKind::Resume});
    reports = bench.finish();
    CHECK(reports.back().steps_done == 50);
    CHECK(reports.back().is_last);
}

TEST_CASE("host: a set takes effect at the next boundary and is logged with its step") {
    Bench bench;
    bench.handle(counting(1, 6));
    for (int i = 0; i < 5; ++i) bench.work();  // two steps and a half
    bench.handle(Set{1, "rate", 2});
    const auto reports = bench.finish();
    REQUIRE(reports.back().actions.size() == 1);
    CHECK(reports.back().actions[0].step == 3);
    CHECK(reports.back().actions[0].name == "rate");
    CHECK(reports.back().actions[0].value == json(2));
    CHECK(held(reports) == std::vector<float>{100, 101, 102, 203, 204, 205});
}

TEST_CASE("host: a set that the lab refuses is not logged") {
    Bench bench;
    bench.handle(counting(1, 3));
    bench.handle(Set{1, "rate", "fast"});
    bench.handle(Set{1, "unknown", 1});
    CHECK(bench.finish().back().actions.empty());
}

TEST_CASE("host: stop ends the run at a boundary, also while it is paused") {
    Bench bench;
    bench.handle(counting(1, 50));
    for (int i = 0; i < 4; ++i) bench.work();
    bench.handle(Control{1, ControlKind::Pause});
    bench.handle(Set{1, "stop", nullptr});
    bench.work();
    const auto reports = bench.take<Progress>();
    CHECK(reports.back().is_last);
    CHECK(reports.back().steps_done == 2);
    REQUIRE(reports.back().actions.size() == 1);
    CHECK(reports.back().actions[0].name == "stop");
    CHECK_FALSE(bench.work());
}

TEST_CASE("host: what is set while a run rests in the middle of a step still takes effect") {
    Bench bench;
    bench.handle(counting(1, 50));
    for (int i = 0; i < 5; ++i) bench.work();  // two steps and a half
    bench.handle(Control{1, ControlKind::Pause});
    bench.work();
    bench.take<Progress>();
    SUBCASE("stop") {
        bench.handle(Set{1, "stop", nullptr});
        for (int i = 0; i < 5; ++i) bench.work();
        const auto reports = bench.take<Progress>();
        REQUIRE_FALSE(reports.empty());
        CHECK(reports.back().is_last);
    }
    SUBCASE("a value") {
        bench.handle(Set{1, "rate", 3});
        for (int i = 0; i < 5; ++i) bench.work();
        const auto reports = bench.take<Progress>();
        REQUIRE_FALSE(reports.empty());
        CHECK(reports.back().actions.size() == 1);
        CHECK(reports.back().is_paused);
    }
}

TEST_CASE("host: a replay does each action at its step and ends where the run ended") {
    Bench bench;
    StartRun start = counting(1, 50);
    start.actions = {{2, "rate", 3}, {4, "rate", 5}};
    start.until_step = 6;
    const auto coded = decode_command(encode(Command(start)));  // as it comes to a worker
    REQUIRE(coded);
    bench.handle(*coded);
    const auto reports = bench.finish();
    CHECK(held(reports) == std::vector<float>{100, 101, 302, 303, 504, 505});
    CHECK(reports.back().is_last);
    CHECK(reports.back().actions.size() == 2);
    CHECK_FALSE(bench.work());

    start.run_id = 2;
    start.actions = {{1, "colour", 3}};  // which this lab does not have
    bench.handle(start);
    while (bench.work()) {
    }
    CHECK(bench.take<RunFailed>().size() == 1);
}

TEST_CASE("host: questions are answered at once, between units, also paused and after the end") {
    Bench bench;
    bench.handle(counting(1, 4));
    for (int i = 0; i < 3; ++i) bench.work();
    bench.handle(Question{1, "look", "where"});
    auto answers = bench.take<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].kind == "look");
    CHECK(answers[0].answer == json{{"step", 1}, {"question", "where"}});
    bench.finish();
    bench.handle(Question{1, "look", "again"});
    answers = bench.take<Answer>();
    REQUIRE(answers.size() == 1);
    CHECK(answers[0].answer["step"] == 4);
}

TEST_CASE("host: words for an older run are dropped") {
    Bench bench;
    bench.handle(counting(1, 50));
    bench.work();
    bench.handle(counting(2, 50));
    bench.take<Progress>();
    bench.handle(Set{1, "stop", nullptr});
    bench.handle(Control{1, ControlKind::Pause});
    bench.handle(Question{1, "look", "late"});
    bench.handle(Acknowledge{1, {{"loss", 40}}});
    CHECK(bench.events.empty());
    const auto reports = bench.finish();
    CHECK(reports.back().run_id == 2);
    CHECK(reports.back().steps_done == 50);
    CHECK(reports.back().actions.empty());
    CHECK(held(reports).size() == 50);
}

TEST_CASE("host: a new start forgets everything of the run before it") {
    Bench bench;
    bench.handle(counting(1, 50));
    bench.handle(Set{1, "rate", 9});
    for (int i = 0; i < 21; ++i) bench.work();
    bench.handle(Set{1, "rate", 8});  // still waiting for its boundary
    bench.handle(Control{1, ControlKind::Pause});
    bench.handle(counting(2, 3));
    bench.take<Progress>();
    const auto reports = bench.finish();
    CHECK(held(reports) == std::vector<float>{100, 101, 102});
    CHECK(reports.back().actions.empty());
}

TEST_CASE("host: an unknown lab and a bad config give a sentence, not a crash") {
    Bench bench;
    bench.handle(StartRun{1, "m9.nothing", json::object(), {}});
    auto failures = bench.take<RunFailed>();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].run_id == 1);
    CHECK(failures[0].what.english().find("m9.nothing") != std::string::npos);
    CHECK(failures[0].what.english().ends_with("."));
    CHECK_FALSE(bench.work());

    bench.handle(counting(2, -1));
    failures = bench.take<RunFailed>();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].what.english() == "There are no negative steps. Take a number from 0 on.");

    bench.handle(StartRun{3, "test.counting", {{"steps", "many"}}, {}});
    failures = bench.take<RunFailed>();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].run_id == 3);
    CHECK_FALSE(bench.work());
    bench.handle(Question{3, "look", 1});
    CHECK(bench.events.empty());

    bench.handle(counting(4, 2));  // and the host is as good as new
    CHECK(bench.finish().back().is_last);
}

TEST_CASE("host: a fault while answering ends the run with a sentence") {
    Bench bench;
    bench.handle(counting(1, 5));
    bench.handle(Question{1, "look", "break"});
    const auto failures = bench.take<RunFailed>();
    REQUIRE(failures.size() == 1);
    CHECK(failures[0].what.english().find("the answer broke") != std::string::npos);
    CHECK_FALSE(bench.work());
}

TEST_CASE("host: before any start it is idle and deaf") {
    Bench bench;
    CHECK_FALSE(bench.work(1000));
    bench.handle(Control{0, ControlKind::Resume});
    bench.handle(Question{0, "look", 1});
    CHECK(bench.events.empty());
}

TEST_CASE("host: a real run gives the same bits whatever the slices are, with pauses too") {
    const labs::Content content = lab_content();
    const labs::Artefacts corpora = lab_corpora(content, 4000);
    const json config = lab_config(
        content, {{"n_layers", 1}, {"width", 8}, {"n_heads", 1}, {"context", 8}, {"batch_size", 2}, {"max_steps", 30}});
    const auto evidence_of = [&](double budget_ms, bool pauses, Clock clock) {
        Host host([](std::string_view id) { return labs::find_lab(id); }, clock);
        std::vector<Event> events;
        host.handle(StartRun{1, std::string(kPretraining), config, corpora}, events);
        std::vector<float> losses;
        const auto take = [&] {
            for (const Event& event : std::exchange(events, {})) {
                const auto* report = std::get_if<Progress>(&event);
                if (report == nullptr) continue;
                for (const Part& part : report->parts) {
                    if (part.name == "train_loss_nats") {
                        losses.resize(static_cast<size_t>(part.from));
                        losses.insert(losses.end(), part.values.begin(), part.values.end());
                    }
                }
                host.handle(Acknowledge{1, {{"train_loss_nats", std::ssize(losses)}}}, events);
            }
        };
        for (int i = 0; i < 100'000; ++i) {
            if (pauses && i % 7 == 3) {
                host.handle(Control{1, i % 2 == 0 ? ControlKind::Pause : ControlKind::Step}, events);
                while (host.work(budget_ms, events)) {
                }
                host.handle(Control{1, ControlKind::Resume}, events);
            }
            if (!host.work(budget_ms, events)) break;
            take();
        }
        take();
        CHECK(losses.size() == 30);
        return labs::evidence({{"train_loss_nats", losses}});
    };
    const std::string unit_by_unit = evidence_of(0, false, &test_clock);
    CHECK(evidence_of(1000, false, &test_clock) == unit_by_unit);
    CHECK(evidence_of(5, true, &moving_clock) == unit_by_unit);
    CHECK(evidence_of(0, true, &test_clock) == unit_by_unit);
}

TEST_CASE("host: a command after the end may take units of its own; the run stays over, and the next command waits") {
    Bench bench;
    bench.handle(counting(1, 2));
    while (bench.work(1000)) {
    }
    bench.events.clear();
    bench.handle(Set{1, "slow", 3});
    bench.handle(Set{1, "rate", 5});
    int n_calls = 1;
    while (bench.work(0)) ++n_calls;
    CHECK(n_calls >= 3);
    const auto reports = bench.take<Progress>();
    REQUIRE_FALSE(reports.empty());
    for (const Progress& report : reports) CHECK(report.is_last);
    REQUIRE(reports.front().actions.size() == 1);
    CHECK(reports.back().actions.size() == 2);
    CHECK(reports.back().steps_done == 2);
    CHECK_FALSE(bench.work(0));

    // A replay does the same at the same places.
    Bench again;
    StartRun replay = counting(2, 2);
    replay.actions = reports.back().actions;
    replay.until_step = 2;
    again.handle(replay);
    while (again.work(1000)) {
    }
    const auto replayed = again.take<Progress>();
    REQUIRE_FALSE(replayed.empty());
    CHECK(replayed.back().is_last);
    CHECK(replayed.back().actions.size() == 2);
    CHECK(replayed.back().snapshot == reports.back().snapshot);
}

TEST_CASE("channel: the inline channel works while it is asked") {
    const auto channel = make_inline_channel(&find_counting_lab, &moving_clock, 5);
    channel->send(counting(1, 20));
    std::vector<Progress> reports;
    for (int i = 0; i < 1000 && (reports.empty() || !reports.back().is_last); ++i) {
        for (const Event& event : channel->poll()) {
            if (const auto* report = std::get_if<Progress>(&event)) reports.push_back(*report);
        }
    }
    REQUIRE_FALSE(reports.empty());
    CHECK(reports.back().is_last);
    CHECK(held(reports).size() == 20);
}

#ifndef __EMSCRIPTEN__
TEST_CASE("channel: a native thread runs the same, wakes the page, and ends when it is let go") {
    static std::atomic<int> n_wakes = 0;
    n_wakes = 0;
    const auto clock = +[] {
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
    };
    auto channel = make_thread_channel(&find_counting_lab, clock, +[] { ++n_wakes; });
    channel->send(counting(1, 20));
    std::vector<Progress> reports;
    for (int i = 0; i < 2000 && (reports.empty() || !reports.back().is_last); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        for (const Event& event : channel->poll()) {
            if (const auto* report = std::get_if<Progress>(&event)) reports.push_back(*report);
        }
    }
    REQUIRE_FALSE(reports.empty());
    CHECK(reports.back().is_last);
    CHECK(held(reports).size() == 20);
    CHECK(n_wakes > 0);
    channel->send(counting(2, 1'000'000'000));  // still busy when it is let go
    channel.reset();
}
#endif
