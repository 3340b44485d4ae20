// Runs one job in time slices and reports. The same class works in the browser's worker, in a native thread and inline
// in the tests; it is the only place that knows a clock, and the clock decides only *when* work is done, never which.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "labs/lab.h"
#include "worker/messages.h"

namespace terrarium::worker {

using Find = std::function<const labs::LabEntry*(std::string_view lab_id)>;
using Clock = double (*)();  ///< milliseconds, monotonic

class Host {
public:
    /// find    gives the lab of an id (the table of jobs comes from above: views own the registry)
    /// clock   for slices, reports and speed
    Host(Find find, Clock clock);

    void handle(const Command& command, std::vector<Event>& out);

    /// Works for about budget_ms (at least one unit). True: there is more to do now; false: idle until a command comes.
    bool work(double budget_ms, std::vector<Event>& out);

private:
    void start(const StartRun& command, std::vector<Event>& out);
    void apply_waiting_sets(std::vector<Event>& out);
    void follow_replay(std::vector<Event>& out);
    void finish();
    void report(std::vector<Event>& out);
    bool is_report_due() const;
    bool one_unit(std::vector<Event>& out);

    Find find_;
    Clock clock_;
    std::unique_ptr<labs::AnyJob> job_;
    uint32_t run_id_ = 0;
    bool is_finished_ = true;
    bool has_more_ = false;  ///< the job has units left, also such as a command after its end has asked for
    bool is_paused_ = false;
    int64_t single_step_until_ = -1;  ///< pause again when this many steps are done
    std::vector<Set> waiting_;        ///< state-changing commands that wait for a boundary
    std::vector<labs::Action> actions_;
    std::vector<labs::Action> replay_;  ///< what is still to be done at its step
    int64_t until_step_ = -1;           ///< a replay ends here
    std::map<std::string, int64_t> acknowledged_;
    bool is_acknowledged_ = true;
    bool must_report_ = false;
    double last_report_ms_ = 0;
    double work_ms_ = 0;  ///< time spent working since rate_from_step_
    int64_t rate_from_step_ = 0;
    double steps_per_second_ = 0;
};

}  // namespace terrarium::worker
