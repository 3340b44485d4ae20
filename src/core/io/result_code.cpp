#include "core/io/result_code.h"

#include <algorithm>
#include <exception>
#include <limits>
#include <optional>

#include "core/io/base64url.h"
#include "core/io/bytes.h"
#include "core/io/cbor_check.h"
#include "core/io/code_text.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;

constexpr std::string_view kPrefix = "T1-";

bool is_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

bool is_hash(std::string_view text) { return text.size() <= 128 && text.size() % 2 == 0 && is_hex(text); }

json to_bytes(std::string_view hex) {
    if (!is_hash(hex)) return std::string(hex);  // decode() will say that it is not a hash
    const auto digit = [](char c) { return static_cast<uint8_t>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::vector<uint8_t> bytes;
    for (size_t i = 0; i < hex.size(); i += 2) {
        bytes.push_back(static_cast<uint8_t>(digit(hex[i]) << 4 | digit(hex[i + 1])));
    }
    return json::binary(std::move(bytes));
}

std::string to_hex(const std::vector<uint8_t>& bytes) {
    constexpr std::string_view kHex = "0123456789abcdef";
    std::string hex;
    for (const uint8_t byte : bytes) {
        hex.push_back(kHex[byte >> 4]);
        hex.push_back(kHex[byte & 15]);
    }
    return hex;
}

Error refuse(std::string code, Message message, Message next_step) {
    return Error{std::move(code), Message("the result code"), std::move(message), std::move(next_step)};
}

Error no_result() {
    return refuse("result_code.content", "The code is whole, but what it holds is not a result of this program.",
                  "Ask for the code to be copied again from the page that showed it.");
}

/// The list of seven, or nothing where one of its parts cannot be.
std::optional<ResultCode> from_list(const json& list) {
    if (!list.is_array() || list.size() != 7) return std::nullopt;
    const auto hash = [](const json& part) -> std::optional<std::string> {
        if (!part.is_binary() || part.get_binary().empty()) return std::nullopt;
        return to_hex(part.get_binary());
    };
    const std::optional<std::string> content_hash = hash(list[1]);
    const std::optional<std::string> evidence = hash(list[6]);
    const bool is_good = list[0].is_string() && content_hash && list[2].is_string() && list[3].is_number_unsigned() &&
                         list[4].is_object() && list[5].is_array() && list[5].size() % 3 == 0 && evidence;
    if (!is_good) return std::nullopt;
    ResultCode result{.build_id = list[0].get_ref<const std::string&>(),
                      .content_hash = *content_hash,
                      .lab = list[2].get_ref<const std::string&>(),
                      .seed = *list[3].get_ptr<const json::number_unsigned_t*>(),
                      .config = list[4],
                      .actions = {},
                      .evidence = *evidence};
    if (result.build_id.empty() || result.build_id.size() > 100 || !is_id(result.lab)) return std::nullopt;
    int64_t last_step = 0;
    for (size_t i = 0; i < list[5].size(); i += 3) {
        const json& step = list[5][i];
        const json& name = list[5][i + 1];
        if (!step.is_number_unsigned() || !name.is_string()) return std::nullopt;
        const json::number_unsigned_t number = *step.get_ptr<const json::number_unsigned_t*>();
        if (number > static_cast<uint64_t>(std::numeric_limits<int64_t>::max())) return std::nullopt;
        RecordedAction action{static_cast<int64_t>(number), name.get_ref<const std::string&>(), list[5][i + 2]};
        if (action.step < last_step || !is_id(action.name)) return std::nullopt;
        last_step = action.step;
        result.actions.push_back(std::move(action));
    }
    return result;
}

Result<ResultCode> decode_letters(const std::string& code) {
    const std::string_view text = code;
    const std::string_view body = text.substr(0, text.size() - kCheckDigits - 1);
    if (check_digits(body) != text.substr(text.size() - kCheckDigits)) {
        return refuse("result_code.changed", "The code was changed on the way: its check digits do not fit.",
                      "Copy the whole code again, from T1 to the last character.");
    }
    const std::optional<std::string> bytes = base64url_decode(body.substr(kPrefix.size()));
    if (!bytes || !is_plain_cbor(*bytes)) return no_result();
    const json list = json::from_cbor(bytes->begin(), bytes->end(), /*strict=*/true, /*allow_exceptions=*/false);
    std::optional<ResultCode> result = from_list(list);
    // There are many ways to write the same CBOR; only ours counts, so that one result has one code.
    if (!result || encode(*result) != code) return no_result();
    return std::move(*result);
}

}  // namespace

std::string encode(const ResultCode& result) {
    json actions = json::array();
    for (const RecordedAction& action : result.actions) {
        actions.push_back(static_cast<uint64_t>(std::max<int64_t>(action.step, 0)));
        actions.push_back(action.name);
        actions.push_back(action.value);
    }
    json list = json::array();
    list.push_back(result.build_id);
    list.push_back(to_bytes(result.content_hash));
    list.push_back(result.lab);
    list.push_back(result.seed);
    list.push_back(result.config);
    list.push_back(std::move(actions));
    list.push_back(to_bytes(result.evidence));
    std::string bytes;
    json::to_cbor(list, bytes);
    const std::string body = std::string(kPrefix) + base64url_encode(bytes);
    return body + "-" + check_digits(body);
}

Result<ResultCode> decode(std::string_view text) {
    try {
        // White space costs nothing in the count, but reading stops somewhere all the same.
        const std::string code = text.size() > 4 * kMaxResultCodeBytes ? std::string(text) : without_space(text);
        if (code.size() > kMaxResultCodeBytes) {
            return refuse("result_code.too_long",
                          Message("The text has {0} characters; a result code has at most {1}.",
                                  {grouped(static_cast<int64_t>(code.size())),
                                   grouped(static_cast<int64_t>(kMaxResultCodeBytes))}),
                          "Copy only the code, from T1 to the last character.");
        }
        const size_t dash = code.find('-');
        const std::string_view version = std::string_view(code).substr(0, std::min(dash, code.size()));
        const bool is_some_version =
            version.size() >= 2 && version.size() <= 4 && version[0] == 'T' &&
            std::all_of(version.begin() + 1, version.end(), [](char c) { return c >= '0' && c <= '9'; });
        if (dash != std::string::npos && is_some_version && version != "T1") {
            return refuse("result_code.newer_version",
                          Message("The code has the form {0}; this program knows {1}.", {std::string(version), "T1"}),
                          "Was its beginning copied rightly? Otherwise check it with a newer program.");
        }
        const size_t shortest = kPrefix.size() + 1 + kCheckDigits;
        if (!code.starts_with(kPrefix) || code.size() <= shortest || code[code.size() - kCheckDigits - 1] != '-') {
            return refuse("result_code.form", "This is not a whole result code: one looks like T1-letters-digits.",
                          "Copy the whole code again, from T1 to the last character.");
        }
        return decode_letters(code);
    } catch (const std::exception&) {
        // The library throws where CBOR claims a length that cannot be, and there may be no memory.
        return no_result();
    }
}

}  // namespace terrarium::core::io
