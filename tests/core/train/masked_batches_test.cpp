#include "core/train/masked_batches.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "core/ops/cross_entropy.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

TEST_CASE(
    "masked_batches: 15 % are chosen, of them 80 % masked, 10 % replaced, 10 % left, and all others are ignored") {
    constexpr std::size_t n = 40000;
    const MaskingConfig config{.mask_id = 20, .vocab_size = 50};
    std::vector<int32_t> original(n), inputs, targets(n);
    for (std::size_t i = 0; i < n; ++i) original[i] = static_cast<int32_t>(i % 20);
    inputs = original;
    Rng rng(1);
    mask_windows(inputs, targets, config, rng);
    double chosen = 0, masked = 0, replaced = 0, kept = 0;
    std::vector<int> replacements(50);
    for (std::size_t i = 0; i < n; ++i) {
        if (targets[i] == kIgnoredTarget) {
            CHECK(inputs[i] == original[i]);
            continue;
        }
        ++chosen;
        CHECK(targets[i] == original[i]);
        if (inputs[i] == 20) {
            ++masked;
        } else if (inputs[i] == original[i]) {
            ++kept;
        } else {
            ++replaced;
            ++replacements[static_cast<std::size_t>(inputs[i])];
        }
    }
    // Five deviations of each share: sqrt(p (1-p) / count).
    CHECK(absolute(chosen / n - 0.15) < 0.009);
    CHECK(absolute(masked / chosen - 0.8) < 0.026);
    CHECK(absolute(replaced / chosen - 0.1) < 0.02);
    CHECK(absolute(kept / chosen - 0.1) < 0.02);  // a replacement that happens to be the same counts as kept
    CHECK(std::count(replacements.begin(), replacements.end(), 0) == 1);  // all tokens but the mask
}

TEST_CASE("masked_batches: windows come from the whole text, and there is always something to learn") {
    std::vector<int32_t> ids(9), inputs(4), targets(4);
    std::iota(ids.begin(), ids.end(), 0);
    const MaskingConfig config{.mask_id = 9, .vocab_size = 10, .chosen_fraction = 0.0};
    Rng rng(2);
    std::vector<int> starts(9);
    for (int i = 0; i < 300; ++i) {
        sample_masked_batch(inputs, targets, ids, 1, 4, config, rng);
        CHECK(std::count(targets.begin(), targets.end(), kIgnoredTarget) == 3);
        const std::size_t visible = targets[0] == kIgnoredTarget ? 0 : 1;
        ++starts[static_cast<std::size_t>(inputs[visible]) - visible];
    }
    CHECK(*std::min_element(starts.begin(), starts.begin() + 6) > 0);
    CHECK(std::accumulate(starts.begin() + 6, starts.end(), 0) == 0);
}

TEST_CASE("masked_batches: what cannot be is refused") {
    std::vector<int32_t> ids(3), inputs(4), targets(4);
    Rng rng(1);
    CHECK_THROWS_AS(sample_masked_batch(inputs, targets, ids, 1, 4, {.mask_id = 1}, rng), CheckFailed);
    CHECK_THROWS_AS(mask_windows(inputs, targets, {.mask_id = 2}, rng), CheckFailed);
    CHECK_THROWS_AS(mask_windows(inputs, targets, {.masked_fraction = 0.8, .replaced_fraction = 0.3}, rng),
                    CheckFailed);
}
