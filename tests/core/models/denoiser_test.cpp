#include "core/models/denoiser.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/train/adam.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

const DenoiserShape kSmall{.size = 3, .n_classes = 2, .time_features = 4, .hidden_width = 6, .n_hidden = 2};

}  // namespace

TEST_CASE("denoiser: the network inside, and what cannot be built") {
    CHECK(network_of(kSmall).sizes == std::vector<int32_t>{3 + 4 + 3, 6, 6, 3});
    DenoiserShape shape = kSmall;
    shape.n_classes = 0;
    CHECK(network_of(shape).sizes == std::vector<int32_t>{7, 6, 6, 3});
    CHECK(why_invalid(shape).empty());
    shape.time_features = 5;
    CHECK_FALSE(why_invalid(shape).empty());
    CHECK_THROWS_AS(Denoiser<Simd4f>(shape, NoiseSchedule(BetaSchedule::Linear, 5), 2), CheckFailed);
}

TEST_CASE("denoiser: noise is added by its formula, and level 0 is the picture itself") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 10);
    const std::vector<double> x_0{1.0, 2.0, 3.0, 4.0}, noise{0.5, -1.0, 1.0, 0.0};
    std::vector<double> x_t(4);
    add_noise<Scalar4d>(x_t, x_0, noise, std::vector<int32_t>{0, 7}, schedule);
    CHECK(x_t[0] == 1.0);
    CHECK(x_t[1] == 2.0);
    CHECK(x_t[2] == doctest::Approx(3.0 * schedule.signal(7) + schedule.noise(7)).epsilon(1e-14));
    CHECK(x_t[3] == doctest::Approx(4.0 * schedule.signal(7)).epsilon(1e-14));
}

TEST_CASE("denoiser: backward is the slope of the loss, for every parameter, whether it says noise or picture") {
    for (const Prediction prediction : {Prediction::Noise, Prediction::Picture}) {
        Rng rng(1);
        DenoiserShape shape = kSmall;
        shape.prediction = prediction;
        Denoiser<Scalar4d> denoiser(shape, NoiseSchedule(BetaSchedule::Cosine, 20), 5);
        denoiser.initialise(rng);
        for (double& p : denoiser.parameters()) p += 0.3 * rng.normal();
        const std::vector<double> x_0 = random_numbers<double>(15, rng), noise = random_numbers<double>(15, rng);
        const std::vector<int32_t> levels{1, 20, 7, 12, 3}, classes{0, 1, kNoClass, 1, 0};
        const auto loss = [&] { return denoiser.forward_at(x_0, noise, levels, classes); };
        loss();
        denoiser.backward();
        const std::vector<double> claimed(denoiser.gradients().begin(), denoiser.gradients().end());
        CHECK(worst_slope_error(denoiser.parameters(), claimed, loss) <= kLargestSlopeError);
        loss();
        denoiser.zero_gradients();
        denoiser.backward(0.25);
        CHECK(denoiser.gradients()[0] == doctest::Approx(0.25 * claimed[0]).epsilon(1e-12));
    }
}

TEST_CASE("denoiser: a network that says the picture predicts the noise that would lead from it to what it sees") {
    DenoiserShape shape = kSmall;
    shape.prediction = Prediction::Picture;
    Rng rng(8);
    const NoiseSchedule schedule(BetaSchedule::Linear, 20);
    Denoiser<Scalar4d> denoiser(shape, schedule, 2);
    denoiser.initialise(rng);
    const std::vector<double> said{0.3, -0.7, 1.1}, x = random_numbers<double>(6, rng);
    std::copy(said.begin(), said.end(), denoiser.network().bias(2).begin());  // the last weights are still 0
    const std::vector<int32_t> levels{3, 17};
    const ConstSpan<Scalar4d> noise = denoiser.predict(x, levels, {});
    for (std::size_t i = 0; i < 6; ++i) {
        const int32_t level = levels[i / 3];
        CHECK(schedule.signal(level) * said[i % 3] + schedule.noise(level) * noise[i] ==
              doctest::Approx(x[i]).epsilon(1e-12));
    }
    // Its loss is that of the picture: here the same miss in every row.
    const std::vector<double> none(6, 0.0);
    CHECK(denoiser.forward_at(none, x, levels, {}) == doctest::Approx((0.09 + 0.49 + 1.21) / 3).epsilon(1e-12));
}

TEST_CASE("denoiser: the loss is the mean square of what the prediction misses") {
    Rng rng(2);
    Denoiser<Scalar4d> denoiser(kSmall, NoiseSchedule(BetaSchedule::Linear, 20), 4);
    const std::vector<double> x_0(12, 1.0), noise = random_numbers<double>(12, rng);
    const std::vector<int32_t> levels{5, 5, 5, 5};
    double squares = 0.0;
    for (const double e : noise) squares += e * e;
    denoiser.initialise(rng);  // predicts 0
    CHECK(denoiser.forward_at(x_0, noise, levels, {}) == doctest::Approx(squares / 12.0).epsilon(1e-13));
}

TEST_CASE("denoiser: each class has its own row of the first weights, and so has no class") {
    Rng rng(3);
    Denoiser<Scalar4d> denoiser(kSmall, NoiseSchedule(BetaSchedule::Linear, 20), 4);
    denoiser.initialise(rng);
    for (double& p : denoiser.parameters()) p += 0.3 * rng.normal();
    const std::vector<double> x(9, 0.5);
    const std::vector<int32_t> levels{4, 4, 4}, classes{0, 1, kNoClass};
    const auto predict = [&] {
        const ConstSpan<Scalar4d> out = denoiser.predict(x, levels, classes);
        return std::vector<double>(out.begin(), out.end());
    };
    const std::vector<double> before = predict();
    for (std::size_t row = 0; row < 3; ++row) {
        double& weight = denoiser.network().weight(0)[(3 + 4 + row) * 6];
        weight += 0.5;
        const std::vector<double> after = predict();
        for (std::size_t n = 0; n < 3; ++n) CHECK((after[n * 3] != before[n * 3]) == (n == row));
        weight -= 0.5;
    }
}

TEST_CASE("denoiser: classes are dropped as often as asked, and the noise is the same with or without") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 20);
    Denoiser<Scalar4d> denoiser(kSmall, schedule, 64);
    Rng init(4);
    denoiser.initialise(init);
    for (double& p : denoiser.parameters()) p += 0.3 * init.normal();
    const std::vector<double> x_0(192, 0.3);
    const std::vector<int32_t> classes(64, 1);
    const auto loss = [&](std::span<const int32_t> c, double drop) {
        Rng rng(5);
        return denoiser.forward(x_0, c, drop, rng);
    };
    CHECK(loss(classes, 1.0) == loss({}, 0.0));
    CHECK(loss(classes, 0.0) != loss({}, 0.0));
    CHECK(loss(classes, 0.5) != loss(classes, 0.0));
    CHECK(loss(classes, 0.5) != loss(classes, 1.0));
}

TEST_CASE("denoiser: trained on one point, it learns what the formula says the noise is") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 10);
    Denoiser<Simd4f> denoiser({.size = 1, .hidden_width = 32}, schedule, 64);
    Rng rng(6);
    denoiser.initialise(rng);
    Adam<Simd4f> optimiser(denoiser.parameters().size());
    const std::vector<float> x_0(64, 0.5f);
    double first = 0.0, last = 0.0;
    for (int step = 0; step < 600; ++step) {
        denoiser.zero_gradients();
        last = denoiser.forward(x_0, {}, 0.0, rng);
        if (step == 0) first = last;
        denoiser.backward();
        optimiser.step(denoiser.parameters(), denoiser.gradients(), 5e-3);
    }
    CHECK(first == doctest::Approx(1.0).epsilon(0.5));
    CHECK(last < 0.02);  // one point: x_t alone tells the noise, (x_t - signal 0.5) / noise
}

TEST_CASE("denoiser: lanes agree bit for bit") {
    const auto run = [&]<class L>(L*) {
        Rng rng(7);
        Denoiser<L> denoiser(kSmall, NoiseSchedule(BetaSchedule::Cosine, 20), 7);
        denoiser.initialise(rng);
        Adam<L> optimiser(denoiser.parameters().size());
        const std::vector<float> x_0 = random_numbers<float>(21, rng);
        const std::vector<int32_t> classes{0, 1, 0, 1, kNoClass, 0, 1};
        for (int step = 0; step < 5; ++step) {
            denoiser.zero_gradients();
            denoiser.forward(x_0, classes, 0.2, rng);
            denoiser.backward();
            optimiser.step(denoiser.parameters(), denoiser.gradients(), 1e-2);
        }
        return bits_of(denoiser.parameters());
    };
    CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
}

TEST_CASE("denoiser: levels, classes and calls that cannot be are refused") {
    Denoiser<Simd4f> denoiser(kSmall, NoiseSchedule(BetaSchedule::Linear, 20), 2);
    const std::vector<float> x(3), nine(9);
    CHECK_THROWS_AS(denoiser.predict(x, std::vector<int32_t>{0}, {}), CheckFailed);
    CHECK_THROWS_AS(denoiser.predict(x, std::vector<int32_t>{21}, {}), CheckFailed);
    CHECK_THROWS_AS(denoiser.predict(x, std::vector<int32_t>{1}, std::vector<int32_t>{2}), CheckFailed);
    CHECK_THROWS_AS(denoiser.predict(nine, std::vector<int32_t>{1, 1, 1}, {}), CheckFailed);
    CHECK_THROWS_AS(denoiser.backward(), CheckFailed);
    denoiser.predict(x, std::vector<int32_t>{1}, {});
    CHECK_THROWS_AS(denoiser.backward(), CheckFailed);
}
