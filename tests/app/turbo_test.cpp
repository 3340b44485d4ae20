// Turbo: where a run works, what is said of it, and that it proves nothing; a check of a code is never turbo.

#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::tests;
using nlohmann::json;

namespace {

/// The shipped lab, with a challenge that every run passes whose learner names a head.
void be_easy(FakePlatform& platform) {
    json content = json::parse(source_file("content/m2_pretraining/pretraining.json"));
    content["steps"]["challenge"]["goal"] = {{"min_nats_below_bigram", -100},
                                             {"within_steps", 1500},
                                             {"min_previous_token_mass", 0.0},
                                             {"max_mass_behind_best", 1}};
    platform.assets["content/m2_pretraining/pretraining.json"] = {content.dump(), 200};
}

/// Trains to the end and names a head, which passes the challenge of be_easy().
void train_and_name_a_head(LabPage& page) {
    REQUIRE(page.train());
    page.settle();
    page.click("tag_head");
    page.run_until([&] { return page.has("result.copy"); }, 50);
}

const core::io::LabProgress& kept(const LabPage& page) { return page.app->progress_so_far().labs.at("m2.pretraining"); }

}  // namespace

TEST_CASE("turbo: a run that would pass its challenge passes none, gets no code, and says why") {
    LabPage page(json{{"hash", tiny_address("&turbo=1")}, {"turbo", true}}, be_easy);
    CHECK(page.says("not provable"));
    page.predict();
    train_and_name_a_head(page);
    CHECK(page.app->runs()->is_turbo());
    CHECK_FALSE(page.has("result.code"));
    CHECK_FALSE(page.has("result.copy"));
    CHECK(page.says("counts for no challenge"));
    CHECK_FALSE(kept(page).is_passed);
    CHECK(kept(page).result_code.empty());
    REQUIRE_FALSE(page.app->progress_so_far().passport.empty());
    const core::io::PassportStep& step = page.app->progress_so_far().passport.back();
    CHECK(step.evidence.empty());
    CHECK(step.config.at("turbo") == "true");

    // Switched off, the next run proves again.
    page.event({{"t", "hash"}, {"hash", tiny_address("&page=settings&turbo=1")}});
    page.settle();
    page.click("settings.turbo");
    page.event({{"t", "hash"}, {"hash", tiny_address()}});
    page.settle();
    train_and_name_a_head(page);
    CHECK_FALSE(page.app->runs()->is_turbo());
    CHECK(page.has("result.copy"));
    CHECK(kept(page).is_passed);
    CHECK_FALSE(page.app->progress_so_far().passport.back().evidence.empty());
}

TEST_CASE("turbo: a browser that cannot run it trains as usual and says so; the settings offer nothing to switch") {
    LabPage page(json{{"hash", tiny_address("&turbo=1")}}, be_easy);
    CHECK(page.says("cannot run it here"));
    page.predict();
    train_and_name_a_head(page);
    CHECK_FALSE(page.app->runs()->is_turbo());
    CHECK(page.has("result.copy"));
    page.event({{"t", "hash"}, {"hash", tiny_address("&page=settings")}});
    page.settle();
    CHECK_FALSE(page.has("settings.turbo"));
    CHECK(page.has("settings.turbo.about"));
}

TEST_CASE("turbo: when its module does not come, the run ends with a sentence and the next one is the usual one") {
    LabPage page(json{{"hash", tiny_address("&turbo=1")}, {"turbo", true}}, be_easy);
    page.predict();
    page.event({{"t", "worker_failed"}, {"index", app::kTurboWorkers}, {"reason", "no module"}});
    page.settle();
    CHECK(page.says("cannot run it here"));
    train_and_name_a_head(page);
    CHECK_FALSE(page.app->runs()->is_turbo());
    CHECK(page.has("result.copy"));
}
