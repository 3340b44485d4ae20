#include "core/ops/contrastive.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/lanes.h"
#include "slope.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// The formula, one term after another.
double naive(std::span<const double> queries, std::span<const double> passages, std::size_t C, double temperature) {
    const std::size_t n = queries.size() / C, m = passages.size() / C;
    double loss = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
        double sum = 0.0, own = 0.0;
        for (std::size_t j = 0; j < m; ++j) {
            double score = 0.0;
            for (std::size_t c = 0; c < C; ++c) score += queries[i * C + c] * passages[j * C + c];
            sum += terrarium::core::exp(score / temperature);
            if (i == j) own = score / temperature;
        }
        loss += terrarium::core::log(sum) - own;
    }
    return loss / static_cast<double>(n);
}

}  // namespace

TEST_CASE("contrastive: where all passages look alike the loss is ln m, where the right one stands out it is 0") {
    std::vector<double> probabilities(6);
    const std::vector<double> queries{1, 0, 0, 1}, alike{1, 1, 1, 1, 1, 1}, apart{1, 0, 0, 1, -1, -1};
    CHECK(info_nce_forward<Scalar4d>(probabilities, queries, alike, 2, 0.1) ==
          doctest::Approx(terrarium::core::log(3.0)));
    for (const double p : probabilities) CHECK(p == doctest::Approx(1.0 / 3.0));
    CHECK(info_nce_forward<Scalar4d>(probabilities, queries, apart, 2, 0.01) < 1e-12);
}

TEST_CASE("contrastive: equals the formula, with extra passages, and huge scores stay finite") {
    constexpr std::size_t C = 5, n = 3, m = 7;
    Rng rng(1);
    const std::vector<double> queries = random_numbers<double>(n * C, rng);
    const std::vector<double> passages = random_numbers<double>(m * C, rng);
    std::vector<double> probabilities(n * m);
    for (const double temperature : {0.3, 1.0}) {
        CHECK(info_nce_forward<Scalar4d>(probabilities, queries, passages, C, temperature) ==
              doctest::Approx(naive(queries, passages, C, temperature)).epsilon(1e-12));
    }
    const double huge = info_nce_forward<Scalar4d>(probabilities, queries, passages, C, 1e-6);
    CHECK(huge < std::numeric_limits<double>::max());
    CHECK(huge > 1e4);
}

TEST_CASE("contrastive: backward is the slope for queries and passages") {
    constexpr int C = 4, n = 3, m = 5;
    constexpr double kTemperature = 0.5, kScale = 1.3;
    Rng rng(2);
    std::vector<double> queries = random_numbers<double>(n * C, rng), passages = random_numbers<double>(m * C, rng);
    std::vector<double> probabilities(n * m), d_queries(n * C, 5.0), d_passages(m * C, 5.0);
    const auto loss = [&] {
        return kScale * info_nce_forward<Scalar4d>(probabilities, queries, passages, C, kTemperature);
    };
    (void)loss();
    info_nce_backward<Scalar4d>(d_queries, d_passages, probabilities, queries, passages, C, kTemperature, kScale);
    CHECK(worst_slope_error(queries, d_queries, loss) <= kLargestSlopeError);
    CHECK(worst_slope_error(passages, d_passages, loss) <= kLargestSlopeError);
}

TEST_CASE("contrastive: lanes agree bit for bit") {
    const auto run = [&]<class L>(L*) {
        constexpr int C = 6, n = 4, m = 9;
        Rng rng(3);
        const std::vector<float> queries = random_numbers<float>(n * C, rng);
        const std::vector<float> passages = random_numbers<float>(m * C, rng);
        std::vector<float> probabilities(n * m), d_queries(n * C), d_passages(m * C);
        const double loss = info_nce_forward<L>(probabilities, queries, passages, C, 0.2);
        const uint64_t hash = bits_of(probabilities);
        info_nce_backward<L>(d_queries, d_passages, probabilities, queries, passages, C, 0.2);
        return std::pair{loss, hash ^ bits_of(d_queries, d_passages)};
    };
    CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
}

TEST_CASE("contrastive: fewer passages than queries, a single passage and a temperature of 0 are refused") {
    std::vector<double> p(4), two(2), four(4);
    const auto forward = [&](std::span<double> out, std::span<const double> q, std::span<const double> k, double t) {
        (void)info_nce_forward<Scalar4d>(out, q, k, 2, t);
    };
    CHECK_THROWS_AS(forward(std::span(p).first(2), four, two, 1.0), CheckFailed);
    CHECK_THROWS_AS(forward(std::span(p).first(1), two, two, 1.0), CheckFailed);
    CHECK_THROWS_AS(forward(p, four, four, 0.0), CheckFailed);
    CHECK_THROWS_AS(forward(std::span(p).first(3), four, four, 1.0), CheckFailed);
}
