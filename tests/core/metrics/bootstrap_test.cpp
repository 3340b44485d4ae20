#include "core/metrics/bootstrap.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;
using Places = std::vector<uint32_t>;

}  // namespace

TEST_CASE("bootstrap: three redraws of two values, by hand") {
    const BootstrapInterval interval = bootstrap_percentile(Values{0, 4}, Places{0, 0, 0, 1, 1, 1}, 2, 0.5).value();
    CHECK(interval.means == Values{0, 2, 4});
    CHECK(interval.low == doctest::Approx(1.0));
    CHECK(interval.high == doctest::Approx(3.0));
    CHECK(interval.mean == 2.0);
    CHECK(interval.standard_error == doctest::Approx(2.0));
}

TEST_CASE("bootstrap: BCa moves the cuts by bias and acceleration, by hand") {
    // Deviations -1, -1, -1, 3: a = 24 / (6 * 12^1.5). One redraw on each side of the mean 1: no bias.
    const BootstrapInterval interval = bootstrap_bca(Values{0, 0, 0, 4}, Places{0, 1, 0, 3}, 2, 0.9).value();
    const double a = 24.0 / (6.0 * std::pow(12.0, 1.5)), z = 1.6448536269514722;
    CHECK(interval.high_share == doctest::Approx(0.5 * std::erfc(-z / (1 - a * z) / std::sqrt(2.0))));
    CHECK(interval.low_share == doctest::Approx(0.5 * std::erfc(z / (1 + a * z) / std::sqrt(2.0))));
}

TEST_CASE("bootstrap: intervals of normal data are as wide as theory says, and BCa leans with skewed data") {
    Rng rng(1), draws(2);
    Values normal(400), skewed(60);
    for (double& value : normal) value = rng.normal();
    for (double& value : skewed) value = std::exp(1.5 * rng.normal());
    const Places places = draw_resamples(400, 4000, draws);
    const BootstrapInterval interval = bootstrap_percentile(normal, places, 400, 0.95).value();
    CHECK(interval.high - interval.low == doctest::Approx(2 * 1.96 / 20.0).epsilon(0.1));
    const Places skewed_places = draw_resamples(60, 4000, draws);
    const BootstrapInterval plain = bootstrap_percentile(skewed, skewed_places, 60, 0.95).value();
    const BootstrapInterval bca = bootstrap_bca(skewed, skewed_places, 60, 0.95).value();
    CHECK(bca.low > plain.low);
    CHECK(bca.high > plain.high);
    CHECK(bca.high_share > plain.high_share);
    CHECK(bca.means == plain.means);
}

TEST_CASE("bootstrap: equal values have no BCa interval and a percentile interval of width 0") {
    const Places places{0, 1, 1, 0};
    CHECK(bootstrap_percentile(Values{3, 3}, places, 2, 0.9).value().low == 3.0);
    const double undefined = bootstrap_bca(Values{3, 3}, places, 2, 0.9).value().low;
    CHECK(undefined != undefined);
}

TEST_CASE("bootstrap: redraws that do not fit are refused") {
    CHECK(bootstrap_percentile(Values{}, Places{0}, 1, 0.9).error().code == "empty");
    CHECK(bootstrap_percentile(Values{1}, Places{1}, 1, 0.9).error().code == "bad_place");
    CHECK(bootstrap_percentile(Values{1}, Places{0, 0, 0}, 2, 0.9).error().code == "unequal_counts");
    CHECK(bootstrap_percentile(Values{1}, Places{0}, 1, 1.0).error().code == "bad_option");
    CHECK(bootstrap_bca(Values{std::nan("")}, Places{0}, 1, 0.9).error().code == "not_finite");
}
