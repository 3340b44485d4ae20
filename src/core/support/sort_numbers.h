// Sorting numbers fast, in an order that is the same everywhere.
//
// A million scores are sorted for an area under a curve, two million values for a Kolmogorov-Smirnov distance. Numbers
// need not be compared for that: the bits of a double, with the sign turned round, rise as the number does, so they can
// be dealt out digit by digit, as punched cards once were.
// Source: Knuth, The Art of Computer Programming, vol. 3, 2nd ed. (1998), 5.2.5, for distribution by digits.

#pragma once

#include <vector>

namespace terrarium::core {

/// Ascending; -0 before 0. NaN, which has no place, goes to one of the ends by its sign bit. Linear for large n.
void sort_numbers(std::vector<double>& values);

}  // namespace terrarium::core
