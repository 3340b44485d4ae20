#include "core/metrics/agreement.h"

#include <algorithm>
#include <limits>
#include <string>

#include "core/metrics/classification.h"
#include "core/metrics/inputs.h"

namespace terrarium::core {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Agreement beyond_chance(double observed, double expected) {
    const double room = 1.0 - expected;
    return {observed, expected, room == 0.0 ? kNaN : (observed - expected) / room};
}

struct RatedUnits {
    double observed = 0;                  ///< mean share of agreeing pairs
    std::vector<double> category_shares;  ///< of all ratings
};

Result<RatedUnits> rate_units(std::span<const int64_t> counts, int64_t categories) {
    const size_t width = categories < 1 ? 0 : static_cast<size_t>(categories);
    if (width == 0 || counts.empty() || counts.size() % width != 0) {
        return refused("empty", "There are no units, or they do not have a count for each category.",
                       "Give one row per unit with the number of raters for each category.");
    }
    RatedUnits result{0.0, std::vector<double>(width)};
    const size_t units = counts.size() / width;
    int64_t raters = 0;
    for (size_t unit = 0; unit < units; ++unit) {
        int64_t ratings = 0;
        double squares = 0.0;
        for (size_t c = 0; c < width; ++c) {
            const int64_t count = counts[unit * width + c];
            if (count < 0) return refused("negative", "A count is negative.", "Count raters, from 0.");
            ratings += count;
            squares += static_cast<double>(count) * static_cast<double>(count);
            result.category_shares[c] += static_cast<double>(count);
        }
        if (unit == 0) raters = ratings;
        if (ratings != raters || raters < 2) {
            return refused("unequal_counts",
                           "Unit " + std::to_string(unit + 1) + " has " + std::to_string(ratings) + " ratings.",
                           "Let the same number of raters, at least two, rate every unit; with gaps use "
                           "Krippendorff's alpha.");
        }
        const double pairs = static_cast<double>(raters) * static_cast<double>(raters - 1);
        result.observed += (squares - static_cast<double>(raters)) / pairs / static_cast<double>(units);
    }
    for (double& share : result.category_shares) share /= static_cast<double>(raters) * static_cast<double>(units);
    return result;
}

/// Squared distance of the values at places a < b of the ascending list. ranks: how many ratings lie below a value,
/// plus half of those that equal it; so a difference of ranks counts what lies between, the ends by half.
double squared_distance(MeasurementLevel level, std::span<const double> values, std::span<const double> ranks, size_t a,
                        size_t b) {
    double distance = 1.0;
    if (level == MeasurementLevel::Interval) distance = values[b] - values[a];
    if (level == MeasurementLevel::Ratio) {
        const double sum = values[a] + values[b];
        distance = sum == 0.0 ? 0.0 : (values[b] - values[a]) / sum;
    }
    if (level == MeasurementLevel::Ordinal) distance = ranks[b] - ranks[a];
    return distance * distance;
}

}  // namespace

Result<Agreement> fleiss_kappa(std::span<const int64_t> counts, int64_t categories) {
    const Result<RatedUnits> rated = rate_units(counts, categories);
    if (!rated) return rated.error();
    double expected = 0.0;
    for (const double share : rated.value().category_shares) expected += share * share;
    return beyond_chance(rated.value().observed, expected);
}

Result<Agreement> randolph_kappa(std::span<const int64_t> counts, int64_t categories) {
    const Result<RatedUnits> rated = rate_units(counts, categories);
    if (!rated) return rated.error();
    return beyond_chance(rated.value().observed, 1.0 / static_cast<double>(categories));
}

Result<Agreement> scott_pi(std::span<const int64_t> rater_a, std::span<const int64_t> rater_b) {
    const Result<ConfusionMatrix> counted = confusion_matrix(rater_a, rater_b);
    if (!counted) return counted.error();
    const std::vector<int64_t> by_a = counted.value().true_counts(), by_b = counted.value().predicted_counts();
    const double ratings = 2.0 * static_cast<double>(counted.value().total());
    double squares = 0.0;
    for (size_t i = 0; i < by_a.size(); ++i) {
        const double pooled = static_cast<double>(by_a[i] + by_b[i]);
        squares += pooled * pooled;
    }
    return beyond_chance(accuracy(counted.value()), squares / (ratings * ratings));
}

Result<KrippendorffAlpha> krippendorff_alpha(std::span<const double> ratings, int64_t units, MeasurementLevel level) {
    const size_t width = units < 1 ? 0 : static_cast<size_t>(units);
    if (width == 0 || ratings.empty() || ratings.size() % width != 0) {
        return refused("empty", "There are no units, or the raters do not have equally many.",
                       "Give one row per rater with one rating or gap per unit.");
    }
    KrippendorffAlpha result;
    for (const double rating : ratings) {
        if (rating != rating) continue;
        if (rating - rating != 0.0) {
            return refused("not_finite", "A rating is infinite.", "Leave the rating out, or repair it.");
        }
        result.values.push_back(rating);
    }
    std::sort(result.values.begin(), result.values.end());
    result.values.erase(std::unique(result.values.begin(), result.values.end()), result.values.end());
    const size_t k = result.values.size();
    constexpr size_t kMostValues = 3000;
    if (k > kMostValues) {
        return refused("too_many_labels", "There are " + std::to_string(k) + " different ratings.",
                       "Round the ratings, so that at most 3,000 differ.");
    }
    result.coincidences.resize(k * k);
    std::vector<double> in_unit(k), counts(k);
    double pairable = 0.0;
    for (size_t unit = 0; unit < width; ++unit) {
        std::fill(in_unit.begin(), in_unit.end(), 0.0);
        double ratings_here = 0.0;
        for (size_t i = unit; i < ratings.size(); i += width) {
            if (ratings[i] != ratings[i]) continue;
            const auto place = std::lower_bound(result.values.begin(), result.values.end(), ratings[i]);
            in_unit[static_cast<size_t>(place - result.values.begin())] += 1.0;
            ratings_here += 1.0;
        }
        if (ratings_here < 2.0) continue;
        pairable += ratings_here;
        for (size_t a = 0; a < k; ++a) {
            if (in_unit[a] == 0.0) continue;
            counts[a] += in_unit[a];
            for (size_t b = 0; b < k; ++b) {
                result.coincidences[a * k + b] +=
                    in_unit[a] * (in_unit[b] - (a == b ? 1.0 : 0.0)) / (ratings_here - 1.0);
            }
        }
    }
    if (pairable == 0.0) {
        return refused("too_few", "No unit has two ratings that could be compared.",
                       "Let at least two raters rate the same unit.");
    }
    if (k < 2) {
        return refused("one_class", "All ratings are equal, so there is nothing to disagree about.",
                       "Include units that deserve different ratings.");
    }
    std::vector<double> ranks;
    double below = 0.0;
    for (const double count : counts) {
        ranks.push_back(below + count / 2.0);
        below += count;
    }
    for (size_t a = 0; a < k; ++a) {
        for (size_t b = a + 1; b < k; ++b) {
            const double distance = squared_distance(level, result.values, ranks, a, b);
            result.observed_disagreement += 2.0 * result.coincidences[a * k + b] * distance / pairable;
            result.expected_disagreement += 2.0 * counts[a] * counts[b] * distance / (pairable * (pairable - 1.0));
        }
    }
    result.alpha =
        result.expected_disagreement == 0.0 ? kNaN : 1.0 - result.observed_disagreement / result.expected_disagreement;
    return result;
}

}  // namespace terrarium::core
