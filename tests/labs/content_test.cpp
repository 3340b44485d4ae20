#include "labs/content.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs;
using terrarium::tests::source_file;

namespace {

constexpr const char* kPath = "content/m2_pretraining/pretraining.json";

json shipped() { return json::parse(source_file(kPath)); }

core::Result<Content> read(const json& tree) { return read_content(tree.dump(1), "lab.json"); }

/// An error as an author needs it: which file, where in it, what, and what to do.
void check_error(const core::Error& error, const std::string& path) {
    CAPTURE(error.place.english());
    CAPTURE(error.message.english());
    CHECK(error.place.english().starts_with("lab.json"));
    CHECK(error.place.english().find("line ") != std::string::npos);
    CHECK(error.place.english().find(path) != std::string::npos);
    CHECK(error.message.english().ends_with("."));
    CHECK_FALSE(error.next_step.empty());
    CHECK_FALSE(error.code.empty());
}

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

}  // namespace

TEST_CASE("content: what is shipped reads without an error or a warning") {
    const auto content = read_content(source_file(kPath), kPath);
    REQUIRE(content.has_value());
    CHECK(content.value().warnings.empty());
    CHECK(content.value().id == "m2.pretraining");
    CHECK(content.value().questions.size() == 4);
    CHECK(content.value().quiz.size() == 19);
    CHECK(content.value().challenge.hints.size() == 3);
    CHECK(content.value().limit("width").step == 8);
    CHECK(read_course(source_file("content/course.json"), "course.json").has_value());
    CHECK(read_glossary(source_file("content/glossary.json"), "glossary.json").has_value());
}

TEST_CASE("content: each required field is missed, with file, line, path and a next step") {
    for (const char* field : {"/schema",
                              "/id",
                              "/title",
                              "/subtitle",
                              "/module",
                              "/idea",
                              "/minutes",
                              "/defaults",
                              "/limits",
                              "/limits/width/min",
                              "/limits/width/max",
                              "/corpora",
                              "/corpora/0/id",
                              "/corpora/0/title",
                              "/corpora/0/about",
                              "/corpora/0/file",
                              "/steps",
                              "/steps/predict",
                              "/steps/predict/text",
                              "/steps/predict/questions",
                              "/steps/predict/questions/0/id",
                              "/steps/predict/questions/0/text",
                              "/steps/predict/questions/0/kind",
                              "/steps/predict/questions/0/options",
                              "/steps/predict/questions/0/options/0/id",
                              "/steps/predict/questions/0/options/0/text",
                              "/steps/predict/questions/1/min",
                              "/steps/predict/questions/1/max",
                              "/steps/predict/questions/1/default",
                              "/steps/predict/questions/2/x_name",
                              "/steps/predict/questions/2/x_max",
                              "/steps/quiz/0/id",
                              "/steps/quiz/0/kind",
                              "/steps/quiz/0/options",
                              "/steps/quiz/0/options/0/feedback",
                              "/steps/quiz/4/options/0/partner",
                              "/steps/quiz/6/answer",
                              "/steps/quiz/6/tolerance",
                              "/steps/quiz/9/target",
                              "/steps/quiz/9/target/kind",
                              "/steps/quiz/9/target/y",
                              "/steps/quiz/16/title",
                              "/steps/quiz/16/items",
                              "/steps/run",
                              "/steps/run/text",
                              "/steps/explain",
                              "/steps/explain/0/title",
                              "/steps/explain/0/text",
                              "/steps/challenge",
                              "/steps/challenge/task",
                              "/steps/challenge/goal",
                              "/steps/challenge/hints",
                              "/steps/challenge/conditions",
                              "/steps/challenge/conditions/0/id",
                              "/steps/challenge/conditions/0/text",
                              "/misconceptions/0/claim",
                              "/misconceptions/0/correction",
                              "/simplified",
                              "/terms",
                              "/sources"}) {
        CAPTURE(field);
        json tree = shipped();
        const json::json_pointer at{std::string(field)};
        REQUIRE(tree.contains(at));
        tree.at(json::json_pointer(parent_of(field))).erase(at.back());
        const auto content = read(tree);
        REQUIRE_FALSE(content.has_value());
        check_error(content.error(), parent_of(field));
        CHECK((content.error().place.english() + content.error().message.english()).find(at.back()) !=
              std::string::npos);
    }
}

TEST_CASE("content: a field of the wrong type is refused where it stands") {
    for (const char* field :
         {"/title", "/minutes", "/defaults", "/limits", "/limits/width", "/corpora", "/corpora/0", "/steps",
          "/steps/predict/text", "/steps/predict/text/0", "/steps/predict/questions/0/kind", "/steps/challenge/goal",
          "/simplified", "/terms", "/sources/0"}) {
        CAPTURE(field);
        for (const json& wrong : {json(nullptr), json(true)}) {
            json tree = shipped();
            tree[json::json_pointer{std::string(field)}] = wrong;
            const auto content = read(tree);
            REQUIRE_FALSE(content.has_value());
            check_error(content.error(), field);
        }
    }
}

TEST_CASE("content: limits must hold their defaults, and begin before they end") {
    json tree = shipped();
    tree["defaults"]["width"] = 136;
    auto content = read(tree);
    REQUIRE_FALSE(content.has_value());
    check_error(content.error(), "/defaults/width");
    tree = shipped();
    tree["limits"]["learning_rate"] = {{"min", 1}, {"max", 0.1}};
    content = read(tree);
    REQUIRE_FALSE(content.has_value());
    check_error(content.error(), "/limits/learning_rate");
}

TEST_CASE("content: a number question needs a range that holds its default") {
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, double>>{{"min", 6000}, {"max", 5}, {"default", 5001}}) {
        json tree = shipped();
        tree["steps"]["predict"]["questions"][1][name] = value;
        const auto content = read(tree);
        REQUIRE_FALSE(content.has_value());
        check_error(content.error(), "/steps/predict/questions/1");
    }
}

TEST_CASE("content: paths of corpora stay below the content folder") {
    for (const char* file :
         {"../secret.txt", "corpora/../../secret.txt", "/etc/passwd", "corpora/..", "Corpora/Harbour.txt",
          "corpora\\harbour.txt", "https://example.org/x.txt", "corpora/har bour.txt", "corpora/%2e%2e/x"}) {
        CAPTURE(file);
        json tree = shipped();
        tree["corpora"][0]["file"] = file;
        const auto content = read(tree);
        REQUIRE_FALSE(content.has_value());
        check_error(content.error(), "/corpora/0");
    }
}

TEST_CASE("content: ids that name two things are refused") {
    json tree = shipped();
    tree["corpora"][1]["id"] = "harbour";
    CHECK_FALSE(read(tree).has_value());
    tree = shipped();
    tree["steps"]["predict"]["questions"][1]["id"] = "beats_bigram";
    CHECK_FALSE(read(tree).has_value());
    CHECK_FALSE(
        read_course(R"({"schema":1,"modules":[{"id":"m1","title":"A","labs":["m1.a","m1.a"]}]})", "c").has_value());
    CHECK_FALSE(read_glossary(
                    R"({"schema":1,"terms":[{"id":"a","term":"A","text":"x"},{"id":"a","term":"B","text":"y"}]})", "g")
                    .has_value());
}

TEST_CASE("content: ids that the page itself uses are refused") {
    for (const char* id : {"title", "task", "verdict", "hint", "line"}) {
        json tree = shipped();
        tree["steps"]["challenge"]["conditions"][0]["id"] = id;
        const auto content = read(tree);
        REQUIRE_FALSE(content.has_value());
        check_error(content.error(), "/steps/challenge/conditions/0");
    }
    for (const char* id : {"text", "commit", "missing"}) {
        json tree = shipped();
        tree["steps"]["predict"]["questions"][1]["id"] = id;
        CHECK_FALSE(read(tree).has_value());
    }
    json tree = shipped();
    tree["steps"]["challenge"]["conditions"][1]["id"] = tree["steps"]["challenge"]["conditions"][0]["id"];
    CHECK_FALSE(read(tree).has_value());
}

TEST_CASE("content: an unknown field is a warning for the author, and the lab still opens") {
    json tree = shipped();
    tree["titel"] = "Oops";
    const auto content = read(tree);
    REQUIRE(content.has_value());
    REQUIRE(content.value().warnings.size() == 1);
    CHECK(content.value().warnings[0].find("titel") != std::string::npos);
}

TEST_CASE("content: broken bytes are refused, not read") {
    const std::string bytes = source_file(kPath);
    for (const std::string& broken : {std::string(), std::string("[]"), std::string("{"),
                                      bytes.substr(0, bytes.size() / 2), bytes + "x", "\xff" + bytes}) {
        const auto content = read_content(broken, "lab.json");
        REQUIRE_FALSE(content.has_value());
        CHECK(content.error().place.english().starts_with("lab.json"));
        CHECK(content.error().message.english().ends_with("."));
    }
}

TEST_CASE("content: a lab's file is found by its id") {
    CHECK(content_path("m2.pretraining") == "m2_pretraining/pretraining.json");
    CHECK(content_path("m0.learning_rate") == "m0_foundations/learning_rate.json");
    CHECK(content_path("capstones.data_to_model") == "capstones/data_to_model.json");
    CHECK(content_path("nothing") == "nothing.json");
}

TEST_CASE("content: a lab asks only for limits that are there") {
    CHECK_THROWS((void)tests::lab_content().limit("no_such_value"));
}

TEST_CASE("content: the settings of a lab obey its limits, from a file with an error, from the address with a note") {
    const Content content = tests::lab_content();
    const LabEntry& lab = tests::lab_entry();
    std::vector<core::Error> notes;
    for (const auto& [name, value] : std::vector<std::pair<std::string, json>>{{"width", 4},
                                                                               {"width", 129},
                                                                               {"width", 8.5},
                                                                               {"learning_rate", 0},
                                                                               {"learning_rate", 2e9},
                                                                               {"tokenizer", "bytes"},
                                                                               {"token_shift", "maybe"},
                                                                               {"seed", -1},
                                                                               {"max_steps", 5001},
                                                                               {"text", "corpus:nothing"}}) {
        CAPTURE(name);
        CHECK_FALSE(lab.read_config({{name, value}}, content, false, notes).has_value());
        CHECK(notes.empty());
        const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
        const auto config = lab.read_config({{name, text}}, content, true, notes);
        REQUIRE(config.has_value());
        CHECK(config.value() == tests::lab_config(content, json::object()));
        CHECK(notes.size() == 1);
        notes.clear();
    }
    const auto good =
        lab.read_config({{"width", "64"}, {"token_shift", "true"}, {"learning_rate", "1e9"}}, content, true, notes);
    REQUIRE(good.has_value());
    CHECK(notes.empty());
    CHECK(good.value()["width"] == 64);
    CHECK(good.value()["token_shift"] == true);
    CHECK(good.value()["learning_rate"] == 1e9);
}

TEST_CASE("content: a quiz item without a right answer, or with too many, is refused where it stands") {
    json tree = shipped();
    tree["steps"]["quiz"][0]["options"][1]["right"] = true;
    auto content = read(tree);
    REQUIRE_FALSE(content.has_value());
    check_error(content.error(), "/steps/quiz/0");
    tree = shipped();
    tree["steps"]["quiz"][2]["options"][0].erase("right");
    content = read(tree);
    REQUIRE_FALSE(content.has_value());
    check_error(content.error(), "/steps/quiz/2");
    tree = shipped();
    tree["steps"]["quiz"][4]["options"][1]["partner"] = tree["steps"]["quiz"][4]["options"][0]["partner"];
    content = read(tree);
    REQUIRE_FALSE(content.has_value());
    check_error(content.error(), "/steps/quiz/4/options/1/partner");
}
