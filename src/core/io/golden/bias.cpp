// Golden cases of core/metrics/bias.h: the families bias_pretraining and bias_posttraining.

#include "core/metrics/bias.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/labels.h"
#include "core/io/golden/table.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;
using Flags = std::vector<uint8_t>;

Flags flags_of(const json& list) {
    Flags flags;
    for (const json& value : list) flags.push_back(value.is_boolean() ? value.get<bool>() : value.get<double>() != 0.0);
    return flags;
}

/// 1 where a label is the one that counts as positive, 1 when the case does not say.
Flags positives_of(const json& input, std::string_view key) {
    const json positive = input.value("positive_label", json(1));
    Flags flags;
    for (const json& label : input.at(key)) flags.push_back(label == positive ? 1 : 0);
    return flags;
}

Result<json> disparity(std::string_view metric, const json& input, const Flags& positives) {
    std::vector<int64_t> groups(positives.size());
    if (metric != "dd") {
        const json& given = input.at("groups");
        groups = GoldenLabels{&given}.numbers(given);
    }
    const auto result = conditional_disparity(flags_of(input.at("sensitive")), positives, groups);
    if (!result) return result.error();
    return json{{metric, result.value().value}};
}

Result<json> named(std::string_view metric, const Result<double>& value) {
    if (!value) return value.error();
    return json{{metric, value.value()}};
}

Result<double> outcome(std::string_view metric, const OutcomeBias& bias) {
    if (metric == "dca") return bias.acceptance;
    if (metric == "dcr") return bias.rejection;
    if (metric == "rd") return bias.recall;
    if (metric == "sd") return bias.specificity;
    if (metric == "dar") return bias.acceptance_rate;
    if (metric == "drr") return bias.rejection_rate;
    if (metric == "ad") return bias.accuracy;
    if (metric == "te") return bias.treatment;
    return unknown_golden_metric("bias_posttraining", metric);
}

}  // namespace

Result<json> evaluate_bias_pretraining(std::string_view metric, const json& input, const json& /*params*/) {
    const Flags sensitive = flags_of(input.at("sensitive"));
    if (metric == "ci") return named(metric, class_imbalance(sensitive));
    if (metric == "dpl") {
        const auto shares = positive_shares(sensitive, positives_of(input, "labels"));
        if (!shares) return shares.error();
        return json{{"dpl", shares.value().difference}};
    }
    if (metric == "cddl" || metric == "dd") return disparity(metric, input, positives_of(input, "labels"));
    if (metric != "kl" && metric != "js" && metric != "lp" && metric != "tvd" && metric != "ks") {
        return unknown_golden_metric("bias_pretraining", metric);
    }
    const json& labels = input.at("labels");
    const auto distances = label_distances(sensitive, GoldenLabels{&labels}.numbers(labels));
    if (!distances) return distances.error();
    return json{{"kl", distances.value().kl_nats},
                {"js", distances.value().js_nats},
                {"lp", distances.value().lp},
                {"tvd", distances.value().total_variation},
                {"ks", distances.value().ks}};
}

Result<json> evaluate_bias_posttraining(std::string_view metric, const json& input, const json& /*params*/) {
    const Flags predictions = positives_of(input, "predictions");
    if (metric == "ge") return named(metric, generalized_entropy(positives_of(input, "labels"), predictions));
    if (metric == "cddpl") return disparity(metric, input, predictions);
    const Flags sensitive = flags_of(input.at("sensitive"));
    if (metric == "dppl" || metric == "di") {
        const auto shares = positive_shares(sensitive, predictions);
        if (!shares) return shares.error();
        return json{{"dppl", shares.value().difference}, {"di", shares.value().ratio}};
    }
    if (metric == "ft") {
        const Result<GoldenTable> features = golden_table(input.at("features"));
        if (!features) return features.error();
        const auto test =
            flip_test(features.value().values, static_cast<int64_t>(features.value().columns), sensitive, predictions);
        if (!test) return test.error();
        return json{{"ft", test.value().value}};
    }
    const auto bias = outcome_bias(sensitive, positives_of(input, "labels"), predictions);
    if (!bias) return bias.error();
    return named(metric, outcome(metric, bias.value()));
}

}  // namespace terrarium::core::io
