// Golden cases of core/metrics/drift.h, distributions.h, two_samples.h and chi_square.h.

#include "core/metrics/drift.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/labels.h"
#include "core/io/golden/table.h"
#include "core/io/golden/values.h"
#include "core/metrics/chi_square.h"
#include "core/metrics/distributions.h"
#include "core/metrics/two_samples.h"
#include "core/support/math.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

/// The distances that need shares alone, by the name of the metric without its ending.
Result<json> from_bins(std::string_view name, const Result<BinnedSamples>& counted, std::string_view metric) {
    if (!counted) return counted.error();
    const BinnedSamples& bins = counted.value();
    if (name == "psi") return json{{"psi", stability_index(bins).psi}, {"bin_edges", bins.edges}};
    if (name == "kl") {
        const std::vector<double> p = normalised(bin_shares(bins.reference, EmptyBins::Fill)).value();
        const std::vector<double> q = normalised(bin_shares(bins.current, EmptyBins::Fill)).value();
        return json{{"kl", kl_divergence_nats(p, q)}, {"bin_edges", bins.edges}};
    }
    const std::vector<double> p = bin_shares(bins.reference, EmptyBins::Stay);
    const std::vector<double> q = bin_shares(bins.current, EmptyBins::Stay);
    if (name == "js") return json{{"js_distance", sqrt(js_divergence_nats(p, q))}, {"bin_edges", bins.edges}};
    if (name == "tvd") return json{{"tvd", total_variation(p, q)}};
    if (name == "hellinger") return json{{"hellinger", hellinger_distance(p, q)}};
    if (name == "chi_square") {
        const ChiSquareTest test = chi_square_drift(bins.reference, bins.current);
        return json{{"statistic", test.statistic}, {"p_value", test.p_value}, {"df", test.degrees_of_freedom}};
    }
    return unknown_golden_metric("drift", metric);
}

std::vector<double> optional_numbers(const json& input, std::string_view name) {
    const auto found = input.find(name);
    return found == input.end() || found->is_null() ? std::vector<double>{} : golden_numbers(*found);
}

Result<json> two_samples(std::string_view metric, const json& input, const json& params) {
    const std::vector<double> reference = golden_numbers(input.at("reference"));
    const std::vector<double> current = golden_numbers(input.at("current"));
    if (metric == "ks_two_sample") {
        const auto method = golden_option<std::string>(params, "method", "auto");
        const auto test = ks_two_samples(reference, current,
                                         method == "exact"  ? KsMethod::Exact
                                         : method == "auto" ? KsMethod::Auto
                                                            : KsMethod::Asymptotic);
        if (!test) return test.error();
        return json{{"statistic", test.value().statistic}, {"p_value", test.value().p_value}};
    }
    const Result<double> distance =
        metric == "wasserstein_normed"
            ? normed_wasserstein_distance(reference, current)
            : wasserstein_distance(reference, current, optional_numbers(input, "reference_weights"),
                                   optional_numbers(input, "current_weights"));
    if (!distance) return distance.error();
    return json{{"distance", distance.value()}};
}

Result<json> chi_square(std::string_view metric, const json& input, const json& params) {
    if (metric == "chi_square_gof") {
        const auto test = chi_square_fit(golden_numbers(input.at("observed")), optional_numbers(input, "expected"));
        if (!test) return test.error();
        return json{{"statistic", test.value().statistic},
                    {"p_value", test.value().p_value},
                    {"df", test.value().degrees_of_freedom}};
    }
    const Result<GoldenTable> table = golden_table(input.at("table"));
    if (!table) return table.error();
    const auto test = chi_square_independence(table.value().values, static_cast<int64_t>(table.value().columns),
                                              golden_option(params, "correction", true));
    if (!test) return test.error();
    json expected = json::array();
    for (size_t i = 0; i < test.value().expected.size(); ++i) {
        if (i % table.value().columns == 0) expected.push_back(json::array());
        expected.back().push_back(test.value().expected[i]);
    }
    return json{{"statistic", test.value().statistic},
                {"p_value", test.value().p_value},
                {"df", test.value().degrees_of_freedom},
                {"expected_counts", expected}};
}

Result<json> discrete(std::string_view metric, const json& input, const json& params) {
    const double base = golden_option(params, "base", 0.0), unit_nats = base == 0.0 ? 1.0 : log(base);
    const std::vector<double> first = golden_numbers(input.at("p")), second = golden_numbers(input.at("q"));
    if (auto error = check_columns(first.size(), second.size())) return *error;
    const auto p = normalised(first), q = normalised(second);
    if (!p) return p.error();
    if (!q) return q.error();
    if (metric == "js_distance") {
        return json{{"js_distance", sqrt(js_divergence_nats(p.value(), q.value()) / unit_nats)}};
    }
    return json{{"entropy", entropy_nats(p.value()) / unit_nats},
                {"kl", kl_divergence_nats(p.value(), q.value()) / unit_nats}};
}

}  // namespace

Result<json> evaluate_drift(std::string_view metric, const json& input, const json& params) {
    constexpr std::string_view kCategorical = "_categorical", kNumeric = "_numeric";
    if (metric.ends_with(kCategorical)) {
        const GoldenLabels labels{&input.at("reference"), &input.at("current")};
        return from_bins(metric.substr(0, metric.size() - kCategorical.size()),
                         count_categories(labels.numbers(input["reference"]), labels.numbers(input["current"])),
                         metric);
    }
    if (metric.ends_with(kNumeric)) {
        return from_bins(metric.substr(0, metric.size() - kNumeric.size()),
                         bin_numbers(golden_numbers(input.at("reference")), golden_numbers(input.at("current"))),
                         metric);
    }
    if (metric == "ks_two_sample" || metric == "wasserstein" || metric == "wasserstein_normed") {
        return two_samples(metric, input, params);
    }
    if (metric == "chi_square_gof" || metric == "chi_square_contingency") return chi_square(metric, input, params);
    if (metric == "entropy_kl" || metric == "js_distance") return discrete(metric, input, params);
    return unknown_golden_metric("drift", metric);
}

}  // namespace terrarium::core::io
