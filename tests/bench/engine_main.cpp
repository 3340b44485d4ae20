// Prints the engine's fingerprint as 16 hexadecimal digits: one small program for every place where it must be equal.

#include <cinttypes>
#include <cstdio>

#include "bench/engine_hash.h"

int main() { std::printf("%016" PRIx64 "\n", terrarium::bench::engine_hash(10, 1000)); }
