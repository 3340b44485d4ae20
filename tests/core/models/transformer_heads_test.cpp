// What can be learned from more than the next token: rewards, embeddings, preferences, a teacher's scores.

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/models/transformer.h"
#include "core/ops/contrastive.h"
#include "core/ops/pooling.h"
#include "core/ops/preference.h"
#include "core/ops/reward_head.h"
#include "core/ops/soft_cross_entropy.h"
#include "core/support/check.h"
#include "core/train/adamw.h"
#include "transformer_variants.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr int B = 4, T = 5, C = 6, V = 7;
const std::vector<int32_t> kLengths{5, 2, 4, 3};

TransformerShape small_shape(bool is_causal = true) {
    TransformerShape shape{1, C, 2, T, V, true, Positions::Learned, is_causal};
    shape.norm = is_causal ? Norm::Layer : Norm::Rms;
    shape.bend = is_causal ? Bend::Gelu : Bend::SwiGlu;
    return shape;
}

/// The whole of a reward model: texts 0 and 1 are better than 2 and 3.
struct RewardTraining {
    std::vector<double> rewards = std::vector<double>(B), d_rewards = std::vector<double>(B);

    template <class L>
    double loss(Transformer<L>& model, std::span<const int32_t> ids) {
        const auto& w = model.weights();
        model.read(ids, B, T, {.lengths = kLengths});
        reward_forward<L>(rewards, model.states(), w.reward_weight, w.reward_bias, kLengths);
        const std::span<const double> r(rewards);
        return bradley_terry_loss(r.first(2), r.last(2));
    }

    template <class L>
    void backward(Transformer<L>& model, Span<L> d_states) {
        const std::span<const double> r(rewards);
        const std::span<double> d(d_rewards);
        bradley_terry_backward(d.first(2), d.last(2), r.first(2), r.last(2));
        const auto& grad = model.d_weights();
        reward_backward<L>(d_states, grad.reward_weight, grad.reward_bias, d_rewards, model.states(),
                           model.weights().reward_weight, kLengths);
        model.backward_states(d_states);
    }
};

}  // namespace

TEST_CASE("transformer_heads: a reward model's backward is the slope of Bradley-Terry, down to the token table") {
    TransformerShape shape = small_shape();
    shape.has_reward = true;
    Transformer<Scalar4d> model(shape, B);
    Rng rng(1);
    fill_randomly(model, rng);
    const std::vector<int32_t> ids = random_ids(B * T, V, rng);
    RewardTraining training;
    (void)training.loss(model, ids);
    std::vector<double> d_states(B * T * C);
    training.backward(model, std::span(d_states));
    const std::vector<double> claimed(model.gradients().begin(), model.gradients().end());
    CHECK(worst_slope_error(model.parameters(), claimed, [&] { return training.loss(model, ids); }) <=
          kLargestSlopeError);
}

TEST_CASE("transformer_heads: a reward model learns to rank, with adapters only, too") {
    for (const int rank : {0, 2}) {
        TransformerShape shape = small_shape();
        shape.has_reward = true;
        shape.lora.rank = rank;
        Transformer<Simd4f> model(shape, B);
        Rng rng(2);
        model.initialise(rng, 0.3);
        const std::vector<int32_t> ids = random_ids(B * T, V, rng);
        const std::size_t skipped = rank == 0 ? 0 : count_of(base_parameter_count(shape));
        AdamW<Simd4f> optimiser(model.parameters().size() - skipped);
        RewardTraining training;
        std::vector<float> d_states(B * T * C);
        for (int step = 0; step < 60; ++step) {
            model.zero_gradients();
            (void)training.loss(model, ids);
            training.backward(model, std::span(d_states));
            optimiser.step(model.parameters().subspan(skipped), model.gradients().subspan(skipped), 0.02);
        }
        CHECK(training.loss(model, ids) < 0.05);
        CHECK(training.rewards[0] > training.rewards[2]);
        CHECK(training.rewards[1] > training.rewards[3]);
    }
}

TEST_CASE("transformer_heads: an embedding model's backward is the slope of InfoNCE, with either pooling") {
    for (const Pooling pooling : {Pooling::Mean, Pooling::Last}) {
        const TransformerShape shape = small_shape(pooling == Pooling::Last);
        Transformer<Scalar4d> model(shape, B);
        Rng rng(3);
        fill_randomly(model, rng);
        const std::vector<int32_t> ids = random_ids(B * T, V, rng);
        std::vector<double> pooled(B * C), unit(B * C), inverse(B), probabilities(4), d(B * C), d_states(B * T * C);
        const std::span<double> u(unit);
        const auto loss = [&] {  // texts 0 and 1 are queries, 2 and 3 what answers them
            model.read(ids, B, T, {.lengths = kLengths});
            pool_forward<Scalar4d>(pooling, pooled, model.states(), kLengths, B, T, C);
            unit_length_forward<Scalar4d>(unit, inverse, pooled);
            return info_nce_forward<Scalar4d>(probabilities, u.first(2 * C), u.last(2 * C), C, 0.3);
        };
        (void)loss();
        const std::span<double> g(d);
        info_nce_backward<Scalar4d>(g.first(2 * C), g.last(2 * C), probabilities, u.first(2 * C), u.last(2 * C), C,
                                    0.3);
        unit_length_backward<Scalar4d>(d, d, unit, inverse);
        pool_backward<Scalar4d>(pooling, d_states, d, kLengths, B, T, C);
        model.backward_states(d_states);
        const std::vector<double> claimed(model.gradients().begin(), model.gradients().end());
        CHECK(worst_slope_error(model.parameters(), claimed, loss) <= kLargestSlopeError);
    }
}

TEST_CASE("transformer_heads: DPO reaches every parameter with the right slope") {
    const TransformerShape shape = small_shape();
    Transformer<Scalar4d> model(shape, 2);
    Rng rng(4);
    fill_randomly(model, rng);
    const std::vector<int32_t> ids = random_ids(2 * T, V, rng);  // text 0 is chosen, text 1 rejected
    std::vector<int32_t> targets = random_ids(2 * T, V, rng);
    targets[0] = targets[5] = targets[6] = -1;  // the prompts
    std::vector<DpoPair> pairs{{0.0, 0.0, -7.0, -6.5}};
    const auto loss = [&] {
        model.forward(ids, targets, 2, T);
        pairs[0].policy_chosen = pairs[0].policy_rejected = 0.0;
        for (std::size_t t = 0; t < T; ++t) {
            pairs[0].policy_chosen -= model.losses()[t];
            pairs[0].policy_rejected -= model.losses()[T + t];
        }
        return dpo_loss(pairs, 0.7);
    };
    (void)loss();
    std::vector<double> d_chosen(1), d_rejected(1), weights(2 * T);
    dpo_backward(d_chosen, d_rejected, pairs, 0.7);
    for (std::size_t t = 0; t < T; ++t) weights[t] = -d_chosen[0], weights[T + t] = -d_rejected[0];
    model.backward_weighted(weights, 7.0);  // 7 targets count: the mean becomes a sum
    const std::vector<double> claimed(model.gradients().begin(), model.gradients().end());
    CHECK(worst_slope_error(model.parameters(), claimed, loss) <= kLargestSlopeError);
}

TEST_CASE("transformer_heads: a gradient of scores reaches every parameter, as distillation needs it") {
    const TransformerShape shape = small_shape(false);
    Transformer<Scalar4d> model(shape, 2);
    Rng rng(5);
    fill_randomly(model, rng);
    const std::vector<int32_t> ids = random_ids(2 * T, V, rng);
    const std::vector<double> teacher = random_numbers<double>(2 * T * V, rng);
    std::vector<double> targets(2 * T * V), losses(2 * T), probabilities(2 * T * V);
    soften<Scalar4d>(targets, teacher, V, 2.0);
    const auto loss = [&] {
        model.infer(ids, 2, T);
        soft_cross_entropy_forward<Scalar4d>(losses, probabilities, model.logits(), targets, V, 2.0);
        return mean_soft_loss_nats<Scalar4d>(losses, targets, V);
    };
    (void)loss();
    soft_cross_entropy_backward<Scalar4d>(probabilities, probabilities, targets, V, 2.0);
    model.backward_logits(probabilities);
    const std::vector<double> claimed(model.gradients().begin(), model.gradients().end());
    CHECK(worst_slope_error(model.parameters(), claimed, loss) <= kLargestSlopeError);
}

TEST_CASE("transformer_heads: a backward pass of another kind than the forward pass is refused") {
    Transformer<Simd4f> model(small_shape(), 1);
    const std::vector<int32_t> ids(T, 1);
    std::vector<float> d_states(T * C), d_logits(T * V);
    CHECK_THROWS_AS(model.backward_states(d_states), CheckFailed);
    model.read(ids, 1, T);
    CHECK_THROWS_AS(model.backward_logits(d_logits), CheckFailed);
    CHECK_THROWS_AS(model.backward(), CheckFailed);
    CHECK_THROWS_AS(model.backward_states(d_logits), CheckFailed);
    model.backward_states(d_states);
    CHECK_THROWS_AS(model.backward_states(d_states), CheckFailed);
    model.infer(ids, 1, T);
    CHECK_THROWS_AS(model.backward_weighted(std::vector<double>(T)), CheckFailed);
    model.backward_logits(d_logits);
    CHECK_THROWS_AS(model.read(ids, 1, T, {.lengths = kLengths}), CheckFailed);
}
