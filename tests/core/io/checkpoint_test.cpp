#include "core/io/checkpoint.h"

#include <doctest/doctest.h>

#include <bit>
#include <limits>
#include <optional>

#include "../models/transformer_variants.h"
#include "core/io/bytes.h"
#include "core/io/crc32.h"
#include "core/models/transformer.h"
#include "core/support/hash.h"
#include "core/train/batches.h"

using namespace terrarium::core;
using namespace terrarium::core::io;

namespace {

/// A tiny training, as a lab has one: a model, its optimiser, chance for batches and for anything else, a step.
struct Training {
    static constexpr int kBatch = 2;
    static constexpr TransformerShape kShape{1, 8, 2, 6, 7, true};
    Transformer<Simd4f> model{kShape, kBatch};
    AdamW<Simd4f> optimiser{model.parameters().size()};
    Rng batches{0}, noise{0};
    int64_t step = 0;
    std::vector<int32_t> text = std::vector<int32_t>(200), inputs = std::vector<int32_t>(kBatch * 6), targets = inputs;

    explicit Training(uint64_t seed) {
        Rng rng(seed), words(9);
        for (int32_t& id : text) id = static_cast<int32_t>(words.below(7));
        Rng init = rng.fork("init");
        model.initialise(init);
        batches = rng.fork("batches");
        noise = rng.fork("noise");
    }

    void train_one() {
        sample_batch(inputs, targets, text, kBatch, 6, batches);
        model.zero_gradients();
        model.forward(inputs, targets, kBatch, 6);
        model.backward();
        model.gradients()[0] += static_cast<float>(1e-3 * noise.normal());  // keeps half of a pair at odd steps
        optimiser.step(model.parameters(), model.gradients(), 0.01);
        ++step;
    }

    [[nodiscard]] std::string save() const {
        TrainingState state{
            kShape, {model.parameters().begin(), model.parameters().end()}, optimiser.state(), {}, step};
        state.generators = {{"batches", batches.state()}, {"noise", noise.state()}};
        return encode_training(state);
    }

    void load(const std::string& bytes) {
        const Result<TrainingState> state = decode_training(bytes, "test");
        REQUIRE(state.has_value());
        REQUIRE(state.value().shape == kShape);
        std::copy(state.value().parameters.begin(), state.value().parameters.end(), model.parameters().begin());
        optimiser.restore(state.value().optimiser);
        batches.restore(state.value().generators.at("batches"));
        noise.restore(state.value().generators.at("noise"));
        step = state.value().step;
    }
};

std::string code_of(std::string_view bytes) {
    const Result<TrainingState> state = decode_training(bytes, "test");
    return state ? "" : state.error().code;
}

/// The same bytes with a checksum that fits: damage that the checksum cannot notice.
std::string resealed(std::string bytes) {
    bytes.resize(bytes.size() - 4);
    const uint32_t sum = crc32(bytes);
    append_little_endian(bytes, sum, 4);
    return bytes;
}

}  // namespace

TEST_CASE("checkpoint: 200 crashes lose nothing: the bits are those of a training without a crash") {
    Training straight(1);
    for (int i = 0; i < 200; ++i) straight.train_one();
    std::optional<Training> training(1);
    Rng when(2);
    for (int crash = 0; crash < 200; ++crash) {
        const std::string saved = training->save();
        if (training->step < 200) training->train_one();
        if (when.below(3) == 0 && training->step < 200) training->train_one();  // work that the crash destroys
        const int64_t lost = training->step;
        training.emplace(100 + static_cast<uint64_t>(crash));  // a fresh program that knows nothing
        training->load(saved);
        CHECK(training->step <= lost);
        if (training->step < 200) training->train_one();
    }
    CHECK(training->step == 200);
    CHECK(training->save() == straight.save());
}

TEST_CASE("checkpoint: crash at any of 50 steps, the end is the same") {
    Training straight(3);
    std::vector<std::string> saved;
    for (int i = 0; i < 50; ++i) {
        saved.push_back(straight.save());
        straight.train_one();
    }
    for (const std::string& bytes : saved) {
        Training other(4);
        other.load(bytes);
        while (other.step < 50) other.train_one();
        CHECK(other.save() == straight.save());
    }
}

TEST_CASE("checkpoint: with every combination of options a crash at any step changes nothing, dropout included") {
    for (const tests::Variant& v : tests::all_variants()) {
        CAPTURE(v.name);
        const std::size_t skipped = v.shape.lora.rank > 0 ? count_of(base_parameter_count(v.shape)) : 0;
        struct Run {
            Transformer<Simd4f> model;
            AdamW<Simd4f> optimiser;
            Rng batches{1}, dropout{2};
            int64_t step = 0;
        };
        const auto fresh = [&](uint64_t seed) {
            Run run{Transformer<Simd4f>(v.shape, 2), AdamW<Simd4f>(count_of(parameter_count(v.shape)) - skipped)};
            Rng rng(seed);
            tests::fill_randomly(run.model, rng, 0.1);
            return run;
        };
        const auto train_one = [&](Run& run) {
            const std::vector<int32_t> x = tests::random_ids(10, 7, run.batches);
            const std::vector<int32_t> y = tests::random_ids(10, 7, run.batches);
            const uint64_t key = (uint64_t{run.dropout.next_u32()} << 32) | run.dropout.next_u32();
            run.model.zero_gradients();
            run.model.forward(x, y, 2, 5, {.dropout = DropoutKey{key}});
            run.model.backward();
            run.optimiser.step(run.model.parameters().subspan(skipped), run.model.gradients().subspan(skipped), 0.01);
            ++run.step;
        };
        const auto save = [&](const Run& run) {
            TrainingState state{v.shape,
                                {run.model.parameters().begin(), run.model.parameters().end()},
                                run.optimiser.state(),
                                {},
                                run.step};
            state.generators = {{"batches", run.batches.state()}, {"dropout", run.dropout.state()}};
            return encode_training(state);
        };
        const auto load = [&](Run& run, const std::string& bytes) {
            const Result<TrainingState> state = decode_training(bytes, "test");
            REQUIRE(state.has_value());
            REQUIRE(state.value().shape == v.shape);
            std::copy(state.value().parameters.begin(), state.value().parameters.end(), run.model.parameters().begin());
            run.optimiser.restore(state.value().optimiser);
            run.batches.restore(state.value().generators.at("batches"));
            run.dropout.restore(state.value().generators.at("dropout"));
            run.step = state.value().step;
        };
        Run straight = fresh(3);
        std::vector<std::string> saved;
        for (int i = 0; i < 5; ++i) {
            saved.push_back(save(straight));
            train_one(straight);
        }
        for (const std::string& bytes : saved) {
            Run other = fresh(4);
            load(other, bytes);
            while (other.step < 5) train_one(other);
            CHECK(save(other) == save(straight));
        }
    }
}

TEST_CASE("checkpoint: a shape that does not exist and an optimiser of another part are refused") {
    TrainingState state;
    state.shape = {1, 8, 2, 4, 5, false};
    state.shape.lora.rank = 2;
    state.parameters.resize(count_of(parameter_count(state.shape)));
    const std::size_t n_added = state.parameters.size() - count_of(base_parameter_count(state.shape));
    for (const std::size_t n : {n_added, state.parameters.size()}) {
        state.optimiser.mean.assign(n, 0.0f);
        state.optimiser.square.assign(n, 0.0f);
        CHECK(code_of(encode_training(state)) == "");
    }
    Result<Checkpoint> parts = decode_checkpoint(encode_training(state), "test");
    REQUIRE(parts.has_value());
    for (const char* const name : {"shape.positions", "shape.norm", "shape.bend", "shape.lora.places"}) {
        Checkpoint wrong = parts.value();
        wrong.whole[name] = 16;
        CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
        wrong.whole.erase(name);
        CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
    }
    Checkpoint wrong = parts.value();
    wrong.numbers["shape.dropout"] = 1.0;
    CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
    state.optimiser.mean.resize(n_added - 1);
    state.optimiser.square.resize(n_added - 1);
    CHECK(code_of(encode_training(state)) == "checkpoint.content");
}

TEST_CASE("checkpoint: every bit pattern survives") {
    Checkpoint in;
    in.whole = {{"", 0}, {"least", std::numeric_limits<int64_t>::min()}, {"most", std::numeric_limits<int64_t>::max()}};
    in.numbers = {{"nan", std::bit_cast<double>(0x7ff4000000000001ULL)}, {"tiny", 5e-324}, {"zero", -0.0}};
    in.tables = {{"empty", {}}, {"x", {std::numeric_limits<float>::infinity(), 1e-45f, -0.0f}}};
    const Result<Checkpoint> out = decode_checkpoint(encode_checkpoint(in), "test");
    REQUIRE(out.has_value());
    CHECK(out.value().whole == in.whole);
    for (const auto& [name, value] : in.numbers) {
        CHECK(std::bit_cast<uint64_t>(out.value().numbers.at(name)) == std::bit_cast<uint64_t>(value));
    }
    CHECK(fnv1a64(std::span<const float>(out.value().tables.at("x"))) ==
          fnv1a64(std::span<const float>(in.tables["x"])));
    CHECK(out.value().tables.at("empty").empty());
}

TEST_CASE("checkpoint: cut at any byte or changed in any byte, it is refused") {
    const std::string bytes = Training(1).save();
    for (size_t length = 0; length < bytes.size(); ++length) CHECK(code_of(bytes.substr(0, length)) != "");
    for (size_t at = 0; at < bytes.size(); ++at) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
        CHECK(code_of(damaged) != "");
    }
    CHECK(code_of(bytes + "x") == "checkpoint.checksum");
}

TEST_CASE("checkpoint: behind a checksum that fits, nothing is believed either") {
    const std::string bytes = Training(1).save();
    Rng rng(5);
    for (size_t at = 12; at + 4 < bytes.size(); at += 1 + rng.below(4)) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(static_cast<uint8_t>(rng.next_u32()));
        (void)code_of(resealed(damaged));  // the sanitizers watch
        (void)code_of(resealed(bytes.substr(0, at + 4)));
    }
    std::string version = bytes;
    version[8] = 2;
    CHECK(code_of(resealed(version)) == "checkpoint.version");
    CHECK(code_of("TERRACKP") == "checkpoint.form");
    CHECK(code_of(encode_checkpoint({})) == "checkpoint.content");
    Result<Checkpoint> parts = decode_checkpoint(bytes, "test");
    REQUIRE(parts.has_value());
    Checkpoint wrong = parts.value();
    wrong.tables["adamw.mean"].pop_back();
    CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
    wrong = parts.value();
    wrong.whole["shape.width"] = int64_t{1} << 40;
    CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
    wrong = parts.value();
    wrong.whole["generator.noise/increment"] = 2;
    CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
    wrong = parts.value();
    wrong.numbers.erase("generator.noise/kept_normal");
    CHECK(code_of(encode_checkpoint(wrong)) == "checkpoint.content");
}
