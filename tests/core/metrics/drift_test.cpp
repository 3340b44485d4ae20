#include "core/metrics/drift.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Labels = std::vector<int64_t>;
using Values = std::vector<double>;

}  // namespace

TEST_CASE("drift: a stability index of two categories by hand") {
    const BinnedSamples bins = count_categories(Labels{1, 1, 1, 2}, Labels{1, 2}).value();
    CHECK(bins.values == Values{1, 2});
    const StabilityIndex index = stability_index(bins);
    CHECK(index.psi == doctest::Approx(0.25 * std::log(1.5) + 0.25 * std::log(2.0)));
}

TEST_CASE("drift: an empty bin counts as one in ten thousand, or far less where that is much") {
    CHECK(bin_shares(Labels{0, 3, 1}, EmptyBins::Fill) == Values{0.0001, 0.75, 0.25});
    CHECK(bin_shares(Labels{0, 3, 1}, EmptyBins::Stay) == Values{0, 0.75, 0.25});
    const Values rare = bin_shares(Labels{0, 9999, 1}, EmptyBins::Fill);
    CHECK(rare[0] * 1e10 == doctest::Approx(1.0));  // a millionth of 1 in 10,000
}

TEST_CASE("drift: more than 20 distinct values are binned by Sturges, fewer stay themselves") {
    Values reference, current;
    for (int i = 0; i < 21; ++i) reference.push_back(i);
    for (int i = 0; i < 11; ++i) current.push_back(i * 6.0);
    const BinnedSamples bins = bin_numbers(reference, current).value();
    REQUIRE(bins.edges.size() == 7);  // 32 values: log2 + 1 = 6 bins over 0..60
    CHECK(bins.edges[1] == 10.0);
    CHECK(bins.reference == Labels{10, 10, 1, 0, 0, 0});
    CHECK(bins.current == Labels{2, 2, 1, 2, 2, 2});  // 60 belongs to the last bin
    reference.pop_back();
    CHECK(bin_numbers(reference, current).value().edges.empty());
}

TEST_CASE("drift: every value falls into one bin, terms add up, and equal samples do not drift") {
    Rng rng(1);
    for (int run = 0; run < 50; ++run) {
        Values reference(30 + rng.below(100)), current(1 + rng.below(100));
        for (double& value : reference) value = rng.normal();
        for (double& value : current) value = 1.0 + rng.normal();
        const BinnedSamples bins = bin_numbers(reference, current).value();
        int64_t a = 0, b = 0;
        for (size_t i = 0; i < bins.reference.size(); ++i) a += bins.reference[i], b += bins.current[i];
        CHECK(a == bins.reference_total);
        CHECK(b == bins.current_total);
        const StabilityIndex index = stability_index(bins);
        double sum = 0.0;
        for (const double term : index.terms) {
            CHECK(term >= 0.0);
            sum += term;
        }
        CHECK(sum == doctest::Approx(index.psi));
        CHECK(stability_index(bin_numbers(reference, reference).value()).psi == 0.0);
    }
}

TEST_CASE("drift: an empty side and broken values are refused") {
    CHECK(count_categories(Labels{}, Labels{1}).error().code == "empty");
    CHECK(bin_numbers(Values{1}, Values{}).error().code == "empty");
    CHECK(bin_numbers(Values{1}, Values{std::nan("")}).error().code == "not_finite");
    CHECK(stability_index(bin_numbers(Values{1, 1}, Values{1}).value()).psi == 0.0);
}
