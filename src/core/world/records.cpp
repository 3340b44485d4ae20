#include "core/world/records.h"

#include <algorithm>
#include <limits>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/support/rng.h"
#include "core/support/special.h"
#include "core/world/options.h"

namespace terrarium::core::world {
namespace {

/// Directions of length 1 and at right angles: which features tell the classes apart, and which ones drift.
constexpr std::array<double, kFeatures> kClass{0.48, 0.64, 0.48, 0.36, 0.0};
constexpr std::array<double, kFeatures> kDrift{0.0, -0.36, 0.0, 0.64, 0.67882250993908557};

struct Unit {
    double mean, deviation;
};
constexpr std::array<Unit, kFeatures> kUnits{{{45, 12}, {14, 6}, {9, 2.5}, {300, 80}, {6, 2}}};

double logit(double p) { return log(p / (1.0 - p)); }

}  // namespace

RecordWorld::RecordWorld(uint64_t seed, const RecordOptions& options) : options_(options) {
    for (const double p : {options.share_d, options.approval_a, options.approval_d, options.label_error_fraction,
                           options.missing_fraction}) {
        TERRARIUM_CHECK(p >= 0 && p <= 1, "A probability lies between 0 and 1.");
    }
    TERRARIUM_CHECK(options.separation > 0, "The classes lie apart by a positive distance.");
    TERRARIUM_CHECK(options.first_day >= 0 && options.first_day < options.end_day && options.end_day <= kDays,
                    "Records are dated within the days of the world.");
    Rng rng = Rng(seed).fork("records");
    key_ = static_cast<uint64_t>(rng.next_u32()) << 32;
    key_ |= rng.next_u32();
}

double RecordWorld::separation(int32_t year) const {
    return options_.separation * std::max(0.0, 1.0 - options_.separation_loss_per_year * year);
}

Record RecordWorld::record(int64_t index) const {
    TERRARIUM_CHECK(index >= 0, "Records are counted from 0.");
    Rng rng(random_bits_at(key_, static_cast<uint64_t>(index)));
    Record record{.id = index};
    record.date_day = options_.first_day +
                      static_cast<int32_t>(rng.below(static_cast<uint32_t>(options_.end_day - options_.first_day)));
    const int32_t year = record.date_day / kDaysPerYear;
    record.is_d = rng.uniform() < options_.share_d;
    const bool is_uplander = rng.below(3) < 2;
    if (record.is_d) record.group = is_uplander ? Group::Uplanders : Group::Islanders;
    record.true_label = rng.uniform() < (record.is_d ? options_.approval_d : options_.approval_a) ? 1 : 0;
    const bool is_wrong = rng.uniform() < options_.label_error_fraction;
    record.label = is_wrong ? 1 - record.true_label : record.true_label;
    for (std::size_t i = 0; i < record.features.size(); ++i) {
        const double z = (record.true_label - 0.5) * separation(year) * kClass[i] +
                         year * options_.drift_per_year * kDrift[i] + rng.normal();
        const bool is_missing = rng.uniform() < options_.missing_fraction;
        record.features[i] =
            is_missing ? std::numeric_limits<double>::quiet_NaN() : kUnits[i].mean + kUnits[i].deviation * z;
    }
    return record;
}

double RecordWorld::class_imbalance() const { return 1.0 - 2.0 * options_.share_d; }

double RecordWorld::difference_in_positive_proportions() const { return options_.approval_a - options_.approval_d; }

double RecordWorld::best_accuracy(int32_t year) const {
    TERRARIUM_CHECK(year >= 0 && year < kYears, "A year of the world lies between 0 and its last one.");
    const double s = separation(year);
    const auto of_facet = [&](double q) {
        if (s <= 0 || q <= 0 || q >= 1) return std::max(q, 1.0 - q);  // nothing to see, or nothing to decide
        return q * normal_cdf(s / 2 + logit(q) / s) + (1 - q) * normal_cdf(s / 2 - logit(q) / s);
    };
    return options_.share_d * of_facet(options_.approval_d) + (1 - options_.share_d) * of_facet(options_.approval_a);
}

double RecordWorld::true_log_odds(const Record& record) const {
    const int32_t year = record.date_day / kDaysPerYear;
    double along = 0;  // of z on the direction between the classes, from the middle between them
    for (std::size_t i = 0; i < record.features.size(); ++i) {
        TERRARIUM_CHECK(record.features[i] == record.features[i], "Log odds need all features.");
        const double z = (record.features[i] - kUnits[i].mean) / kUnits[i].deviation;
        along += kClass[i] * (z - year * options_.drift_per_year * kDrift[i]);
    }
    return logit(record.is_d ? options_.approval_d : options_.approval_a) + separation(year) * along;
}

}  // namespace terrarium::core::world
