// Counts how often the program asks for memory: "nothing allocates inside a step" is a promise that can be broken by
// any innocent-looking vector.

#pragma once

#include <cstdint>

namespace terrarium::tests {

/// Allocations of the whole program so far, and their bytes. Only differences mean something.
struct Allocations {
    int64_t count = 0;
    int64_t bytes = 0;
    friend Allocations operator-(Allocations a, Allocations b) { return {a.count - b.count, a.bytes - b.bytes}; }
};
[[nodiscard]] Allocations allocations_so_far();

/// What `work` asks for.
template <class Work>
[[nodiscard]] Allocations allocations_of(Work work) {
    const Allocations before = allocations_so_far();
    work();
    return allocations_so_far() - before;
}

/// What lives now, and the most that lived at once since the last mark_peak().
[[nodiscard]] int64_t live_bytes();
[[nodiscard]] int64_t peak_bytes();
void mark_peak();

/// The most that `work` holds at once, above what was there before.
template <class Work>
[[nodiscard]] int64_t peak_bytes_of(Work work) {
    mark_peak();
    const int64_t before = live_bytes();
    work();
    return peak_bytes() - before;
}

}  // namespace terrarium::tests
