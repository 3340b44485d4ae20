// Bias in predictions; declared in bias.h.

#include <algorithm>
#include <limits>
#include <vector>

#include "core/metrics/bias.h"
#include "core/metrics/inputs.h"

namespace terrarium::core {
namespace {

double ratio(int64_t numerator, int64_t denominator) {
    if (denominator != 0) return static_cast<double>(numerator) / static_cast<double>(denominator);
    return numerator == 0 ? 0.0 : std::numeric_limits<double>::infinity();
}

double difference(double first, double second) { return first == second ? 0.0 : first - second; }

std::optional<Error> check_facets(FacetFlags sensitive) {
    const FacetCounts counts = facet_counts(sensitive);
    if (counts.n_a > 0 && counts.n_d > 0) return std::nullopt;
    return refused("empty_facet", "One of the two facets has no members.", "Give samples of both facets.");
}

}  // namespace

Result<OutcomeBias> outcome_bias(FacetFlags sensitive, FacetFlags labels, FacetFlags predictions) {
    if (auto error = check_columns(sensitive.size(), labels.size())) return *error;
    if (auto error = check_columns(sensitive.size(), predictions.size())) return *error;
    if (auto error = check_facets(sensitive)) return *error;
    OutcomeBias bias;
    for (size_t i = 0; i < sensitive.size(); ++i) {
        FacetOutcomes& facet = sensitive[i] != 0 ? bias.d : bias.a;
        if (predictions[i] != 0) {
            ++(labels[i] != 0 ? facet.true_positives : facet.false_positives);
        } else {
            ++(labels[i] != 0 ? facet.false_negatives : facet.true_negatives);
        }
    }
    const auto of_both = [&](auto value) { return difference(value(bias.a), value(bias.d)); };
    using F = const FacetOutcomes&;
    const auto accepted = [](F f) { return f.true_positives + f.false_positives; };
    const auto rejected = [](F f) { return f.true_negatives + f.false_negatives; };
    const auto positive = [](F f) { return f.true_positives + f.false_negatives; };
    const auto negative = [](F f) { return f.true_negatives + f.false_positives; };
    bias.acceptance = of_both([&](F f) { return ratio(positive(f), accepted(f)); });
    bias.rejection = -of_both([&](F f) { return ratio(negative(f), rejected(f)); });
    bias.recall = of_both([&](F f) { return ratio(f.true_positives, positive(f)); });
    bias.specificity = -of_both([&](F f) { return ratio(f.true_negatives, negative(f)); });
    bias.acceptance_rate = of_both([&](F f) { return ratio(f.true_positives, accepted(f)); });
    bias.rejection_rate = -of_both([&](F f) { return ratio(f.true_negatives, rejected(f)); });
    bias.accuracy = of_both([&](F f) { return ratio(f.true_positives + f.true_negatives, accepted(f) + rejected(f)); });
    bias.treatment = -of_both([](F f) { return ratio(f.false_negatives, f.false_positives); });
    return bias;
}

Result<double> generalized_entropy(FacetFlags labels, FacetFlags predictions) {
    if (auto error = check_columns(labels.size(), predictions.size())) return *error;
    const double n = static_cast<double>(labels.size());
    double sum = 0.0, squares = 0.0;
    for (size_t i = 0; i < labels.size(); ++i) {
        const double benefit = (predictions[i] != 0 ? 1.0 : 0.0) - (labels[i] != 0 ? 1.0 : 0.0) + 1.0;
        sum += benefit;
        squares += benefit * benefit;
    }
    const double mean_benefit = sum / n;
    return (squares / n / (mean_benefit * mean_benefit) - 1.0) / 2.0;
}

Result<FlipTest> flip_test(std::span<const double> features, int64_t columns, FacetFlags sensitive,
                           FacetFlags predictions) {
    if (auto error = check_columns(sensitive.size(), predictions.size())) return *error;
    const size_t width = columns < 1 ? 0 : static_cast<size_t>(columns);
    if (width == 0 || features.size() != width * sensitive.size()) {
        return refused("unequal_counts", "The features do not have one row of equal length per sample.",
                       "Give each sample the same number of features.");
    }
    if (auto error = check_finite(features)) return *error;
    if (auto error = check_facets(sensitive)) return *error;
    const FacetCounts counts = facet_counts(sensitive);
    FlipTest test{.neighbours = counts.n_a <= 9 ? 1 : 5};
    struct Neighbour {
        double squared_distance;
        size_t place;
        bool operator<(const Neighbour& other) const {
            return squared_distance != other.squared_distance ? squared_distance < other.squared_distance
                                                              : place < other.place;
        }
    };
    std::vector<Neighbour> members;
    for (size_t i = 0; i < sensitive.size(); ++i) {
        if (sensitive[i] == 0) continue;
        members.clear();
        for (size_t j = 0; j < sensitive.size(); ++j) {
            if (sensitive[j] != 0) continue;
            double sum = 0.0;
            for (size_t c = 0; c < width; ++c) {
                const double gap = features[i * width + c] - features[j * width + c];
                sum += gap * gap;
            }
            members.push_back({sum, j});
        }
        std::partial_sort(members.begin(), members.begin() + static_cast<std::ptrdiff_t>(test.neighbours),
                          members.end());
        int64_t votes = 0;
        for (int64_t k = 0; k < test.neighbours; ++k) votes += predictions[members[static_cast<size_t>(k)].place] != 0;
        const bool neighbours_get_one = 2 * votes > test.neighbours, gets_one = predictions[i] != 0;
        test.favoured += gets_one && !neighbours_get_one ? 1 : 0;
        test.disfavoured += !gets_one && neighbours_get_one ? 1 : 0;
    }
    test.value = static_cast<double>(test.favoured - test.disfavoured) / static_cast<double>(counts.n_d);
    return test;
}

}  // namespace terrarium::core
