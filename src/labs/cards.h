// Cards of the learner's model, written from the passport and from nothing else: a data card, a model card and an
// evaluation card. What the passport does not know is said, never guessed.
//
// The words are English and plain: the page puts them through ui::tr(), files keep them, so that a file means the same
// to everyone who gets it.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/io/passport.h"
#include "labs/lab.h"

namespace terrarium::labs {

/// One line of a card.
struct CardRow {
    std::string id, name;
    std::string value;             ///< for people; "Not measured" and its like where is_known is false
    std::optional<double> number;  ///< the same as a number, where it is one
    std::string unit;
    bool is_known = true;
    std::string name_value;  ///< what stands for {0} in the name
};
struct CardSection {
    std::string id, title;
    std::string text;  ///< one or two sentences; may be empty
    std::vector<CardRow> rows;
};
struct Card {
    std::string id, title, about;
    std::vector<CardSection> sections;
};

/// What the runs of the passport read: each text once, with its size, its fingerprint and the steps that used it.
Card data_card(const std::vector<core::io::PassportStep>& passport);
/// What the last run of the passport made, how, and what it is good for.
Card model_card(const std::vector<core::io::PassportStep>& passport);
/// What was measured on it, beside the baselines and the runs before; and what was not.
Card evaluation_card(const std::vector<core::io::PassportStep>& passport);

std::string to_markdown(const Card& card);
json to_json(const Card& card);

}  // namespace terrarium::labs
