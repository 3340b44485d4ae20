#include "core/train/mixture.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/tensor/shape.h"
#include "core/train/batches.h"

namespace terrarium::core {

Mixture::Mixture(std::span<const MixtureSource> sources)
    : sources_(sources.begin(), sources.end()), windows_read_(sources.size(), 0) {
    double sum = 0.0;
    for (const MixtureSource& source : sources_) {
        TERRARIUM_CHECK(source.weight >= 0.0 && source.weight - source.weight == 0.0,
                        "A weight of a mixture is a number that is not negative.");
        sum += source.weight;
        upper_.push_back(sum);
    }
    TERRARIUM_CHECK(sum > 0.0, "A mixture needs a source with a weight above 0.");
}

void Mixture::sample(std::span<int32_t> inputs, std::span<int32_t> targets, int batch, int time, Rng& rng) {
    TERRARIUM_CHECK(
        batch >= 1 && time >= 1 && inputs.size() == count_of(batch, time) && targets.size() == inputs.size(),
        "A batch needs room for B*T tokens.");
    const std::size_t T = count_of(time);
    for (std::size_t at = 0; at < inputs.size(); at += T) {
        const double draw = rng.uniform() * upper_.back();
        // The first source whose sum lies above the draw; it has weight, because sums without it do not grow. Rounding
        // can lift the draw onto the last sum: then the last source with weight is meant.
        auto chosen = std::upper_bound(upper_.begin(), upper_.end(), draw);
        if (chosen == upper_.end()) chosen = std::lower_bound(upper_.begin(), upper_.end(), upper_.back());
        const std::size_t source = static_cast<std::size_t>(chosen - upper_.begin());
        sample_batch(inputs.subspan(at, T), targets.subspan(at, T), sources_[source].ids, 1, time, rng);
        ++windows_read_[source];
    }
}

void Mixture::restore(std::span<const int64_t> windows_read) {
    TERRARIUM_CHECK(windows_read.size() == windows_read_.size(), "A mixture keeps one count per source.");
    std::copy(windows_read.begin(), windows_read.end(), windows_read_.begin());
}

double Mixture::share(std::size_t source) const {
    TERRARIUM_CHECK(source < sources_.size(), "There is no such source.");
    return sources_[source].weight / upper_.back();
}

}  // namespace terrarium::core
