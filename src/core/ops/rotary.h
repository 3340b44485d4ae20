// Rotary positions: instead of adding a position to a token's numbers, turn its query and key by an angle that grows
// with the position.
//
// The score of two positions is the scalar product of a turned query and a turned key, and turning both by the same
// angle changes nothing. So a score depends on how far apart the two are, not on where they stand. No numbers are
// learned for it, and the values are not turned.
//
// The D numbers of a head are taken as D/2 pairs (2i, 2i+1), each a point in a plane. At position t pair i turns by
//   angle = t * base^(-2i/D)              base = 10000
//   (x, y)  becomes  (x cos - y sin, x sin + y cos)
// The first pair turns by one radian per position; the last takes thousands of positions for a full turn.
//
// Shape letters: B batch, T time, C channels, H heads, D = C / H, which must be even.
// Source: Su et al., RoFormer: Enhanced Transformer with Rotary Position Embedding (2021), 3.2.2 and equation 34.

#pragma once

#include <cstdint>

#include "core/tensor/shape.h"

namespace terrarium::core {

inline constexpr double kRotaryBase = 10000.0;

/// table[t,i] = (cos, sin) of the angle of pair i at position t, computed in double and then rounded. Once per model.
///
/// table      out [T,D/2,2]
/// head_size  D, even
/// Checks: T from 1 to 65536, D even and at least 2, the size.
template <class L>
void fill_rotary_table(Span<L> table, int n_positions, int head_size);

/// Turns the queries and keys of every head in place; the values stay as they are.
///
/// qkv             in/out [B,T,3C]  queries of all heads, then keys, then values, as attention.h reads them
/// table           in     [P,D/2,2] of fill_rotary_table(), P >= first_position + T
/// first_position  the position of the first row of each text: 0 for whole texts, more when a KV cache adds one row
/// Checks: sizes, and that the table is long enough.
template <class L>
void rotary_forward(Span<L> qkv, ConstSpan<L> table, int batch, int time, int width, int n_heads, int first_position);

/// The gradient, in place as well: d_qkv of the turned numbers becomes d_qkv of those before. A turn keeps lengths, so
/// its gradient is the turn by the negative angle.
template <class L>
void rotary_backward(Span<L> d_qkv, ConstSpan<L> table, int batch, int time, int width, int n_heads,
                     int first_position);

}  // namespace terrarium::core
