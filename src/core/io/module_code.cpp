#include "core/io/module_code.h"

#include <algorithm>
#include <exception>
#include <set>

#include "core/io/base64url.h"
#include "core/io/bytes.h"
#include "core/io/cbor_check.h"
#include "core/io/code_text.h"
#include "core/support/check.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;

constexpr std::string_view kModulePrefix = "TM1.";
constexpr std::string_view kResultPrefix = "T1-";

Error refuse(std::string code, Message message, Message next_step) {
    return Error{std::move(code), Message("the module code"), std::move(message), std::move(next_step)};
}

Error no_module() {
    return refuse("module_code.content", "The code is whole, but what it holds is not a module of this program.",
                  "Ask for the code to be copied again from the page that showed it.");
}

/// A result code without its beginning and its check digits, as bytes.
json payload_of(const ResultCode& result) {
    const std::string code = encode(result);
    const size_t n_letters = code.size() - kResultPrefix.size() - 1 - kCheckDigits;
    const auto bytes = base64url_decode(std::string_view(code).substr(kResultPrefix.size(), n_letters));
    TERRARIUM_CHECK(bytes.has_value(), "encode() writes letters of base64url.");
    return json::binary(std::vector<uint8_t>(bytes->begin(), bytes->end()));
}

Result<ResultCode> from_payload(const std::vector<uint8_t>& bytes) {
    const std::string letters = base64url_encode(std::string(bytes.begin(), bytes.end()));
    const std::string body = std::string(kResultPrefix) + letters;
    return decode(body + "-" + check_digits(body));
}

Result<ModuleCode> from_list(const json& list) {
    if (!list.is_array() || list.size() < 2 || list.size() > 1 + kMaxModuleResults || !list[0].is_string()) {
        return no_module();
    }
    ModuleCode code{.module = list[0].get<std::string>(), .results = {}};
    if (!is_id(code.module)) return no_module();
    std::set<std::string> labs;
    for (size_t i = 1; i < list.size(); ++i) {
        if (!list[i].is_binary()) return no_module();
        auto result = from_payload(list[i].get_binary());
        if (!result || !labs.insert(result.value().lab).second) return no_module();
        code.results.push_back(std::move(result).value());
    }
    return code;
}

Result<ModuleCode> decode_letters(const std::string& code) {
    const std::string_view body = std::string_view(code).substr(0, code.size() - kCheckDigits - 1);
    if (check_digits(body) != std::string_view(code).substr(code.size() - kCheckDigits)) {
        return refuse("module_code.changed", "The code was changed on the way: its check digits do not fit.",
                      "Copy the whole code again, from TM1 to the last character.");
    }
    const std::optional<std::string> bytes = base64url_decode(body.substr(kModulePrefix.size()));
    if (!bytes || !is_plain_cbor(*bytes)) return no_module();
    const json list = json::from_cbor(bytes->begin(), bytes->end(), /*strict=*/true, /*allow_exceptions=*/false);
    auto read = from_list(list);
    if (read && encode(read.value()) != code) return no_module();
    return read;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string encode(const ModuleCode& code) {
    TERRARIUM_CHECK(!code.results.empty() && code.results.size() <= kMaxModuleResults, "A module code has results.");
    json list = json::array();
    list.push_back(code.module);
    for (const ResultCode& result : code.results) list.push_back(payload_of(result));
    std::string bytes;
    json::to_cbor(list, bytes);
    const std::string body = std::string(kModulePrefix) + base64url_encode(bytes);
    return body + "." + check_digits(body);
}

Result<ModuleCode> decode_module_code(std::string_view text) {
    try {
        const std::string code = text.size() > 4 * kMaxModuleCodeBytes ? std::string(text) : without_space(text);
        if (code.size() > kMaxModuleCodeBytes) {
            return refuse("module_code.too_long",
                          Message("The text has {0} characters; a module code has at most {1}.",
                                  {grouped(static_cast<int64_t>(code.size())),
                                   grouped(static_cast<int64_t>(kMaxModuleCodeBytes))}),
                          "Copy only the code, from TM1 to the last character.");
        }
        const std::string_view version = std::string_view(code).substr(0, std::min(code.find('.'), code.size()));
        if (version.starts_with("TM") && version.size() <= 5 && is_digits(version.substr(2)) && version != "TM1") {
            return refuse("module_code.newer_version",
                          Message("The code has the form {0}; this program knows {1}.", {std::string(version), "TM1"}),
                          "Was its beginning copied rightly? Otherwise check it with a newer program.");
        }
        const size_t shortest = kModulePrefix.size() + 1 + kCheckDigits;
        if (!code.starts_with(kModulePrefix) || code.size() <= shortest ||
            code[code.size() - kCheckDigits - 1] != '.') {
            return refuse("module_code.form", "This is not a whole module code: one looks like TM1.letters.digits.",
                          "Copy the whole code again, from TM1 to the last character.");
        }
        return decode_letters(code);
    } catch (const std::exception&) {
        // The library throws where CBOR claims a length that cannot be, and there may be no memory.
        return no_module();
    }
}

Result<ModuleCode> decode_any_code(std::string_view text) {
    // Enough of the beginning to see the kind, however much white space stands before it.
    const std::string start = without_space(text.substr(0, std::min<size_t>(text.size(), 2000)));
    if (start.starts_with("TM")) return decode_module_code(text);
    auto result = decode(text);
    if (!result) return result.error();
    ModuleCode single;
    single.results.push_back(std::move(result).value());
    return single;
}

}  // namespace terrarium::core::io
