// The letters for sizes, fixed once for the whole project, and short names for buffers.
//
//   B  batch: independent texts side by side        H  heads of attention
//   T  time: positions in one text                  D  channels of one head, D = C / H
//   C  channels: numbers per position ("width")     L  layers
//   V  vocabulary: number of different tokens       F  channels inside the MLP, F = 4 C
//
// Buffers are dense and row-major: [B,T,C] means that c runs fastest, element (b,t,c) lies at (b*T + t)*C + c.
// Shape letters are the only variables in capitals. Arguments run outputs, inputs, sizes.

#pragma once

#include <cstddef>
#include <span>

namespace terrarium::core {

/// Buffers of the number type that a lane type (tensor/lanes.h) works on. `Lanes` is never deduced: callers name it.
template <class Lanes>
using Span = std::span<typename Lanes::Scalar>;
template <class Lanes>
using ConstSpan = std::span<const typename Lanes::Scalar>;

/// Number of elements of a buffer; multiplied in a wide type, because B*T*V may pass 2^31.
template <class... Sizes>
[[nodiscard]] constexpr std::size_t count_of(Sizes... sizes) {
    return (static_cast<std::size_t>(1) * ... * static_cast<std::size_t>(sizes));
}

}  // namespace terrarium::core
