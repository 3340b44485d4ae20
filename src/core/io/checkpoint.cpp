#include "core/io/checkpoint.h"

#include <bit>
#include <limits>
#include <optional>

#include "core/io/bytes.h"
#include "core/io/crc32.h"
#include "core/support/check.h"

namespace terrarium::core::io {
namespace {

constexpr std::string_view kMark = "TERRACKP";
constexpr size_t kChecksumBytes = 4;
constexpr std::string_view kGenerator = "generator.";

void append_name(std::string& out, const std::string& name) {
    TERRARIUM_CHECK(name.size() <= std::numeric_limits<uint16_t>::max(), "A name in a checkpoint is too long.");
    append_little_endian(out, name.size(), 2);
    out += name;
}

/// Reads front to back. After the first thing that does not fit, everything reads as 0 and is_good() is false.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] bool is_at_end() const { return is_good_ && at_ == bytes_.size(); }
    void fail() { is_good_ = false; }

    uint64_t number(size_t n_bytes) {
        if (!has(n_bytes)) return 0;
        at_ += n_bytes;
        return read_little_endian(bytes_, at_ - n_bytes, n_bytes);
    }
    std::string text(size_t n_bytes) {
        if (!has(n_bytes)) return {};
        at_ += n_bytes;
        return std::string(bytes_.substr(at_ - n_bytes, n_bytes));
    }
    std::vector<float> floats(uint64_t count) {
        if (!is_good_ || count > (bytes_.size() - at_) / 4) {
            fail();
            return {};
        }
        std::vector<float> numbers(static_cast<size_t>(count));
        for (float& x : numbers) x = std::bit_cast<float>(static_cast<uint32_t>(number(4)));
        return numbers;
    }

private:
    bool has(size_t n_bytes) {
        if (is_good_ && n_bytes <= bytes_.size() - at_) return true;
        fail();
        return false;
    }

    std::string_view bytes_;
    size_t at_ = 0;
    bool is_good_ = true;
};

/// A count, then names in order with what read_value() reads.
template <class T, class ReadValue>
void read_entries(Bytes& bytes, std::map<std::string, T>& entries, ReadValue read_value) {
    const uint64_t count = bytes.number(4);
    for (uint64_t i = 0; i < count && bytes.is_good(); ++i) {
        std::string name = bytes.text(static_cast<size_t>(bytes.number(2)));
        if (!entries.empty() && name <= entries.rbegin()->first) bytes.fail();
        T value = read_value();
        if (bytes.is_good()) entries.emplace_hint(entries.end(), std::move(name), std::move(value));
    }
}

Error fault(std::string_view file_name, std::string code, Message message, Message next_step) {
    return Error{std::move(code), Message("{0}", {std::string(file_name)}), std::move(message), std::move(next_step)};
}

int64_t as_whole(uint64_t x) { return std::bit_cast<int64_t>(x); }
/// Which linear layers have adapters, one bit each.
int64_t places_of(const LoraShape& lora) {
    return (lora.on_qkv ? 1 : 0) + (lora.on_proj ? 2 : 0) + (lora.on_fc ? 4 : 0) + (lora.on_fc2 ? 8 : 0);
}

uint64_t as_bits(int64_t x) { return std::bit_cast<uint64_t>(x); }

template <class T>
std::optional<T> take(const std::map<std::string, T>& entries, const std::string& name) {
    const auto found = entries.find(name);
    if (found == entries.end()) return std::nullopt;
    return found->second;
}

}  // namespace

std::string encode_checkpoint(const Checkpoint& checkpoint) {
    std::string out(kMark);
    append_little_endian(out, kCheckpointVersion, 4);
    append_little_endian(out, checkpoint.whole.size(), 4);
    for (const auto& [name, value] : checkpoint.whole) {
        append_name(out, name);
        append_little_endian(out, as_bits(value), 8);
    }
    append_little_endian(out, checkpoint.numbers.size(), 4);
    for (const auto& [name, value] : checkpoint.numbers) {
        append_name(out, name);
        append_little_endian(out, std::bit_cast<uint64_t>(value), 8);
    }
    append_little_endian(out, checkpoint.tables.size(), 4);
    for (const auto& [name, values] : checkpoint.tables) {
        append_name(out, name);
        append_little_endian(out, values.size(), 8);
        for (const float x : values) append_little_endian(out, std::bit_cast<uint32_t>(x), 4);
    }
    append_little_endian(out, crc32(out), kChecksumBytes);
    return out;
}

Result<Checkpoint> decode_checkpoint(std::string_view bytes, std::string_view file_name) {
    if (bytes.size() > static_cast<uint64_t>(kMaxCheckpointBytes)) {
        return fault(file_name, "checkpoint.too_large",
                     Message("The file has {0} bytes; at most {1} are read.",
                             {grouped(static_cast<int64_t>(bytes.size())), grouped(kMaxCheckpointBytes)}),
                     "Choose a smaller model.");
    }
    if (bytes.size() < kMark.size() + 4 + kChecksumBytes || bytes.substr(0, kMark.size()) != kMark) {
        return fault(file_name, "checkpoint.form", "This is not a saved training.", "Choose another file.");
    }
    const uint64_t version = read_little_endian(bytes, kMark.size(), 4);
    if (version != kCheckpointVersion) {
        return fault(file_name, "checkpoint.version",
                     Message("The training was saved in form {0}; this program reads form {1}.",
                             {std::to_string(version), std::to_string(kCheckpointVersion)}),
                     "Open it with the program that saved it, or train again.");
    }
    const std::string_view content = bytes.substr(0, bytes.size() - kChecksumBytes);
    if (crc32(content) != read_little_endian(bytes, content.size(), kChecksumBytes)) {
        return fault(file_name, "checkpoint.checksum", "The saved training was damaged or cut.",
                     "Use an older copy, or train again.");
    }
    Checkpoint checkpoint;
    Bytes reader(content.substr(kMark.size() + 4));
    read_entries(reader, checkpoint.whole, [&] { return as_whole(reader.number(8)); });
    read_entries(reader, checkpoint.numbers, [&] { return std::bit_cast<double>(reader.number(8)); });
    read_entries(reader, checkpoint.tables, [&] { return reader.floats(reader.number(8)); });
    if (!reader.is_at_end()) {
        return fault(file_name, "checkpoint.form", "The saved training does not have the form that its mark promises.",
                     "Use an older copy, or train again.");
    }
    return checkpoint;
}

std::string encode_training(const TrainingState& state) {
    Checkpoint out;
    out.whole = {{"step", state.step},
                 {"shape.n_layers", state.shape.n_layers},
                 {"shape.width", state.shape.width},
                 {"shape.n_heads", state.shape.n_heads},
                 {"shape.context", state.shape.context},
                 {"shape.vocab_size", state.shape.vocab_size},
                 {"shape.token_shift", state.shape.token_shift ? 1 : 0},
                 {"shape.positions", static_cast<int64_t>(state.shape.positions)},
                 {"shape.is_causal", state.shape.is_causal ? 1 : 0},
                 {"shape.norm", static_cast<int64_t>(state.shape.norm)},
                 {"shape.bend", static_cast<int64_t>(state.shape.bend)},
                 {"shape.has_reward", state.shape.has_reward ? 1 : 0},
                 {"shape.lora.rank", state.shape.lora.rank},
                 {"shape.lora.places", places_of(state.shape.lora)},
                 {"adamw.steps_taken", state.optimiser.steps_taken}};
    out.numbers = {{"shape.dropout", state.shape.dropout},
                   {"shape.lora.alpha", state.shape.lora.alpha},
                   {"adamw.beta1_power", state.optimiser.beta1_power},
                   {"adamw.beta2_power", state.optimiser.beta2_power}};
    out.tables = {{"parameters", state.parameters},
                  {"adamw.mean", state.optimiser.mean},
                  {"adamw.square", state.optimiser.square}};
    for (const auto& [purpose, rng] : state.generators) {
        const std::string name = std::string(kGenerator) + purpose;
        out.whole[name + "/seed"] = as_whole(rng.seed);
        out.whole[name + "/state"] = as_whole(rng.state);
        out.whole[name + "/increment"] = as_whole(rng.increment);
        out.whole[name + "/has_kept_normal"] = rng.has_kept_normal ? 1 : 0;
        out.numbers[name + "/kept_normal"] = rng.kept_normal;
    }
    return encode_checkpoint(out);
}

Result<TrainingState> decode_training(std::string_view bytes, std::string_view file_name) {
    Result<Checkpoint> read = decode_checkpoint(bytes, file_name);
    if (!read) return read.error();
    const Checkpoint& in = read.value();
    bool is_complete = true;
    const auto whole = [&](const std::string& name) {
        const std::optional<int64_t> value = take(in.whole, name);
        is_complete = is_complete && value.has_value();
        return value.value_or(0);
    };
    const auto size = [&](const std::string& name) {
        const int64_t value = whole(name);
        is_complete = is_complete && value >= 0 && value <= std::numeric_limits<int32_t>::max();
        return is_complete ? static_cast<int32_t>(value) : 0;
    };
    const auto number = [&](const std::string& name) {
        const std::optional<double> value = take(in.numbers, name);
        is_complete = is_complete && value.has_value();
        return value.value_or(0.0);
    };
    const auto below = [&](const std::string& name, int32_t end) {
        const int32_t value = size(name);
        is_complete = is_complete && value < end;
        return is_complete ? value : 0;
    };
    TrainingState state;
    state.shape = {size("shape.n_layers"), size("shape.width"),      size("shape.n_heads"),
                   size("shape.context"),  size("shape.vocab_size"), size("shape.token_shift") != 0};
    state.shape.positions = static_cast<Positions>(below("shape.positions", 3));
    state.shape.is_causal = below("shape.is_causal", 2) != 0;
    state.shape.norm = static_cast<Norm>(below("shape.norm", 2));
    state.shape.bend = static_cast<Bend>(below("shape.bend", 2));
    state.shape.has_reward = below("shape.has_reward", 2) != 0;
    state.shape.dropout = number("shape.dropout");
    const int32_t places = below("shape.lora.places", 16);
    state.shape.lora = {size("shape.lora.rank"), number("shape.lora.alpha"), (places & 1) != 0,
                        (places & 2) != 0,       (places & 4) != 0,          (places & 8) != 0};
    state.step = whole("step");
    state.optimiser.steps_taken = whole("adamw.steps_taken");
    state.optimiser.beta1_power = number("adamw.beta1_power");
    state.optimiser.beta2_power = number("adamw.beta2_power");
    state.parameters = take(in.tables, "parameters").value_or(std::vector<float>());
    state.optimiser.mean = take(in.tables, "adamw.mean").value_or(std::vector<float>());
    state.optimiser.square = take(in.tables, "adamw.square").value_or(std::vector<float>());
    for (const auto& [name, seed] : in.whole) {
        if (!name.starts_with(kGenerator) || !name.ends_with("/seed")) continue;
        const std::string stem = name.substr(0, name.size() - 5);
        RngState rng{as_bits(seed), as_bits(whole(stem + "/state")), as_bits(whole(stem + "/increment")),
                     number(stem + "/kept_normal"), whole(stem + "/has_kept_normal") != 0};
        is_complete = is_complete && rng.increment % 2 == 1;
        state.generators[stem.substr(kGenerator.size())] = rng;
    }
    if (is_complete) is_complete = why_invalid(state.shape).empty();
    const auto fits = [&](const std::vector<float>& numbers) {
        return static_cast<int64_t>(numbers.size()) == parameter_count(state.shape);
    };
    const auto learns = [&](const std::vector<float>& numbers) {
        const auto n = static_cast<int64_t>(numbers.size());
        const int64_t n_all = parameter_count(state.shape), n_added = n_all - base_parameter_count(state.shape);
        return n == n_all || (n_added > 0 && n == n_added);
    };
    if (!is_complete || !fits(state.parameters) || !learns(state.optimiser.mean) ||
        state.optimiser.square.size() != state.optimiser.mean.size()) {
        return fault(file_name, "checkpoint.content", "Parts of the saved training are missing or do not fit together.",
                     "Use an older copy, or train again.");
    }
    return state;
}

}  // namespace terrarium::core::io
