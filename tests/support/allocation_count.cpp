#include "support/allocation_count.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace terrarium::tests {
namespace {

// Test programs have threads; what other threads ask for would be counted too, so tests count while none works.
std::atomic<int64_t> n_allocations{0}, n_bytes{0}, n_live{0}, n_peak{0};

void note_taken(std::size_t bytes) {
    ++n_allocations;
    n_bytes += static_cast<int64_t>(bytes);
    const int64_t live = n_live += static_cast<int64_t>(bytes);
    int64_t peak = n_peak;
    while (live > peak && !n_peak.compare_exchange_weak(peak, live)) {
    }
}
void note_given_back(std::size_t bytes) { n_live -= static_cast<int64_t>(bytes); }

}  // namespace

int64_t live_bytes() {
    (void)allocations_so_far();  // installs the hooks
    return n_live;
}
int64_t peak_bytes() { return n_peak; }
void mark_peak() { n_peak = live_bytes(); }

#if defined(__SANITIZE_ADDRESS__)
#define TERRARIUM_COUNTS_BY_HOOK 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define TERRARIUM_COUNTS_BY_HOOK 1
#endif
#endif

#ifdef TERRARIUM_COUNTS_BY_HOOK

// The sanitizer owns operator new and calls a hook at every allocation of any kind.
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*on_malloc)(const volatile void*, std::size_t),
                                                         void (*on_free)(const volatile void*));
extern "C" std::size_t __sanitizer_get_allocated_size(const volatile void* memory);

Allocations allocations_so_far() {
    static const bool is_installed =
        __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t bytes) { note_taken(bytes); },
                                                  [](const volatile void* memory) {
                                                      if (memory != nullptr)
                                                          note_given_back(__sanitizer_get_allocated_size(memory));
                                                  }) != 0;
    return is_installed ? Allocations{n_allocations, n_bytes} : Allocations{};
}

}  // namespace terrarium::tests

#else

Allocations allocations_so_far() { return {n_allocations, n_bytes}; }

namespace {

/// Sizes are what the heap gives, a little more than was asked for: the only ones known when memory is given back.
void* counted(void* memory) {
    if (memory == nullptr) throw std::bad_alloc();
    note_taken(malloc_usable_size(memory));
    return memory;
}
void give_back(void* memory) {
    if (memory == nullptr) return;
    note_given_back(malloc_usable_size(memory));
    std::free(memory);
}

}  // namespace
}  // namespace terrarium::tests

using terrarium::tests::counted;
using terrarium::tests::give_back;

void* operator new(std::size_t bytes) { return counted(std::malloc(bytes == 0 ? 1 : bytes)); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    const auto unit = static_cast<std::size_t>(alignment);
    return counted(std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit));
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void* operator new[](std::size_t bytes, std::align_val_t alignment) { return operator new(bytes, alignment); }
void operator delete(void* memory) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }
void operator delete[](void* memory) noexcept { give_back(memory); }
void operator delete[](void* memory, std::size_t) noexcept { give_back(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { give_back(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { give_back(memory); }

#endif
