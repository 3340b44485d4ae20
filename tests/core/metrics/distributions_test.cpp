#include "core/metrics/distributions.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;

}  // namespace

TEST_CASE("distributions: two coins by hand") {
    const Values fair{0.5, 0.5}, loaded{0.9, 0.1}, heads{1, 0}, tails{0, 1};
    CHECK(entropy_nats(fair) == doctest::Approx(std::log(2.0)));
    CHECK(entropy_nats(heads) == 0.0);
    CHECK(kl_divergence_nats(fair, loaded) == doctest::Approx(0.5 * std::log(0.5 / 0.9) + 0.5 * std::log(5.0)));
    CHECK(kl_divergence_nats(heads, tails) == std::numeric_limits<double>::infinity());
    CHECK(js_divergence_nats(heads, tails) == doctest::Approx(std::log(2.0)));
    CHECK(total_variation(fair, loaded) == doctest::Approx(0.4));
    CHECK(hellinger_distance(heads, tails) == 1.0);
    CHECK(hellinger_distance(fair, loaded) == doctest::Approx(std::sqrt(1 - std::sqrt(0.45) - std::sqrt(0.05))));
}

TEST_CASE("distributions: distances are 0 for equals, symmetric, and ordered as theory says") {
    Rng rng(1);
    for (int run = 0; run < 200; ++run) {
        Values a(5), b(5);
        for (size_t i = 0; i < a.size(); ++i) a[i] = rng.below(6), b[i] = rng.below(6);
        a[0] += 1, b[4] += 1;
        const Values p = normalised(a).value(), q = normalised(b).value();
        CHECK(kl_divergence_nats(p, p) == 0.0);
        CHECK(js_divergence_nats(p, p) == doctest::Approx(0.0));
        CHECK(js_divergence_nats(p, q) == doctest::Approx(js_divergence_nats(q, p)));
        CHECK(js_divergence_nats(p, q) <= std::log(2.0) + 1e-12);
        const double h = hellinger_distance(p, q), tv = total_variation(p, q);
        CHECK(h * h <= tv + 1e-12);
        CHECK(tv <= h * std::sqrt(2.0) + 1e-12);
        CHECK(kl_divergence_nats(p, q) >= 2 * tv * tv - 1e-12);  // Pinsker
    }
}

TEST_CASE("distributions: weights that are no distribution are refused") {
    CHECK(normalised(Values{}).error().code == "empty");
    CHECK(normalised(Values{0, 0}).error().code == "empty");
    CHECK(normalised(Values{1, -1}).error().code == "negative");
    CHECK(normalised(Values{1, std::nan("")}).error().code == "not_finite");
    CHECK(normalised(Values{1, 3}).value() == Values{0.25, 0.75});
}
