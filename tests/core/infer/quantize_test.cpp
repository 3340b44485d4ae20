#include "core/infer/quantize.h"

#include <doctest/doctest.h>

#include <limits>

#include "../ops/slope.h"
#include "core/models/transformer.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/tensor/gemm_int8.h"
#include "core/train/adamw.h"
#include "core/train/batches.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr TransformerShape kShape{2, 32, 4, 16, 20, false};

/// A model that has learned a text of repeating words, so that its weights are those of a model that knows something.
struct Trained {
    Transformer<Simd4f> model{kShape, 4};
    std::vector<int32_t> text, inputs = std::vector<int32_t>(64), targets = inputs;
    Trained() {
        Rng rng(1);
        for (int i = 0; i < 400; ++i) {
            const int32_t word = static_cast<int32_t>(rng.below(4));
            for (int32_t j = 0; j < 5; ++j) text.push_back(word * 5 + j);
        }
        model.initialise(rng);
        AdamW<Simd4f> optimiser(model.parameters().size());
        for (int step = 0; step < 150; ++step) {
            sample_batch(inputs, targets, text, 4, 16, rng);
            model.zero_gradients();
            model.forward(inputs, targets, 4, 16);
            model.backward();
            optimiser.step(model.parameters(), model.gradients(), 3e-3);
        }
    }
    double loss_with(WeightFormat format) {
        const std::vector<float> kept(model.parameters().begin(), model.parameters().end());
        const std::vector<float> other = quantised_parameters(kept, kShape, format);
        std::copy(other.begin(), other.end(), model.parameters().begin());
        Rng rng(2);
        sample_batch(inputs, targets, text, 4, 16, rng);
        const double loss = model.forward(inputs, targets, 4, 16);
        std::copy(kept.begin(), kept.end(), model.parameters().begin());
        return loss;
    }
};

}  // namespace

TEST_CASE("int4: by hand, with a scale for every 32 inputs") {
    std::vector<float> b(33 * 2, 0.0f);                   // [33,2]
    b[0] = 7.0f, b[2] = -3.4f, b[4] = 0.5f, b[6] = 1.5f;  // column 0, first group: the scale is 1
    b[64] = 0.07f;                                        // column 0, second group: alone
    b[1] = -14.0f, b[3] = 2.9f;                           // column 1: the scale is 2
    const Int4Weights q = quantize_int4({b.data(), 2}, 33, 2);
    CHECK(q.scales == std::vector<float>{1.0f, 2.0f, 0.07f / 7.0f, 0.0f});
    const std::vector<float> back = dequantize(q);
    CHECK(back[0] == 7.0f);
    CHECK(back[2] == -3.0f);
    CHECK(back[4] == 0.0f);  // a half goes to the even neighbour
    CHECK(back[6] == 2.0f);
    CHECK(back[64] == doctest::Approx(0.07f));
    CHECK(back[1] == -14.0f);
    CHECK(back[3] == 2.0f);  // 1.45 steps
    CHECK(q.packed.size() == 33);
}

TEST_CASE("int4: each number is off by at most half a step, and quantising again changes nothing") {
    Rng rng(3);
    for (const auto& [K, N] : {std::pair{1, 1}, {32, 3}, {70, 5}}) {
        const std::vector<float> b = random_numbers<float>(static_cast<std::size_t>(K * N), rng);
        const Int4Weights q = quantize_int4({b.data(), N}, K, N);
        const std::vector<float> back = dequantize(q);
        for (int k = 0; k < K; ++k) {
            for (int n = 0; n < N; ++n) {
                const std::size_t at = static_cast<std::size_t>(k * N + n);
                const float step = q.scales[static_cast<std::size_t>(k / 32 * N + n)];
                CHECK(absolute(static_cast<double>(b[at] - back[at])) <= 0.5001 * static_cast<double>(step));
            }
        }
        CHECK(quantize_int4({back.data(), N}, K, N).packed == q.packed);
    }
}

TEST_CASE("quantise: the error is measured as defined") {
    const std::vector<float> w{3, -4, 0, 0}, q{3, -3, 0, 1};
    const QuantizationError error = quantization_error(w, q);
    CHECK(error.largest == 1.0);
    CHECK(error.rms == doctest::Approx(terrarium::core::sqrt(0.5)));
    CHECK(error.relative == doctest::Approx(terrarium::core::sqrt(2.0 / 25.0)));
    const QuantizationError none = quantization_error(std::vector<float>{0}, std::vector<float>{0});
    CHECK(none.relative != none.relative);
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const QuantizationError lost = quantization_error(std::vector<float>{1, nan, 1}, std::vector<float>{1, 1, 1});
    CHECK(lost.largest != lost.largest);
    CHECK(lost.rms != lost.rms);
    CHECK_THROWS_AS((void)quantization_error(w, std::vector<float>(3)), CheckFailed);
}

TEST_CASE("quantise: normal weights lose what the theory says") {
    // The error of rounding is even over a step: step / sqrt(12). The largest of 512 normal numbers is about 3.04
    // deviations, that of 32 about 2.07: steps of 0.0239 and 0.296 deviations, errors of 0.69 % and 8.5 %.
    Rng rng(4);
    const std::vector<float> b = random_numbers<float>(512 * 64, rng);
    std::vector<int8_t> values(b.size());
    std::vector<float> scales(64), back(b.size());
    quantize_columns(values, scales, {b.data(), 64}, 512, 64);
    for (std::size_t i = 0; i < b.size(); ++i) back[i] = static_cast<float>(values[i]) * scales[i % 64];
    CHECK(quantization_error(b, back).relative == doctest::Approx(0.0069).epsilon(0.05));
    CHECK(quantization_error(b, dequantize(quantize_int4({b.data(), 64}, 512, 64))).relative ==
          doctest::Approx(0.085).epsilon(0.05));
}

TEST_CASE("quantise: int8 hardly changes a model's loss, int4 changes it more; only matrices change") {
    Trained trained;
    const double exact = trained.loss_with(WeightFormat::Float32), eight = trained.loss_with(WeightFormat::Int8),
                 four = trained.loss_with(WeightFormat::Int4);
    CHECK(exact < 1.0);  // log 20 = 3.0 without learning
    CHECK(absolute(eight - exact) < 0.005);
    CHECK(absolute(four - exact) < 0.2);
    CHECK(absolute(four - exact) > absolute(eight - exact));

    const std::vector<float> original(trained.model.parameters().begin(), trained.model.parameters().end());
    const std::vector<float> changed = quantised_parameters(original, kShape, WeightFormat::Int4);
    for (const ParameterInfo& info : parameter_table(kShape)) {
        const auto part = [&](const std::vector<float>& all) {
            const auto from = all.begin() + static_cast<std::ptrdiff_t>(info.offset);
            return std::vector<float>(from, from + static_cast<std::ptrdiff_t>(info.size()));
        };
        const bool is_matrix = info.rows > 1 && info.name != "wpe";
        CHECK((part(original) != part(changed)) == is_matrix);
    }
    // The token table has a scale per token: the first token's largest number is met exactly.
    const std::vector<float> eighth = quantised_parameters(original, kShape, WeightFormat::Int8);
    float largest = 0.0f;
    std::size_t at = 0;
    for (std::size_t c = 0; c < 32; ++c) {
        if (original[c] * original[c] > largest) largest = original[c] * original[c], at = c;
    }
    CHECK(eighth[at] == doctest::Approx(original[at]).epsilon(1e-6));
}

TEST_CASE("quantise: bytes of a model, counted by hand") {
    const TransformerShape shape{1, 32, 4, 8, 10, false};
    // wte 320, wpe 256; ln1 64, qkv 3072 + 96, proj 1024 + 32, ln2 64, fc 4096 + 128, fc2 4096 + 32; final norm 64.
    const int64_t matrices = 320 + 3072 + 1024 + 4096 + 4096, rest = 256 + 64 + 96 + 32 + 64 + 128 + 32 + 64;
    CHECK(model_bytes(shape, WeightFormat::Float32) == 4 * (matrices + rest));
    CHECK(model_bytes(shape, WeightFormat::Int8) == matrices + 4 * (10 + 96 + 32 + 128 + 32) + 4 * rest);
    CHECK(model_bytes(shape, WeightFormat::Int4) == matrices / 2 + 4 * (10 + 96 + 32 + 128 + 4 * 32) + 4 * rest);
}

TEST_CASE("quantise: what is not finite becomes NaN in its own column or group") {
    std::vector<float> b(64 * 2, 1.0f);
    b[2] = std::numeric_limits<float>::infinity();  // k = 1, n = 0
    const std::vector<float> back = dequantize(quantize_int4({b.data(), 2}, 64, 2));
    CHECK(back[0] != back[0]);
    CHECK(back[1] == 1.0f);
    CHECK(back[64] == 1.0f);  // k = 32: the next group
}

TEST_CASE("quantize: adapters and the reward head stay floats, whatever their form") {
    TransformerShape shape{1, 8, 2, 4, 9, false, Positions::Rotary};
    shape.norm = Norm::Rms;
    shape.bend = Bend::SwiGlu;
    shape.has_reward = true;
    shape.lora.rank = 2;
    Rng rng(31);
    std::vector<float> p(count_of(parameter_count(shape)));
    for (float& x : p) x = static_cast<float>(rng.normal());
    const std::vector<float> small = quantised_parameters(p, shape, WeightFormat::Int4);
    for (const ParameterInfo& info : parameter_table(shape)) {
        CAPTURE(info.name);
        const auto from = p.begin() + static_cast<std::ptrdiff_t>(info.offset);
        const bool is_same = std::equal(from, from + static_cast<std::ptrdiff_t>(info.size()),
                                        small.begin() + static_cast<std::ptrdiff_t>(info.offset));
        CHECK(is_same == (info.rows == 1 || info.offset >= base_parameter_count(shape)));
    }
}
