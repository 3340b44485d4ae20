#include "core/metrics/rating.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Matches = std::vector<Match>;

}  // namespace

TEST_CASE("rating: a lead of 400 points is odds of ten to one") {
    CHECK(elo_expected_score(1400, 1000, 10, 400) == doctest::Approx(10.0 / 11));
    CHECK(elo_expected_score(1000, 1000, 10, 400) == 0.5);
    CHECK(elo_expected_score(0, 4000, 10, 400) == doctest::Approx(1e-10).epsilon(1e-9));
}

TEST_CASE("rating: one win among equals moves half of k; the sum of all ratings stays") {
    const EloHistory one = elo_ratings(2, Matches{{0, 1, 1.0}}, {}).value();
    CHECK(one.ratings == std::vector<double>{1016, 984});
    CHECK(one.expected_scores == std::vector<double>{0.5});
    Rng rng(1);
    Matches matches;
    for (int i = 0; i < 200; ++i) {
        const int64_t first = rng.below(5);
        matches.push_back({first, (first + 1 + rng.below(4)) % 5, 0.5 * rng.below(3)});
    }
    double sum = 0.0;
    const EloHistory history = elo_ratings(5, matches, {}).value();
    for (const double rating : history.ratings) sum += rating;
    CHECK(sum == doctest::Approx(5000.0));
}

TEST_CASE("rating: between two players the odds are the ratio of wins, and the error falls with games") {
    const BradleyTerry fit = bradley_terry(2, Matches{{0, 1, 1}, {0, 1, 1}, {0, 1, 1}, {1, 0, 1}}).value();
    CHECK(fit.strengths[0] - fit.strengths[1] == doctest::Approx(std::log(3.0)));
    CHECK(fit.probabilities[1] == doctest::Approx(0.75));
    CHECK(fit.log_likelihood == doctest::Approx(3 * std::log(0.75) + std::log(0.25)));
    // Half of the difference has the variance 1 / (4 games p (1 - p)) = 1 / 3.
    CHECK(fit.standard_errors[0] == doctest::Approx(std::sqrt(1.0 / 3)));
    const std::vector<double> points = elo_scale(fit.strengths, {});
    CHECK(points[0] - points[1] == doctest::Approx(400 * std::log10(3.0)));
    CHECK(points[0] + points[1] == doctest::Approx(2000.0));
}

TEST_CASE("rating: a tie is half a win each way") {
    const Matches ties{{0, 1, 0.5}, {0, 1, 0.5}, {0, 1, 1.0}}, halves{{0, 1, 1}, {0, 1, 1}, {1, 0, 1}};
    CHECK(bradley_terry(2, ties).value().strengths[0] ==
          doctest::Approx(bradley_terry(2, halves).value().strengths[0]));
}

TEST_CASE("rating: at the best strengths everyone wins as often as expected, and known strengths are found again") {
    Rng rng(2);
    const std::vector<double> truth{1.0, 0.4, 0.0, -0.4, -1.0};
    Matches matches;
    for (int i = 0; i < 20000; ++i) {
        const int64_t first = rng.below(5), second = (first + 1 + rng.below(4)) % 5;
        const double lead = truth[static_cast<size_t>(first)] - truth[static_cast<size_t>(second)];
        matches.push_back({first, second, rng.uniform() < 1.0 / (1.0 + std::exp(-lead)) ? 1.0 : 0.0});
    }
    const BradleyTerry fit = bradley_terry(5, matches).value();
    std::vector<double> surplus(5);
    for (const Match& match : matches) {
        const auto a = static_cast<size_t>(match.first), b = static_cast<size_t>(match.second);
        surplus[a] += match.outcome - fit.probabilities[a * 5 + b];
        surplus[b] += 1.0 - match.outcome - fit.probabilities[b * 5 + a];
    }
    for (size_t i = 0; i < 5; ++i) {
        CHECK(std::fabs(surplus[i]) < 1e-6);
        CHECK(std::fabs(fit.strengths[i] - truth[i]) < 5 * fit.standard_errors[i]);
    }
    CHECK(bradley_terry_log_likelihood(fit.strengths, matches).value() == doctest::Approx(fit.log_likelihood));
    CHECK(bradley_terry_log_likelihood(truth, matches).value() < fit.log_likelihood);
}

TEST_CASE("rating: strengths without a finite best fit are refused, however the players are arranged") {
    CHECK(bradley_terry(2, Matches{{0, 1, 1}, {0, 1, 1}}).error().code == "separated");
    CHECK(bradley_terry(3, Matches{{0, 1, 1}, {1, 0, 1}}).error().code == "separated");
    CHECK(bradley_terry(3, Matches{{0, 1, 1}, {1, 0, 1}, {1, 2, 1}}).error().code == "separated");
    CHECK(bradley_terry(3, Matches{{0, 1, 1}, {1, 2, 1}, {2, 0, 1}}).value().strengths[0] == doctest::Approx(0.0));
    CHECK(bradley_terry(1, {}).value().strengths == std::vector<double>{0.0});
}

TEST_CASE("rating: matches that cannot have happened are refused") {
    CHECK(elo_ratings(2, Matches{{0, 2, 1}}, {}).error().code == "bad_match");
    CHECK(elo_ratings(2, Matches{{1, 1, 1}}, {}).error().code == "bad_match");
    CHECK(elo_ratings(2, Matches{{0, 1, std::nan("")}}, {}).error().code == "bad_match");
    CHECK(elo_ratings(0, {}, {}).error().code == "bad_option");
    CHECK(elo_ratings(2, {}, {.base = 1.0}).error().code == "bad_option");
    CHECK(bradley_terry_log_likelihood(std::vector<double>{0, std::nan("")}, Matches{{0, 1, 1}}).error().code ==
          "not_finite");
}
