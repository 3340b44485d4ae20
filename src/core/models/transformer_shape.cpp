#include "core/models/transformer_shape.h"

#include "core/models/transformer_activations.h"
#include "core/support/check.h"

namespace terrarium::core {
namespace {

/// Calls visit(name, rows, columns) for every tensor in storage order: the one place where the order is written.
template <class Visit>
void for_each_parameter(const TransformerShape& s, Visit visit) {
    const int32_t C = s.width, F = 4 * C;
    visit("wte", s.vocab_size, C);
    if (s.positions == Positions::Learned) visit("wpe", s.context, C);
    for (int32_t layer = 0; layer < s.n_layers; ++layer) {
        const std::string h = "h" + std::to_string(layer) + ".";
        visit(h + "ln1w", 1, C);
        visit(h + "ln1b", 1, C);
        visit(h + "qkvw", C, 3 * C);
        visit(h + "qkvb", 1, 3 * C);
        visit(h + "projw", C, C);
        visit(h + "projb", 1, C);
        visit(h + "ln2w", 1, C);
        visit(h + "ln2b", 1, C);
        visit(h + "fcw", C, F);
        visit(h + "fcb", 1, F);
        visit(h + "fc2w", F, C);
        visit(h + "fc2b", 1, C);
    }
    visit("lnfw", 1, C);
    visit("lnfb", 1, C);
    if (s.token_shift) visit("wprev", s.vocab_size, C);
}

}  // namespace

Message why_invalid(const TransformerShape& s) {
    if (s.n_layers < 1 || s.n_layers > 64) return Message("The number of layers must be between 1 and 64.");
    if (s.width < 1 || s.width > 4096) return Message("The width must be between 1 and 4096.");
    if (s.n_heads < 1 || s.width % s.n_heads != 0)
        return Message("The width must be a multiple of the number of heads.");
    if (s.positions == Positions::Rotary && s.width / s.n_heads % 2 != 0)
        return Message("Rotary positions turn numbers in pairs: the width per head must be even.");
    if (s.context < 1 || s.context > 4096) return Message("The context must be between 1 and 4096 tokens.");
    if (s.vocab_size < 2 || s.vocab_size > 65536)
        return Message("The vocabulary must have between 2 and 65536 tokens.");
    return {};
}

int64_t parameter_count(const TransformerShape& shape) {
    int64_t count = 0;
    for_each_parameter(shape, [&](const std::string&, int64_t rows, int64_t columns) { count += rows * columns; });
    return count;
}

int64_t flops_per_token_forward_backward(const TransformerShape& shape) {
    const int64_t C = shape.width, F = 4 * C, T = shape.context, V = shape.vocab_size;
    const int64_t per_layer = 2 * C * 3 * C + 2 * C * C + 4 * C * F + 4 * T * C;
    return 3 * (shape.n_layers * per_layer + 2 * C * V);
}

uint64_t activation_bytes(const TransformerShape& shape, int batch) {
    TransformerActivations<float> unused;
    return lay_out_activations(unused, shape, batch, nullptr);
}

std::vector<ParameterInfo> parameter_table(const TransformerShape& shape) {
    std::vector<ParameterInfo> table;
    int64_t offset = 0;
    for_each_parameter(shape, [&](const std::string& name, int32_t rows, int32_t columns) {
        table.push_back({name, rows, columns, offset});
        offset += table.back().size();
    });
    return table;
}

template <class S>
TransformerParameters<S> split_parameters(std::span<S> flat, const TransformerShape& shape) {
    TERRARIUM_CHECK(static_cast<int64_t>(flat.size()) == parameter_count(shape),
                    "The array has another number of parameters than the model's shape.");
    std::vector<std::span<S>> pieces;
    std::size_t offset = 0;
    for_each_parameter(shape, [&](const std::string&, int32_t rows, int32_t columns) {
        const std::size_t size = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
        pieces.push_back(flat.subspan(offset, size));
        offset += size;
    });
    TransformerParameters<S> p;
    auto next = pieces.begin();
    p.tokens = *next++;
    if (shape.positions == Positions::Learned) p.positions = *next++;
    for (int32_t layer = 0; layer < shape.n_layers; ++layer, next += 12) {
        p.layers.push_back({next[0], next[1], next[2], next[3], next[4], next[5], next[6], next[7], next[8], next[9],
                            next[10], next[11]});
    }
    p.final_gain = *next++;
    p.final_bias = *next++;
    if (shape.token_shift) p.previous = *next++;
    return p;
}

template TransformerParameters<float> split_parameters(std::span<float>, const TransformerShape&);
template TransformerParameters<const float> split_parameters(std::span<const float>, const TransformerShape&);
template TransformerParameters<double> split_parameters(std::span<double>, const TransformerShape&);
template TransformerParameters<const double> split_parameters(std::span<const double>, const TransformerShape&);

}  // namespace terrarium::core
