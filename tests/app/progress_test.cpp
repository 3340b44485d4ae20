// What is done in a lab is kept, comes back, moves to another browser, and can be deleted.

#include <doctest/doctest.h>

#include "core/io/crc32.h"
#include "core/io/progress_export.h"
#include "core/io/progress_record.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::tests;
using nlohmann::json;

namespace {

core::io::Progress stored(const FakePlatform& platform) {
    const auto slot = [&](const char* key) {
        const auto found = platform.store.find(key);
        return found == platform.store.end() ? std::string() : found->second;
    };
    const auto read = core::io::read_slots({slot("0"), slot("1")});
    return read.newest ? read.newest->progress : core::io::Progress();
}

std::function<void(FakePlatform&)> with_store(const std::map<std::string, std::string>& store) {
    return [store](FakePlatform& platform) { platform.store = store; };
}

std::string exported(const std::string& lab) {
    core::io::Progress progress;
    progress.labs[lab].is_passed = true;
    progress.labs[lab].predictions["q"] = {.answer = "1", .outcome = ""};
    return core::io::export_progress(progress, "build");
}

}  // namespace

TEST_CASE("progress: opening and training are saved, and come back after a reload") {
    std::map<std::string, std::string> store;
    {
        LabPage page(json{{"hash", tiny_address()}});
        page.settle();
        CHECK(stored(page.platform).labs.at("m2.pretraining").is_opened);
        CHECK_FALSE(stored(page.platform).labs.at("m2.pretraining").is_run);
        CHECK(page.platform.keeps == 0);  // nothing that would hurt to lose
        page.predict();
        REQUIRE(page.train());
        page.settle();
        CHECK(stored(page.platform).labs.at("m2.pretraining").is_run);
        CHECK(page.platform.keeps == 1);
        store = page.platform.store;
    }
    LabPage again(json{{"hash", "#page=progress"}, {"writer", "another"}}, with_store(store));
    again.settle();
    bool says_trained = false;
    for (const auto& [name, value] : again.node("progress.done.labs").properties.all()) {
        says_trained = says_trained || value.dump().find("Trained") != std::string::npos;
    }
    CHECK(says_trained);
    CHECK(again.node("where.words").properties.value("n", std::string()).find("this browser") != std::string::npos);
}

TEST_CASE("progress: both slots damaged: a fresh start, the bytes are kept and offered") {
    LabPage page(json{{"hash", "#page=progress"}}, with_store({{"0", "garbage"}, {"1", "more garbage"}}));
    page.settle();
    CHECK(page.has("trouble.quarantine"));
    page.click("progress.quarantine.0");
    REQUIRE(page.platform.saved.size() == 1);
    CHECK(page.platform.saved[0].bytes.starts_with("Z2FyYmFnZQ"));  // "garbage" in base64url
    int n_kept = 0;
    for (const auto& [key, bytes] : page.platform.store) n_kept += key.starts_with("quarantine.") ? 1 : 0;
    CHECK(n_kept == 2);
    CHECK(stored(page.platform).labs.count("m2.pretraining") == 1);
}

TEST_CASE("progress: a newer version's record is left alone, and said") {
    std::string newer = core::io::write_record({1, "x", {}}).value();
    newer[8] = 9;
    newer.resize(newer.size() - 4);
    const uint32_t crc = core::io::crc32(newer);
    for (int shift = 0; shift < 32; shift += 8) newer += static_cast<char>(crc >> shift & 255u);
    LabPage page(json::object(), with_store({{"1", newer}}));
    page.settle();
    CHECK(page.name_of("trouble.words").find("newer version") != std::string::npos);
    CHECK(page.platform.store["1"] == newer);
    CHECK(page.platform.store["0"].empty());
}

TEST_CASE("progress: a file shows what it would add, is added, and can be undone") {
    LabPage page(json{{"hash", "#page=progress"}});
    page.settle();
    page.app->file("progress.import", "mine.json", exported("other.lab"), 200);
    page.settle();
    CHECK(page.has("progress.preview"));
    CHECK(stored(page.platform).labs.count("other.lab") == 0);
    page.click("progress.import.apply");
    page.settle();
    CHECK(stored(page.platform).labs.at("other.lab").is_passed);
    page.click("progress.import.undo");
    page.settle();
    CHECK(stored(page.platform).labs.count("other.lab") == 0);
}

TEST_CASE("progress: a wrong file is refused with a sentence and changes nothing") {
    LabPage page(json{{"hash", "#page=progress"}});
    page.settle();
    const auto before = stored(page.platform);
    page.app->file("progress.import", "cat.json", "{\"cat\":1}", 200);
    page.settle();
    CHECK(page.name_of("progress.in.problem").find("not a file with exported progress") != std::string::npos);
    CHECK_FALSE(page.has("progress.preview"));
    CHECK(stored(page.platform) == before);
}

TEST_CASE("progress: export gives a file that import takes, from the foot of every page") {
    LabPage page;
    page.settle();
    page.click("where.export");
    REQUIRE(page.platform.saved.size() == 1);
    CHECK(page.platform.saved[0].name == "terrarium-progress.json");
    const auto read = core::io::import_progress(page.platform.saved[0].bytes, "f");
    REQUIRE(read);
    CHECK(read.value().labs.at("m2.pretraining").is_opened);
}

TEST_CASE("progress: forget takes two steps and then leaves nothing") {
    LabPage page(json{{"hash", "#page=progress"}});
    page.settle();
    page.click("progress.forget");
    CHECK_FALSE(page.platform.store.empty());
    page.click("progress.forget.no");
    CHECK(page.has("progress.forget"));
    page.click("progress.forget");
    page.click("progress.forget.yes");
    page.settle();
    CHECK(page.platform.store.empty());
    CHECK(page.has("progress.forgotten"));
}

TEST_CASE("progress: where nothing can be kept, the page says so and export still works") {
    LabPage page(json::object(), [](FakePlatform& platform) { platform.store_home = "session"; });
    page.settle();
    CHECK(page.says("ends with this session"));
    CHECK(page.name_of("where.words").find("only in this page") != std::string::npos);
    CHECK(page.platform.saves == 0);
    page.click("where.export");
    CHECK(page.platform.saved.size() == 1);
}

TEST_CASE("progress: a full store is said, and that it is over, too") {
    LabPage page;
    page.settle();
    page.event({{"t", "store"}, {"what", "failed"}, {"reason", "full"}});
    page.settle();
    CHECK(page.name_of("trouble.words").find("no room left") != std::string::npos);
    page.platform.saves = 1;  // the page tries again
    page.settle();
    CHECK_FALSE(page.has("trouble.words"));
}

TEST_CASE("progress: deleted in another tab: this one empties, says so and saves nothing more") {
    LabPage page(json{{"hash", "#page=progress"}});
    page.settle();
    page.platform.store.clear();
    page.event({{"t", "store"}, {"what", "forgotten_elsewhere"}});
    page.settle();
    CHECK(page.has("progress.done.none"));
    CHECK(page.name_of("trouble.words").find("another tab") != std::string::npos);
    page.platform.saves = 1;
    page.settle();
    CHECK(page.platform.store["0"].empty());
    CHECK(page.platform.store["1"].empty());
}

TEST_CASE("progress: what a page put beside the slots when it was closed is taken in, and tidied up") {
    LabPage closing(json{{"writer", "closing"}});
    closing.settle();
    const auto before = closing.platform.store;
    closing.platform.put.clear();
    closing.event({{"t", "store"}, {"what", "leave"}});
    CHECK(closing.platform.put.empty());  // everything is saved: nothing to leave

    core::io::Progress unsaved;
    unsaved.labs["just.now"].is_passed = true;
    auto store = before;
    store["leaving.closing.1"] = core::io::write_record({2, "closing", unsaved}).value();
    store["leaving.closing.2"] = "torn";
    LabPage next(json{{"writer", "next"}}, with_store(store));
    next.settle();
    CHECK(stored(next.platform).labs.at("just.now").is_passed);
    CHECK(stored(next.platform).labs.at("m2.pretraining").is_opened);
    for (const auto& [key, bytes] : next.platform.store) CHECK_FALSE((key.starts_with("leaving.") && !bytes.empty()));
    CHECK(next.has("trouble.quarantine"));
}

TEST_CASE("progress: a page that is closed before its save leaves its record beside the slots") {
    LabPage page(json{{"writer", "closing"}, {"hash", "#page=progress"}});
    page.settle();
    page.app->file("progress.import", "f", exported("just.now"), 200);
    page.settle();
    page.event({{"t", "action"}, {"k", "progress.import.apply"}, {"a", "click"}, {"v", nullptr}});
    page.app->frame();  // drawn, but the store is not asked yet
    page.platform.put.clear();
    page.event({{"t", "store"}, {"what", "leave"}});
    REQUIRE(page.platform.put.size() == 1);
    CHECK(page.platform.put.begin()->first == "leaving.closing.1");
    const auto record = core::io::read_record(page.platform.put.begin()->second);
    REQUIRE(record);
    CHECK(record.value().progress.labs.count("just.now") == 1);
}

TEST_CASE("progress: cleared by the browser: it is said, nothing comes back by itself, and the next change saves all") {
    LabPage page(json{{"hash", "#page=progress"}});
    page.settle();
    page.platform.store.clear();
    page.event({{"t", "store"}, {"what", "cleared"}});
    page.settle();
    CHECK(page.says("cleared what was saved"));
    CHECK(page.platform.store.empty());
    page.app->file("progress.import", "mine.json", exported("other.lab"), 200);
    page.settle();
    page.click("progress.import.apply");
    page.settle();
    CHECK(stored(page.platform).labs.count("other.lab") == 1);
    CHECK(stored(page.platform).labs.count("m2.pretraining") == 1);
}

TEST_CASE("progress: in a few words, where it lives is in sight on every page and leads to more") {
    for (const char* hash : {"#p.max_steps=20", "#page=settings", "#page=map"}) {
        CAPTURE(hash);
        LabPage page(json{{"hash", hash}});
        page.settle();
        CHECK(page.node("where.short").is_fixed);
        CHECK(page.name_of("where.short").starts_with("Saved in this browser. "));
    }
    LabPage page(json::object(), [](FakePlatform& platform) { platform.store_home = "session"; });
    page.settle();
    CHECK(page.name_of("where.short").starts_with("Only in this page. "));
    page.click("where.short");
    page.settle();
    CHECK(page.has("progress.done.labs"));
    LabPage without(json{{"hash", "#hide=where,challenge"}});
    CHECK_FALSE(without.has("where.short"));
}

TEST_CASE("progress: a passport holds its latest forty steps; the forty-first run takes the place of the oldest") {
    core::io::Progress full;
    for (int64_t order = 1; order <= static_cast<int64_t>(core::io::kMaxPassportSteps); ++order) {
        core::io::PassportStep step;
        step.order = order;
        step.lab = "m2.pretraining";
        full.passport.push_back(step);
    }
    LabPage page(json{{"hash", tiny_address()}},
                 with_store({{"1", core::io::write_record({1, "before", full}).value()}}));
    page.settle();
    page.predict();
    REQUIRE(page.train());
    page.settle();
    const auto passport = stored(page.platform).passport;
    REQUIRE(passport.size() == core::io::kMaxPassportSteps);
    CHECK(passport.front().order == 2);
    CHECK(passport.back().order == static_cast<int64_t>(core::io::kMaxPassportSteps) + 1);
    CHECK(passport.back().n_steps > 0);
    page.event({{"t", "hash"}, {"hash", tiny_address("&page=passport")}});
    page.settle();  // and the page of all of them can be drawn
    CHECK(page.has("page.title"));
}

TEST_CASE("progress: a class guesses afresh each time it is presented to, and the learner's own guess is untouched") {
    LabPage page(json{{"hash", tiny_address()}});
    page.predict();
    page.settle();
    const auto guesses = [&] { return stored(page.platform).labs.at("m2.pretraining").predictions; };
    const std::string own = guesses().at("beats_bigram").answer;
    REQUIRE(own.find("much") != std::string::npos);
    page.click("step.predict");
    REQUIRE_FALSE(page.has("predict.commit"));

    page.click("nav.menu");
    page.click("menu.present");
    for (int classes = 0; classes < 2; ++classes) {
        page.click("step.predict");
        REQUIRE(page.has("predict.commit"));
        page.click("predict.beats_bigram.no");
        page.click("predict.commit");
        page.click("step.predict");
        CHECK_FALSE(page.has("predict.commit"));
        page.click("present.reset");
    }
    page.click("present.end");
    page.click("step.predict");
    CHECK_FALSE(page.has("predict.commit"));
    page.settle();
    CHECK(guesses().at("beats_bigram").answer == own);
}
