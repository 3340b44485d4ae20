// The data behind unicode.h, written by tools/unicode_tables.mjs.

#pragma once

#include <cstddef>
#include <cstdint>

namespace terrarium::core {

/// Ascending (first character << 8 | category); each holds up to the next. The value kUpperLowerRun stands for upper
/// and lower case in turns, beginning with upper, as Latin Extended-A has them.
inline constexpr uint32_t kUpperLowerRun = 30;
extern const uint32_t kCategoryStarts[];
extern const std::size_t kCategoryStartCount;

/// Every step-th character from first to last has the lower-case form character + delta.
struct LowerRange {
    uint32_t first, last;
    uint32_t step;
    int32_t delta;
};
extern const LowerRange kLowerRanges[];
extern const std::size_t kLowerRangeCount;

}  // namespace terrarium::core
