// Golden cases of core/metrics/classification.h.

#include "core/metrics/classification.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/labels.h"
#include "core/io/golden/table.h"
#include "core/io/golden/values.h"
#include "core/metrics/inputs.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

json label_list(const GoldenLabels& labels, const ConfusionMatrix& matrix) {
    json list = json::array();
    for (const int64_t label : matrix.labels) list.push_back(labels.label(label));
    return list;
}

json table(const GoldenLabels& labels, const ConfusionMatrix& matrix) {
    json rows = json::array();
    for (size_t i = 0; i < matrix.size(); ++i) {
        json row = json::array();
        for (size_t j = 0; j < matrix.size(); ++j) row.push_back(matrix.at(i, j));
        rows.push_back(std::move(row));
    }
    return {{"labels", label_list(labels, matrix)}, {"matrix", rows}};
}

Result<json> scores(const GoldenLabels& labels, const ConfusionMatrix& matrix, const json& params) {
    const FscoreOptions options{.beta = params.contains("beta") ? golden_number(params["beta"]) : 1.0,
                                .zero_division = golden_option(params, "zero_division", 0.0)};
    if (!(options.beta >= 0.0)) {
        return refused("bad_option", "The weight beta of recall is negative.", "Choose a beta of 0 or more.");
    }
    const auto average = golden_option<std::string>(params, "average", "none");
    if (average == "none") {
        json precision = json::array(), recall = json::array(), fscore = json::array(), support = json::array();
        for (const LabelScore& score : label_scores(matrix, options)) {
            precision.push_back(score.precision);
            recall.push_back(score.recall);
            fscore.push_back(score.fscore);
            support.push_back(score.support);
        }
        return json{{"labels", label_list(labels, matrix)},
                    {"precision", precision},
                    {"recall", recall},
                    {"fscore", fscore},
                    {"support", support}};
    }
    const Average kind = average == "binary"  ? Average::Binary
                         : average == "macro" ? Average::Macro
                         : average == "micro" ? Average::Micro
                                              : Average::Weighted;
    if (kind == Average::Weighted && average != "weighted") {
        return refused("bad_option", "There is no average called " + average + ".",
                       "Choose binary, macro, micro, weighted or none.");
    }
    const Result<FscoreSummary> summary = average_scores(matrix, kind, options);
    if (!summary) return summary.error();
    return json{{"precision", summary.value().precision},
                {"recall", summary.value().recall},
                {"fscore", summary.value().fscore}};
}

Result<json> top_k(const json& input, const json& params) {
    const Result<GoldenTable> scores = golden_table(input.at("scores"));
    if (!scores) return scores.error();
    const Result<double> share =
        top_k_accuracy(input.at("y_true").get<std::vector<int64_t>>(), scores.value().values,
                       static_cast<int64_t>(scores.value().columns), golden_option<int64_t>(params, "k", 2));
    if (!share) return share.error();
    return json{{"accuracy", share.value()}};
}

}  // namespace

KappaWeights golden_kappa_weights(const json& params) {
    const auto name = golden_option<std::string>(params, "weights", "");
    if (name == "linear") return KappaWeights::Linear;
    return name == "quadratic" ? KappaWeights::Quadratic : KappaWeights::None;
}

Result<json> evaluate_classification(std::string_view metric, const json& input, const json& params) {
    if (metric == "top_k_accuracy") return top_k(input, params);
    const GoldenLabels labels{&input.at("y_true"), &input.at("y_pred")};
    const Result<ConfusionMatrix> counted =
        confusion_matrix(labels.numbers(input["y_true"]), labels.numbers(input["y_pred"]));
    if (!counted) return counted.error();
    const ConfusionMatrix& matrix = counted.value();
    if (metric == "confusion_matrix") return table(labels, matrix);
    if (metric == "accuracy") {
        return json{{"accuracy", accuracy(matrix)}, {"balanced_accuracy", balanced_accuracy(matrix)}};
    }
    if (metric == "precision_recall_f1") return scores(labels, matrix, params);
    if (metric == "mcc") return json{{"mcc", matthews_correlation(matrix)}};
    if (metric == "cohen_kappa") {
        return json{{"kappa", cohen_kappa(matrix, golden_kappa_weights(params)).kappa}};
    }
    if (metric == "hamming_jaccard") {
        return json{{"hamming_loss", hamming_loss(matrix)}, {"jaccard_macro", jaccard_macro(matrix)}};
    }
    return unknown_golden_metric("classification", metric);
}

}  // namespace terrarium::core::io
