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

}  // namespace terrarium::tests
