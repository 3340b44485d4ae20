// Golden cases of core/metrics/clustering.h.

#include "core/metrics/clustering.h"

#include "core/io/golden/families.h"
#include "core/io/golden/golden.h"
#include "core/io/golden/labels.h"
#include "core/io/golden/table.h"

namespace terrarium::core::io {
namespace {

using json = nlohmann::json;

Result<json> compare(const json& input) {
    const json& first = input.at("labels_true");
    const json& second = input.at("labels_pred");
    const auto result = compare_clusterings(GoldenLabels{&first}.numbers(first), GoldenLabels{&second}.numbers(second));
    if (!result) return result.error();
    const ClusterComparison& c = result.value();
    return json{{"adjusted_rand", c.adjusted_rand},
                {"rand", c.rand},
                {"nmi", c.nmi},
                {"ami", c.ami},
                {"homogeneity", c.homogeneity},
                {"completeness", c.completeness},
                {"v_measure", c.v_measure},
                {"fowlkes_mallows", c.fowlkes_mallows}};
}

}  // namespace

Result<json> evaluate_clustering(std::string_view metric, const json& input, const json& /*params*/) {
    if (metric == "external") return compare(input);
    const Result<GoldenTable> points = golden_table(input.at("points"));
    if (!points) return points.error();
    const std::vector<int64_t> labels = GoldenLabels{&input.at("labels")}.numbers(input["labels"]);
    const ClusteredPoints data{points.value().values, static_cast<int64_t>(points.value().columns), labels};
    if (metric == "silhouette") {
        const Result<Silhouette> result = silhouette(data);
        if (!result) return result.error();
        return json{{"score", result.value().score}, {"samples", result.value().samples}};
    }
    if (metric == "internal") {
        const Result<double> bouldin = davies_bouldin(data), harabasz = calinski_harabasz(data);
        if (!bouldin) return bouldin.error();
        return json{{"davies_bouldin", bouldin.value()}, {"calinski_harabasz", harabasz.value()}};
    }
    return unknown_golden_metric("clustering", metric);
}

}  // namespace terrarium::core::io
