#include "core/metrics/bias.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Flags = std::vector<uint8_t>;
using Labels = std::vector<int64_t>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Flags random_flags(Rng& rng, size_t n) {
    Flags flags(n);
    for (uint8_t& flag : flags) flag = static_cast<uint8_t>(rng.below(2));
    flags[0] = 0, flags[1] = 1;
    return flags;
}

}  // namespace

TEST_CASE("bias: six applicants by hand") {
    // a: three applicants, two accepted; d: two of three.
    const Flags d{0, 0, 0, 1, 1, 1}, accepted{1, 1, 0, 1, 0, 0};
    CHECK(class_imbalance(d).value() == 0.0);
    const PositiveShares shares = positive_shares(d, accepted).value();
    CHECK(shares.difference == doctest::Approx(2.0 / 3 - 1.0 / 3));
    CHECK(shares.ratio == doctest::Approx(0.5));
    const LabelDistances distances = label_distances(d, Labels{1, 1, 0, 1, 0, 0}).value();
    CHECK(distances.kl_nats == doctest::Approx(2.0 / 3 * std::log(2.0) - 1.0 / 3 * std::log(2.0)));
    CHECK(distances.lp == doctest::Approx(std::sqrt(2.0) / 3));
    CHECK(distances.total_variation == doctest::Approx(1.0 / 3));
    CHECK(distances.ks == doctest::Approx(1.0 / 3));
    // All in one group: d are 2 of 3 rejected and 1 of 3 accepted.
    CHECK(conditional_disparity(d, accepted, Labels(6)).value().value == doctest::Approx(1.0 / 3));
}

TEST_CASE("bias: within each group no one may be favoured although overall someone is") {
    // Group 1 accepts half of everyone, group 2 no one but one; d applies to group 2.
    const Flags d{0, 0, 1, 1, 0, 0, 1, 1}, accepted{1, 0, 1, 0, 0, 0, 0, 0};
    const ConditionalDisparity result = conditional_disparity(d, accepted, Labels{1, 1, 1, 1, 2, 2, 2, 2}).value();
    REQUIRE(result.groups.size() == 2);
    CHECK(result.groups[0].rejected_share == 0.5);
    CHECK(result.groups[1].accepted_share == 0.0);  // 0/0 counts as 0
    CHECK(result.value == doctest::Approx((4 * 0.0 + 4 * 0.5) / 8));
}

TEST_CASE("bias: a model's rights and wrongs by facet, by hand") {
    // a: TP 2, FN 1, TN 1;  d: TP 1, FP 1, FN 1, TN 1.
    const Flags d{0, 0, 0, 0, 1, 1, 1, 1}, truth{1, 1, 1, 0, 1, 0, 1, 0}, said{1, 1, 0, 0, 1, 1, 0, 0};
    const OutcomeBias bias = outcome_bias(d, truth, said).value();
    CHECK(bias.a.true_positives == 2);
    CHECK(bias.d.false_positives == 1);
    CHECK(bias.acceptance == doctest::Approx(3.0 / 2 - 1));
    CHECK(bias.rejection == doctest::Approx(1.0 - 0.5));
    CHECK(bias.recall == doctest::Approx(2.0 / 3 - 0.5));
    CHECK(bias.specificity == doctest::Approx(0.5 - 1.0));
    CHECK(bias.acceptance_rate == doctest::Approx(1.0 - 0.5));
    CHECK(bias.rejection_rate == doctest::Approx(0.5 - 0.5));
    CHECK(bias.accuracy == doctest::Approx(0.75 - 0.5));
    CHECK(bias.treatment == -kInfinity);  // 1/1 - 1/0
    CHECK(generalized_entropy(Flags{1, 1}, Flags{1, 0}).value() == doctest::Approx(((1.0 + 0) / 2 / 0.25 - 1) / 2));
}

TEST_CASE("bias: swapping the facets turns every difference round, and equal facets have none") {
    Rng rng(1);
    for (int run = 0; run < 100; ++run) {
        const size_t n = 6 + rng.below(30);
        const Flags d = random_flags(rng, n), truth = random_flags(rng, n), said = random_flags(rng, n);
        Flags a = d;
        for (uint8_t& flag : a) flag = flag != 0 ? 0 : 1;
        const OutcomeBias one = outcome_bias(d, truth, said).value(), other = outcome_bias(a, truth, said).value();
        CHECK(one.recall == -other.recall);
        CHECK(one.acceptance == -other.acceptance);
        CHECK(one.treatment == -other.treatment);
        CHECK(one.a.true_positives + one.a.false_positives + one.a.true_negatives + one.a.false_negatives ==
              facet_counts(d).n_a);
        CHECK(positive_shares(d, said).value().difference == -positive_shares(a, said).value().difference);
        Flags twice_d, twice_said;
        for (size_t i = 0; i < n; ++i) {
            for (const uint8_t facet : {uint8_t{0}, uint8_t{1}})
                twice_d.push_back(facet), twice_said.push_back(said[i]);
        }
        CHECK(positive_shares(twice_d, twice_said).value().difference == 0.0);
        CHECK(generalized_entropy(said, said).value() == doctest::Approx(0.0));
    }
}

TEST_CASE("bias: the flip test asks the nearest of the other facet") {
    const std::vector<double> features{0, 1, 2, 10, 0.1, 1.1, 9};
    const Flags d{0, 0, 0, 0, 1, 1, 1};
    const FlipTest fair = flip_test(features, 1, d, Flags{1, 1, 1, 0, 1, 1, 0}).value();
    CHECK(fair.neighbours == 1);
    CHECK(fair.value == 0.0);
    const FlipTest unfair = flip_test(features, 1, d, Flags{1, 1, 1, 0, 0, 0, 1}).value();
    CHECK(unfair.disfavoured == 2);
    CHECK(unfair.favoured == 1);
    CHECK(unfair.value == doctest::Approx(-1.0 / 3));
    // With ten members of a, five vote: the nearest alone would say 0.
    std::vector<double> line(11);
    Flags facet(11), said(11);
    for (size_t i = 0; i < 11; ++i) line[i] = static_cast<double>(i), said[i] = i > 1 ? 1 : 0;
    facet[0] = 1;
    const FlipTest vote = flip_test(line, 1, facet, said).value();
    CHECK(vote.neighbours == 5);
    CHECK(vote.disfavoured == 1);
}

TEST_CASE("bias: ratios with nothing below are 0 or infinite, and empty facets are refused") {
    CHECK(positive_shares(Flags{1, 0}, Flags{1, 0}).value().ratio == kInfinity);
    CHECK(positive_shares(Flags{1, 0}, Flags{0, 0}).value().ratio == 0.0);
    const double undefined = generalized_entropy(Flags{1, 1}, Flags{0, 0}).value();
    CHECK(undefined != undefined);
    CHECK(class_imbalance(Flags{1, 1}).error().code == "empty_facet");
    CHECK(positive_shares(Flags{0, 0}, Flags{0, 1}).error().code == "empty_facet");
    CHECK(outcome_bias(Flags{0, 0}, Flags{0, 1}, Flags{0, 1}).error().code == "empty_facet");
    CHECK(label_distances(Flags{1, 0}, Labels{1, 2}).error().code == "no_common_label");
    CHECK(conditional_disparity(Flags{1, 0}, Flags{1, 1}, Labels{0, 0}).error().code == "one_class");
    CHECK(flip_test(std::vector<double>{1}, 1, Flags{1, 0}, Flags{1, 0}).error().code == "unequal_counts");
}
