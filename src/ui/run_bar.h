// The run bar: everything that one can do with a run, in one line, and how far it is. The same keys in every lab:
// train, step_once, stop, restart, reset, progress.

#pragma once

#include <optional>
#include <string>

#include "ui/ui.h"

namespace terrarium::ui {

struct RunBar {
    std::string start, again;  ///< words of the first button: "Train", "Train again"
    bool is_active = false, is_paused = false;
    bool has_run = false;  ///< there is something to show progress of
    bool may_start = true;
    bool may_reset = false;            ///< shows Reset: settings as they were at the beginning
    double fraction = 0;               ///< 0..1
    std::string progress_name, words;  ///< "Training progress", "200 of 500 steps · 3 s left"
    std::optional<int64_t> seed;       ///< shown beside the buttons when given
};

enum class RunAsked { None, Start, Pause, Resume, Step, Stop, Restart, Reset };

/// Draws it and says what was asked for.
RunAsked run_bar(const RunBar& state);

}  // namespace terrarium::ui
