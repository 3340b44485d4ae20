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
    /// Where a job of a run works.
    struct Worker {
        int index = 0;                       ///< in the platform's pool
        worker::Channel* channel = nullptr;  ///< null: no worker could be had
    };
    using Workers = std::vector<Worker>;

    void start(const labs::LabEntry& lab, const labs::json& config, labs::Artefacts artefacts, Workers workers);
    /// Runs again what was once done, in one worker: a check of a result code.
    void replay(const labs::LabEntry& lab, const labs::ReplayPlan& plan, labs::Artefacts artefacts, Worker worker);
    /// Pause, resume, step, stop, set, ask. Start goes through start(): only the shell knows config and artefacts.
    void send(const labs::Intent& intent);
    /// Takes what arrived into the view. True when something changed.
    bool poll(labs::AnyView& view);
    void fail(std::string reason);
    /// A worker ended, and its channel with it. True when a job of this run lived there: the run is lost.
    bool lose(int worker_index);
    /// Another lab opens: the work ends, and what was said of it is forgotten.
    void leave();

    const labs::RunInfo& info() const { return info_; }
    /// What was done, with the steps of the whole run. The jobs of a sweep take values only when their work is over.
    const std::vector<labs::Action>& actions() const { return actions_; }
    const labs::json& config() const { return config_; }  ///< as it was when the run began
    uint32_t run_id() const { return run_id_; }
    bool has_run() const { return has_run_; }
    /// The last run was made by the turbo module, so nothing can be proved with it.
    bool is_turbo() const { return is_turbo_; }
    bool is_resting() const { return has_run() && (!info_.is_active || info_.is_paused); }

private:
    struct Part {
        Worker worker;
        bool is_active = true, is_paused = false;
        int64_t steps_done = 0;
        double steps_per_second = 0;
        std::vector<labs::Action> actions;
    };

    void begin(worker::StartRun command, Workers workers);
    void take(const worker::Progress& progress, size_t part, labs::AnyView& view);
    void sum_up();
    void stop_all();
    template <class Command>
    void send_to_all(const Command& command);

    std::vector<Part> parts_;
    uint32_t run_id_ = 0;  ///< counts on from lab to lab, so that late words of an earlier run are known as such
    bool has_run_ = false, is_turbo_ = false;
    labs::json config_;
    std::vector<labs::Action> actions_;
    labs::RunInfo info_;
};

}  // namespace terrarium::app
