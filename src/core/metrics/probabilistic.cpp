#include "core/metrics/probabilistic.h"

#include <algorithm>
#include <string>

#include "core/metrics/descriptive.h"
#include "core/metrics/inputs.h"
#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

constexpr int64_t kMostBins = 1'000'000;

std::optional<Error> check_bins(int64_t bins) {
    if (bins >= 1 && bins <= kMostBins) return std::nullopt;
    return refused("bad_option", "There are " + std::to_string(bins) + " bins.", "Choose 1 to 1,000,000 bins.");
}

std::optional<Error> check_binary(std::span<const int64_t> labels) {
    for (size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] == 0 || labels[i] == 1) continue;
        return refused("not_binary",
                       "Sample " + std::to_string(i + 1) + " has the label " + std::to_string(labels[i]) + ".",
                       "Label what came true with 1 and what did not with 0.");
    }
    return std::nullopt;
}

std::optional<Error> check_table(std::span<const int64_t> places, std::span<const double> values, int64_t class_count) {
    if (class_count < 1 || places.size() * static_cast<size_t>(class_count) != values.size()) {
        return refused("unequal_counts", "The probabilities do not have one row per label with a value for each class.",
                       "Give each sample as many probabilities as there are classes.");
    }
    if (places.empty()) return refused("empty", "There are no samples to measure.", "Give at least one sample.");
    if (auto error = check_probabilities(values)) return *error;
    for (const int64_t place : places) {
        if (place < 0 || place >= class_count) {
            return refused("unknown_label", "A sample has the class " + std::to_string(place) + ".",
                           "Number the classes from 0, one column of probabilities each.");
        }
    }
    return std::nullopt;
}

/// The bin of a value among n equal ones over [0, 1], borders at i/n; n for 1.0 itself when closed on the left.
int64_t bin_of(double value, int64_t n, BinBorders borders) {
    const double count = static_cast<double>(n);
    auto bin = static_cast<int64_t>(floor(value * count));
    // The product may round across a border, so the borders themselves decide.
    const auto border = [&](int64_t i) { return static_cast<double>(i) / count; };
    if (borders == BinBorders::LeftClosed) {
        while (bin > 0 && value < border(bin)) --bin;
        while (bin < n && value >= border(bin + 1)) ++bin;
    } else {
        bin = std::min(bin, n - 1);
        while (bin >= 0 && value <= border(bin)) --bin;
        while (bin + 1 < n && value > border(bin + 1)) ++bin;
    }
    return bin;
}

}  // namespace

Result<LogLoss> log_loss(std::span<const int64_t> truth, std::span<const double> probabilities, int64_t class_count,
                         double eps) {
    if (auto error = check_table(truth, probabilities, class_count)) return *error;
    if (class_count < 2) {
        return refused("one_class", "There is only one class, so every forecast of it is sure.",
                       "Name at least two classes that could have come true.");
    }
    LogLoss result;
    for (size_t i = 0; i < truth.size(); ++i) {
        double sum = 0.0, given = 0.0;
        for (size_t c = 0; c < static_cast<size_t>(class_count); ++c) {
            const double p = std::clamp(probabilities[i * static_cast<size_t>(class_count) + c], eps, 1.0 - eps);
            sum += p;
            if (c == static_cast<size_t>(truth[i])) given = p;
        }
        result.terms_nats.push_back(-log(given / sum));
    }
    result.loss_nats = mean(result.terms_nats);
    return result;
}

std::vector<double> binary_columns(std::span<const double> probabilities, double eps) {
    std::vector<double> columns;
    for (const double probability : probabilities) {
        const double p = probability < eps ? eps : probability > 1.0 - eps ? 1.0 - eps : probability;
        columns.push_back(1.0 - p);
        columns.push_back(p);
    }
    return columns;
}

Result<double> brier_score(std::span<const int64_t> y_true, std::span<const double> probabilities) {
    if (auto error = check_columns(y_true.size(), probabilities.size())) return *error;
    if (auto error = check_probabilities(probabilities)) return *error;
    if (auto error = check_binary(y_true)) return *error;
    double sum = 0.0;
    for (size_t i = 0; i < y_true.size(); ++i) {
        const double miss = probabilities[i] - static_cast<double>(y_true[i]);
        sum += miss * miss;
    }
    return sum / static_cast<double>(y_true.size());
}

Result<std::vector<ConfidenceBin>> confidence_bins(std::span<const Confidence> confidences, int64_t bins,
                                                   BinBorders borders) {
    if (auto error = check_bins(bins)) return *error;
    if (confidences.empty()) return refused("empty", "There are no forecasts.", "Give at least one forecast.");
    std::vector<ConfidenceBin> result(static_cast<size_t>(bins) + (borders == BinBorders::LeftClosed ? 1 : 0));
    for (size_t i = 0; i < result.size(); ++i) {
        result[i].low = static_cast<double>(i) / static_cast<double>(bins);
        result[i].high = std::min(static_cast<double>(i + 1) / static_cast<double>(bins), 1.0);
    }
    for (const Confidence& confidence : confidences) {
        if (!(confidence.value >= 0.0 && confidence.value <= 1.0)) {
            return refused("not_a_probability", "A confidence lies outside 0 to 1.", "Give probabilities.");
        }
        const int64_t place = bin_of(confidence.value, bins, borders);
        if (place < 0) continue;
        ConfidenceBin& bin = result[static_cast<size_t>(place)];
        ++bin.count;
        bin.mean_confidence += confidence.value;
        bin.share_right += confidence.is_right ? 1.0 : 0.0;
    }
    for (ConfidenceBin& bin : result) {
        if (bin.count == 0) continue;
        bin.mean_confidence /= static_cast<double>(bin.count);
        bin.share_right /= static_cast<double>(bin.count);
    }
    return result;
}

double calibration_error(std::span<const ConfidenceBin> bins, int64_t n, CalibrationNorm norm) {
    double sum = 0.0, largest = 0.0;
    for (const ConfidenceBin& bin : bins) {
        if (bin.count == 0) continue;
        const double share = static_cast<double>(bin.count) / static_cast<double>(n);
        const double difference = absolute(bin.share_right - bin.mean_confidence);
        sum += share * (norm == CalibrationNorm::L2 ? difference * difference : difference);
        largest = std::max(largest, difference);
    }
    if (norm == CalibrationNorm::Max) return largest;
    return norm == CalibrationNorm::L2 ? sqrt(sum) : sum;
}

Result<std::vector<Confidence>> binary_confidences(std::span<const int64_t> y_true,
                                                   std::span<const double> probabilities) {
    if (auto error = check_columns(y_true.size(), probabilities.size())) return *error;
    if (auto error = check_probabilities(probabilities)) return *error;
    if (auto error = check_binary(y_true)) return *error;
    std::vector<Confidence> result;
    for (size_t i = 0; i < y_true.size(); ++i) result.push_back({probabilities[i], y_true[i] == 1});
    return result;
}

Result<std::vector<Confidence>> top1_confidences(std::span<const int64_t> y_true, std::span<const double> probabilities,
                                                 int64_t class_count) {
    if (auto error = check_table(y_true, probabilities, class_count)) return *error;
    std::vector<Confidence> result;
    for (size_t i = 0; i < y_true.size(); ++i) {
        const auto row = probabilities.subspan(i * static_cast<size_t>(class_count), static_cast<size_t>(class_count));
        const auto best = std::max_element(row.begin(), row.end());
        result.push_back({*best, best - row.begin() == y_true[i]});
    }
    return result;
}

std::vector<double> softmax_rows(std::span<const double> logits, int64_t class_count) {
    const auto columns = static_cast<size_t>(class_count);
    TERRARIUM_CHECK(class_count >= 1 && logits.size() % columns == 0, "the rows of a softmax are equally long");
    std::vector<double> result(logits.size());
    for (size_t begin = 0; begin < logits.size(); begin += columns) {
        const auto row = logits.subspan(begin, columns);
        const double largest = *std::max_element(row.begin(), row.end());
        double sum = 0.0;
        for (size_t c = 0; c < columns; ++c) sum += result[begin + c] = exp(row[c] - largest);
        for (size_t c = 0; c < columns; ++c) result[begin + c] /= sum;
    }
    return result;
}

Result<CalibrationCurve> calibration_curve(std::span<const int64_t> y_true, std::span<const double> probabilities,
                                           int64_t bins, CurveBins kind) {
    if (auto error = check_bins(bins)) return *error;
    const Result<std::vector<Confidence>> checked = binary_confidences(y_true, probabilities);
    if (!checked) return checked.error();
    const std::vector<double> ascending = sorted(probabilities);
    std::vector<double> inner_borders;
    for (int64_t i = 1; i < bins; ++i) {
        // i * (1/n) and not i / n, to percent and back: NumPy rounds so, and a value may lie exactly on a border.
        const double share = static_cast<double>(i) * (1.0 / static_cast<double>(bins));
        inner_borders.push_back(kind == CurveBins::Uniform ? share
                                                           : quantile_of_sorted(ascending, share * 100.0 / 100.0));
    }
    std::vector<double> sums(static_cast<size_t>(bins)), positives(static_cast<size_t>(bins));
    std::vector<int64_t> counts(static_cast<size_t>(bins));
    for (size_t i = 0; i < y_true.size(); ++i) {
        const auto bin = static_cast<size_t>(
            std::lower_bound(inner_borders.begin(), inner_borders.end(), probabilities[i]) - inner_borders.begin());
        sums[bin] += probabilities[i];
        positives[bin] += static_cast<double>(y_true[i]);
        ++counts[bin];
    }
    CalibrationCurve curve;
    for (size_t bin = 0; bin < counts.size(); ++bin) {
        if (counts[bin] == 0) continue;
        curve.mean_probability.push_back(sums[bin] / static_cast<double>(counts[bin]));
        curve.fraction_of_positives.push_back(positives[bin] / static_cast<double>(counts[bin]));
        curve.counts.push_back(counts[bin]);
    }
    return curve;
}

}  // namespace terrarium::core
