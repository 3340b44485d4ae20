// The lesson player: predict -> run -> explain -> challenge. Predictions are stored before the run unlocks and compared
// with the outcome afterwards.

#pragma once

#include <map>
#include <string>

#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::app {

class Player {
public:
    void open(const labs::Content& content);
    /// Draws the lesson card. Returns a glossary term that was asked for, or "".
    std::string draw(const labs::Content& content, labs::AnyView& view);

    bool has_predicted() const { return is_committed_; }
    const std::string& tab() const { return tab_; }
    void show(std::string tab) { tab_ = std::move(tab); }

    /// The lesson as one row of steps, for who shows it to others: predict, run, each explanation.
    int step_count(const labs::Content& content) const { return 2 + static_cast<int>(content.explain.size()); }
    int step() const;
    void go_to_step(int step);

private:
    std::string draw_predict(const labs::Content& content, labs::AnyView& view);
    std::string draw_run(const labs::Content& content, const labs::AnyView& view);
    std::string draw_explain(const labs::Content& content);
    std::string draw_about(const labs::Content& content);

    std::string tab_ = "predict";
    size_t explain_at_ = 0;
    std::map<std::string, std::string> chosen_;  ///< question id -> option id
    std::map<std::string, double> numbers_;      ///< question id -> number
    bool is_committed_ = false;
};

}  // namespace terrarium::app
