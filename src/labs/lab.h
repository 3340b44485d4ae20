// The seam between a lab and everything else: a lab describes its work (AnyJob), its page (AnyView) and itself
// (LabEntry).
//
//   content -> Config -> Job (worker) -> Snapshot -> draw / check (page); only an Intent comes back.
//
// A lab writes plain structs and functions; make_entry() in labs/entry.h wraps them into these interfaces.

#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/io/passport.h"
#include "core/support/message.h"
#include "core/support/result.h"

/// On the wire a message is its pattern, followed by its values; what is said after it, a list in the list.
template <>
struct nlohmann::adl_serializer<terrarium::core::Message> {
    static void to_json(json& out, const terrarium::core::Message& message) {
        out = json::array({message.pattern()});
        for (const std::string& value : message.values()) out.push_back(value);
        for (const terrarium::core::Message& next : message.next()) out.push_back(next);
    }
    static void from_json(const json& in, terrarium::core::Message& message) {
        std::vector<std::string> parts;
        for (const json& part : in) {
            if (!part.is_array()) parts.push_back(part.get<std::string>());
        }
        if (parts.empty()) parts.emplace_back();
        message = {parts.front(), {parts.begin() + 1, parts.end()}};
        for (const json& part : in) {
            if (part.is_array()) message = message.then(part.get<terrarium::core::Message>());
        }
    }
};

namespace terrarium::labs {

using core::Message;
using nlohmann::json;

/// Where a run stands. Diverged is a result that is shown, not an error.
enum class Status { Idle, Running, Done, Stopped, Diverged };
NLOHMANN_JSON_SERIALIZE_ENUM(Status, {{Status::Idle, "idle"},
                                      {Status::Running, "running"},
                                      {Status::Done, "done"},
                                      {Status::Stopped, "stopped"},
                                      {Status::Diverged, "diverged"}})

/// Larger inputs of a run (texts, weights) by the name that the config uses for them: "corpus:harbour" -> bytes.
using Artefacts = std::map<std::string, std::string>;

/// A state-changing command and the optimiser step at which it took effect. The list of them, with the config, is what
/// a replay needs.
struct Action {
    int64_t step = 0;
    std::string name;  ///< "stop", or the name of a value
    json value;
};
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Action, step, name, value)

/// A long series that only grows; travels as binary parts, each with its index.
struct Series {
    std::string name;
    std::span<const float> values;
};

/// One condition of a challenge, as far as the engine's state says now.
struct Condition {
    std::string id;  ///< as in the content file
    bool met = false;
    Message state;     ///< where it stands: "2.31 nats"
    Message need;      ///< what is asked: "≤ 2.10 nats"
    double share = 0;  ///< 0..1, how far it has come
};

/// How a run answers a prediction.
struct Outcome {
    Message words;            ///< one sentence; empty while the outcome is not known
    double score = -1;        ///< 0..1: how well they agree; of a likelihood: 1 it happened, 0 it did not. -1: unknown
    std::vector<float> x, y;  ///< the curve that came, to be drawn over a sketch
    bool is_known() const { return !words.empty(); }
};

/// Answer of a challenge. `reason` is one sentence for the learner, also when passed.
struct Verdict {
    bool passed = false;
    Message reason;
    std::vector<Condition> conditions;
};

/// Worker side of a lab: owns the model and does the work.
struct AnyJob {
    virtual ~AnyJob() = default;

    /// One unit of fixed work (an optimiser step or a part of one), never dependent on a clock. False: nothing left.
    virtual bool step() = 0;

    /// True between optimiser steps: only there do state-changing commands take effect.
    virtual bool at_boundary() const = 0;
    virtual int64_t steps_done() const = 0;  ///< finished optimiser steps

    virtual json snapshot() const = 0;  ///< small state, whole
    virtual std::vector<Series> series() const = 0;

    /// Of a sweep, whose work falls into independent parts: does only the part-th of n_parts. Together the parts
    /// compute what one job without this call computes alone. Called before the first step.
    virtual void take_part(int part, int n_parts) = 0;

    /// Changes a value in mid-run ("stop" ends the run). Called at boundaries only; refuses with a sentence. What
    /// takes longer than a unit is only begun here: step() does it, also after the end of the run, and until then the
    /// job is at no boundary.
    virtual core::Result<bool> set(const std::string& name, const json& value) = 0;

    /// Answers a question (text from a prompt, attention for a sentence) without changing the run.
    virtual json answer(const json& question) = 0;

    /// The challenge, from this job's own state.
    virtual Verdict check(const json& goal) const = 0;
};

// ---- what the learner asks for; the shell, not the lab, turns it into messages -------------------------------------
struct Start {};
struct Pause {};
struct Resume {};
struct StepOnce {};
struct Stop {};
struct SetValue {
    std::string name;
    json value;
};
struct Ask {
    std::string kind;  ///< a newer question of the same kind replaces one that still waits
    json question;
};
struct OpenFile {
    std::string key;  ///< the field that takes the text
};
struct UseText {  ///< words that were typed or pasted; they pass the same door as a file
    std::string key, words;
};
struct SaveFile {
    std::string name, mime, bytes;
};
struct SavePicture {
    std::string name;
    float x = 0, y = 0, width = 0, height = 0;  ///< CSS pixels of the viewport
};
using Intent =
    std::variant<Start, Pause, Resume, StepOnce, Stop, SetValue, Ask, OpenFile, UseText, SaveFile, SavePicture>;
using Intents = std::vector<Intent>;

/// What the shell knows of the run; measured by the host, so never stored, hashed or checked.
struct RunInfo {
    bool is_active = false;  ///< a worker holds this run
    bool is_paused = false;
    bool may_start = true;  ///< false while a prediction is missing
    std::string problem;    ///< why the run could not start or failed, in the learner's language
    double steps_per_second = 0;
    double tokens_per_second = 0;
};

/// Page side of a lab: owns the config and the last snapshot.
struct AnyView {
    virtual ~AnyView() = default;
    /// The snapshot of one of the jobs that share this run; usually there is one.
    virtual void receive(const json& snapshot, int part, int n_parts) = 0;
    /// Values of a series from index `from` on; earlier ones are known, repeated ones are ignored.
    virtual void receive_series(const std::string& name, int64_t from, std::span<const float> values) = 0;
    virtual void receive_answer(const std::string& kind, const json& answer) = 0;
    virtual void clear() = 0;  ///< a new run begins
    virtual Intents draw(const RunInfo& run) = 0;
    virtual json config() const = 0;
    virtual void set_config(const json& config) = 0;  ///< already read and checked
    virtual Verdict check(const json& goal) const = 0;
    virtual Status status() const = 0;
    virtual int64_t steps_done() const = 0;
    virtual std::vector<Series> series() const = 0;  ///< what the page holds of them so far

    /// A learner's own text arrived for the field `key`, already through the text door.
    virtual void receive_text(const std::string& key, std::string text, std::string note) = 0;
    /// The own texts that the config refers to, by their artefact names.
    virtual Artefacts own_artefacts() const = 0;
    virtual Outcome outcome(const std::string& question_id) const = 0;
    virtual void predicted(const std::string& question_id, const json& answer) = 0;
    /// Numbers of the run by name, for the questions about it; only those that are known.
    virtual std::map<std::string, double> quantities() const = 0;
    /// What the passport says of this run: what was measured, each with its words; only what is known.
    virtual std::vector<core::io::PassportMetric> passport_metrics() const = 0;
};

struct Content;  // labs/content.h: what the content file says about a lab

struct LabEntry {
    std::string_view id;  ///< equals "id" in the content file; a test compares both lists
    int max_parts = 1;    ///< how many workers a run can be shared among
    core::Result<std::unique_ptr<AnyJob>> (*make_job)(const json& config, const Artefacts& artefacts);
    std::unique_ptr<AnyView> (*make_view)(const Content& content);
    /// The content's defaults, changed by `overrides`; types and limits are checked. From the address bar values come
    /// as text, and a bad one becomes the default and a note; elsewhere it is an error.
    core::Result<json> (*read_config)(const json& overrides, const Content& content, bool is_from_address,
                                      std::vector<core::Error>& notes);
    /// Names of the artefacts that a config needs.
    std::vector<std::string> (*artefacts_of)(const json& config);
};

/// All labs in curriculum order (labs/registry.cpp).
std::span<const LabEntry* const> all_labs();
const LabEntry* find_lab(std::string_view id);

}  // namespace terrarium::labs
