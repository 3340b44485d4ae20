// The benchmarks as a program of their own: what runs under Node beside the native one.

#include <chrono>
#include <cstdio>

#include "bench/bench.h"

int main(int count, char** values) {
    const auto now_s = [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    };
    for (const auto& result : terrarium::bench::run_all(count > 1 ? values[1] : "", now_s)) {
        std::printf("{\"what\":\"%s\",\"value\":%.1f,\"unit\":\"%s\"}\n", result.what.c_str(), result.value,
                    result.unit.c_str());
    }
}
