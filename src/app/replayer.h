// Checks result codes by running them again, one lab after the other, in a worker of its own.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/desk.h"
#include "app/runs.h"
#include "core/io/module_code.h"
#include "labs/replay.h"

namespace terrarium::app {

class Replayer {
public:
    enum class State { Waiting, Running, Holds, Fails };
    /// How it stands with one lab of the code.
    struct Line {
        std::string lab;
        State state = State::Waiting;
        std::string words;    ///< what was found, one sentence
        double fraction = 0;  ///< of the steps to repeat
        int64_t steps_done = 0, until_step = 0;
    };

    void begin(core::io::ModuleCode code);
    void stop();
    /// Takes what arrived and begins what is next. Call it once a frame.
    void work(Desk& desk);
    void worker_failed(const std::string& reason);

    bool is_running() const { return at_ < lines_.size(); }
    const std::vector<Line>& lines() const { return lines_; }
    const std::string& module() const { return code_.module; }

    static constexpr int kWorker = 1;  ///< 0 trains the lab that is open, and goes on; so do those after it

private:
    bool begin_next(Desk& desk);  ///< false: files are still on their way
    void follow();
    void finish(const labs::Verification& found);

    core::io::ModuleCode code_;
    std::vector<Line> lines_;
    size_t at_ = 0;  ///< the lab that is replayed now
    std::unique_ptr<Runs> runs_;
    // Of the lab that is replayed now.
    const labs::LabEntry* lab_ = nullptr;
    std::unique_ptr<labs::Content> content_;  ///< a copy, which the view keeps hold of
    std::unique_ptr<labs::AnyView> view_;     ///< null: its files are not here yet
    labs::ReplayPlan plan_;
};

}  // namespace terrarium::app
