#include "core/models/diffusion.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr double kNoLimit = std::numeric_limits<double>::infinity();
const DenoiserShape kSmall{.size = 3, .n_classes = 2, .time_features = 4, .hidden_width = 6, .n_hidden = 1};

template <class L>
Denoiser<L> lively(int max_rows) {
    Rng rng(1);
    Denoiser<L> denoiser(kSmall, NoiseSchedule(BetaSchedule::Cosine, 20), max_rows);
    denoiser.initialise(rng);
    for (auto& p : denoiser.parameters()) p += static_cast<typename L::Scalar>(0.3 * rng.normal());
    return denoiser;
}

template <class L>
std::vector<typename L::Scalar> sampled(const SamplingPlan& plan, std::span<const int32_t> classes, uint64_t seed) {
    Denoiser<L> denoiser = lively<L>(8);
    DiffusionSampler<L> sampler(denoiser, plan, classes, Rng(seed));
    while (sampler.step(denoiser)) {
    }
    CHECK(sampler.level() == 0);
    CHECK(sampler.steps_taken() == plan.n_steps);
    return {sampler.pictures().begin(), sampler.pictures().end()};
}

}  // namespace

TEST_CASE("diffusion: a perfect denoiser leads DDIM to the picture, in one step or in many") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 50);
    const std::vector<double> x_0{0.7, -1.2, 0.1};
    for (const int32_t n_steps : {1, 7, 50}) {
        Rng rng(2);
        std::vector<double> x = random_numbers<double>(3, rng), guess(3), noise(3);
        const std::vector<int32_t> levels = levels_of({.n_steps = n_steps}, 50);
        const std::vector<double> start = x;
        double start_noise = 0.0;
        for (std::size_t k = 0; k + 1 < levels.size(); ++k) {
            const int32_t t = levels[k], s = levels[k + 1];
            for (std::size_t i = 0; i < 3; ++i) noise[i] = (x[i] - schedule.signal(t) * x_0[i]) / schedule.noise(t);
            if (k == 0) start_noise = noise[1];
            CHECK(noise[1] == doctest::Approx(start_noise).epsilon(1e-9));  // a straight way keeps its noise
            guess_picture<Scalar4d>(guess, noise, x, t, kNoLimit, schedule);
            for (std::size_t i = 0; i < 3; ++i) CHECK(guess[i] == doctest::Approx(x_0[i]).epsilon(1e-11));
            ddim_step<Scalar4d>(x, guess, noise, {}, t, s, 0.0, schedule);
        }
        for (std::size_t i = 0; i < 3; ++i) CHECK(x[i] == doctest::Approx(x_0[i]).epsilon(1e-11));
    }
}

TEST_CASE("diffusion: DDPM between neighbours is the paper's formula, and DDIM with eta 1 is DDPM") {
    Rng rng(3);
    for (const BetaSchedule kind : {BetaSchedule::Linear, BetaSchedule::Cosine}) {
        const NoiseSchedule schedule(kind, 30);
        for (int32_t t = 1; t <= 30; ++t) {
            const std::vector<double> start = random_numbers<double>(5, rng), noise = random_numbers<double>(5, rng),
                                      z = random_numbers<double>(5, rng);
            std::vector<double> x = start, y = start, guess(5), kept = noise;
            guess_picture<Scalar4d>(guess, kept, x, t, kNoLimit, schedule);
            ddpm_step<Scalar4d>(x, guess, z, t, t - 1, schedule);
            ddim_step<Scalar4d>(y, guess, kept, z, t, t - 1, 1.0, schedule);
            const double beta = schedule.beta(t), at = schedule.alpha_bar(t), as = schedule.alpha_bar(t - 1);
            for (std::size_t i = 0; i < 5; ++i) {
                const double mean =
                    (start[i] - beta / terrarium::core::sqrt(1.0 - at) * noise[i]) / terrarium::core::sqrt(1.0 - beta);
                const double sd = terrarium::core::sqrt(beta * (1.0 - as) / (1.0 - at));
                CHECK(x[i] == doctest::Approx(mean + sd * z[i]).epsilon(1e-9).scale(1.0));
                CHECK(y[i] == doctest::Approx(x[i]).epsilon(1e-9).scale(1.0));
            }
        }
    }
}

TEST_CASE("diffusion: jumping over levels keeps the variance that the lower level has") {
    // For data of mean 0 and variance v the best noise prediction is linear, e = noise(t) x / (signal^2 v + noise^2);
    // for v = 1 DDPM's steps then keep a variance of 1 exactly: signal and noise shares add up.
    const NoiseSchedule schedule(BetaSchedule::Cosine, 100);
    for (const int32_t s : {80, 40, 3, 0}) {
        const int32_t t = 90;
        // x_s = p x_t + q guess + r z with guess = signal(t) x_t when v = 1: read p + q signal and r off the function.
        std::vector<double> x{1.0}, y{0.0};
        const std::vector<double> guess{schedule.signal(t)}, zero{0.0}, one{1.0};
        ddpm_step<Scalar4d>(x, guess, zero, t, s, schedule);
        ddpm_step<Scalar4d>(y, zero, one, t, s, schedule);
        // The guess itself misses by a variance of 1 - signal(t)^2, whose share q^2 the true picture adds.
        std::vector<double> q{0.0};
        ddpm_step<Scalar4d>(q, one, zero, t, s, schedule);
        const double missed = q[0] * q[0] * (1.0 - schedule.alpha_bar(t));
        CHECK(x[0] * x[0] + y[0] * y[0] + missed == doctest::Approx(1.0).epsilon(1e-12));
    }
}

TEST_CASE("diffusion: a guess beyond the limit is cut, and the noise fits the cut guess") {
    const NoiseSchedule schedule(BetaSchedule::Linear, 10);
    const std::vector<double> x{5.0, -5.0, 0.2};
    std::vector<double> guess(3), noise{0.0, 0.0, 0.1};
    guess_picture<Scalar4d>(guess, noise, x, 3, 1.5, schedule);
    CHECK(guess[0] == 1.5);
    CHECK(guess[1] == -1.5);
    CHECK(noise[2] == 0.1);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(schedule.signal(3) * guess[i] + schedule.noise(3) * noise[i] == doctest::Approx(x[i]).epsilon(1e-13));
    }
}

TEST_CASE("diffusion: levels fall evenly from T to 0") {
    CHECK(levels_of({.n_steps = 4}, 10) == std::vector<int32_t>{10, 7, 5, 2, 0});
    CHECK(levels_of({.n_steps = 3}, 3) == std::vector<int32_t>{3, 2, 1, 0});
    CHECK(levels_of({.n_steps = 1}, 1000) == std::vector<int32_t>{1000, 0});
    CHECK_THROWS_AS((void)levels_of({.n_steps = 11}, 10), CheckFailed);
}

TEST_CASE("diffusion: guidance 0 ignores the class, 1 asks as learned, and the way between is straight") {
    const std::vector<int32_t> classes{0, 1, 1}, none{kNoClass, kNoClass, kNoClass};
    const auto one_step = [&](double guidance, std::span<const int32_t> c) {
        return sampled<Scalar4d>({SamplingMethod::Ddim, 1, 0.0, guidance}, c, 5);
    };
    const std::vector<double> ignored = one_step(0.0, classes), asked = one_step(1.0, classes);
    CHECK(ignored == one_step(3.0, none));
    CHECK(ignored != asked);
    const std::vector<double> doubled = one_step(2.0, classes), nearly = one_step(1.0 + 1e-9, classes);
    for (std::size_t i = 0; i < 9; ++i) {
        // The guess is linear in the noise, so in one step the picture is linear in the guidance.
        CHECK(doubled[i] - asked[i] == doctest::Approx(asked[i] - ignored[i]).epsilon(1e-6).scale(1e-6));
        CHECK(nearly[i] == doctest::Approx(asked[i]).epsilon(1e-5).scale(1e-3));
    }
    CHECK(predictions_per_picture({.n_steps = 20, .guidance = 1.0}, true) == 20);
    CHECK(predictions_per_picture({.n_steps = 20, .guidance = 2.0}, true) == 40);
    CHECK(predictions_per_picture({.n_steps = 20, .guidance = 2.0}, false) == 20);
}

TEST_CASE("diffusion: same seed, same pictures; fresh noise on the way makes others from the same start") {
    const std::vector<int32_t> classes{0, 1};
    const auto run = [&](SamplingMethod method, double eta, uint64_t seed) {
        return sampled<Simd4f>({method, 10, eta, 1.5, 3.0}, classes, seed);
    };
    const std::vector<float> still = run(SamplingMethod::Ddim, 0.0, 1);
    CHECK(still == run(SamplingMethod::Ddim, 0.0, 1));
    CHECK(still != run(SamplingMethod::Ddim, 0.0, 2));
    CHECK(still != run(SamplingMethod::Ddim, 0.5, 1));
    const std::vector<float> ancestral = run(SamplingMethod::Ddpm, 0.0, 1), whole = run(SamplingMethod::Ddim, 1.0, 1);
    CHECK(ancestral == run(SamplingMethod::Ddpm, 0.0, 1));
    for (std::size_t i = 0; i < 6; ++i) CHECK(ancestral[i] == doctest::Approx(whole[i]).epsilon(1e-3).scale(1.0));
}

TEST_CASE("diffusion: lanes agree bit for bit") {
    const std::vector<int32_t> classes{0, 1, kNoClass, 1, 0, 0, 1};
    for (const SamplingMethod method : {SamplingMethod::Ddpm, SamplingMethod::Ddim}) {
        const SamplingPlan plan{method, 13, 0.3, 2.0, 4.0};
        CHECK(bits_of(sampled<Simd4f>(plan, classes, 9)) == bits_of(sampled<Scalar4f>(plan, classes, 9)));
    }
}

TEST_CASE("diffusion: plans that cannot be are refused") {
    Denoiser<Simd4f> denoiser = lively<Simd4f>(2);
    const std::vector<int32_t> two(2, 0), three(3, 0);
    CHECK_THROWS_AS(DiffusionSampler<Simd4f>(denoiser, {.n_steps = 21}, two, Rng(1)), CheckFailed);
    CHECK_THROWS_AS(DiffusionSampler<Simd4f>(denoiser, {.n_steps = 5}, three, Rng(1)), CheckFailed);
    CHECK_THROWS_AS(DiffusionSampler<Simd4f>(denoiser, {.n_steps = 5, .eta = 2.0}, two, Rng(1)), CheckFailed);
    const NoiseSchedule& schedule = denoiser.schedule();
    std::vector<float> x(3), guess(3);
    CHECK_THROWS_AS(ddpm_step<Simd4f>(x, guess, {}, 3, 3, schedule), CheckFailed);
}
