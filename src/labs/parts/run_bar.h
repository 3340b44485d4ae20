// The run of a lab: the bar with its buttons, and below it the notes that every lab has to give.

#pragma once

#include <string>

#include "labs/lab.h"

namespace terrarium::labs {

/// What a lab says of its run; the sentences are those of a lab that trains one model, and others replace them.
struct RunPart {
    const RunInfo& run;
    Status status = Status::Idle;
    double fraction = 0;    ///< 0..1, how far the run is
    std::string words;      ///< the same in words: "200 of 500 steps · 3 s left"
    bool may_start = true;  ///< the lab itself has nothing against it
    Message problem = {};   ///< why the run diverged
    Message start = Message("Train");
    Message again = Message("Train again");
    Message progress_name = Message("Training progress");
    Message locked = Message("Train unlocks when you have locked in your prediction.");
    Message ready = Message("Ready. The same seed and settings give the same curve on every device.");
};

/// Draws the bar and its notes, and appends the intent of the button that was pressed, if any.
void draw_run(const RunPart& part, Intents& out);

/// done of all as 0..1; 0 while nothing is known.
double fraction_of(int64_t done, int64_t all);

}  // namespace terrarium::labs
