#include "core/text/pii.h"

#include <doctest/doctest.h>

#include "core/support/check.h"
#include "core/support/rng.h"

using namespace terrarium::core;

namespace {

PiiRules town_rules() {
    PiiRules rules = common_pii_rules();
    rules.id_forms = {"AA-9999-A"};
    rules.roles = {"baker", "miller", "captain"};
    rules.names = {"Ida Moor"};
    return rules;
}

std::vector<std::string> found_in(std::string_view text, PiiKind kind, const PiiRules& rules = town_rules()) {
    std::vector<std::string> words;
    for (const TextSpan& span : find_pii(text, rules)) {
        if (span.kind != static_cast<int32_t>(kind)) continue;
        words.emplace_back(text.substr(static_cast<size_t>(span.begin), static_cast<size_t>(span.end - span.begin)));
    }
    return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("pii: e-mail addresses, with what stands around them left alone") {
    CHECK(found_in("Write to a.b+c@post.ormhaven.example.", PiiKind::Email) == Words{"a.b+c@post.ormhaven.example"});
    CHECK(found_in("(x1@y-z.org), <q@w.de>", PiiKind::Email) == Words{"x1@y-z.org", "q@w.de"});
    for (const char* text : {"a@b", "@b.de", "a@.de", "a@b.1", "a @b.de", "a@b.c", ".@b.de"})
        CHECK_MESSAGE(found_in(text, PiiKind::Email).empty(), text);
}

TEST_CASE("pii: telephone numbers, and numbers that are none") {
    CHECK(found_in("Call 0412 3456 or +49 (0)30 1234.", PiiKind::Phone) == Words{"0412 3456"});
    CHECK(found_in("+49 30 123456; (0412) 34-56-78, 0412/345678", PiiKind::Phone) ==
          Words{"+49 30 123456", "(0412) 34-56-78", "0412/345678"});
    for (const char* text : {"07.10", "2026-11-27", "1234567", "0412", "0 4 1 2 3 4", "A0412 3456", "0412 3456x",
                             "No. 04123456789012345678", "(0412 3456"})
        CHECK_MESSAGE(found_in(text, PiiKind::Phone).empty(), text);
}

TEST_CASE("pii: card numbers are known by their check digit") {
    CHECK(found_in("4539 1488 0343 6467", PiiKind::Card) == Words{"4539 1488 0343 6467"});
    CHECK(found_in("card 4539148803436467.", PiiKind::Card) == Words{"4539148803436467"});
    CHECK(found_in("4539 1488 0343 6468", PiiKind::Card).empty());
    CHECK(found_in("453914880343", PiiKind::Card).empty());
}

TEST_CASE("pii: ids have the given form and nothing else") {
    CHECK(found_in("register OH-4711-K, not OH-471-K", PiiKind::Id) == Words{"OH-4711-K"});
    for (const char* text : {"XOH-4711-K", "OH-4711-KK", "oh-4711-k", "OH 4711 K", "OH-4711-"})
        CHECK_MESSAGE(found_in(text, PiiKind::Id).empty(), text);
    CHECK(id_at("AB", 0, "") == 0);
}

TEST_CASE("pii: names after a title, beside a role, and from the list") {
    CHECK(found_in("Mr Reed met Dr. Zoë Álvarez Berg Stone.", PiiKind::Name) == Words{"Reed", "Zoë Álvarez Berg"});
    CHECK(found_in("The baker Tom Hale and Hagen the miller; Nell Tarrow, the captain, too.", PiiKind::Name) ==
          Words{"Tom Hale", "Hagen", "Nell Tarrow"});
    CHECK(found_in("Ida Moor came; Ida Moore did not.", PiiKind::Name) == Words{"Ida Moor"});
    for (const char* text : {"the baker sold bread", "Mr, said he", "the miller", "Mrs", "baker. Tom", "Dr NASA"})
        CHECK_MESSAGE(found_in(text, PiiKind::Name).empty(), text);
}

TEST_CASE("pii: redaction, three ways") {
    const std::string text = "Ida Moor wrote to Mr Reed: a@b.de. Ida Moor met Mrs Hale.";
    const auto spans = find_pii(text, town_rules());
    CHECK(redact(text, spans, Redaction::Kind) == "[NAME] wrote to Mr [NAME]: [EMAIL]. [NAME] met Mrs [NAME].");
    CHECK(redact(text, spans, Redaction::Numbered) ==
          "[NAME 1] wrote to Mr [NAME 2]: [EMAIL 1]. [NAME 1] met Mrs [NAME 3].");
    CHECK(redact(text, spans, Redaction::Removed) == " wrote to Mr : .  met Mrs .");
    CHECK(redact(text, {}, Redaction::Kind) == text);
    CHECK(find_pii(redact(text, spans, Redaction::Kind), town_rules()).empty());
    CHECK_THROWS_AS((void)redact("abc", std::vector<TextSpan>{{0, 9, 0}}, Redaction::Kind), CheckFailed);
    CHECK_THROWS_AS((void)redact("abc", std::vector<TextSpan>{{1, 2, 0}, {0, 1, 0}}, Redaction::Kind), CheckFailed);
    CHECK_THROWS_AS((void)redact("abc", std::vector<TextSpan>{{0, 1, 7}}, Redaction::Kind), CheckFailed);
}

TEST_CASE("pii: planted private data is found, harmless numbers are not, and names without a sign are missed") {
    Rng rng(6);
    const auto digits = [&](int n) {
        std::string out;
        for (int i = 0; i < n; ++i) out += static_cast<char>('0' + rng.below(10));
        return out;
    };
    SpanScore strict, names, with_list;
    const std::vector<std::string> people = {"Ana Holt", "Ben Carr", "Cora Lund", "Dan Frost", "Eva Thorn"};
    PiiRules without = town_rules();
    without.names.clear();
    PiiRules with = without;
    with.names = people;
    for (int i = 0; i < 200; ++i) {
        std::string text = "On day " + digits(3) + " at 7." + digits(2) + " boxes cost " + digits(4) + " crowns. ";
        std::vector<TextSpan> planted;
        const auto plant = [&](const std::string& words, PiiKind kind) {
            planted.push_back({std::ssize(text), std::ssize(text) + std::ssize(words), static_cast<int32_t>(kind)});
            text += words;
        };
        const std::string& person = people[rng.below(5)];
        text += rng.below(2) == 0 ? "Mrs " : "Later ";
        plant(person, PiiKind::Name);
        text += " can be called at ";
        plant("04" + digits(2) + " " + digits(4), PiiKind::Phone);
        text += ", written to at ";
        plant("p" + digits(3) + "@ormhaven.example", PiiKind::Email);
        text += ", register ";
        plant("OH-" + digits(4) + "-B", PiiKind::Id);
        text += ".";
        const auto found = find_pii(text, without), listed = find_pii(text, with);
        for (const PiiKind kind : {PiiKind::Email, PiiKind::Id, PiiKind::Phone})
            strict += score_spans(found, planted, SpanMatch::Exact, static_cast<int32_t>(kind));
        names += score_spans(found, planted, SpanMatch::Exact, static_cast<int32_t>(PiiKind::Name));
        with_list += score_spans(listed, planted, SpanMatch::Exact, static_cast<int32_t>(PiiKind::Name));
    }
    CHECK(strict.precision() == 1);
    CHECK(strict.recall() == 1);
    CHECK(names.precision() == 1);
    CHECK(names.recall() > 0.35);
    CHECK(names.recall() < 0.65);
    CHECK(with_list.recall() == 1);
    CHECK(with_list.precision() == 1);
}

TEST_CASE("pii: any bytes are looked at without a fault, and spans are in order and apart") {
    Rng rng(2);
    constexpr std::string_view kAlphabet = "09 a@.A+-(/)Mr\xC3\xA9\n";
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (uint32_t i = rng.below(30); i > 0; --i)
            text += kAlphabet[rng.below(static_cast<uint32_t>(kAlphabet.size()))];
        int64_t at = 0;
        for (const TextSpan& span : find_pii(text, town_rules())) {
            CHECK(span.begin >= at);
            CHECK(span.end > span.begin);
            at = span.end;
        }
        CHECK(at <= std::ssize(text));
    }
}
