#include "core/metrics/two_samples.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Values = std::vector<double>;

KsTest exact(const Values& a, const Values& b) { return ks_two_samples(a, b, KsMethod::Exact).value(); }

/// The largest gap as the definition has it.
double naive_gap(const Values& a, const Values& b) {
    double largest = 0.0;
    for (const Values* side : {&a, &b}) {
        for (const double x : *side) {
            const auto share = [x](const Values& v) {
                const auto below = std::count_if(v.begin(), v.end(), [x](double y) { return y <= x; });
                return static_cast<double>(below) / static_cast<double>(v.size());
            };
            largest = std::max(largest, std::fabs(share(a) - share(b)));
        }
    }
    return largest;
}

}  // namespace

TEST_CASE("two_samples: two against two by hand") {
    // Of the 6 orders of aabb, only aabb and bbaa separate the samples fully.
    CHECK(exact({1, 2}, {3, 4}).statistic == 1.0);
    CHECK(exact({1, 2}, {3, 4}).p_value == doctest::Approx(2.0 / 6));
    CHECK(exact({1, 2}, {3, 4}).location == 2.0);
    CHECK(exact({1, 3}, {2, 4}).p_value == doctest::Approx(1.0));
    CHECK(exact({5, 5}, {5}).statistic == 0.0);
    CHECK(exact({5, 5}, {5}).p_value == 1.0);
}

TEST_CASE("two_samples: the exact chance equals a count over all orders") {
    const int n = 4, m = 3;
    for (uint32_t seed = 1; seed <= 8; ++seed) {
        Rng rng(seed);
        Values a(n), b(m);
        for (double& value : a) value = rng.uniform();
        for (double& value : b) value = rng.uniform();
        const KsTest test = exact(a, b);
        int as_far = 0, orders = 0;
        for (uint32_t mask = 0; mask < (1u << (n + m)); ++mask) {
            Values left, right;
            for (int i = 0; i < n + m; ++i) ((mask >> i & 1u) != 0 ? left : right).push_back(i);
            if (left.size() != n) continue;
            ++orders;
            as_far += naive_gap(left, right) >= test.statistic - 1e-12 ? 1 : 0;
        }
        CHECK(test.p_value == doctest::Approx(static_cast<double>(as_far) / orders).epsilon(1e-12));
        CHECK(test.statistic == doctest::Approx(naive_gap(a, b)));
    }
}

TEST_CASE("two_samples: the asymptotic p-value is close to the exact one, and undefined for two single values") {
    Rng rng(1);
    Values a(300), b(250);
    for (double& value : a) value = rng.normal();
    for (double& value : b) value = rng.normal() + 0.15;
    const KsTest test = exact(a, b);
    const KsTest asymptotic = ks_two_samples(a, b, KsMethod::Asymptotic).value();
    CHECK(asymptotic.p_value == doctest::Approx(test.p_value).epsilon(0.1));
    CHECK_FALSE(asymptotic.is_exact);
    const double undefined = ks_two_samples(Values{1}, Values{2}, KsMethod::Asymptotic).value().p_value;
    CHECK(undefined != undefined);
}

TEST_CASE("two_samples: Wasserstein is what must be carried how far") {
    CHECK(wasserstein_distance(Values{0, 1, 3}, Values{5, 6, 8}).value() == doctest::Approx(5.0));
    CHECK(wasserstein_distance(Values{0, 1}, Values{0, 1}, Values{3, 1}, Values{2, 2}).value() == 0.25);
    CHECK(normed_wasserstein_distance(Values{0.5}, Values{2}).value() == doctest::Approx(1500.0));
    Rng rng(2);
    for (int run = 0; run < 50; ++run) {
        Values a(20), b(20), moved;
        for (double& value : a) value = rng.normal();
        for (double& value : b) value = rng.normal();
        for (const double value : a) moved.push_back(value + 3.0);
        CHECK(wasserstein_distance(a, moved).value() == doctest::Approx(3.0));
        CHECK(wasserstein_distance(a, b).value() == doctest::Approx(wasserstein_distance(b, a).value()));
        // With equally many values the sorted lists are matched one to one.
        std::sort(a.begin(), a.end());
        std::sort(b.begin(), b.end());
        double sum = 0.0;
        for (size_t i = 0; i < a.size(); ++i) sum += std::fabs(a[i] - b[i]) / 20.0;
        CHECK(wasserstein_distance(a, b).value() == doctest::Approx(sum));
    }
}

TEST_CASE("two_samples: samples that cannot be compared are refused") {
    CHECK(ks_two_samples(Values{}, Values{1}, KsMethod::Auto).error().code == "empty");
    CHECK(ks_two_samples(Values{1}, Values{std::nan("")}, KsMethod::Auto).error().code == "not_finite");
    CHECK(wasserstein_distance(Values{1, 2}, Values{1}, Values{1}).error().code == "bad_weights");
    CHECK(wasserstein_distance(Values{1}, Values{1}, Values{0}).error().code == "bad_weights");
}
