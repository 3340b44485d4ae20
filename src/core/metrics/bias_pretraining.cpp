// Bias in labels, and shares that serve for predictions too; declared in bias.h.

#include <algorithm>
#include <limits>
#include <vector>

#include "core/metrics/bias.h"
#include "core/metrics/distributions.h"
#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

double share(int64_t part, int64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::optional<Error> check_facets(const FacetCounts& counts) {
    if (counts.n_a > 0 && counts.n_d > 0) return std::nullopt;
    return refused("empty_facet", "One of the two facets has no members.", "Give samples of both facets.");
}

}  // namespace

FacetCounts facet_counts(FacetFlags sensitive) {
    FacetCounts counts;
    for (const uint8_t flag : sensitive) ++(flag != 0 ? counts.n_d : counts.n_a);
    return counts;
}

Result<double> class_imbalance(FacetFlags sensitive) {
    const FacetCounts counts = facet_counts(sensitive);
    if (auto error = check_facets(counts)) return *error;
    return static_cast<double>(counts.n_a - counts.n_d) / static_cast<double>(counts.n_a + counts.n_d);
}

Result<PositiveShares> positive_shares(FacetFlags sensitive, FacetFlags positives) {
    if (auto error = check_columns(sensitive.size(), positives.size())) return *error;
    const FacetCounts counts = facet_counts(sensitive);
    if (auto error = check_facets(counts)) return *error;
    FacetCounts positive;
    for (size_t i = 0; i < sensitive.size(); ++i) {
        if (positives[i] != 0) ++(sensitive[i] != 0 ? positive.n_d : positive.n_a);
    }
    PositiveShares shares{share(positive.n_a, counts.n_a), share(positive.n_d, counts.n_d)};
    shares.difference = shares.q_a - shares.q_d;
    if (shares.q_a != 0.0) {
        shares.ratio = shares.q_d / shares.q_a;
    } else {
        shares.ratio = shares.q_d == 0.0 ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return shares;
}

Result<LabelDistances> label_distances(FacetFlags sensitive, std::span<const int64_t> labels) {
    if (auto error = check_columns(sensitive.size(), labels.size())) return *error;
    std::vector<int64_t> distinct(labels.begin(), labels.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<FacetCounts> of_label(distinct.size());
    for (size_t i = 0; i < labels.size(); ++i) {
        const auto place = std::lower_bound(distinct.begin(), distinct.end(), labels[i]) - distinct.begin();
        FacetCounts& counts = of_label[static_cast<size_t>(place)];
        ++(sensitive[i] != 0 ? counts.n_d : counts.n_a);
    }
    const FacetCounts all = facet_counts(sensitive);
    LabelDistances result;
    double squares = 0.0;
    for (size_t i = 0; i < distinct.size(); ++i) {
        if (of_label[i].n_a == 0 || of_label[i].n_d == 0) continue;
        const double a = share(of_label[i].n_a, all.n_a), d = share(of_label[i].n_d, all.n_d);
        result.labels.push_back(distinct[i]);
        result.shares_a.push_back(a);
        result.shares_d.push_back(d);
        squares += (a - d) * (a - d);
        result.ks = std::max(result.ks, absolute(a - d));
    }
    if (result.labels.empty()) {
        return refused("no_common_label", "No label occurs in both facets.",
                       "Give more samples, or merge rare labels.");
    }
    result.kl_nats = kl_divergence_nats(result.shares_a, result.shares_d);
    result.js_nats = js_divergence_nats(result.shares_a, result.shares_d);
    result.lp = sqrt(squares);
    result.total_variation = total_variation(result.shares_a, result.shares_d);
    return result;
}

Result<ConditionalDisparity> conditional_disparity(FacetFlags sensitive, FacetFlags positives,
                                                   std::span<const int64_t> groups) {
    if (auto error = check_columns(sensitive.size(), positives.size())) return *error;
    if (auto error = check_columns(sensitive.size(), groups.size())) return *error;
    const FacetCounts by_outcome = facet_counts(positives);
    if (by_outcome.n_d == 0 || by_outcome.n_a == 0) {
        return refused("one_class", "All outcomes are the same.", "Give at least one positive and one negative.");
    }
    std::vector<int64_t> distinct(groups.begin(), groups.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<FacetCounts> accepted(distinct.size()), rejected(distinct.size());
    for (size_t i = 0; i < groups.size(); ++i) {
        const auto place =
            static_cast<size_t>(std::lower_bound(distinct.begin(), distinct.end(), groups[i]) - distinct.begin());
        FacetCounts& counts = positives[i] != 0 ? accepted[place] : rejected[place];
        ++(sensitive[i] != 0 ? counts.n_d : counts.n_a);
    }
    ConditionalDisparity result;
    double sum = 0.0;
    for (size_t i = 0; i < distinct.size(); ++i) {
        const int64_t n_accepted = accepted[i].n_a + accepted[i].n_d, n_rejected = rejected[i].n_a + rejected[i].n_d;
        result.groups.push_back({distinct[i], n_accepted + n_rejected, share(rejected[i].n_d, n_rejected),
                                 share(accepted[i].n_d, n_accepted)});
        const ConditionalDisparity::Group& group = result.groups.back();
        sum += static_cast<double>(group.count) * (group.rejected_share - group.accepted_share);
    }
    result.value = sum / static_cast<double>(groups.size());
    return result;
}

}  // namespace terrarium::core
