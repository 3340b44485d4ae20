#include "core/metrics/scaling_law.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

constexpr ScalingLaw kLaw{.e_nats = 1.69, .a = 406.4, .b = 410.7, .alpha = 0.34, .beta = 0.28};
constexpr double kDelta = 1e-3;

std::vector<ScalingPoint> trained(const ScalingLaw& law, int count, double noise, uint32_t seed) {
    Rng rng(seed);
    std::vector<ScalingPoint> points;
    for (int i = 0; i < count; ++i) {
        const double parameters = std::exp(std::log(5e7) + 5.5 * rng.uniform());
        const double tokens = std::exp(std::log(5e8) + 6.5 * rng.uniform());
        const double loss = scaling_loss(law, parameters, tokens).value().loss_nats;
        points.push_back({parameters, tokens, loss * std::exp(noise * rng.normal())});
    }
    return points;
}

}  // namespace

TEST_CASE("scaling_law: parts by hand, and the published loss of Chinchilla") {
    const ScalingLaw simple{.e_nats = 1, .a = 8, .b = 9, .alpha = 1.0 / 3, .beta = 0.5};
    const ScalingLoss loss = scaling_loss(simple, 64, 81).value();
    CHECK(loss.size_part_nats == doctest::Approx(2.0));
    CHECK(loss.data_part_nats == doctest::Approx(1.0));
    CHECK(loss.loss_nats == doctest::Approx(4.0));
    CHECK(scaling_loss(kLaw, 70e9, 1.4e12).value().loss_nats == doctest::Approx(1.936).epsilon(1e-3));
}

TEST_CASE("scaling_law: no other size does better for the same budget, and the budget is spent") {
    for (const double compute : {1e18, 5.76e23}) {
        const ComputeOptimum best = compute_optimum(kLaw, compute).value();
        CHECK(6 * best.parameters * best.tokens == doctest::Approx(compute));
        CHECK(best.size_exponent + best.data_exponent == doctest::Approx(1.0));
        for (const double factor : {0.5, 0.99, 1.01, 2.0}) {
            CHECK(scaling_loss(kLaw, best.parameters * factor, best.tokens / factor).value().loss_nats >
                  best.loss_nats);
        }
    }
}

TEST_CASE("scaling_law: the tokens for a loss lead to that loss; below the floor of the size nothing does") {
    const double tokens = tokens_for_loss(kLaw, 1e9, 2.6).value();
    CHECK(scaling_loss(kLaw, 1e9, tokens).value().loss_nats == doctest::Approx(2.6));
    CHECK(tokens_for_loss(kLaw, 1e9, 1.7).error().code == "unreachable");
}

TEST_CASE("scaling_law: Huber's loss is a square within delta and a line beyond") {
    const double at = scaling_loss(kLaw, 1e9, 1e10).value().loss_nats;
    const auto objective = [&](double residual) {
        return scaling_objective(kLaw, std::vector<ScalingPoint>{{1e9, 1e10, at * std::exp(residual)}}, 0.1).value();
    };
    CHECK(objective(0.05) == doctest::Approx(0.5 * 0.05 * 0.05));
    CHECK(objective(-0.3) == doctest::Approx(0.1 * (0.3 - 0.05)));
}

TEST_CASE("scaling_law: a law is found again from exact losses, and noise is fitted better than by the truth") {
    const auto exact = trained(kLaw, 30, 0.0, 1);
    const ScalingFit fit = fit_scaling_law(exact, kDelta).value();
    CHECK(fit.objective < 1e-12);
    CHECK(fit.law.e_nats == doctest::Approx(kLaw.e_nats).epsilon(1e-3));
    CHECK(fit.law.alpha == doctest::Approx(kLaw.alpha).epsilon(1e-3));
    CHECK(fit.law.b == doctest::Approx(kLaw.b).epsilon(1e-2));
    CHECK(fit.n_starts >= 100);
    for (uint32_t seed = 2; seed < 5; ++seed) {
        const auto noisy = trained(kLaw, 40, 0.005, seed);
        const ScalingFit best = fit_scaling_law(noisy, kDelta).value();
        CHECK(best.objective <= scaling_objective(kLaw, noisy, kDelta).value());
        CHECK(best.objective == doctest::Approx(scaling_objective(best.law, noisy, kDelta).value()).epsilon(1e-6));
        // No small step in any direction leads lower.
        for (const double factor : {0.999, 1.001}) {
            ScalingLaw moved = best.law;
            moved.e_nats *= factor;
            CHECK(scaling_objective(moved, noisy, kDelta).value() >= best.objective);
            moved = best.law;
            moved.alpha *= factor;
            CHECK(scaling_objective(moved, noisy, kDelta).value() >= best.objective);
        }
        CHECK(fit_scaling_law(noisy, kDelta).value().law.a == best.law.a);
    }
}

TEST_CASE("scaling_law: impossible constants, sizes and losses are refused") {
    CHECK(scaling_loss({.e_nats = 1, .a = -1, .b = 1, .alpha = 1, .beta = 1}, 1, 1).error().code == "bad_law");
    CHECK(scaling_loss(kLaw, 0, 1).error().code == "bad_size");
    CHECK(compute_optimum(kLaw, std::nan("")).error().code == "bad_size");
    CHECK(scaling_objective(kLaw, {}, kDelta).error().code == "empty");
    CHECK(scaling_objective(kLaw, std::vector<ScalingPoint>{{1, 1, -1}}, kDelta).error().code == "bad_size");
    CHECK(scaling_objective(kLaw, std::vector<ScalingPoint>{{1, 1, 1}}, 0).error().code == "bad_option");
    CHECK(fit_scaling_law(std::vector<ScalingPoint>(4, {1e9, 1e9, 2}), kDelta).error().code == "too_few");
    CHECK(fit_scaling_law(std::vector<ScalingPoint>(2001, {1e9, 1e9, 2}), kDelta).error().code == "too_many");
    CHECK(fit_scaling_law(std::vector<ScalingPoint>(6, {1e9, 1e9, 0}), kDelta).error().code == "bad_size");
}
