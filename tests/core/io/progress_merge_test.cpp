#include "core/io/progress_merge.h"

#include <doctest/doctest.h>

#include "core/io/progress_record.h"
#include "core/io/progress_samples.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using terrarium::tests::random_progress;

namespace {

constexpr int kCases = 1000;

/// True when nothing that `before` had is missing or lower in `after`.
bool is_at_least(const Progress& after, const Progress& before) {
    for (const auto& [id, lab] : before.labs) {
        const auto found = after.labs.find(id);
        if (found == after.labs.end()) return false;
        const LabProgress& now = found->second;
        if (lab.is_opened > now.is_opened || lab.is_predicted > now.is_predicted || lab.is_run > now.is_run ||
            lab.is_passed > now.is_passed || lab.hints_shown > now.hints_shown) {
            return false;
        }
        if (!lab.result_code.empty() && now.result_code.empty()) return false;
        for (const auto& [question, prediction] : lab.predictions) {
            const auto kept = now.predictions.find(question);
            if (kept == now.predictions.end() || kept->second.score < prediction.score) return false;
        }
        for (const auto& [item, answered] : lab.items) {
            const auto kept = now.items.find(item);
            if (kept == now.items.end() || kept->second.best_share < answered.best_share ||
                kept->second.tries < answered.tries) {
                return false;
            }
        }
    }
    return true;
}

}  // namespace

TEST_CASE("progress merge: order and repetition do not matter, and nothing gets lost or lower") {
    Rng rng(20261127);
    for (int i = 0; i < kCases; ++i) {
        CAPTURE(i);
        const Progress a = random_progress(rng), b = random_progress(rng), c = random_progress(rng);
        const Progress ab = merge(a, b);
        REQUIRE(ab == merge(b, a));
        REQUIRE(merge(ab, c) == merge(a, merge(b, c)));
        REQUIRE(merge(a, a) == a);
        REQUIRE(merge(ab, b) == ab);
        REQUIRE(is_at_least(ab, a));
        REQUIRE(is_at_least(ab, b));
        REQUIRE(ab.passport.size() <= kMaxPassportSteps);
    }
}

TEST_CASE("progress merge: nothing merged with something is something") {
    Rng rng(5);
    for (int i = 0; i < kCases; ++i) {
        Progress a = random_progress(rng);
        a.settings.revision += 1;  // a fresh record has no revision, so that it never wins
        REQUIRE(merge(a, {}) == a);
    }
}

TEST_CASE("progress merge: the settings with more changes behind them win") {
    Progress a, b;
    a.settings = {.revision = 2, .theme = "dark"};
    b.settings = {.revision = 1, .theme = "light"};
    CHECK(merge(a, b).settings.theme == "dark");
    b.settings.revision = 3;
    CHECK(merge(a, b).settings.theme == "light");
}

TEST_CASE("progress merge: of forty and more steps of a passport the latest stay") {
    Progress a, b;
    for (int64_t i = 0; i < 30; ++i) {
        PassportStep step;
        step.order = i;
        a.passport.push_back(step);
        step.order = i + 30;
        b.passport.push_back(step);
    }
    const Progress both = merge(a, b);
    REQUIRE(both.passport.size() == kMaxPassportSteps);
    CHECK(both.passport.front().order == 20);
    CHECK(both.passport.back().order == 59);
}

TEST_CASE("progress merge: any order of saves from three tabs ends with everything") {
    Rng rng(77);
    for (int round = 0; round < 200; ++round) {
        CAPTURE(round);
        Slots slots;
        Progress tabs[3];
        SeenRecord seen[3];
        for (int64_t save = 0; save < 12; ++save) {
            const size_t tab = rng.below(3);
            tabs[tab].labs["t" + std::to_string(tab) + "." + std::to_string(save)].is_run = true;
            const auto plan = plan_save(slots, tabs[tab], "tab" + std::to_string(tab), seen[tab]);
            REQUIRE(plan);
            slots[static_cast<size_t>(plan.value().slot)] = plan.value().bytes;
            tabs[tab] = plan.value().record.progress;
            seen[tab] = {plan.value().record.generation, plan.value().record.writer};
        }
        REQUIRE(read_slots(slots).newest->progress.labs.size() == 12);
    }
}

TEST_CASE("progress additions: the preview says what a file would bring") {
    Progress mine, other;
    mine.labs["a"].is_run = true;
    other.labs["a"].is_passed = true;
    other.labs["a"].items["i"] = {1, 1};
    other.labs["b"].predictions["q"] = {.answer = "1", .outcome = ""};
    other.passport.push_back({});
    const Additions found = additions(mine, other);
    CHECK(found.labs_begun == 1);
    CHECK(found.labs_passed == 1);
    CHECK(found.predictions == 1);
    CHECK(found.answers == 1);
    CHECK(found.passport_steps == 1);
    CHECK_FALSE(found.settings);
    CHECK(found.any());
    CHECK_FALSE(additions(merge(mine, other), other).any());
}
