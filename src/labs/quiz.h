// The questions of a lesson: what they are, in which order their options are shown, and how an answer is judged.
//
// Five kinds are those of the certification exam that the course belongs to (multiple choice, multiple response,
// ordering, matching, case study); two ask about the learner's own run (a number with a tolerance, a place in a plot).
// A case study is a text that several items share. Pure logic: no screen, no clock; drawing is in app/quiz.h.
//
// An item may speak of the learner's run: "{valid_loss}" in its text and a quantity's name as its answer are filled in
// from RunFacts. While the run has not given them, the item asks to train first and cannot be answered.

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "labs/lab.h"

namespace terrarium::labs {

/// An option of an item; its feedback says why it is right, or why what it claims is wrong.
struct QuizOption {
    std::string id, text, feedback;
    bool is_right = false;  ///< choice and multiple
    std::string partner;    ///< match: words of the other side that belong to this one
};

/// A number that is written in the content, or measured by the run.
struct QuizNumber {
    double value = 0;
    std::string quantity;  ///< not empty: the name of a quantity of the run, instead of `value`
};

/// A place to find in a plot of the learner's own run.
struct PlotTarget {
    enum class Kind { Lowest, Highest, FirstBelow };
    Kind kind = Kind::Lowest;
    std::string x, y;  ///< names of the run's series; x empty: 1, 2, 3 ...
    std::string x_name, y_name;
    QuizNumber level;  ///< of FirstBelow
};

struct QuizItem {
    enum class Kind { Choice, Multiple, Order, Match, Number, Find };
    std::string id, text;
    Kind kind = Kind::Choice;
    std::vector<QuizOption> options;  ///< order: in the right order
    QuizNumber answer;                ///< number
    double tolerance = 0;             ///< number: at most this far away; find: share of the plot's width
    std::string unit;
    PlotTarget target;        ///< find
    std::string explanation;  ///< shown after an answer, right or wrong
    std::string case_id, case_title;
    std::vector<std::string> case_text;  ///< of the case study that the item belongs to
};

/// What the run says, when it says it.
struct RunFacts {
    std::map<std::string, double> quantities;
    std::vector<Series> series;
};

/// What a learner answered. `chosen` holds option ids: the one of a choice, all of a multiple response, the whole
/// sequence of an ordering, and for a matching the id of the option whose partner was picked, per option as written.
struct QuizAnswer {
    std::vector<std::string> chosen;
    std::optional<double> number;  ///< number; find: the x that was chosen
};

struct QuizFeedback {
    std::string option_id;
    bool is_right = false;
    std::string words;
};

struct QuizResult {
    double share = 0;  ///< 0..1; 1 only when everything is right
    std::vector<QuizFeedback> feedback;
    std::string truth;  ///< the right number or place, as words; "" for other kinds
    bool is_right() const { return share >= 1; }
};

/// The x of each point of the target's curve and its y; both empty while the run has none.
struct QuizCurve {
    std::vector<float> x, y;
};
QuizCurve curve_of(const PlotTarget& target, const RunFacts& facts);

/// How the page writes a number that is in data form, "2.31"; null leaves it.
using SayNumber = std::string (*)(std::string_view data_number);
/// The item's text with the run's numbers in it; nothing while one of them is not known.
std::optional<std::string> filled(const std::string& text, const RunFacts& facts, SayNumber say = nullptr);

/// True when the run has given everything that the item speaks of.
bool is_ready(const QuizItem& item, const RunFacts& facts);

/// Positions of the options in the order in which they are shown: the same for the same seed, item and try. An ordering
/// never begins with the solution.
std::vector<size_t> shown_order(const QuizItem& item, uint64_t seed, int64_t n_tries);

/// True when there is enough to judge: one option, every pair, a number.
bool is_complete(const QuizItem& item, const QuizAnswer& answer);

/// Judges a complete answer to a ready item. Shares:
///   choice, number, find   1 or 0
///   multiple               (right ones chosen - wrong ones chosen) / right ones, at least 0
///   order                  pairs in the right order, corrected for chance: 2 * share - 1, at least 0
///   match                  share of right pairs
QuizResult judge(const QuizItem& item, const QuizAnswer& answer, const RunFacts& facts);

}  // namespace terrarium::labs
