#include <doctest/doctest.h>

#include <algorithm>

#include "support/lab_fixture.h"

using namespace terrarium;
using terrarium::tests::LabPage;

TEST_CASE("about: the services that do the same are named with their date, and only fetched when somebody looks") {
    LabPage page;
    page.settle();
    const auto asked = [&] {
        return std::ranges::count(page.platform.wanted_assets, std::string("content/services.json"));
    };
    CHECK(asked() == 0);
    CHECK_FALSE(page.has("about.aws.title"));
    page.click("step.about");
    page.settle();
    CHECK(page.has("about.aws.title"));
    CHECK(page.has("about.aws.table"));
    CHECK(page.says("2026-10"));
    CHECK(page.says("independent of AWS"));
    for (const labs::ServiceUse& use : tests::lab_content().aws) CHECK(page.has("about.aws." + use.service));
}

TEST_CASE("about: without the list the section says that it is loading, and the page lives on") {
    LabPage page(tests::json::object(), [](tests::FakePlatform& platform) {
        platform.assets["content/services.json"] = {.bytes = "The connection was lost.", .status = 0};
    });
    page.settle();
    page.click("step.about");
    page.settle();
    CHECK(page.has("about.aws.wait"));
    CHECK_FALSE(page.has("about.aws.table"));
    CHECK(page.has("about.sources.title"));
}
