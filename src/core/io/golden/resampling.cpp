// Golden cases of the tests and intervals: bootstrap, permutation, classical tests, multiple testing, paired BLEU.

#include "core/io/golden/bleu_options.h"
#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/values.h"
#include "core/metrics/bootstrap.h"
#include "core/metrics/hypothesis_tests.h"
#include "core/metrics/inputs.h"
#include "core/metrics/multiple_testing.h"
#include "core/metrics/paired_bleu.h"
#include "core/metrics/permutation_test.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

struct Draws {
    std::vector<uint32_t> places;
    int64_t width = 0;
};

Result<Draws> read_draws(const json& rows) {
    Draws draws{{}, rows.empty() ? 0 : static_cast<int64_t>(rows[0].size())};
    for (const json& row : rows) {
        if (static_cast<int64_t>(row.size()) != draws.width) {
            return refused("unequal_counts", "The resamples differ in length.", "Draw equally many values each time.");
        }
        for (const json& place : row) {
            const auto number = place.get<int64_t>();
            draws.places.push_back(number < 0 ? ~uint32_t{0} : static_cast<uint32_t>(number));
        }
    }
    return draws;
}

Result<json> bootstrap(std::string_view metric, const json& input, const json& params) {
    const std::vector<double> values = golden_numbers(input.at("values"));
    const double confidence = golden_option(params, "confidence", 0.95);
    Result<Draws> draws = Draws{};
    if (metric == "bootstrap_percentile") {
        draws = read_draws(input.at("resamples"));
        if (!draws) return draws.error();
    } else {
        constexpr int64_t kUsual = 9999, kMost = 1'000'000;
        const auto count = golden_option(params, "n_resamples", kUsual);
        if (count < 1 || count > kMost || values.empty()) {
            return refused("bad_option", "There are no values, or not between 1 and 1,000,000 resamples.",
                           "Give values and choose a number of resamples.");
        }
        Rng rng(1);
        const auto n = static_cast<uint32_t>(values.size());
        draws = Draws{draw_resamples(n, count, rng), static_cast<int64_t>(n)};
    }
    const auto interval = metric == "bootstrap_bca_statistical"
                              ? bootstrap_bca(values, draws.value().places, draws.value().width, confidence)
                              : bootstrap_percentile(values, draws.value().places, draws.value().width, confidence);
    if (!interval) return interval.error();
    return json{{"low", interval.value().low},
                {"high", interval.value().high},
                {"standard_error", interval.value().standard_error},
                {"mean", interval.value().mean}};
}

Result<json> permutation(const Result<PermutationTest>& test) {
    if (!test) return test.error();
    return json{{"statistic", test.value().statistic}, {"p_value", test.value().p_value}};
}

Result<json> t_test(const Result<TTest>& test) {
    if (!test) return test.error();
    return json{{"t", test.value().t}, {"p_value", test.value().p_value}, {"df", test.value().degrees_of_freedom}};
}

Result<json> rank_test(std::string_view metric, const std::vector<double>& a, const std::vector<double>& b,
                       const json& params) {
    const auto method = golden_choice(params, "method", RankMethod::Auto,
                                      {{"auto", RankMethod::Auto},
                                       {"exact", RankMethod::Exact},
                                       {"approx", RankMethod::Normal},
                                       {"asymptotic", RankMethod::Normal}});
    if (!method) return method.error();
    const bool is_paired = metric == "wilcoxon";
    const Result<RankTest> test =
        is_paired ? wilcoxon_test(a, b, method.value()) : mann_whitney_test(a, b, method.value());
    if (!test) return test.error();
    return json{{is_paired ? "statistic" : "u", test.value().statistic}, {"p_value", test.value().p_value}};
}

/// Tests of counts alone.
Result<json> count_test(std::string_view metric, const json& input, const json& params) {
    if (metric == "sign_test") {
        const auto p = sign_test(input.at("wins").get<int64_t>(), input.at("losses").get<int64_t>());
        if (!p) return p.error();
        return json{{"p_value", p.value()}};
    }
    if (metric == "mcnemar") {
        const auto test = mcnemar_test(input.at("b").get<int64_t>(), input.at("c").get<int64_t>());
        if (!test) return test.error();
        return json{{"exact_p", test.value().exact_p},
                    {"chi2", test.value().chi_square},
                    {"chi2_p", test.value().chi_square_p}};
    }
    const auto interval = wilson_interval(input.at("successes").get<int64_t>(), input.at("trials").get<int64_t>(),
                                          golden_option(params, "confidence", 0.95));
    if (!interval) return interval.error();
    return json{{"low", interval.value().low}, {"high", interval.value().high}};
}

Result<json> paired_bleu(std::string_view metric, const json& input, const json& params) {
    const Result<BleuOptions> options = golden_bleu_options(params);
    if (!options) return options.error();
    const BleuOptions& o = options.value();
    if (o.max_order < 1) return refused("bad_option", "BLEU's order is below 1.", "Choose 4, say.");
    const std::vector<std::string> references = golden_texts(input.at("references"));
    const auto count = [&](std::string_view side) {
        const std::vector<std::string> texts = golden_texts(input.at(side));
        std::vector<BleuStatistics> statistics;
        for (size_t i = 0; i < texts.size() && i < references.size(); ++i) {
            const std::vector<std::vector<std::string>> tokens{bleu_tokens(references[i], o.tokenizer, o.lowercase)};
            statistics.push_back(bleu_statistics(bleu_tokens(texts[i], o.tokenizer, o.lowercase), tokens, o.max_order));
        }
        return statistics;
    };
    const std::vector<BleuStatistics> baseline = count("baseline"), system = count("system");
    if (input["baseline"].size() != references.size() || input["system"].size() != references.size()) {
        return refused("unequal_counts", "Systems and references differ in their number of segments.",
                       "Give one segment of each per line.");
    }
    Result<PairedBleuTest> test = PairedBleuTest{};
    if (metric == "paired_bootstrap_bleu") {
        const Result<Draws> draws = read_draws(input.at("resamples"));
        if (!draws) return draws.error();
        test = paired_bootstrap_bleu(baseline, system, draws.value().places, o);
    } else {
        std::vector<uint8_t> swaps;
        for (const json& trial : input.at("swaps")) {
            for (const char flag : trial.get<std::string>()) swaps.push_back(flag == '1' ? 1 : 0);
        }
        test = approximate_randomization_bleu(baseline, system, swaps, o);
    }
    if (!test) return test.error();
    return json{{"baseline_bleu", test.value().baseline_bleu},
                {"system_bleu", test.value().system_bleu},
                {"p_value", test.value().p_value},
                {"system_mean", test.value().system_mean},
                {"system_ci", test.value().system_half_width}};
}

}  // namespace

Result<json> evaluate_resampling(std::string_view metric, const json& input, const json& params) {
    if (metric.starts_with("bootstrap_")) return bootstrap(metric, input, params);
    if (metric == "mcnemar" || metric == "sign_test" || metric == "wilson_interval") {
        return count_test(metric, input, params);
    }
    if (metric == "paired_bootstrap_bleu" || metric == "approximate_randomization_bleu") {
        return paired_bleu(metric, input, params);
    }
    if (metric == "holm_bonferroni") {
        const auto adjusted = adjust_p_values(golden_numbers(input.at("p_values")));
        if (!adjusted) return adjusted.error();
        return json{{"holm", adjusted.value().holm},
                    {"bonferroni", adjusted.value().bonferroni},
                    {"fdr_bh", adjusted.value().benjamini_hochberg}};
    }
    const std::vector<double> a = golden_numbers(input.at("a")), b = golden_numbers(input.at("b"));
    if (metric == "paired_permutation_exact") return permutation(paired_permutation_test(a, b));
    if (metric == "permutation_independent_exact") return permutation(independent_permutation_test(a, b));
    if (metric == "paired_t") return t_test(paired_t_test(a, b));
    if (metric == "welch_t") return t_test(welch_t_test(a, b));
    if (metric == "wilcoxon" || metric == "mannwhitney") return rank_test(metric, a, b, params);
    return unknown_golden_metric("resampling", metric);
}

}  // namespace terrarium::core::io
