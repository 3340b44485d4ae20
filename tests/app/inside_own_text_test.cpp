#include <doctest/doctest.h>

#include "core/io/sha256.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using terrarium::labs::Status;
using terrarium::tests::json;
using terrarium::tests::LabPage;

TEST_CASE("inside a transformer: an own text is trained on, opened and measured like a built-in one") {
    LabPage page(json::object({{"hash", "#lab=m2.inside_attention&hide=predict&p.max_steps=10"}}));
    page.settle();
    page.click("text.own");
    CHECK_FALSE(page.is_enabled("train"));
    std::string text;
    while (text.size() < 3000) text += "A line of my own, number " + std::to_string(text.size()) + ".\n";
    page.app->file("own.file", "mine.txt", text, 200);
    page.settle();
    CHECK(page.app->view()->config()["text"] == "artefact:" + core::io::sha256_hex(text));
    page.click("train");
    REQUIRE(page.run_until([&] { return page.status() == Status::Done; }));
    page.settle();
    CHECK(page.has("walk.in"));

    // A switch is measured unit by unit while the run stays over; then the page says what it cost.
    page.click("off.0.0");
    REQUIRE(page.run_until([&] { return page.says("With these parts off"); }));
    CHECK(page.status() == Status::Done);
    CHECK(page.has("tries"));
    CHECK(page.says("harbour chronicle"));  // the challenge keeps to the text that everybody has
    page.click("off.none");
    REQUIRE(page.run_until([&] { return page.says("Everything works"); }));
}

TEST_CASE("inside a transformer: a text that is too short is refused where it was opened, and Train stays locked") {
    LabPage page(json::object({{"hash", "#lab=m2.inside_attention&hide=predict"}}));
    page.settle();
    page.click("text.own");
    page.app->file("own.file", "mine.txt", "too short", 200);
    page.settle();
    REQUIRE(page.has("own.note"));
    CHECK(page.name_of("own.note").ends_with("."));
    CHECK_FALSE(page.is_enabled("train"));
}
