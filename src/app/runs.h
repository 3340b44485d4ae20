// One run from the page's side: the only place that builds commands and reads events.
//
// Most runs are one job in one worker. A sweep (a lab with max_parts above 1) is shared among several: each gets the
// same command with a share of its own, and what they report is put together by the view.

#pragma once

#include <string>
#include <vector>

#include "labs/lab.h"
#include "labs/replay.h"
#include "worker/channel.h"

namespace terrarium::app {

class Runs {
public:
    /// channels  one for each job of a run; null where no worker could be had
    using Channels = std::vector<worker::Channel*>;

    void start(const labs::LabEntry& lab, const labs::json& config, labs::Artefacts artefacts, Channels channels);
    /// Runs again what was once done, in one worker: a check of a result code.
    void replay(const labs::LabEntry& lab, const labs::ReplayPlan& plan, labs::Artefacts artefacts,
                worker::Channel* channel);
    /// Pause, resume, step, stop, set, ask. Start goes through start(): only the shell knows config and artefacts.
    void send(const labs::Intent& intent);
    /// Takes what arrived into the view. True when something changed.
    bool poll(labs::AnyView& view);
    void fail(std::string reason);
    /// Another lab opens: the work ends, and what was said of it is forgotten.
    void leave();
    /// Whether one of the run's jobs lives in this worker.
    bool uses(const worker::Channel* channel) const;

    const labs::RunInfo& info() const { return info_; }
    /// What was done, with the steps of the whole run. The jobs of a sweep take values only when their work is over.
    const std::vector<labs::Action>& actions() const { return actions_; }
    const labs::json& config() const { return config_; }  ///< as it was when the run began
    uint32_t run_id() const { return run_id_; }
    bool has_run() const { return has_run_; }
    bool is_resting() const { return has_run() && (!info_.is_active || info_.is_paused); }

private:
    struct Part {
        worker::Channel* channel = nullptr;
        bool is_active = true, is_paused = false;
        int64_t steps_done = 0;
        double steps_per_second = 0;
        std::vector<labs::Action> actions;
    };

    void begin(worker::StartRun command, Channels channels);
    void take(const worker::Progress& progress, size_t part, labs::AnyView& view);
    void sum_up();
    void stop_all();
    template <class Command>
    void send_to_all(const Command& command);

    std::vector<Part> parts_;
    uint32_t run_id_ = 0;  ///< counts on from lab to lab, so that late words of an earlier run are known as such
    bool has_run_ = false;
    labs::json config_;
    std::vector<labs::Action> actions_;
    labs::RunInfo info_;
};

}  // namespace terrarium::app
