#include "core/io/progress_export.h"

#include "core/io/json_door.h"
#include "core/io/progress_json.h"
#include "core/io/sha256.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;

constexpr const char* kFormat = "Terrarium progress";

}  // namespace

std::string export_progress(const Progress& progress, std::string_view build_id) {
    const json body = progress_to_json(progress);
    const json file = {{"format", kFormat},
                       {"schema", kProgressSchema},
                       {"build", std::string(build_id)},
                       {"sha256", sha256_hex(body.dump())},
                       {"progress", body}};
    return file.dump(2) + "\n";
}

Result<Progress> import_progress(std::string_view bytes, std::string_view file_name) {
    auto read = read_json(bytes, file_name, {.max_bytes = kMaxImportBytes, .max_depth = 16, .max_nodes = 100'000});
    if (!read) return read.error();
    const json& file = read.value();
    const auto text = [&](const char* name) {
        const auto found = file.is_object() ? file.find(name) : file.end();
        return found != file.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    if (text("format") != kFormat || !file.contains("progress") || !file.contains("schema") ||
        !file["schema"].is_number_integer()) {
        return Error{"progress.import_form", Message("{0}", {std::string(file_name)}),
                     "This is not a file with exported progress.",
                     "Choose the file that Export gave you; its name begins with terrarium-progress."};
    }
    const auto schema = file["schema"].is_number_unsigned() && file["schema"].get<uint64_t>() > 1'000'000
                            ? int64_t{1'000'000}
                            : file["schema"].get<int64_t>();
    if (schema > kProgressSchema) {
        return Error{"progress.newer", Message("{0}", {std::string(file_name)}),
                     "This file was made by a newer version of Terrarium.",
                     "Load the page again to get that version, then import it."};
    }
    if (schema < 1 || text("sha256") != sha256_hex(file["progress"].dump())) {
        return Error{"progress.import_changed", Message("{0}", {std::string(file_name)}),
                     "Something in this file was changed after it was exported.", "Export it once more."};
    }
    return progress_from_json(migrate_progress(file["progress"], schema, progress_migrations()), file_name);
}

}  // namespace terrarium::core::io
