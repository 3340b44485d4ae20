// Checked reading of the values behind the JSON door: the only way from a parsed tree to plain structs.
//
// A reader of any format is then a list of sentences, and every complaint names file, line, path and a next step:
//
//     FieldReport report("content/m2/pretraining.json", bytes);
//     Fields lab(tree, report);
//     config.layers = lab.int_in("layers", 1, 6);
//     config.learning_rate = lab.number_in_or("learning_rate", 1e-6, 10.0, 0.003);
//     lab.list("hints", 3, 3, [&](Item hint) { hints.push_back(hint.text(1, 400)); });
//     lab.finish();                              // unknown names become warnings
//     if (!report.ok()) return report.error();   // the first thing that was wrong
//
// Reading goes on after an error, with harmless values (the minimum, an empty text), so that no line needs an `if`;
// only the first error is kept, because later ones are often its echo.
//
// The same reader takes a lab's settings from the address bar (Source::Address): there every value arrives as text,
// nothing is fatal, and a bad value becomes the default and a note.

#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/support/result.h"

namespace terrarium::core::io {

/// Where the values come from, which decides what a bad one means.
enum class Source {
    File,     ///< a bad value is an error; the values have JSON types
    Address,  ///< a bad value is a note and the default; "7" is a number, "true" a truth value, "1,2" a list
};

/// Collects what was wrong while one file is read. Must outlive the Fields and Items that write to it.
class FieldReport {
public:
    /// text  in  the file as it was read, so that messages can name lines; may be empty; must outlive the report
    explicit FieldReport(std::string file_name, std::string_view text = {}, Source source = Source::File)
        : file_name_(std::move(file_name)), text_(text), source_(source) {}
    FieldReport(const FieldReport&) = delete;
    FieldReport& operator=(const FieldReport&) = delete;

    [[nodiscard]] bool ok() const { return !first_error_.has_value(); }
    [[nodiscard]] const Error& error() const;                                       ///< requires !ok()
    [[nodiscard]] const std::vector<Error>& warnings() const { return warnings_; }  ///< in reading order, at most 100
    [[nodiscard]] Source source() const { return source_; }

    /// Reports that the value at `path` is not acceptable (an error, or a note for values from the address).
    void refuse(std::string code, const std::string& path, Message message, Message next_step);
    void warn(std::string code, const std::string& path, Message message, Message next_step);
    /// Refuses the value at `path` if `id` was already used in this `scope` ("question"), naming both places.
    void check_unique(const std::string& scope, const std::string& id, const std::string& path);
    /// "FILE, line 3, column 7, at /a/b", or without line and column where the text is not known.
    [[nodiscard]] Message place_of(const std::string& path) const;

private:
    friend class Item;
    std::string file_name_;
    std::string_view text_;
    Source source_;
    std::optional<Error> first_error_;
    std::vector<Error> warnings_;
    std::map<std::pair<std::string, std::string>, std::string> ids_;  ///< (scope, id) -> path of the first use
    std::deque<nlohmann::json> split_;  ///< items of lists that came as "a,b" from the address
};

class Fields;

/// One value and the path to it. Getters return the value when it is acceptable; otherwise they report and return
/// what is named in the comment.
class Item {
public:
    Item(const nlohmann::json& value, std::string path, FieldReport& report)
        : value_(&value), path_(std::move(path)), report_(&report) {}

    /// A whole number; 3.0 and 1e3 count, 3.9 and 5e9 (here) do not. Else min.
    [[nodiscard]] int64_t int_in(int64_t min, int64_t max) const { return try_int(min, max).value_or(min); }
    /// A finite number. Else min.
    [[nodiscard]] double number_in(double min, double max) const { return try_number(min, max).value_or(min); }
    /// A text of min_length to max_length characters (not bytes). Else "".
    [[nodiscard]] std::string text(int64_t min_length, int64_t max_length) const;
    /// Like text(), but what is too long is cut with an ellipsis and a warning: for prose that is only shown.
    [[nodiscard]] std::string cut_text(int64_t min_length, int64_t max_length) const;
    /// One of a few words. Else the first of them.
    [[nodiscard]] std::string choice(std::initializer_list<std::string_view> allowed) const;
    [[nodiscard]] bool boolean() const { return try_boolean().value_or(false); }
    /// 1 to 64 characters a-z 0-9 _ and dot. Else "".
    [[nodiscard]] std::string id() const { return try_id().value_or(""); }
    /// An object. Else an empty one, whose getters stay silent.
    [[nodiscard]] Fields object() const;
    /// Calls fn(Item) for every element of a list with min_count to max_count elements. Else calls nothing.
    template <typename Fn>
    void list(int64_t min_count, int64_t max_count, Fn&& fn) const {
        for (const Item& item : items(min_count, max_count)) fn(item);
    }

    [[nodiscard]] std::optional<int64_t> try_int(int64_t min, int64_t max) const;
    [[nodiscard]] std::optional<double> try_number(double min, double max) const;
    [[nodiscard]] std::optional<std::string> try_text(int64_t min_length, int64_t max_length) const;
    [[nodiscard]] std::optional<std::string> try_choice(std::initializer_list<std::string_view> allowed) const;
    [[nodiscard]] std::optional<bool> try_boolean() const;
    [[nodiscard]] std::optional<std::string> try_id() const;
    [[nodiscard]] std::vector<Item> items(int64_t min_count, int64_t max_count) const;

    /// The tree itself, for what another reader takes over (a lab's defaults and goal).
    [[nodiscard]] const nlohmann::json& raw() const { return *value_; }
    [[nodiscard]] const std::string& path() const { return path_; }
    /// Reports something only the caller can know ("unknown lab").
    void refuse(std::string code, Message message, Message next_step) const {
        report_->refuse(std::move(code), path_, std::move(message), std::move(next_step));
    }

private:
    void unexpected(Message message) const;

    const nlohmann::json* value_;
    std::string path_;
    FieldReport* report_;
};

/// The named values of one object. Each getter exists twice: plain (the name must be there) and with _or (a missing
/// name gives the fallback silently; a bad value is reported and gives the fallback, too).
class Fields {
public:
    /// The outermost object of a file. Anything but an object is reported and read as empty.
    Fields(const nlohmann::json& tree, FieldReport& report) : Fields(Item(tree, "", report).object()) {}

    int64_t int_in(std::string_view key, int64_t min, int64_t max);
    int64_t int_in_or(std::string_view key, int64_t min, int64_t max, int64_t fallback);
    double number_in(std::string_view key, double min, double max);
    double number_in_or(std::string_view key, double min, double max, double fallback);
    std::string text(std::string_view key, int64_t min_length, int64_t max_length);
    std::string text_or(std::string_view key, int64_t min_length, int64_t max_length, std::string_view fallback);
    std::string choice(std::string_view key, std::initializer_list<std::string_view> allowed);
    std::string choice_or(std::string_view key, std::initializer_list<std::string_view> allowed,
                          std::string_view fallback);
    bool boolean(std::string_view key);
    bool boolean_or(std::string_view key, bool fallback);
    std::string id(std::string_view key);
    std::string id_or(std::string_view key, std::string_view fallback);
    Fields object(std::string_view key);
    std::vector<std::string> texts(std::string_view key, int64_t min_count, int64_t max_count, int64_t min_length,
                                   int64_t max_length);
    template <typename Fn>
    void list(std::string_view key, int64_t min_count, int64_t max_count, Fn&& fn) {
        if (const std::optional<Item> item = need(key)) item->list(min_count, max_count, fn);
    }
    /// Like list(), but a missing name is an empty list.
    template <typename Fn>
    void list_or_none(std::string_view key, int64_t min_count, int64_t max_count, Fn&& fn) {
        if (const std::optional<Item> item = find(key)) item->list(min_count, max_count, fn);
    }

    /// The value under a name, if there is one. Counts the name as known.
    [[nodiscard]] std::optional<Item> find(std::string_view key);
    /// The same, but a missing name is reported.
    [[nodiscard]] std::optional<Item> need(std::string_view key);
    /// The format's version under "schema": refuses files made for a newer program, in those words.
    void schema_version(int64_t newest_known);
    /// Warns about every name that no getter asked for. Call last; a silent typing error is the worst kind.
    void finish();

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    friend class Item;
    Fields(const nlohmann::json* object, std::string path, FieldReport& report)
        : object_(object), path_(std::move(path)), report_(&report) {}

    const nlohmann::json* object_;  ///< nullptr: the object itself was missing or wrong, and that was reported
    std::string path_;
    FieldReport* report_;
    std::set<std::string, std::less<>> known_;
};

}  // namespace terrarium::core::io
