// Progress as a file that a person can read, carry to another browser, and send to somebody: JSON with a fingerprint
// of its content, so that an accident on the way is noticed. Spaces and line breaks may change, content may not.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/io/progress.h"
#include "core/support/result.h"

namespace terrarium::core::io {

inline constexpr int64_t kMaxImportBytes = 1'048'576;

[[nodiscard]] std::string export_progress(const Progress& progress, std::string_view build_id);

/// Reads an exported file. Never throws, changes nothing. Codes besides those of the JSON door:
///   progress.import_form (some other file), progress.newer, progress.import_changed (the fingerprint does not fit)
/// file_name  in  for messages
[[nodiscard]] Result<Progress> import_progress(std::string_view bytes, std::string_view file_name);

}  // namespace terrarium::core::io
