#include "core/train/batches.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/tensor/shape.h"

namespace terrarium::core {
namespace {

void check_sizes(std::size_t inputs, std::size_t targets, std::size_t ids, int batch, int time) {
    TERRARIUM_CHECK(batch >= 1 && time >= 1, "A batch has at least one window of one token.");
    TERRARIUM_CHECK(inputs == count_of(batch, time) && targets == inputs, "A batch needs room for B*T tokens.");
    TERRARIUM_CHECK(ids > count_of(time), "The text is shorter than one window of T+1 tokens.");
}

void copy_window(int32_t* inputs, int32_t* targets, const int32_t* from, int time) {
    std::copy_n(from, time, inputs);
    std::copy_n(from + 1, time, targets);
}

}  // namespace

void sample_batch(std::span<int32_t> inputs, std::span<int32_t> targets, std::span<const int32_t> ids, int batch,
                  int time, Rng& rng) {
    check_sizes(inputs.size(), targets.size(), ids.size(), batch, time);
    const uint32_t starts = static_cast<uint32_t>(ids.size() - count_of(time));
    for (int b = 0; b < batch; ++b) {
        const std::size_t at = count_of(b, time);
        copy_window(inputs.data() + at, targets.data() + at, ids.data() + rng.below(starts), time);
    }
}

void spread_batch(std::span<int32_t> inputs, std::span<int32_t> targets, std::span<const int32_t> ids, int batch,
                  int time) {
    check_sizes(inputs.size(), targets.size(), ids.size(), batch, time);
    const uint64_t last_start = ids.size() - count_of(time) - 1;
    for (int b = 0; b < batch; ++b) {
        const uint64_t start =
            batch == 1 ? 0 : last_start * static_cast<uint64_t>(b) / static_cast<uint64_t>(batch - 1);
        const std::size_t at = count_of(b, time);
        copy_window(inputs.data() + at, targets.data() + at, ids.data() + start, time);
    }
}

std::size_t validation_start(std::size_t size, double fraction) {
    TERRARIUM_CHECK(fraction >= 0.0 && fraction <= 1.0, "A fraction lies between 0 and 1.");
    return size - static_cast<std::size_t>(static_cast<double>(size) * fraction);
}

}  // namespace terrarium::core
