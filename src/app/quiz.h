// Draws the questions of a lesson, one at a time: answer, check, read why, go on. Judging is in labs/quiz.h.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/io/progress.h"
#include "labs/content.h"
#include "labs/quiz.h"
#include "ui/plot.h"

namespace terrarium::app {

/// One item as it stands on screen.
struct QuizState {
    labs::QuizAnswer answer;
    std::optional<labs::QuizResult> result;  ///< after "Check"
    int64_t n_tries = 0;                     ///< decides the shuffle
    std::string number_words;                ///< number: as typed
    ui::PlotState plot;                      ///< find: its cursor is the place that is looked at
};

class Quiz {
public:
    void open(const labs::Content& content);
    /// Draws the item that is open. True when an answer was judged and `kept` changed.
    bool draw(const labs::Content& content, const labs::RunFacts& facts, core::io::LabProgress& kept);

private:
    void draw_case(const labs::QuizItem& item);
    void draw_score(const labs::Content& content, const core::io::LabProgress& kept);

    uint64_t seed_ = 0;
    size_t at_ = 0;
    std::map<std::string, QuizState> states_;  ///< by item id
};

/// Draws the item's text, its options and, once judged, the feedback. Keys begin with `key`. True when "Check" was
/// pressed and `state.result` is fresh.
bool draw_quiz_item(const std::string& key, const labs::QuizItem& item, const labs::RunFacts& facts, uint64_t seed,
                    QuizState& state);

}  // namespace terrarium::app
