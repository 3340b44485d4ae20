// The run bar of a lab: what is pressed there becomes what the lab asks of the shell.

#pragma once

#include "labs/lab.h"
#include "ui/run_bar.h"

namespace terrarium::labs {

/// Draws the bar and appends the intent of the button that was pressed, if any.
void draw_run_bar(const ui::RunBar& state, Intents& out);

}  // namespace terrarium::labs
