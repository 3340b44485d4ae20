// What becomes of strategies in the challenges of labs: judged in the tests, and noted for docs/full-tests.md.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "labs/lab.h"

namespace terrarium::tests {

/// True where `./lab test --full` asks for everything (TERRARIUM_FULL=1).
bool is_full();
/// Every challenge is played on so many seeds, from 1 on: 2, and 20 of a full test.
inline int64_t n_challenge_seeds() { return is_full() ? 20 : 2; }

/// Honest strategies pass and all others fail, with a sentence each. Where TERRARIUM_FULL_LOG names a file, one line
/// goes there: lab, strategy, honest or wrong, seed, passed or failed, seconds since the line before.
void judge(std::string_view lab, std::string_view strategy, bool is_honest, int64_t seed, const labs::Verdict& verdict);

}  // namespace terrarium::tests
