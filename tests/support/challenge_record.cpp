#include "support/challenge_record.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

namespace terrarium::tests {

bool is_full() {
    const char* full = std::getenv("TERRARIUM_FULL");
    return full != nullptr && std::string_view(full) == "1";
}

void judge(std::string_view lab, std::string_view strategy, bool is_honest, int64_t seed,
           const labs::Verdict& verdict) {
    CAPTURE(lab);
    CAPTURE(strategy);
    CAPTURE(seed);
    CHECK_MESSAGE(verdict.passed == is_honest, verdict.reason.english());
    CHECK(verdict.reason.english().ends_with("."));
    const char* log = std::getenv("TERRARIUM_FULL_LOG");
    if (log == nullptr) return;
    using Clock = std::chrono::steady_clock;
    static Clock::time_point before = Clock::now();
    const double seconds = std::chrono::duration<double>(Clock::now() - before).count();
    before = Clock::now();
    std::ofstream(log, std::ios::app) << lab << '\t' << strategy << '\t' << (is_honest ? "honest" : "wrong") << '\t'
                                      << seed << '\t' << (verdict.passed ? "passed" : "failed") << '\t' << seconds
                                      << '\n';
}

}  // namespace terrarium::tests
