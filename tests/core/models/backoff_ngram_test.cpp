#include "core/models/backoff_ngram.h"

#include <doctest/doctest.h>

#include <map>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/rng.h"

using namespace terrarium::core;

TEST_CASE("back-off n-gram: by hand") {
    const std::vector<int32_t> text{0, 1, 0, 1, 0, 2};
    const BackoffNgram model(text, 4, 2);
    std::vector<double> p(4);
    // Order 1: 3, 2, 1, 0 of 6, three different ones: (c + 3/4) / 9.
    CHECK(model.probabilities(p, {}) == 3);
    CHECK(p[0] == doctest::Approx(3.75 / 9));
    CHECK(p[3] == doctest::Approx(0.75 / 9));
    // After 0 came 1 twice and 2 once: two different ones, (c + 2 p_1) / 5.
    CHECK(model.probabilities(p, std::vector<int32_t>{2, 0}) == 5);
    CHECK(p[1] == doctest::Approx((2 + 2 * 2.75 / 9) / 5));
    CHECK(p[3] == doctest::Approx(2 * 0.75 / 9 / 5));
    // Nothing ever came after 2 or 3: the shorter view answers.
    model.probabilities(p, std::vector<int32_t>{3});
    CHECK(p[0] == doctest::Approx(3.75 / 9));
    CHECK(model.n_entries() == 3 + 3);
}

TEST_CASE("back-off n-gram: equals the formula written out with maps, and sums to 1") {
    Rng rng(1);
    std::vector<int32_t> text;
    for (int i = 0; i < 300; ++i) text.push_back(static_cast<int32_t>(rng.below(3)) + i % 2);
    const BackoffNgram model(text, 5, 4);
    std::map<std::vector<int32_t>, std::map<int32_t, double>> counts;
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (std::size_t k = 0; k <= 3 && k <= i; ++k) {
            counts[std::vector<int32_t>(text.begin() + static_cast<std::ptrdiff_t>(i - k),
                                        text.begin() + static_cast<std::ptrdiff_t>(i))][text[i]] += 1.0;
        }
    }
    std::vector<double> p(5);
    for (std::size_t i = 3; i < 100; ++i) {
        const std::vector<int32_t> context{text[i - 3], text[i - 2], text[i - 1]};
        std::vector<double> expected(5, 0.2);
        for (std::size_t k = 0; k <= 3; ++k) {
            const auto found =
                counts.find(std::vector<int32_t>(context.end() - static_cast<std::ptrdiff_t>(k), context.end()));
            if (found == counts.end()) continue;
            double n = 0.0;
            for (const auto& [id, count] : found->second) n += count;
            const double different = static_cast<double>(found->second.size());
            for (double& x : expected) x *= different / (n + different);
            for (const auto& [id, count] : found->second)
                expected[static_cast<std::size_t>(id)] += count / (n + different);
        }
        model.probabilities(p, context);
        double sum = 0.0;
        for (std::size_t id = 0; id < 5; ++id) {
            CHECK(p[id] == doctest::Approx(expected[id]).epsilon(1e-12));
            sum += p[id];
        }
        CHECK(sum == doctest::Approx(1.0).epsilon(1e-12));
    }
    CHECK_THROWS_AS(BackoffNgram(text, 2, 2), CheckFailed);
    CHECK_THROWS_AS(BackoffNgram(text, 5, 7), CheckFailed);
}
