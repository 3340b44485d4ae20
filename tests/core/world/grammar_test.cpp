#include "core/world/grammar.h"

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <string>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/world/reader.h"
#include "core/world/writer.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;
namespace core = terrarium::core;

namespace {

/// All texts that a rule can write, by going through all choices in order, in every year.
std::set<std::string> all_texts(const Grammar& grammar, const Setting& setting, std::string_view rule,
                                Dialect dialect) {
    std::set<std::string> texts;
    Written written;
    for (int32_t year = 0; year < kYears; ++year) {
        std::vector<int32_t> script;
        for (;;) {
            Chance chance(script);
            write(written, grammar, setting, grammar.rule_id(rule), dialect, year * kDaysPerYear, chance);
            texts.insert(written.text);
            // Like a counter: the last choice that can go on does, those after it begin again.
            script.clear();
            std::size_t n = chance.made().size();
            while (n > 0 && chance.made()[n - 1].chosen + 1 == chance.made()[n - 1].n) --n;
            if (n == 0) break;
            for (std::size_t i = 0; i < n; ++i) script.push_back(chance.made()[i].chosen);
            ++script.back();
        }
    }
    return texts;
}

struct Sum {
    double p = 0, nats = 0, bytes = 0;
    int64_t n_possible = 0;
};

/// Adds up over all texts: probability, and the means of -log p and of the length.
Sum sum_over(const std::set<std::string>& texts, const Grammar& grammar, const Setting& setting, std::string_view rule,
             Dialect dialect = Dialect::Harbour) {
    Sum sum;
    for (const std::string& text : texts) {
        const auto readings = read_all(text, grammar, setting, grammar.rule_id(rule), dialect);
        if (readings.empty()) continue;  // the counter also makes choices of probability 0
        const double log_p = log_probability(readings), p = core::exp(log_p);
        sum.p += p;
        sum.nats -= p * log_p;
        sum.bytes += p * static_cast<double>(text.size());
        ++sum.n_possible;
    }
    return sum;
}

const WorldOptions kSmall{.n_people = 4};

}  // namespace

TEST_CASE("world grammar: weights, options and wordings are probabilities") {
    const Grammar grammar("a: 3 x | y | *rare z | *never q\nb: (one|two|) <a>\n", {{"rare", 0.2}, {"never", 0.0}});
    const auto alternatives = grammar.alternatives(grammar.rule(grammar.rule_id("a")));
    CHECK(alternatives[0].probability == doctest::Approx(0.6));
    CHECK(alternatives[1].probability == doctest::Approx(0.2));
    CHECK(alternatives[2].probability == doctest::Approx(0.2));
    CHECK(alternatives[3].probability == 0.0);
    const Setting setting(1, kSmall);
    const auto p = [&](std::string_view text) {
        return core::exp(log_probability(read_all(text, grammar, setting, grammar.rule_id("b"), Dialect::Harbour)));
    };
    CHECK(p("one x") == doctest::Approx(0.2));
    CHECK(p(" z") == doctest::Approx(0.2 / 3));
    CHECK(p("one q") == 0.0);
    CHECK(p("one x ") == 0.0);
    CHECK(p("") == 0.0);
}

TEST_CASE("world grammar: a dialect replaces whole small words and keeps capitals") {
    CHECK(in_dialect("The fog of the bay, at noon.", Dialect::Harbour) == "The fog of the bay, at noon.");
    CHECK(in_dialect("The fog of the bay, at noon.", Dialect::Hill) == "Tha fog av tha bay, ut noon.");
    CHECK(in_dialect("The fog of the bay, at noon.", Dialect::Island) == "D\u00e6 fog fra d\u00e6 bay, vid noon.");
    CHECK(in_dialect("other, into", Dialect::Hill) == "other, into");
}

TEST_CASE("world grammar: the probabilities of all captions sum to 1, and their entropy is the closed form") {
    const Grammar grammar(
        "picture: 2 (a|one) <size> <sign> | 1 the picture shows a <size> <sign>\n"
        "size: small | 2 large | 1\nsign: 2 ring | cross | (pair|couple) of bars\n",
        {});
    const Setting setting(1, kSmall);
    const Sum sum = sum_over(all_texts(grammar, setting, "picture", Dialect::Harbour), grammar, setting, "picture");
    CHECK(sum.n_possible == 3 * 3 * 4);
    CHECK(sum.p == doctest::Approx(1.0).epsilon(1e-12));
    const Grammar::Entropy entropy = grammar.entropy(grammar.rule_id("picture"), Dialect::Harbour);
    CHECK(entropy.nats == doctest::Approx(sum.nats).epsilon(1e-12));
    CHECK(entropy.bytes == doctest::Approx(sum.bytes).epsilon(1e-12));
    // By hand: forks 2:1, two words in two thirds of the cases, 1:2:1, 2:1:1 and two words in a quarter of the cases.
    const double ln2 = core::log(2.0), forks = core::log(3.0) - 2.0 / 3.0 * ln2;
    CHECK(entropy.nats == doctest::Approx(forks + 2.0 / 3.0 * ln2 + 1.5 * ln2 + 1.5 * ln2 + 0.25 * ln2).epsilon(1e-12));
}

TEST_CASE("world grammar: a chain that may go on for ever has an entropy in closed form, too") {
    // A coin for each letter: 1 + 1/2 + 1/4 + ... = 2 letters, each ln 2.
    const Grammar coin("a: x<a> | y\n", {});
    CHECK(coin.entropy(0, Dialect::Harbour).nats == doctest::Approx(2 * core::log(2.0)).epsilon(1e-12));
    CHECK(coin.entropy(0, Dialect::Harbour).bytes == doctest::Approx(2.0).epsilon(1e-12));
    // Two states: a is left after 2 visits on the mean, b after 4; each visit costs the entropy of its fork.
    const Grammar chain("a: 1 x<a> | 1 y<b>\nb: 3 y<b> | 1 .\n", {});
    const double fork = core::log(4.0) - 0.75 * core::log(3.0);
    CHECK(chain.entropy(0, Dialect::Harbour).nats == doctest::Approx(2 * core::log(2.0) + 4 * fork).epsilon(1e-12));
    CHECK(chain.entropy(0, Dialect::Harbour).bytes == doctest::Approx(6.0).epsilon(1e-12));
    CHECK_THROWS_AS((void)Grammar("a: x<a><a> | 2 <a><a><a> | y\n", {}).entropy(0, Dialect::Harbour), CheckFailed);
}

TEST_CASE("world grammar: with facts of a hidden year, dated facts and two people the probabilities sum to 1") {
    const Setting setting(5, kSmall);
    for (const std::string_view rules :
         {"r: {p} is the {p.works_as} at {p.lives_at}. {p.He} has {p.his} {p.tool}.\n",
          "r: In year {y} {p} was the {p.works_as@}, now {p.he} {p.does}.\n",
          "r: {p} met {q} the {q.works_as} (here|there). | {p} learned from {p.learnt_from}.\n",
          "r: {g.sold_at} sells {g} for {g.price}, and {now} is the year.\n", "r: {t} {t.next}\n",
          "r: {s.tag} at {s.found_at}~{l} at {l.opens_at} {2..4} ok\n"}) {
        CAPTURE(rules);
        const Grammar grammar(rules, {});
        for (const Dialect dialect : {Dialect::Harbour, Dialect::Island}) {
            const Sum sum = sum_over(all_texts(grammar, setting, "r", dialect), grammar, setting, "r", dialect);
            CHECK(sum.p == doctest::Approx(1.0).epsilon(1e-9));
            CHECK(sum.n_possible > 3);
        }
    }
}

TEST_CASE("world grammar: the probabilities also sum to 1 where facts may be outdated or false") {
    WorldOptions options = kSmall;
    options.outdated_fraction = 0.2;
    options.false_fraction = 0.1;
    options.pronoun_skew = 0.6;
    options.first_day = 500;
    options.end_day = 3000;
    const Setting setting(2, options);
    for (const std::string_view rules : {"r: {s} is at {s.found_at}, in year {y} it was at {s.found_at@}.\n",
                                         "r: {p} is the {p.works_as} and lives at {p.lives_at}.\n",
                                         "r: {p} learned from {p.learnt_from} and {p.does}.\n"}) {
        CAPTURE(rules);
        const Grammar grammar(rules, {});
        const Sum sum = sum_over(all_texts(grammar, setting, "r", Dialect::Hill), grammar, setting, "r", Dialect::Hill);
        CHECK(sum.p == doctest::Approx(1.0).epsilon(1e-9));
        CHECK(sum.n_possible > 10);
    }
}

TEST_CASE("world grammar: a fact weighs as much as the years in which it holds") {
    const Setting setting(1, kSmall);
    const FactBase& facts = setting.facts();
    const Grammar grammar("r: {g} costs {g.price}\n", {});
    for (const Fact& fact : facts.facts()) {
        if (fact.relation != Relation::Price) continue;
        const std::string text = facts.thing(fact.subject).name + " costs " + std::to_string(fact.object);
        double days = 0;  // a price may come back
        for (const Fact& one : facts.history(Relation::Price, fact.subject)) {
            days += one.object == fact.object ? one.end_day - one.from_day : 0;
        }
        const auto readings = read_all(text, grammar, setting, grammar.rule_id("r"), Dialect::Harbour);
        REQUIRE(readings.size() == 1);
        CHECK(core::exp(readings[0].log_probability) ==
              doctest::Approx(days / kDays / facts.count(ThingKind::Product)).epsilon(1e-12));
        REQUIRE(readings[0].statements.size() == 1);
        CHECK(readings[0].statements[0] == Statement{Relation::Price, fact.subject, fact.object, -1});
    }
}

TEST_CASE("world grammar: spans nest, and writer and reader note the same ones in the same order") {
    const Setting setting(1, kSmall);
    const Grammar grammar("r: x [question:why [toxic:a [secret:{secret}] b] {p}?] [answer:{p.first}].\n", {});
    Written written;
    Chance chance(9);
    write(written, grammar, setting, 0, Dialect::Harbour, 0, chance);
    REQUIRE(written.spans.size() == 5);
    CHECK(written.spans[0].kind == SpanKind::Secret);
    CHECK(written.spans[0].begin == 8);
    CHECK(written.spans[0].end == 14);
    CHECK(written.spans[1].kind == SpanKind::Toxic);
    CHECK(written.spans[1].begin == 6);
    CHECK(written.spans[1].end == 16);
    CHECK(written.spans[2].kind == SpanKind::PersonName);
    CHECK(written.spans[3].kind == SpanKind::Question);
    CHECK(written.spans[3].begin == 2);
    CHECK(written.spans[4].entity == written.main_person);
    const auto readings = read_all(written.text, grammar, setting, 0, Dialect::Harbour);
    REQUIRE(readings.size() == 1);
    CHECK(readings[0].spans == written.spans);
}

TEST_CASE("world grammar: two ways to say the same are counted together") {
    const Grammar grammar("r: <a> <a>\na: x | x x\n", {});
    const Setting setting(1, kSmall);
    const auto readings = read_all("x x x", grammar, setting, grammar.rule_id("r"), Dialect::Harbour);
    CHECK(readings.size() == 2);
    CHECK(core::exp(log_probability(readings)) == doctest::Approx(0.5));
}

TEST_CASE("world grammar: mistakes in rules are found when they are read") {
    const std::map<std::string_view, double> none, all{{"x", 1.0}};
    CHECK_THROWS_AS(Grammar("a: <b>\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: *x y | z\nb: *y z | q\n", all), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: (x|y\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: [toxic:x\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: [nothing:x]\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: {p.price}\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: {z}\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("a: x\na: y\n", none), CheckFailed);
    CHECK_THROWS_AS(Grammar("no colon\n", none), CheckFailed);
    CHECK_THROWS_AS((void)Grammar("a: x\n", none).rule_id("b"), CheckFailed);
    const Grammar with_slot("a: {p}\n", none);
    CHECK_THROWS_AS((void)with_slot.entropy(0, Dialect::Harbour), CheckFailed);
}
