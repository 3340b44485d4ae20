#include "core/models/transformer_shape.h"

#include "core/models/transformer_activations.h"
#include "core/support/check.h"

namespace terrarium::core {
namespace {

/// Calls visit(name, rows, columns, role) for every tensor in storage order: the one place where the order is written.
template <class Visit>
void for_each_parameter(const TransformerShape& s, Visit visit) {
    using enum ParameterRole;
    const int32_t C = s.width, F = mlp_width(s), columns = mlp_columns(s);
    const auto norm = [&](const std::string& name) {
        visit(name + "w", 1, C, Gain);
        if (s.norm == Norm::Layer) visit(name + "b", 1, C, Bias);
    };
    const auto linear = [&](const std::string& name, int32_t inputs, int32_t outputs, ParameterRole role) {
        visit(name + "w", inputs, outputs, role);
        visit(name + "b", 1, outputs, Bias);
    };
    const auto adapter = [&](bool has_one, const std::string& name, int32_t inputs, int32_t outputs) {
        if (!has_one) return;
        visit(name + "w.lora_a", inputs, s.lora.rank, Adapter);
        visit(name + "w.lora_b", s.lora.rank, outputs, Update);
    };
    const auto layer_name = [](int32_t layer) { return "h" + std::to_string(layer) + "."; };
    visit("wte", s.vocab_size, C, Tokens);
    if (s.positions == Positions::Learned) visit("wpe", s.context, C, Table);
    for (int32_t layer = 0; layer < s.n_layers; ++layer) {
        const std::string h = layer_name(layer);
        norm(h + "ln1");
        linear(h + "qkv", C, 3 * C, Matrix);
        linear(h + "proj", C, C, Writer);
        norm(h + "ln2");
        linear(h + "fc", C, columns, Matrix);
        linear(h + "fc2", F, C, Writer);
    }
    norm("lnf");
    if (s.token_shift) visit("wprev", s.vocab_size, C, Table);
    if (s.has_reward) {
        visit("rewardw", 1, C, Reward);
        visit("rewardb", 1, 1, Bias);
    }
    if (s.lora.rank == 0) return;
    for (int32_t layer = 0; layer < s.n_layers; ++layer) {
        const std::string h = layer_name(layer);
        adapter(s.lora.on_qkv, h + "qkv", C, 3 * C);
        adapter(s.lora.on_proj, h + "proj", C, C);
        adapter(s.lora.on_fc, h + "fc", C, columns);
        adapter(s.lora.on_fc2, h + "fc2", F, C);
    }
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
    if (!(s.dropout >= 0.0 && s.dropout < 1.0)) return Message("The share of dropout must be at least 0 and below 1.");
    if (s.lora.rank < 0 || s.lora.rank > 1024) return Message("The rank of the adapters must be between 0 and 1024.");
    if (!(s.lora.alpha - s.lora.alpha == 0.0)) return Message("The weight of the adapters must be a number.");
    return {};
}

int32_t mlp_width(const TransformerShape& shape) {
    const int32_t C = shape.width;
    return shape.bend == Bend::Gelu ? 4 * C : 4 * ((2 * C + 2) / 3);
}

int32_t mlp_columns(const TransformerShape& shape) {
    return shape.bend == Bend::Gelu ? mlp_width(shape) : 2 * mlp_width(shape);
}

int64_t parameter_count(const TransformerShape& shape) {
    int64_t count = 0;
    for_each_parameter(
        shape, [&](const std::string&, int64_t rows, int64_t columns, ParameterRole) { count += rows * columns; });
    return count;
}

TransformerShape without_adapters(const TransformerShape& shape) {
    TransformerShape base = shape;
    base.lora = {};
    return base;
}

int64_t base_parameter_count(const TransformerShape& shape) {
    TransformerShape base = without_adapters(shape);
    base.has_reward = false;
    return parameter_count(base);
}

int64_t flops_per_token_forward_backward(const TransformerShape& shape) {
    const int64_t C = shape.width, T = shape.context, V = shape.vocab_size;
    int64_t weights = C * V, adapters = 0;
    for_each_parameter(shape, [&](const std::string&, int64_t rows, int64_t columns, ParameterRole role) {
        if (role == ParameterRole::Matrix || role == ParameterRole::Writer) weights += rows * columns;
        if (role == ParameterRole::Adapter || role == ParameterRole::Update) adapters += rows * columns;
    });
    const int64_t passes = shape.lora.rank > 0 ? 2 : 3;
    return passes * 2 * weights + 3 * (2 * adapters + shape.n_layers * 4 * T * C);
}

uint64_t activation_bytes(const TransformerShape& shape, int batch) {
    TransformerActivations<float> unused;
    return lay_out_activations(unused, shape, batch, nullptr);
}

uint64_t transformer_bytes(const TransformerShape& shape, int max_batch) {
    return transformer_arena_bytes<float>(shape, max_batch);
}

std::vector<ParameterInfo> parameter_table(const TransformerShape& shape) {
    std::vector<ParameterInfo> table;
    int64_t offset = 0;
    for_each_parameter(shape, [&](const std::string& name, int32_t rows, int32_t columns, ParameterRole role) {
        table.push_back({name, rows, columns, offset, role});
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
    for_each_parameter(shape, [&](const std::string&, int32_t rows, int32_t columns, ParameterRole) {
        const std::size_t size = static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns);
        pieces.push_back(flat.subspan(offset, size));
        offset += size;
    });
    auto next = pieces.begin();
    const auto norm = [&](std::span<S>& gain, std::span<S>& bias) {
        gain = *next++;
        if (shape.norm == Norm::Layer) bias = *next++;
    };
    const auto linear = [&](LinearParameters<S>& layer) {
        layer.weight = *next++;
        layer.bias = *next++;
    };
    const auto adapter = [&](bool has_one, LinearParameters<S>& layer) {
        if (!has_one || shape.lora.rank == 0) return;
        layer.a = *next++;
        layer.b = *next++;
    };
    TransformerParameters<S> p;
    p.layers.resize(static_cast<std::size_t>(shape.n_layers));
    p.tokens = *next++;
    if (shape.positions == Positions::Learned) p.positions = *next++;
    for (LayerParameters<S>& layer : p.layers) {
        norm(layer.ln1_gain, layer.ln1_bias);
        linear(layer.qkv);
        linear(layer.proj);
        norm(layer.ln2_gain, layer.ln2_bias);
        linear(layer.fc);
        linear(layer.fc2);
    }
    norm(p.final_gain, p.final_bias);
    if (shape.token_shift) p.previous = *next++;
    if (shape.has_reward) {
        p.reward_weight = *next++;
        p.reward_bias = *next++;
    }
    for (LayerParameters<S>& layer : p.layers) {
        adapter(shape.lora.on_qkv, layer.qkv);
        adapter(shape.lora.on_proj, layer.proj);
        adapter(shape.lora.on_fc, layer.fc);
        adapter(shape.lora.on_fc2, layer.fc2);
    }
    return p;
}

template TransformerParameters<float> split_parameters(std::span<float>, const TransformerShape&);
template TransformerParameters<const float> split_parameters(std::span<const float>, const TransformerShape&);
template TransformerParameters<double> split_parameters(std::span<double>, const TransformerShape&);
template TransformerParameters<const double> split_parameters(std::span<const double>, const TransformerShape&);

}  // namespace terrarium::core
