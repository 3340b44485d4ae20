#include "worker/codec.h"

#include <cstring>

#include "core/io/cbor_check.h"

namespace terrarium::worker {
namespace {

json to_json_binary(const void* data, size_t n_bytes) {
    const auto* begin = static_cast<const uint8_t*>(data);
    return json::binary(std::vector<uint8_t>(begin, begin + n_bytes));
}

json encode_artefacts(const labs::Artefacts& artefacts) {
    json out = json::object();
    for (const auto& [name, bytes] : artefacts) out[name] = to_json_binary(bytes.data(), bytes.size());
    return out;
}

labs::Artefacts decode_artefacts(const json& in) {
    labs::Artefacts out;
    for (const auto& [name, value] : in.items()) {
        const auto& bytes = value.get_binary();
        out[name] = std::string(bytes.begin(), bytes.end());
    }
    return out;
}

json encode_part(const Part& part) {
    return {{"name", part.name},
            {"from", part.from},
            {"values", to_json_binary(part.values.data(), part.values.size() * sizeof(float))}};
}

Part decode_part(const json& in) {
    Part part{.name = in.at("name"), .from = in.at("from"), .values = {}};
    const auto& bytes = in.at("values").get_binary();
    part.values.resize(bytes.size() / sizeof(float));
    if (!part.values.empty()) std::memcpy(part.values.data(), bytes.data(), part.values.size() * sizeof(float));
    return part;
}

json to_wire(const StartRun& m) {
    return {{"type", "start"},
            {"run", m.run_id},
            {"lab", m.lab_id},
            {"config", m.config},
            {"artefacts", encode_artefacts(m.artefacts)},
            {"actions", m.actions},
            {"until", m.until_step},
            {"part", m.part},
            {"parts", m.n_parts}};
}
json to_wire(const Control& m) { return {{"type", "control"}, {"run", m.run_id}, {"kind", m.kind}}; }
json to_wire(const Set& m) { return {{"type", "set"}, {"run", m.run_id}, {"name", m.name}, {"value", m.value}}; }
json to_wire(const Question& m) {
    return {{"type", "question"}, {"run", m.run_id}, {"kind", m.kind}, {"question", m.question}};
}
json to_wire(const Acknowledge& m) { return {{"type", "ack"}, {"run", m.run_id}, {"have", m.have}}; }
json to_wire(const Ready& m) { return {{"type", "ready"}, {"build", m.build_id}}; }
json to_wire(const Progress& m) {
    json parts = json::array();
    for (const Part& part : m.parts) parts.push_back(encode_part(part));
    return {{"type", "progress"},         {"run", m.run_id},
            {"snapshot", m.snapshot},     {"parts", parts},
            {"actions", m.actions},       {"steps_done", m.steps_done},
            {"rate", m.steps_per_second}, {"paused", m.is_paused},
            {"last", m.is_last}};
}
json to_wire(const Answer& m) {
    return {{"type", "answer"}, {"run", m.run_id}, {"kind", m.kind}, {"answer", m.answer}};
}
json to_wire(const RunFailed& m) { return {{"type", "failed"}, {"run", m.run_id}, {"what", m.what}}; }

template <class Message>
std::vector<uint8_t> encode_any(const Message& message) {
    return json::to_cbor(std::visit([](const auto& m) { return to_wire(m); }, message));
}

std::optional<Command> command_from(const json& in) {
    const std::string type = in.at("type");
    const uint32_t run = in.at("run");
    if (type == "start") {
        return StartRun{run,
                        in.at("lab"),
                        in.at("config"),
                        decode_artefacts(in.at("artefacts")),
                        in.at("actions"),
                        in.at("until"),
                        in.at("part"),
                        in.at("parts")};
    }
    if (type == "control") return Control{run, in.at("kind")};
    if (type == "set") return Set{run, in.at("name"), in.at("value")};
    if (type == "question") return Question{run, in.at("kind"), in.at("question")};
    if (type == "ack") return Acknowledge{run, in.at("have")};
    return std::nullopt;
}

std::optional<Event> event_from(const json& in) {
    const std::string type = in.at("type");
    if (type == "ready") return Ready{in.at("build")};
    const uint32_t run = in.at("run");
    if (type == "answer") return Answer{run, in.at("kind"), in.at("answer")};
    if (type == "failed") return RunFailed{run, in.at("what")};
    if (type != "progress") return std::nullopt;
    Progress progress{.run_id = run,
                      .snapshot = in.at("snapshot"),
                      .parts = {},
                      .actions = in.at("actions"),
                      .steps_done = in.at("steps_done"),
                      .steps_per_second = in.at("rate"),
                      .is_paused = in.at("paused"),
                      .is_last = in.at("last")};
    for (const json& part : in.at("parts")) progress.parts.push_back(decode_part(part));
    return progress;
}

}  // namespace

std::vector<uint8_t> encode(const Command& command) { return encode_any(command); }
std::vector<uint8_t> encode(const Event& event) { return encode_any(event); }

namespace {

/// The library's reader calls itself for everything that stands inside something else: depth is looked at before.
json read_cbor(std::span<const uint8_t> bytes) {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    return core::io::is_message_cbor(text) ? json::from_cbor(bytes.begin(), bytes.end()) : json();
}

}  // namespace

std::optional<Command> decode_command(std::span<const uint8_t> bytes) {
    try {
        return command_from(read_cbor(bytes));
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

std::optional<Event> decode_event(std::span<const uint8_t> bytes) {
    try {
        return event_from(read_cbor(bytes));
    } catch (const json::exception&) {
        return std::nullopt;
    }
}

}  // namespace terrarium::worker
