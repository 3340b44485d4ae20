// Readers of the larger parts of a lab's content file. Only content.cpp and the readers themselves need this.

#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "core/io/fields.h"
#include "labs/content.h"

namespace terrarium::labs {

/// One prediction (content_questions.cpp).
Question read_question(const core::io::Item& item, core::io::FieldReport& report);
/// The quiz, with the items of case studies one after the other (content_quiz.cpp).
std::vector<QuizItem> read_quiz(const core::io::Item& list, core::io::FieldReport& report);

/// An id of the author's becomes a key beside the page's own ("challenge.title"); those are taken.
void refuse_taken(const core::io::Item& item, std::string_view id, std::initializer_list<std::string_view> taken);

}  // namespace terrarium::labs
