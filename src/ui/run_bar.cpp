#include "ui/run_bar.h"

namespace terrarium::ui {

RunAsked run_bar(const RunBar& state) {
    RunAsked asked = RunAsked::None;
    if (is_hidden("run_bar")) return asked;
    {
        const Group group("run_bar", tr("Run"));
        const Row row(10);
        if (!state.is_active) {
            if (button("train", state.has_run ? state.again : state.start, Button::Primary, state.may_start))
                asked = RunAsked::Start;
        } else if (state.is_paused) {
            if (button("train", tr("Continue"), Button::Primary)) asked = RunAsked::Resume;
        } else {
            if (button("train", tr("Pause"), Button::Primary)) asked = RunAsked::Pause;
        }
        if (button("step_once", tr("Step"), Button::Plain, state.is_active)) asked = RunAsked::Step;
        if (button("stop", tr("Stop"), Button::Plain, state.is_active)) asked = RunAsked::Stop;
        if (button("restart", tr("Restart"), Button::Plain, state.is_active && state.may_start))
            asked = RunAsked::Restart;
        if (state.may_reset && button("reset", tr("Reset"), Button::Quiet, !state.is_active)) asked = RunAsked::Reset;
    }
    if (state.seed) {
        paragraph("run.seed", tr("Seed {0}", {std::to_string(*state.seed)}), Ink::Muted, Type::Small);
    }
    if (state.has_run || state.is_active) progress("progress", state.progress_name, state.fraction, state.words);
    return asked;
}

}  // namespace terrarium::ui
