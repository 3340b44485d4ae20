// The lesson player: predict -> run -> explain -> challenge. Predictions are stored before the run unlocks and compared
// with the outcome afterwards; when the lab is opened again, the player starts from what was stored.

#pragma once

#include <map>
#include <string>
#include <utility>

#include "app/predictions.h"
#include "app/quiz.h"
#include "core/io/progress.h"
#include "labs/content.h"
#include "labs/lab.h"
#include "labs/services.h"

namespace terrarium::app {

class Player {
public:
    void open(const labs::Content& content);
    /// Once a frame: takes over stored predictions, and stores outcomes when the run tells them. True when `kept`
    /// changed.
    bool follow(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept);
    /// Draws the lesson card. Returns a glossary term that was asked for, or "".
    /// `services` is null until the list is here.
    std::string draw(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept,
                     const labs::Services* services);

    bool has_predicted() const { return is_committed_; }
    /// True once after a prediction was locked in or a question answered.
    bool take_changed() { return std::exchange(has_changed_, false); }
    const std::string& tab() const { return tab_; }
    void show(std::string tab) { tab_ = std::move(tab); }

    /// The lesson as one row of steps, for who shows it to others: predict, run, each explanation, the quiz.
    int step_count(const labs::Content& content) const {
        return 2 + static_cast<int>(content.explain.size()) + (content.quiz.empty() ? 0 : 1);
    }
    int step(const labs::Content& content) const;
    void go_to_step(const labs::Content& content, int step);

private:
    std::string draw_predict(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept);
    std::string draw_run(const labs::Content& content, labs::AnyView& view, const core::io::LabProgress& kept);
    std::string draw_explain(const labs::Content& content);
    std::string draw_about(const labs::Content& content, const labs::Services* services);
    void commit(const labs::Content& content, labs::AnyView& view, core::io::LabProgress& kept);
    bool restore(const labs::Content& content, labs::AnyView& view, const core::io::LabProgress& kept);

    std::string tab_ = "predict";
    size_t explain_at_ = 0;
    std::map<std::string, Guess> guesses_;  ///< by question id
    bool is_committed_ = false, has_changed_ = false;
    Quiz quiz_;
};

}  // namespace terrarium::app
