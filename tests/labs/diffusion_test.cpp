#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numeric>

#include "labs/m2_pretraining/diffusion/lab.h"
#include "support/challenge_record.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs::diffusion;
using terrarium::labs::Status;
using terrarium::tests::json;

namespace {

/// Small enough for milliseconds.
Config tiny() {
    Config config;
    config.width = 16;
    config.n_levels = 20;
    config.sampling_steps = 5;
    config.max_steps = 40;
    config.guidance = 1.0;
    return config;
}

struct Strategy {
    const char* name;
    bool is_honest;
    bool is_quick;  ///< also played where nobody waits for a full test
    json settings;
};

const std::vector<Strategy>& strategies() {
    static const std::vector<Strategy> kAll{
        {"guidance 1, all the steps that are allowed", true, true, {{"guidance", 1.0}, {"max_steps", 2000}}},
        {"the page as it opens", false, true, json::object()},
        {"strong guidance", false, false, {{"guidance", 8.0}, {"max_steps", 2000}, {"sampling_steps", 20}}},
        {"two noise levels", false, true, {{"guidance", 1.0}, {"max_steps", 2000}, {"n_levels", 2}}},
        {"steps far too small",
         false,
         false,
         {{"guidance", 1.0}, {"max_steps", 2000}, {"learning_rate", 0.0001}, {"sampling_steps", 20}}},
    };
    return kAll;
}

Goal shipped_goal() { return tests::lab_content("m2.diffusion").challenge.goal.get<Goal>(); }

std::unique_ptr<Job> job_of(const Config& config) {
    auto job = Job::create(config, {});
    REQUIRE(job.has_value());
    return std::move(job).value();
}

void run_to_end(Job& job) {
    while (job.step()) {
    }
}

void run_to_step(Job& job, int64_t step) {
    while (!(job.at_boundary() && job.snapshot().step >= step)) REQUIRE(job.step());
}

std::vector<float> floats_of(const json& binary) {
    const auto& bytes = binary.get_binary();
    std::vector<float> values(bytes.size() / sizeof(float));
    if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

}  // namespace

// ---- shapes --------------------------------------------------------------------------------------------------------

TEST_CASE("diffusion shapes: true examples lie on their shape, on all parts alike, at a mean of 0 and a spread of 1") {
    for (const std::string_view id : kShapeIds) {
        CAPTURE(id);
        const Shape shape(id);
        core::Rng rng(1);
        std::vector<float> x(static_cast<size_t>(shape.size()));
        std::vector<int> parts(kParts), classes(static_cast<size_t>(shape.n_classes()));
        const int n = shape.is_glyphs() ? 800 : 4000;
        double sum = 0, squares = 0;
        int n_on = 0;
        for (int i = 0; i < n; ++i) {
            ++classes[static_cast<size_t>(shape.draw(x, rng))];
            const int32_t part = shape.part_of(x);
            if (part >= 0) ++parts[static_cast<size_t>(part)], ++n_on;
            for (const float v : x) {
                CHECK(std::abs(v) <= static_cast<float>(shape.limit()));
                sum += static_cast<double>(v) / shape.size();
                squares += static_cast<double>(v * v) / shape.size();
            }
        }
        CHECK(n_on >= 0.97 * n);
        CHECK(*std::min_element(parts.begin(), parts.end()) > 0.09 * n);
        CHECK(*std::max_element(parts.begin(), parts.end()) < 0.16 * n);
        CHECK(*std::min_element(classes.begin(), classes.end()) > 0.8 * n / shape.n_classes());
        if (!shape.is_glyphs()) CHECK(std::abs(sum / n) < 0.15);
        CHECK(squares / n > 0.6);
        CHECK(squares / n < 1.4);
    }
}

TEST_CASE("diffusion shapes: a sign is taken for itself, noise for none") {
    const Shape glyphs("glyphs");
    core::Rng rng(2);
    std::vector<float> x(144);
    for (int i = 0; i < 400; ++i) {
        const int32_t sign = glyphs.draw(x, rng);
        CHECK(glyphs.part_of(x) == sign);
        for (float& v : x) v = static_cast<float>(rng.normal());
        CHECK(glyphs.part_of(x) == -1);
    }
    const Shape ring("ring");
    CHECK(ring.part_of(std::vector<float>{0.0f, 0.0f}) == -1);
    const float at = 1.41421356f;  // the first group lies at 22.5 degrees
    CHECK(ring.part_of(std::vector<float>{at * 0.92388f, at * 0.38268f}) == 0);
    CHECK(ring.part_of(std::vector<float>{at * 0.92388f + 0.31f, at * 0.38268f}) == -1);
}

TEST_CASE("diffusion shapes: the top is mostly kind A, the bottom mostly B, and no group has one kind only") {
    const Shape ring("ring");
    core::Rng rng(3);
    std::vector<float> x(2);
    int of_a[kParts] = {}, all[kParts] = {};
    for (int i = 0; i < 8000; ++i) {
        const int32_t kind = ring.draw(x, rng), part = ring.part_of(x);
        if (part < 0) continue;
        ++all[part];
        of_a[part] += kind == 0 ? 1 : 0;
    }
    for (const int top : {1, 2}) CHECK(of_a[top] > 0.85 * all[top]);
    for (const int bottom : {5, 6}) CHECK(of_a[bottom] < 0.15 * all[bottom]);
    for (int part = 0; part < kParts; ++part) {
        CHECK(of_a[part] > 0);
        CHECK(of_a[part] < all[part]);
    }
}

TEST_CASE("diffusion: a part counts from a quarter of its fair share on") {
    const Coverage coverage = coverage_of({12, 11, 0, 48, 100, 0, 12, 1}, 384);  // fair 48, a quarter 12
    CHECK(coverage.parts_hit == 4);
    CHECK(coverage.on_share == doctest::Approx(184.0 / 384.0));
}

// ---- runs ----------------------------------------------------------------------------------------------------------

TEST_CASE("diffusion: same config, same run; another seed, another") {
    const auto curve = [](const Config& config) {
        const auto job = job_of(config);
        run_to_end(*job);
        std::vector<float> all = job->snapshot().train_loss;
        all.insert(all.end(), job->snapshot().on_share.begin(), job->snapshot().on_share.end());
        return all;
    };
    const std::vector<float> first = curve(tiny());
    CHECK(curve(tiny()) == first);
    Config other = tiny();
    other.seed = 8;
    CHECK(curve(other) != first);
}

TEST_CASE("diffusion: a run knows its size, begins by saying no noise, measures before and after, and says when done") {
    const auto job = job_of(tiny());
    const Snapshot& snapshot = job->snapshot();
    CHECK(snapshot.status == Status::Running);
    CHECK(snapshot.measured_at == -1);
    run_to_end(*job);
    CHECK(snapshot.status == Status::Done);
    CHECK(snapshot.step == 40);
    // Noise has a variance of 1; 128 rows of two numbers have a mean square of 1 +- 0.09.
    CHECK(snapshot.train_loss.front() == doctest::Approx(1.0).epsilon(0.3));
    CHECK(snapshot.measured_step == std::vector<float>{0, 40});
    CHECK(snapshot.parts_hit.size() == 2);
    CHECK(snapshot.on_share.size() == 2);
    CHECK(snapshot.true_share > 0.97);
    CHECK_FALSE(job->step());
}

TEST_CASE("diffusion: costs are those that can be counted by hand") {
    Config config = tiny();
    config.guidance = 2.0;
    const auto job = job_of(config);
    const Comparison& cost = job->snapshot().comparison;
    // 2 numbers, 16 time features and 2 kinds + none: 21 inputs, then 16, 16, 16 and 2.
    CHECK(cost.denoiser_parameters == 22 * 16 + 17 * 16 + 17 * 16 + 17 * 2);
    CHECK(cost.predictions == 10);  // five steps, asked with and without the kind
    CHECK(cost.denoiser_flops == 10 * 2 * (21 * 16 + 16 * 16 + 16 * 16 + 16 * 2));
    CHECK(cost.tokens == 2);
    CHECK(cost.transformer_flops == 2 * (2 * (24 * 32 * 32 + 4 * 2 * 32) + 2 * 32 * 64));
    CHECK(job->snapshot().flops_per_step == 128 * 6 * (21 * 16 + 16 * 16 + 16 * 16 + 16 * 2));
}

TEST_CASE("diffusion: the lesson holds, and guidance 1 passes where strong guidance and poor training fail") {
    const labs::Content content = tests::lab_content("m2.diffusion");
    const int64_t n_seeds = tests::is_full() ? tests::n_challenge_seeds() : 1;
    for (int64_t seed = 1; seed <= n_seeds; ++seed) {
        CAPTURE(seed);
        for (const Strategy& strategy : strategies()) {
            if (!strategy.is_quick && !tests::is_full()) continue;
            json settings = strategy.settings;
            settings["seed"] = seed;
            const auto job = job_of(tests::lab_config(content, settings).get<Config>());
            run_to_end(*job);
            tests::judge("m2.diffusion", strategy.name, strategy.is_honest, seed,
                         job->check(content.challenge.goal.get<Goal>()));
            if (!strategy.is_honest) continue;
            const auto parts_with = [&](double guidance) {
                const json question = {{"kind", "sample"},
                                       {"guidance", guidance},
                                       {"sampling_steps", 50},
                                       {"method", "ddpm"},
                                       {"seed", 1}};
                return job->answer(question)["coverage"].get<Coverage>().parts_hit;
            };
            CHECK(parts_with(1.0) >= 7);
            CHECK(parts_with(8.0) <= 5);
        }
    }
}

TEST_CASE("diffusion: glyphs come out of noise after a few hundred steps, each the sign that was asked for") {
    Config config = tiny();
    config.shape = "glyphs";
    config.width = 96;
    config.n_levels = 50;
    config.sampling_steps = 10;
    config.max_steps = 700;
    const auto job = job_of(config);
    run_to_end(*job);
    CHECK(job->snapshot().coverage.parts_hit == kParts);
    CHECK(job->snapshot().coverage.on_share > 0.9);
    for (const int32_t count : job->snapshot().coverage.part_counts) CHECK(count == doctest::Approx(8).epsilon(0.4));
    CHECK(job->snapshot().comparison.tokens == 144);
}

TEST_CASE("diffusion: every shape runs with either way back and either schedule") {
    for (const std::string_view id : kShapeIds) {
        Config config = tiny();
        config.shape = id;
        config.schedule = "linear";
        config.method = "ddim";
        config.max_steps = 10;
        const auto job = job_of(config);
        run_to_end(*job);
        CHECK(job->snapshot().status == Status::Done);
        CHECK(job->snapshot().is_glyphs == (id == "glyphs"));
    }
}

TEST_CASE("diffusion: with a far too large learning rate the run diverges and says so") {
    Config config = tiny();
    config.learning_rate = 1e6;
    const auto job = job_of(config);
    run_to_end(*job);
    CHECK(job->snapshot().status == Status::Diverged);
    CHECK(job->snapshot().problem.english().find("diverged at step") != std::string::npos);
    CHECK_FALSE(job->check(shipped_goal()).passed);
}

// ---- commands and questions ----------------------------------------------------------------------------------------

TEST_CASE("diffusion: only what may change in mid-run changes, and nonsense is refused with a sentence") {
    const auto job = job_of(tiny());
    run_to_step(*job, 2);
    for (const auto& [name, value] : std::vector<std::pair<std::string, json>>{{"learning_rate", 0},
                                                                               {"learning_rate", std::nan("")},
                                                                               {"learning_rate", "0.1"},
                                                                               {"guidance", -1},
                                                                               {"guidance", HUGE_VAL},
                                                                               {"sampling_steps", 0},
                                                                               {"sampling_steps", 1.5},
                                                                               {"method", "magic"},
                                                                               {"n_levels", 10}}) {
        CAPTURE(name);
        const auto done = job->set(name, value);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().message.english().ends_with("."));
    }
    REQUIRE(job->set("guidance", 3.0).has_value());
    REQUIRE(job->set("sampling_steps", 4).has_value());
    REQUIRE(job->set("method", "ddim").has_value());
    REQUIRE(job->set("learning_rate", 0.01).has_value());
    run_to_end(*job);
    CHECK(job->snapshot().guidance == 3.0);
    CHECK(job->snapshot().comparison.predictions == 8);  // the last measurement was made as set
    CHECK_FALSE(job->set("guidance", 1.0).has_value());
}

TEST_CASE("diffusion: stop ends the run where it is") {
    const auto job = job_of(tiny());
    run_to_step(*job, 7);
    REQUIRE(job->set("stop", nullptr).has_value());
    CHECK(job->snapshot().status == Status::Stopped);
    CHECK_FALSE(job->step());
    CHECK(job->snapshot().step == 7);
    CHECK_FALSE(job->set("stop", nullptr).has_value());
}

TEST_CASE(
    "diffusion: the way back begins at the highest level, ends at 0, and its last pictures are what was counted") {
    Config config = tiny();
    config.sampling_steps = 20;
    const auto job = job_of(config);
    CHECK(job->answer({{"kind", "path"}}) == json::object());  // nothing was measured yet
    run_to_end(*job);
    const json path = job->answer({{"kind", "path"}});
    const auto levels = path["levels"].get<std::vector<int32_t>>();
    REQUIRE(levels.size() == 13);
    CHECK(levels.front() == 20);
    CHECK(levels.back() == 0);
    CHECK(std::is_sorted(levels.rbegin(), levels.rend()));
    const std::vector<float> frames = floats_of(path["frames"]);
    REQUIRE(frames.size() == 13 * 384 * 2);
    const Shape ring("ring");
    std::vector<int32_t> counts(kParts);
    for (size_t i = 0; i < 384; ++i) {
        const int32_t part = ring.part_of(std::span(frames).last(384 * 2).subspan(i * 2, 2));
        if (part >= 0) ++counts[static_cast<size_t>(part)];
    }
    CHECK(counts == job->snapshot().coverage.part_counts);
    config.sampling_steps = 3;
    const auto brief = job_of(config);
    run_to_end(*brief);
    CHECK(brief->answer({{"kind", "path"}})["levels"] == json{20, 13, 6, 0});
}

TEST_CASE("diffusion: noise level 0 shows true examples, the highest hardly anything of them") {
    const auto job = job_of(tiny());
    const json clean = job->answer({{"kind", "noised"}, {"level", 0}});
    CHECK(clean["signal"] == 1.0);
    CHECK(clean["noise"] == 0.0);
    const std::vector<float> examples = floats_of(clean["values"]);
    const Shape ring("ring");
    int n_on = 0;
    for (size_t i = 0; i < 384; ++i) n_on += ring.part_of(std::span(examples).subspan(i * 2, 2)) >= 0 ? 1 : 0;
    CHECK(n_on > 370);
    const json noisy = job->answer({{"kind", "noised"}, {"level", 99}});
    CHECK(noisy["level"] == 20);  // there are only so many
    CHECK(noisy["signal"].get<double>() < 0.02);
    CHECK(floats_of(noisy["values"]) != examples);
}

TEST_CASE("diffusion: questions of any form are answered without changing the run") {
    const auto job = job_of(tiny());
    run_to_step(*job, 10);
    CHECK(job->answer(json::object()) == json::object());
    CHECK(job->answer({{"kind", "sample"}, {"guidance", -1.0}}) == json::object());
    const json fresh = job->answer({{"kind", "sample"}, {"guidance", 3.0}, {"sampling_steps", 100000}, {"seed", 3}});
    CHECK(fresh["levels"].size() == 13);
    CHECK(fresh == job->answer({{"kind", "sample"}, {"guidance", 3.0}, {"sampling_steps", 100000}, {"seed", 3}}));
    run_to_end(*job);
    const auto other = job_of(tiny());
    run_to_end(*other);
    CHECK(job->snapshot().train_loss == other->snapshot().train_loss);
    CHECK(job->snapshot().on_share == other->snapshot().on_share);
}

TEST_CASE("diffusion: a snapshot survives the wire, its series apart") {
    const auto job = job_of(tiny());
    run_to_end(*job);
    const json sent = job->snapshot();
    const json got = json::from_cbor(json::to_cbor(sent));
    CHECK(got == sent);
    const Snapshot back = got.get<Snapshot>();
    CHECK(json(back) == sent);
    CHECK(back.train_loss.empty());
}

// ---- predictions and challenge -------------------------------------------------------------------------------------

namespace {

constexpr Goal kGoal{.within_steps = 400, .min_parts = 7, .min_on_share = 0.5};

/// A run that has passed; each case spoils one thing.
Snapshot passed() {
    Snapshot snapshot;
    snapshot.status = Status::Done;
    snapshot.step = snapshot.max_steps = 400;
    snapshot.shape = "ring";
    snapshot.guidance = 1.0;
    snapshot.measured_at = 400;
    snapshot.coverage = coverage_of({25, 25, 25, 25, 25, 25, 25, 25}, 384);
    snapshot.measured_step = {0, 200, 400};
    snapshot.parts_hit = {0, 6, 8};
    snapshot.on_share = {0.03f, 0.30f, 0.52f};
    snapshot.train_loss = {1.0f, 0.4f, 0.4f, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f, 0.3f};
    return snapshot;
}

std::string reason_of(const Snapshot& snapshot, bool is_passed) {
    const labs::Verdict verdict = check(snapshot, kGoal);
    CHECK(verdict.passed == is_passed);
    CHECK(verdict.reason.english().ends_with("."));
    REQUIRE(verdict.conditions.size() == 3);
    for (const labs::Condition& condition : verdict.conditions) CHECK_FALSE(condition.state.empty());
    return verdict.reason.english();
}

}  // namespace

TEST_CASE("diffusion check: everything there is a pass, and says by how much") {
    CHECK(reason_of(passed(), true) == "Your samples reach 8 of 8 groups, and 52 % of them lie on one.");
    CHECK(reason_of({}, false) == "Start a run first.");
}

TEST_CASE("diffusion check: each missing part is named") {
    Snapshot snapshot = passed();
    snapshot.shape = "moons";
    CHECK(reason_of(snapshot, false).find("ring") != std::string::npos);
    snapshot = passed();
    snapshot.parts_hit = {0, 4, 4};
    CHECK(reason_of(snapshot, false).find("7 are needed") != std::string::npos);
    snapshot.guidance = 6.0;
    CHECK(reason_of(snapshot, false).find("guidance of 6.0") != std::string::npos);
    snapshot = passed();
    snapshot.on_share = {0.03f, 0.3f, 0.4f};
    CHECK(reason_of(snapshot, false).find("50 % are needed") != std::string::npos);
    snapshot.step = 300;
    CHECK(reason_of(snapshot, false).find("train longer") != std::string::npos);
    snapshot = passed();
    snapshot.measured_step = {0, 200, 600};  // good, but after the budget
    (void)reason_of(snapshot, false);
    snapshot.status = Status::Diverged;
    CHECK(reason_of(snapshot, false).find("exploded") != std::string::npos);
    snapshot = passed();
    snapshot.measured_step.clear();
    CHECK(reason_of(snapshot, false).find("Wait") != std::string::npos);
}

TEST_CASE("diffusion check: quality and variety must be there at the same time") {
    Snapshot snapshot = passed();
    snapshot.parts_hit = {0, 8, 4};
    snapshot.on_share = {0.0f, 0.2f, 0.9f};
    CHECK_FALSE(check(snapshot, kGoal).passed);
    snapshot.on_share = {0.0f, 0.5f, 0.9f};  // the limits themselves count
    snapshot.parts_hit = {0, 7, 4};
    CHECK(check(snapshot, kGoal).passed);
}

TEST_CASE("diffusion outcomes: what came is said, and scored by how near the guess was") {
    const Snapshot snapshot = passed();
    CHECK(outcome("parts_reached", 8, snapshot).score == 1.0);
    CHECK(outcome("parts_reached", 6, snapshot).score == 0.5);
    CHECK(outcome("loss_at_end", "between", snapshot).score == 1.0);
    CHECK(outcome("loss_at_end", "zero", snapshot).score == 0.0);
    CHECK(outcome("still_better", 0.5, snapshot).score == 1.0);  // 30 % in the middle, 52 % at the end
    const labs::Outcome sketch = outcome("share_curve", json{{0, 3}, {200, 50}, {400, 52}}, snapshot);
    CHECK(sketch.score == doctest::Approx(1.0 - 20.0 / 3 / 40).epsilon(1e-5));
    CHECK(sketch.y.back() == 52.0f);
    Snapshot running = snapshot;
    running.status = Status::Running;
    for (const char* id : {"parts_reached", "loss_at_end", "still_better", "share_curve"}) {
        CHECK_FALSE(outcome(id, 1, running).is_known());
    }
    CHECK(quantities(running).empty());
    CHECK(quantities(snapshot).at("end_loss") == doctest::Approx(0.3));
}
