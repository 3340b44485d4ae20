// Whatever the doors refuse is said in the learner's language, down to the last word.

#include <doctest/doctest.h>

#include "core/io/module_code.h"
#include "core/io/progress_export.h"
#include "labs/replay.h"
#include "support/lab_fixture.h"
#include "support/untranslated.h"
#include "ui/messages.h"

using namespace terrarium;
using namespace std::string_view_literals;
using tests::english_in;
using tests::json;
using tests::LabPage;
using tests::untranslated;

namespace {

void check_said(LabPage& page, const std::string& key) {
    REQUIRE(page.has(key));
    const std::string words = page.name_of(key);
    CAPTURE(words);
    CHECK(words.starts_with("["));
    CHECK(words.ends_with("]"));
    CHECK(english_in(words) == "");
    CHECK(untranslated(page) == "");
}

void open(LabPage& page, const std::string& hash) {
    page.event({{"t", "hash"}, {"hash", hash}});
    page.settle();
}

}  // namespace

TEST_CASE("refusals: what an address asks for in vain is said in the learner's language") {
    for (const char* bad : {"seed=abc",
                            "theme=pink",
                            "mirror=wood",
                            "lab=A%20B",
                            "page=A%20B",
                            "workers=99",
                            "origin=x",
                            "present=yes",
                            "v=none",
                            "v=2",
                            "hide=a%20b",
                            "p.A%20B=1",
                            "seed=1&seed=2",
                            "p.width=wide",
                            "p.learning_rate=-7",
                            "p.tokenizer=bytes",
                            "p.token_shift=maybe",
                            "p.text=corpus:nothing",
                            "seed=-1",
                            "lab=m9.none",
                            "page=none"}) {
        CAPTURE(bad);
        LabPage page(json::object({{"hash", "#lang=x-long&" + std::string(bad)}}));
        page.settle();
        check_said(page, "notes.0");
    }
}

TEST_CASE("refusals: a progress file that cannot be read is refused in the learner's language") {
    LabPage page(json::object({{"hash", "#v=1&lang=x-long&page=progress"}}));
    page.settle();
    const std::string good = core::io::export_progress(page.app->progress_so_far(), "build");
    const auto with = [&](const char* name, const json& value) {
        json tree = json::parse(good);
        tree[name] = value;
        return tree.dump();
    };
    const std::string files[] = {"",
                                 " ",
                                 "{\"cat\":1}",
                                 "{\"cat\":[1,2}",
                                 "{\"cat\":1",
                                 "[1",
                                 "[\"abc",
                                 "{cat:1}",
                                 "[1 2]",
                                 "[1,]",
                                 "[01]",
                                 "['a']",
                                 "[True]",
                                 "// x",
                                 "<html>",
                                 "1 2",
                                 "[1e999]",
                                 "{\"a\":1,\"a\":2}",
                                 "{\"a\" 1}",
                                 "[\"\\x\"]",
                                 "[\"\\u0000\"]",
                                 "[\"a\nb\"]",
                                 "\xFF\xFE{\0}\0",
                                 "{\"a\":\"\xFF\"}",
                                 std::string("{\0}", 3),
                                 good.substr(0, good.size() / 2),
                                 with("schema", 99),
                                 with("schema", "one"),
                                 with("progress", json::array()),
                                 with("progress", 5),
                                 std::string(2000, '[')};
    for (const std::string& bytes : files) {
        CAPTURE(bytes);
        page.app->file("progress.import", "7.json", bytes, 200);
        page.settle();
        check_said(page, "progress.in.problem");
    }
}

TEST_CASE("refusals: a text that cannot be read, or was mended, is remarked on in the learner's language") {
    LabPage page(json::object({{"hash", tests::tiny_address("&lang=x-long&p.text=own")}}));
    page.settle();
    const std::string words = tests::source_file("content/corpora/harbour.txt").substr(0, 3000);
    const std::string texts[] = {
        "", "x", "two words", "%PDF-1.7", "PK\x03\x04zip", "\x89PNG", "GIF8", "\x1F\x8B", "{\\rtf", "\xD0\xCF\x11\xE0",
        "\xFF\xD8\xFF", "version https://git-lfs.github.com/spec/v1", std::string("abc\0def", 7),
        std::string(1'100'000, 'x'), " \n ", "\xEF\xBB\xBF", std::string("\xFF\xFE\0\0a\0\0\0", 8),
        std::string(500, '\x80'), std::string(500, '\x01'),
        // These are taken, with a remark.
        std::string(2000, 'z'), "<html>" + words, words + "\x01", words + "\x01\x02", words + "\xFF\xFE\xFE" + words,
        words + "\x98"};
    for (const std::string& text : texts) {
        CAPTURE(text.substr(0, 20));
        page.app->file("own.file", "7", text, 200);
        page.settle();
        const std::string said = page.name_of("own.note");
        CAPTURE(said);
        CHECK(english_in(said) == "");
        CHECK(untranslated(page) == "");
    }
}

TEST_CASE("refusals: a code that is none, and one that does not hold, is refused in the learner's language") {
    LabPage page(json::object({{"hash", "#v=1&lang=x-long&page=verify"}}));
    page.settle();
    core::io::ResultCode code;
    code.build_id = "7";
    code.content_hash = code.evidence = "00";
    code.lab = "m2.pretraining";
    code.config = json::object();
    code.actions.push_back({5, "until", nullptr});
    const std::string good = core::io::encode(code);
    for (const std::string& text : {std::string("7"), std::string("T9-7"), std::string("TM9.7"), std::string("TM1.7"),
                                    "x" + good, good.substr(0, good.size() - 1) + "!", std::string(300'000, '7')}) {
        CAPTURE(text.substr(0, 40));
        page.set("verify.code", text);
        page.click("verify.start");
        page.settle();
        check_said(page, "verify.problem");
    }
    const auto answer = [&](const core::io::ResultCode& changed) {
        page.set("verify.code", core::io::encode(changed));
        page.click("verify.start");
        REQUIRE(page.run_until([&] { return page.has("verify.whole"); }, 300));
        check_said(page, "verify.lab.0.words");
    };
    answer(code);
    code.build_id = build_id();
    answer(code);
    code.config = {{"width", "wide"}};
    answer(code);
    code.config = {{"text", "artefact:7"}};
    answer(code);
    code.config = json::object();
    code.lab = "9";
    answer(code);
}

TEST_CASE("refusals: a run that cannot begin says why in the learner's language") {
    LabPage page(json::object({{"hash", tests::tiny_address("&lang=x-long&hide=predict&p.width=10&p.n_heads=4")}}));
    page.settle();
    page.click("train");
    REQUIRE(page.run_until([&] { return page.has("run.problem"); }, 300));
    check_said(page, "run.problem");
    open(page, tests::tiny_address("&lang=x-long&hide=predict&p.text=own&p.context=128"));
    page.app->file("own.file", "7", tests::source_file("content/corpora/harbour.txt").substr(0, 500), 200);
    page.settle();
    page.click("train");
    REQUIRE(page.run_until([&] { return page.has("run.problem"); }, 300));
    check_said(page, "run.problem");
}

TEST_CASE("refusals: sentences that follow one another keep their values on the wire") {
    const core::Message words =
        core::Message("{0} first.", {"1"}).then(core::Message("{0} second.", {"2"})).then("Third.");
    CHECK(words.english() == "1 first. 2 second. Third.");
    CHECK(json(words).get<core::Message>() == words);
    CHECK(core::Message().then("Alone.").english() == "Alone.");
    CHECK(words.then({}) == words);
    CHECK(core::english({"code", "", "Wrong.", "Mend it."}) == "Wrong. Mend it.");
    CHECK(core::english({"code", core::Message("{0}", {"a.json"}), "Wrong.", {}}) == "a.json: Wrong.");
}
