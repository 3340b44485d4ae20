#include "core/metrics/paired_bleu.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace terrarium::core;

namespace {

std::vector<BleuStatistics> statistics_of(const std::vector<std::string>& texts,
                                          const std::vector<std::string>& references) {
    std::vector<BleuStatistics> result;
    for (size_t i = 0; i < texts.size(); ++i) {
        const std::vector<std::vector<std::string>> tokens{bleu_tokens(references[i], BleuTokenizer::V13a, false)};
        result.push_back(bleu_statistics(bleu_tokens(texts[i], BleuTokenizer::V13a, false), tokens, 4));
    }
    return result;
}

const std::vector<std::string> kReferences{"the cat sat on the mat", "a dog ran over the hill",
                                           "we saw the sea from there"};
const std::vector<std::string> kWorse{"the cat sat on a rug", "a dog ran over a hill", "we saw a sea from there"};

}  // namespace

TEST_CASE("paired_bleu: a system that is always right beats one that is not, however segments are drawn") {
    const auto good = statistics_of(kReferences, kReferences), worse = statistics_of(kWorse, kReferences);
    const std::vector<uint32_t> draws{0, 1, 2, 0, 0, 0, 1, 1, 1, 2, 2, 2};
    const PairedBleuTest test = paired_bootstrap_bleu(worse, good, draws, {}).value();
    CHECK(test.system_bleu == doctest::Approx(100.0));
    CHECK(test.system_mean == doctest::Approx(100.0));
    CHECK(test.system_half_width == doctest::Approx(0.0));
    CHECK(test.differences[0] == doctest::Approx(test.system_bleu - test.baseline_bleu));
    CHECK(test.as_large == 0);  // centred, no redraw differs by as much
    CHECK(test.p_value == doctest::Approx(1.0 / 5));
}

TEST_CASE("paired_bleu: swapping nothing or everything gives the difference seen") {
    const auto good = statistics_of(kReferences, kReferences), worse = statistics_of(kWorse, kReferences);
    const std::vector<uint8_t> swaps{0, 0, 0, 1, 1, 1, 0, 1, 0};
    const PairedBleuTest test = approximate_randomization_bleu(worse, good, swaps, {}).value();
    REQUIRE(test.differences.size() == 3);
    CHECK(test.differences[0] == test.differences[1]);
    CHECK(test.differences[2] < test.differences[0]);
    CHECK(test.as_large == 0);
    CHECK(approximate_randomization_bleu(good, good, swaps, {}).value().p_value == doctest::Approx(1.0 / 4));
}

TEST_CASE("paired_bleu: draws that do not fit are refused") {
    const auto good = statistics_of(kReferences, kReferences);
    CHECK(paired_bootstrap_bleu({}, {}, {}, {}).error().code == "empty");
    CHECK(paired_bootstrap_bleu(good, good, std::vector<uint32_t>{0, 1}, {}).error().code == "unequal_counts");
    CHECK(paired_bootstrap_bleu(good, good, std::vector<uint32_t>{0, 1, 3}, {}).error().code == "bad_place");
    CHECK(
        approximate_randomization_bleu(good, std::vector<BleuStatistics>{}, std::vector<uint8_t>{1}, {}).error().code ==
        "unequal_counts");
}
