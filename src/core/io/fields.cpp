#include "core/io/fields.h"

#include <algorithm>
#include <cmath>

#include "core/io/bytes.h"
#include "core/io/json_door.h"
#include "core/io/number_text.h"
#include "core/support/check.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;

constexpr size_t kMaxWarnings = 100;

/// The value as an author would recognise it in the file: signs of JSON, which are the same in every language.
std::string found(const json& value) {
    switch (value.type()) {
        case json::value_t::object:
            return "{\u2026}";
        case json::value_t::array:
            return "[\u2026]";
        case json::value_t::string:
            return in_quotes(value.get_ref<const std::string&>());
        case json::value_t::boolean:
            return value.get<bool>() ? "true" : "false";
        case json::value_t::number_float:
            return format_number(value.get<double>());
        case json::value_t::number_integer:
            return std::to_string(*value.get_ptr<const json::number_integer_t*>());
        case json::value_t::number_unsigned:
            return std::to_string(*value.get_ptr<const json::number_unsigned_t*>());
        default:
            return "null";
    }
}

}  // namespace

// --- the report ---

const Error& FieldReport::error() const {
    TERRARIUM_CHECK(first_error_.has_value(), "A report without an error was asked for its error.");
    return *first_error_;
}

Message FieldReport::place_of(const std::string& path) const {
    if (!text_.empty()) {
        if (const std::optional<size_t> offset = find_json_value(text_, path)) {
            return json_place(file_name_, text_, *offset, path);
        }
    }
    if (source_ == Source::Address) return Message("the address, at {0}", {path});
    return path.empty() ? Message("{0}", {file_name_}) : Message("{0}, at {1}", {file_name_, path});
}

void FieldReport::refuse(std::string code, const std::string& path, Message message, Message next_step) {
    if (source_ == Source::Address) {
        warn(std::move(code), path, std::move(message), std::move(next_step));
    } else if (!first_error_) {
        first_error_ = Error{std::move(code), place_of(path), std::move(message), std::move(next_step)};
    }
}

void FieldReport::warn(std::string code, const std::string& path, Message message, Message next_step) {
    if (warnings_.size() < kMaxWarnings) {
        warnings_.push_back(Error{std::move(code), place_of(path), std::move(message), std::move(next_step)});
    }
}

void FieldReport::check_unique(const std::string& scope, const std::string& id, const std::string& path) {
    const auto [entry, is_new] = ids_.emplace(std::pair(scope, id), path);
    // Places cost a pass over the file each; after the first error nobody reads them.
    const bool is_heard = source_ == Source::Address || !first_error_;
    if (!is_new && is_heard) {
        refuse("field.duplicate_id", path,
               Message("The id {0} is used by two of kind \"{1}\"; the first is here: {2}.",
                       {in_quotes(id), scope, place_of(entry->second).english()}),
               "Give one of them another id.");
    }
}

// --- one value ---

void Item::unexpected(Message message) const {
    const bool is_address = report_->source() == Source::Address;
    report_->refuse("field.value", path_, std::move(message),
                    is_address ? tr_later("The lab's default is used instead.") : tr_later("Change the value."));
}

std::optional<int64_t> Item::try_int(int64_t min, int64_t max) const {
    const json& v = *value_;
    std::optional<int64_t> number;
    if (v.is_number_unsigned()) {
        const auto magnitude = *v.get_ptr<const json::number_unsigned_t*>();
        if (magnitude <= static_cast<uint64_t>(INT64_MAX)) number = static_cast<int64_t>(magnitude);
    } else if (v.is_number_integer()) {
        number = *v.get_ptr<const json::number_integer_t*>();
    } else {
        std::optional<double> real;
        if (v.is_number_float()) real = v.get<double>();
        if (v.is_string() && report_->source() == Source::Address) {
            const std::string& text = v.get_ref<const std::string&>();
            number = parse_int(text);
            if (!number) real = parse_number(text);
        }
        // Beyond 2^53 neighbouring whole numbers share a double: which one was meant is no longer known.
        constexpr double kLargestExact = 9007199254740992.0;
        if (real && *real == std::floor(*real) && std::abs(*real) <= kLargestExact) {
            number = static_cast<int64_t>(*real);
        }
    }
    if (number && *number >= min && *number <= max) return number;
    unexpected(Message("Expected a whole number from {0} to {1}, found {2}.",
                       {std::to_string(min), std::to_string(max), found(*value_)}));
    return std::nullopt;
}

std::optional<double> Item::try_number(double min, double max) const {
    std::optional<double> number;
    if (value_->is_number()) number = value_->get<double>();
    if (value_->is_string() && report_->source() == Source::Address) {
        number = parse_number(value_->get_ref<const std::string&>());
    }
    if (number && *number >= min && *number <= max) return number;
    unexpected(Message("Expected a number from {0} to {1}, found {2}.",
                       {format_number(min), format_number(max), found(*value_)}));
    return std::nullopt;
}

std::optional<std::string> Item::try_text(int64_t min_length, int64_t max_length) const {
    if (value_->is_string()) {
        const std::string& text = value_->get_ref<const std::string&>();
        const int64_t length = count_characters(text);
        if (length >= min_length && length <= max_length) return text;
        report_->refuse("field.value", path_,
                        min_length == max_length
                            ? Message("Expected a text of {0} characters, found {1}: {2}.",
                                      {grouped(min_length), grouped(length), in_quotes(text)})
                            : Message("Expected a text of {0} to {1} characters, found {2}: {3}.",
                                      {grouped(min_length), grouped(max_length), grouped(length), in_quotes(text)}),
                        length < min_length ? tr_later("Write more.") : tr_later("Shorten it."));
        return std::nullopt;
    }
    unexpected(Message("Expected a text, found {0}.", {found(*value_)}));
    return std::nullopt;
}

std::string Item::text(int64_t min_length, int64_t max_length) const {
    return try_text(min_length, max_length).value_or("");
}

std::string Item::cut_text(int64_t min_length, int64_t max_length) const {
    const std::string whole = text(min_length, INT64_MAX);
    std::string shown = cut_characters(whole, max_length);
    if (shown.size() != whole.size()) {
        report_->warn("field.cut", path_,
                      Message("The text is longer than {0} characters and was cut.", {grouped(max_length)}),
                      "Shorten it.");
    }
    return shown;
}

std::optional<std::string> Item::try_choice(std::initializer_list<std::string_view> allowed) const {
    std::string list;
    for (const std::string_view word : allowed) {
        if (value_->is_string() && value_->get_ref<const std::string&>() == word) return std::string(word);
        list += list.empty() ? "" : ", ";
        list += word;
    }
    unexpected(Message("Expected one of these: {0}. Found {1}.", {list, found(*value_)}));
    return std::nullopt;
}

std::string Item::choice(std::initializer_list<std::string_view> allowed) const {
    TERRARIUM_CHECK(allowed.size() > 0, "A choice needs at least one word.");
    return try_choice(allowed).value_or(std::string(*allowed.begin()));
}

std::optional<bool> Item::try_boolean() const {
    if (value_->is_boolean()) return value_->get<bool>();
    if (value_->is_string() && report_->source() == Source::Address) {
        const std::string& text = value_->get_ref<const std::string&>();
        if (text == "true" || text == "1") return true;
        if (text == "false" || text == "0") return false;
    }
    unexpected(Message("Expected true or false, found {0}.", {found(*value_)}));
    return std::nullopt;
}

std::optional<std::string> Item::try_id() const {
    if (value_->is_string() && is_id(value_->get_ref<const std::string&>())) return value_->get<std::string>();
    unexpected(
        Message("Expected an id of 1 to 64 characters out of a-z, 0-9, _ and dot, found {0}.", {found(*value_)}));
    return std::nullopt;
}

Fields Item::object() const {
    if (value_->is_object()) return Fields(value_, path_, *report_);
    unexpected(Message("Expected an object, found {0}.", {found(*value_)}));
    return Fields(nullptr, path_, *report_);
}

std::vector<Item> Item::items(int64_t min_count, int64_t max_count) const {
    const json* list = value_;
    if (value_->is_string() && report_->source() == Source::Address) {
        json parts = json::array();
        const std::string& text = value_->get_ref<const std::string&>();
        for (size_t from = 0; !text.empty() && from <= text.size();) {
            const size_t comma = std::min(text.find(',', from), text.size());
            parts.push_back(text.substr(from, comma - from));
            from = comma + 1;
        }
        list = &report_->split_.emplace_back(std::move(parts));
    }
    if (!list->is_array()) {
        unexpected(Message("Expected a list, found {0}.", {found(*value_)}));
        return {};
    }
    const auto count = static_cast<int64_t>(list->size());
    if (count < min_count || count > max_count) {
        report_->refuse("field.count", path_,
                        min_count == max_count ? Message("Expected a list of {0} entries, found {1}.",
                                                         {grouped(min_count), grouped(count)})
                                               : Message("Expected a list of {0} to {1} entries, found {2}.",
                                                         {grouped(min_count), grouped(max_count), grouped(count)}),
                        count < min_count ? tr_later("Add entries.") : tr_later("Remove entries."));
        return {};
    }
    std::vector<Item> items;
    for (const json& value : *list) {
        items.emplace_back(value, json_path(path_, static_cast<int64_t>(items.size())), *report_);
    }
    return items;
}

// --- an object's named values ---

std::optional<Item> Fields::find(std::string_view key) {
    known_.emplace(key);
    if (object_ == nullptr) return std::nullopt;
    const auto entry = object_->find(key);
    if (entry == object_->end()) return std::nullopt;
    return Item(*entry, json_path(path_, key), *report_);
}

std::optional<Item> Fields::need(std::string_view key) {
    std::optional<Item> item = find(key);
    if (!item && object_ != nullptr) {
        report_->refuse("field.missing", path_, Message("The field \"{0}\" is missing.", {std::string(key)}),
                        "Add it; the schema beside the content says what belongs there.");
    }
    return item;
}

int64_t Fields::int_in(std::string_view key, int64_t min, int64_t max) {
    const std::optional<Item> item = need(key);
    return item ? item->int_in(min, max) : min;
}

int64_t Fields::int_in_or(std::string_view key, int64_t min, int64_t max, int64_t fallback) {
    const std::optional<Item> item = find(key);
    return item ? item->try_int(min, max).value_or(fallback) : fallback;
}

double Fields::number_in(std::string_view key, double min, double max) {
    const std::optional<Item> item = need(key);
    return item ? item->number_in(min, max) : min;
}

double Fields::number_in_or(std::string_view key, double min, double max, double fallback) {
    const std::optional<Item> item = find(key);
    return item ? item->try_number(min, max).value_or(fallback) : fallback;
}

std::string Fields::text(std::string_view key, int64_t min_length, int64_t max_length) {
    const std::optional<Item> item = need(key);
    return item ? item->text(min_length, max_length) : std::string();
}

std::string Fields::text_or(std::string_view key, int64_t min_length, int64_t max_length, std::string_view fallback) {
    const std::optional<Item> item = find(key);
    return (item ? item->try_text(min_length, max_length) : std::nullopt).value_or(std::string(fallback));
}

std::string Fields::choice(std::string_view key, std::initializer_list<std::string_view> allowed) {
    const std::optional<Item> item = need(key);
    return item ? item->choice(allowed) : std::string(*allowed.begin());
}

std::string Fields::choice_or(std::string_view key, std::initializer_list<std::string_view> allowed,
                              std::string_view fallback) {
    const std::optional<Item> item = find(key);
    return (item ? item->try_choice(allowed) : std::nullopt).value_or(std::string(fallback));
}

bool Fields::boolean(std::string_view key) {
    const std::optional<Item> item = need(key);
    return item ? item->boolean() : false;
}

bool Fields::boolean_or(std::string_view key, bool fallback) {
    const std::optional<Item> item = find(key);
    return item ? item->try_boolean().value_or(fallback) : fallback;
}

std::string Fields::id(std::string_view key) {
    const std::optional<Item> item = need(key);
    return item ? item->id() : std::string();
}

std::string Fields::id_or(std::string_view key, std::string_view fallback) {
    const std::optional<Item> item = find(key);
    return (item ? item->try_id() : std::nullopt).value_or(std::string(fallback));
}

Fields Fields::object(std::string_view key) {
    const std::optional<Item> item = need(key);
    return item ? item->object() : Fields(nullptr, json_path(path_, key), *report_);
}

std::vector<std::string> Fields::texts(std::string_view key, int64_t min_count, int64_t max_count, int64_t min_length,
                                       int64_t max_length) {
    std::vector<std::string> texts;
    list(key, min_count, max_count, [&](const Item& item) { texts.push_back(item.text(min_length, max_length)); });
    return texts;
}

void Fields::schema_version(int64_t newest_known) {
    const std::optional<Item> item = need("schema");
    if (!item) return;
    const std::optional<int64_t> version = item->try_int(1, INT32_MAX);
    if (version && *version > newest_known) {
        item->refuse("field.newer_version",
                     Message("The file was made for a newer version of the program (form {0}; this program knows up "
                             "to {1}).",
                             {std::to_string(*version), std::to_string(newest_known)}),
                     "Reload the page to get the newest program.");
    }
}

void Fields::finish() {
    if (object_ == nullptr) return;
    known_.emplace("$schema");  // which schema an author's editor checks against; not ours to read
    for (const auto& [key, value] : object_->items()) {
        if (!known_.contains(key)) {
            report_->warn("field.unknown", json_path(path_, key),
                          Message("The field {0} is not known here.", {in_quotes(key)}),
                          "Is it a typing error, or made for a newer version?");
        }
    }
}

}  // namespace terrarium::core::io
