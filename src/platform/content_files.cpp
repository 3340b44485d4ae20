#include "platform/content_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace terrarium::platform {

namespace fs = std::filesystem;

std::string data_folder() {
    if (const char* given = std::getenv("TERRARIUM_CONTENT")) return fs::path(given).parent_path().string();
    std::error_code ignored;
    for (fs::path at = fs::current_path(ignored); !at.empty(); at = at.parent_path()) {
        if (fs::exists(at / "content" / "course.json", ignored)) return at.string();
        if (at == at.root_path()) break;
    }
    for (fs::path at = fs::read_symlink("/proc/self/exe", ignored).parent_path(); !at.empty(); at = at.parent_path()) {
        if (fs::exists(at / "content" / "course.json", ignored)) return at.string();
        if (at == at.root_path()) break;
    }
    return {};
}

std::optional<std::string> read_file(const std::string& path) {
    std::error_code ignored;
    if (!fs::is_regular_file(path, ignored)) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

core::Result<LabFiles> load_lab(const labs::LabEntry& lab, const std::string& content_folder) {
    const std::string path = content_folder + "/" + labs::content_path(lab.id);
    const auto bytes = read_file(path);
    if (!bytes) return core::Error{"file.missing", path, "There is no such file.", "Every lab needs its content file."};
    auto content = labs::read_content(*bytes, path);
    if (!content) return content.error();
    LabFiles files{std::move(content).value(), {}};
    for (const labs::CorpusInfo& corpus : files.content.corpora) {
        const auto text = read_file(content_folder + "/" + corpus.file);
        if (!text) {
            return core::Error{"file.missing", path + ", at /corpora", "The text " + corpus.file + " does not exist.",
                               "Make it, or take the entry out."};
        }
        files.corpora["corpus:" + corpus.id] = *text;
    }
    return files;
}

}  // namespace terrarium::platform
