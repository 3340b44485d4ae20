// Memory with a known budget: one allocation at the start, buffers cut from it one after another, nothing freed singly.
//
// A model knows before it starts how much it needs, so a page can say the number, refuse a model that is too large, and
// train without ever asking for memory again.

#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

#include "core/support/check.h"

namespace terrarium::core {

class Arena {
public:
    static constexpr std::size_t kAlignment = 64;  ///< bytes; one cache line

    /// Bytes that a buffer of `count` elements takes from the budget: rounded up to whole cache lines. Counted in 64
    /// bits, because in the browser a size_t has 32 and a wish may be larger than any memory.
    template <class T>
    [[nodiscard]] static constexpr uint64_t bytes_for(uint64_t count) {
        return (count * sizeof(T) + kAlignment - 1) / kAlignment * kAlignment;
    }

    /// capacity_bytes  the whole budget. The memory starts as zeros.
    explicit Arena(std::size_t capacity_bytes) : capacity_bytes_(capacity_bytes) {
        if (capacity_bytes == 0) return;
        memory_.reset(static_cast<std::byte*>(::operator new(capacity_bytes, std::align_val_t(kAlignment))));
        std::memset(memory_.get(), 0, capacity_bytes);
    }

    /// The next `count` elements, aligned to a cache line. Checks: they fit into what is left.
    template <class T>
    [[nodiscard]] std::span<T> take(std::size_t count) {
        static_assert(std::is_trivially_destructible_v<T>, "nobody would call the destructor");
        const uint64_t bytes = bytes_for<T>(count);
        TERRARIUM_CHECK(bytes <= capacity_bytes_ - used_bytes_, "The arena's budget is too small for this buffer.");
        T* const first = reinterpret_cast<T*>(memory_.get() + used_bytes_);
        used_bytes_ += static_cast<std::size_t>(bytes);
        return {first, count};
    }

    [[nodiscard]] std::size_t capacity_bytes() const { return capacity_bytes_; }
    [[nodiscard]] std::size_t used_bytes() const { return used_bytes_; }

private:
    struct Free {
        void operator()(std::byte* memory) const { ::operator delete(memory, std::align_val_t(kAlignment)); }
    };
    std::unique_ptr<std::byte, Free> memory_;
    std::size_t capacity_bytes_ = 0;
    std::size_t used_bytes_ = 0;
};

}  // namespace terrarium::core
