#include "support/allocation_count.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace terrarium::tests {
namespace {

// Test programs have threads; what other threads ask for would be counted too, so tests count while none works.
std::atomic<int64_t> n_allocations{0}, n_bytes{0};

void note(std::size_t bytes) {
    n_allocations.fetch_add(1, std::memory_order_relaxed);
    n_bytes.fetch_add(static_cast<int64_t>(bytes), std::memory_order_relaxed);
}

}  // namespace

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

Allocations allocations_so_far() {
    static const bool is_installed =
        __sanitizer_install_malloc_and_free_hooks([](const volatile void*, std::size_t bytes) { note(bytes); },
                                                  [](const volatile void*) {}) != 0;
    return is_installed ? Allocations{n_allocations, n_bytes} : Allocations{};
}

}  // namespace terrarium::tests

#else

Allocations allocations_so_far() { return {n_allocations, n_bytes}; }

}  // namespace terrarium::tests

void* operator new(std::size_t bytes) {
    terrarium::tests::note(bytes);
    if (void* const memory = std::malloc(bytes == 0 ? 1 : bytes)) return memory;
    throw std::bad_alloc();
}
void* operator new(std::size_t bytes, std::align_val_t alignment) {
    terrarium::tests::note(bytes);
    const auto unit = static_cast<std::size_t>(alignment);
    if (void* const memory = std::aligned_alloc(unit, (bytes + unit - 1) / unit * unit)) return memory;
    throw std::bad_alloc();
}
void* operator new[](std::size_t bytes) { return operator new(bytes); }
void* operator new[](std::size_t bytes, std::align_val_t alignment) { return operator new(bytes, alignment); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

#endif
