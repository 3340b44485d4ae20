// The data behind normalise.h: letters that can be written as a letter and a combining mark.

#pragma once

#include <cstddef>

namespace terrarium::core {

/// letter + mark = joined; ascending by letter, then by mark. Unicode's canonical decompositions of the blocks that
/// normalise.h names.
struct Composition {
    char32_t letter = 0, mark = 0, joined = 0;
};
extern const Composition kCompositions[];
extern const std::size_t kCompositionCount;

}  // namespace terrarium::core
