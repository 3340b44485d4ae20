#include "core/models/transformer_inspect.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "../ops/slope.h"
#include "core/models/transformer.h"
#include "core/ops/cross_entropy.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "transformer_variants.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

using Model = Transformer<Simd4f>;

constexpr TransformerShape kShape{2, 12, 3, 7, 11, false};
constexpr int kBatch = 2, kTime = 6;

/// A model whose every number is random and large enough to matter, biases and gains included.
Model random_model(const TransformerShape& shape, uint64_t seed) {
    Model model(shape, kBatch);
    Rng rng(seed);
    for (float& x : model.parameters()) x = static_cast<float>(0.4 * rng.normal());
    return model;
}

std::vector<int32_t> random_ids(uint64_t seed) {
    Rng rng(seed);
    std::vector<int32_t> ids(count_of(kBatch, kTime));
    for (int32_t& id : ids) id = static_cast<int32_t>(rng.below(11));
    return ids;
}

/// The numbers of one parameter tensor.
std::span<float> tensor(Model& model, std::string_view name) {
    for (const ParameterInfo& info : parameter_table(model.shape())) {
        if (info.name == name) return model.parameters().subspan(count_of(info.offset), count_of(info.size()));
    }
    FAIL("no such tensor");
    return {};
}

std::vector<float> logits_of(const Model& model, const PartsOff& off, std::span<const int32_t> ids) {
    TransformerInspector inspector(model.shape(), model.parameters(), kBatch);
    inspector.run(ids, kBatch, kTime, off);
    return {inspector.logits().begin(), inspector.logits().end()};
}

std::vector<float> inferred(Model& model, std::span<const int32_t> ids) {
    model.infer(ids, kBatch, kTime);
    return {model.logits().begin(), model.logits().end()};
}

}  // namespace

TEST_CASE("transformer_inspect: with nothing turned off, logits, attention and loss are the model's, bit for bit") {
    for (const bool token_shift : {false, true}) {
        TransformerShape shape = kShape;
        shape.token_shift = token_shift;
        Model model = random_model(shape, 1);
        const std::vector<int32_t> ids = random_ids(2), targets = random_ids(3);
        const double loss = model.forward(ids, targets, kBatch, kTime);
        TransformerInspector inspector(shape, model.parameters(), kBatch);
        CHECK(inspector.run(ids, targets, kBatch, kTime, PartsOff(shape)) == loss);
        CHECK(std::ranges::equal(inspector.logits(), model.logits()));
        for (int layer = 0; layer < 2; ++layer) {
            const auto attention = model.attention(layer);
            CHECK(std::equal(attention.begin(), attention.end(), inspector.layer(layer).attention.begin()));
        }
    }
}

TEST_CASE("transformer_inspect: a head that is off is a head whose rows of the projection are zeros") {
    const std::vector<int32_t> ids = random_ids(4);
    for (int head = 0; head < 6; ++head) {
        Model model = random_model(kShape, 5);
        PartsOff off(kShape);
        off.heads[count_of(head)] = true;
        const std::vector<float> without = logits_of(model, off, ids), with = inferred(model, ids);
        CHECK(without != with);
        const std::span<float> rows = tensor(model, head < 3 ? "h0.projw" : "h1.projw");
        std::fill_n(rows.begin() + (head % 3) * 4 * 12, 4 * 12, 0.0f);
        CHECK(without == inferred(model, ids));
    }
}

TEST_CASE("transformer_inspect: an MLP that is off is one whose last weights and biases are zeros") {
    const std::vector<int32_t> ids = random_ids(6);
    for (const std::string layer : {"h0.", "h1."}) {
        Model model = random_model(kShape, 7);
        PartsOff off(kShape);
        off.mlps[layer == "h0." ? 0 : 1] = true;
        const std::vector<float> without = logits_of(model, off, ids);
        for (const char* name : {"fc2w", "fc2b"}) std::ranges::fill(tensor(model, layer + name), 0.0f);
        CHECK(without == inferred(model, ids));
    }
}

TEST_CASE("transformer_inspect: positions that are off are a position table of zeros") {
    const std::vector<int32_t> ids = random_ids(8);
    Model model = random_model(kShape, 9);
    PartsOff off(kShape);
    off.positions = true;
    const std::vector<float> without = logits_of(model, off, ids);
    std::ranges::fill(tensor(model, "wpe"), 0.0f);
    CHECK(without == inferred(model, ids));
}

TEST_CASE("transformer_inspect: a norm that is off passes its input, and only that one") {
    const std::vector<int32_t> ids = random_ids(10);
    const Model model = random_model(kShape, 11);
    constexpr std::size_t NC = count_of(kBatch, kTime, 12);
    for (std::size_t norm = 0; norm < 5; ++norm) {
        PartsOff off(kShape);
        off.norms[norm] = true;
        TransformerInspector inspector(kShape, model.parameters(), kBatch);
        inspector.run(ids, kBatch, kTime, off);
        const auto same = [](const std::vector<float>& a, const std::vector<float>& b) {
            return std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(NC), b.begin());
        };
        for (std::size_t layer = 0; layer < 2; ++layer) {
            const InspectedLayer& a = inspector.layer(static_cast<int>(layer));
            CHECK(same(a.norm1, a.input) == (norm == 2 * layer));
            CHECK(same(a.norm2, a.middle) == (norm == 2 * layer + 1));
        }
        const std::span<const float> last = inspector.final_norm();
        CHECK(std::equal(last.begin(), last.end(), inspector.layer(1).output.begin()) == (norm == 4));
    }
}

TEST_CASE("transformer_inspect: the scores give the attention weights when softmax is done by hand") {
    const std::vector<int32_t> ids = random_ids(12);
    const Model model = random_model(kShape, 13);
    TransformerInspector inspector(kShape, model.parameters(), kBatch);
    inspector.run(ids, kBatch, kTime, PartsOff(kShape));
    for (int head = 0; head < 3; ++head) {
        const std::vector<float> scores = inspector.scores(1, head);
        const float* const weights = inspector.layer(1).attention.data() + head * kTime * kTime;
        for (int t = 0; t < kTime; ++t) {
            double sum = 0.0;
            for (int s = 0; s <= t; ++s)
                sum += terrarium::core::exp(static_cast<double>(scores[count_of(t * kTime + s)]));
            for (int s = 0; s <= t; ++s) {
                const double weight = terrarium::core::exp(static_cast<double>(scores[count_of(t * kTime + s)])) / sum;
                CHECK(static_cast<double>(weights[t * kTime + s]) == doctest::Approx(weight).epsilon(1e-5));
            }
        }
    }
}

TEST_CASE("transformer_inspect: what each step adds to the residual stream is what the parts computed") {
    const std::vector<int32_t> ids = random_ids(14);
    Model model = random_model(kShape, 15);
    TransformerInspector inspector(kShape, model.parameters(), kBatch);
    inspector.run(ids, kBatch, kTime, PartsOff(kShape));
    const InspectedLayer &first = inspector.layer(0), &second = inspector.layer(1);
    const std::span<float> tokens = tensor(model, "wte"), positions = tensor(model, "wpe");
    const std::span<float> fc2w = tensor(model, "h0.fc2w"), fc2b = tensor(model, "h0.fc2b");
    for (std::size_t n = 0; n < count_of(kBatch, kTime); ++n) {
        for (std::size_t c = 0; c < 12; ++c) {
            const float row = tokens[count_of(ids[n]) * 12 + c] + positions[n % kTime * 12 + c];
            CHECK(first.input[n * 12 + c] == row);
            double sum = static_cast<double>(first.middle[n * 12 + c]) + static_cast<double>(fc2b[c]);
            for (std::size_t f = 0; f < 48; ++f)
                sum += static_cast<double>(first.bent[n * 48 + f]) * static_cast<double>(fc2w[f * 12 + c]);
            CHECK(static_cast<double>(first.output[n * 12 + c]) == doctest::Approx(sum).epsilon(1e-5));
            CHECK(second.input[n * 12 + c] == first.output[n * 12 + c]);
        }
    }
}

TEST_CASE("transformer_inspect: wrong sizes are refused") {
    const Model model = random_model(kShape, 16);
    TransformerInspector inspector(kShape, model.parameters(), kBatch);
    TransformerShape other = kShape;
    other.n_layers = 1;
    const std::vector<int32_t> ids = random_ids(17);
    CHECK_THROWS_AS(inspector.run(ids, kBatch, kTime, PartsOff(other)), CheckFailed);
    CHECK_THROWS_AS(inspector.run(ids, 3, 4, PartsOff(kShape)), CheckFailed);
    CHECK_THROWS_AS(inspector.run(ids, 1, 12, PartsOff(kShape)), CheckFailed);
    CHECK_THROWS_AS((void)inspector.scores(2, 0), CheckFailed);
    CHECK_THROWS_AS((void)inspector.scores(0, 3), CheckFailed);
}

TEST_CASE("transformer_inspect: equals the model bit for bit in every combination of options") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        Model model(v.shape, kBatch);
        Rng rng(17);
        fill_randomly(model, rng);
        const std::vector<int32_t> x = tests::random_ids(10, 7, rng), y = tests::random_ids(10, 7, rng);
        const double loss = model.forward(x, y, kBatch, 5);
        TransformerInspector inspector(v.shape, model.parameters(), kBatch);
        CHECK(inspector.run(x, y, kBatch, 5, PartsOff(v.shape)) == loss);
        CHECK(std::ranges::equal(inspector.logits(), model.logits()));
        CHECK(std::ranges::equal(inspector.final_norm(), model.states()));
        const auto attention = model.attention(1);
        CHECK(std::equal(attention.begin(), attention.end(), inspector.layer(1).attention.begin()));
        // The scores are those of the mask: softmax of a row of them gives the weights.
        const std::vector<float> scores = inspector.scores(1, 0);
        double sum = 0.0;
        const int n_seen = v.shape.is_causal ? 3 : 5;
        for (std::size_t s = 0; s < count_of(n_seen); ++s)
            sum += terrarium::core::exp(static_cast<double>(scores[2 * 5 + s]));
        CHECK(static_cast<double>(attention[2 * 5 + 1]) ==
              doctest::Approx(terrarium::core::exp(static_cast<double>(scores[2 * 5 + 1])) / sum).epsilon(1e-5));
    }
}

TEST_CASE("transformer_inspect: rotary positions that are off are a model without positions") {
    TransformerShape shape{2, 12, 3, 7, 11, false, Positions::Rotary};
    Model model = random_model(shape, 18);
    PartsOff off(shape);
    off.positions = true;
    const std::vector<int32_t> ids = random_ids(19);
    const std::vector<float> without = logits_of(model, off, ids);
    CHECK(without != inferred(model, ids));
    shape.positions = Positions::None;
    Model blind = random_model(shape, 18);
    CHECK(without == inferred(blind, ids));
}
