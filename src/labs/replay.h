// Proof by replay: a run is its config, its artefacts and the actions with their steps; doing it again gives the same
// bits.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/io/result_code.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium {
const char* build_id();  ///< names the code that computes (cmake/build_id.cmake)
}

namespace terrarium::labs {

/// Fingerprint of a run: SHA-256 over the bits of its first series (the training losses, which every weight went into)
/// and its length. NaN is made canonical first.
std::string evidence(const std::vector<Series>& series);

/// Runs again from the beginning until `until_step` steps are done, with each action at its step.
core::Result<std::unique_ptr<AnyJob>> replay(const LabEntry& lab, const json& config, const Artefacts& artefacts,
                                             const std::vector<Action>& actions, int64_t until_step);

/// The last of a code's actions says how far the run had come.
inline constexpr std::string_view kUntil = "until";

core::io::ResultCode make_result(const LabEntry& lab, const Content& content, const Artefacts& corpora,
                                 const json& config, std::vector<Action> actions, int64_t steps_done,
                                 const std::vector<Series>& series);

/// What has to be done to check a code: a run with these settings and actions, up to this step.
struct ReplayPlan {
    json config;
    std::vector<Action> actions;
    int64_t until_step = 0;
};
/// The settings of a code, read and checked by its lab. The message of an error is one sentence for people.
core::Result<json> config_of(const core::io::ResultCode& code, const LabEntry& lab, const Content& content);
/// Compares what can be compared before anything runs: build, form, settings, content.
core::Result<ReplayPlan> plan_replay(const core::io::ResultCode& code, const LabEntry& lab, const Content& content,
                                     const Artefacts& corpora);

/// What a replay found. Passed only when build, content, evidence and challenge all agree.
struct Verification {
    bool holds = false;
    Message words;
};
/// Compares the end of a run that followed `plan` with the code.
Verification judge(const core::io::ResultCode& code, const ReplayPlan& plan, int64_t steps_done,
                   const std::vector<Series>& series, const Verdict& verdict);
/// Both, with the run between them.
Verification verify(const core::io::ResultCode& code, const LabEntry& lab, const Content& content,
                    const Artefacts& corpora);

}  // namespace terrarium::labs
