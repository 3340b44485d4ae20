#include "core/infer/beam_search.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

#include "core/infer/generator.h"
#include "core/models/transformer.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;

namespace {

constexpr int32_t kVocab = 3;

/// A little world: scores that depend on the last token and on the length, drawn once.
struct World {
    std::vector<std::vector<float>> rows;
    explicit World(uint64_t seed) {
        Rng rng(seed);
        for (int i = 0; i < 64; ++i) {
            rows.emplace_back();
            for (int v = 0; v < kVocab; ++v) rows.back().push_back(static_cast<float>(2.0 * rng.normal()));
        }
    }
    [[nodiscard]] std::span<const float> operator()(std::span<const int32_t> ids) const {
        std::size_t key = 1;
        for (const int32_t id : ids) key = (key * 7 + static_cast<std::size_t>(id) + 1) % 64;
        return rows[key];
    }
};

double log_p(std::span<const float> scores, int32_t id) {
    double sum = 0.0;
    for (const float s : scores) sum += terrarium::core::exp(static_cast<double>(s));
    return static_cast<double>(scores[static_cast<std::size_t>(id)]) - terrarium::core::log(sum);
}

/// The best continuation of all there are.
void try_all(const World& world, const BeamConfig& config, Beam here, Beam& best) {
    for (int32_t id = 0; id < kVocab; ++id) {
        Beam next = here;
        next.log_probability += log_p(world(here.ids), id);
        next.ids.push_back(id);
        next.score =
            next.log_probability / terrarium::core::pow(static_cast<double>(next.ids.size()), config.length_penalty);
        if (id != config.end_id && std::ssize(next.ids) < config.max_tokens) {
            try_all(world, config, next, best);
        } else if (best.ids.empty() || next.score > best.score) {
            best = next;
        }
    }
}

}  // namespace

TEST_CASE("beam search: wide enough, it finds what trying everything finds") {
    for (uint64_t seed = 1; seed <= 20; ++seed) {
        for (const double penalty : {0.0, 0.7, 1.0}) {
            const World world(seed);
            const BeamConfig config{.n_beams = 243, .max_tokens = 5, .length_penalty = penalty, .end_id = 2};
            const std::vector<Beam> found = beam_search(world, config);
            Beam best;
            try_all(world, config, {}, best);
            REQUIRE(!found.empty());
            CHECK(found[0].ids == best.ids);
            CHECK(found[0].score == doctest::Approx(best.score).epsilon(1e-12));
        }
    }
}

TEST_CASE("beam search: one beam is greedy choice, and more beams help where the first token misleads") {
    // Token 0 looks best at first (0.6), but everything after it is even; after token 1 (0.4) follows a sure token.
    const std::vector<float> start{1.791759f, 1.386294f, -50.0f}, even{0, 0, 0}, sure{-50, 9, -50};
    const NextScores scores = [&](std::span<const int32_t> ids) -> std::span<const float> {
        if (ids.empty()) return start;
        return ids[0] == 0 ? even : sure;
    };
    CHECK(beam_search(scores, {.n_beams = 1, .max_tokens = 2})[0].ids == std::vector<int32_t>{0, 0});
    const std::vector<Beam> two = beam_search(scores, {.n_beams = 2, .max_tokens = 2});
    CHECK(two[0].ids == std::vector<int32_t>{1, 1});
    CHECK(two.size() == 2);
    CHECK(two[0].log_probability == doctest::Approx(terrarium::core::log(0.4)).epsilon(1e-6));
    CHECK(two[0].score == doctest::Approx(terrarium::core::log(0.4) / 2).epsilon(1e-6));
}

TEST_CASE("beam search: the length penalty decides between a short text and a longer one") {
    // Ending at once has p = 0.3; going on has 0.7 and then must take two steps of 0.7 each: 0.343 in all.
    const std::vector<float> row{static_cast<float>(terrarium::core::log(0.7)),
                                 static_cast<float>(terrarium::core::log(0.3))};
    const std::vector<float> low{0.0f, 0.0f};
    const NextScores scores = [&](std::span<const int32_t> ids) -> std::span<const float> {
        return ids.size() < 2 ? row : low;
    };
    const BeamConfig short_one{.n_beams = 8, .max_tokens = 3, .length_penalty = 0.0, .end_id = 1};
    BeamConfig long_one = short_one;
    long_one.length_penalty = 1.0;
    CHECK(beam_search(scores, short_one)[0].ids == std::vector<int32_t>{1});
    CHECK(beam_search(scores, long_one)[0].ids == std::vector<int32_t>{0, 0, 0});
}

TEST_CASE("beam search: equal scores go by token ids") {
    const std::vector<float> even{1.0f, 1.0f, 1.0f};
    const std::vector<Beam> found =
        beam_search([&](auto) -> std::span<const float> { return even; }, {.n_beams = 3, .max_tokens = 2});
    REQUIRE(found.size() == 3);
    CHECK(found[0].ids == std::vector<int32_t>{0, 0});
    CHECK(found[1].ids == std::vector<int32_t>{0, 1});
    CHECK(found[2].ids == std::vector<int32_t>{0, 2});
}

TEST_CASE("beam search: writes with a generator; a diverged model gives no answer") {
    const TransformerShape shape{1, 8, 2, 8, 5, false};
    Transformer<Simd4f> model(shape, 1);
    Rng rng(3);
    model.initialise(rng);
    for (float& p : model.parameters()) p += static_cast<float>(0.2 * rng.normal());
    Generator<Simd4f> writer(shape, model.parameters());
    const std::vector<int32_t> prompt{1, 2};
    const NextScores scores = [&](std::span<const int32_t> ids) {
        writer.reset();
        const std::span<const float> after_prompt = writer.push(prompt);
        return ids.empty() ? after_prompt : writer.push(ids);
    };
    const std::vector<Beam> found = beam_search(scores, {.n_beams = 3, .max_tokens = 4});
    REQUIRE(found.size() == 3);
    CHECK(found[0].ids.size() == 4);
    CHECK(found[0].score >= found[1].score);

    const std::vector<float> bad{1.0f, std::numeric_limits<float>::quiet_NaN()};
    CHECK(beam_search([&](auto) -> std::span<const float> { return bad; }, {}).empty());
    CHECK_THROWS_AS((void)beam_search(scores, {.n_beams = 0}), CheckFailed);
    CHECK_THROWS_AS((void)beam_search(scores, {.end_id = 5}), CheckFailed);
}
