// The content folder, natively: beside the program's sources, beside the program, or where TERRARIUM_CONTENT says.

#pragma once

#include <optional>
#include <string>

#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::platform {

/// The folder that holds content/ and fonts/; "" when none is found.
std::string data_folder();
std::optional<std::string> read_file(const std::string& path);

/// A lab's content and its built-in texts ("corpus:harbour" -> bytes).
struct LabFiles {
    labs::Content content;
    labs::Artefacts corpora;
};
core::Result<LabFiles> load_lab(const labs::LabEntry& lab, const std::string& content_folder);

}  // namespace terrarium::platform
