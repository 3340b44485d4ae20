// Benchmarks: what is fast is measured here, never in a test. The same code runs natively and in a browser's worker.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::bench {

struct Measurement {
    std::string what;  ///< "training.live"
    double value = 0;
    std::string unit;  ///< "tokens/s"
};

using Clock = double (*)();  ///< seconds, monotonic

/// All benchmarks whose name begins with `name` ("" is all).
std::vector<Measurement> run_all(std::string_view name, Clock now_s);

}  // namespace terrarium::bench
