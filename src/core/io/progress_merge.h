// Two records of the same learner become one: two tabs, an import, the copy of a course platform.
//
// Union and maximum throughout, so the order does not matter (commutative, associative), doing it twice changes nothing
// (idempotent), and nothing that was reached is ever lost. Where two texts exclude each other the larger in a fixed
// order wins, so that both tabs choose the same one without a clock.

#pragma once

#include <cstdint>

#include "core/io/progress.h"

namespace terrarium::core::io {

[[nodiscard]] Progress merge(const Progress& a, const Progress& b);

/// What `other` would add to `mine`, in numbers for a preview.
struct Additions {
    int64_t labs_begun = 0, labs_passed = 0, predictions = 0, answers = 0, passport_steps = 0;
    bool settings = false;
    [[nodiscard]] bool any() const;
};
[[nodiscard]] Additions additions(const Progress& mine, const Progress& other);

}  // namespace terrarium::core::io
