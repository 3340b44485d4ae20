#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

#include "labs/m2_pretraining/scaling_laws/lab.h"
#include "labs/replay.h"
#include "support/challenge_record.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs::scaling_laws;
using terrarium::labs::Status;
using terrarium::tests::json;

namespace {

/// Over in well under a second, also with sanitizers.
Config tiny() { return {.budget_mflop = 10, .seed = 3}; }

std::unique_ptr<Job> job_of(const Config& config) {
    auto job = Job::create(config, {});
    if (!job) FAIL(job.error().message.english());
    return std::move(job).value();
}

Snapshot run(Job& job) {
    while (job.step()) {
    }
    return job.snapshot();
}

/// A grid as it might come out, with losses made from a law instead of trained.
Snapshot made_up(double exponent = 0.2) {
    Snapshot snapshot = job_of({})->snapshot();
    snapshot.status = Status::Done;
    for (Cell& cell : snapshot.cells) {
        const double flops = snapshot.budgets_flops[static_cast<size_t>(cell.budget)];
        const double x = std::log(static_cast<double>(cell.parameters) / (0.06 * std::sqrt(flops)));
        cell.step = cell.steps;
        cell.loss_nats = snapshot.floor_nats + 0.4 * std::pow(flops / 1e9, -exponent) + 0.05 * x * x;
    }
    snapshot.remember_losses();
    return snapshot;
}

constexpr Goal kGoal{.min_open_runs = 12, .max_size_steps_off = 1, .max_relative_error = 0.05};

}  // namespace

TEST_CASE("scaling_laws: every model of a budget costs the same arithmetic, within one step") {
    const Snapshot snapshot = job_of({})->snapshot();
    CHECK(snapshot.cells.size() == 3 * kSizes + kSizes - kFirstCoveredSize);
    for (const Cell& cell : snapshot.cells) {
        const double flops = 6.0 * static_cast<double>(cell.parameters) * static_cast<double>(cell.tokens);
        const double one_step = 6.0 * static_cast<double>(cell.parameters) * 128;
        CHECK(std::abs(flops - snapshot.budgets_flops[static_cast<size_t>(cell.budget)]) <= one_step);
        CHECK(cell.tokens == cell.steps * 128);
    }
    CHECK(snapshot.budgets_flops == std::vector<double>{1e9, 3e9, 9e9, 7.2e10});
    CHECK(snapshot.floor_nats > 1.1);
    CHECK(snapshot.floor_nats < snapshot.uniform_nats / 2);
}

TEST_CASE("scaling_laws: same config, same losses; another seed, other losses") {
    const auto first = job_of(tiny()), again = job_of(tiny());
    CHECK(run(*first).losses == run(*again).losses);
    const auto other = job_of({.budget_mflop = 10, .seed = 4});
    CHECK(run(*other).losses != first->snapshot().losses);
    CHECK(first->snapshot().status == Status::Done);
    CHECK(first->snapshot().step == first->snapshot().max_steps);
}

TEST_CASE("scaling_laws: workers that share a run find the bits of one that does all") {
    const auto alone = job_of(tiny());
    const Snapshot whole = run(*alone);
    for (const int n_parts : {2, 3, 8}) {
        std::vector<Snapshot> parts;
        for (int part = 0; part < n_parts; ++part) {
            const auto job = job_of(tiny());
            job->take_part(part, n_parts);
            parts.push_back(run(*job));
            CHECK(parts.back().step < whole.step);
        }
        const Snapshot merged = Snapshot::merged(parts);
        CHECK(merged.losses == whole.losses);
        CHECK(merged.step == whole.step);
        CHECK(merged.status == Status::Done);
        CHECK(labs::evidence(merged.all_series()) == labs::evidence(whole.all_series()));
    }
}

TEST_CASE("scaling_laws: shares of two workers cost about the same") {
    const Snapshot all = job_of({})->snapshot();
    double load[2] = {};
    for (const int part : {0, 1}) {
        const auto job = job_of({.budget_mflop = 10});
        job->take_part(part, 2);
        for (const Cell& cell : run(*job).cells) {
            if (cell.is_done()) load[part] += all.budgets_flops[static_cast<size_t>(cell.budget)];
        }
    }
    CHECK(load[0] / load[1] > 0.8);
    CHECK(load[0] / load[1] < 1.25);
}

TEST_CASE("scaling_laws: until all parts have finished, the run goes on") {
    std::vector<Snapshot> parts(2);
    const auto job = job_of(tiny());
    job->take_part(1, 2);
    parts[1] = run(*job);
    Snapshot merged = Snapshot::merged(parts);
    CHECK(merged.status == Status::Running);
    CHECK(merged.cells.size() == parts[1].cells.size());
    CHECK(merged.step == parts[1].step);
    parts[0] = job_of(tiny())->snapshot();
    parts[0].status = Status::Stopped;
    CHECK(Snapshot::merged(parts).status == Status::Stopped);
}

TEST_CASE("scaling_laws: a forecast is taken once, when everything is trained") {
    const auto job = job_of(tiny());
    const json forecast = {{"size", 5}, {"loss_nats", 1.5}};
    CHECK_FALSE(job->set("forecast", forecast).has_value());
    run(*job);
    CHECK_FALSE(job->set("forecast", {{"size", 8}, {"loss_nats", 1.5}}).has_value());
    CHECK_FALSE(job->set("forecast", {{"size", 5}, {"loss_nats", 0}}).has_value());
    CHECK_FALSE(job->set("forecast", {{"size", "large"}}).has_value());
    CHECK(job->set("forecast", forecast).has_value());
    CHECK(job->snapshot().forecast.size == 5);
    CHECK_FALSE(job->set("forecast", forecast).has_value());
}

TEST_CASE("scaling_laws: the picture finds the law that the losses were made from") {
    const Picture picture = picture_of(made_up(0.2));
    REQUIRE(picture.fit.has_value());
    CHECK(picture.minima.size() == kOpenBudgets);
    CHECK(picture.fit->size_exponent.value == doctest::Approx(0.5).epsilon(0.02));
    CHECK(picture.fit->loss_exponent.value == doctest::Approx(0.2).epsilon(0.02));
}

TEST_CASE("scaling_laws: the challenge asks for evidence, the size and the loss") {
    Snapshot snapshot = made_up();
    const Cell* best = best_cell(snapshot, kOpenBudgets);
    REQUIRE(best != nullptr);
    CHECK_FALSE(check(snapshot, kGoal).passed);
    snapshot.forecast = {best->size, best->loss_nats * 1.04};
    CHECK(check(snapshot, kGoal).passed);
    snapshot.forecast = {best->size - 1, best->loss_nats * 0.96};
    CHECK(check(snapshot, kGoal).passed);
    snapshot.forecast = {best->size - 2, best->loss_nats};
    CHECK_FALSE(check(snapshot, kGoal).passed);
    snapshot.forecast = {best->size, best->loss_nats * 1.06};
    CHECK_FALSE(check(snapshot, kGoal).passed);
    snapshot.forecast = {best->size, best->loss_nats};
    snapshot.status = Status::Stopped;
    CHECK_FALSE(check(snapshot, kGoal).passed);
    snapshot.status = Status::Done;
    std::erase_if(snapshot.cells, [](const Cell& cell) { return cell.budget < kOpenBudgets && cell.size > 2; });
    CHECK_FALSE(check(snapshot, kGoal).passed);
}

TEST_CASE("scaling_laws: a learning rate far too large is a result, not a crash") {
    const auto job = job_of({.budget_mflop = 10, .learning_rate = 1e9});
    const Snapshot snapshot = run(*job);
    CHECK(snapshot.status == Status::Done);
    int n_diverged = 0;
    for (const Cell& cell : snapshot.cells) n_diverged += cell.has_diverged ? 1 : 0;
    CHECK(n_diverged > 0);
    CHECK_FALSE(check(snapshot, kGoal).passed);
    CHECK(check(snapshot, kGoal).reason.english().ends_with("."));
}

TEST_CASE("scaling_laws: no size chosen is refused with a sentence") {
    const auto job = Job::create({.sizes = 0}, {});
    REQUIRE_FALSE(job.has_value());
    CHECK(job.error().message.english().ends_with("."));
}

TEST_CASE("scaling_laws: published laws give the sizes that their papers are quoted for") {
    const auto refit = core::compute_optimum(published_laws()[1].law, 1e21);
    CHECK(refit.value().parameters == doctest::Approx(2.78e9).epsilon(0.01));
    CHECK(refit.value().tokens == doctest::Approx(60e9).epsilon(0.01));
    CHECK(twenty_to_one(1e21).parameters == doctest::Approx(2.89e9).epsilon(0.002));
    CHECK(training_hours(1.44e18, 1) == doctest::Approx(1));
}

namespace {

/// What an honest learner says: the size and the loss that the lines of the open budgets lead to.
Forecast honest(const Snapshot& snapshot) {
    const Picture picture = picture_of(snapshot);
    REQUIRE(picture.fit.has_value());
    const double flops = snapshot.budgets_flops.back(), parameters = picture.fit->size.at(flops);
    Forecast forecast{.size = -1, .loss_nats = picture.fit->best_loss_nats(flops)};
    double nearest = 1e9;
    for (const Cell& cell : snapshot.cells) {
        const double off = std::abs(std::log(static_cast<double>(cell.parameters) / parameters));
        if (cell.budget != kOpenBudgets || off >= nearest) continue;
        nearest = off;
        forecast.size = cell.size;
    }
    return forecast;
}

/// "The sizes go on growing, the loss stays as good as the best so far."
Forecast no_progress(const Snapshot& snapshot) {
    return {.size = honest(snapshot).size, .loss_nats = best_cell(snapshot, kOpenBudgets - 1)->loss_nats};
}
/// "The larger the better, down to the least that anyone could reach."
Forecast largest_and_perfect(const Snapshot& snapshot) { return {kSizes - 1, snapshot.floor_nats}; }
/// A line through two points, without a floor and without logarithms.
Forecast straight_line(const Snapshot& snapshot) {
    const auto loss = [&](int32_t budget) { return best_cell(snapshot, budget)->loss_nats; };
    const auto flops = [&](size_t budget) { return snapshot.budgets_flops[budget]; };
    const double slope = (loss(2) - loss(1)) / (flops(2) - flops(1));
    return {.size = honest(snapshot).size, .loss_nats = loss(2) + slope * (flops(3) - flops(2))};
}

struct Strategy {
    const char* name;
    bool is_honest;
    Forecast (*forecast)(const Snapshot&);
};
constexpr Strategy kStrategies[] = {
    {"the law that the valleys show", true, honest},
    {"no forecast", false, [](const Snapshot&) { return Forecast(); }},
    {"as good as the best so far", false, no_progress},
    {"the largest model, at the floor", false, largest_and_perfect},
    {"a straight line through two points", false, straight_line},
};

/// Seeds on which the whole grid is trained: half a minute each where the engine is fast, minutes under sanitizers.
int64_t n_whole_seeds() {
#ifdef __wasm_simd128__
    return tests::n_challenge_seeds();
#else
    return tests::is_full() ? tests::n_challenge_seeds() : 0;
#endif
}

}  // namespace

TEST_CASE("scaling_laws: the lesson holds: the best size grows, and only a forecast by the law is close enough") {
    for (int64_t seed = 1; seed <= n_whole_seeds(); ++seed) {
        CAPTURE(seed);
        const auto job = job_of({.seed = seed});
        Snapshot snapshot = run(*job);
        int32_t before = -1;
        for (const int32_t budget : {0, 2, 3}) {
            const Cell* best = best_cell(snapshot, budget);
            CHECK(best->size > before);
            before = best->size;
        }
        for (const Strategy& strategy : kStrategies) {
            snapshot.forecast = strategy.forecast(snapshot);
            tests::judge("m2.scaling_laws", strategy.name, strategy.is_honest, seed, check(snapshot, kGoal));
        }
    }
}
