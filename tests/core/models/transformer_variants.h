// Every combination of a transformer's options, small enough to try them all.

#pragma once

#include <string>
#include <vector>

#include "core/models/transformer.h"

namespace terrarium::core::tests {

struct Variant {
    TransformerShape shape;
    std::string name;
};

/// Norm x bend x positions x token shift x adapters x mask x reward head: shapes of 2 layers, width 6, 3 heads,
/// context 5, 7 tokens; all with dropout, which only acts where a key is given.
inline std::vector<Variant> all_variants() {
    std::vector<Variant> all;
    for (int bits = 0; bits < 32; ++bits) {
        for (const Positions positions : {Positions::Learned, Positions::Rotary, Positions::None}) {
            TransformerShape s{2, 6, 3, 5, 7, (bits & 1) != 0, positions, (bits & 2) == 0};
            s.norm = (bits & 4) != 0 ? Norm::Rms : Norm::Layer;
            s.bend = (bits & 8) != 0 ? Bend::SwiGlu : Bend::Gelu;
            if ((bits & 16) != 0) s.lora = {.rank = 1 + bits % 3, .alpha = 1.5, .on_proj = (bits & 4) != 0};
            s.has_reward = (bits & 16) != 0;
            s.dropout = 0.25;
            s.n_heads = positions == Positions::Rotary ? 3 : 2;
            const char* const names[] = {"learned", "rotary", "none"};
            std::string name = names[static_cast<int>(positions)];
            if (s.token_shift) name += " shift";
            if (!s.is_causal) name += " encoder";
            if (s.norm == Norm::Rms) name += " rms";
            if (s.bend == Bend::SwiGlu) name += " swiglu";
            if (s.lora.rank > 0) name += " lora";
            all.push_back({s, name});
        }
    }
    return all;
}

inline std::vector<int32_t> random_ids(std::size_t count, int32_t vocab_size, Rng& rng) {
    std::vector<int32_t> ids(count);
    for (int32_t& id : ids) id = static_cast<int32_t>(rng.below(static_cast<uint32_t>(vocab_size)));
    return ids;
}

/// Fills every number: gains around 1, all others large enough that nothing is nearly linear, adapters included.
template <class L>
void fill_randomly(Transformer<L>& model, Rng& rng, double deviation = 0.4) {
    model.initialise(rng);
    for (auto& p : model.parameters()) p += static_cast<typename L::Scalar>(deviation * rng.normal());
}

}  // namespace terrarium::core::tests
