#include "core/models/mlp.h"

#include <doctest/doctest.h>

#include "../ops/slope.h"
#include "core/support/check.h"
#include "core/support/math.h"

using namespace terrarium::core;
using namespace terrarium::core::tests;

namespace {

constexpr Activation kAll[] = {Activation::Relu, Activation::Gelu, Activation::Tanh, Activation::Silu};

double bend(Activation kind, double x) {
    using namespace terrarium::core;
    switch (kind) {
        case Activation::Relu:
            return x > 0.0 ? x : 0.0;
        case Activation::Tanh:
            return terrarium::core::tanh(x);
        case Activation::Silu:
            return x / (1.0 + terrarium::core::exp(-x));
        case Activation::Gelu:
            return 0.5 * x *
                   (1.0 + terrarium::core::tanh(terrarium::core::sqrt(2.0 / kPi) * (x + 0.044715 * x * x * x)));
    }
    return 0.0;
}

/// One row through the network, written out naively from the flat array.
std::vector<double> naive_forward(const MlpShape& shape, std::span<const double> parameters, std::vector<double> row) {
    std::size_t at = 0;
    for (std::size_t layer = 0; layer + 1 < shape.sizes.size(); ++layer) {
        const std::size_t I = count_of(shape.sizes[layer]), O = count_of(shape.sizes[layer + 1]);
        std::vector<double> next(O);
        for (std::size_t o = 0; o < O; ++o) {
            next[o] = parameters[at + I * O + o];
            for (std::size_t i = 0; i < I; ++i) next[o] += row[i] * parameters[at + i * O + o];
            if (layer + 2 < shape.sizes.size()) next[o] = bend(shape.activation, next[o]);
        }
        at += (I + 1) * O;
        row = next;
    }
    return row;
}

}  // namespace

TEST_CASE("mlp: counts of a network known by hand") {
    const MlpShape shape{{3, 5, 2}};
    CHECK(parameter_count(shape) == 4 * 5 + 6 * 2);
    CHECK(flops_per_row_forward_backward(shape) == 6 * (15 + 10));
    const std::vector<ParameterInfo> table = parameter_table(shape);
    CHECK(table.size() == 4);
    CHECK(table[2].name == "w1");
    CHECK(table[2].offset == 20);
    CHECK(table[3].offset + table[3].size() == parameter_count(shape));
    CHECK_FALSE(why_invalid(MlpShape{{3}}).empty());
    CHECK_FALSE(why_invalid(MlpShape{{3, 0, 2}}).empty());
    CHECK_THROWS_AS(Mlp<Simd4f>(MlpShape{{3}}, 1), CheckFailed);
}

TEST_CASE("mlp: two hidden units solve exclusive or, by hand") {
    Mlp<Simd4f> xor_network({{2, 2, 1}, Activation::Relu}, 4);
    const std::vector<float> by_hand{1, 1, 1, 1, 0, -1, 1, -2, 0};  // relu(a + b) - 2 relu(a + b - 1)
    std::copy(by_hand.begin(), by_hand.end(), xor_network.parameters().begin());
    const ConstSpan<Simd4f> out = xor_network.forward(std::vector<float>{0, 0, 0, 1, 1, 0, 1, 1});
    CHECK(std::vector<float>(out.begin(), out.end()) == std::vector<float>{0, 1, 1, 0});
    CHECK(xor_network.values(1)[6] == 2.0f);
}

TEST_CASE("mlp: forward equals its naive twin, backward is the slope, for every parameter and every bend") {
    for (const Activation kind : kAll) {
        for (const MlpShape& shape :
             {MlpShape{{3, 5, 7, 2}, kind}, MlpShape{{4, 1}, kind}, MlpShape{{1, 9, 3}, kind}}) {
            Rng rng(7);
            const std::size_t N = 3, I = count_of(shape.sizes.front()), O = count_of(shape.sizes.back());
            Mlp<Scalar4d> network(shape, 3);
            network.initialise(rng);
            for (double& p : network.parameters()) p += 0.3 * rng.normal();
            std::vector<double> x = random_numbers<double>(N * I, rng), weights = random_numbers<double>(N * O, rng);
            const ConstSpan<Scalar4d> out = network.forward(x);
            for (std::size_t n = 0; n < N; ++n) {
                const std::vector<double> row(x.begin() + static_cast<std::ptrdiff_t>(n * I),
                                              x.begin() + static_cast<std::ptrdiff_t>((n + 1) * I));
                const std::vector<double> twin = naive_forward(shape, network.parameters(), row);
                for (std::size_t o = 0; o < O; ++o) CHECK(out[n * O + o] == doctest::Approx(twin[o]).epsilon(1e-11));
            }
            const ConstSpan<Scalar4d> d_x = network.backward(weights);
            const std::vector<double> claimed_x(d_x.begin(), d_x.end());
            const std::vector<double> claimed(network.gradients().begin(), network.gradients().end());
            const auto loss = [&] { return weighted_sum(network.forward(x), weights); };
            // ReLU's corners: none lies within the two thousandths that the slope looks at, with this seed.
            CHECK(worst_slope_error(network.parameters(), claimed, loss) <= kLargestSlopeError);
            CHECK(worst_slope_error(x, claimed_x, loss) <= kLargestSlopeError);
        }
    }
}

TEST_CASE("mlp: fresh signals neither fade nor explode over ten layers") {
    for (const Activation kind : {Activation::Relu, Activation::Tanh}) {
        Rng rng(2);
        MlpShape shape{std::vector<int32_t>(11, 128), kind};
        Mlp<Simd4f> network(shape, 64);
        network.initialise(rng);
        network.forward(random_numbers<float>(64 * 128, rng));
        double squares = 0.0;
        for (const float x : network.values(9)) squares += static_cast<double>(x) * static_cast<double>(x);
        CHECK(squares / (64 * 128) > 0.05);
        CHECK(squares / (64 * 128) < 5.0);
    }
}

TEST_CASE("mlp: gradients are added, and fewer rows than the largest batch may come") {
    Rng rng(3);
    Mlp<Scalar4d> network({{2, 4, 1}}, 5);
    network.initialise(rng);
    const std::vector<double> x{0.5, -1.0, 2.0, 0.1}, d{1.0, -0.5};
    network.forward(x);
    network.backward(d);
    const double once = network.gradients()[3];
    network.forward(x);
    network.backward(d);
    CHECK(network.gradients()[3] == doctest::Approx(2.0 * once));
    network.zero_gradients();
    CHECK(network.gradients()[3] == 0.0);
}

TEST_CASE("mlp: lanes agree bit for bit") {
    for (const Activation kind : kAll) {
        const auto run = [&]<class L>(L*) {
            Rng rng(4);
            Mlp<L> network({{5, 13, 6, 3}, kind}, 9);
            network.initialise(rng);
            const std::vector<float> x = random_numbers<float>(45, rng), d = random_numbers<float>(27, rng);
            const ConstSpan<L> out = network.forward(x);
            const uint64_t hash = bits_of(out);
            return hash ^ bits_of(network.backward(d), network.gradients());
        };
        CHECK(run(static_cast<Simd4f*>(nullptr)) == run(static_cast<Scalar4f*>(nullptr)));
    }
}

TEST_CASE("mlp: calls in the wrong order and wrong sizes are refused") {
    Mlp<Simd4f> network({{2, 3, 1}}, 2);
    const std::vector<float> one(1), three(3), four(4), six(6);
    CHECK_THROWS_AS(network.backward(one), CheckFailed);
    CHECK_THROWS_AS(network.forward(three), CheckFailed);
    CHECK_THROWS_AS(network.forward(six), CheckFailed);
    network.forward(four);
    CHECK_THROWS_AS(network.backward(one), CheckFailed);
    network.backward(std::vector<float>(2));
    CHECK_THROWS_AS(network.backward(std::vector<float>(2)), CheckFailed);
}
