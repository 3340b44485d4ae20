#include "labs/services.h"

#include <doctest/doctest.h>

#include "labs/content.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using terrarium::tests::json;

namespace {

json shipped() { return json::parse(tests::source_file("content/services.json")); }

std::string refusal(const json& list) {
    const auto read = labs::read_services(list.dump(), "services.json");
    return read ? "" : core::english(read.error());
}

}  // namespace

TEST_CASE("services: the shipped list is read, dated, and has what the labs name") {
    const auto services = labs::read_services(shipped().dump(), "services.json");
    REQUIRE(services.has_value());
    CHECK(services.value().as_of >= "2026-10");
    int n_labs = 0;
    for (const labs::LabEntry* lab : labs::all_labs()) {
        const labs::Content content = tests::lab_content(lab->id);
        CAPTURE(content.id);
        CHECK(labs::missing_service(content, services.value()).empty());
        n_labs += content.aws.empty() ? 0 : 1;
    }
    CHECK(n_labs >= 5);
}

TEST_CASE("services: names stand in the list and nowhere else") {
    const json list = shipped();
    std::vector<std::string> files{"content/course.json", "content/glossary.json"};
    for (const labs::LabEntry* lab : labs::all_labs()) files.push_back("content/" + labs::content_path(lab->id));
    for (const std::string& file : files) {
        CAPTURE(file);
        const std::string text = tests::source_file(file);
        for (const char* name : {"Amazon", "Bedrock", "SageMaker", "JumpStart", "Trainium", "Inferentia"})
            CHECK(text.find(name) == std::string::npos);
        for (const json& service : list["services"])
            CHECK(text.find(service["name"].get<std::string>()) == std::string::npos);
    }
}

TEST_CASE("services: a mistake in the list is refused with its place") {
    json list = shipped();
    json& first = list["services"][0];
    SUBCASE("a date that is none") {
        for (const char* date : {"2026-13", "2026-00", "26-10-1", "2026/10"}) {
            first["as_of"] = date;
            CHECK(refusal(list).find("year and a month") != std::string::npos);
        }
    }
    SUBCASE("a source without its title") {
        first.erase("source_title");
        CHECK(refusal(list).find("title of a page") != std::string::npos);
    }
    SUBCASE("a source that is no https address") {
        first["source"] = "http://example.org";
        CHECK(refusal(list).find("/services/0") != std::string::npos);
    }
    SUBCASE("a word for availability that is not known") {
        first["availability"] = "perhaps";
        CHECK_FALSE(refusal(list).empty());
    }
    SUBCASE("the same id twice") {
        list["services"][1]["id"] = first["id"];
        CHECK_FALSE(refusal(list).empty());
    }
}

TEST_CASE("services: a lab that names an unknown service is found") {
    labs::Services services;
    services.services.push_back({.id = "known"});
    labs::Content content;
    content.aws = {{"known", "words"}};
    CHECK(labs::missing_service(content, services).empty());
    content.aws.push_back({"gone", "words"});
    CHECK(labs::missing_service(content, services) == "gone");
}
