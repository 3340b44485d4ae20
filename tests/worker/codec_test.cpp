#include "worker/codec.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "core/support/rng.h"

using namespace terrarium;
using namespace terrarium::worker;

namespace {

std::string all_bytes() {
    std::string bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
    return bytes;
}

template <class Message>
Message through(const Command& command) {
    const auto back = decode_command(encode(command));
    REQUIRE(back.has_value());
    REQUIRE(std::holds_alternative<Message>(*back));
    return std::get<Message>(*back);
}

template <class Message>
Message through(const Event& event) {
    const auto back = decode_event(encode(event));
    REQUIRE(back.has_value());
    REQUIRE(std::holds_alternative<Message>(*back));
    return std::get<Message>(*back);
}

std::vector<Command> some_commands() {
    return {StartRun{7,
                     "m2.pretraining",
                     {{"width", 8}, {"text", "é"}},
                     {{"corpus:a", all_bytes()}, {"empty", ""}},
                     {{2, "learning_rate", 0.5}, {int64_t{1} << 40, "stop", nullptr}},
                     int64_t{1} << 41},
            Control{7, ControlKind::Step}, Set{7, "learning_rate", 0.1}, Question{7, "look", {{"text", "a\nb"}}},
            Acknowledge{7, {{"train_loss_nats", 12}, {"valid_step", 0}}}};
}

Progress some_progress() {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float infinity = std::numeric_limits<float>::infinity();
    return {.run_id = 4'000'000'000u,
            .snapshot = {{"step", 3}, {"samples", {"a", "b"}}},
            .parts = {{"loss", 17, {0.1f, -0.0f, nan, infinity, 1e-45f}}, {"empty", 0, {}}},
            .actions = {{2, "learning_rate", 0.5}, {3, "stop", nullptr}},
            .steps_done = int64_t{1} << 40,
            .steps_per_second = 12.5,
            .is_paused = true,
            .is_last = true};
}

std::vector<Event> some_events() {
    return {Ready{"v1-abc"}, some_progress(), Answer{7, "write", {{"text", "x"}}},
            RunFailed{7, core::Message("Sentence {0}.", {"7"}).then("Next.")}};
}

}  // namespace

TEST_CASE("codec: every command survives the trip") {
    const auto commands = some_commands();
    const auto start = through<StartRun>(commands[0]);
    CHECK(start.run_id == 7);
    CHECK(start.lab_id == "m2.pretraining");
    CHECK(start.config == std::get<StartRun>(commands[0]).config);
    CHECK(start.artefacts == std::get<StartRun>(commands[0]).artefacts);
    REQUIRE(start.actions.size() == 2);
    CHECK(start.actions[0].step == 2);
    CHECK(start.actions[0].name == "learning_rate");
    CHECK(start.actions[0].value == json(0.5));
    CHECK(start.actions[1].step == int64_t{1} << 40);
    CHECK(start.actions[1].value.is_null());
    CHECK(start.until_step == int64_t{1} << 41);
    const auto plain = through<StartRun>(Command(StartRun{1, "m2.pretraining", json::object(), {}}));
    CHECK(plain.actions.empty());
    CHECK(plain.until_step == -1);
    for (const ControlKind kind : {ControlKind::Pause, ControlKind::Resume, ControlKind::Step}) {
        const auto control = through<Control>(Command(Control{9, kind}));
        CHECK(control.run_id == 9);
        CHECK(control.kind == kind);
    }
    const auto set = through<Set>(commands[2]);
    CHECK(set.name == "learning_rate");
    CHECK(set.value.get<double>() == 0.1);
    CHECK(through<Set>(Command(Set{1, "stop", nullptr})).value.is_null());
    const auto question = through<Question>(commands[3]);
    CHECK(question.kind == "look");
    CHECK(question.question == json{{"text", "a\nb"}});
    CHECK(through<Acknowledge>(commands[4]).have == std::get<Acknowledge>(commands[4]).have);
}

TEST_CASE("codec: every event survives the trip") {
    CHECK(through<Ready>(Event(Ready{"v1-abc"})).build_id == "v1-abc");
    const auto answer = through<Answer>(Event(Answer{7, "write", {{"text", "x"}}}));
    CHECK(answer.run_id == 7);
    CHECK(answer.kind == "write");
    CHECK(answer.answer == json{{"text", "x"}});
    const auto failed = through<RunFailed>(Event(RunFailed{7, core::Message("Sentence {0}.", {"7"}).then("Next.")}));
    CHECK(failed.run_id == 7);
    CHECK(failed.what.english() == "Sentence 7. Next.");
    const Progress sent = some_progress();
    const auto got = through<Progress>(Event(sent));
    CHECK(got.run_id == sent.run_id);
    CHECK(got.snapshot == sent.snapshot);
    CHECK(got.steps_done == sent.steps_done);
    CHECK(got.steps_per_second == sent.steps_per_second);
    CHECK(got.is_paused);
    CHECK(got.is_last);
    REQUIRE(got.actions.size() == 2);
    CHECK(got.actions[0].step == 2);
    CHECK(got.actions[0].name == "learning_rate");
    CHECK(got.actions[0].value == json(0.5));
    CHECK(got.actions[1].value.is_null());
}

TEST_CASE("codec: the values of a series arrive bit by bit, not a number included") {
    const auto got = through<Progress>(Event(some_progress()));
    REQUIRE(got.parts.size() == 2);
    CHECK(got.parts[0].name == "loss");
    CHECK(got.parts[0].from == 17);
    const std::vector<float>& values = got.parts[0].values;
    REQUIRE(values.size() == 5);
    CHECK(values[0] == 0.1f);
    CHECK(std::signbit(values[1]));
    CHECK(std::isnan(values[2]));
    CHECK(std::isinf(values[3]));
    CHECK(values[4] == 1e-45f);
    CHECK(got.parts[1].values.empty());
}

TEST_CASE("codec: an answer may hold bytes and text that is not UTF-8") {
    const json answer = {{"attention", json::binary({0, 1, 255})}, {"text", "\xff\xc3"}};
    CHECK(through<Answer>(Event(Answer{1, "look", answer})).answer == answer);
}

TEST_CASE("codec: a message that was cut off is no message") {
    for (const Command& command : some_commands()) {
        const auto bytes = encode(command);
        for (size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(decode_command(std::span(bytes).first(n)).has_value());
    }
    for (const Event& event : some_events()) {
        const auto bytes = encode(event);
        for (size_t n = 0; n < bytes.size(); ++n) CHECK_FALSE(decode_event(std::span(bytes).first(n)).has_value());
    }
}

TEST_CASE("codec: commands are not events, and events are not commands") {
    for (const Command& command : some_commands()) CHECK_FALSE(decode_event(encode(command)).has_value());
    for (const Event& event : some_events()) CHECK_FALSE(decode_command(encode(event)).has_value());
}

TEST_CASE("codec: random bytes decode to nothing and never crash") {
    core::Rng rng(11);
    for (int round = 0; round < 4000; ++round) {
        std::vector<uint8_t> bytes(rng.below(60));
        for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(rng.below(256));
        CHECK_FALSE(decode_command(bytes).has_value());
        CHECK_FALSE(decode_event(bytes).has_value());
    }
}

TEST_CASE("codec: a message with one changed byte is dropped or still a message, never a crash") {
    core::Rng rng(12);
    for (const Command& command : some_commands()) {
        const auto whole = encode(command);
        for (size_t at = 0; at < whole.size(); ++at) {
            auto bytes = whole;
            bytes[at] = static_cast<uint8_t>(rng.below(256));
            (void)decode_command(bytes);
        }
    }
    for (const Event& event : some_events()) {
        const auto whole = encode(event);
        for (size_t at = 0; at < whole.size(); ++at) {
            auto bytes = whole;
            bytes[at] = static_cast<uint8_t>(rng.below(256));
            (void)decode_event(bytes);
        }
    }
}

TEST_CASE("codec: valid JSON of the wrong form is no message") {
    for (const json& wrong :
         {json(), json(3), json::array(), json::object(), json{{"type", "start"}}, json{{"type", 3}, {"run", 1}},
          json{{"type", "unknown"}, {"run", 1}}, json{{"type", "set"}, {"run", "one"}, {"name", "a"}, {"value", 1}},
          json{{"type", "start"}, {"run", 1}, {"lab", "x"}, {"config", 1}, {"artefacts", {{"a", 3}}}}}) {
        CHECK_FALSE(decode_command(json::to_cbor(wrong)).has_value());
        CHECK_FALSE(decode_event(json::to_cbor(wrong)).has_value());
    }
}

TEST_CASE("codec: a message nested too deeply is dropped before anything calls itself") {
    const auto nested = [](size_t depth) {
        json value = 1;
        for (size_t i = 0; i < depth; ++i) value = json::array({std::move(value)});
        return encode(Command(Set{1, "rate", std::move(value)}));
    };
    CHECK(decode_command(nested(20)).has_value());
    CHECK_FALSE(decode_command(nested(40)).has_value());
    for (const int opening : {0x81, 0x9f, 0xa1, 0x5f, 0xc1}) {
        const std::vector<uint8_t> deep(1'000'000, static_cast<uint8_t>(opening));
        CHECK_FALSE(decode_command(deep).has_value());
        CHECK_FALSE(decode_event(deep).has_value());
    }
}
