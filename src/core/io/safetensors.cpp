#include "core/io/safetensors.h"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/io/bytes.h"
#include "core/io/json_door.h"
#include "core/support/check.h"
#include "core/tensor/shape.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;

constexpr std::string_view kMetadata = "__metadata__";
constexpr size_t kLengthBytes = 8;

struct Kind {
    TensorKind kind;
    std::string_view name;
    int64_t n_bytes;
};
constexpr Kind kKinds[] = {
    {TensorKind::F32, "F32", 4}, {TensorKind::F16, "F16", 2}, {TensorKind::BF16, "BF16", 2}, {TensorKind::I8, "I8", 1}};

/// Half precision has 1 sign bit, 5 bits of exponent (offset 15) and 10 of fraction. Source: IEEE 754-2008, binary16.
float from_half(uint32_t half) {
    const uint32_t sign = (half & 0x8000u) << 16, exponent = half >> 10 & 31u, fraction = half & 1023u;
    if (exponent == 0) {  // fraction * 2^-24: every one of them is a normal float
        const float size = static_cast<float>(fraction) * 0x1p-24f;
        return sign == 0 ? size : -size;
    }
    const uint32_t wide = exponent == 31 ? 255u : exponent + 112u;
    return std::bit_cast<float>(sign | wide << 23 | fraction << 13);
}

float number_at(std::string_view bytes, size_t index, TensorKind kind) {
    if (kind == TensorKind::F32)
        return std::bit_cast<float>(static_cast<uint32_t>(read_little_endian(bytes, 4 * index, 4)));
    const uint32_t half = static_cast<uint32_t>(read_little_endian(bytes, 2 * index, 2));
    return kind == TensorKind::F16 ? from_half(half) : std::bit_cast<float>(half << 16);
}

/// One entry of the header, not yet believed.
struct Entry {
    NamedTensor tensor;
    int64_t begin = 0, end = 0;
};

class Reader {
public:
    Reader(std::string_view bytes, std::string_view file_name, const TensorLimits& limits)
        : bytes_(bytes), file_name_(file_name), limits_(limits) {}

    Result<TensorFile> read() {
        if (static_cast<uint64_t>(bytes_.size()) > static_cast<uint64_t>(limits_.max_bytes)) {
            return file_error("weights.too_large",
                              Message("The file has {0} bytes; at most {1} are read.",
                                      {grouped(static_cast<int64_t>(bytes_.size())), grouped(limits_.max_bytes)}),
                              "Choose a smaller model.");
        }
        if (bytes_.size() < kLengthBytes) return header_error("The file is too short for a file of weights.");
        const uint64_t length = read_little_endian(bytes_, 0, kLengthBytes);
        if (length > static_cast<uint64_t>(limits_.max_header_bytes)) {
            return header_error("The header says that it is longer than any that is read here.");
        }
        if (length > bytes_.size() - kLengthBytes) return header_error("The file ends inside its header.");
        const std::string_view text = bytes_.substr(kLengthBytes, static_cast<size_t>(length));
        numbers_ = bytes_.substr(kLengthBytes + text.size());
        const JsonLimits json_limits{limits_.max_header_bytes, 4, 16 * limits_.max_tensors};
        Result<json> header = read_json(text, file_name_, json_limits);
        if (!header) return header.error();
        if (!header.value().is_object()) return header_error("The header is not a list of names and tables.");
        if (static_cast<int64_t>(header.value().size()) > limits_.max_tensors) {
            return header_error("The header names more tables than are read here.");
        }
        TensorFile file;
        std::vector<Entry> entries;
        for (const auto& [name, value] : header.value().items()) {
            std::optional<Error> fault =
                name == kMetadata ? read_metadata(file, value) : read_entry(entries, name, value);
            if (fault) return std::move(*fault);
        }
        if (std::optional<Error> fault = place_numbers(file, entries)) return std::move(*fault);
        return file;
    }

private:
    Error file_error(std::string code, Message message, Message next_step) const {
        return Error{std::move(code), Message("{0}", {std::string(file_name_)}), std::move(message),
                     std::move(next_step)};
    }
    Error header_error(Message message) const {
        return file_error("weights.header", std::move(message), "Is it a safetensors file, and was it copied whole?");
    }
    Error tensor_error(std::string code, const std::string& name, Message message) const {
        return Error{std::move(code), Message("{0}, table {1}", {std::string(file_name_), in_quotes(name)}),
                     std::move(message), "Write the file again with the program that made it."};
    }

    std::optional<Error> read_metadata(TensorFile& file, const json& value) const {
        if (!value.is_object())
            return file_error("weights.metadata", "The metadata are not a list of names and texts.",
                              "Write the file again with the program that made it.");
        for (const auto& [key, text] : value.items()) {
            if (!text.is_string()) {
                return file_error("weights.metadata", "A value of the metadata is not a text.",
                                  "Write the file again with the program that made it.");
            }
            file.metadata[key] = text.get<std::string>();
        }
        return std::nullopt;
    }

    /// Reads what the header says of one table, and that it agrees with itself.
    std::optional<Error> read_entry(std::vector<Entry>& entries, const std::string& name, const json& value) const {
        const bool has_form = value.is_object() && value.size() == 3 && value.contains("dtype") &&
                              value.contains("shape") && value.contains("data_offsets") && value["dtype"].is_string() &&
                              value["shape"].is_array() && value["data_offsets"].is_array() &&
                              value["data_offsets"].size() == 2;
        if (!has_form) return tensor_error("weights.tensor", name, "A table needs a kind, a shape and two offsets.");
        Entry entry;
        entry.tensor.name = name;
        const std::string kind_name = value["dtype"].get<std::string>();
        const Kind* const kind =
            std::find_if(std::begin(kKinds), std::end(kKinds), [&](const Kind& k) { return k.name == kind_name; });
        if (kind == std::end(kKinds)) {
            return tensor_error("weights.kind", name,
                                Message("Numbers of the kind {0} are not read here; F32, F16, BF16 and I8 are.",
                                        {in_quotes(kind_name)}));
        }
        entry.tensor.kind = kind->kind;
        int64_t count = 1;
        for (const json& size : value["shape"]) {
            if (!size.is_number_unsigned()) {
                return tensor_error("weights.shape", name, "A size in the shape is not a whole number from 0 on.");
            }
            // Larger than any file, or a product that is: refused before it is multiplied.
            const uint64_t n = size.get<uint64_t>(), most = static_cast<uint64_t>(limits_.max_bytes);
            if (n > most || (n > 0 && static_cast<uint64_t>(count) > most / n)) {
                return tensor_error("weights.shape", name, "The shape asks for more numbers than any file holds.");
            }
            count *= static_cast<int64_t>(n);
            entry.tensor.shape.push_back(static_cast<int64_t>(n));
        }
        for (const json& offset : value["data_offsets"]) {
            if (!offset.is_number_unsigned() || offset.get<uint64_t>() > numbers_.size()) {
                return tensor_error("weights.offsets", name, "The table ends behind the end of the file.");
            }
        }
        entry.begin = value["data_offsets"][0].get<int64_t>();
        entry.end = value["data_offsets"][1].get<int64_t>();
        if (entry.end - entry.begin != count * kind->n_bytes) {
            return tensor_error("weights.offsets", name, "The offsets do not fit the shape and kind of the table.");
        }
        entries.push_back(std::move(entry));
        return std::nullopt;
    }

    /// The tables must follow one another from the first byte to the last; then their numbers are read.
    std::optional<Error> place_numbers(TensorFile& file, std::vector<Entry>& entries) const {
        std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
            if (a.begin != b.begin) return a.begin < b.begin;
            return a.end != b.end ? a.end < b.end : a.tensor.name < b.tensor.name;
        });
        int64_t at = 0;
        for (Entry& entry : entries) {
            if (entry.begin < at) {
                return tensor_error("weights.offsets", entry.tensor.name, "The table overlaps the one before it.");
            }
            if (entry.begin > at) {
                return tensor_error("weights.offsets", entry.tensor.name, "There is a gap in front of the table.");
            }
            at = entry.end;
            read_numbers(entry);
            file.tensors.push_back(std::move(entry.tensor));
        }
        if (at != static_cast<int64_t>(numbers_.size())) {
            return file_error("weights.offsets", "There are bytes behind the last table.",
                              "Write the file again with the program that made it.");
        }
        return std::nullopt;
    }

    void read_numbers(Entry& entry) const {
        NamedTensor& tensor = entry.tensor;
        const std::string_view bytes =
            numbers_.substr(static_cast<size_t>(entry.begin), static_cast<size_t>(entry.end - entry.begin));
        if (tensor.kind == TensorKind::I8) {
            for (const char c : bytes) tensor.whole.push_back(static_cast<int8_t>(c));
            return;
        }
        tensor.numbers.resize(bytes.size() / (tensor.kind == TensorKind::F32 ? 4 : 2));
        for (size_t i = 0; i < tensor.numbers.size(); ++i) {
            const float x = number_at(bytes, i, tensor.kind);
            tensor.numbers[i] = x;
            if (!(x - x == 0.0f)) ++tensor.n_not_finite;
        }
    }

    std::string_view bytes_, file_name_, numbers_;
    const TensorLimits& limits_;
};

int64_t product(std::span<const int64_t> shape) {
    int64_t count = 1;
    for (const int64_t n : shape) count *= n;
    return count;
}

std::vector<int64_t> shape_of(const ParameterInfo& info) {
    if (info.rows == 1) return {info.columns};
    return {info.rows, info.columns};
}

}  // namespace

const NamedTensor* TensorFile::find(std::string_view name) const {
    for (const NamedTensor& tensor : tensors) {
        if (tensor.name == name) return &tensor;
    }
    return nullptr;
}

Result<TensorFile> read_safetensors(std::string_view bytes, std::string_view file_name, const TensorLimits& limits) {
    return Reader(bytes, file_name, limits).read();
}

std::string write_safetensors(const TensorFile& file) {
    const auto quoted = [](const std::string& text) {
        return json(text).dump(-1, ' ', false, json::error_handler_t::replace);
    };
    std::string header = "{", numbers;
    for (size_t i = 0; i < file.tensors.size(); ++i) {
        const NamedTensor& tensor = file.tensors[i];
        const bool is_whole = tensor.kind == TensorKind::I8;
        const size_t count = is_whole ? tensor.whole.size() : tensor.numbers.size();
        TERRARIUM_CHECK(tensor.name != kMetadata && file.find(tensor.name) == &tensor, "A table's name is taken.");
        TERRARIUM_CHECK(product(tensor.shape) == static_cast<int64_t>(count), "A table's shape fits its numbers.");
        const size_t begin = numbers.size();
        for (const int8_t x : tensor.whole) numbers.push_back(static_cast<char>(x));
        for (const float x : tensor.numbers) append_little_endian(numbers, std::bit_cast<uint32_t>(x), 4);
        if (i > 0) header += ",";
        header += quoted(tensor.name) + ":{\"dtype\":\"" + (is_whole ? "I8" : "F32") + "\",\"shape\":[";
        for (size_t d = 0; d < tensor.shape.size(); ++d) {
            if (d > 0) header += ",";
            header += std::to_string(tensor.shape[d]);
        }
        header += "],\"data_offsets\":[" + std::to_string(begin) + "," + std::to_string(numbers.size()) + "]}";
    }
    if (!file.metadata.empty()) {
        header += std::string(file.tensors.empty() ? "" : ",") + "\"" + std::string(kMetadata) + "\":{";
        bool is_first = true;
        for (const auto& [key, text] : file.metadata) {
            header += (is_first ? "" : ",") + quoted(key) + ":" + quoted(text);
            is_first = false;
        }
        header += "}";
    }
    header += "}";
    header.resize((header.size() + 7) / 8 * 8, ' ');  // so that the numbers begin at a multiple of 8
    std::string bytes;
    append_little_endian(bytes, header.size(), kLengthBytes);
    return bytes + header + numbers;
}

TensorFile transformer_tensors(std::span<const float> parameters, const TransformerShape& shape) {
    TERRARIUM_CHECK(static_cast<int64_t>(parameters.size()) == parameter_count(shape),
                    "The numbers do not fit the shape of the transformer.");
    TensorFile file;
    for (const ParameterInfo& info : parameter_table(shape)) {
        NamedTensor tensor{.name = info.name, .shape = shape_of(info)};
        const auto from = parameters.subspan(static_cast<size_t>(info.offset), static_cast<size_t>(info.size()));
        tensor.numbers.assign(from.begin(), from.end());
        tensor.n_not_finite = std::count_if(from.begin(), from.end(), [](float x) { return !(x - x == 0.0f); });
        file.tensors.push_back(std::move(tensor));
    }
    return file;
}

Result<std::vector<float>> transformer_parameters(const TensorFile& file, const TransformerShape& shape,
                                                  std::string_view file_name) {
    std::vector<float> parameters(static_cast<size_t>(parameter_count(shape)));
    for (const ParameterInfo& info : parameter_table(shape)) {
        const NamedTensor* const tensor = file.find(info.name);
        const auto fault = [&](std::string code, Message message) {
            return Error{std::move(code), Message("{0}, table {1}", {std::string(file_name), in_quotes(info.name)}),
                         std::move(message), "Choose the shape that the weights were made for."};
        };
        if (tensor == nullptr) return fault("weights.missing", "The table is missing.");
        if (tensor->kind == TensorKind::I8) return fault("weights.kind", "The table holds whole numbers of 8 bits.");
        if (tensor->shape != shape_of(info))
            return fault("weights.shape", "The table has another shape than the model.");
        std::copy(tensor->numbers.begin(), tensor->numbers.end(),
                  parameters.begin() + static_cast<std::ptrdiff_t>(info.offset));
    }
    return parameters;
}

}  // namespace terrarium::core::io
