#include "core/metrics/regression.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;

}  // namespace

TEST_CASE("regression: four predictions by hand") {
    const RegressionErrors errors = regression_errors(Values{3, -0.5, 2, 7}, Values{2.5, 0, 2, 8}).value();
    CHECK(errors.mean_absolute == 0.5);
    CHECK(errors.mean_squared == 0.375);
    CHECK(errors.root_mean_squared == doctest::Approx(std::sqrt(0.375)));
    CHECK(errors.median_absolute == 0.5);
    CHECK(errors.max_absolute == 1.0);
    CHECK(errors.mean_absolute_fraction == doctest::Approx((0.5 / 3 + 1 + 0 + 1.0 / 7) / 4));
    CHECK(errors.r2 == doctest::Approx(1 - 1.5 / 29.1875));
    CHECK(errors.r2 == doctest::Approx(1 - errors.squared_residuals / errors.squared_deviations));
    CHECK(errors.explained_variance == doctest::Approx(1 - (1.5 / 4 - 0.0625) / (29.1875 / 4)));
}

TEST_CASE("regression: constant truth and single samples are said as the reference says them") {
    CHECK(regression_errors(Values{2, 2}, Values{2, 2}).value().r2 == 1.0);
    CHECK(regression_errors(Values{2, 2}, Values{1, 3}).value().r2 == 0.0);
    CHECK(regression_errors(Values{2, 2}, Values{1, 1}).value().explained_variance == 1.0);
    const RegressionErrors single = regression_errors(Values{1}, Values{2}).value();
    CHECK(single.r2 != single.r2);
    CHECK(single.explained_variance == 1.0);
}

TEST_CASE("regression: the log error sees ratios, also for tiny differences of large numbers") {
    CHECK(mean_squared_log_error(Values{1}, Values{3}).value() == doctest::Approx(std::log(2.0) * std::log(2.0)));
    CHECK(mean_squared_log_error(Values{0}, Values{1e-12}).value() == doctest::Approx(1e-24).epsilon(1e-9));
    CHECK(mean_squared_log_error(Values{1, -2}, Values{1, 1}).error().code == "negative");
}

TEST_CASE("regression: pairs are counted as a naive double loop counts them") {
    Rng rng(1);
    for (int run = 0; run < 100; ++run) {
        Values x(2 + rng.below(30)), y(x.size());
        for (size_t i = 0; i < x.size(); ++i) x[i] = rng.below(6), y[i] = rng.below(6);
        int64_t concordant = 0, discordant = 0, tied_x = 0, tied_y = 0;
        for (size_t i = 0; i < x.size(); ++i) {
            for (size_t j = 0; j < i; ++j) {
                const double product = (x[i] - x[j]) * (y[i] - y[j]);
                concordant += product > 0 ? 1 : 0;
                discordant += product < 0 ? 1 : 0;
                tied_x += x[i] == x[j] ? 1 : 0;
                tied_y += y[i] == y[j] ? 1 : 0;
            }
        }
        const ConcordanceCounts counts = concordance_counts(x, y);
        CHECK(counts.concordant() == concordant);
        CHECK(counts.discordant == discordant);
        CHECK(counts.tied_x == tied_x);
        CHECK(counts.tied_y == tied_y);
    }
}

TEST_CASE("regression: correlations are symmetric, within -1 and 1, and blind to scale and shift") {
    Rng rng(2);
    for (int run = 0; run < 100; ++run) {
        Values x(3 + rng.below(20)), y(x.size()), scaled(x.size());
        for (size_t i = 0; i < x.size(); ++i) {
            x[i] = rng.normal();
            y[i] = x[i] + rng.normal();
            scaled[i] = 1e6 + 3.0 * x[i];
        }
        const Correlations one = correlations(x, y).value(), swapped = correlations(y, x).value();
        CHECK(one.pearson == doctest::Approx(swapped.pearson));
        CHECK(one.kendall_tau_b == doctest::Approx(swapped.kendall_tau_b));
        CHECK(correlations(scaled, y).value().pearson == doctest::Approx(one.pearson).epsilon(1e-6));
        CHECK(correlations(scaled, y).value().spearman == doctest::Approx(one.spearman));
        CHECK(std::fabs(one.pearson) <= 1.0);
        CHECK(correlations(x, scaled).value().kendall_tau_b == doctest::Approx(1.0));
    }
    CHECK(correlations(Values{1, 2}, Values{9, 3}).value().pearson == -1.0);
    const Correlations undefined = correlations(Values{2, 2, 2}, Values{1, 2, 3}).value();
    CHECK(undefined.pearson != undefined.pearson);
    CHECK(undefined.spearman != undefined.spearman);
    CHECK(undefined.kendall_tau_b != undefined.kendall_tau_b);
}

TEST_CASE("regression: input that cannot be measured is refused") {
    CHECK(regression_errors(Values{}, Values{}).error().code == "empty");
    CHECK(regression_errors(Values{1}, Values{1, 2}).error().code == "unequal_counts");
    CHECK(regression_errors(Values{1}, Values{std::numeric_limits<double>::infinity()}).error().code == "not_finite");
    CHECK(correlations(Values{1}, Values{1}).error().code == "too_few");
}
