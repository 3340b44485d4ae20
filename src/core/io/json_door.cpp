#include "core/io/json_door.h"

#include <exception>
#include <optional>

#include "core/io/bytes.h"

namespace terrarium::core::io {
namespace {

Error at(std::string_view file_name, std::string_view bytes, size_t offset, std::string code, std::string message,
         std::string next_step) {
    return Error{std::move(code), json_place(file_name, bytes, offset, ""), std::move(message), std::move(next_step)};
}

/// Steps 1 and 2: is this text at all?
std::optional<Error> find_byte_fault(std::string_view bytes, std::string_view file_name, const JsonLimits& limits) {
    if (static_cast<uint64_t>(bytes.size()) > static_cast<uint64_t>(limits.max_bytes)) {
        return Error{"json.too_large", std::string(file_name),
                     "The file has " + grouped(static_cast<int64_t>(bytes.size())) + " bytes; at most " +
                         grouped(limits.max_bytes) + " are read.",
                     "Split it into smaller files."};
    }
    if (const WideText kind = detect_wide_text(bytes); kind != WideText::None) {
        return Error{"json.encoding", std::string(file_name),
                     "The file is " + std::string(wide_text_name(kind)) + " text, not UTF-8.",
                     "Save it as UTF-8 in the editor."};
    }
    if (const size_t zero = bytes.find('\0'); zero != std::string_view::npos) {
        return at(file_name, bytes, zero, "json.zero_byte",
                  "A zero byte stands at byte " + grouped(static_cast<int64_t>(zero)) + " (counted from 0).",
                  "Remove it; a file with zero bytes is usually not a text file.");
    }
    if (const std::optional<size_t> invalid = find_invalid_utf8(bytes)) {
        return at(
            file_name, bytes, *invalid, "json.encoding",
            "The bytes at byte " + grouped(static_cast<int64_t>(*invalid)) + " (counted from 0) are not valid UTF-8.",
            "Save the file as UTF-8 in the editor.");
    }
    return std::nullopt;
}

}  // namespace

Result<nlohmann::json> read_json(std::string_view bytes, std::string_view file_name, const JsonLimits& limits) {
    try {
        if (std::optional<Error> fault = find_byte_fault(bytes, file_name, limits)) return std::move(*fault);
        std::string_view text = bytes;
        if (text.substr(0, kUtf8Bom.size()) == kUtf8Bom) text.remove_prefix(kUtf8Bom.size());

        if (std::optional<JsonFault> fault = find_json_fault(text, limits)) {
            if (const size_t first = text.find_first_not_of(" \t\r\n");
                first != std::string_view::npos && text[first] == '<') {
                fault->message = "The file is not JSON; it looks like a web page.";
                fault->next_step = "Was the address wrong, or did a sign-in page come instead of the file?";
            }
            return Error{fault->code, json_place(file_name, text, fault->offset, fault->path), fault->message,
                         fault->next_step};
        }
        nlohmann::json tree = nlohmann::json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
        if (tree.is_discarded()) {
            // Cannot happen as long as both readers know the same grammar; the tests compare them.
            return Error{"json.syntax", std::string(file_name), "The file is not valid JSON.",
                         "Check it with the editor's JSON mode."};
        }
        return tree;
    } catch (const std::exception&) {
        return Error{"json.memory", std::string(file_name), "There was not enough memory to read the file.",
                     "Close other pages and try again."};
    }
}

std::string json_place(std::string_view file_name, std::string_view text, size_t offset, std::string_view path) {
    const TextPosition position = position_of(text, offset);
    std::string place = std::string(file_name) + ", line " + std::to_string(position.line) + ", column " +
                        std::to_string(position.column);
    if (!path.empty()) {
        // Quoted for its replacement of hidden characters; the quotes themselves would only be noise here.
        const std::string shown = in_quotes(path, 200);
        place += ", at " + shown.substr(1, shown.size() - 2);
    }
    return place;
}

}  // namespace terrarium::core::io
