// What only the interface can check in a lesson: that its Markdown and formulas can be read, that figures and glossary
// terms exist. For authors, in `terrarium check`.

#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/support/result.h"
#include "labs/content.h"

namespace terrarium::app {

/// The first thing an author has to mend, or nothing.
/// text  in  the file as it was read, to name the line
std::optional<core::Error> check_words(const labs::Content& content, const labs::Glossary& glossary,
                                       std::string_view text, const std::string& file_name);

}  // namespace terrarium::app
