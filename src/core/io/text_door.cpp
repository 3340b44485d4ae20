#include "core/io/text_door.h"

#include <algorithm>
#include <array>
#include <exception>
#include <optional>

#include "core/io/bytes.h"

namespace terrarium::core::io {
namespace {

constexpr uint32_t kReplacement = 0xFFFD;

/// What the bytes 80 to 9F mean in Windows-1252; 0 where they mean nothing.
constexpr std::array<uint16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

uint32_t from_windows_1252(uint8_t byte) {
    return byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80u] : uint32_t{byte};
}

/// Letters and signs that Western European text has. The gaps (0xB3, 0xA3, ...) are letters in the encodings of
/// Eastern Europe: a byte there means that we do not know what the file is.
bool is_western_letter(uint8_t byte) { return byte >= 0xC0 && byte != 0xD7 && byte != 0xF7; }
bool is_western_sign(uint8_t byte) {
    constexpr std::string_view kSigns = "\x80\x84\x85\x91\x92\x93\x94\x96\x97\xA0\xA1\xA7\xA9\xAB\xAE\xB0\xB7\xBB\xBF";
    return kSigns.find(static_cast<char>(byte)) != std::string_view::npos;
}

bool is_control(uint32_t c) { return (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F; }

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_case) {
    if (text.size() < lower_case.size()) return false;
    return std::equal(lower_case.begin(), lower_case.end(), text.begin(),
                      [](char want, char c) { return want == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

class Door {
public:
    Door(std::string_view bytes, std::string_view file_name, const OwnTextLimits& limits)
        : bytes_(bytes), file_name_(file_name), limits_(limits) {}

    Result<OwnText> read() {
        if (std::optional<Error> error = look_at_bytes()) return std::move(*error);
        if (std::optional<Error> error = decode()) return std::move(*error);
        tidy();
        if (std::optional<Error> error = look_at_text()) return std::move(*error);
        return std::move(text_);
    }

private:
    Error refuse(std::string code, Message message, Message next_step) const {
        return Error{std::move(code), Message("{0}", {std::string(file_name_)}), std::move(message),
                     std::move(next_step)};
    }

    void note(Message sentence) { text_.notes.push_back(std::move(sentence)); }

    /// Size, and the kinds of files that are known by their first bytes.
    std::optional<Error> look_at_bytes() const {
        if (bytes_.empty()) {
            return refuse("text.empty", "The file is empty: it has 0 bytes.", "Choose a file with text in it.");
        }
        if (static_cast<uint64_t>(bytes_.size()) > static_cast<uint64_t>(limits_.max_bytes)) {
            return refuse("text.too_large",
                          Message("The file has {0} bytes; at most {1} can be read.",
                                  {grouped(static_cast<int64_t>(bytes_.size())), grouped(limits_.max_bytes)}),
                          "Cut a part out of it, for example the first chapters.");
        }
        struct Kind {
            std::string_view begins;
            const char* words;
        };
        constexpr Kind kKinds[] = {
            {"%PDF-", tr_later("The file is a PDF document, not plain text.")},
            {"PK\x03\x04", tr_later("The file is a ZIP archive or an office document, not plain text.")},
            {"{\\rtf", tr_later("The file is an RTF document, not plain text.")},
            {"\xD0\xCF\x11\xE0", tr_later("The file is an old office document, not plain text.")},
            {"\x89PNG", tr_later("The file is a PNG image, not plain text.")},
            {"\xFF\xD8\xFF", tr_later("The file is a JPEG image, not plain text.")},
            {"GIF8", tr_later("The file is a GIF image, not plain text.")},
            {"\x1F\x8B", tr_later("The file is a gzip archive, not plain text.")}};
        for (const Kind& kind : kKinds) {
            if (bytes_.starts_with(kind.begins)) {
                return refuse("text.not_text", kind.words,
                              "Open it in its own program and save or copy its text as plain text (.txt).");
            }
        }
        if (bytes_.starts_with("version https://git-lfs.github.com/spec/")) {
            return refuse("text.lfs_pointer", "The file is a Git LFS pointer; the text itself was not downloaded.",
                          "Run git lfs pull, or download the file itself.");
        }
        return std::nullopt;
    }

    /// Fills text_.utf8 with valid UTF-8.
    std::optional<Error> decode() {
        const WideText wide = detect_wide_text(bytes_);
        if (wide == WideText::Utf32) {
            return refuse("text.encoding", "The file is UTF-32 text, which is not read here.", "Save it as UTF-8.");
        }
        if (wide != WideText::None) {
            from_utf16(wide);
            return std::nullopt;
        }
        if (const size_t zero = bytes_.find('\0'); zero != std::string_view::npos) {
            return refuse("text.zero_byte",
                          Message("A zero byte stands at byte {0} (counted from 0): this is a binary file, not text.",
                                  {grouped(static_cast<int64_t>(zero))}),
                          "Choose a plain text file (.txt).");
        }
        if (bytes_.starts_with(kUtf8Bom)) {
            bytes_.remove_prefix(kUtf8Bom.size());
            if (bytes_.empty()) {
                return refuse("text.empty", "The file is empty: it has only a byte order mark.",
                              "Choose a file with text in it.");
            }
        }
        const std::optional<size_t> invalid = find_invalid_utf8(bytes_);
        if (!invalid) {
            text_.utf8 = bytes_;
            return std::nullopt;
        }
        if (is_certainly_windows_1252()) {
            from_windows();
            return std::nullopt;
        }
        return repair(*invalid);
    }

    void from_utf16(WideText kind) {
        const size_t high = kind == WideText::Utf16Big ? 0 : 1;
        const auto unit_at = [&](size_t at) {
            return static_cast<uint32_t>(static_cast<uint8_t>(bytes_[at + high]) << 8 |
                                         static_cast<uint8_t>(bytes_[at + 1 - high]));
        };
        int64_t n_damaged = 0;
        size_t at = 0;
        if (bytes_.size() >= 2 && unit_at(0) == 0xFEFF) at = 2;
        for (; at + 1 < bytes_.size(); at += 2) {
            uint32_t c = unit_at(at);
            if (c >= 0xD800 && c <= 0xDBFF && at + 3 < bytes_.size() && (unit_at(at + 2) & 0xFC00) == 0xDC00) {
                c = 0x10000 + ((c - 0xD800) << 10) + (unit_at(at + 2) - 0xDC00);
                at += 2;
            } else if (c >= 0xD800 && c <= 0xDFFF) {
                c = kReplacement;
                ++n_damaged;
            }
            append_utf8(text_.utf8, c);
        }
        if (at < bytes_.size()) {  // an odd byte at the end
            append_utf8(text_.utf8, kReplacement);
            ++n_damaged;
        }
        text_.n_replaced += n_damaged;
        const std::string name(wide_text_name(kind));
        if (n_damaged == 0) {
            note(Message("The file was {0} text and has been converted to UTF-8.", {name}));
        } else if (n_damaged == 1) {
            note(Message("The file was {0} text and has been converted to UTF-8; one damaged place became \uFFFD.",
                         {name}));
        } else {
            note(Message("The file was {0} text and has been converted to UTF-8; {1} damaged places became \uFFFD.",
                         {name, grouped(n_damaged)}));
        }
    }

    /// Not UTF-8 anywhere, few unusual bytes, all of them Western European, and letters stand beside letters.
    bool is_certainly_windows_1252() const {
        int64_t n_high = 0;
        const auto is_word_byte = [this](size_t at) {
            if (at >= bytes_.size()) return false;
            const auto byte = static_cast<uint8_t>(bytes_[at]);
            return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || is_western_letter(byte);
        };
        for (size_t at = 0; at < bytes_.size(); ++at) {
            const auto byte = static_cast<uint8_t>(bytes_[at]);
            if (is_control(byte)) return false;
            if (byte < 0x80) continue;
            ++n_high;
            const Utf8Step step = decode_utf8(bytes_, at);
            if (step.is_valid) return false;  // a whole UTF-8 character: a damaged UTF-8 file, then
            if (is_western_letter(byte)) {
                // "a" with a grave accent and a few others are words of their own; most letters have neighbours.
                const bool is_alone = !is_word_byte(at + 1) && (at == 0 || !is_word_byte(at - 1));
                if (is_alone && byte != 0xE0 && byte != 0xC0 && byte != 0xE9 && byte != 0xF3) return false;
            } else if (!is_western_sign(byte)) {
                return false;
            }
        }
        // In the single-byte encodings of Greek, Cyrillic, Hebrew or Arabic most letters are high bytes.
        return n_high * 4 <= static_cast<int64_t>(bytes_.size());
    }

    void from_windows() {
        for (const char c : bytes_) append_utf8(text_.utf8, from_windows_1252(static_cast<uint8_t>(c)));
        note(
            "The file was Windows-1252 (Latin-1) text and has been converted to UTF-8. If accented letters look "
            "wrong, save the file as UTF-8 and open it again.");
    }

    std::optional<Error> repair(size_t first_invalid) {
        int64_t n_characters = 0;
        int64_t n_damaged = 0;
        for (size_t at = 0; at < bytes_.size(); ++n_characters) {
            const Utf8Step step = decode_utf8(bytes_, at);
            append_utf8(text_.utf8, step.code_point);
            if (!step.is_valid) ++n_damaged;
            at += step.n_bytes;
        }
        const std::string first = grouped(static_cast<int64_t>(first_invalid));
        const std::string line = grouped(position_of(bytes_, first_invalid).line);
        if (n_damaged * 100 > n_characters) {
            return refuse("text.encoding",
                          Message("The file is not UTF-8 text; the first faulty place is at byte {0} (counted from 0, "
                                  "line {1}).",
                                  {first, line}),
                          "Save it as UTF-8 in an editor, or choose another file.");
        }
        text_.n_replaced += n_damaged;
        if (n_damaged == 1) {
            note(Message("One place was damaged and became \uFFFD; it is at byte {0} (counted from 0, line {1}).",
                         {first, line}));
        } else {
            note(Message(
                "{0} places were damaged and became \uFFFD; the first is at byte {1} (counted from 0, line {2}).",
                {grouped(n_damaged), first, line}));
        }
        return std::nullopt;
    }

    /// Line ends and control characters.
    void tidy() {
        std::string tidy_text;
        tidy_text.reserve(text_.utf8.size());
        const std::string& raw = text_.utf8;
        for (size_t at = 0; at < raw.size(); ++at) {
            const char c = raw[at];
            if (c == '\r') {
                if (at + 1 == raw.size() || raw[at + 1] != '\n') tidy_text += '\n';
            } else if (c == '\f' || c == '\v') {
                tidy_text += '\n';
            } else if (is_control(static_cast<uint8_t>(c))) {
                tidy_text += ' ';
                ++n_controls_;
            } else {
                tidy_text += c;
            }
        }
        text_.utf8 = std::move(tidy_text);
    }

    /// What can only be said about the finished text.
    std::optional<Error> look_at_text() {
        const int64_t n_characters = count_characters(text_.utf8);
        // A zero byte can still come out of UTF-16; it has become one of these.
        if (n_controls_ * 100 > n_characters) {
            return refuse("text.not_text",
                          n_controls_ == 1
                              ? Message("The file holds a control character: this is a binary file, not text.")
                              : Message("The file holds {0} control characters: this is a binary file, not text.",
                                        {grouped(n_controls_)}),
                          "Choose a plain text file (.txt).");
        }
        if (n_controls_ > 0) {
            text_.n_replaced += n_controls_;
            note(n_controls_ == 1 ? Message("One control character was replaced by a space.")
                                  : Message("{0} control characters were replaced by spaces.", {grouped(n_controls_)}));
        }
        const size_t first = text_.utf8.find_first_not_of(" \t\n");
        const std::string_view begin = first == std::string::npos ? "" : std::string_view(text_.utf8).substr(first);
        if (first == std::string::npos) {
            return refuse("text.empty", "The file holds only spaces and line ends.", "Choose a file with text in it.");
        }
        if (starts_with_ignoring_case(begin, "<!doctype html") || starts_with_ignoring_case(begin, "<html")) {
            if (limits_.is_web_page_refused) {
                return refuse("text.web_page", "The file is a web page, not the text that was asked for.",
                              "Is the address right, or did a sign-in page come instead?");
            }
            note("This looks like a web page: a model will learn its tags together with its text.");
        }
        if (n_characters < limits_.min_characters) {
            return refuse("text.too_short",
                          n_characters == 1 ? Message("The text has 1 character; at least {0} are needed.",
                                                      {grouped(limits_.min_characters)})
                                            : Message("The text has {0} characters; at least {1} are needed.",
                                                      {grouped(n_characters), grouped(limits_.min_characters)}),
                          "Choose a longer text.");
        }
        if (n_characters > 1) look_for_one_character();
        return std::nullopt;
    }

    void look_for_one_character() {
        std::string_view text = text_.utf8;
        while (text.ends_with('\n')) text.remove_suffix(1);
        const size_t n_bytes = decode_utf8(text, 0).n_bytes;
        for (size_t at = 0; at < text.size(); at += n_bytes) {
            if (text.substr(at, n_bytes) != text.substr(0, n_bytes)) return;
        }
        note("The text is one character repeated: there is nothing to predict in it, and the loss will fall to zero.");
    }

    std::string_view bytes_;
    std::string_view file_name_;
    const OwnTextLimits& limits_;
    OwnText text_;
    int64_t n_controls_ = 0;
};

}  // namespace

Result<OwnText> read_own_text(std::string_view bytes, std::string_view file_name, const OwnTextLimits& limits) {
    try {
        return Door(bytes, file_name, limits).read();
    } catch (const std::exception&) {
        return Error{"text.memory", Message("{0}", {std::string(file_name)}),
                     "There was not enough memory to read the file.", "Close other pages, or choose a shorter text."};
    }
}

}  // namespace terrarium::core::io
