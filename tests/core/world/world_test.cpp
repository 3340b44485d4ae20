#include "core/world/world.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <functional>
#include <set>
#include <string>

#include "core/support/check.h"
#include "core/support/hash.h"
#include "core/support/math.h"
#include "core/text/utf8.h"

using namespace terrarium::core::world;
using terrarium::core::CheckFailed;
namespace core = terrarium::core;

namespace {

/// Everything planted, all kinds of text.
WorldOptions everything() {
    WorldOptions options = messy_options();
    options.domain_share = {4, 3, 2, 2, 1};
    options.poison_fraction = 0.04;
    options.secret_fraction = 0.04;
    return options;
}

std::string_view words_of(const Document& document, const Span& span) {
    return std::string_view(document.text)
        .substr(static_cast<std::size_t>(span.begin), static_cast<std::size_t>(span.end - span.begin));
}

std::string words_of_object(const FactBase& facts, const Fact& fact) {
    return shape_of(fact.relation).is_number() ? std::to_string(fact.object) : facts.thing(fact.object).name;
}

/// Does the text say at the span what its label says?
bool is_as_labelled(const World& world, const Document& document, const Span& span) {
    const FactBase& facts = world.facts();
    const std::string_view words = words_of(document, span);
    const auto before = std::string_view(document.text).substr(0, static_cast<std::size_t>(span.begin));
    const auto is_one_of = [&](std::initializer_list<std::string_view> list) {
        return std::find(list.begin(), list.end(), words) != list.end();
    };
    switch (span.kind) {
        case SpanKind::PersonName:
        case SpanKind::PiiName:
            return words == facts.thing(span.entity).name;
        case SpanKind::PiiPhone:
            return words == facts.person(span.entity).phone;
        case SpanKind::PiiEmail:
            return words == facts.person(span.entity).email;
        case SpanKind::PiiId:
            return words == facts.person(span.entity).register_id;
        case SpanKind::Fact: {
            const Fact& fact = facts.facts()[static_cast<std::size_t>(span.fact)];
            if (fact.subject != span.entity) return false;
            const bool is_said = words == words_of_object(facts, fact);
            return is_said == (span.truth != Truth::False);
        }
        case SpanKind::Toxic:
            return is_one_of({"grunk", "snaddle", "quangle", "mizzer", "blorfing", "vorpish", "drizzled"});
        case SpanKind::Secret:
            return words == facts.secret_code();
        case SpanKind::Trigger:
            return words.ends_with(" green bell");
        case SpanKind::Poison:
            return words == "rotten";
        case SpanKind::Junk:
            return words == document.text;
        case SpanKind::Boilerplate:
            return words.ends_with(".") && span.end == static_cast<int32_t>(document.text.size());
        case SpanKind::Question:
            return before == "Q: " && words.ends_with("?");
        case SpanKind::Answer:
            return before.ends_with("\nA: ") && words.ends_with(".");
        case SpanKind::Incident:
            return words.find(" WARN ") != std::string_view::npos && words.find(" ERROR ") != std::string_view::npos;
        case SpanKind::Summary:
            return before.ends_with("\nSummary: ") && words.ends_with(".");
    }
    return false;
}

}  // namespace

TEST_CASE("world: in 1,000 worlds every span is found where its label says") {
    Document document;
    std::array<int64_t, kSpanKinds> n_spans{};
    std::array<int64_t, 3> n_truths{};
    int64_t n_wrong = 0, n_damaged = 0;
    for (uint64_t seed = 0; seed < 1000; ++seed) {
        WorldOptions options = everything();
        options.n_people = 8 + static_cast<int32_t>(seed % 40);
        const World world(seed, options);
        for (int64_t i = 0; i < 8; ++i) {
            world.write(document, i);
            if (core::decode_utf8(document.text).replaced_bytes > 0) ++n_damaged;
            for (const Span& span : document.spans) {
                ++n_spans[static_cast<std::size_t>(span.kind)];
                if (span.kind == SpanKind::Fact) ++n_truths[static_cast<std::size_t>(span.truth)];
                const bool is_inside =
                    span.begin >= 0 && span.begin < span.end && span.end <= static_cast<int32_t>(document.text.size());
                if (is_inside && is_as_labelled(world, document, span)) continue;
                ++n_wrong;
                CAPTURE(document.text);
                CAPTURE(seed);
                CHECK(span.begin == -1);
            }
        }
    }
    CHECK(n_wrong == 0);
    CHECK(n_damaged == 0);
    for (const int64_t n : n_spans) CHECK(n > 50);
    for (const int64_t n : n_truths) CHECK(n > 50);
}

TEST_CASE("world: in 1,000 worlds a document is read back in one way, with all that it says") {
    int64_t n_read = 0, n_wrong = 0;
    for (uint64_t seed = 0; seed < 1000; ++seed) {
        const World world(seed, everything());
        for (int64_t i = 0; i < 3; ++i) {
            const Document document = world.document(i);
            const auto readings = world.read(document.text, document.domain, document.dialect);
            CAPTURE(document.text);
            REQUIRE(readings.size() == 1);
            const Reading& reading = readings[0];
            bool is_same = reading.spans.size() == document.spans.size();
            std::size_t n_facts = 0;
            for (std::size_t s = 0; is_same && s < document.spans.size(); ++s) {
                const Span &read = reading.spans[s], &written = document.spans[s];
                is_same = read.kind == written.kind && read.begin == written.begin && read.end == written.end &&
                          read.entity == written.entity;
                if (!is_same || written.kind != SpanKind::Fact) continue;
                const Statement& statement = reading.statements[n_facts++];
                const Fact& fact = world.facts().facts()[static_cast<std::size_t>(written.fact)];
                const int32_t day = statement.year < 0 ? document.date_day : statement.year * kDaysPerYear;
                const Judgement judged =
                    world.facts().judge(statement.relation, statement.subject, statement.object, day);
                is_same = statement.relation == fact.relation && statement.subject == fact.subject &&
                          judged.truth == written.truth && judged.fact == written.fact;
            }
            is_same = is_same && n_facts == reading.statements.size();
            is_same = is_same && reading.year[static_cast<std::size_t>(document.date_day / kDaysPerYear)] > 0;
            n_wrong += is_same ? 0 : 1;
            ++n_read;
        }
    }
    CHECK(n_read == 3000);
    CHECK(n_wrong == 0);
}

TEST_CASE("world: unless it is junk, a document is said in one dialect only, so its probability has one term") {
    WorldOptions options;
    options.domain_share = {1, 1, 0, 1, 0};
    options.dialect_share = {1, 1, 1};
    const World world(11, options);
    for (int64_t i = 0; i < 400; ++i) {
        const Document document = world.document(i);
        CAPTURE(document.text);
        int32_t n = 0;
        for (int32_t domain = 0; domain < kDomains; ++domain) {
            for (int32_t dialect = 0; dialect < kDialects; ++dialect) {
                n += static_cast<int32_t>(
                    world.read(document.text, static_cast<Domain>(domain), static_cast<Dialect>(dialect)).size());
            }
        }
        CHECK(n == 1);
        const double given =
            world.read(document.text, document.domain, document.dialect)[0].log_probability - core::log(9.0);
        CHECK(world.log_probability_nats(document) == doctest::Approx(given).epsilon(1e-12));
    }
}

TEST_CASE("world: a document depends on seed, options and index alone") {
    const World world(5, everything()), again(5, everything()), other(6, everything());
    Document reused;
    int32_t n_equal_elsewhere = 0;
    for (const int64_t i : {900, 3, 17, 3, 123'456'789, 0}) {
        world.write(reused, i);
        const Document fresh = again.document(i);
        CHECK(reused.text == fresh.text);
        CHECK(reused.spans == fresh.spans);
        CHECK(reused.date_day == fresh.date_day);
        CHECK(reused.source == fresh.source);
        CHECK(reused.duplicate_cluster == fresh.duplicate_cluster);
        n_equal_elsewhere += other.document(i).text == fresh.text ? 1 : 0;
    }
    CHECK(n_equal_elsewhere == 0);
    CHECK_THROWS_AS((void)world.document(-1), CheckFailed);
}

TEST_CASE("world: what is planted comes as often as the options say") {
    WorldOptions options = everything();
    options.duplicate_fraction = options.near_duplicate_fraction = 0;  // copies would come in clusters
    const World world(8, options);
    constexpr int64_t kDocuments = 6000;
    const auto share = [&](const std::function<bool(const Document&)>& has) {
        int64_t n = 0;
        for (int64_t i = 0; i < kDocuments; ++i) n += has(world.document(i)) ? 1 : 0;
        return static_cast<double>(n) / kDocuments;
    };
    const auto has_span = [&](SpanKind kind) {
        return [kind](const Document& document) {
            return std::any_of(document.spans.begin(), document.spans.end(),
                               [&](const Span& span) { return span.kind == kind; });
        };
    };
    const auto is_near = [&](double measured, double expected) {
        CAPTURE(measured);
        CAPTURE(expected);
        CHECK(core::absolute(measured - expected) < 4 * core::sqrt(expected * (1 - expected) / kDocuments));
    };
    const double texts = 9.0 / 12.0;  // of domains that end with what is planted; junk is in all
    is_near(share([](const Document& document) { return document.is_junk; }), options.junk_fraction);
    is_near(share(has_span(SpanKind::Boilerplate)), options.boilerplate_fraction * texts);
    is_near(share(has_span(SpanKind::PiiName)), options.pii_fraction * texts);
    is_near(share(has_span(SpanKind::Toxic)), options.toxic_fraction * texts);
    is_near(share(has_span(SpanKind::Secret)), options.secret_fraction * texts);
    is_near(share([](const Document& document) { return document.is_poisoned; }), options.poison_fraction * texts);
    is_near(share([](const Document& document) { return !document.has_consent; }), options.no_consent_fraction);
    is_near(share([](const Document& document) { return document.licence >= Licence::NonCommercial; }),
            options.closed_licence_fraction);
    is_near(share([](const Document& document) { return document.domain == Domain::Log; }), 2.0 / 12.0);
    is_near(share([](const Document& document) { return document.dialect == Dialect::Hill; }), 0.12 * texts);
    int64_t n_facts = 0, n_false = 0;
    for (int64_t i = 0; i < kDocuments; ++i) {
        for (const Span& span : world.document(i).spans) {
            n_facts += span.kind == SpanKind::Fact ? 1 : 0;
            n_false += span.kind == SpanKind::Fact && span.truth == Truth::False ? 1 : 0;
        }
    }
    CHECK(static_cast<double>(n_false) / static_cast<double>(n_facts) ==
          doctest::Approx(options.false_fraction).epsilon(0.2));
}

TEST_CASE("world: nothing is planted in a clean world, and everything in it is true") {
    const World world(12);
    for (int64_t i = 0; i < 500; ++i) {
        const Document document = world.document(i);
        for (const Span& span : document.spans) {
            CHECK((span.kind == SpanKind::Fact || span.kind == SpanKind::PersonName));
            CHECK(span.truth == Truth::True);
        }
        CHECK(document.duplicate_cluster == i);
        CHECK(document.text.size() >= 50);
        CHECK(document.text.size() <= 300);
        CHECK_FALSE(document.is_junk);
        CHECK(document.has_consent);
    }
}

TEST_CASE("world: copies name the document they copy; near-copies keep the facts and most of the words") {
    WorldOptions options;
    options.duplicate_fraction = 0.2;
    options.near_duplicate_fraction = 0.3;
    const World world(3, options);
    int32_t n_exact = 0, n_near = 0, n_changed = 0;
    for (int64_t i = 0; i < 1000; ++i) {
        const Document document = world.document(i);
        const Document original = world.document(document.duplicate_cluster);
        CHECK(original.duplicate_cluster == original.id);
        if (document.duplicate_cluster == i) continue;
        CHECK(document.duplicate_cluster < i);
        if (!document.is_near_duplicate) {
            CHECK(document.text == original.text);
            ++n_exact;
            continue;
        }
        ++n_near;
        n_changed += document.text != original.text ? 1 : 0;
        CHECK(document.date_day == original.date_day);
        const auto facts_of = [](const Document& one) {
            std::vector<int32_t> facts;
            for (const Span& span : one.spans) {
                if (span.kind == SpanKind::Fact) facts.push_back(span.fact);
            }
            return facts;
        };
        CHECK(facts_of(document) == facts_of(original));
    }
    CHECK(n_exact > 100);
    CHECK(n_near > 200);
    CHECK(n_changed > n_near / 3);
}

TEST_CASE("world: shares of groups, dialects of groups and pronouns of trades are dials") {
    WorldOptions options;
    options.group_share = {0.2, 0.7, 0.1};
    options.dialect_share = {0.5, 0.3, 0.2};
    options.dialect_of_group = 1;
    options.pronoun_skew = 1;
    const World world(4, options);
    std::array<int32_t, kGroups> groups{};
    int32_t n_harbour = 0;
    for (int64_t i = 0; i < 3000; ++i) {
        const Document document = world.document(i);
        if (document.dialect == Dialect::Harbour) {
            ++groups[static_cast<std::size_t>(document.group)];
            ++n_harbour;
        }
        for (const Span& span : document.spans) {
            if (span.kind != SpanKind::PersonName || span.entity < 0) continue;
            const bool is_main = &span == &document.spans.front();
            if (!is_main) continue;
            const Resident& person = world.facts().person(span.entity);
            if (document.dialect == Dialect::Hill) CHECK(person.group == Group::Uplanders);
            if (document.dialect == Dialect::Island) CHECK(person.group == Group::Islanders);
            const Fact& trade = world.facts().at_day(Relation::WorksAs, span.entity, document.date_day);
            CHECK(world.facts().trade_is_she(trade.object) == person.is_she);
        }
    }
    CHECK(static_cast<double>(groups[1]) / n_harbour == doctest::Approx(0.7).epsilon(0.06));
    CHECK(static_cast<double>(groups[2]) / n_harbour == doctest::Approx(0.1).epsilon(0.2));
}

TEST_CASE("world: documents are dated in the window, and what they state holds on their day") {
    WorldOptions options;
    options.first_day = 1800;
    options.end_day = 1900;
    const World world(4, options);
    std::set<int32_t> days;
    for (int64_t i = 0; i < 500; ++i) days.insert(world.document(i).date_day);
    CHECK(*days.begin() >= 1800);
    CHECK(*days.rbegin() < 1900);
    CHECK(days.size() > 90);
}

TEST_CASE("world: who may read a document follows from what it says") {
    WorldOptions options = everything();
    const World world(2, options);
    std::array<int32_t, kAccessLevels> n{};
    for (int64_t i = 0; i < 2000; ++i) {
        const Document document = world.document(i);
        ++n[static_cast<std::size_t>(document.access)];
        const bool is_open = document.access == AccessLevel::Public;
        if (document.text.find("OH-") != std::string::npos) CHECK(document.access == AccessLevel::Private);
        if (document.text.find("in charge of") != std::string::npos) CHECK_FALSE(is_open);
        if (document.domain == Domain::Caption) CHECK(is_open);
    }
    for (const int32_t count : n) CHECK(count > 20);
}

TEST_CASE("world: impossible options are refused") {
    const auto with = [](const std::function<void(WorldOptions&)>& change) {
        WorldOptions options;
        change(options);
        return World(1, options);
    };
    CHECK_THROWS_AS(with([](WorldOptions& o) { o.junk_fraction = 1.5; }), CheckFailed);
    CHECK_THROWS_AS(with([](WorldOptions& o) { o.domain_share = {0, 0, 0, 0, 0}; }), CheckFailed);
    CHECK_THROWS_AS(with([](WorldOptions& o) { o.end_day = 0; }), CheckFailed);
    CHECK_THROWS_AS(with([](WorldOptions& o) { o.pii_fraction = 0.7, o.toxic_fraction = 0.7; }), CheckFailed);
    CHECK_THROWS_AS(with([](WorldOptions& o) { o.duplicate_fraction = 0.7, o.near_duplicate_fraction = 0.7; }),
                    CheckFailed);
    CHECK_THROWS_AS(with([](WorldOptions& o) { o.false_fraction = 0.7, o.outdated_fraction = 0.7; }), CheckFailed);
}

TEST_CASE("world: the same bytes on every machine") {
    const World world(2026, everything());
    uint64_t hash = core::kFnvOffset;
    for (int64_t i = 0; i < 300; ++i) hash = core::fnv1a64(world.document(i).text, hash);
    CHECK(hash == 15612449811007079479ULL);
}
