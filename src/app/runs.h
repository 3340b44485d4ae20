// One run from the page's side: the only place that builds commands and reads events.

#pragma once

#include <string>
#include <vector>

#include "labs/lab.h"
#include "labs/replay.h"
#include "worker/channel.h"

namespace terrarium::app {

class Runs {
public:
    explicit Runs(worker::Channel* channel) : channel_(channel) {}

    /// The worker ended; a new one starts with the next run.
    void replace_channel(worker::Channel* channel);
    void start(const labs::LabEntry& lab, const labs::json& config, labs::Artefacts artefacts);
    /// Runs again what was once done: a check of a result code.
    void replay(const labs::LabEntry& lab, const labs::ReplayPlan& plan, labs::Artefacts artefacts);
    /// Pause, resume, step, stop, set, ask. Start goes through start(): only the shell knows config and artefacts.
    void send(const labs::Intent& intent);
    /// Takes what arrived into the view. True when something changed.
    bool poll(labs::AnyView& view);
    void fail(std::string reason);

    const labs::RunInfo& info() const { return info_; }
    const std::vector<labs::Action>& actions() const { return actions_; }
    const labs::json& config() const { return config_; }  ///< as it was when the run began
    uint32_t run_id() const { return run_id_; }
    bool has_run() const { return run_id_ > 0; }
    bool is_resting() const { return has_run() && (!info_.is_active || info_.is_paused); }

private:
    void begin(worker::StartRun command);
    void take(const worker::Progress& progress, labs::AnyView& view);

    worker::Channel* channel_;
    uint32_t run_id_ = 0;
    labs::json config_;
    std::vector<labs::Action> actions_;
    labs::RunInfo info_;
};

}  // namespace terrarium::app
