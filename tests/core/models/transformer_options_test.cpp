// The options of a transformer's shape, alone and together.

#include <doctest/doctest.h>

#include <algorithm>

#include "../ops/slope.h"
#include "core/io/safetensors.h"
#include "core/models/adapters.h"
#include "core/models/transformer.h"
#include "core/support/check.h"
#include "core/support/math.h"
#include "core/train/adamw.h"
#include "core/train/ema.h"
#include "transformer_variants.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

/// With adapters, the tensors that get no gradient.
bool is_left_out(const TransformerShape& shape, ParameterRole role) {
    using enum ParameterRole;
    return shape.lora.rank > 0 && (role == Tokens || role == Table || role == Matrix || role == Writer);
}

/// Compares the gradients of a model with the slope of loss(), tensor by tensor.
template <class Loss>
void check_slopes(Transformer<Scalar4d>& model, Loss loss) {
    const std::vector<double> claimed(model.gradients().begin(), model.gradients().end());
    for (const ParameterInfo& info : parameter_table(model.shape())) {
        CAPTURE(info.name);
        const std::size_t at = count_of(info.offset), n = count_of(info.size());
        const std::span<const double> g = std::span(claimed).subspan(at, n);
        if (is_left_out(model.shape(), info.role)) {
            CHECK(std::all_of(g.begin(), g.end(), [](double x) { return x == 0.0; }));
        } else {
            CHECK(worst_slope_error(model.parameters().subspan(at, n), g, loss) <= kLargestSlopeError);
        }
    }
}

/// Every second variant is one of fewer layers, to save time.
std::vector<Variant> some_variants() {
    std::vector<Variant> some;
    const std::vector<Variant> all = all_variants();
    for (std::size_t i = 0; i < all.size(); i += 5) some.push_back(all[i]);
    for (std::size_t i = 1; i < some.size(); i += 2) some[i].shape.n_layers = 1;
    return some;
}

}  // namespace

TEST_CASE("transformer_options: defaults add no parameter, and what is added lies behind the base") {
    TransformerShape shape{2, 8, 2, 6, 9, true};
    const int64_t base = parameter_count(shape);
    shape.has_reward = true;
    CHECK(parameter_count(shape) == base + 8 + 1);
    shape.lora = {.rank = 2};
    // Per layer: qkv (8+24) 2, proj (8+8) 2, fc (8+32) 2, fc2 (32+8) 2.
    CHECK(parameter_count(shape) == base + 9 + 2 * 2 * (32 + 16 + 40 + 40));
    CHECK(base_parameter_count(shape) == base);
    CHECK(parameter_count(without_adapters(shape)) == base + 9);
    const std::vector<ParameterInfo> table = parameter_table(shape);
    const auto begins = [&](const char* name) {
        return std::find_if(table.begin(), table.end(), [&](const ParameterInfo& i) { return i.name == name; })->offset;
    };
    CHECK(begins("rewardw") == base);
    CHECK(begins("h0.qkvw.lora_a") == base + 9);
    CHECK(table.back().name == "h1.fc2w.lora_b");
    CHECK(table.back().rows == 2);
    CHECK(table.back().columns == 8);
}

TEST_CASE("transformer_options: RMS norms have no biases, SwiGLU costs what GELU costs") {
    TransformerShape shape{2, 12, 2, 6, 9, false};
    const int64_t plain = parameter_count(shape);
    shape.norm = Norm::Rms;
    CHECK(parameter_count(shape) == plain - 5 * 12);
    shape.norm = Norm::Layer;
    shape.bend = Bend::SwiGlu;
    CHECK(mlp_width(shape) == 32);
    CHECK(mlp_columns(shape) == 64);
    // 3 * 12 * 32 weights instead of 2 * 12 * 48; the biases are 64 instead of 48.
    CHECK(parameter_count(shape) == plain + 2 * 16);
    CHECK(flops_per_token_forward_backward(shape) == flops_per_token_forward_backward({2, 12, 2, 6, 9, false}));
    shape.width = 10;
    CHECK(mlp_width(shape) == 28);  // 8/3 of 10, up to a multiple of 4
}

TEST_CASE("transformer_options: what cannot be built is said in a sentence") {
    TransformerShape shape{1, 8, 2, 4, 5, false};
    shape.dropout = 1.0;
    CHECK(why_invalid(shape).english().find("dropout") != std::string::npos);
    shape.dropout = -0.1;
    CHECK_FALSE(why_invalid(shape).empty());
    shape.dropout = 0.0;
    shape.lora.rank = -1;
    CHECK(why_invalid(shape).english().find("rank") != std::string::npos);
    shape.lora.rank = 2;
    CHECK(why_invalid(shape).empty());
}

TEST_CASE("transformer_options: backward is the slope in every combination, with dropout and lengths") {
    const std::vector<Variant> variants = some_variants();
    for (std::size_t i = 0; i < variants.size(); ++i) {
        CAPTURE(variants[i].name);
        const TransformerShape& shape = variants[i].shape;
        Rng rng(10 + i);
        Transformer<Scalar4d> model(shape, 2);
        fill_randomly(model, rng);
        const std::vector<int32_t> inputs = random_ids(10, 7, rng), lengths{5, 3};
        std::vector<int32_t> targets = random_ids(10, 7, rng);
        targets[8] = targets[9] = -1;  // padding
        ReadOptions options{.lengths = lengths};
        if (i % 3 != 0) options.dropout = DropoutKey{i, 1};
        const auto loss = [&] { return model.forward(inputs, targets, 2, 5, options); };
        (void)loss();
        model.backward();
        check_slopes(model, loss);
    }
}

TEST_CASE("transformer_options: lanes agree bit for bit in every combination") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        const auto run = [&]<class L>(L*) {
            Rng rng(4);
            Transformer<L> model(v.shape, 2);
            fill_randomly(model, rng);
            const std::vector<int32_t> x = random_ids(8, 7, rng), y = random_ids(8, 7, rng);
            model.forward(x, y, 2, 4, {.dropout = DropoutKey{3}});
            const std::vector<float> logits(model.logits().begin(), model.logits().end());
            model.backward();
            return bits_of(logits, model.gradients(), model.attention(1));
        };
        CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
    }
}

TEST_CASE("transformer_options: dropout acts only where a key is given, and the key decides") {
    for (const Variant& v : {all_variants()[0], all_variants()[40]}) {
        TransformerShape never = v.shape;
        never.dropout = 0.0;
        Transformer<Simd4f> model(v.shape, 2), twin(never, 2);
        Rng rng(5), again(5);
        fill_randomly(model, rng);
        fill_randomly(twin, again);
        const std::vector<int32_t> x = random_ids(10, 7, rng), y = random_ids(10, 7, rng);
        const double plain = model.forward(x, y, 2, 5);
        CHECK(plain == twin.forward(x, y, 2, 5));
        CHECK(plain == twin.forward(x, y, 2, 5, {.dropout = DropoutKey{1}}));
        const double one = model.forward(x, y, 2, 5, {.dropout = DropoutKey{1}});
        CHECK(one != plain);
        CHECK(one == model.forward(x, y, 2, 5, {.dropout = DropoutKey{1}}));
        CHECK(one != model.forward(x, y, 2, 5, {.dropout = DropoutKey{2}}));
        CHECK(one != model.forward(x, y, 2, 5, {.dropout = DropoutKey{1, 1}}));
        CHECK(plain == model.forward(x, y, 2, 5));
    }
}

TEST_CASE("transformer_options: every place of dropout has a mask of its own") {
    TransformerShape shape{1, 64, 1, 8, 5, false};
    shape.dropout = 0.5;
    Transformer<Simd4f> model(shape, 1);
    Rng rng(6);
    model.initialise(rng);
    const std::vector<int32_t> x(8, 1);
    const auto states = [&](uint64_t key) {
        model.read(x, 1, 8, {.dropout = DropoutKey{key}});
        return std::vector<float>(model.states().begin(), model.states().end());
    };
    // The embedding says 1, attention adds 10 and the MLP 100, whatever they read. After dropout by a half each number
    // is 2 (a + 10 b + 100 c) with a, b, c in {0, 1}: eight values if the three are independent, which the norm behind
    // keeps apart; at most four if two of them shared a mask.
    for (const ParameterInfo& info : parameter_table(shape)) {
        const auto tensor = model.parameters().subspan(count_of(info.offset), count_of(info.size()));
        const auto fill = [&](float value) { std::fill(tensor.begin(), tensor.end(), value); };
        if (info.role == ParameterRole::Writer || info.role == ParameterRole::Table) fill(0.0f);
        if (info.role == ParameterRole::Tokens) fill(1.0f);
        if (info.name == "h0.projb") fill(10.0f);
        if (info.name == "h0.fc2b") fill(100.0f);
    }
    const std::vector<float> seen = states(1);
    std::vector<float> values(seen.begin(), seen.begin() + 64);
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    CHECK(values.size() == 8);
    CHECK(seen != states(2));
}

TEST_CASE("transformer_options: fresh adapters change nothing, and the base starts as without them") {
    for (const Variant& v : all_variants()) {
        if (v.shape.lora.rank == 0) continue;
        CAPTURE(v.name);
        TransformerShape plain = v.shape;
        plain.lora = {};
        plain.has_reward = false;
        Transformer<Simd4f> with(v.shape, 2), without(plain, 2);
        Rng rng(7), again(7);
        with.initialise(rng);
        without.initialise(again);
        const std::size_t n = without.parameters().size();
        CHECK(std::ranges::equal(with.parameters().first(n), without.parameters()));
        const std::vector<int32_t> x = random_ids(10, 7, rng);
        with.infer(x, 2, 5);
        without.infer(x, 2, 5);
        CHECK(std::ranges::equal(with.logits(), without.logits()));
    }
}

TEST_CASE("transformer_options: merged adapters compute what they computed beside the weights, and come out again") {
    for (const Variant& v : all_variants()) {
        if (v.shape.lora.rank == 0) continue;
        CAPTURE(v.name);
        Transformer<Scalar4d> model(v.shape, 1), merged(without_adapters(v.shape), 1);
        Rng rng(8);
        fill_randomly(model, rng);
        const std::vector<int32_t> x = random_ids(5, 7, rng);
        model.infer(x, 1, 5);
        std::vector<double> p(model.parameters().begin(), model.parameters().end());
        merge_adapters<Scalar4d>(p, v.shape);
        std::copy_n(p.begin(), merged.parameters().size(), merged.parameters().begin());
        merged.infer(x, 1, 5);
        for (std::size_t i = 0; i < model.logits().size(); ++i)
            CHECK(merged.logits()[i] == doctest::Approx(model.logits()[i]).epsilon(1e-9).scale(1.0));
        unmerge_adapters<Scalar4d>(p, v.shape);
        for (std::size_t i = 0; i < p.size(); ++i)
            CHECK(p[i] == doctest::Approx(model.parameters()[i]).epsilon(1e-12).scale(1.0));
    }
    Transformer<Simd4f> none({1, 4, 1, 4, 5, false}, 1);
    CHECK_THROWS_AS(merge_adapters<Simd4f>(none.parameters(), none.shape()), CheckFailed);
}

TEST_CASE("transformer_options: adapters learn while the base keeps its bits; an average over them works, too") {
    TransformerShape shape{2, 8, 2, 6, 9, false, Positions::Rotary};
    shape.norm = Norm::Rms;
    shape.bend = Bend::SwiGlu;
    shape.dropout = 0.1;
    shape.lora = {.rank = 2, .alpha = 4.0};
    Transformer<Simd4f> model(shape, 3);
    Rng rng(9);
    model.initialise(rng, 0.3);
    const std::vector<int32_t> x = random_ids(18, 9, rng), y = random_ids(18, 9, rng);
    const std::size_t base = count_of(base_parameter_count(shape));
    const std::vector<float> before(model.parameters().begin(), model.parameters().end());
    const double at_first = model.forward(x, y, 3, 6);
    const auto train = [&](bool uses_frozen) {
        std::ranges::copy(before, model.parameters().begin());
        Frozen frozen;
        if (uses_frozen) frozen.freeze({0, base});
        const std::size_t skipped = uses_frozen ? 0 : base;
        AdamW<Simd4f> optimiser(before.size() - skipped);
        Ema<Simd4f> average(before.size() - skipped, {.decay = 0.5});
        for (uint64_t step = 0; step < 60; ++step) {
            model.zero_gradients();
            model.forward(x, y, 3, 6, {.dropout = DropoutKey{step}});
            model.backward();
            optimiser.step(model.parameters().subspan(skipped), model.gradients().subspan(skipped), 0.02, frozen);
            average.update(model.parameters().subspan(skipped));
        }
        CHECK(
            std::equal(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(base), model.parameters().begin()));
        const double trained = model.forward(x, y, 3, 6);
        CHECK(trained < at_first - 0.5);
        const std::vector<float> last(model.parameters().begin(), model.parameters().end());
        average.write(model.parameters().subspan(skipped));
        CHECK(model.forward(x, y, 3, 6) < at_first - 0.5);
        return last;
    };
    CHECK(train(true) == train(false));  // an optimiser for the adapters alone takes the same steps
}

TEST_CASE("transformer_options: what padding says changes no other position") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        Transformer<Simd4f> model(v.shape, 2);
        Rng rng(10);
        fill_randomly(model, rng);
        std::vector<int32_t> x = random_ids(10, 7, rng);
        const std::vector<int32_t> lengths{2, 5};
        const auto states = [&] {
            model.read(x, 2, 5, {.lengths = lengths});
            const ConstSpan<Simd4f> s = model.states();
            std::vector<float> own(s.begin(), s.begin() + 2 * 6);
            own.insert(own.end(), s.begin() + 5 * 6, s.end());
            return own;
        };
        const std::vector<float> before = states();
        for (std::size_t t = 2; t < 5; ++t) x[t] = (x[t] + 1) % 7;
        CHECK(before == states());
    }
}

TEST_CASE("transformer_options: weights keep their names in a file, in every combination") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        Transformer<Simd4f> model(v.shape, 1);
        Rng rng(11);
        fill_randomly(model, rng);
        const io::TensorFile file = io::transformer_tensors(model.parameters(), v.shape);
        const Result<io::TensorFile> read = io::read_safetensors(io::write_safetensors(file), "test");
        REQUIRE(read.has_value());
        const Result<std::vector<float>> back = io::transformer_parameters(read.value(), v.shape, "test");
        REQUIRE(back.has_value());
        CHECK(std::ranges::equal(back.value(), model.parameters()));
        CHECK((read.value().find("h0.ln1b") == nullptr) == (v.shape.norm == Norm::Rms));
        CHECK((read.value().find("h1.fcw.lora_b") == nullptr) == (v.shape.lora.rank == 0));
        // A file without adapters is a base; asked for adapters it says which table is missing.
        if (v.shape.lora.rank == 0) continue;
        const TransformerShape base = without_adapters(v.shape);
        CHECK(io::transformer_parameters(read.value(), base, "test").has_value());
        const std::span<const float> numbers = model.parameters();
        const io::TensorFile less = io::transformer_tensors(numbers.first(count_of(parameter_count(base))), base);
        const Result<std::vector<float>> missing = io::transformer_parameters(less, v.shape, "test");
        REQUIRE_FALSE(missing.has_value());
        CHECK(missing.error().code == "weights.missing");
    }
}

TEST_CASE("transformer_options: activation_bytes is what the buffers take, in every combination") {
    for (const Variant& v : all_variants()) {
        CAPTURE(v.name);
        TransformerActivations<float> all;
        Arena arena(static_cast<std::size_t>(activation_bytes(v.shape, 3)));
        lay_out_activations(all, v.shape, 3, &arena);
        CHECK(arena.used_bytes() == arena.capacity_bytes());
        const Transformer<Simd4f> model(v.shape, 3);
        CHECK(model.arena_bytes() == transformer_bytes(v.shape, 3));
    }
}
