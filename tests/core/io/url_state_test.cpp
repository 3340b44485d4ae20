#include "core/io/url_state.h"

#include <doctest/doctest.h>

#include "core/io/bytes.h"
#include "core/io/number_text.h"

using namespace terrarium::core::io;

namespace {

constexpr std::string_view kWhole =
    "#v=1&lab=m2.pretraining&seed=7&p.batch=16&p.learning_rate=0.003&hide=nav,quiz&lock=seed&theme=dark&lang=pt-BR"
    "&mirror=visible&workers=2&origin=https://course.example.org:8443";

bool same(const UrlState& a, const UrlState& b) {
    return a.version == b.version && a.lab == b.lab && a.seed == b.seed && a.parameters == b.parameters &&
           a.hide == b.hide && a.lock == b.lock && a.theme == b.theme && a.lang == b.lang && a.mirror == b.mirror &&
           a.workers == b.workers && a.origin == b.origin;
}

/// A value that must not be used: the state is the default, with exactly one note.
void check_default_with_note(const std::string& fragment) {
    const UrlState state = parse_url(fragment);
    CHECK_MESSAGE(same(state, UrlState{}), fragment);
    CHECK_MESSAGE(state.notes.size() == 1, fragment);
    for (const terrarium::core::Message& message : state.notes) {
        const std::string note = message.english();
        CHECK_FALSE(find_invalid_utf8(note).has_value());
        CHECK(note.ends_with("."));
    }
}

}  // namespace

TEST_CASE("url: turbo is on, off, or left to the reader; anything else is left to the reader with a note") {
    CHECK(parse_url("turbo=1").turbo == true);
    CHECK(parse_url("turbo=0").turbo == false);
    CHECK_FALSE(parse_url("lab=m2.pretraining").turbo.has_value());
    CHECK_FALSE(parse_url("turbo=fast").turbo.has_value());
    CHECK(parse_url("turbo=fast").notes.size() == 1);
    CHECK(format_url(parse_url("turbo=0")) == "#v=1&turbo=0");
}

TEST_CASE("url_state: everything a link can say is read") {
    const UrlState state = parse_url(kWhole);
    CHECK(state.notes.empty());
    CHECK(state.lab == "m2.pretraining");
    CHECK(state.seed == 7);
    CHECK(state.parameters ==
          std::vector<std::pair<std::string, std::string>>{{"batch", "16"}, {"learning_rate", "0.003"}});
    CHECK(state.hide == std::vector<std::string>{"nav", "quiz"});
    CHECK(state.lock == std::vector<std::string>{"seed"});
    CHECK(state.theme == "dark");
    CHECK(state.lang == "pt-BR");
    CHECK(state.mirror == "visible");
    CHECK(state.workers == 2);
    CHECK(state.origin == "https://course.example.org:8443");
    CHECK(format_url(state) == kWhole);
}

TEST_CASE("url_state: an empty address is the default, and the default is a short address") {
    CHECK(same(parse_url(""), UrlState{}));
    CHECK(same(parse_url("#"), UrlState{}));
    CHECK(same(parse_url("&&=&=x&"), UrlState{}));
    CHECK(format_url(UrlState{}) == "#v=1");
}

TEST_CASE("url_state: the order of a link does not depend on the order in which things were set") {
    UrlState state;
    set_parameter(state, "width", "32");
    set_parameter(state, "learning_rate", format_number(0.003f));
    set_parameter(state, "batch", "8");
    set_parameter(state, "width", "64");
    CHECK(format_url(state) == "#v=1&p.batch=8&p.learning_rate=0.003&p.width=64");
    CHECK(format_url(parse_url("p.width=64&p.learning_rate=0.003&p.batch=8")) == format_url(state));
}

TEST_CASE("url_state: any text survives the trip, also with signs that mean something in addresses") {
    UrlState state;
    set_parameter(state, "prompt", "a & b = 50 % + 1?\n\t#/~ \u00e9\u4e2d\U0001F600 \"<x>\"");
    const std::string url = format_url(state);
    CHECK(url.find_first_of(" +\n\"<>") == std::string::npos);
    CHECK(parse_url(url).parameters == state.parameters);
    for (int byte = 0; byte < 256; ++byte) {
        UrlState one;
        set_parameter(one, "p", std::string(1, static_cast<char>(byte)));
        const UrlState back = parse_url(format_url(one));
        const bool is_text = byte < 0x7F && (byte >= 0x20 || byte == '\n' || byte == '\t');
        CHECK((back.parameters == one.parameters) == is_text);
        CHECK(back.notes.empty() == is_text);
    }
}

TEST_CASE("url_state: percent signs are decoded strictly, a plus sign is a plus sign") {
    CHECK(parse_url("p.a=%41%c3%A9").parameters[0].second == "A\u00e9");
    CHECK(parse_url("p.a=1%2B1").parameters[0].second == "1+1");
    CHECK(parse_url("p.a=1+1").parameters[0].second == "1+1");
    CHECK(parse_url("p%2Ea=1").parameters[0].first == "a");
    CHECK(parse_url("p.a=x=y").parameters[0].second == "x=y");
    CHECK(parse_url("p.a").parameters[0].second == "");
    CHECK(parse_url(std::string_view("p.a=%41", 6)).parameters.empty());  // nothing behind the end is looked at
    for (const char* bad : {"p.a=%", "p.a=%4", "p.a=%zz", "p.a=%-1", "p.a=%00", "p.a=a%00b", "p.a=%1b[31m", "p.a=%ff",
                            "p.a=%c0%af", "p.a=%ed%a0%80", "lab=%", "seed=%37%"}) {
        check_default_with_note(bad);
    }
}

TEST_CASE("url_state: a bad value is the default and one sentence") {
    for (const char* bad : {"seed=-1",     "seed=1.5",     "seed=",      "seed=1e3",  "seed=18446744073709551616",
                            "seed= 7",     "v=x",          "v=0",        "lab=M2",    "lab=../etc/passwd",
                            "lab=a/b",     "theme=blue",   "mirror=yes", "lang=e",    "lang=english",
                            "lang=EN",     "lang=en-",     "lang=en_US", "workers=0", "workers=65",
                            "workers=two", "hide=%3Cb%3E", "lock=a%20b", "p.A=1",     "p.=1",
                            "p.a-b=1",     "v=2"}) {
        check_default_with_note(bad);
    }
    CHECK(parse_url("seed=abc").notes[0].english() ==
          "The address says seed=\"abc\", which is not a whole number from 0 on; the default is used.");
    CHECK(parse_url("seed=18446744073709551615").seed == UINT64_MAX);
    CHECK(parse_url("hide=nav,,nav,<b>,quiz").hide == std::vector<std::string>{"nav", "quiz"});
}

TEST_CASE("url_state: an origin is https and a host, nothing else") {
    for (const char* good :
         {"https://example.org", "https://a.b-c.example:443", "http://localhost:8000", "http://127.0.0.1"}) {
        CHECK_MESSAGE(parse_url("origin=" + std::string(good)).origin == good, good);
    }
    for (const char* bad :
         {"javascript:alert(1)", "http://example.org", "https://", "https://user@example.org", "https://example.org/",
          "https://example.org/a", "https://example.org:0", "https://a..b", "https://example.org:99999", "https://-a",
          "https://ex%61mple.org%23", "//example.org", "null", "*", "https://*", "https://[::1]", "HTTPS://example.org",
          "http://localhost.evil.org"}) {
        check_default_with_note("origin=" + std::string(bad));
    }
}

TEST_CASE("url_state: unknown names are ignored without a word") {
    for (const char* unknown : {"pack=javascript:alert(1)", "pack=https://evil.example", "__proto__=1", "constructor=x",
                                "test=1", "P.a=1", "utm_source=mail", "%=1", "%00=1", "x=%", "SEED=7"}) {
        const UrlState state = parse_url(unknown);
        CHECK_MESSAGE(same(state, UrlState{}), unknown);
        CHECK_MESSAGE(state.notes.empty(), unknown);
    }
    CHECK(parse_url("p.__proto__=1").parameters[0].first == "__proto__");  // a name like any other here
    CHECK(parameters_as_json(parse_url("p.__proto__=1&p.a=2")).dump() == R"({"__proto__":"1","a":"2"})");
}

TEST_CASE("url_state: of two equal names the last one counts, with a note and without traces of the first") {
    const UrlState state = parse_url("seed=bad&lab=m1.a&seed=7&hide=x&hide=y&p.a=1&p.a=2");
    CHECK(state.seed == 7);
    CHECK(state.hide == std::vector<std::string>{"y"});
    CHECK(state.parameters[0].second == "2");
    CHECK(state.notes.size() == 3);
    CHECK(state.notes[0].english() == "The address says \"seed\" more than once; the last one is used.");
}

TEST_CASE("url_state: size and numbers of entries are limited") {
    const std::string just_fits = "p.a=" + std::string(kMaxUrlBytes - 4, 'x');
    CHECK(parse_url(just_fits).parameters.size() == 1);
    check_default_with_note(just_fits + "x");
    check_default_with_note("seed=7&" + std::string(65'536, 'a'));
    CHECK(parse_url(std::string(65'536, 'a')).notes[0].english() ==
          "The address is 65,536 bytes long; at most 8,192 are read, so the defaults are used.");
    std::string many;
    std::string names;
    for (int i = 0; i < 200; ++i) {
        many += "&p.k" + std::to_string(i) + "=1";
        names += "n" + std::to_string(i) + ",";
    }
    CHECK(parse_url(many).parameters.size() == kMaxUrlParameters);
    CHECK(parse_url(many).notes.size() == 1);
    CHECK(parse_url("hide=" + names).hide.size() == kMaxUrlParameters);
    CHECK(parse_url("hide=" + names).notes.size() == 1);
}

TEST_CASE("url_state: a damaged link never fails, and what is read can be written and read again") {
    const std::string golden(kWhole);
    int64_t n_wrong = 0;
    const auto try_url = [&](const std::string& url) {
        const UrlState state = parse_url(url);
        const UrlState again = parse_url(format_url(state));
        if (!same(state, again) || !again.notes.empty()) ++n_wrong;
    };
    for (size_t at = 0; at < golden.size(); ++at) {
        try_url(golden.substr(0, at));
        for (int byte = 0; byte < 256; ++byte) {
            std::string url = golden;
            url[at] = static_cast<char>(byte);
            try_url(url);
        }
    }
    CHECK(n_wrong == 0);
}
