// Golden cases of core/metrics/ranking_curves.h.

#include "core/metrics/ranking_curves.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/table.h"
#include "core/io/golden/values.h"
#include "core/metrics/inputs.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Result<json> multi_class(const json& input, const json& params) {
    const Result<GoldenTable> scores = golden_table(input.at("scores"));
    if (!scores) return scores.error();
    const auto kind = golden_option<std::string>(params, "multi_class", "ovr");
    const auto average = golden_option<std::string>(params, "average", "macro");
    if ((kind != "ovr" && kind != "ovo") || (average != "macro" && average != "weighted" && average != "micro")) {
        return refused("bad_option", "There is no multi-class area called " + kind + ", " + average + ".",
                       "Choose ovr or ovo, and macro, weighted or micro.");
    }
    const Result<MultiClassAuc> area = multi_class_auc(
        input.at("y_true").get<std::vector<int64_t>>(), scores.value().values,
        static_cast<int64_t>(scores.value().columns), kind == "ovr" ? MultiClass::OneVsRest : MultiClass::OneVsOne,
        average == "macro"      ? AucAverage::Macro
        : average == "weighted" ? AucAverage::Weighted
                                : AucAverage::Micro);
    if (!area) return area.error();
    return json{{"roc_auc", area.value().auc}, {"parts", area.value().parts}, {"weights", area.value().weights}};
}

}  // namespace

Result<json> evaluate_ranking_curves(std::string_view metric, const json& input, const json& params) {
    if (metric == "roc_auc_multiclass") return multi_class(input, params);
    if (metric == "auc") {
        const Result<double> area = trapezoid_area(golden_numbers(input.at("x")), golden_numbers(input.at("y")));
        if (!area) return area.error();
        return json{{"auc", area.value()}};
    }
    const auto y_true = input.at("y_true").get<std::vector<int64_t>>();
    const std::vector<double> scores = golden_numbers(input.at("scores"));
    if (metric == "roc_auc") {
        const Result<double> area = roc_auc(y_true, scores);
        if (!area) return area.error();
        return json{{"roc_auc", area.value()}};
    }
    const Result<std::vector<ThresholdCounts>> counts = threshold_counts(y_true, scores);
    if (!counts) return counts.error();
    if (metric == "roc_curve") {
        const RocCurve curve = roc_curve(counts.value());
        return json{
            {"fpr", curve.false_positive_rate}, {"tpr", curve.true_positive_rate}, {"thresholds", curve.thresholds}};
    }
    const PrecisionRecallCurve curve = precision_recall_curve(counts.value());
    if (metric == "precision_recall_curve") {
        return json{{"precision", curve.precision}, {"recall", curve.recall}, {"thresholds", curve.thresholds}};
    }
    if (metric == "average_precision") return json{{"average_precision", average_precision(curve)}};
    if (metric == "best_f1_threshold") {
        const BestF1 best = best_f1(curve);
        return json{{"f1", best.f1}, {"threshold", best.threshold}};
    }
    return unknown_golden_metric("ranking_curves", metric);
}

}  // namespace terrarium::core::io
