// Checks for our own mistakes: a wrong size, an id that cannot be, a call in the wrong order.
//
// They are active in every build, also the optimised one: a wrong number that looks right teaches a wrong lesson.
// Data from outside (text, files, messages) is never checked this way; see result.h. Numbers that diverge are neither:
// they are a result that a lab shows.

#pragma once

#include <stdexcept>

namespace terrarium::core {

/// A check that failed. What() is one sentence followed by the place in the source.
class CheckFailed : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

/// Throws CheckFailed. Kept out of line, so that a check costs one comparison and one branch.
[[noreturn]] void fail_check(const char* sentence, const char* file, int line);

}  // namespace terrarium::core

/// TERRARIUM_CHECK(width > 0, "The width must be positive.");
#define TERRARIUM_CHECK(condition, sentence)                                           \
    do {                                                                               \
        if (!(condition)) ::terrarium::core::fail_check(sentence, __FILE__, __LINE__); \
    } while (false)
