// Progress in files: the desktop's store. Same records, same decisions as in a browser; here the disk says no.

#include "platform/progress_folder.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>

using namespace terrarium;
using platform::ProgressFolder;
namespace fs = std::filesystem;

namespace {

/// A folder of its own, gone with the test.
struct Folder {
    Folder() {
        std::string name = (fs::temp_directory_path() / "terrarium-progress-").string() + std::string(6, 'X');
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder() { fs::remove_all(path); }
    std::string path;
};

/// One window: what it knows, and how it saves.
struct Window {
    explicit Window(const std::string& path, std::string name) : folder(path), writer(std::move(name)) {
        core::io::Slots slots;
        for (auto& [key, bytes] : folder.read_all()) {
            if (key == "0" || key == "1") slots[key == "1"] = bytes;
        }
        if (auto found = core::io::read_slots(slots); found.newest) {
            mine = found.newest->progress;
            seen = {found.newest->generation, found.newest->writer};
        }
    }
    ProgressFolder::Outcome save() {
        std::optional<core::io::SavePlan> plan;
        const auto outcome = folder.transact([&](const core::io::Slots& slots) {
            plan = core::io::plan_save(slots, mine, writer, seen).value();
            return std::vector<ProgressFolder::Value>{{std::to_string(plan->slot), plan->bytes}};
        });
        if (outcome == ProgressFolder::Outcome::Written) {
            mine = plan->record.progress;
            seen = {plan->record.generation, plan->record.writer};
        }
        return outcome;
    }
    ProgressFolder folder;
    std::string writer;
    core::io::Progress mine;
    core::io::SeenRecord seen;
};

}  // namespace

TEST_CASE("progress folder: what was saved is there for the next start, and forgetting leaves no file of it") {
    const Folder at;
    {
        Window window(at.path, "one");
        CHECK(window.folder.is_usable());
        window.mine.labs["a.lab"].is_passed = true;
        CHECK(window.save() == ProgressFolder::Outcome::Written);
        window.mine.labs["b.lab"].is_run = true;
        CHECK(window.save() == ProgressFolder::Outcome::Written);
    }
    CHECK(fs::exists(at.path + "/progress.0"));
    CHECK(fs::exists(at.path + "/progress.1"));
    Window again(at.path, "two");
    CHECK(again.mine.labs.at("a.lab").is_passed);
    CHECK(again.mine.labs.at("b.lab").is_run);
    again.folder.forget();
    for (const auto& entry : fs::directory_iterator(at.path)) CHECK(entry.path().filename() == "lock");
}

TEST_CASE("progress folder: two windows with saves in turn lose nothing, and one that forgets is heard by the other") {
    const Folder at;
    Window one(at.path, "one"), two(at.path, "two");
    for (int i = 0; i < 20; ++i) {
        one.mine.labs["one." + std::to_string(i)].is_run = true;
        two.mine.labs["two." + std::to_string(i)].is_run = true;
        REQUIRE(one.save() == ProgressFolder::Outcome::Written);
        REQUIRE(two.save() == ProgressFolder::Outcome::Written);
    }
    CHECK(Window(at.path, "three").mine.labs.size() == 40);
    one.folder.forget();
    CHECK(two.save() == ProgressFolder::Outcome::Forgotten);
    CHECK(Window(at.path, "three").mine.labs.empty());
}

TEST_CASE("progress folder: killed at any moment of saving, no acknowledged save is lost and no record is torn") {
    const Folder at;
    uint64_t acknowledged = 0;
    for (int cycle = 0; cycle < 20; ++cycle) {
        int pipe_ends[2];
        REQUIRE(pipe(pipe_ends) == 0);
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            Window window(at.path, "child");
            for (;;) {
                window.mine.labs["lab." + std::to_string(window.seen.generation)].is_run = true;
                if (window.save() != ProgressFolder::Outcome::Written) _exit(1);
                const uint64_t generation = window.seen.generation;
                if (write(pipe_ends[1], &generation, sizeof generation) != sizeof generation) _exit(1);
            }
        }
        close(pipe_ends[1]);
        uint64_t heard = 0;
        for (int i = 0; i <= cycle % 5; ++i) {
            REQUIRE(read(pipe_ends[0], &heard, sizeof heard) == sizeof heard);
            acknowledged = heard;
        }
        usleep(static_cast<useconds_t>(cycle * 137));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        while (read(pipe_ends[0], &heard, sizeof heard) == sizeof heard) acknowledged = heard;
        close(pipe_ends[0]);
        core::io::Slots slots;
        for (auto& [key, bytes] : ProgressFolder(at.path).read_all()) slots[key == "1"] = bytes;
        const auto found = core::io::read_slots(slots);
        CHECK(found.damaged.empty());
        REQUIRE(found.newest);
        CHECK(found.newest->generation >= acknowledged);
    }
}

TEST_CASE("progress folder: no room on the disk is told apart from other refusals, and the record before stays whole") {
    const Folder at;
    Window window(at.path, "one");
    window.mine.labs["before.full"].is_run = true;
    REQUIRE(window.save() == ProgressFolder::Outcome::Written);
    REQUIRE(window.save() == ProgressFolder::Outcome::Written);
    for (int i = 0; i < 200; ++i) window.mine.labs["full." + std::to_string(i)].is_run = true;
    // As a full disk: writing stops in the middle.
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{1000, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    const auto outcome = window.save();
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    CHECK(outcome == ProgressFolder::Outcome::Full);
    CHECK(fs::exists(at.path + "/progress.0"));  // neither is half written, neither is gone
    CHECK(fs::exists(at.path + "/progress.1"));
    CHECK(Window(at.path, "two").mine.labs.count("before.full") == 1);
    CHECK(Window(at.path, "two").mine.labs.size() == 1);
    CHECK_FALSE(fs::exists(at.path + "/progress.0.new"));
    CHECK(window.save() == ProgressFolder::Outcome::Written);

    CHECK_FALSE(ProgressFolder("").is_usable());
    CHECK_FALSE(ProgressFolder("/proc/nothing/here").is_usable());
    Window nowhere("/proc/nothing/here", "one");
    CHECK(nowhere.save() == ProgressFolder::Outcome::Failed);
}

TEST_CASE(
    "progress folder: keys that are no names of files are not written, foreign files are neither read nor removed") {
    const Folder at;
    std::ofstream(at.path + "/letter.txt") << "mine";
    std::ofstream(at.path + "/progress.0.new") << "torn";
    ProgressFolder folder(at.path);
    CHECK(folder.read_all().empty());
    folder.transact([](const core::io::Slots&) {
        return std::vector<ProgressFolder::Value>{
            {"../escape", "x"}, {"", "x"}, {".", "x"}, {"a/b", "x"}, {"quarantine.ab12", "kept"}, {"leaving.a", ""}};
    });
    CHECK_FALSE(fs::exists(at.path + "/../escape"));
    REQUIRE(folder.read_all().size() == 1);
    CHECK(folder.read_all()[0].first == "quarantine.ab12");
    folder.forget();
    CHECK(fs::exists(at.path + "/letter.txt"));
    CHECK_FALSE(fs::exists(at.path + "/progress.0.new"));
}
