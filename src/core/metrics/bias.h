// Bias between two groups of people: before a model exists (in the labels) and after (in its predictions).
//
// `sensitive` marks the disadvantaged facet d; everyone else is facet a. A value of 0 is balance; the sign says which
// side is favoured (see each field). Names and conventions are those of Amazon SageMaker Clarify: 0/0 in a ratio counts
// as 0 and x/0 as infinite; a difference of two infinities counts as 0.
// Source: Hardt et al., Amazon SageMaker Clarify: Machine Learning Bias Detection and Explainability in the Cloud
// (2021); Das et al., Fairness Measures for Machine Learning in Finance (2021).

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core {

/// One flag per sample: does it belong to facet d? (std::vector<bool> has no span.)
using FacetFlags = std::span<const uint8_t>;

struct FacetCounts {
    int64_t n_a = 0;
    int64_t n_d = 0;
};
[[nodiscard]] FacetCounts facet_counts(FacetFlags sensitive);

/// Class imbalance CI = (n_a - n_d) / (n_a + n_d), from -1 to 1. Refuses an empty facet.
[[nodiscard]] Result<double> class_imbalance(FacetFlags sensitive);

/// Shares of positives. Of labels their difference is DPL, of predictions DPPL, and q_d / q_a is DI.
struct PositiveShares {
    double q_a = 0;
    double q_d = 0;
    double difference = 0;  ///< q_a - q_d; positive: a is favoured
    double ratio = 0;       ///< q_d / q_a; below 1: a is favoured
};
/// Refuses unequal lengths and an empty facet.
[[nodiscard]] Result<PositiveShares> positive_shares(FacetFlags sensitive, FacetFlags positives);

/// Distances between the label distributions of the facets.
struct LabelDistances {
    std::vector<int64_t> labels;   ///< those that occur in both facets, ascending
    std::vector<double> shares_a;  ///< of all labels of the facet, so they may sum to less than 1
    std::vector<double> shares_d;  ///< same length
    double kl_nats = 0;            ///< sum a ln(a / d); may be below 0, as labels are left out
    double js_nats = 0;            ///< mean KL to the average of both; a divergence, no square root
    double lp = 0;                 ///< Euclidean distance (p = 2)
    double total_variation = 0;    ///< half the sum of absolute differences
    double ks = 0;                 ///< the largest absolute difference of one label
};
/// Refuses unequal lengths and facets without a common label.
[[nodiscard]] Result<LabelDistances> label_distances(FacetFlags sensitive, std::span<const int64_t> labels);

/// Demographic disparity within groups, averaged.
struct ConditionalDisparity {
    struct Group {
        int64_t group = 0;
        int64_t count = 0;
        double rejected_share = 0;  ///< share of d among the group's negatives
        double accepted_share = 0;  ///< share of d among the group's positives
    };
    std::vector<Group> groups;  ///< ascending
    double value = 0;           ///< mean of rejected - accepted, weighted by count; positive: d is rejected more
};
/// CDDL of labels, CDDPL of predictions; with one group for all, DD. Refuses unequal lengths, and a sample without a
/// positive or without a negative.
/// Source: Wachter, Mittelstadt & Russell, Why Fairness Cannot Be Automated (2020).
[[nodiscard]] Result<ConditionalDisparity> conditional_disparity(FacetFlags sensitive, FacetFlags positives,
                                                                 std::span<const int64_t> groups);

/// Right and wrong predictions of one facet.
struct FacetOutcomes {
    int64_t true_positives = 0, false_positives = 0, true_negatives = 0, false_negatives = 0;
};

/// What a model does to each facet, with the counts it comes from. In each line the facet that is named first is the
/// one from which the other is subtracted.
struct OutcomeBias {
    FacetOutcomes a, d;
    double acceptance = 0;       ///< DCA: labels positive / predicted positive, a - d
    double rejection = 0;        ///< DCR: labels negative / predicted negative, d - a
    double recall = 0;           ///< RD: a - d
    double specificity = 0;      ///< SD: d - a
    double acceptance_rate = 0;  ///< DAR, precision: a - d
    double rejection_rate = 0;   ///< DRR, true negatives / predicted negative: d - a
    double accuracy = 0;         ///< AD: a - d
    double treatment = 0;        ///< TE, false negatives / false positives: d - a
};
/// Labels and predictions are 0 or 1. Refuses unequal lengths and an empty facet.
[[nodiscard]] Result<OutcomeBias> outcome_bias(FacetFlags sensitive, FacetFlags labels, FacetFlags predictions);

/// GE with exponent 2 of the benefits prediction - label + 1: mean((b / mean b)^2 - 1) / 2; NaN when no one benefits.
/// Refuses unequal lengths and nothing at all.
/// Source: Speicher et al., A Unified Approach to Quantifying Algorithmic Unfairness (2018).
[[nodiscard]] Result<double> generalized_entropy(FacetFlags labels, FacetFlags predictions);

/// Would members of d be treated otherwise if they were of a? The nearest members of a answer.
struct FlipTest {
    int64_t neighbours = 0;   ///< 5, or 1 when a has at most 9 members
    int64_t favoured = 0;     ///< members of d that get 1 where their neighbours get 0
    int64_t disfavoured = 0;  ///< the reverse
    double value = 0;         ///< (favoured - disfavoured) / n_d
};
/// features  in  [n,columns]  row-major, finite; Euclidean distance, of equals the earlier sample is nearer
/// Refuses sizes that do not fit and an empty facet. Source: Black, Yeom & Fredrikson, FlipTest (2020).
[[nodiscard]] Result<FlipTest> flip_test(std::span<const double> features, int64_t columns, FacetFlags sensitive,
                                         FacetFlags predictions);

}  // namespace terrarium::core
