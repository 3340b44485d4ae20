#include "platform/progress_folder.h"

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>

#include "platform/content_files.h"

#if __has_include(<sys/file.h>)
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#define TERRARIUM_HAS_FLOCK 1
#endif

namespace terrarium::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "progress.";
constexpr size_t kMaxKey = 64;

/// Keys become names of files: nothing but these letters may.
bool is_key(std::string_view key) {
    return !key.empty() && key.size() <= kMaxKey && key.front() != '.' &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.") == std::string_view::npos &&
           !key.ends_with(".new");
}

/// Held until it goes out of scope; the system lets go of it when the program dies.
class Lock {
public:
    explicit Lock(const fs::path& folder) {
#ifdef TERRARIUM_HAS_FLOCK
        file_ = ::open((folder / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
        if (file_ >= 0) ::flock(file_, LOCK_EX);
#else
        (void)folder;
#endif
    }
    ~Lock() {
#ifdef TERRARIUM_HAS_FLOCK
        if (file_ >= 0) ::close(file_);
#endif
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

private:
    [[maybe_unused]] int file_ = -1;
};

struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// 0, or the system's number of what went wrong.
int write_whole(const fs::path& path, const std::string& bytes) {
    const fs::path fresh = path.string() + ".new";
    std::error_code ignored;
    errno = 0;
    {
        const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(fresh.string().c_str(), "wb"));
        if (!file) return errno != 0 ? errno : EIO;
        bool is_good = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size();
        is_good = std::fflush(file.get()) == 0 && is_good;
#ifdef TERRARIUM_HAS_FLOCK
        is_good = is_good && ::fsync(::fileno(file.get())) == 0;
#endif
        if (!is_good) {
            const int reason = errno != 0 ? errno : EIO;
            fs::remove(fresh, ignored);
            return reason;
        }
    }
    std::error_code problem;
    fs::rename(fresh, path, problem);
    if (problem) return problem.value();
#ifdef TERRARIUM_HAS_FLOCK
    // The new name is in the folder, which is pushed to the disk as well.
    if (const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_CLOEXEC); folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
#endif
    return 0;
}

std::string slot_at(const fs::path& folder, const char* key) {
    return read_file((folder / (std::string(kPrefix) + key)).string()).value_or(std::string());
}

bool is_full(int reason) {
#ifdef EDQUOT
    if (reason == EDQUOT) return true;
#endif
    return reason == ENOSPC || reason == EFBIG;
}

}  // namespace

bool ProgressFolder::is_usable() const {
    if (path_.empty()) return false;
    std::error_code problem;
    fs::create_directories(path_, problem);
    const fs::path probe = fs::path(path_) / "probe";
    if (write_whole(probe, "?") != 0) return false;
    return fs::remove(probe, problem);
}

std::vector<ProgressFolder::Value> ProgressFolder::read_all() {
    const Lock lock(path_);
    std::vector<Value> values;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_, problem)) {
        const std::string name = entry.path().filename().string();
        if (!name.starts_with(kPrefix) || !is_key(name.substr(kPrefix.size()))) continue;
        if (auto bytes = read_file(entry.path().string())) {
            values.emplace_back(name.substr(kPrefix.size()), std::move(*bytes));
        }
    }
    had_something_ = !values.empty();
    return values;
}

ProgressFolder::Outcome ProgressFolder::transact(
    const std::function<std::vector<Value>(const core::io::Slots&)>& decide) {
    const fs::path folder(path_);
    const Lock lock(folder);
    const core::io::Slots slots{slot_at(folder, "0"), slot_at(folder, "1")};
    if (had_something_ && slots[0].empty() && slots[1].empty()) return Outcome::Forgotten;
    const std::vector<Value> values = decide(slots);
    for (const auto& [key, bytes] : values) {
        if (!is_key(key)) continue;
        const fs::path path = folder / (std::string(kPrefix) + key);
        std::error_code problem;
        int reason = 0;
        if (bytes.empty()) {
            fs::remove(path, problem);
            reason = problem.value();
        } else {
            reason = write_whole(path, bytes);
        }
        if (reason != 0) return is_full(reason) ? Outcome::Full : Outcome::Failed;
    }
    had_something_ = had_something_ || !values.empty();
    return values.empty() ? Outcome::Nothing : Outcome::Written;
}

void ProgressFolder::forget() {
    const Lock lock(path_);
    std::vector<fs::path> ours;
    std::error_code problem;
    for (const fs::directory_entry& entry : fs::directory_iterator(path_, problem)) {
        if (entry.path().filename().string().starts_with(kPrefix)) ours.push_back(entry.path());
    }
    for (const fs::path& path : ours) fs::remove(path, problem);
    had_something_ = false;
}

}  // namespace terrarium::platform
