// Who is better? Ratings from pairs: Elo, one game after another, and Bradley-Terry, all games at once.
//
// Both say P(i beats j) = 1 / (1 + e^(s_j - s_i)); Elo writes the same with powers of 10 and a scale of 400 points. Elo
// forgets old games and depends on their order; Bradley-Terry gives each game the same weight.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// One comparison. outcome 1: `first` wins, 0: `second` does, 0.5: a tie.
struct Match {
    int64_t first = 0;
    int64_t second = 0;
    double outcome = 0;
};

struct EloOptions {
    double k = 32.0;       ///< points at stake
    double base = 10.0;    ///< > 1
    double scale = 400.0;  ///< > 0; a lead of `scale` points means odds of base : 1
    double initial_rating = 1000.0;
};

/// Expected score of the first player: 1 / (1 + base^((b - a) / scale)).
/// Source: Elo, The Rating of Chessplayers, Past and Present (1978).
[[nodiscard]] double elo_expected_score(double rating_a, double rating_b, double base, double scale);

struct EloHistory {
    std::vector<double> ratings;          ///< [players] after the last match
    std::vector<double> expected_scores;  ///< [matches] of `first`, before the match
};

/// After each match both ratings move by k (outcome - expected), in opposite directions: their sum stays.
/// Refuses players outside [0, players), a match against oneself, outcomes outside [0, 1], and options out of range.
[[nodiscard]] Result<EloHistory> elo_ratings(int64_t players, std::span<const Match> matches,
                                             const EloOptions& options);

struct BradleyTerry {
    std::vector<double> strengths;        ///< [players] natural logarithm, mean 0
    std::vector<double> standard_errors;  ///< [players] of each strength against the mean of all
    std::vector<double> probabilities;    ///< [players,players] P(row beats column), 1/2 on the diagonal
    double log_likelihood = 0;
};

/// The strengths under which the outcomes are most likely; a tie is half a win each way. Newton's method on a concave
/// function. Refuses what elo_ratings() does, and when some players never lose to the others (or never meet them): then
/// the likelihood grows without bound as they move apart.
/// Source: Bradley & Terry (1952); Ford, Solution of a Ranking Problem from Binary Comparisons (1957), for the
/// condition.
[[nodiscard]] Result<BradleyTerry> bradley_terry(int64_t players, std::span<const Match> matches);

/// Strengths as points: scale / ln(base) * strength + initial rating, so that their mean is the initial rating.
[[nodiscard]] std::vector<double> elo_scale(std::span<const double> strengths, const EloOptions& options);

/// Sum over matches of outcome ln P(first) + (1 - outcome) ln P(second), in nats.
/// Refuses what elo_ratings() does, and NaN or infinite strengths.
[[nodiscard]] Result<double> bradley_terry_log_likelihood(std::span<const double> strengths,
                                                          std::span<const Match> matches);

}  // namespace terrarium::core
