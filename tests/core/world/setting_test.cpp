#include "core/world/setting.h"

#include <doctest/doctest.h>

#include <array>

#include "core/support/check.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;

TEST_CASE("world setting: years weigh by the days of the window") {
    WorldOptions options;
    options.first_day = 2 * kDaysPerYear + 180;
    options.end_day = 4 * kDaysPerYear;
    const Setting setting(1, options);
    CHECK(setting.year_probability(1) == 0.0);
    CHECK(setting.year_probability(2) == doctest::Approx(1.0 / 3));
    CHECK(setting.year_probability(3) == doctest::Approx(2.0 / 3));
    CHECK(setting.year_probability(4) == 0.0);
}

TEST_CASE("world setting: whom documents speak about sums to 1, and to the shares of the groups") {
    WorldOptions options;
    options.group_share = {0.1, 0.6, 0.3};
    options.dialect_of_group = 0.5;
    options.pronoun_skew = 0.4;
    const Setting setting(2, options);
    for (int32_t dialect = 0; dialect < kDialects; ++dialect) {
        for (int32_t year = 0; year < kYears; ++year) {
            std::array<double, kGroups> of_group{};
            for (int32_t person = 0; person < 40; ++person) {
                of_group[static_cast<std::size_t>(setting.facts().person(person).group)] +=
                    setting.person_probability(static_cast<Dialect>(dialect), year, person);
            }
            CHECK(of_group[0] + of_group[1] + of_group[2] == doctest::Approx(1.0));
            // In the hills the others count half: 0.05, 0.6, 0.15 of 0.8.
            const double uplanders = dialect == 0 ? 0.6 : dialect == 1 ? 0.75 : 0.3 / 0.65;
            CHECK(of_group[1] == doctest::Approx(uplanders));
        }
    }
}

TEST_CASE("world setting: what is stated of a fact sums to 1 over everything that could be said") {
    WorldOptions options;
    options.outdated_fraction = 0.2;
    options.false_fraction = 0.1;
    const Setting setting(3, options);
    const FactBase& facts = setting.facts();
    for (int32_t r = 0; r < kRelations; ++r) {
        const auto relation = static_cast<Relation>(r);
        const RelationShape& shape = shape_of(relation);
        const int32_t subject = facts.first(shape.subject) + 2;
        for (int32_t year = 0; year < kYears; ++year) {
            double sum = 0, of_truth = 0;
            for (int32_t object = 0; object < 200; ++object) {
                const double p = setting.object_probability(relation, subject, object, year);
                const Truth truth = facts.judge(relation, subject, object, year * kDaysPerYear).truth;
                if (truth == Truth::True) of_truth += p;
                sum += p;
            }
            CHECK(sum == doctest::Approx(1.0));
            CHECK(of_truth >= 0.7 - 1e-9);
            if (year == 0) CHECK(of_truth >= 0.9 - 1e-9);  // nothing is outdated yet
        }
    }
}

TEST_CASE("world setting: a dialect that nobody is written about in is refused") {
    WorldOptions options;
    options.group_share = {1, 0, 0};
    options.dialect_of_group = 1;
    CHECK_NOTHROW(Setting(1, options));  // nobody speaks it
    options.dialect_share = {0.9, 0.1, 0};
    CHECK_THROWS_AS(Setting(1, options), CheckFailed);
}
