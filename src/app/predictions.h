// Draws the predictions of a lesson: the six kinds before the run, and what was said beside what came after it.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/io/progress.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::app {

/// What the learner answers to one question, while it can still change.
struct Guess {
    std::string chosen;              ///< choice, which
    double number = 0;               ///< number; likelihood in percent
    std::vector<std::string> order;  ///< ids from first to last
    std::vector<double> heights;     ///< of a sketch's points
    double certainty = 50;           ///< percent, where it is asked
    bool shows_numbers = false;      ///< the sketch's numbers are open
};

/// Where a guess begins: nothing chosen, the default of a number, a flat sketch, a shuffled order.
Guess first_guess(const labs::Question& question);
bool is_complete(const labs::Question& question, const Guess& guess);

/// As it is stored and told to the lab: an id, a number, a list of ids, a list of [x, y], a share 0..1.
labs::json answer_of(const labs::Question& question, const Guess& guess);
/// The probability that the learner stated, 0..1; -1 where none was asked.
double probability_of(const labs::Question& question, const Guess& guess);
/// The guess that was stored; false when the stored answer does not fit the question any more.
bool restore_guess(const labs::Question& question, const core::io::Prediction& stored, Guess& guess);

/// How good a prediction was, as the page shows it: of a likelihood the score says only whether it happened.
double quality_of(const labs::Question& question, const Guess& guess, double score);

/// Draws the controls of a guess below its question.
void draw_guess(const std::string& key, const labs::Question& question, Guess& guess);
/// Draws what was said and, when it is known, what came.
void draw_given(const std::string& key, const labs::Question& question, Guess& guess, const labs::Outcome& outcome);
/// The sentence about an outcome, with a mark that does not need colour: right, partly, wrong.
void draw_outcome(const std::string& key, const labs::Question& question, const Guess& guess,
                  const labs::Outcome& outcome);

}  // namespace terrarium::app
