#include "core/io/safetensors.h"

#include <doctest/doctest.h>

#include <bit>
#include <limits>

#include "core/support/check.h"
#include "core/support/hash.h"
#include "core/support/rng.h"

using namespace terrarium::core;
using namespace terrarium::core::io;

namespace {

/// A file with this header and this many bytes of numbers.
std::string with_header(const std::string& header, const std::string& numbers) {
    std::string bytes;
    const uint64_t size = header.size();
    for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<char>(static_cast<uint8_t>(size >> (8 * i))));
    return bytes + header + numbers;
}

std::string code_of(const std::string& bytes, const TensorLimits& limits = {}) {
    const Result<TensorFile> file = read_safetensors(bytes, "test.safetensors", limits);
    return file ? "" : file.error().code;
}

TensorFile sample() {
    TensorFile file;
    file.tensors.push_back({.name = "a", .shape = {2, 3}, .numbers = {1, -2, 3.5f, 0, -0.0f, 1e-40f}});
    file.tensors.push_back(
        {.name = "b \"quoted\" \u00e9", .kind = TensorKind::I8, .shape = {3}, .whole = {-128, 0, 127}});
    file.tensors.push_back({.name = "scalar", .shape = {}, .numbers = {7}});
    file.tensors.push_back({.name = "empty", .shape = {0, 4}});
    file.metadata["licence"] = "CC0";
    return file;
}

}  // namespace

TEST_CASE("safetensors: what is written is read again, bit for bit") {
    const TensorFile file = sample();
    const std::string bytes = write_safetensors(file);
    const Result<TensorFile> read = read_safetensors(bytes, "test.safetensors");
    REQUIRE(read.has_value());
    REQUIRE(read.value().tensors.size() == 4);
    for (const NamedTensor& tensor : file.tensors) {
        REQUIRE(read.value().find(tensor.name) != nullptr);
        CHECK(*read.value().find(tensor.name) == tensor);
    }
    CHECK(std::bit_cast<uint32_t>(read.value().find("a")->numbers[4]) == 0x80000000u);
    CHECK(read.value().metadata == file.metadata);
    CHECK(write_safetensors(file) == bytes);
    CHECK((8 + static_cast<uint8_t>(bytes[0])) % 8 == 0);
}

TEST_CASE("safetensors: a file by hand, as another program writes it") {
    const std::string bytes =
        with_header(R"({"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"__metadata__":{"format":"pt"}}   )",
                    std::string("\x00\x00\x80\x3f\x00\x00\x00\xc0", 8));
    const Result<TensorFile> file = read_safetensors(bytes, "hand");
    REQUIRE(file.has_value());
    CHECK(file.value().tensors[0].numbers == std::vector<float>{1.0f, -2.0f});
    CHECK(file.value().metadata.at("format") == "pt");
    CHECK(read_safetensors(with_header("{}", ""), "none").has_value());
}

TEST_CASE("safetensors: half precision and bfloat16 become the floats they mean") {
    // 1, -2, the smallest (2^-24), the largest (65504), infinity, NaN, -0, 2^-14
    const std::string halves("\x00\x3c\x00\xc0\x01\x00\xff\x7b\x00\x7c\x01\x7e\x00\x80\x00\x04", 16);
    const Result<TensorFile> half =
        read_safetensors(with_header(R"({"h":{"dtype":"F16","shape":[8],"data_offsets":[0,16]}})", halves), "f16");
    REQUIRE(half.has_value());
    const std::vector<float>& x = half.value().tensors[0].numbers;
    CHECK(x[0] == 1.0f);
    CHECK(x[1] == -2.0f);
    CHECK(x[2] == 0x1p-24f);
    CHECK(x[3] == 65504.0f);
    CHECK(x[4] == std::numeric_limits<float>::infinity());
    CHECK(x[5] != x[5]);
    CHECK(std::bit_cast<uint32_t>(x[6]) == 0x80000000u);
    CHECK(x[7] == 0x1p-14f);
    CHECK(half.value().tensors[0].n_not_finite == 2);

    const std::string uppers("\x80\x3f\x40\xc0\xc0\x7f", 6);  // 1, -3, NaN
    const Result<TensorFile> upper =
        read_safetensors(with_header(R"({"h":{"dtype":"BF16","shape":[3],"data_offsets":[0,6]}})", uppers), "bf16");
    REQUIRE(upper.has_value());
    CHECK(upper.value().tensors[0].numbers[0] == 1.0f);
    CHECK(upper.value().tensors[0].numbers[1] == -3.0f);
    CHECK(upper.value().tensors[0].n_not_finite == 1);
}

TEST_CASE("safetensors: cut at any byte, it is refused") {
    const std::string bytes = write_safetensors(sample());
    for (size_t length = 0; length < bytes.size(); ++length) CHECK(code_of(bytes.substr(0, length)) != "");
    CHECK(code_of(bytes + "x") == "weights.offsets");
}

TEST_CASE("safetensors: any damaged byte gives an answer, and no crash") {
    const std::string bytes = write_safetensors(sample());
    Rng rng(1);
    for (size_t at = 0; at < bytes.size(); ++at) {
        for (int i = 0; i < 4; ++i) {
            std::string damaged = bytes;
            damaged[at] = static_cast<char>(static_cast<uint8_t>(rng.next_u32()));
            (void)code_of(damaged);  // the sanitizers watch
        }
    }
}

TEST_CASE("safetensors: every fault has its name") {
    const std::string four(4, '\0'), eight(8, '\0');
    const auto one = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
        return "{\"w\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
    };
    CHECK(code_of("") == "weights.header");
    CHECK(code_of(std::string(8, '\xff')) == "weights.header");
    CHECK(code_of(with_header("[]", "")) == "weights.header");
    CHECK(code_of(with_header("{", "")) == "json.syntax");
    CHECK(code_of(with_header("", "")) == "json.syntax");
    CHECK(code_of(with_header(R"({"w":1})", "")) == "weights.tensor");
    CHECK(code_of(with_header(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", four)) == "weights.tensor");
    CHECK(code_of(with_header(R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}})", four)) ==
          "weights.tensor");
    CHECK(code_of(with_header(one("F64", "[1]", "[0,8]"), eight)) == "weights.kind");
    CHECK(code_of(with_header(one("F32", "[-1]", "[0,4]"), four)) == "weights.shape");
    CHECK(code_of(with_header(one("F32", "[1.5]", "[0,4]"), four)) == "weights.shape");
    CHECK(code_of(with_header(one("F32", "[4294967296,4294967296]", "[0,4]"), four)) == "weights.shape");
    CHECK(code_of(with_header(one("F32", "[9000000000000000000]", "[0,4]"), four)) == "weights.shape");
    CHECK(code_of(with_header(one("F32", "[2]", "[0,4]"), four)) == "weights.offsets");
    CHECK(code_of(with_header(one("F32", "[1]", "[0,8]"), four)) == "weights.offsets");
    CHECK(code_of(with_header(one("F32", "[1]", "[4,0]"), four)) == "weights.offsets");
    CHECK(code_of(with_header(one("F32", "[1]", "[-4,0]"), four)) == "weights.offsets");
    CHECK(code_of(with_header(one("F32", "[1]", "[4,8]"), eight)) == "weights.offsets");  // a gap in front
    const std::string a = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)";
    CHECK(code_of(with_header(a + R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", four)) ==
          "weights.offsets");  // overlap
    CHECK(code_of(with_header(a + R"("a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", eight)) ==
          "json.duplicate_key");
    CHECK(code_of(with_header(R"({"__metadata__":{"x":1}})", "")) == "weights.metadata");
    CHECK(code_of(with_header(R"({"__metadata__":[]})", "")) == "weights.metadata");
    CHECK(code_of(write_safetensors(sample()), {.max_bytes = 100}) == "weights.too_large");
    CHECK(code_of(write_safetensors(sample()), {.max_header_bytes = 40}) == "weights.header");
    CHECK(code_of(write_safetensors(sample()), {.max_tensors = 3}) == "weights.header");
    TensorFile twice = sample();
    twice.tensors.push_back(twice.tensors[0]);
    CHECK_THROWS_AS((void)write_safetensors(twice), CheckFailed);
}

TEST_CASE("safetensors: a transformer's weights go out and come back; a wrong shape is refused") {
    const TransformerShape shape{1, 8, 2, 4, 5, true};
    std::vector<float> parameters(static_cast<size_t>(parameter_count(shape)));
    Rng rng(2);
    for (float& p : parameters) p = static_cast<float>(rng.normal());
    parameters[3] = std::numeric_limits<float>::quiet_NaN();
    const std::string bytes = write_safetensors(transformer_tensors(parameters, shape));
    Result<TensorFile> file = read_safetensors(bytes, "m");
    REQUIRE(file.has_value());
    CHECK(file.value().find("wte")->shape == std::vector<int64_t>{5, 8});
    CHECK(file.value().find("wte")->n_not_finite == 1);
    CHECK(file.value().find("h0.ln1w")->shape == std::vector<int64_t>{8});
    const Result<std::vector<float>> back = transformer_parameters(file.value(), shape, "m");
    REQUIRE(back.has_value());
    CHECK(fnv1a64(std::span<const float>(back.value())) == fnv1a64(std::span<const float>(parameters)));
    TransformerShape other = shape;
    other.context = 5;
    CHECK(transformer_parameters(file.value(), other, "m").error().code == "weights.shape");
    other = shape;
    other.n_layers = 2;
    CHECK(transformer_parameters(file.value(), other, "m").error().code == "weights.missing");
    TensorFile whole = file.value();
    whole.tensors[0].kind = TensorKind::I8;
    CHECK(transformer_parameters(whole, shape, "m").error().code == "weights.kind");
}
