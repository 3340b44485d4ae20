#include "core/ops/lora.h"

#include <doctest/doctest.h>

#include "core/ops/linear.h"
#include "core/support/check.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

TEST_CASE("lora: a value known by hand") {
    // x = (1, 2), A = (3, 4)^T, so x A = 11, times the scale 0.5 is 5.5; B = (2, -1).
    std::vector<double> output{1.0, 1.0}, inner(1);
    lora_forward<Scalar4d>(output, inner, std::vector<double>{1, 2}, std::vector<double>{3, 4},
                           std::vector<double>{2, -1}, 1, 0.5);
    CHECK(inner[0] == 5.5);
    CHECK(output == std::vector<double>{12.0, -4.5});
}

TEST_CASE("lora: equals a linear layer with the merged weight, and unmerging brings the weight back") {
    for (const int rank : {1, 2, 5}) {
        constexpr int N = 3, I = 5, O = 6;
        Rng rng(static_cast<uint64_t>(rank));
        const std::vector<double> x = random_numbers<double>(N * I, rng), w = random_numbers<double>(I * O, rng);
        const std::vector<double> bias = random_numbers<double>(O, rng);
        const std::vector<double> a = random_numbers<double>(count_of(I, rank), rng);
        const std::vector<double> b = random_numbers<double>(count_of(rank, O), rng);
        std::vector<double> beside(N * O), merged(N * O), inner(count_of(N, rank)), weight = w;
        linear_forward<Scalar4d>(beside, x, w, bias);
        lora_forward<Scalar4d>(beside, inner, x, a, b, rank, 1.7);
        lora_merge<Scalar4d>(weight, a, b, rank, 1.7);
        linear_forward<Scalar4d>(merged, x, weight, bias);
        for (std::size_t i = 0; i < merged.size(); ++i) CHECK(beside[i] == doctest::Approx(merged[i]).epsilon(1e-12));
        CHECK(weight != w);
        lora_merge<Scalar4d>(weight, a, b, rank, -1.7);
        for (std::size_t i = 0; i < w.size(); ++i) CHECK(weight[i] == doctest::Approx(w[i]).epsilon(1e-12).scale(1.0));
    }
}

TEST_CASE("lora: backward is the slope, for input, A and B, and adds to what is there") {
    constexpr int N = 4, I = 5, O = 3, R = 2;
    constexpr double kScale = 0.6;
    Rng rng(1);
    std::vector<double> x = random_numbers<double>(N * I, rng), a = random_numbers<double>(I * R, rng);
    std::vector<double> b = random_numbers<double>(R * O, rng);
    const std::vector<double> before = random_numbers<double>(N * O, rng), d_out = random_numbers<double>(N * O, rng);
    std::vector<double> inner(N * R);
    const auto loss = [&] {
        std::vector<double> output = before;
        lora_forward<Scalar4d>(output, inner, x, a, b, R, kScale);
        return weighted_sum(output, d_out);
    };
    (void)loss();
    const std::vector<double> kept = inner;
    std::vector<double> d_x(N * I, 1.0), d_a(I * R, 2.0), d_b(R * O, 3.0), d_inner(N * R);
    lora_backward<Scalar4d>(d_x, d_a, d_b, d_inner, d_out, x, kept, a, b, R, kScale);
    for (double& d : d_x) d -= 1.0;
    for (double& d : d_a) d -= 2.0;
    for (double& d : d_b) d -= 3.0;
    CHECK(worst_slope_error(x, d_x, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(a, d_a, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(b, d_b, loss) <= kLargestSlopeError);
}

TEST_CASE("lora: lanes agree bit for bit") {
    const auto run = [&]<class L>(L*) {
        constexpr int N = 7, I = 9, O = 10, R = 3;
        Rng rng(2);
        const std::vector<float> x = random_numbers<float>(N * I, rng), a = random_numbers<float>(I * R, rng);
        const std::vector<float> b = random_numbers<float>(R * O, rng), d_out = random_numbers<float>(N * O, rng);
        std::vector<float> output(N * O, 0.5f), inner(N * R), d_x(N * I), d_a(I * R), d_b(R * O), d_inner(N * R);
        std::vector<float> weight(I * O, 1.0f);
        lora_forward<L>(output, inner, x, a, b, R, 0.7);
        lora_backward<L>(d_x, d_a, d_b, d_inner, d_out, x, inner, a, b, R, 0.7);
        lora_merge<L>(weight, a, b, R, 0.7);
        return bits_of(output, inner, d_x, d_a, d_b, weight);
    };
    CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
}

TEST_CASE("lora: sizes that do not belong together are refused") {
    std::vector<double> six(6), two(2), four(4);
    CHECK_THROWS_AS(lora_forward<Scalar4d>(six, two, four, two, two, 0, 1.0), CheckFailed);
    CHECK_THROWS_AS(lora_forward<Scalar4d>(six, two, four, two, four, 3, 1.0), CheckFailed);
    CHECK_THROWS_AS(lora_forward<Scalar4d>(six, six, four, two, two, 1, 1.0), CheckFailed);
    CHECK_THROWS_AS(lora_merge<Scalar4d>(six, two, two, 1, 1.0), CheckFailed);
}
