#include "labs/replay.h"

#include <cmath>
#include <cstring>

#include "core/io/sha256.h"

namespace terrarium::labs {
namespace {

/// What the run reads: the page has loaded only that, the command line has everything.
Artefacts used_by(const LabEntry& lab, const json& config, const Artefacts& corpora) {
    Artefacts used;
    for (const std::string& name : lab.artefacts_of(config)) {
        if (const auto found = corpora.find(name); found != corpora.end()) used.insert(*found);
    }
    return used;
}

core::Error refuse(std::string code, Message message) {
    return core::Error{std::move(code), "", std::move(message), "Use the version of Terrarium that made the code."};
}

int64_t seed_of(const json& config) { return config.value("seed", int64_t{0}); }

}  // namespace

std::string evidence(const std::vector<Series>& series) {
    std::string bytes;
    if (!series.empty()) {
        for (const float value : series.front().values) {
            uint32_t bits = 0x7fc00000u;
            if (!std::isnan(value)) std::memcpy(&bits, &value, sizeof bits);
            for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(bits >> shift & 255u);
        }
    }
    return core::io::sha256_hex(bytes).substr(0, 32);
}

core::Result<std::unique_ptr<AnyJob>> replay(const LabEntry& lab, const json& config, const Artefacts& artefacts,
                                             const std::vector<Action>& actions, int64_t until_step) {
    auto made = lab.make_job(config, artefacts);
    if (!made) return made.error();
    std::unique_ptr<AnyJob> job = std::move(made).value();
    size_t next = 0;
    bool has_more = true;
    while (true) {
        if (job->at_boundary()) {
            for (; next < actions.size() && actions[next].step <= job->steps_done() && job->at_boundary(); ++next) {
                const auto done = job->set(actions[next].name, actions[next].value);
                if (!done) return done.error();
            }
            if (job->at_boundary() && job->steps_done() >= until_step) break;
        }
        if (!has_more && job->at_boundary()) break;
        has_more = job->step();
    }
    return job;
}

core::io::ResultCode make_result(const LabEntry& lab, const Content& content, const Artefacts& corpora,
                                 const json& config, std::vector<Action> actions, int64_t steps_done,
                                 const std::vector<Series>& series) {
    core::io::ResultCode code;
    code.build_id = build_id();
    code.content_hash = content_hash(content, used_by(lab, config, corpora));
    code.lab = std::string(lab.id);
    code.seed = static_cast<uint64_t>(seed_of(config));
    code.config = config;
    code.config.erase("seed");
    for (const Action& action : actions) code.actions.push_back({action.step, action.name, action.value});
    code.actions.push_back({steps_done, std::string(kUntil), nullptr});
    code.evidence = evidence(series);
    return code;
}

core::Result<json> config_of(const core::io::ResultCode& code, const LabEntry& lab, const Content& content) {
    json overrides = code.config;
    overrides["seed"] = code.seed;
    std::vector<core::Error> notes;
    auto config = lab.read_config(overrides, content, false, notes);
    if (config) return config;
    return refuse("verify.config", Message("The settings in this code are not possible.").then(config.error().message));
}

core::Result<ReplayPlan> plan_replay(const core::io::ResultCode& code, const LabEntry& lab, const Content& content,
                                     const Artefacts& corpora) {
    if (code.build_id != build_id()) {
        return refuse("verify.build",
                      Message("This code was made by version {0}; this program is version {1} and does not guess.",
                              {code.build_id, build_id()}));
    }
    if (code.actions.empty() || code.actions.back().name != kUntil) {
        return refuse("verify.until", "This code does not say how far the run had come.");
    }
    auto config = config_of(code, lab, content);
    if (!config) return config.error();
    if (code.content_hash != content_hash(content, used_by(lab, config.value(), corpora))) {
        return refuse("verify.content",
                      "This code was made with other content: the texts, limits or goal of the lab differ.");
    }
    ReplayPlan plan{.config = std::move(config).value(), .actions = {}, .until_step = code.actions.back().step};
    for (const auto& action : code.actions) plan.actions.push_back({action.step, action.name, action.value});
    plan.actions.pop_back();
    return plan;
}

Verification judge(const core::io::ResultCode& code, const ReplayPlan& plan, int64_t steps_done,
                   const std::vector<Series>& series, const Verdict& verdict) {
    if (steps_done != plan.until_step || evidence(series) != code.evidence) {
        return {false, Message("The replay ended differently: this code does not belong to such a run.")};
    }
    if (!verdict.passed) {
        return {false, Message("The run is real, but the challenge is not passed.").then(verdict.reason)};
    }
    return {true,
            Message("Confirmed by replay over {0} steps.", {std::to_string(plan.until_step)}).then(verdict.reason)};
}

Verification verify(const core::io::ResultCode& code, const LabEntry& lab, const Content& content,
                    const Artefacts& corpora) {
    const auto plan = plan_replay(code, lab, content, corpora);
    if (!plan) return {false, plan.error().message};
    const auto job = replay(lab, plan.value().config, corpora, plan.value().actions, plan.value().until_step);
    if (!job) return {false, Message("The run in this code cannot be repeated.").then(job.error().message)};
    const AnyJob& ended = *job.value();
    return judge(code, plan.value(), ended.steps_done(), ended.series(), ended.check(content.challenge.goal));
}

}  // namespace terrarium::labs
