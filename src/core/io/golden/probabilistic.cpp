// Golden cases of core/metrics/probabilistic.h.

#include "core/metrics/probabilistic.h"

#include <algorithm>

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/table.h"
#include "core/io/golden/values.h"
#include "core/metrics/inputs.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

/// Distinct labels in ascending order: those the case names, or those that occur.
std::vector<int64_t> class_labels(const json& y_true, const json& params) {
    const bool are_named = params.contains("labels") && !params["labels"].is_null();
    auto labels = (are_named ? params["labels"] : y_true).get<std::vector<int64_t>>();
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
}

Result<json> evaluate_log_loss(const json& input, const json& params) {
    const double eps = params.contains("eps") && params["eps"].is_number() ? params["eps"].get<double>() : kEpsilon;
    const json& y_true = input.at("y_true");
    const std::vector<int64_t> labels = class_labels(y_true, params);
    std::vector<int64_t> places;
    for (const json& label : y_true) {
        const auto found = std::lower_bound(labels.begin(), labels.end(), label.get<int64_t>());
        const bool is_known = found != labels.end() && *found == label.get<int64_t>();
        places.push_back(is_known ? found - labels.begin() : -1);
    }
    const json& given = input.at("probabilities");
    GoldenTable table{.columns = 2};
    if (!given.empty() && !given[0].is_array()) {
        const std::vector<double> probabilities = golden_numbers(given);
        if (auto error = check_probabilities(probabilities)) return *error;
        table.values = binary_columns(probabilities, eps);
    } else {
        const Result<GoldenTable> rows = golden_table(given);
        if (!rows) return rows.error();
        table = rows.value();
    }
    if (table.columns != labels.size()) {
        return refused("unequal_counts", "The number of classes differs from the number of columns.",
                       "Name the labels of all columns.");
    }
    const Result<LogLoss> loss = log_loss(places, table.values, static_cast<int64_t>(table.columns), eps);
    if (!loss) return loss.error();
    return json{{"log_loss", loss.value().loss_nats}};
}

Result<json> evaluate_calibration_error(const Result<std::vector<Confidence>>& confidences, const json& params,
                                        BinBorders borders) {
    if (!confidences) return confidences.error();
    const auto norm = golden_option<std::string>(params, "norm", "l1");
    if (norm != "l1" && norm != "l2" && norm != "max") {
        return refused("bad_option", "There is no norm called " + norm + ".", "Choose l1, l2 or max.");
    }
    const auto bins = confidence_bins(confidences.value(), golden_option<int64_t>(params, "bins", 15), borders);
    if (!bins) return bins.error();
    return json{{"ece", calibration_error(bins.value(), static_cast<int64_t>(confidences.value().size()),
                                          norm == "l1"   ? CalibrationNorm::L1
                                          : norm == "l2" ? CalibrationNorm::L2
                                                         : CalibrationNorm::Max)}};
}

Result<json> evaluate_top1(std::string_view metric, const json& input, const json& params) {
    const bool has_logits = metric == "ece_top1_right_closed";
    const Result<GoldenTable> table = golden_table(input.at(has_logits ? "logits" : "probabilities"));
    if (!table) return table.error();
    const auto classes = static_cast<int64_t>(table.value().columns);
    std::vector<double> probabilities = table.value().values;
    if (has_logits) {
        if (auto error = check_finite(probabilities)) return *error;
        if (classes > 0) probabilities = softmax_rows(probabilities, classes);
    }
    return evaluate_calibration_error(
        top1_confidences(input.at("y_true").get<std::vector<int64_t>>(), probabilities, classes), params,
        has_logits ? BinBorders::RightClosed : BinBorders::LeftClosed);
}

}  // namespace

Result<json> evaluate_probabilistic(std::string_view metric, const json& input, const json& params) {
    if (metric == "log_loss") return evaluate_log_loss(input, params);
    if (metric == "ece_top1" || metric == "ece_top1_right_closed") return evaluate_top1(metric, input, params);
    const auto y_true = input.at("y_true").get<std::vector<int64_t>>();
    const std::vector<double> probabilities = golden_numbers(input.at("probabilities"));
    if (metric == "brier") {
        const Result<double> score = brier_score(y_true, probabilities);
        if (!score) return score.error();
        return json{{"brier", score.value()}};
    }
    if (metric == "ece_binary") {
        return evaluate_calibration_error(binary_confidences(y_true, probabilities), params, BinBorders::LeftClosed);
    }
    if (metric == "calibration_curve") {
        const auto strategy = golden_option<std::string>(params, "strategy", "uniform");
        if (strategy != "uniform" && strategy != "quantile") {
            return refused("bad_option", "There is no way to bin called " + strategy + ".",
                           "Choose uniform or quantile.");
        }
        const auto curve = calibration_curve(y_true, probabilities, golden_option<int64_t>(params, "bins", 5),
                                             strategy == "uniform" ? CurveBins::Uniform : CurveBins::Quantile);
        if (!curve) return curve.error();
        return json{{"fraction_of_positives", curve.value().fraction_of_positives},
                    {"mean_probability", curve.value().mean_probability}};
    }
    return unknown_golden_metric("probabilistic", metric);
}

}  // namespace terrarium::core::io
