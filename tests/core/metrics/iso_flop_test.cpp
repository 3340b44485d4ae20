#include "core/metrics/iso_flop.h"

#include <doctest/doctest.h>

#include "core/support/math.h"

using namespace terrarium::core;
namespace core = terrarium::core;

namespace {

/// A valley that is a parabola over ln N, with its floor where it is asked for.
std::vector<ScalingPoint> valley(double flops, double best_size, double best_loss, double curvature = 0.1) {
    std::vector<ScalingPoint> points;
    for (const double size : {1e3, 2e3, 4e3, 8e3, 1.6e4, 3.2e4}) {
        const double x = core::log(size / best_size);
        points.push_back({size, flops / (6 * size), best_loss + curvature * x * x});
    }
    return points;
}

}  // namespace

TEST_CASE("iso_flop: the floor of a true parabola is found exactly") {
    const auto minimum = iso_flop_minimum(valley(1e9, 5000, 1.5));
    REQUIRE(minimum.has_value());
    CHECK(minimum.value().flops == doctest::Approx(1e9).epsilon(1e-12));
    CHECK(minimum.value().parameters == doctest::Approx(5000).epsilon(1e-9));
    CHECK(minimum.value().loss_nats == doctest::Approx(1.5).epsilon(1e-12));
    CHECK(minimum.value().curvature == doctest::Approx(0.1).epsilon(1e-9));
}

TEST_CASE("iso_flop: far points of another shape do not move the floor") {
    std::vector<ScalingPoint> points = valley(1e9, 2500, 1.5);  // smallest at 2,000; 16,000 and 32,000 are not used
    points[4].loss_nats = 9;
    points[5].loss_nats = 99;
    CHECK(iso_flop_minimum(points).value().parameters == doctest::Approx(2500).epsilon(1e-9));
}

TEST_CASE("iso_flop: where the smallest model is the best one, it is the answer") {
    const auto minimum = iso_flop_minimum(valley(1e9, 300, 1.5));
    CHECK(minimum.value().parameters == 1000);
    CHECK(minimum.value().curvature == 0);
    const auto largest = iso_flop_minimum(valley(1e9, 1e6, 1.5));
    CHECK(largest.value().parameters == 32000);
}

TEST_CASE("iso_flop: a power law is recovered, and a straight line through two points is exact") {
    const std::vector<double> x{1, 10, 100}, y{5, 2.5, 1.25};
    const auto law = fit_power_law(x, y);
    CHECK(law.value().factor == doctest::Approx(5).epsilon(1e-12));
    CHECK(law.value().exponent == doctest::Approx(-core::log(2.0) / core::log(10.0)).epsilon(1e-12));
    CHECK(law.value().at(1000) == doctest::Approx(0.625).epsilon(1e-12));
}

TEST_CASE("iso_flop: exponents of an exact world come back with no uncertainty") {
    std::vector<std::vector<ScalingPoint>> budgets;
    for (const double flops : {1e9, 4e9, 1.6e10})
        budgets.push_back(valley(flops, 0.1 * core::sqrt(flops), 1.2 + 30 * core::pow(flops, -0.2)));
    const auto fit = fit_iso_flop(budgets, 1.2);
    REQUIRE(fit.has_value());
    CHECK(fit.value().size_exponent.value == doctest::Approx(0.5).epsilon(1e-9));
    CHECK(fit.value().loss_exponent.value == doctest::Approx(0.2).epsilon(1e-9));
    CHECK(fit.value().loss_exponent.high - fit.value().loss_exponent.low < 1e-9);
    CHECK(fit.value().best_loss_nats(1e12) == doctest::Approx(1.2 + 30 * core::pow(1e12, -0.2)).epsilon(1e-9));
}

TEST_CASE("iso_flop: one odd run widens the interval") {
    std::vector<std::vector<ScalingPoint>> budgets;
    for (const double flops : {1e9, 4e9, 1.6e10})
        budgets.push_back(valley(flops, 0.1 * core::sqrt(flops), 1.2 + 30 * core::pow(flops, -0.2)));
    budgets[2][3].loss_nats += 0.02;  // of the middle budget it would change the level, not the slope
    const auto fit = fit_iso_flop(budgets, 1.2);
    CHECK(fit.value().loss_exponent.high - fit.value().loss_exponent.low > 0.005);
    CHECK(fit.value().loss_exponent.low < fit.value().loss_exponent.value);
}

TEST_CASE("iso_flop: what has no answer is refused") {
    std::vector<ScalingPoint> points = valley(1e9, 5000, 1.5);
    CHECK_FALSE(iso_flop_minimum(std::span(points).first(2)).has_value());
    points[1].parameters = points[0].parameters;
    CHECK_FALSE(iso_flop_minimum(points).has_value());
    points = valley(1e9, 5000, 1.5);
    points[3].loss_nats = -1;
    CHECK_FALSE(iso_flop_minimum(points).has_value());
    const std::vector<double> one{1}, same{2, 2}, two{1, 2}, bad{1, -2};
    CHECK_FALSE(fit_power_law(one, one).has_value());
    CHECK_FALSE(fit_power_law(same, two).has_value());
    CHECK_FALSE(fit_power_law(two, bad).has_value());
    const std::vector<std::vector<ScalingPoint>> below_the_floor{valley(1e9, 5000, 1.1), valley(4e9, 9000, 1.05)};
    CHECK_FALSE(fit_iso_flop(below_the_floor, 1.2).has_value());
}
