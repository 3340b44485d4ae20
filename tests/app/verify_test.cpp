// A code is pasted and run again; the passport of a run, its cards, and the code of a whole module.

#include <doctest/doctest.h>

#include "core/io/module_code.h"
#include "core/io/sha256.h"
#include "labs/replay.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::tests;
using nlohmann::json;

namespace {

/// The shipped lab, with a challenge that every run passes whose learner names a head.
std::string easy_content() {
    json content = json::parse(source_file("content/m2_pretraining/pretraining.json"));
    content["steps"]["challenge"]["goal"] = {{"min_nats_below_bigram", -100},
                                             {"within_steps", 1500},
                                             {"min_previous_token_mass", 0.0},
                                             {"max_mass_behind_best", 1}};
    return content.dump();
}

void be_easy(FakePlatform& platform) { platform.assets["content/m2_pretraining/pretraining.json"] = {easy_content()}; }

/// A page whose learner has passed the challenge; its progress has the code and the passport.
struct Passed {
    LabPage page{json{{"hash", tiny_address()}}, be_easy};
    std::string code;

    Passed() {
        page.predict();
        REQUIRE(page.train());
        page.settle();
        page.click("tag_head");
        REQUIRE(page.run_until([&] { return page.has("result.copy"); }, 50));
        code = page.app->progress_so_far().labs.at("m2.pretraining").result_code;
        REQUIRE(code.starts_with("T1-"));
    }

    void open(const std::string& screen) {
        page.event({{"t", "hash"}, {"hash", tiny_address("&page=" + screen)}});
        page.settle();
    }

    /// Pastes the code and waits for the answer about the first lab.
    std::string answer(const std::string& text) {
        open("verify");
        page.set("verify.code", text);
        page.click("verify.start");
        REQUIRE(page.run_until([&] { return page.has("verify.whole") || page.has("verify.problem"); }));
        return page.has("verify.problem") ? page.name_of("verify.problem") : page.name_of("verify.lab.0.words");
    }
};

/// The same code with something changed and good check digits.
template <class Change>
std::string changed(const std::string& code, Change change) {
    core::io::ResultCode result = core::io::decode(code).value();
    change(result);
    return core::io::encode(result);
}

}  // namespace

TEST_CASE("verify: a passed run is confirmed on the page, in a worker of its own, with progress") {
    Passed passed;
    LabPage& page = passed.page;
    page.platform.budget_ms = 5;
    passed.open("verify");
    CHECK_FALSE(page.is_enabled("verify.start"));
    page.set("verify.code", passed.code);
    page.click("verify.start");
    const uint32_t lab_run = page.app->runs()->run_id();
    CHECK(page.run_until([&] { return page.has("verify.lab.0.progress"); }, 50));
    CHECK_FALSE(page.is_enabled("verify.start"));
    REQUIRE(page.run_until([&] { return page.has("verify.whole"); }));
    CHECK(page.name_of("verify.whole") == "The code holds ✓");
    CHECK(page.name_of("verify.lab.0.words").find("Confirmed by replay over 60 steps") != std::string::npos);
    CHECK(page.app->runs()->run_id() == lab_run);  // the lab behind is not touched
    CHECK(page.status() == labs::Status::Done);
}

TEST_CASE("verify: a check goes on while another screen is shown") {
    Passed passed;
    LabPage& page = passed.page;
    page.platform.budget_ms = 5;
    passed.open("verify");
    page.set("verify.code", passed.code);
    page.click("verify.start");
    REQUIRE_FALSE(page.has("verify.whole"));
    page.event({{"t", "hash"}, {"hash", tiny_address("&page=help")}});
    for (int i = 0; i < 3000; ++i) page.frame();
    page.event({{"t", "hash"}, {"hash", tiny_address("&page=verify")}});
    page.frame();
    page.frame();
    REQUIRE(page.has("verify.whole"));  // at once: it was over before
    CHECK(page.name_of("verify.whole") == "The code holds ✓");
}

TEST_CASE("verify: what does not hold is said") {
    Passed passed;
    const auto with = [&](auto change) { return passed.answer(changed(passed.code, change)); };
    CHECK(with([](auto& it) { it.evidence[0] = it.evidence[0] == '0' ? '1' : '0'; }).find("ended differently") !=
          std::string::npos);
    CHECK(passed.page.name_of("verify.whole").find("could not be confirmed") != std::string::npos);
    CHECK(with([](auto& it) { it.seed += 1; }).find("ended differently") != std::string::npos);
    CHECK(with([](auto& it) { it.build_id = "0.1+feedbeef"; }).find("made by version 0.1+feedbeef") !=
          std::string::npos);
    CHECK(with([](auto& it) { it.lab = "m9.nothing"; }).find("no lab called m9.nothing") != std::string::npos);
    CHECK(with([](auto& it) { it.config["width"] = 9'999; }).find("settings") != std::string::npos);
    CHECK(with([](auto& it) { it.content_hash = core::io::sha256_hex("other"); }).find("other content") !=
          std::string::npos);
    CHECK(with([](auto& it) { it.config["text"] = "artefact:" + std::string(64, 'a'); }).find("author's own") !=
          std::string::npos);
    // Its head was never named: the run is real, the challenge is not passed.
    CHECK(with([](auto& it) { it.actions.erase(it.actions.begin(), it.actions.end() - 1); }).find("not passed") !=
          std::string::npos);
    CHECK(passed.answer("hello").find("not a whole result code") != std::string::npos);
}

TEST_CASE("verify: an action that the lab refuses ends the check with a sentence") {
    Passed passed;
    const std::string words = passed.answer(
        changed(passed.code, [](auto& it) { it.actions.insert(it.actions.begin(), {3, "learning_rate", "fast"}); }));
    CHECK(words.find("cannot be repeated") != std::string::npos);
}

TEST_CASE("verify: a check can be ended, and a worker that ends is said") {
    Passed passed;
    LabPage& page = passed.page;
    page.platform.budget_ms = 5;
    passed.open("verify");
    page.set("verify.code", passed.code);
    page.click("verify.start");
    REQUIRE(page.run_until([&] { return page.has("verify.stop"); }, 50));
    page.click("verify.stop");
    page.settle();
    CHECK(page.name_of("verify.lab.0.words").find("ended before") != std::string::npos);
    page.click("verify.start");
    REQUIRE(page.run_until([&] { return page.has("verify.lab.0.progress"); }, 50));
    page.event({{"t", "worker_failed"}, {"index", 1}, {"reason", "out of memory"}});
    REQUIRE(page.run_until([&] { return page.has("verify.whole"); }, 50));
    CHECK(page.name_of("verify.lab.0.words").find("out of memory") != std::string::npos);
    CHECK(page.status() == labs::Status::Done);
}

TEST_CASE("verify: a module's code goes from the passport to the check, and holds") {
    Passed passed;
    LabPage& page = passed.page;
    passed.open("passport");
    page.click("passport.code.m2.copy");
    REQUIRE(page.platform.copied.size() == 1);
    const auto read = core::io::decode_module_code(page.platform.copied[0]);
    REQUIRE(read.has_value());
    CHECK(read.value().module == "m2");
    CHECK(read.value().results.size() == 1);
    page.click("passport.code.m2.check");
    page.settle();
    CHECK(page.node("verify.code").properties["v"] == page.platform.copied[0]);
    page.click("verify.start");
    REQUIRE(page.run_until([&] { return page.has("verify.whole"); }));
    CHECK(page.name_of("verify.whole").find("1 of ") != std::string::npos);
    CHECK(page.name_of("verify.lab.0.words").find("Confirmed") != std::string::npos);
}

TEST_CASE("passport: a run that ended is a step with data, settings and what was measured") {
    Passed passed;
    const auto& passport = passed.page.app->progress_so_far().passport;
    REQUIRE(passport.size() == 1);
    const core::io::PassportStep& step = passport[0];
    CHECK(step.order == 1);
    CHECK(step.lab == "m2.pretraining");
    CHECK(step.outcome == "done");
    CHECK(step.n_steps == 60);
    CHECK(step.config.at("width") == "8");
    REQUIRE(step.data.size() == 1);
    const std::string text = passed.page.platform.answer("content/corpora/harbour.txt").bytes;
    CHECK(step.data[0].name == "corpus:harbour");
    CHECK(step.data[0].n_bytes == std::ssize(text));
    CHECK(step.data[0].sha256 == core::io::sha256_hex(text));
    CHECK(step.evidence == core::io::decode(passed.code).value().evidence);
    std::map<std::string, double> metrics;
    for (const auto& metric : step.metrics) metrics[metric.id] = metric.value;
    for (const char* id : {"valid_loss_nats", "bigram_nats", "n_parameters", "tokens_seen"}) CHECK(metrics[id] > 0);
    CHECK(metrics["tokens_seen"] == 60 * 2 * 8);
}

TEST_CASE("passport: the page shows steps and cards, and gives them out as files") {
    Passed passed;
    LabPage& page = passed.page;
    passed.open("passport");
    CHECK(page.has("passport.step.0"));
    CHECK(page.says("Model card"));
    page.click("passport.save.markdown");
    page.click("passport.tabs.evaluation");
    page.click("passport.save.json");
    page.click("passport.copy");
    REQUIRE(page.platform.saved.size() == 2);
    CHECK(page.platform.saved[0].name == "terrarium-model_card.md");
    CHECK(page.platform.saved[0].bytes.starts_with("# Model card"));
    CHECK(page.platform.saved[1].name == "terrarium-evaluation_card.json");
    CHECK(json::parse(page.platform.saved[1].bytes)["id"] == "evaluation_card");
    CHECK(page.platform.copied.back().starts_with("# Evaluation card"));
}

TEST_CASE("passport: before the first run it says so and leads to the lab") {
    LabPage page(json{{"hash", "#page=passport"}});
    page.settle();
    page.click("passport.to_lab");
    page.settle();
    CHECK(page.has("train"));
}
