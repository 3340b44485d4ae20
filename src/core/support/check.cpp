#include "core/support/check.h"

#include <string>

namespace terrarium::core {

void fail_check(const char* sentence, const char* file, int line) {
    // Only the file's name: the folder in which somebody built the program is nobody's business.
    std::string name(file);
    const std::size_t slash = name.find_last_of("/\\");
    if (slash != std::string::npos) name.erase(0, slash + 1);
    throw CheckFailed(std::string(sentence) + " (" + name + ":" + std::to_string(line) + ")");
}

}  // namespace terrarium::core
