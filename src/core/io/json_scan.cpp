#include "core/io/json_scan.h"

#include <limits>
#include <map>
#include <vector>

#include "core/io/bytes.h"
#include "core/io/number_text.h"

namespace terrarium::core::io {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_'; }

int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// In place: a path is made for every value, and a copy each time would be slow where one key is a megabyte long.
void append_key(std::string& path, std::string_view key) {
    path += '/';
    for (const char c : key) {
        if (c == '~') {
            path += "~0";
        } else if (c == '/') {
            path += "~1";
        } else {
            path += c;
        }
    }
}

/// An array or object that has been opened and not yet closed.
struct Level {
    bool is_object = false;
    size_t opened_at = 0;
    size_t path_length = 0;  ///< of path_ before this level's key or index
    int64_t index = 0;
    std::map<std::string, size_t, std::less<>> keys;  ///< where each key was first seen
};

class Scanner {
public:
    Scanner(std::string_view text, const JsonLimits& limits) : text_(text), limits_(limits) {}

    /// Runs to the end, to the first fault, or to the value that is looked for.
    void run(const std::string_view* wanted_pointer) {
        wanted_ = wanted_pointer;
        skip_space();
        if (at_ == text_.size()) {
            fail("json.syntax", "The file holds no JSON value.", "Write an object between { and }.", at_);
            return;
        }
        while (value() && after_value()) {
        }
    }

    std::optional<JsonFault> fault;
    std::optional<size_t> found;

private:
    bool fail(std::string code, Message message, Message next_step, size_t offset) {
        fault = JsonFault{std::move(code), std::move(message), std::move(next_step), offset, path_};
        return false;
    }

    bool ends_early(const char* pattern, size_t opened_at) {
        return fail("json.syntax", Message(pattern, {std::to_string(position_of(text_, opened_at).line)}),
                    "Is the file complete? Close what is open, or fetch the file again.", text_.size());
    }
    bool ends_in_list(size_t opened_at) {
        return ends_early(tr_later("The file ends inside a list that began on line {0}."), opened_at);
    }
    bool ends_in_object(size_t opened_at) {
        return ends_early(tr_later("The file ends inside an object that began on line {0}."), opened_at);
    }
    bool ends_in_text(size_t opened_at) {
        return ends_early(tr_later("The file ends inside a text that began on line {0}."), opened_at);
    }

    void skip_space() {
        while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    }

    std::string character_at(size_t offset) const {
        return in_quotes(text_.substr(offset, decode_utf8(text_, offset).n_bytes));
    }

    /// One value, or the opening of an array or object up to its first value. False ends the run.
    bool value() {
        if (wanted_ != nullptr && *wanted_ == path_) {
            found = at_;
            return false;
        }
        if (++n_nodes_ > limits_.max_nodes) {
            return fail("json.nodes", Message("The file holds more than {0} values.", {grouped(limits_.max_nodes)}),
                        "Split it into smaller files.", at_);
        }
        const char c = text_[at_];
        is_complete_ = true;
        if (c == '{' || c == '[') return open(c == '{');
        if (c == '"') return string(nullptr);
        if (c == '-' || is_digit(c)) return number();
        if (c == '\'') return fail("json.syntax", "Texts stand in double quotes.", "Write \" instead of '.", at_);
        if (c == '/') return no_comments();
        if (is_word(c) || c == '+' || c == '.') return word();
        return fail("json.syntax", Message("Expected a value, found {0}.", {character_at(at_)}),
                    "Write a text, a number, true, false, null, a list or an object here.", at_);
    }

    bool no_comments() {
        return fail("json.syntax", "JSON has no comments.", "Remove the comment, or put it into a field of its own.",
                    at_);
    }

    bool word() {
        size_t end = at_;
        while (end < text_.size() && (is_word(text_[end]) || text_[end] == '+' || text_[end] == '.')) ++end;
        const std::string_view found_word = text_.substr(at_, end - at_);
        if (found_word == "true" || found_word == "false" || found_word == "null") {
            at_ = end;
            return true;
        }
        return fail("json.syntax", Message("Expected a value, found {0}.", {in_quotes(found_word)}),
                    "Only true, false and null stand without quotes; numbers begin with a digit or a minus.", at_);
    }

    bool open(bool is_object) {
        if (static_cast<int64_t>(levels_.size()) >= limits_.max_depth) {
            return fail(
                "json.depth",
                Message("Lists and objects are nested more than {0} deep.", {std::to_string(limits_.max_depth)}),
                "Flatten the structure.", at_);
        }
        Level level;
        level.is_object = is_object;
        level.opened_at = at_;
        level.path_length = path_.size();
        levels_.push_back(std::move(level));
        ++at_;
        skip_space();
        if (at_ < text_.size() && text_[at_] == (is_object ? '}' : ']')) return true;  // after_value() closes it
        is_complete_ = false;
        return next_item();
    }

    /// Goes to the beginning of the next member's or item's value.
    bool next_item() {
        Level& level = levels_.back();
        path_.resize(level.path_length);
        if (!level.is_object) {
            path_ += '/' + std::to_string(level.index++);
            if (at_ == text_.size()) return ends_in_list(level.opened_at);
            return true;
        }
        if (at_ == text_.size()) return ends_in_object(level.opened_at);
        if (text_[at_] == '/') return no_comments();
        if (text_[at_] != '"') {
            return fail("json.syntax", Message("Expected a name in double quotes, found {0}.", {character_at(at_)}),
                        "Every member of an object is written \"name\": value.", at_);
        }
        const size_t key_at = at_;
        std::string key;
        if (!string(&key)) return false;
        const auto [entry, is_new] = level.keys.emplace(key, key_at);
        append_key(path_, key);
        if (!is_new) {
            const TextPosition first = position_of(text_, entry->second);
            return fail("json.duplicate_key",
                        Message("The name {0} stands twice in one object; the first is on line {1}, column {2}.",
                                {in_quotes(key), std::to_string(first.line), std::to_string(first.column)}),
                        "Remove or rename one of the two.", key_at);
        }
        skip_space();
        if (at_ == text_.size()) return ends_in_object(level.opened_at);
        if (text_[at_] != ':') {
            return fail("json.syntax",
                        Message("Expected a colon after the name {0}, found {1}.", {in_quotes(key), character_at(at_)}),
                        "Every member of an object is written \"name\": value.", at_);
        }
        ++at_;
        skip_space();
        if (at_ == text_.size()) return ends_in_object(level.opened_at);
        return true;
    }

    /// Closes what ends here and goes on to the next value. False ends the run, also the good end.
    bool after_value() {
        if (!is_complete_) return true;
        while (true) {
            skip_space();
            if (levels_.empty()) {
                if (at_ == text_.size()) return false;
                return fail("json.trailing",
                            Message("Something follows after the end of the JSON value: {0}.", {character_at(at_)}),
                            "Remove everything after the last closing bracket.", at_);
            }
            const Level& level = levels_.back();
            if (at_ == text_.size()) {
                return level.is_object ? ends_in_object(level.opened_at) : ends_in_list(level.opened_at);
            }
            const char c = text_[at_];
            if (c == (level.is_object ? '}' : ']')) {
                ++at_;
                path_.resize(level.path_length);
                levels_.pop_back();
                continue;
            }
            if (c == ',') return comma();
            if (c == '/') return no_comments();
            return fail("json.syntax",
                        Message(level.is_object ? tr_later("Expected a comma or } inside an object, found {0}.")
                                                : tr_later("Expected a comma or ] inside a list, found {0}."),
                                {character_at(at_)}),
                        "Is a comma missing before this place, or a bracket too many or too few?", at_);
        }
    }

    bool comma() {
        const size_t comma_at = at_++;
        skip_space();
        const char closing = levels_.back().is_object ? '}' : ']';
        if (at_ < text_.size() && text_[at_] == closing) {
            return fail("json.syntax", Message("A comma stands before the closing {0}.", {std::string(1, closing)}),
                        "Remove this comma.", comma_at);
        }
        return next_item();
    }

    /// A text in double quotes; `out`, when wanted, receives it without escapes.
    bool string(std::string* out) {
        const size_t opened_at = at_++;
        while (true) {
            if (at_ >= text_.size()) return ends_in_text(opened_at);
            const char c = text_[at_];
            if (c == '"') {
                ++at_;
                return true;
            }
            if (static_cast<uint8_t>(c) < 0x20) {
                const bool is_break = c == '\n' || c == '\r';
                return fail("json.syntax",
                            is_break ? tr_later("A line ends inside a text.")
                                     : tr_later("A control character stands inside a text."),
                            is_break ? tr_later("Close the text with a double quote, or write \\n for a line break.")
                                     : tr_later("Write \\t for a tab, or remove the character."),
                            at_);
            }
            if (c == '\\') {
                if (!escape(out, opened_at)) return false;
                continue;
            }
            if (out != nullptr) out->push_back(c);
            ++at_;
        }
    }

    bool escape(std::string* out, size_t text_opened_at) {
        const size_t escape_at = at_++;
        if (at_ >= text_.size()) return ends_in_text(text_opened_at);
        const char c = text_[at_++];
        constexpr std::string_view kShort = "\"\\/bfnrt";
        constexpr std::string_view kMeaning = "\"\\/\b\f\n\r\t";
        if (const size_t which = kShort.find(c); which != std::string_view::npos) {
            if (out != nullptr) out->push_back(kMeaning[which]);
            return true;
        }
        if (c != 'u') {
            return fail(
                "json.syntax",
                Message("An unknown escape stands inside a text: {0}.", {in_quotes(text_.substr(escape_at, 2))}),
                "Write \\\\ for a backslash.", escape_at);
        }
        uint32_t code = 0;
        if (!four_hex_digits(code, escape_at)) return false;
        if (code >= 0xD800 && code <= 0xDFFF) {
            uint32_t low = 0;
            const bool is_pair = code <= 0xDBFF && text_.substr(at_, 2) == "\\u";
            if (is_pair) {
                at_ += 2;
                if (!four_hex_digits(low, escape_at)) return false;
            }
            if (!is_pair || low < 0xDC00 || low > 0xDFFF) {
                return fail("json.syntax", "Half of a surrogate pair stands alone inside a text.",
                            "Write the character itself, or both halves of the pair.", escape_at);
            }
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        }
        if (code == 0) {
            return fail("json.syntax", "The character \\u0000 stands inside a text.", "Remove it.", escape_at);
        }
        if (out != nullptr) append_utf8(*out, code);
        return true;
    }

    bool four_hex_digits(uint32_t& code, size_t escape_at) {
        code = 0;
        for (int i = 0; i < 4; ++i, ++at_) {
            const int digit = at_ < text_.size() ? hex_value(text_[at_]) : -1;
            if (digit < 0) {
                return fail("json.syntax", "Four hexadecimal digits belong after \\u.", "Write for example \\u00e9.",
                            escape_at);
            }
            code = code * 16 + static_cast<uint32_t>(digit);
        }
        return true;
    }

    bool number() {
        const size_t begin = at_;
        const auto digits = [this] {
            const size_t first = at_;
            while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
            return at_ > first;
        };
        if (text_[at_] == '-') ++at_;
        const size_t first_digit = at_;
        bool is_good = digits() && (text_[first_digit] != '0' || at_ == first_digit + 1);
        if (is_good && at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            is_good = digits();
        }
        if (is_good && at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            ++at_;
            if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
            is_good = digits();
        }
        if (!is_good || (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '.'))) {
            while (at_ < text_.size() && (is_word(text_[at_]) || text_[at_] == '.')) ++at_;
            return fail(
                "json.syntax",
                Message("This is not a number as JSON writes it: {0}.", {in_quotes(text_.substr(begin, at_ - begin))}),
                "Write numbers like 3, -0.5 or 1e-3: no leading zeros, a digit on both sides of the point.", begin);
        }
        const std::string_view digits_read = text_.substr(begin, at_ - begin);
        if (!parse_number(digits_read)) {
            return fail("json.number", Message("The number {0} is too large to be held.", {in_quotes(digits_read)}),
                        "Numbers end near 1.8e308.", begin);
        }
        return true;
    }

    std::string_view text_;
    const JsonLimits& limits_;
    const std::string_view* wanted_ = nullptr;
    size_t at_ = 0;
    int64_t n_nodes_ = 0;
    bool is_complete_ = true;  ///< value() read a whole value, not just an opening bracket
    std::string path_;
    std::vector<Level> levels_;
};

}  // namespace

std::optional<JsonFault> find_json_fault(std::string_view text, const JsonLimits& limits) {
    Scanner scanner(text, limits);
    scanner.run(nullptr);
    return std::move(scanner.fault);
}

std::optional<size_t> find_json_value(std::string_view text, std::string_view pointer) {
    const JsonLimits no_limits{.max_bytes = std::numeric_limits<int64_t>::max(),
                               .max_depth = 1'000,
                               .max_nodes = std::numeric_limits<int64_t>::max()};
    const size_t skipped = text.substr(0, kUtf8Bom.size()) == kUtf8Bom ? kUtf8Bom.size() : 0;
    Scanner scanner(text.substr(skipped), no_limits);
    scanner.run(&pointer);
    if (!scanner.found) return std::nullopt;
    return *scanner.found + skipped;
}

std::string json_path(std::string_view parent, std::string_view key) {
    std::string path(parent);
    append_key(path, key);
    return path;
}

std::string json_path(std::string_view parent, int64_t index) {
    return std::string(parent) + "/" + std::to_string(index);
}

}  // namespace terrarium::core::io
