// Memory that is in use while a world is streamed. Native only: it asks the allocator.

#include <doctest/doctest.h>
#include <malloc.h>

#include <algorithm>
#include <cstddef>

#include "core/io/world_lines.h"

#if defined(__SANITIZE_ADDRESS__)
extern "C" size_t __sanitizer_get_current_allocated_bytes();
#endif

using namespace terrarium::core;

namespace {

int64_t bytes_in_use() {
#if defined(__SANITIZE_ADDRESS__)
    return static_cast<int64_t>(__sanitizer_get_current_allocated_bytes());
#else
    return static_cast<int64_t>(mallinfo2().uordblks);
#endif
}

/// The most that was in use at the end of a piece, above what was there before.
int64_t peak_of_stream(const world::World& world, int64_t size_bytes, bool with_truth) {
    const int64_t before = bytes_in_use();
    int64_t peak = 0;
    io::stream_world(world, {.size_bytes = size_bytes, .with_truth = with_truth}, [&](std::string_view) {
        peak = std::max(peak, bytes_in_use() - before);
        return true;
    });
    CHECK(bytes_in_use() - before < 4096);
    return peak;
}

}  // namespace

TEST_CASE("world memory: a stream of ten times the length needs no more memory") {
    world::WorldOptions options = world::messy_options();
    options.domain_share = {1, 1, 1, 1, 1};
    const world::World world(2, options);
    const int64_t small = peak_of_stream(world, 1'000'000, false), large = peak_of_stream(world, 10'000'000, false);
    CHECK(small > 64'000);
    CHECK(small < 200'000);
    CHECK(large < small + 8'000);
    const int64_t with_truth = peak_of_stream(world, 2'000'000, true);
    CHECK(with_truth < 300'000);
}
