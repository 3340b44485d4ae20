#include "core/metrics/multiple_testing.h"

#include <doctest/doctest.h>

#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

TEST_CASE("multiple_testing: four p-values by hand") {
    const AdjustedPValues adjusted = adjust_p_values(std::vector<double>{0.01, 0.04, 0.03, 0.005}).value();
    const std::vector<double> holm{0.03, 0.06, 0.06, 0.02}, bonferroni{0.04, 0.16, 0.12, 0.02},
        hochberg{0.02, 0.04, 0.04, 0.02};
    for (size_t i = 0; i < 4; ++i) {
        CHECK(adjusted.holm[i] == doctest::Approx(holm[i]));
        CHECK(adjusted.bonferroni[i] == doctest::Approx(bonferroni[i]));
        CHECK(adjusted.benjamini_hochberg[i] == doctest::Approx(hochberg[i]));
    }
}

TEST_CASE("multiple_testing: the order of the three is always the same, and a single test needs no repair") {
    Rng rng(1);
    for (int run = 0; run < 100; ++run) {
        std::vector<double> p(1 + rng.below(10));
        for (double& value : p) value = rng.uniform();
        const AdjustedPValues adjusted = adjust_p_values(p).value();
        for (size_t i = 0; i < p.size(); ++i) {
            CHECK(p[i] <= adjusted.benjamini_hochberg[i]);
            CHECK(adjusted.benjamini_hochberg[i] <= adjusted.holm[i] + 1e-15);
            CHECK(adjusted.holm[i] <= adjusted.bonferroni[i]);
            CHECK(adjusted.bonferroni[i] <= 1.0);
        }
    }
    CHECK(adjust_p_values(std::vector<double>{0.3}).value().holm[0] == 0.3);
    CHECK(adjust_p_values({}).error().code == "empty");
    CHECK(adjust_p_values(std::vector<double>{1.1}).error().code == "not_a_probability");
}
