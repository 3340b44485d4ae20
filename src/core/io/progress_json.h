// What a learner has done, as JSON: the payload of the record in the browser and the body of an exported file.

#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/io/progress.h"
#include "core/support/result.h"

namespace terrarium::core::io {

/// Version of the names and values below. Raise it when an older program would read them wrongly, add the migration to
/// progress_migrations() and keep the golden files of tests/golden/progress for ever.
inline constexpr int64_t kProgressSchema = 1;

/// The whole as JSON. What is longer than the reader allows is cut, ids that are none are left out, so that what is
/// written can always be read again.
[[nodiscard]] nlohmann::json progress_to_json(const Progress& progress);

/// Reads the JSON of this version. Checks every value; names that are not known are left out.
/// file_name  in  for messages
[[nodiscard]] Result<Progress> progress_from_json(const nlohmann::json& tree, std::string_view file_name);

/// Makes the JSON of the next version out of one of these. Pure: no clock, no state.
using ProgressMigration = nlohmann::json (*)(nlohmann::json tree);

/// migrations[i] leads from version i + 1 to version i + 2.
struct ProgressMigrations {
    const ProgressMigration* steps = nullptr;
    int64_t count = 0;
};
[[nodiscard]] ProgressMigrations progress_migrations();

/// Walks from version `from` to the newest one that `migrations` lead to. Checks: 1 <= from <= count + 1.
[[nodiscard]] nlohmann::json migrate_progress(nlohmann::json tree, int64_t from, ProgressMigrations migrations);

}  // namespace terrarium::core::io
