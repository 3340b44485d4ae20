#include "labs/parts/run_bar.h"

#include "ui/messages.h"
#include "ui/run_bar.h"

namespace terrarium::labs {

using ui::tr;

namespace {

void press(ui::RunAsked asked, Intents& out) {
    switch (asked) {
        case ui::RunAsked::Start:
        case ui::RunAsked::Restart:
            out.push_back(Start{});
            break;
        case ui::RunAsked::Pause:
            out.push_back(Pause{});
            break;
        case ui::RunAsked::Resume:
            out.push_back(Resume{});
            break;
        case ui::RunAsked::Step:
            out.push_back(StepOnce{});
            break;
        case ui::RunAsked::Stop:
            out.push_back(Stop{});
            break;
        case ui::RunAsked::Reset:
        case ui::RunAsked::None:
            break;
    }
}

}  // namespace

double fraction_of(int64_t done, int64_t all) {
    return all > 0 ? static_cast<double>(done) / static_cast<double>(all) : 0;
}

void draw_run(const RunPart& part, Intents& out) {
    const RunInfo& run = part.run;
    const bool has_run = part.status != Status::Idle || run.is_active;
    press(ui::run_bar({.start = tr(part.start),
                       .again = tr(part.again),
                       .is_active = run.is_active,
                       .is_paused = run.is_paused,
                       .has_run = has_run,
                       .may_start = run.may_start && part.may_start,
                       .fraction = part.fraction,
                       .progress_name = tr(part.progress_name),
                       .words = part.words,
                       .seed = {}}),
          out);
    if (!has_run && !run.may_start) {
        ui::note("train.locked", tr(part.locked), ui::Ink::Muted);
    } else if (!has_run) {
        ui::note("train.ready", tr(part.ready), ui::Ink::Muted);
    }
    if (!run.problem.empty()) ui::note("run.problem", run.problem, ui::Ink::Warn);
    if (part.status == Status::Diverged && !part.problem.empty())
        ui::note("run.diverged", tr(part.problem), ui::Ink::Warn);
}

}  // namespace terrarium::labs
