#include "core/world/records.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>
#include <vector>

#include "core/metrics/bias.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/special.h"
#include "core/world/options.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;
namespace core = terrarium::core;

namespace {

constexpr int64_t kRecords = 8000;

/// Share of records whose true label the best classifier hits.
double accuracy(const RecordWorld& world, int32_t year, int64_t n) {
    int64_t n_right = 0, n_seen = 0;
    for (int64_t i = 0; i < n; ++i) {
        const Record record = world.record(i);
        if (record.date_day / kDaysPerYear != year) continue;
        ++n_seen;
        n_right += (world.true_log_odds(record) > 0 ? 1 : 0) == record.true_label ? 1 : 0;
    }
    return static_cast<double>(n_right) / static_cast<double>(n_seen);
}

double four_errors(double p) { return 4 * core::sqrt(p * (1 - p) / kRecords); }

}  // namespace

TEST_CASE("world records: class imbalance and the difference of proportions are what the options say") {
    const RecordWorld world(3, {.share_d = 0.25, .approval_a = 0.7, .approval_d = 0.35});
    CHECK(world.class_imbalance() == doctest::Approx(0.5));
    CHECK(world.difference_in_positive_proportions() == doctest::Approx(0.35));
    std::vector<uint8_t> is_d, is_approved;
    for (int64_t i = 0; i < kRecords; ++i) {
        const Record record = world.record(i);
        is_d.push_back(record.is_d ? 1 : 0);
        is_approved.push_back(record.label == 1 ? 1 : 0);
        CHECK(record.is_d == (record.group != Group::Quayside));
        CHECK(record.label == record.true_label);
    }
    const auto ci = core::class_imbalance(is_d);
    const auto shares = core::positive_shares(is_d, is_approved);
    REQUIRE(ci.has_value());
    REQUIRE(shares.has_value());
    CHECK(core::absolute(ci.value() - 0.5) < 2 * four_errors(0.25));
    CHECK(core::absolute(shares.value().difference - 0.35) < 4 * core::sqrt(0.23 / 2000 + 0.21 / 6000));
}

TEST_CASE("world records: the best classifier is as good as the closed form says") {
    // Two even classes at a distance of 2: half of it is one standard deviation.
    const RecordWorld even(1, {.share_d = 0.5, .approval_a = 0.5, .approval_d = 0.5, .separation = 2});
    CHECK(even.best_accuracy(0) == doctest::Approx(core::normal_cdf(1.0)));
    CHECK(core::absolute(accuracy(even, 0, kRecords) - even.best_accuracy(0)) < four_errors(0.84));
    const RecordWorld uneven(2, {.approval_a = 0.8, .approval_d = 0.3, .separation = 1.2});
    CHECK(core::absolute(accuracy(uneven, 0, kRecords) - uneven.best_accuracy(0)) < four_errors(0.79));
    CHECK(uneven.best_accuracy(0) > 0.77);
    // logit(0.9) = 2.1972, one facet: 0.9 Phi(2.6972) + 0.1 Phi(-1.6972) = 0.9 * 0.99650 + 0.1 * 0.04483.
    const RecordWorld one_facet(2, {.share_d = 0, .approval_a = 0.9, .separation = 1});
    CHECK(one_facet.best_accuracy(0) == doctest::Approx(0.90134).epsilon(1e-4));
}

TEST_CASE("world records: features drift by the year, without harm to who knows the year") {
    const RecordWorld world(4, {.drift_per_year = 0.5, .first_day = 4 * kDaysPerYear, .end_day = 5 * kDaysPerYear});
    double income = 0, age = 0;
    for (int64_t i = 0; i < kRecords; ++i) {
        income += world.record(i).features[3] / kRecords;
        age += world.record(i).features[0] / kRecords;
    }
    // Approval pushes both a little: (0.54 - 0.5) * separation 2 * direction.
    const double push = (0.7 * 0.6 + 0.3 * 0.4 - 0.5) * 2;
    CHECK(income == doctest::Approx(300 + 80 * (4 * 0.5 * 0.64 + push * 0.36)).epsilon(0.02));
    CHECK(age == doctest::Approx(45 + 12 * push * 0.48).epsilon(0.02));
    CHECK(core::absolute(accuracy(world, 4, kRecords) - world.best_accuracy(4)) < four_errors(0.84));
}

TEST_CASE("world records: concept drift lowers what is attainable, down to guessing the larger class") {
    const RecordWorld world(5, {.separation_loss_per_year = 0.25, .first_day = 0, .end_day = 5 * kDaysPerYear});
    double last = 1;
    for (int32_t year = 0; year < 5; ++year) {
        CHECK(world.best_accuracy(year) < last);
        last = world.best_accuracy(year);
        CHECK(core::absolute(accuracy(world, year, kRecords) - last) < 4 * core::sqrt(0.25 * 5 / kRecords));
    }
    CHECK(last == doctest::Approx(0.6));
}

TEST_CASE("world records: wrong labels and missing features come as often as asked") {
    const RecordWorld world(6, {.label_error_fraction = 0.1, .missing_fraction = 0.2});
    int64_t n_wrong = 0, n_missing = 0;
    for (int64_t i = 0; i < kRecords; ++i) {
        const Record record = world.record(i);
        n_wrong += record.label != record.true_label ? 1 : 0;
        for (const double x : record.features) n_missing += x != x ? 1 : 0;
    }
    CHECK(core::absolute(static_cast<double>(n_wrong) / kRecords - 0.1) < four_errors(0.1));
    CHECK(core::absolute(static_cast<double>(n_missing) / (kFeatures * kRecords) - 0.2) < four_errors(0.2));
}

TEST_CASE("world records: a record depends on seed and index alone, and impossible worlds are refused") {
    const RecordWorld world(9), again(9), other(10);
    for (const int64_t i : {5, 0, 1'000'000'000}) {
        CHECK(world.record(i).features == again.record(i).features);
        CHECK(world.record(i).features != other.record(i).features);
    }
    CHECK_THROWS_AS(RecordWorld(1, {.share_d = 1.5}), CheckFailed);
    CHECK_THROWS_AS(RecordWorld(1, {.separation = 0}), CheckFailed);
    CHECK_THROWS_AS((void)world.record(-1), CheckFailed);
    CHECK_THROWS_AS((void)world.best_accuracy(10), CheckFailed);
    Record unknown = world.record(0);
    unknown.features[2] = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS((void)world.true_log_odds(unknown), CheckFailed);
}
