#include "core/ops/kl_divergence.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/ops/cross_entropy.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

template <class L>
struct Case {
    using S = typename L::Scalar;
    int V;
    std::vector<int32_t> targets;
    std::vector<S> p, q, divergences, d_p, d_q;
    Case(int vocab_size, std::vector<int32_t> marks, uint64_t seed, double scale = 2.0)
        : V(vocab_size), targets(std::move(marks)), divergences(3), d_p(3 * count_of(V)), d_q(3 * count_of(V)) {
        Rng rng(seed);
        p = random_numbers<S>(d_p.size(), rng, scale);
        q = random_numbers<S>(d_p.size(), rng, scale);
    }
    double forward() {
        kl_divergence_forward<L>(divergences, p, q, targets, V);
        return mean_divergence_nats<L>(divergences, targets);
    }
    void backward(double scale = 1.0) {
        kl_backward_to_first<L>(d_p, p, q, targets, V, scale);
        kl_backward_to_second<L>(d_q, p, q, targets, V, scale);
    }
};

const std::vector<int32_t> kAllCount, kMiddleIgnored{0, kIgnoredTarget, 1};

}  // namespace

TEST_CASE("kl_divergence: a fair coin against one of 3 to 1 costs 0.1438 nats, the other way 0.1308") {
    const std::vector<double> fair{0.0, 0.0}, biased{terrarium::core::log(3.0), 0.0};
    std::vector<double> nats(1);
    kl_divergence_forward<Scalar4d>(nats, fair, biased, {}, 2);
    CHECK(nats[0] == doctest::Approx(0.14384103622589042).epsilon(1e-13));  // ln 2 - ln(3)/2
    kl_divergence_forward<Scalar4d>(nats, biased, fair, {}, 2);
    CHECK(nats[0] == doctest::Approx(0.13081203594113697).epsilon(1e-13));  // 0.75 ln 1.5 + 0.25 ln 0.5
}

TEST_CASE("kl_divergence: equals the formula written out naively, and ignored rows are 0") {
    Case<Scalar4d> c(5, kMiddleIgnored, 1);
    const double mean = c.forward();
    std::vector<double> a(15), b(15);
    softmax<Scalar4d>(a, c.p, 5);
    softmax<Scalar4d>(b, c.q, 5);
    double total = 0.0;
    for (const std::size_t n : {0u, 2u}) {
        double sum = 0.0;
        for (std::size_t v = n * 5; v < n * 5 + 5; ++v)
            sum += a[v] * (terrarium::core::log(a[v]) - terrarium::core::log(b[v]));
        CHECK(c.divergences[n] == doctest::Approx(sum).epsilon(1e-12));
        CHECK(sum > 0.0);
        total += sum;
    }
    CHECK(c.divergences[1] == 0.0);
    CHECK(mean == doctest::Approx(total / 2.0).epsilon(1e-12));
}

TEST_CASE("kl_divergence: equal logits, also shifted ones, cost nothing and pull nowhere") {
    Case<Scalar4d> c(7, kAllCount, 2);
    for (std::size_t i = 0; i < c.p.size(); ++i) c.q[i] = c.p[i] + 3.0;
    CHECK(absolute(c.forward()) <= 1e-14);
    c.backward();
    for (std::size_t i = 0; i < c.p.size(); ++i) {
        CHECK(absolute(c.d_p[i]) <= 1e-14);
        CHECK(absolute(c.d_q[i]) <= 1e-14);
    }
}

TEST_CASE("kl_divergence: huge logits stay finite, NaN stays NaN") {
    Case<Simd4f> c(5, kAllCount, 3, 1e30);
    const double nats = c.forward();
    CHECK(nats > 0.0);
    CHECK(nats < 1e32);
    c.backward();
    for (const float d : c.d_p) CHECK(d == d);
    for (const float d : c.d_q) CHECK(absolute(static_cast<double>(d)) <= 1.0);
    c.q[1] = std::numeric_limits<float>::quiet_NaN();
    const double broken = c.forward();
    CHECK(broken != broken);
}

TEST_CASE("kl_divergence: both gradients are the slopes of the mean, times their scale") {
    uint64_t seed = 4;
    for (const int V : {2, 5, 8, 19}) {
        for (const std::vector<int32_t>& targets : {kAllCount, kMiddleIgnored}) {
            Case<Scalar4d> c(V, targets, seed++);
            c.backward(0.3);
            const auto loss = [&] { return 0.3 * c.forward(); };
            CHECK(worst_slope_error(c.p, c.d_p, loss) <= kLargestSlopeError);
            CHECK(worst_slope_error(c.q, c.d_q, loss) <= kLargestSlopeError);
        }
    }
}

TEST_CASE("kl_divergence: gradients are added to what is there") {
    Case<Scalar4d> once(4, kAllCount, 5), twice(4, kAllCount, 5);
    once.backward();
    twice.backward();
    twice.backward();
    for (std::size_t i = 0; i < 12; ++i) {
        CHECK(twice.d_p[i] == doctest::Approx(2.0 * once.d_p[i]).epsilon(1e-12));
        CHECK(twice.d_q[i] == doctest::Approx(2.0 * once.d_q[i]).epsilon(1e-12));
    }
}

TEST_CASE("kl_divergence: lanes agree bit for bit") {
    for (const int V : {2, 3, 4, 31, 64, 255}) {
        Case<Simd4f> a(V, kMiddleIgnored, 6);
        Case<Scalar4f> b(V, kMiddleIgnored, 6);
        CHECK(a.forward() == b.forward());
        a.backward();
        b.backward();
        CHECK(bits_of(a.divergences, a.d_p, a.d_q) == bits_of(b.divergences, b.d_p, b.d_q));
    }
}

TEST_CASE("kl_divergence: wrong sizes and rows that all do not count are refused") {
    Case<Simd4f> c(4, {kIgnoredTarget, kIgnoredTarget, kIgnoredTarget}, 7);
    CHECK_THROWS_AS((void)c.forward(), CheckFailed);
    CHECK_THROWS_AS(c.backward(), CheckFailed);
    c.targets = {0};
    CHECK_THROWS_AS((void)c.forward(), CheckFailed);
    c.targets.clear();
    c.q.pop_back();
    CHECK_THROWS_AS((void)c.forward(), CheckFailed);
}
