#include "core/metrics/rating.h"

#include <algorithm>
#include <string>

#include "core/metrics/inputs.h"
#include "core/support/linear_solve.h"
#include "core/support/math.h"
#include "core/support/special.h"

namespace terrarium::core {
namespace {

std::optional<Error> check_matches(int64_t players, std::span<const Match> matches) {
    constexpr int64_t kMostPlayers = 1000;  // a likelihood of them all has a million second derivatives
    if (players < 1 || players > kMostPlayers) {
        return refused("bad_option", "There are " + std::to_string(players) + " players.",
                       "Rate at least one and at most 1,000.");
    }
    for (size_t i = 0; i < matches.size(); ++i) {
        const Match& match = matches[i];
        const bool are_known = match.first >= 0 && match.first < players && match.second >= 0 && match.second < players;
        if (are_known && match.first != match.second && match.outcome >= 0.0 && match.outcome <= 1.0) continue;
        return refused("bad_match",
                       "Match " + std::to_string(i + 1) +
                           " has an unknown player, one player only, or an "
                           "outcome outside 0 to 1.",
                       "Number the players from 0 and give 1, 0.5 or 0 for the first one.");
    }
    return std::nullopt;
}

std::optional<Error> check_options(const EloOptions& options) {
    if (options.base > 1.0 && options.scale > 0.0) return std::nullopt;
    return refused("bad_option", "The base of a rating must be above 1 and its scale above 0.",
                   "Use a base of 10 and a scale of 400, as chess does.");
}

/// ln(1 / (1 + e^-x)), also for large |x|.
double log_sigmoid(double x) { return x > 0.0 ? -log1p(exp(-x)) : x - log1p(exp(x)); }
double sigmoid(double x) { return x > 0.0 ? 1.0 / (1.0 + exp(-x)) : exp(x) / (1.0 + exp(x)); }

/// Wins of row over column; a tie counts half for each.
std::vector<double> count_wins(size_t players, std::span<const Match> matches) {
    std::vector<double> wins(players * players);
    for (const Match& match : matches) {
        const auto a = static_cast<size_t>(match.first), b = static_cast<size_t>(match.second);
        wins[a * players + b] += match.outcome;
        wins[b * players + a] += 1.0 - match.outcome;
    }
    return wins;
}

/// How many players can be reached from player 0 by steps from winner to loser (or the reverse).
size_t count_reachable(std::span<const double> wins, size_t players, bool is_reversed) {
    std::vector<char> is_seen(players);
    std::vector<size_t> open{0};
    is_seen[0] = 1;
    for (size_t next = 0; next < open.size(); ++next) {
        for (size_t other = 0; other < players; ++other) {
            const double won = is_reversed ? wins[other * players + open[next]] : wins[open[next] * players + other];
            if (won > 0.0 && is_seen[other] == 0) {
                is_seen[other] = 1;
                open.push_back(other);
            }
        }
    }
    return open.size();
}

/// Minus the second derivatives of the likelihood, plus 1/n everywhere: the likelihood does not see a common shift of
/// all strengths, and the added matrix holds exactly that direction.
std::vector<double> information_matrix(std::span<const double> wins, std::span<const double> strengths) {
    const size_t n = strengths.size();
    std::vector<double> matrix(n * n, 1.0 / static_cast<double>(n));
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) {
            if (i == j) continue;
            const double p = sigmoid(strengths[i] - strengths[j]);
            const double weight = (wins[i * n + j] + wins[j * n + i]) * p * (1.0 - p);
            matrix[i * n + i] += weight;
            matrix[i * n + j] -= weight;
        }
    }
    return matrix;
}

std::vector<double> gradient_of(std::span<const double> wins, std::span<const double> strengths) {
    const size_t n = strengths.size();
    std::vector<double> gradient(n);
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) {
            const double games = wins[i * n + j] + wins[j * n + i];
            if (i != j && games > 0.0) gradient[i] += wins[i * n + j] - games * sigmoid(strengths[i] - strengths[j]);
        }
    }
    return gradient;
}

double likelihood_of(std::span<const double> wins, std::span<const double> strengths) {
    const size_t n = strengths.size();
    double sum = 0.0;
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j) {
            const double won = wins[i * n + j];
            if (i != j && won > 0.0) sum += won * log_sigmoid(strengths[i] - strengths[j]);
        }
    }
    return sum;
}

/// Newton's steps, halved until the likelihood does not fall.
std::vector<double> most_likely_strengths(std::span<const double> wins, size_t n) {
    std::vector<double> strengths(n), tried(n);
    double likelihood = likelihood_of(wins, strengths);
    for (int iteration = 0; iteration < 200; ++iteration) {
        const auto step = solve_positive_definite(information_matrix(wins, strengths), gradient_of(wins, strengths));
        if (!step) break;
        double largest = 0.0, scale = 1.0, next = 0.0;
        for (int halving = 0; halving < 60; ++halving, scale /= 2.0) {
            for (size_t i = 0; i < n; ++i) tried[i] = strengths[i] + scale * (*step)[i];
            next = likelihood_of(wins, tried);
            if (next >= likelihood) break;
        }
        for (const double move : *step) largest = std::max(largest, absolute(scale * move));
        if (next < likelihood) break;
        strengths = tried;
        likelihood = next;
        if (largest < 1e-13) break;
    }
    return strengths;
}

}  // namespace

double elo_expected_score(double rating_a, double rating_b, double base, double scale) {
    return 1.0 / (1.0 + pow(base, (rating_b - rating_a) / scale));
}

Result<EloHistory> elo_ratings(int64_t players, std::span<const Match> matches, const EloOptions& options) {
    if (auto error = check_matches(players, matches)) return *error;
    if (auto error = check_options(options)) return *error;
    EloHistory history{std::vector<double>(static_cast<size_t>(players), options.initial_rating), {}};
    for (const Match& match : matches) {
        double& a = history.ratings[static_cast<size_t>(match.first)];
        double& b = history.ratings[static_cast<size_t>(match.second)];
        const double expected = elo_expected_score(a, b, options.base, options.scale);
        const double expected_b = elo_expected_score(b, a, options.base, options.scale);
        a += options.k * (match.outcome - expected);
        b += options.k * (1.0 - match.outcome - expected_b);
        history.expected_scores.push_back(expected);
    }
    return history;
}

Result<BradleyTerry> bradley_terry(int64_t players, std::span<const Match> matches) {
    if (auto error = check_matches(players, matches)) return *error;
    const auto n = static_cast<size_t>(players);
    const std::vector<double> wins = count_wins(n, matches);
    if (count_reachable(wins, n, false) < n || count_reachable(wins, n, true) < n) {
        return refused("separated", "Some players never lose to the others, so no finite strengths fit best.",
                       "Add games until everyone has beaten someone who, over others, has beaten them.");
    }
    BradleyTerry result{.strengths = most_likely_strengths(wins, n)};
    double sum = 0.0;
    for (const double strength : result.strengths) sum += strength;
    for (double& strength : result.strengths) strength -= sum / static_cast<double>(n);
    result.log_likelihood = likelihood_of(wins, result.strengths);
    for (size_t i = 0; i < n; ++i) {
        for (size_t j = 0; j < n; ++j)
            result.probabilities.push_back(sigmoid(result.strengths[i] - result.strengths[j]));
    }
    // The variance is the diagonal of the inverse information; the added direction has variance 1/n there, taken off.
    const auto variances = inverse_diagonal(information_matrix(wins, result.strengths), n);
    for (size_t i = 0; i < n; ++i) {
        const double variance = variances ? (*variances)[i] - 1.0 / static_cast<double>(n) : 0.0;
        result.standard_errors.push_back(sqrt(std::max(variance, 0.0)));
    }
    return result;
}

std::vector<double> elo_scale(std::span<const double> strengths, const EloOptions& options) {
    std::vector<double> ratings;
    for (const double strength : strengths) {
        ratings.push_back(options.scale / log(options.base) * strength + options.initial_rating);
    }
    return ratings;
}

Result<double> bradley_terry_log_likelihood(std::span<const double> strengths, std::span<const Match> matches) {
    if (auto error = check_finite(strengths)) return *error;
    if (auto error = check_matches(static_cast<int64_t>(strengths.size()), matches)) return *error;
    double sum = 0.0;
    for (const Match& match : matches) {
        const double lead = strengths[static_cast<size_t>(match.first)] - strengths[static_cast<size_t>(match.second)];
        sum += match.outcome * log_sigmoid(lead) + (1.0 - match.outcome) * log_sigmoid(-lead);
    }
    return sum;
}

}  // namespace terrarium::core
