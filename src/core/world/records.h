// Records in a table: applications for a berth in the harbour, approved or not. For classical machine learning, bias
// before and after training, and drift; everything that a metric is to find is a setting, so it is known beforehand.
//
//   facet     d (the disadvantaged) with probability share_d, else a
//   label     1 (approved) with probability approval_d or approval_a
//   features  z = (label - 1/2) separation u + year drift v + noise, then in their natural units
//
// noise are independent standard normal numbers; u and v are fixed directions of length 1, at right angles to each
// other. So in every year the classes are two normal clouds, `separation` standard deviations apart, and what is the
// best that any classifier can do is known in closed form. Record i is computed from the seed and i alone.
// Source of the closed form: Hastie, Tibshirani, Friedman, The Elements of Statistical Learning, 2nd ed., 4.3 (linear
// discriminant analysis). CI and DPL are named as in Amazon SageMaker Clarify.

#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "core/world/document.h"

namespace terrarium::core::world {

inline constexpr int32_t kFeatures = 5;
inline constexpr std::array<std::string_view, kFeatures> kFeatureNames{"age_years", "years_at_sea", "boat_length_m",
                                                                       "income_crowns", "distance_km"};

struct RecordOptions {
    double share_d = 0.3;     ///< of the facet d
    double approval_a = 0.6;  ///< share of label 1
    double approval_d = 0.4;
    double separation = 2.0;               ///< in standard deviations, > 0
    double drift_per_year = 0;             ///< how far the features move, in standard deviations; labels do not notice
    double separation_loss_per_year = 0;   ///< concept drift: separation (1 - loss * year), at least 0
    double label_error_fraction = 0;       ///< of labels that are written down wrong
    double missing_fraction = 0;           ///< of features that are not known: NaN
    int32_t first_day = 0, end_day = 360;  ///< of all days of the world (facts.h)
};

struct Record {
    int64_t id = 0;
    int32_t date_day = 0;
    bool is_d = false;
    Group group = Group::Quayside;  ///< facet a lives on the quayside, d in the two other parts of the town
    std::array<double, kFeatures> features{};
    int32_t label = 0;       ///< as written down
    int32_t true_label = 0;  ///< as it should have been
};

class RecordWorld {
public:
    /// Checks: probabilities within 0..1, separation > 0, days of the world.
    explicit RecordWorld(uint64_t seed, const RecordOptions& options = {});

    /// Checks: index >= 0.
    [[nodiscard]] Record record(int64_t index) const;

    /// What the metrics tend to as records become many, by true labels:
    [[nodiscard]] double class_imbalance() const;                     ///< CI = (n_a - n_d) / n
    [[nodiscard]] double difference_in_positive_proportions() const;  ///< DPL = approval_a - approval_d
    /// The highest accuracy that a classifier can reach on true labels of a year when it knows features, facet and
    /// year:
    ///   sum over facets of share (q Phi(s/2 + logit(q)/s) + (1 - q) Phi(s/2 - logit(q)/s)),  s the separation
    /// Checks: 0 <= year < kYears.
    [[nodiscard]] double best_accuracy(int32_t year) const;
    /// log p(1) / p(0) given features, facet and year: what that classifier computes. Checks: no feature is missing.
    [[nodiscard]] double true_log_odds(const Record& record) const;

private:
    [[nodiscard]] double separation(int32_t year) const;

    RecordOptions options_;
    uint64_t key_ = 0;
};

}  // namespace terrarium::core::world
