// Everything that travels between the page and a worker. Both sides are the same program, so these types are the
// protocol; on the wire each message is the CBOR of its JSON (codec.h), and any message can be printed for debugging.

#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "labs/lab.h"

namespace terrarium::worker {

using labs::json;

// ---- page to worker ------------------------------------------------------------------------------------------------

/// Begins a run; ends the one before it.
struct StartRun {
    uint32_t run_id = 0;  ///< chosen by the page, counts up; answers to older runs are dropped
    std::string lab_id;
    json config;
    labs::Artefacts artefacts;
    /// A replay: these take effect at their steps, and the run ends when `until_step` steps are done. -1: as it comes.
    std::vector<labs::Action> actions = {};
    int64_t until_step = -1;
    int32_t part = 0, n_parts = 1;  ///< of a sweep that is shared among workers: which share this one does
};
enum class ControlKind { Pause, Resume, Step };
NLOHMANN_JSON_SERIALIZE_ENUM(ControlKind, {{ControlKind::Pause, "pause"},
                                           {ControlKind::Resume, "resume"},
                                           {ControlKind::Step, "step"}})
/// Changes when work is done, never what is computed: not part of a result code.
struct Control {
    uint32_t run_id = 0;
    ControlKind kind = ControlKind::Pause;
};
/// Changes what is computed; takes effect at the next boundary between optimiser steps and is logged with that step.
struct Set {
    uint32_t run_id = 0;
    std::string name;
    json value;
};
struct Question {
    uint32_t run_id = 0;
    std::string kind;
    json question;
};
/// How many values of each series the page holds. Parts start there, so a lost or late message loses nothing.
struct Acknowledge {
    uint32_t run_id = 0;
    std::map<std::string, int64_t> have;
};
using Command = std::variant<StartRun, Control, Set, Question, Acknowledge>;

// ---- worker to page ------------------------------------------------------------------------------------------------

struct Ready {
    std::string build_id;  ///< page and worker must be the same build
};
struct Part {
    std::string name;
    int64_t from = 0;  ///< index of the first value
    std::vector<float> values;
};
struct Progress {
    uint32_t run_id = 0;
    json snapshot;  ///< the whole small state, never a difference
    std::vector<Part> parts;
    std::vector<labs::Action> actions;  ///< all so far
    int64_t steps_done = 0;
    double steps_per_second = 0;  ///< measured by the host over the last moments of work; shown, never stored
    bool is_paused = false;
    bool is_last = false;
};
struct Answer {
    uint32_t run_id = 0;
    std::string kind;
    json answer;
};
struct RunFailed {
    uint32_t run_id = 0;
    labs::Message what;  ///< a sentence for the learner, and what to do
};
using Event = std::variant<Ready, Progress, Answer, RunFailed>;

}  // namespace terrarium::worker
