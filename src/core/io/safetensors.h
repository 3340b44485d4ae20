// The door for weights: files in the "safetensors" form, which hold named tables of numbers and nothing that could run.
//
//   8 bytes            length N of the header, lowest byte first
//   N bytes            JSON: {"name": {"dtype": "F32", "shape": [2,3], "data_offsets": [0,24]}, ..., "__metadata__":
//   {..}} the rest           the numbers, row after row, lowest byte first; the offsets count from here
//
// A file from outside may be cut, damaged or made up. Everything is checked before a number is used: the lengths, the
// JSON (json_door.h), kinds and shapes, and that the tables lie one behind the other without overlap or gap up to the
// end. Numbers that are not finite are no fault: they are counted, because a model may have diverged.
//
// Source: the format description of the safetensors project (Hugging Face), version 0.4.

#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/transformer_shape.h"
#include "core/support/result.h"

namespace terrarium::core::io {

enum class TensorKind {
    F32,
    F16,   ///< half precision; every value is a float
    BF16,  ///< the upper half of a float
    I8,
};

/// One table of numbers. Of the two lists one is filled: `whole` for I8, `numbers` for the rest.
struct NamedTensor {
    std::string name;
    TensorKind kind = TensorKind::F32;  ///< in the file; writing keeps F32 and I8 only
    std::vector<int64_t> shape;         ///< empty for a single number
    std::vector<float> numbers;
    std::vector<int8_t> whole;
    int64_t n_not_finite = 0;

    [[nodiscard]] bool operator==(const NamedTensor&) const = default;
};

struct TensorFile {
    std::vector<NamedTensor> tensors;             ///< in the order of their bytes
    std::map<std::string, std::string> metadata;  ///< free text, such as a licence

    [[nodiscard]] const NamedTensor* find(std::string_view name) const;
};

struct TensorLimits {
    int64_t max_bytes = 64 * 1024 * 1024;
    int64_t max_header_bytes = 1024 * 1024;
    int64_t max_tensors = 4096;
};

/// Reads a whole file. Never throws; codes: weights.too_large, weights.header, weights.tensor, weights.kind,
/// weights.shape, weights.offsets, weights.metadata, and those of json_door.h for the header.
[[nodiscard]] Result<TensorFile> read_safetensors(std::string_view bytes, std::string_view file_name,
                                                  const TensorLimits& limits = {});

/// The bytes of a file; equal content gives equal bytes. Of read F16 and BF16 tables it writes the floats (F32).
/// Checks: names differ and are not "__metadata__", each shape fits its numbers.
[[nodiscard]] std::string write_safetensors(const TensorFile& file);

/// A transformer's parameters under the names of parameter_table(): matrices [rows, columns], vectors [columns].
/// Checks: parameter_count(shape) numbers.
[[nodiscard]] TensorFile transformer_tensors(std::span<const float> parameters, const TransformerShape& shape);

/// The other way round. Errors: weights.missing, weights.shape when a table has another form, weights.kind when it
/// holds whole numbers. Tables with other names are left alone.
[[nodiscard]] Result<std::vector<float>> transformer_parameters(const TensorFile& file, const TransformerShape& shape,
                                                                std::string_view file_name);

}  // namespace terrarium::core::io
