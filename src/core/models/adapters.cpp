#include "core/models/adapters.h"

#include "core/ops/lora.h"
#include "core/support/check.h"
#include "core/tensor/lanes.h"

namespace terrarium::core {
namespace {

template <class L>
void add_adapters(Span<L> parameters, const TransformerShape& shape, double scale) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(shape.lora.rank >= 1, "This model has no adapters.");
    const TransformerParameters<S> p = split_parameters(parameters, shape);
    for (const LayerParameters<S>& layer : p.layers) {
        for (const LinearParameters<S>* const linear : {&layer.qkv, &layer.proj, &layer.fc, &layer.fc2}) {
            if (!linear->a.empty()) lora_merge<L>(linear->weight, linear->a, linear->b, shape.lora.rank, scale);
        }
    }
}

}  // namespace

template <class L>
void merge_adapters(Span<L> parameters, const TransformerShape& shape) {
    add_adapters<L>(parameters, shape, shape.lora.scale());
}

template <class L>
void unmerge_adapters(Span<L> parameters, const TransformerShape& shape) {
    add_adapters<L>(parameters, shape, -shape.lora.scale());
}

template decltype(merge_adapters<Simd4f>) merge_adapters<Simd4f>;
template decltype(merge_adapters<Scalar4f>) merge_adapters<Scalar4f>;
template decltype(merge_adapters<Scalar4d>) merge_adapters<Scalar4d>;
template decltype(unmerge_adapters<Simd4f>) unmerge_adapters<Simd4f>;
template decltype(unmerge_adapters<Scalar4f>) unmerge_adapters<Scalar4f>;
template decltype(unmerge_adapters<Scalar4d>) unmerge_adapters<Scalar4d>;

}  // namespace terrarium::core
