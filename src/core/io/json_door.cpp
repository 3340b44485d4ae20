#include "core/io/json_door.h"

#include <exception>
#include <optional>

#include "core/io/bytes.h"

namespace terrarium::core::io {
namespace {

Error at(std::string_view file_name, std::string_view bytes, size_t offset, std::string code, Message message,
         Message next_step) {
    return Error{std::move(code), json_place(file_name, bytes, offset, ""), std::move(message), std::move(next_step)};
}

/// Steps 1 and 2: is this text at all?
std::optional<Error> find_byte_fault(std::string_view bytes, std::string_view file_name, const JsonLimits& limits) {
    if (static_cast<uint64_t>(bytes.size()) > static_cast<uint64_t>(limits.max_bytes)) {
        return Error{"json.too_large", Message("{0}", {std::string(file_name)}),
                     Message("The file has {0} bytes; at most {1} are read.",
                             {grouped(static_cast<int64_t>(bytes.size())), grouped(limits.max_bytes)}),
                     "Split it into smaller files."};
    }
    if (const WideText kind = detect_wide_text(bytes); kind != WideText::None) {
        return Error{"json.encoding", Message("{0}", {std::string(file_name)}),
                     Message("The file is {0} text, not UTF-8.", {std::string(wide_text_name(kind))}),
                     "Save it as UTF-8 in the editor."};
    }
    if (const size_t zero = bytes.find('\0'); zero != std::string_view::npos) {
        return at(file_name, bytes, zero, "json.zero_byte",
                  Message("A zero byte stands at byte {0} (counted from 0).", {grouped(static_cast<int64_t>(zero))}),
                  "Remove it; a file with zero bytes is usually not a text file.");
    }
    if (const std::optional<size_t> invalid = find_invalid_utf8(bytes)) {
        return at(file_name, bytes, *invalid, "json.encoding",
                  Message("The bytes at byte {0} (counted from 0) are not valid UTF-8.",
                          {grouped(static_cast<int64_t>(*invalid))}),
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
                fault->message = Message("The file is not JSON; it looks like a web page.");
                fault->next_step = Message("Was the address wrong, or did a sign-in page come instead of the file?");
            }
            return Error{fault->code, json_place(file_name, text, fault->offset, fault->path), fault->message,
                         fault->next_step};
        }
        nlohmann::json tree = nlohmann::json::parse(text.begin(), text.end(), nullptr, /*allow_exceptions=*/false);
        if (tree.is_discarded()) {
            // Cannot happen as long as both readers know the same grammar; the tests compare them.
            return Error{"json.syntax", Message("{0}", {std::string(file_name)}), "The file is not valid JSON.",
                         "Check it with the editor's JSON mode."};
        }
        return tree;
    } catch (const std::exception&) {
        return Error{"json.memory", Message("{0}", {std::string(file_name)}),
                     "There was not enough memory to read the file.", "Close other pages and try again."};
    }
}

Message json_place(std::string_view file_name, std::string_view text, size_t offset, std::string_view path) {
    const TextPosition position = position_of(text, offset);
    std::vector<std::string> values = {std::string(file_name), std::to_string(position.line),
                                       std::to_string(position.column)};
    if (path.empty()) return Message("{0}, line {1}, column {2}", values);
    // Quoted for its replacement of hidden characters; the quotes themselves would only be noise here.
    const std::string shown = in_quotes(path, 200);
    values.push_back(shown.substr(1, shown.size() - 2));
    return Message("{0}, line {1}, column {2}, at {3}", values);
}

}  // namespace terrarium::core::io
