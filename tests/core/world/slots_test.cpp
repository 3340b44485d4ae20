#include "core/world/slots.h"

#include <doctest/doctest.h>

#include "core/support/check.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;

TEST_CASE("world slots: what stands between the braces") {
    CHECK(parse_slot("p").what == Slot::What::Mention);
    CHECK(parse_slot("q.works_as").what == Slot::What::Fact);
    CHECK(parse_slot("q.works_as").variable == Variable::q);
    CHECK(parse_slot("g.price@").is_dated);
    CHECK(parse_slot("g.price@").relation == Relation::Price);
    CHECK(parse_slot("p.tool").what == Slot::What::OfTrade);
    CHECK(parse_slot("12..345").lowest == 12);
    CHECK(parse_slot("12..345").highest == 345);
    CHECK_FALSE(parse_slot("t.next").has_variable);
    for (const char* wrong : {"", "z", "px", "p.wings", "l.works_as", "1..x"}) {
        CAPTURE(wrong);
        CHECK_THROWS_AS((void)parse_slot(wrong), CheckFailed);
    }
}

TEST_CASE("world slots: fixed words follow the person") {
    const FactBase facts(1, 4);
    const auto words = [&](std::string_view slot, int32_t thing) {
        return fixed_words(facts, parse_slot(slot), thing);
    };
    for (int32_t id = 0; id < 4; ++id) {
        const Resident& person = facts.person(id);
        CHECK(words("p.He", id) == (person.is_she ? "She" : "He"));
        CHECK(words("p.his", id) == (person.is_she ? "her" : "his"));
        CHECK(words("p.him", id) == (person.is_she ? "her" : "him"));
        CHECK(words("p.name", id) == facts.thing(id).name);
        CHECK(words("p.phone", id) == person.phone);
    }
    CHECK(words("g.unit", facts.first(ThingKind::Product)) == "loaf");
    CHECK(words("s.tag", facts.first(ThingKind::Service)) == "FERRY");
}
