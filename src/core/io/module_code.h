// A module code: the result codes of all passed labs of a module in one line of text, so that a learner hands in one
// code for a whole module. It is checked like its parts: by running each of them again.
//
//     TM1.<letters>.<12 hexadecimal digits>
//
// White space and check digits as in a result code (result_code.h).

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/io/result_code.h"
#include "core/support/result.h"

namespace terrarium::core::io {

/// Labs in one code.
inline constexpr size_t kMaxModuleResults = 24;
/// Longest module code that is read, white space not counted.
inline constexpr size_t kMaxModuleCodeBytes = 256 * 1024;

struct ModuleCode {
    std::string module;  ///< id; "" when this was the code of a single lab
    std::vector<ResultCode> results;

    bool operator==(const ModuleCode&) const = default;
};

/// The code. Payload: the CBOR of the list [module, payload of the first result code, ...] in base64url, each payload
/// as bytes. Checks: 1 to kMaxModuleResults results.
[[nodiscard]] std::string encode(const ModuleCode& code);

/// Reads a module code. Never throws; errors have the codes
///   module_code.too_long, module_code.form, module_code.newer_version, module_code.changed, module_code.content
/// Accepts only what encode() writes for 1 to kMaxModuleResults results of different labs.
[[nodiscard]] Result<ModuleCode> decode_module_code(std::string_view text);

/// Reads either kind; a result code gives a ModuleCode without a module. Errors of the kind that the text looks like.
[[nodiscard]] Result<ModuleCode> decode_any_code(std::string_view text);

}  // namespace terrarium::core::io
