#include "core/ops/soft_cross_entropy.h"

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

/// N rows of random logits and targets; row 1 is ignored when there is one.
template <class L>
struct Case {
    using S = typename L::Scalar;
    int V;
    double temperature;
    std::vector<S> logits, targets, losses, probabilities, d;
    Case(std::size_t N, int vocab_size, double t, uint64_t seed, double scale = 2.0)
        : V(vocab_size), temperature(t), losses(N), probabilities(N * count_of(V)), d(N * count_of(V)) {
        Rng rng(seed);
        logits = random_numbers<S>(d.size(), rng, scale);
        targets.resize(d.size());
        softmax<L>(targets, random_numbers<S>(d.size(), rng, 2.0), V);
        if (N > 1) std::fill(targets.begin() + V, targets.begin() + 2 * V, S(0));
    }
    double forward() {
        soft_cross_entropy_forward<L>(losses, probabilities, logits, targets, V, temperature);
        return mean_soft_loss_nats<L>(losses, targets, V);
    }
    void backward(double scale = 1.0) {
        soft_cross_entropy_backward<L>(d, probabilities, targets, V, temperature, scale);
    }
};

}  // namespace

TEST_CASE("soft_cross_entropy: a target that is sure is the plain cross-entropy") {
    Case<Scalar4d> c(3, 7, 1.0, 1);
    const std::vector<int32_t> ids{6, kIgnoredTarget, 2};
    smooth_labels<Scalar4d>(c.targets, ids, 7, 0.0);
    const double loss = c.forward();
    c.backward();
    std::vector<double> losses(3), d(21);
    cross_entropy_forward<Scalar4d>(losses, c.logits, ids, 7);
    cross_entropy_backward<Scalar4d>(d, c.logits, ids, 7);
    CHECK(loss == doctest::Approx(mean_loss_nats(losses, ids)).epsilon(1e-12));
    for (std::size_t i = 0; i < 21; ++i) CHECK(c.d[i] == doctest::Approx(d[i]).epsilon(1e-12));
}

TEST_CASE("soft_cross_entropy: equals the formula written out naively") {
    Case<Scalar4d> c(2, 5, 2.5, 2);
    c.forward();
    double z[5], sum = 0.0, expected = 0.0;
    for (std::size_t v = 0; v < 5; ++v) z[v] = c.logits[v] / 2.5, sum += terrarium::core::exp(z[v]);
    for (std::size_t v = 0; v < 5; ++v) {
        expected -= c.targets[v] * terrarium::core::log(terrarium::core::exp(z[v]) / sum);
        CHECK(c.probabilities[v] == doctest::Approx(terrarium::core::exp(z[v]) / sum).epsilon(1e-12));
    }
    CHECK(c.losses[0] == doctest::Approx(2.5 * 2.5 * expected).epsilon(1e-12));
    CHECK(c.losses[1] == 0.0);  // the ignored row
}

TEST_CASE("soft_cross_entropy: a student that agrees has no gradient, and the entropy as its loss") {
    Case<Scalar4d> c(1, 4, 3.0, 3);
    soften<Scalar4d>(c.targets, c.logits, 4, 3.0);
    const double loss = c.forward();
    c.backward();
    double entropy = 0.0;
    for (const double p : c.targets) entropy -= p * terrarium::core::log(p);
    CHECK(loss == doctest::Approx(9.0 * entropy).epsilon(1e-12));
    for (const double d : c.d) CHECK(absolute(d) <= 1e-15);
}

TEST_CASE("soft_cross_entropy: the factor in front keeps the gradient's size at high temperature") {
    // Hinton et al.: for small centred logits the gradient tends to (student - teacher) / V, whatever the temperature.
    const std::vector<double> teacher{1.0, 0.0, -1.0, 0.0};
    for (const double temperature : {100.0, 1000.0}) {
        Case<Scalar4d> c(1, 4, temperature, 4);
        c.logits = {-0.5, 0.5, 0.25, -0.25};
        soften<Scalar4d>(c.targets, teacher, 4, temperature);
        c.forward();
        c.backward();
        for (std::size_t v = 0; v < 4; ++v)
            CHECK(c.d[v] == doctest::Approx((c.logits[v] - teacher[v]) / 4.0).epsilon(0.01));
    }
}

TEST_CASE("soft_cross_entropy: huge logits stay finite, NaN stays NaN") {
    Case<Simd4f> c(2, 5, 2.0, 5, 1e30);
    CHECK(c.forward() < 1e33);
    c.backward();
    for (const float d : c.d) CHECK(absolute(static_cast<double>(d)) <= 2.0);
    c.logits[0] = std::numeric_limits<float>::quiet_NaN();
    const double loss = c.forward();
    CHECK(loss != loss);
}

TEST_CASE("soft_cross_entropy: backward is the slope of the mean loss, times its scale") {
    uint64_t seed = 6;
    for (const int V : {2, 5, 8, 19}) {
        for (const double temperature : {1.0, 0.5, 3.0}) {
            Case<Scalar4d> c(3, V, temperature, seed++);
            c.forward();
            c.backward(0.25);
            const auto loss = [&] { return 0.25 * c.forward(); };
            CHECK(worst_slope_error(c.logits, c.d, loss) <= kLargestSlopeError);
        }
    }
    Case<Scalar4d> c(2, 6, 2.0, seed);  // targets that are no distribution: still the slope; and in place
    for (double& target : c.targets) target *= 1.7;
    c.forward();
    c.backward();
    const auto loss = [&] { return c.forward(); };
    CHECK(worst_slope_error(c.logits, c.d, loss) <= kLargestSlopeError);
    std::vector<double> in_place = c.probabilities;
    soft_cross_entropy_backward<Scalar4d>(in_place, in_place, c.targets, 6, 2.0);
    CHECK(in_place == c.d);
}

TEST_CASE("smooth_labels: 0.1 over five tokens leaves 0.92 and 0.02") {
    std::vector<double> targets(10);
    smooth_labels<Scalar4d>(targets, std::vector<int32_t>{3, kIgnoredTarget}, 5, 0.1);
    CHECK(targets[3] == doctest::Approx(0.92).epsilon(1e-15));
    CHECK(targets[0] == doctest::Approx(0.02).epsilon(1e-15));
    CHECK(std::vector<double>(targets.begin() + 5, targets.end()) == std::vector<double>(5, 0.0));
}

TEST_CASE("soft_cross_entropy: lanes agree bit for bit") {
    for (const int V : {2, 3, 4, 31, 64, 255}) {
        Case<Simd4f> a(3, V, 1.5, 7);
        Case<Scalar4f> b(3, V, 1.5, 7);
        CHECK(a.forward() == b.forward());
        a.backward();
        b.backward();
        CHECK(bits_of(a.targets, a.losses, a.probabilities, a.d) == bits_of(b.targets, b.losses, b.probabilities, b.d));
    }
}

TEST_CASE("soft_cross_entropy: wrong sizes, temperatures and empty targets are refused") {
    Case<Simd4f> c(1, 4, 0.0, 8);
    CHECK_THROWS_AS(c.forward(), CheckFailed);
    c.temperature = 1.0;
    c.targets.assign(4, 0.0f);
    CHECK_THROWS_AS(c.forward(), CheckFailed);
    c.targets.pop_back();
    CHECK_THROWS_AS(c.forward(), CheckFailed);
    CHECK_THROWS_AS(smooth_labels<Simd4f>(c.d, std::vector<int32_t>{4}, 4, 0.1), CheckFailed);
    CHECK_THROWS_AS(smooth_labels<Simd4f>(c.d, std::vector<int32_t>{1}, 4, 1.1), CheckFailed);
}
