// The same number must come out of other programs, see tests/web/engine.test.mjs: optimised native code, Chromium and
// Firefox. Here it is computed by whatever these tests were built as: native with sanitizers, wasm SIMD, wasm scalar.

#include "bench/engine_hash.h"

#include <doctest/doctest.h>

using namespace terrarium::bench;

TEST_CASE("engine hash: ten seeds of a thousand steps give the one known number") {
    CHECK(engine_hash(10, 1000) == kEngineHash);
}

TEST_CASE("engine hash: one step more or another seed would be noticed") {
    CHECK(engine_hash(1, 20) != engine_hash(1, 21));
    CHECK(engine_hash(1, 20) != engine_hash(2, 20));
    CHECK(engine_hash(1, 20) == engine_hash(1, 20));
}
