#include "labs/replay.h"

#include <doctest/doctest.h>

#include <cmath>

#include "support/lab_fixture.h"
#include "worker/host.h"

using namespace terrarium;
using namespace terrarium::labs;
using namespace terrarium::tests;

namespace {

/// A real run whose learner changed the learning rate and named a head, with a goal that it reaches.
struct PassedRun {
    Content content = lab_content();
    Artefacts corpora = lab_corpora(content, 4000);
    json config;
    core::io::ResultCode code;

    explicit PassedRun(bool stops_early = false) {
        content.challenge.goal = {{"min_nats_below_bigram", -100},
                                  {"within_steps", 1500},
                                  {"min_previous_token_mass", 0.01},
                                  {"max_mass_behind_best", 1}};
        config = lab_config(content, {{"n_layers", 1},
                                      {"width", 8},
                                      {"n_heads", 2},
                                      {"context", 8},
                                      {"batch_size", 2},
                                      {"max_steps", 30},
                                      {"seed", 3}});
        worker::Host host([](std::string_view id) { return find_lab(id); }, +[] { return 0.0; });
        std::vector<worker::Event> events;
        host.handle(worker::StartRun{1, std::string(kPretraining), config, corpora}, events);
        worker::Progress last;
        const auto work = [&] {
            const bool has_more = host.work(0, events);
            for (const worker::Event& event : std::exchange(events, {})) {
                if (const auto* report = std::get_if<worker::Progress>(&event)) last = *report;
            }
            return has_more;
        };
        while (last.steps_done < 9) {
            if (!work()) break;
            host.handle(worker::Control{1, worker::ControlKind::Resume}, events);  // asks for a report of each unit
        }
        host.handle(worker::Set{1, "learning_rate", 0.01}, events);
        host.handle(worker::Set{1, "tagged_head", 1}, events);
        for (int i = 0; i < 3; ++i) work();
        if (stops_early) host.handle(worker::Set{1, "stop", nullptr}, events);
        while (work()) {
        }
        REQUIRE(last.is_last);
        std::vector<Series> series;
        for (const worker::Part& part : last.parts) series.push_back({part.name, part.values});
        code = make_result(lab_entry(), content, corpora, config, last.actions, last.steps_done, series);
    }

    Verification check(const core::io::ResultCode& changed) const {
        return verify(changed, lab_entry(), content, corpora);
    }
};

const PassedRun& passed_run() {
    static const PassedRun kRun;
    return kRun;
}

/// The words of a refusal that holds nothing.
std::string refused(const Verification& found) {
    CHECK_FALSE(found.holds);
    CHECK_FALSE(found.words.empty());
    CHECK((found.words.english().ends_with(".") || found.words.english().ends_with(".\"")));
    return found.words.english();
}

}  // namespace

TEST_CASE("replay: a passed run holds, through the code as text") {
    const PassedRun& run = passed_run();
    CHECK(run.code.actions.size() == 3);  // learning rate, head, until
    CHECK(run.code.actions.back().name == kUntil);
    CHECK(run.code.actions.back().step == 30);
    const auto read = core::io::decode(core::io::encode(run.code));
    REQUIRE(read.has_value());
    CHECK(read.value() == run.code);
    const Verification found = run.check(read.value());
    CHECK_MESSAGE(found.holds, found.words.english());
    CHECK(found.words.english().find("30 steps") != std::string::npos);
}

TEST_CASE("replay: a run that was stopped in the middle holds too") {
    const PassedRun run(true);
    CHECK(run.code.actions.back().step < 30);
    const Verification found = run.check(run.code);
    CHECK_MESSAGE(found.holds, found.words.english());
}

TEST_CASE("replay: the same run gives the same evidence, another one does not") {
    const PassedRun& run = passed_run();
    const auto again = replay(lab_entry(), run.config, run.corpora, {}, 30);
    const auto once_more = replay(lab_entry(), run.config, run.corpora, {}, 30);
    REQUIRE(again.has_value());
    REQUIRE(once_more.has_value());
    CHECK(evidence(again.value()->series()) == evidence(once_more.value()->series()));
    CHECK(evidence(again.value()->series()) != run.code.evidence);  // without its actions
}

TEST_CASE("replay: a changed setting or seed is refused") {
    core::io::ResultCode code = passed_run().code;
    code.config["learning_rate"] = 0.0031;
    CHECK(refused(passed_run().check(code)).find("ended differently") != std::string::npos);
    code = passed_run().code;
    code.seed = 4;
    CHECK(refused(passed_run().check(code)).find("ended differently") != std::string::npos);
}

TEST_CASE("replay: a changed action, or the same action at another step, is refused") {
    core::io::ResultCode code = passed_run().code;
    code.actions[0].step += 1;
    CHECK(refused(passed_run().check(code)).find("ended differently") != std::string::npos);
    code = passed_run().code;
    code.actions[0].value = 0.011;
    CHECK(refused(passed_run().check(code)).find("ended differently") != std::string::npos);
    code = passed_run().code;
    code.actions.erase(code.actions.begin());
    CHECK(refused(passed_run().check(code)).find("ended differently") != std::string::npos);
    code = passed_run().code;
    code.actions[0].name = "width";
    CHECK(refused(passed_run().check(code)).find("cannot be repeated") != std::string::npos);
    code = passed_run().code;
    code.actions[1].value = 99;
    CHECK(refused(passed_run().check(code)).find("cannot be repeated") != std::string::npos);
}

TEST_CASE("replay: changed evidence, and an end that the run never reached, are refused") {
    core::io::ResultCode code = passed_run().code;
    code.evidence[0] = code.evidence[0] == '0' ? '1' : '0';
    CHECK(refused(passed_run().check(code)).find("ended differently") != std::string::npos);
    for (const int64_t until : {int64_t{29}, int64_t{31}, int64_t{0}, int64_t{1} << 60}) {
        code = passed_run().code;
        code.actions.back().step = until;
        (void)refused(passed_run().check(code));
    }
    code = passed_run().code;
    code.actions.clear();
    (void)refused(passed_run().check(code));
    code = passed_run().code;
    code.actions.pop_back();
    (void)refused(passed_run().check(code));
}

TEST_CASE("replay: settings beyond the limits or of the wrong type are refused before anything runs") {
    for (const auto& [name, value] : std::vector<std::pair<std::string, json>>{
             {"width", 1'000'000}, {"width", "wide"}, {"max_steps", -1}, {"text", 3}, {"n_heads", 3}}) {
        core::io::ResultCode code = passed_run().code;
        code.config[name] = value;
        CAPTURE(name);
        (void)refused(passed_run().check(code));
    }
}

TEST_CASE("replay: a real run that does not pass is called that") {
    PassedRun run = passed_run();
    run.content.challenge.goal["min_nats_below_bigram"] = 50;
    run.code.content_hash = content_hash(run.content, {{"corpus:harbour", run.corpora.at("corpus:harbour")}});
    CHECK(refused(run.check(run.code)).find("not passed") != std::string::npos);
}

TEST_CASE("replay: another build or other content is refused, and the words say which") {
    core::io::ResultCode code = passed_run().code;
    code.build_id = "v0-other";
    CHECK(refused(passed_run().check(code)).find("v0-other") != std::string::npos);
    code = passed_run().code;
    code.content_hash = "0123456789ab";
    CHECK(refused(passed_run().check(code)).find("other content") != std::string::npos);
    PassedRun run = passed_run();
    run.corpora["corpus:harbour"] += "\n";
    CHECK(refused(run.check(run.code)).find("other content") != std::string::npos);
}

TEST_CASE("replay: evidence depends on every bit and on the length, and all kinds of not a number are one") {
    const std::vector<float> values{1.0f, 2.0f};
    std::vector<float> other = values;
    other[1] = std::nextafter(2.0f, 3.0f);
    CHECK(evidence({{"a", values}}) != evidence({{"a", other}}));
    CHECK(evidence({{"a", values}}) != evidence({{"a", std::span(values).first(1)}}));
    CHECK(evidence({{"a", std::vector<float>{0.0f}}}) != evidence({{"a", std::vector<float>{-0.0f}}}));
    const std::vector<float> nan{std::nanf("1")}, minus_nan{-std::nanf("2")};
    CHECK(evidence({{"a", nan}}) == evidence({{"a", minus_nan}}));
    CHECK(evidence({}) == evidence({{"a", {}}}));
}

TEST_CASE("replay: the content hash knows goal, limits and texts, and not the words of the lesson") {
    const Content content = lab_content();
    const Artefacts corpora = lab_corpora(content, 1000);
    const std::string hash = content_hash(content, corpora);
    Content other = content;
    other.title = "Another title";
    CHECK(content_hash(other, corpora) == hash);
    other = content;
    other.challenge.goal["within_steps"] = 1;
    CHECK(content_hash(other, corpora) != hash);
    other = content;
    other.limits["width"].max += 8;
    CHECK(content_hash(other, corpora) != hash);
    Artefacts changed = corpora;
    changed["corpus:harbour"][0] = '#';
    CHECK(content_hash(content, changed) != hash);
}
