#include "core/models/logistic_regression.h"

#include <doctest/doctest.h>

#include "classical_points.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/rng.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("logistic_regression: without features that tell, probabilities are the shares of the classes") {
    const std::vector<double> x(8, 0.0);
    LogisticRegression model(x, std::vector<int32_t>{0, 0, 0, 0, 1, 1, 2, 2}, 3);
    CHECK(model.loss() == doctest::Approx(8.0 * terrarium::core::log(3.0)).epsilon(1e-14));
    CHECK(model.fit());
    std::vector<double> p(3);
    model.probabilities(p, std::vector<double>{5.0});
    CHECK(p[0] == doctest::Approx(0.5).epsilon(1e-9));
    CHECK(p[1] == doctest::Approx(0.25).epsilon(1e-9));
    CHECK(model.predict(std::vector<double>{5.0}) == 0);
    double biases = 0.0;
    for (std::size_t c = 0; c < 3; ++c) biases += model.weights()[2 * c + 1];
    CHECK(biases == doctest::Approx(0.0).scale(1.0));
}

TEST_CASE("logistic_regression: two classes, with the weights of scikit-learn") {
    const ClassicalPoints points;
    const struct {
        double l2, loss;
        std::vector<double> weights;
    } golden[] = {{0.1, 13.0788591312, {1.652276519, 1.864915454, 1.703039174, 0.3751948359}},
                  {1.0, 15.715036709, {1.107037931, 1.262698614, 1.122668995, 0.2438134283}},
                  {10.0, 22.0444351767, {0.4355953745, 0.4854815287, 0.405213211, 0.05916377679}}};
    for (const auto& want : golden) {
        LogisticRegression model(points.x, points.two, 2, {.l2 = want.l2});
        CHECK(model.fit());
        CHECK(model.steps_taken() < 12);
        CHECK(model.loss() == doctest::Approx(want.loss).epsilon(1e-10));
        // The other program stops when its slope is about 1e-9; the smallest curvature here is about 0.5.
        for (std::size_t i = 0; i < 4; ++i) CHECK(absolute(model.weights()[i] - want.weights[i]) < 2e-8);
    }
}

TEST_CASE("logistic_regression: three classes, with the weights of scikit-learn") {
    const ClassicalPoints points;
    const struct {
        double l2, loss;
        std::vector<double> weights;
    } golden[] = {{0.1,
                   18.8611702589,
                   {-2.335186338, -1.870733025, -2.131987369, -0.9401026138, 0.1176095114, -0.1978935208, -0.3068541786,
                    1.320501209, 2.217576826, 2.068626546, 2.438841547, -0.3803985948}},
                  {1.0,
                   24.6608526115,
                   {-1.269921404, -0.9447176928, -1.024484347, -0.5258652857, 0.1467460046, -0.05680697735,
                    -0.1615539332, 0.6906540831, 1.123175399, 1.00152467, 1.18603828, -0.1647887974}},
                  {10.0,
                   34.5409945572,
                   {-0.5013477183, -0.3148166503, -0.3250347566, -0.1508495672, 0.1247127096, 0.00349651276,
                    -0.07714253895, 0.2457133641, 0.3766350088, 0.3113201375, 0.4021772955, -0.09486379686}}};
    for (const auto& want : golden) {
        LogisticRegression model(points.x, points.three, 3, {.l2 = want.l2});
        CHECK(model.fit());
        CHECK(model.loss() == doctest::Approx(want.loss).epsilon(1e-10));
        for (std::size_t i = 0; i < 12; ++i) CHECK(absolute(model.weights()[i] - want.weights[i]) < 2e-8);
        int right = 0;
        for (std::size_t n = 0; n < 40; ++n) {
            right += model.predict(std::span<const double>(points.x).subspan(n * 3, 3)) == points.three[n];
        }
        CHECK(right == 31);  // 0.775 of 40
    }
}

TEST_CASE("logistic_regression: at the end no direction lowers the loss") {
    const ClassicalPoints points;
    LogisticRegression model(points.x, points.three, 3, {.l2 = 0.5});
    CHECK(model.fit());
    // Rows with every feature shifted mean the same as another bias: the minimum must not move.
    std::vector<double> shifted = points.x;
    for (double& x : shifted) x += 3.0;
    LogisticRegression other(shifted, points.three, 3, {.l2 = 0.5});
    CHECK(other.fit());
    CHECK(other.loss() == doctest::Approx(model.loss()).epsilon(1e-10));
    for (std::size_t i = 0; i < 3; ++i) CHECK(absolute(other.weights()[i] - model.weights()[i]) < 1e-6);
}

TEST_CASE("logistic_regression: classes that a plane separates have no minimum without penalty, and that is said") {
    const std::vector<double> x{-2.0, -1.0, 1.0, 2.0};
    const std::vector<int32_t> y{0, 0, 1, 1};
    LogisticRegression free(x, y, 2, {.l2 = 0.0});
    CHECK_FALSE(free.fit(10));
    CHECK(free.weights()[0] > 5.0);
    LogisticRegression held(x, y, 2, {.l2 = 1e-3});
    CHECK(held.fit());
    CHECK(held.predict(std::vector<double>{0.1}) == 1);
}

TEST_CASE("logistic_regression: without penalty and with overlap, three classes converge too") {
    const ClassicalPoints points;
    LogisticRegression model(points.x, points.three, 3, {.l2 = 0.0});
    CHECK(model.fit());
    for (std::size_t i = 0; i < 4; ++i) {  // the same added to all classes changes nothing: it stays 0
        CHECK(absolute(model.weights()[i] + model.weights()[4 + i] + model.weights()[8 + i]) < 1e-9);
    }
}

TEST_CASE("logistic_regression: what cannot be is refused") {
    const std::vector<double> x(4);
    CHECK_THROWS_AS(LogisticRegression(x, std::vector<int32_t>{0, 1, 2}, 3), CheckFailed);
    CHECK_THROWS_AS(LogisticRegression(x, std::vector<int32_t>{0, 2}, 2), CheckFailed);
    CHECK_THROWS_AS(LogisticRegression(x, std::vector<int32_t>{0, 1}, 1), CheckFailed);
}
