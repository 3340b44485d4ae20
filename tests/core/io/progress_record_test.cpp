#include "core/io/progress_record.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/io/crc32.h"
#include "core/io/progress_json.h"
#include "core/io/progress_merge.h"
#include "core/io/progress_samples.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using nlohmann::json;
using terrarium::tests::golden_bytes;
using terrarium::tests::golden_progress;

namespace {

std::string written(uint64_t generation, const Progress& progress = {}, const std::string& writer = "me") {
    auto bytes = write_record({generation, writer, progress});
    REQUIRE(bytes);
    return std::move(bytes).value();
}

/// The record with some bytes changed and the checksum mended, as a clever fault would leave it.
std::string with_good_checksum(std::string bytes) {
    bytes.resize(bytes.size() - 4);
    const uint32_t crc = crc32(bytes);
    for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(crc >> shift & 255u);
    return bytes;
}

std::string with_payload(const std::string& payload) {
    std::string bytes = written(1).substr(0, 40);
    for (int i = 0; i < 4; ++i) bytes[static_cast<size_t>(12 + i)] = static_cast<char>(payload.size() >> 8 * i & 255u);
    return with_good_checksum(bytes + payload + "0000");
}

Progress passed(const std::string& lab) {
    Progress progress;
    progress.labs[lab].is_passed = true;
    return progress;
}

}  // namespace

TEST_CASE("crc32: the published check value") {
    CHECK(crc32("123456789") == 0xCBF43926u);
    CHECK(crc32("") == 0u);
}

TEST_CASE("progress record: the golden record of schema 1 reads as it was written, for ever") {
    const auto record = read_record(golden_bytes("v1.hex"));
    REQUIRE(record);
    CHECK(record.value().generation == 7);
    CHECK(record.value().writer == "golden writer");
    CHECK(record.value().progress == golden_progress());
}

TEST_CASE("progress record: writing the golden record gives the bytes that Python wrote") {
    const auto bytes = write_record({7, "golden writer", golden_progress()});
    REQUIRE(bytes);
    CHECK(bytes.value() == golden_bytes("v1.hex"));
}

TEST_CASE("progress record: every truncation of the golden record is refused") {
    const std::string golden = golden_bytes("v1.hex");
    for (size_t length = 0; length < golden.size(); ++length) {
        const auto record = read_record(std::string_view(golden).substr(0, length));
        REQUIRE_FALSE(record);
        REQUIRE(record.error().code == "progress.damaged");
    }
    CHECK_FALSE(read_record(golden + "x"));
}

TEST_CASE("progress record: every single flipped bit is noticed") {
    const std::string golden = golden_bytes("v1.hex");
    for (size_t at = 0; at < golden.size(); ++at) {
        for (int bit = 0; bit < 8; ++bit) {
            std::string broken = golden;
            broken[at] = static_cast<char>(broken[at] ^ 1 << bit);
            const auto record = read_record(broken);
            REQUIRE_FALSE(record);
            REQUIRE(record.error().code == "progress.damaged");
        }
    }
}

TEST_CASE("progress record: a whole record of a newer version is not damaged, but newer") {
    std::string newer = golden_bytes("v1.hex");
    newer[8] = 2;
    const auto record = read_record(with_good_checksum(newer));
    REQUIRE_FALSE(record);
    CHECK(record.error().code == "progress.newer");
}

TEST_CASE("progress record: a good checksum does not excuse values that cannot be") {
    for (const char* payload :
         {"", "[]", "{\"labs\":{\"a\":{\"hints_shown\":-1}}}", "{\"labs\":{\"a\":7}}", "{\"labs\":{\"A b\":{}}}",
          "{\"labs\":{\"a\":{\"items\":{\"i\":{\"best_share\":1.5}}}}}", "{\"settings\":{\"text_scale\":\"big\"}}",
          "{\"labs\":{},\"labs\":{}}", "{\"passport\":[{\"order\":1e300}]}",
          "[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]"}) {
        CAPTURE(payload);
        CHECK_FALSE(read_record(with_payload(payload)));
    }
    CHECK(read_record(with_payload("{}")));
}

TEST_CASE("progress record: what is written can be read, whatever the learner and the labs put into it") {
    Progress progress;
    LabProgress& lab = progress.labs["a"];
    lab.hints_shown = -3;
    lab.result_code = std::string(5000, 'x');
    lab.predictions["q"] = {
        .answer = std::string(9000, 'y') + "\xff", .probability = NAN, .score = 7, .outcome = "a\0b"};
    lab.items["i"] = {.tries = -1, .best_share = INFINITY};
    progress.labs["Not an id"].is_passed = true;
    progress.settings.text_scale = 900;
    const auto record = read_record(written(1, progress));
    REQUIRE(record);
    CHECK(record.value().progress.labs.size() == 1);
    CHECK(record.value().progress.labs.at("a").result_code.empty());
    CHECK(record.value().progress.labs.at("a").predictions.at("q").score == 1);
}

TEST_CASE("progress record: turbo is kept, also when two records meet") {
    Progress fast = passed("a");
    fast.settings.turbo = true;
    const auto record = read_record(written(1, fast));
    REQUIRE(record);
    CHECK(record.value().progress.settings.turbo);
    Progress usual = passed("a");
    CHECK(merge(fast, usual).settings.turbo == merge(usual, fast).settings.turbo);
    fast.settings.revision = 9;
    CHECK(merge(usual, fast).settings.turbo);
}

TEST_CASE("progress record: a passport that does not fit loses its oldest steps, and nothing else") {
    Progress progress = passed("a");
    for (int64_t i = 0; i < 40; ++i) {
        PassportStep step;
        step.order = i;
        for (int k = 0; k < 40; ++k) step.config["name" + std::to_string(k)] = std::string(500, 'v');
        progress.passport.push_back(step);
    }
    const std::string bytes = written(1, progress);
    CHECK(bytes.size() <= kMaxRecordBytes);
    const auto record = read_record(bytes);
    REQUIRE(record);
    CHECK(record.value().progress.labs.at("a").is_passed);
    REQUIRE_FALSE(record.value().progress.passport.empty());
    CHECK(record.value().progress.passport.size() < 40);
    CHECK(record.value().progress.passport.back().order == 39);
}

TEST_CASE("progress record: migrations run one after the other from where the record stands") {
    const ProgressMigration steps[] = {[](json tree) {
                                           tree["a"] = 1;
                                           return tree;
                                       },
                                       [](json tree) {
                                           tree["b"] = tree.value("a", 5) + 1;
                                           return tree;
                                       }};
    CHECK(migrate_progress(json::object(), 1, {steps, 2}) == json{{"a", 1}, {"b", 2}});
    CHECK(migrate_progress(json::object(), 2, {steps, 2}) == json{{"b", 6}});
    CHECK(migrate_progress(json::object(), 3, {steps, 2}) == json::object());
    CHECK(progress_migrations().count == kProgressSchema - 1);
}

// ---- two slots -----------------------------------------------------------------------------------------------------

TEST_CASE("progress slots: the first save goes into an empty store") {
    const auto plan = plan_save({}, passed("a"), "me", {});
    REQUIRE(plan);
    CHECK(plan.value().slot == 1);
    CHECK(plan.value().record.generation == 1);
    CHECK_FALSE(plan.value().has_merged);
    CHECK(plan.value().quarantine.empty());
}

TEST_CASE("progress slots: saves alternate, so the one before stays whole") {
    Slots slots;
    SeenRecord seen;
    for (uint64_t i = 1; i <= 6; ++i) {
        const Slots before = slots;
        const auto plan = plan_save(slots, passed("lab" + std::to_string(i)), "me", seen);
        REQUIRE(plan);
        CHECK(plan.value().slot == static_cast<int>(i % 2));
        slots[static_cast<size_t>(plan.value().slot)] = plan.value().bytes;
        const size_t other = static_cast<size_t>(1 - plan.value().slot);
        CHECK(slots[other] == before[other]);
        seen = {plan.value().record.generation, "me"};
        CHECK(read_slots(slots).newest->generation == i);
    }
}

TEST_CASE("progress slots: what another tab saved meanwhile is merged, not overwritten") {
    const Slots slots = {written(4, passed("theirs"), "other"), written(3, passed("old"))};
    const auto plan = plan_save(slots, passed("mine"), "me", {3, "me"});
    REQUIRE(plan);
    CHECK(plan.value().has_merged);
    CHECK(plan.value().record.generation == 5);
    CHECK(plan.value().slot == 1);
    CHECK(plan.value().record.progress.labs.count("theirs") == 1);
    CHECK(plan.value().record.progress.labs.count("mine") == 1);
}

TEST_CASE("progress slots: a tab with the same count but another writer is noticed, too") {
    const auto plan = plan_save({"", written(3, passed("theirs"), "other")}, passed("mine"), "me", {3, "me"});
    REQUIRE(plan);
    CHECK(plan.value().has_merged);
}

TEST_CASE("progress slots: cleared while open, the next save rewrites everything and never counts backwards") {
    const auto plan = plan_save({}, passed("a"), "me", {12, "me"});
    REQUIRE(plan);
    CHECK(plan.value().record.generation == 13);
    CHECK(read_record(plan.value().bytes).value().progress == passed("a"));
}

TEST_CASE("progress slots: any damage to the newest falls back to the one before and keeps the bytes") {
    const std::string newest = written(6, passed("new"));
    for (size_t at = 0; at < newest.size(); at += 7) {
        std::string broken = newest;
        broken[at] = static_cast<char>(broken[at] ^ 4);
        const Slots slots = {broken, written(5, passed("before"))};
        const SlotsRead read = read_slots(slots);
        REQUIRE(read.newest);
        REQUIRE(read.newest->generation == 5);
        REQUIRE(read.damaged == std::vector{broken});
        const auto plan = plan_save(slots, {}, "me", {5, "me"});
        REQUIRE(plan);
        REQUIRE(plan.value().slot == 0);  // over the damaged one, which is kept elsewhere
        REQUIRE(plan.value().quarantine == std::vector{broken});
    }
}

TEST_CASE("progress slots: both damaged, both are kept and the learner starts fresh") {
    const auto plan = plan_save({"garbage", "TERRAPRG"}, passed("a"), "me", {});
    REQUIRE(plan);
    CHECK(plan.value().quarantine == std::vector<std::string>{"garbage", "TERRAPRG"});
}

TEST_CASE("progress slots: a newer version's record is never overwritten") {
    std::string newer = written(9);
    newer[8] = 2;
    newer = with_good_checksum(newer);
    for (const Slots& slots : {Slots{newer, ""}, Slots{"", newer}, Slots{newer, written(8)}, Slots{"junk", newer}}) {
        CHECK(read_slots(slots).is_newer_version);
        const auto plan = plan_save(slots, passed("a"), "me", {});
        REQUIRE_FALSE(plan);
        CHECK(plan.error().code == "progress.newer");
    }
}

TEST_CASE("progress slots: a record in the wrong slot is not overwritten either") {
    const auto plan = plan_save({"", written(4, passed("a"))}, passed("b"), "me", {4, "me"});
    REQUIRE(plan);
    CHECK(plan.value().slot == 0);
    CHECK(plan.value().record.generation % 2 == 0);
}
