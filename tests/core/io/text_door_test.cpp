#include "core/io/text_door.h"

#include <doctest/doctest.h>

#include "core/io/bytes.h"

using namespace terrarium::core;
using namespace terrarium::core::io;
using namespace std::string_view_literals;

namespace {

OwnText accepted(std::string_view bytes, const OwnTextLimits& limits = {}) {
    const Result<OwnText> result = read_own_text(bytes, "mine.txt", limits);
    REQUIRE_MESSAGE(result.has_value(), result.error().message.english());
    CHECK_FALSE(find_invalid_utf8(result.value().utf8).has_value());
    CHECK(result.value().utf8.find('\r') == std::string::npos);
    CHECK(result.value().utf8.find('\0') == std::string::npos);
    return result.value();
}

Error refused(std::string_view bytes, const OwnTextLimits& limits = {}) {
    const Result<OwnText> result = read_own_text(bytes, "mine.txt", limits);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().place.english() == "mine.txt");
    CHECK(result.error().message.english().ends_with("."));
    CHECK(result.error().next_step.english().find_last_of(".?") == result.error().next_step.english().size() - 1);
    return result.error();
}

std::string utf16(std::u16string_view text, bool is_big, bool has_mark) {
    std::string bytes;
    const auto put = [&](char16_t unit) {
        const char high = static_cast<char>(static_cast<uint8_t>(unit >> 8));
        const char low = static_cast<char>(static_cast<uint8_t>(unit & 0xFF));
        bytes += is_big ? high : low;
        bytes += is_big ? low : high;
    };
    if (has_mark) put(0xFEFF);
    for (const char16_t unit : text) put(unit);
    return bytes;
}

}  // namespace

TEST_CASE("text_door: plain UTF-8 comes through unchanged and without notes") {
    const std::string text = "Il \u00e9tait une fois\n\t\u2014 \u4e2d\u6587 \U0001F600\n";
    const OwnText own = accepted(text);
    CHECK(own.utf8 == text);
    CHECK(own.notes.empty());
    CHECK(own.n_replaced == 0);
    CHECK(accepted("x").utf8 == "x");
}

TEST_CASE("text_door: line ends become LF, a byte order mark goes") {
    const OwnText own = accepted(
        "\xEF\xBB\xBF"
        "a\r\nb\rc\n\r\nd\fe\r");
    CHECK(own.utf8 == "a\nb\nc\n\nd\ne\n");
    CHECK(own.notes.empty());
}

TEST_CASE("text_door: empty, too short and too large are told with the numbers") {
    CHECK(refused("").message.english() == "The file is empty: it has 0 bytes.");
    CHECK(refused("\xEF\xBB\xBF").code == "text.empty");
    CHECK(refused(" \n\t\r\n ").code == "text.empty");
    CHECK(refused("\xFF\xFE"sv).code == "text.empty");
    const OwnTextLimits thousand{.min_characters = 1000};
    CHECK(refused("x", thousand).message.english() == "The text has 1 character; at least 1,000 are needed.");
    CHECK(refused("\u00e9\u00e9", thousand).message.english() ==
          "The text has 2 characters; at least 1,000 are needed.");
    std::string long_enough;
    while (long_enough.size() < 1000) long_enough += "ab";
    CHECK(accepted(long_enough, thousand).utf8.size() == 1000);
    const std::string limit(1'048'576, 'y');
    CHECK(accepted("x" + limit.substr(1)).utf8.size() == 1'048'576);
    CHECK(refused("x" + limit).message.english() == "The file has 1,048,577 bytes; at most 1,048,576 can be read.");
}

TEST_CASE("text_door: UTF-16 is converted and named, with and without its mark") {
    const std::u16string_view text = u"Caf\u00e9 \u4e2d\r\nand a smile \U0001F600, then quite a lot of plain words.";
    const std::string expected = "Caf\u00e9 \u4e2d\nand a smile \U0001F600, then quite a lot of plain words.";
    for (const bool is_big : {false, true}) {
        for (const bool has_mark : {false, true}) {
            const OwnText own = accepted(utf16(text, is_big, has_mark));
            CHECK(own.utf8 == expected);
            REQUIRE(own.notes.size() == 1);
            CHECK(own.notes[0].english() == "The file was UTF-16 (" + std::string(is_big ? "big" : "little") +
                                                " endian) text and has been converted to UTF-8.");
        }
    }
    const std::u16string_view chinese = u"\u4e2d\u6587\u6559\u6750";  // no zero bytes: only the mark can tell
    CHECK(accepted(utf16(chinese, false, true)).utf8 == "\u4e2d\u6587\u6559\u6750");
    const OwnText cut = accepted(utf16(u"ab\xD800 c", false, true) + "x");
    CHECK(cut.utf8 == "ab\uFFFD c\uFFFD");
    CHECK(cut.n_replaced == 2);
    CHECK(refused("\xFF\xFE\0\0a\0\0\0"sv).message.english().find("UTF-32") != std::string::npos);
}

TEST_CASE("text_door: Western European text in one byte per letter is converted and named") {
    const OwnText own = accepted(
        "Le caf\xE9 est \xE0 c\xF4t\xE9, \xAB tr\xE8s \xBB bien \x96 it\x92s \x80 5\x85 Stra\xDF"
        "e");
    CHECK(own.utf8 ==
          "Le caf\u00e9 est \u00e0 c\u00f4t\u00e9, \u00ab tr\u00e8s \u00bb bien \u2013 it\u2019s \u20ac 5\u2026 "
          "Stra\u00dfe");
    REQUIRE(own.notes.size() == 1);
    CHECK(own.notes[0].english().find("Windows-1252") != std::string::npos);
    CHECK(own.n_replaced == 0);
}

TEST_CASE("text_door: other one-byte encodings are refused rather than guessed, with the place") {
    // Polish in ISO 8859-2, Russian in Windows-1251, Greek in ISO 8859-7, Japanese in Shift-JIS.
    for (const std::string_view bad : {"Pierwszy wiersz.\nZa\xBF\xF3\xB3\xE6 g\xEA\xB6l\xB1 ja\xBC\xF1"sv,
                                       "\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"sv, "\xCA\xE1\xEB\xE7\xEC\xDD\xF1\xE1"sv,
                                       "\x93\xFA\x96\x7B\x8C\xEA"sv}) {
        CHECK(refused(bad).code == "text.encoding");
    }
    // Few unusual bytes, but some of them are no Western letters or signs: half a guess is none.
    CHECK(refused("Ala ma kota, a kot ma Al\xEA i nie wie, co to jest \xB3"
                  "ad w domu")
              .code == "text.encoding");
    const Error error = refused("Pierwszy wiersz.\nZa\xBF\xF3\xB3\xE6 g\xEA\xB6l\xB1 ja\xBC\xF1");
    CHECK(error.message.english() ==
          "The file is not UTF-8 text; the first faulty place is at byte 19 (counted from 0, line 2).");
}

TEST_CASE("text_door: UTF-8 with a few damaged places is repaired and counted") {
    std::string text;
    for (int i = 0; i < 50; ++i) text += "une cha\u00eene de caract\u00e8res\n";
    const std::string damaged = text + "\xC3\n" + text + "\xE2\x82";
    const OwnText own = accepted(damaged);
    CHECK(own.utf8 == text + "\uFFFD\n" + text + "\uFFFD");
    CHECK(own.n_replaced == 2);
    REQUIRE(own.notes.size() == 1);
    CHECK(own.notes[0].english() ==
          "2 places were damaged and became \uFFFD; the first is at byte 1,350 (counted from 0, line 51).");
    // A byte that could be a Latin-1 letter, in a file that has UTF-8 letters elsewhere: damage, not another encoding.
    std::string cafes;
    for (int i = 0; i < 50; ++i) cafes += "un caf\u00e9 noir\n";
    CHECK(accepted(cafes + "ch\xE8vre\n").utf8 == cafes + "ch\uFFFDvre\n");
    CHECK(refused("\u00e9\xFF\xFF").code == "text.encoding");  // two of three characters: too many
}

TEST_CASE("text_door: binary files are refused, by name where the name is known") {
    CHECK(refused("abc\0def"sv).message.english() ==
          "A zero byte stands at byte 3 (counted from 0): this is a binary file, not text.");
    CHECK(refused("%PDF-1.7\n\xE2\xE3").message.english() == "The file is a PDF document, not plain text.");
    CHECK(refused("PK\x03\x04\x14\0"sv).code == "text.not_text");
    CHECK(refused("\x89PNG\r\n\x1A\n").code == "text.not_text");
    CHECK(refused("{\\rtf1 x}").code == "text.not_text");
    CHECK(refused("\x01\x02\x03 abc").code == "text.not_text");
    CHECK(refused("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n").code == "text.lfs_pointer");
}

TEST_CASE("text_door: a few control characters become spaces") {
    const std::string words(200, 'w');
    const OwnText own = accepted("x" + words + "\x1b" + words + "\x7F" + "y");
    CHECK(own.utf8 == "x" + words + " " + words + " y");
    CHECK(own.n_replaced == 2);
    CHECK(own.notes[0].english() == "2 control characters were replaced by spaces.");
}

TEST_CASE("text_door: a web page is named, and refused where a file of ours was expected") {
    for (const char* page : {"<!DOCTYPE html><p>x", "\n <html lang=en>", "<HTML>"}) {
        CHECK(accepted(page).notes.size() == 1);
        CHECK(refused(page, {.is_web_page_refused = true}).code == "text.web_page");
    }
    CHECK(accepted("<htm").notes.empty());
}

TEST_CASE("text_door: one character repeated is accepted and noted") {
    CHECK(accepted(std::string(5000, 'a')).notes.size() == 1);
    CHECK(accepted(std::string(5000, 'a') + "\r\n").notes.size() == 1);
    CHECK(accepted("\u00e9\u00e9\u00e9").notes.size() == 1);
    CHECK(accepted("aaab").notes.empty());
}

TEST_CASE("text_door: whatever bytes come, the answer is valid text or a sentence") {
    uint32_t state = 1;
    const auto random = [&state] { return (state = state * 1664525u + 1013904223u) >> 16; };
    int64_t n_accepted = 0;
    for (int i = 0; i < 4000; ++i) {
        std::string bytes;
        const uint32_t length = random() % 60;
        const uint32_t kind = random() % 4;  // anything | high bytes | mostly letters | pairs with zeros
        for (uint32_t n = 0; n < length; ++n) {
            uint32_t byte = random() & 0xFF;
            if (kind == 1) byte |= 0x80;
            if (kind == 2 && random() % 8 != 0) byte = 'a' + byte % 26;
            if (kind == 3 && n % 2 == 1) byte = 0;
            bytes.push_back(static_cast<char>(static_cast<uint8_t>(byte)));
        }
        const Result<OwnText> result = read_own_text(bytes, "mine.txt");
        if (!result.has_value()) continue;
        ++n_accepted;
        const std::string& text = result.value().utf8;
        REQUIRE_FALSE(find_invalid_utf8(text).has_value());
        REQUIRE(text.find('\0') == std::string::npos);
        // Read again, it is what it is.
        const Result<OwnText> again = read_own_text(text, "mine.txt");
        REQUIRE(again.has_value());
        REQUIRE(again.value().utf8 == text);
    }
    CHECK(n_accepted > 200);
}
