#include "core/world/facts.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "core/support/check.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;

TEST_CASE("world facts: the same seed makes the same town, another seed another one") {
    const FactBase one(3, 40), again(3, 40), other(4, 40);
    CHECK(one.facts() == again.facts());
    CHECK(one.thing(0).name == again.thing(0).name);
    CHECK(one.secret_code() == again.secret_code());
    CHECK(one.facts() != other.facts());
    CHECK(one.secret_code() != other.secret_code());
}

TEST_CASE("world facts: of each relation and subject one fact holds on every day, in 50 towns") {
    for (uint64_t seed = 0; seed < 50; ++seed) {
        const FactBase facts(seed, 4 + static_cast<int32_t>(seed) % 45);
        bool is_whole = true;
        int64_t n_changes = 0;
        for (int32_t r = 0; r < kRelations; ++r) {
            const auto relation = static_cast<Relation>(r);
            const RelationShape& shape = shape_of(relation);
            for (int32_t subject = facts.first(shape.subject); subject < facts.end(shape.subject); ++subject) {
                int32_t day = 0, last = -1;
                for (const Fact& fact : facts.history(relation, subject)) {
                    is_whole = is_whole && fact.relation == relation && fact.subject == subject;
                    is_whole = is_whole && fact.from_day == day && fact.end_day > day && fact.object != last;
                    is_whole = is_whole && fact.from_day % kDaysPerYear == 0 && fact.access == shape.access;
                    const bool is_right_kind = shape.is_number()
                                                   ? fact.object >= shape.lowest && fact.object <= shape.highest
                                                   : facts.thing(fact.object).kind == shape.object;
                    is_whole = is_whole && is_right_kind;
                    n_changes += day > 0 ? 1 : 0;
                    day = fact.end_day;
                    last = fact.object;
                }
                is_whole = is_whole && day == kDays;
            }
        }
        CHECK(is_whole);
        CHECK(n_changes > 50);
    }
}

TEST_CASE("world facts: names, numbers and addresses are each one person's own, and nobody is their own teacher") {
    for (uint64_t seed = 0; seed < 50; ++seed) {
        const FactBase facts(seed, 48);
        std::set<std::string> names, first_names, registers, emails;
        for (int32_t id = 0; id < facts.end(ThingKind::Ticket); ++id) names.insert(facts.thing(id).name);
        CHECK(std::ssize(names) == facts.end(ThingKind::Ticket));
        for (int32_t id = 0; id < 48; ++id) {
            const Resident& person = facts.person(id);
            first_names.insert(person.first_name);
            registers.insert(person.register_id);
            emails.insert(person.email);
            CHECK(facts.thing(id).name.starts_with(person.first_name + " "));
            CHECK(facts.at_day(Relation::LearntFrom, id, 0).object != id);
        }
        CHECK(first_names.size() == 48);
        CHECK(registers.size() == 48);
        CHECK(emails.size() == 48);
    }
}

TEST_CASE("world facts: a statement is true, outdated or false by its day") {
    const FactBase facts(1, 40);
    const auto changed = std::find_if(facts.facts().begin(), facts.facts().end(), [&](const Fact& fact) {
        return fact.relation == Relation::Price && fact.from_day == 0 && fact.end_day < kDays;
    });
    REQUIRE(changed != facts.facts().end());
    const int32_t old_id = facts.id_of(*changed), new_id = old_id + 1;
    const Fact& now = facts.facts()[static_cast<std::size_t>(new_id)];
    REQUIRE(now.subject == changed->subject);
    const auto judge = [&](int32_t object, int32_t day) {
        return facts.judge(Relation::Price, changed->subject, object, day);
    };
    const int32_t last_day = changed->end_day - 1, first_day = changed->end_day;
    CHECK(judge(changed->object, last_day).truth == Truth::True);
    CHECK(judge(changed->object, last_day).fact == old_id);
    CHECK(judge(changed->object, first_day).truth == Truth::Outdated);
    CHECK(judge(changed->object, first_day).fact == old_id);
    CHECK(judge(now.object, last_day).truth == Truth::False);  // it will only be true
    CHECK(judge(now.object, last_day).fact == old_id);         // what holds instead
    CHECK(judge(now.object, first_day).truth == Truth::True);
    CHECK(judge(99, first_day).truth == Truth::False);
}

TEST_CASE("world facts: half of the trades go with each pronoun, and impossible questions are refused") {
    const FactBase facts(9, 10);
    int32_t n_she = 0;
    for (int32_t id = facts.first(ThingKind::Trade); id < facts.end(ThingKind::Trade); ++id) {
        n_she += facts.trade_is_she(id) ? 1 : 0;
    }
    CHECK(2 * n_she == facts.count(ThingKind::Trade));
    CHECK(facts.count(ThingKind::Person) == 10);
    CHECK_THROWS_AS(FactBase(1, 3), CheckFailed);
    CHECK_THROWS_AS(FactBase(1, 49), CheckFailed);
    CHECK_THROWS_AS((void)facts.at_day(Relation::Price, 0, 0), CheckFailed);  // a person has no price
    CHECK_THROWS_AS((void)facts.at_day(Relation::WorksAs, 0, kDays), CheckFailed);
}
