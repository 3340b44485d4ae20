// Golden cases of core/metrics/agreement.h, and of Cohen's kappa in classification.h.

#include "core/metrics/agreement.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/labels.h"
#include "core/io/golden/values.h"
#include "core/metrics/classification.h"
#include "core/metrics/inputs.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Result<json> fleiss(const json& counts) {
    std::vector<int64_t> all;
    const size_t categories = counts.empty() ? 0 : counts[0].size();
    for (const json& row : counts) {
        if (row.size() != categories) {
            return refused("unequal_counts", "The units differ in their number of categories.",
                           "Give one count per category, also 0.");
        }
        for (const json& count : row) all.push_back(static_cast<int64_t>(count.get<double>()));
    }
    const auto width = static_cast<int64_t>(categories);
    const Result<Agreement> kappa = fleiss_kappa(all, width), randolph = randolph_kappa(all, width);
    if (!kappa) return kappa.error();
    return json{{"kappa", kappa.value().value}, {"randolph", randolph.value().value}};
}

Result<json> krippendorff(const json& rows, const json& params) {
    const auto name = golden_option<std::string>(params, "level", "nominal");
    MeasurementLevel level = MeasurementLevel::Nominal;
    if (name == "ordinal") level = MeasurementLevel::Ordinal;
    if (name == "interval") level = MeasurementLevel::Interval;
    if (name == "ratio") level = MeasurementLevel::Ratio;
    if (level == MeasurementLevel::Nominal && name != "nominal") {
        return refused("bad_option", "There is no level of measurement called " + name + ".",
                       "Choose nominal, ordinal, interval or ratio.");
    }
    json flat = json::array();
    const size_t units = rows.empty() ? 0 : rows[0].size();
    bool are_numbers = true;
    for (const json& row : rows) {
        if (row.size() != units) {
            return refused("unequal_counts", "The raters differ in their number of units.", "Use null for a gap.");
        }
        for (const json& rating : row) {
            are_numbers = are_numbers && (rating.is_null() || rating.is_number() || rating == "NaN");
            flat.push_back(rating);
        }
    }
    const GoldenLabels words{&flat};
    std::vector<double> ratings;
    for (const json& rating : flat) {
        if (rating.is_null()) {
            ratings.push_back(std::numeric_limits<double>::quiet_NaN());
        } else {
            ratings.push_back(are_numbers ? golden_number(rating)
                                          : static_cast<double>(words.numbers(json::array({rating}))[0]));
        }
    }
    const Result<KrippendorffAlpha> alpha = krippendorff_alpha(ratings, static_cast<int64_t>(units), level);
    if (!alpha) return alpha.error();
    return json{{"alpha", alpha.value().alpha}};
}

}  // namespace

Result<json> evaluate_agreement(std::string_view metric, const json& input, const json& params) {
    if (metric == "fleiss_kappa") return fleiss(input.at("counts"));
    if (metric == "krippendorff_alpha") return krippendorff(input.at("ratings"), params);
    if (metric != "cohen_kappa" && metric != "scott_pi") return unknown_golden_metric("agreement", metric);
    const json& a = input.at("rater_a");
    const json& b = input.at("rater_b");
    const GoldenLabels labels{&a, &b};
    if (metric == "scott_pi") {
        const Result<Agreement> pi = scott_pi(labels.numbers(a), labels.numbers(b));
        if (!pi) return pi.error();
        return json{{"pi", pi.value().value}, {"observed", pi.value().observed}};
    }
    const Result<ConfusionMatrix> matrix = confusion_matrix(labels.numbers(a), labels.numbers(b));
    if (!matrix) return matrix.error();
    return json{{"kappa", cohen_kappa(matrix.value(), golden_kappa_weights(params)).kappa}};
}

}  // namespace terrarium::core::io
