#include "core/metrics/agreement.h"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

using Counts = std::vector<int64_t>;
using Values = std::vector<double>;

constexpr double kGap = std::numeric_limits<double>::quiet_NaN();

double alpha(const Values& ratings, int64_t units, MeasurementLevel level) {
    return krippendorff_alpha(ratings, units, level).value().alpha;
}

}  // namespace

TEST_CASE("agreement: three units and three raters by hand") {
    // 2 of 6 ordered pairs agree in the first unit, all in the others: mean (1/3 + 1 + 1) / 3 = 7/9. Shares 4/9, 5/9.
    const Counts counts{1, 2, 3, 0, 0, 3};
    const Agreement fleiss = fleiss_kappa(counts, 2).value();
    CHECK(fleiss.observed == doctest::Approx(7.0 / 9));
    CHECK(fleiss.expected == doctest::Approx((16.0 + 25.0) / 81));
    CHECK(fleiss.value == doctest::Approx((7.0 / 9 - 41.0 / 81) / (40.0 / 81)));
    CHECK(randolph_kappa(counts, 2).value().value == doctest::Approx((7.0 / 9 - 0.5) / 0.5));
}

TEST_CASE("agreement: Scott's pi pools both raters") {
    // They agree in 2 of 4; category 1 has 5 of the 8 ratings.
    const Agreement pi = scott_pi(Counts{1, 1, 0, 1}, Counts{1, 0, 0, 1}).value();
    CHECK(pi.observed == 0.75);
    CHECK(pi.expected == doctest::Approx((25.0 + 9.0) / 64));
    CHECK(pi.value == doctest::Approx((0.75 - 34.0 / 64) / (30.0 / 64)));
}

TEST_CASE("agreement: Krippendorff's published example, four raters with gaps") {
    const Values ratings{1,    2, 3, 3, 2, 1, 4, 1, 2, kGap, kGap, kGap, 1, 2, 3, 3, 2, 2, 4, 1, 2, 5, kGap, 3,
                         kGap, 3, 3, 3, 2, 3, 4, 2, 2, 5,    1,    kGap, 1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1,    kGap};
    CHECK(alpha(ratings, 12, MeasurementLevel::Nominal) == doctest::Approx(0.743).epsilon(5e-4));
    CHECK(alpha(ratings, 12, MeasurementLevel::Ordinal) == doctest::Approx(0.815).epsilon(5e-4));
    CHECK(alpha(ratings, 12, MeasurementLevel::Interval) == doctest::Approx(0.849).epsilon(5e-4));
    CHECK(alpha(ratings, 12, MeasurementLevel::Ratio) == doctest::Approx(0.797).epsilon(5e-4));
}

TEST_CASE("agreement: perfect agreement is 1, and who is called which rater does not matter") {
    Rng rng(1);
    for (int run = 0; run < 50; ++run) {
        Values ratings(3 * 8);
        for (size_t unit = 0; unit < 8; ++unit) {
            ratings[unit] = unit < 2 ? static_cast<double>(unit) : rng.below(4);
            ratings[8 + unit] = ratings[16 + unit] = ratings[unit];
        }
        for (const auto level : {MeasurementLevel::Nominal, MeasurementLevel::Ordinal, MeasurementLevel::Interval,
                                 MeasurementLevel::Ratio}) {
            CHECK(alpha(ratings, 8, level) == doctest::Approx(1.0));
            Values noisy = ratings;
            for (double& rating : noisy)
                rating = rng.below(5) == 0 ? kGap : rng.below(2) == 0 ? 1.0 + rng.below(3) : rating;
            noisy[0] = 1.0, noisy[8] = 2.0;
            Values swapped(noisy.begin() + 8, noisy.end());
            swapped.insert(swapped.end(), noisy.begin(), noisy.begin() + 8);
            CHECK(alpha(noisy, 8, level) == doctest::Approx(alpha(swapped, 8, level)));
        }
    }
    CHECK(fleiss_kappa(Counts{3, 0, 0, 3}, 2).value().value == doctest::Approx(1.0));
}

TEST_CASE("agreement: coincidences add up to the ratings that can be compared") {
    const Values ratings{1, 2, kGap, 1, 2, 2, 3, kGap, kGap};
    const KrippendorffAlpha result = krippendorff_alpha(ratings, 3, MeasurementLevel::Nominal).value();
    double sum = 0.0;
    for (const double coincidence : result.coincidences) sum += coincidence;
    CHECK(sum == doctest::Approx(5.0));  // 3 + 2; the last unit has a single rating
    CHECK(result.alpha == doctest::Approx(1.0 - result.observed_disagreement / result.expected_disagreement));
}

TEST_CASE("agreement: what chance alone always gives is undefined, and what cannot be compared is refused") {
    const double undefined = fleiss_kappa(Counts{4, 0, 4, 0}, 2).value().value;
    CHECK(undefined != undefined);
    CHECK(randolph_kappa(Counts{4, 0, 4, 0}, 2).value().value == 1.0);
    const double pi = scott_pi(Counts{1, 1}, Counts{1, 1}).value().value;
    CHECK(pi != pi);
    CHECK(fleiss_kappa(Counts{3, 0, 2, 2}, 2).error().code == "unequal_counts");
    CHECK(fleiss_kappa(Counts{1, 0, 0, 1}, 2).error().code == "unequal_counts");
    CHECK(fleiss_kappa(Counts{}, 2).error().code == "empty");
    CHECK(scott_pi(Counts{1}, Counts{}).error().code == "unequal_counts");
    CHECK(krippendorff_alpha(Values{1, 1, 1, 1}, 2, MeasurementLevel::Nominal).error().code == "one_class");
    CHECK(krippendorff_alpha(Values{1, kGap, 2, kGap, 2, kGap}, 3, MeasurementLevel::Ordinal).error().code ==
          "too_few");
}
