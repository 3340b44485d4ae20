#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/models/backoff_ngram.h"
#include "core/models/transformer.h"
#include "core/ops/cross_entropy.h"
#include "core/support/math.h"
#include "core/text/tokenizer.h"
#include "core/train/adamw.h"
#include "core/world/world.h"

using namespace terrarium::core;
using namespace terrarium::core::world;

namespace {

bool is_full() { return std::getenv("TERRARIUM_FULL") != nullptr; }

std::string stream(const World& world, int64_t first, int64_t n) {
    std::string text;
    for (int64_t i = first; i < first + n; ++i) text += world.document(i).text + "\n";
    return text;
}

struct MeanAndError {
    double mean = 0, error = 0;
};
MeanAndError mean_of(const std::vector<double>& numbers) {
    double sum = 0, squares = 0;
    for (const double x : numbers) sum += x;
    const double n = static_cast<double>(numbers.size()), mean = sum / n;
    for (const double x : numbers) squares += (x - mean) * (x - mean);
    return {mean, terrarium::core::sqrt(squares / (n * (n - 1)))};
}

/// Loss of a counting model above the floor, in nats per document, on documents that it has not seen.
struct Excess {
    MeanAndError excess;
    double of_floor = 0;  ///< loss / floor
};
Excess excess_of_counting(const World& world, int64_t n_train, int32_t order, int64_t n_test) {
    constexpr int64_t kFirstTest = 1'000'000;
    const std::string train = stream(world, 0, n_train), test = stream(world, kFirstTest, n_test);
    const Tokenizer tokenizer = Tokenizer::learn(TokenizerKind::Words, train + test, 1024);
    const BackoffNgram model(tokenizer.encode(train), tokenizer.vocab_size(), order);
    REQUIRE(tokenizer.other_fraction(tokenizer.encode(test)) == 0.0);
    std::vector<double> excesses, p(static_cast<std::size_t>(tokenizer.vocab_size()));
    double model_nats = 0, true_nats = 0;
    for (int64_t i = 0; i < n_test; ++i) {
        const std::string text = world.document(kFirstTest + i).text;
        const std::vector<int32_t> ids = tokenizer.encode("\n" + text + "\n");
        double nats = 0;
        for (std::size_t t = 1; t < ids.size(); ++t) {
            model.probabilities(p, std::span(ids).first(t));
            nats -= terrarium::core::log(p[static_cast<std::size_t>(ids[t])]);
        }
        const double floor = -world.log_probability_nats(text);
        excesses.push_back(nats - floor);
        model_nats += nats;
        true_nats += floor;
    }
    return {mean_of(excesses), model_nats / true_nats};
}

}  // namespace

TEST_CASE("world floor: the mean of -log p of captions is the entropy in closed form, within three standard errors") {
    WorldOptions options;
    options.domain_share = {0, 0, 0, 0, 1};
    for (uint64_t seed = 0; seed < 5; ++seed) {
        const World world(seed, options);
        std::vector<double> nats;
        for (int64_t i = 0; i < 4000; ++i) nats.push_back(-world.log_probability_nats(world.document(i)));
        const MeanAndError measured = mean_of(nats);
        const Grammar& grammar = world.grammar();
        const Grammar::Entropy exact = grammar.entropy(grammar.rule_id("caption"), Dialect::Harbour);
        CHECK(absolute(measured.mean - exact.nats) < 3 * measured.error);
        CHECK(measured.error < 0.01 * exact.nats);
        const Floor floor = world.floor(0, 4000);
        CHECK(floor.nats_per_document == doctest::Approx(measured.mean));
        CHECK(absolute(floor.nats_per_character - exact.nats / (exact.bytes + 1)) < 3 * floor.standard_error);
    }
}

TEST_CASE("world floor: so it is for the weather diary, a chain of words, and for the weather report") {
    const World world(5);
    for (const std::string_view rule : {"diary", "weather", "picture"}) {
        CAPTURE(rule);
        std::vector<double> nats, bytes;
        for (int64_t i = 0; i < 4000; ++i) {
            const std::string text = world.say(rule, i);
            nats.push_back(-world.log_probability_nats(text, rule));
            bytes.push_back(static_cast<double>(text.size()));
        }
        const Grammar::Entropy exact = world.grammar().entropy(world.grammar().rule_id(rule), Dialect::Harbour);
        const MeanAndError mean_nats = mean_of(nats), mean_bytes = mean_of(bytes);
        CHECK(absolute(mean_nats.mean - exact.nats) < 3 * mean_nats.error + 1e-9);
        CHECK(absolute(mean_bytes.mean - exact.bytes) < 3 * mean_bytes.error);
    }
}

TEST_CASE("world floor: two halves of the chronicle have the same floor, within three standard errors") {
    const World world(3);
    const Floor one = world.floor(0, 1500), other = world.floor(1500, 1500);
    const double error =
        terrarium::core::sqrt(one.standard_error * one.standard_error + other.standard_error * other.standard_error);
    CHECK(absolute(one.nats_per_character - other.nats_per_character) < 3 * error);
    CHECK(one.nats_per_character > 0.1);
    CHECK(one.nats_per_character < 0.2);
    CHECK(one.characters_per_document > 90);
    CHECK(one.characters_per_document < 150);
}

TEST_CASE("world floor: counting comes nearer the more it reads, and never below the floor") {
    const World world(7);
    double last = 1e9;
    for (const int64_t n_train : {100, 1000, is_full() ? 100'000 : 10'000}) {
        const Excess found = excess_of_counting(world, n_train, 5, 300);
        CAPTURE(n_train);
        CAPTURE(found.of_floor);
        CAPTURE(found.excess.mean);
        CAPTURE(found.excess.error);
        CHECK(found.excess.mean > -3 * found.excess.error);
        CHECK(found.of_floor < last);
        last = found.of_floor;
    }
    CHECK(last < 2.0);
}

namespace {

constexpr int kBatch = 16, kTime = 64;

/// Documents as rows of tokens: a line end, the words, a line end; what is left of the row does not count.
class Rows {
public:
    Rows(const World& world, const Tokenizer& tokenizer) : world_(world), tokenizer_(tokenizer) {}
    void fill(int64_t first) {
        std::fill(inputs.begin(), inputs.end(), 0);
        std::fill(targets.begin(), targets.end(), kIgnoredTarget);
        for (int row = 0; row < kBatch; ++row) {
            const std::vector<int32_t> ids = tokenizer_.encode("\n" + world_.document(first + row).text + "\n");
            REQUIRE(ids.size() <= kTime + 1);
            for (std::size_t t = 0; t + 1 < ids.size(); ++t) {
                inputs[static_cast<std::size_t>(row * kTime) + t] = ids[t];
                targets[static_cast<std::size_t>(row * kTime) + t] = ids[t + 1];
            }
        }
    }
    std::vector<int32_t> inputs = std::vector<int32_t>(kBatch * kTime), targets = std::vector<int32_t>(kBatch * kTime);

private:
    const World& world_;
    const Tokenizer& tokenizer_;
};

}  // namespace

TEST_CASE("world floor: a transformer comes nearer with every part of its training, and never below the floor") {
    const World world(7);
    const Tokenizer tokenizer = Tokenizer::learn(TokenizerKind::Words, stream(world, 0, 20'000), 1024);
    const TransformerShape shape{.n_layers = 2,
                                 .width = is_full() ? 48 : 24,
                                 .n_heads = 4,
                                 .context = kTime,
                                 .vocab_size = tokenizer.vocab_size()};
    Transformer<Simd4f> model(shape, kBatch);
    Rng init(1);
    model.initialise(init, 0.1);
    AdamW<Simd4f> optimiser(model.parameters().size());
    Rows rows(world, tokenizer);
    const int n_parts = 3, steps_per_part = is_full() ? 2000 : 30;
    constexpr int64_t kFirstTest = 1'000'000;
    const int n_test_batches = is_full() ? 12 : 5;
    int64_t next = 0;
    double last = 1e9;
    for (int part = 0; part < n_parts; ++part) {
        for (int step = 0; step < steps_per_part; ++step, next += kBatch) {
            rows.fill(next);
            model.zero_gradients();
            model.forward(rows.inputs, rows.targets, kBatch, kTime);
            model.backward();
            optimiser.step(model.parameters(), model.gradients(), part + 1 < n_parts ? 0.004 : 0.001);
        }
        std::vector<double> excesses;
        double model_nats = 0, true_nats = 0;
        for (int batch = 0; batch < n_test_batches; ++batch) {
            rows.fill(kFirstTest + batch * kBatch);
            model.forward(rows.inputs, rows.targets, kBatch, kTime);
            for (int row = 0; row < kBatch; ++row) {
                double nats = 0;
                for (const float loss : model.losses().subspan(static_cast<std::size_t>(row * kTime), kTime)) {
                    nats += static_cast<double>(loss);
                }
                const double floor = -world.log_probability_nats(world.document(kFirstTest + batch * kBatch + row));
                excesses.push_back(nats - floor);
                model_nats += nats;
                true_nats += floor;
            }
        }
        const MeanAndError excess = mean_of(excesses);
        CAPTURE(next);
        CAPTURE(model_nats / true_nats);
        CAPTURE(excess.mean);
        CAPTURE(excess.error);
        CHECK(excess.mean > -3 * excess.error);
        CHECK(model_nats / true_nats < last);
        last = model_nats / true_nats;
    }
    CHECK(last < (is_full() ? 1.6 : 8.0));
}
