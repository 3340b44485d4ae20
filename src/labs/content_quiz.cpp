// Reads the quiz of a lab, and checks what only a reader of a whole item can know: that a choice has exactly one right
// option, that partners differ, that ids are unique.

#include <algorithm>

#include "labs/content_parts.h"

namespace terrarium::labs {

using core::io::FieldReport;
using core::io::Fields;
using core::io::Item;
using Kind = QuizItem::Kind;

namespace {

/// 2.1, or the name of a quantity of the run in quotation marks.
QuizNumber read_number(Fields& from, std::string_view key) {
    const auto item = from.need(key);
    if (!item) return {};
    if (item->raw().is_string()) return {0, item->id()};
    return {item->number_in(-1e12, 1e12), {}};
}

void read_options(Fields& from, QuizItem& quiz, FieldReport& report) {
    const bool is_picked = quiz.kind == Kind::Choice || quiz.kind == Kind::Multiple;
    from.list("options", 2, 8, [&](const Item& item) {
        Fields one = item.object();
        QuizOption option;
        option.id = one.id("id");
        option.text = one.text("text", 1, 300);
        option.feedback = is_picked ? one.text("feedback", 1, 400) : one.text_or("feedback", 0, 400, "");
        if (is_picked) option.is_right = one.boolean_or("right", false);
        if (quiz.kind == Kind::Match) option.partner = one.text("partner", 1, 200);
        report.check_unique("option of " + quiz.id, option.id, item.path() + "/id");
        if (quiz.kind == Kind::Match)
            report.check_unique("partner in " + quiz.id, option.partner, item.path() + "/partner");
        one.finish();
        quiz.options.push_back(std::move(option));
    });
}

void check_right_ones(const Item& item, const QuizItem& quiz) {
    const auto n_right = std::count_if(quiz.options.begin(), quiz.options.end(), [](auto& it) { return it.is_right; });
    if (quiz.kind == Kind::Choice && n_right != 1) {
        item.refuse("quiz.right", "A multiple choice item needs exactly one right option.",
                    "Write \"right\": true at that one and nowhere else.");
    }
    if (quiz.kind == Kind::Multiple && (n_right < 2 || n_right == std::ssize(quiz.options))) {
        item.refuse("quiz.right", "A multiple response item needs two or more right options and a wrong one.",
                    "Write \"right\": true at each right option.");
    }
}

PlotTarget read_target(Fields from) {
    PlotTarget target;
    const std::string kind = from.choice("kind", {"lowest", "highest", "first_below"});
    if (kind == "highest") target.kind = PlotTarget::Kind::Highest;
    if (kind == "first_below") {
        target.kind = PlotTarget::Kind::FirstBelow;
        target.level = read_number(from, "level");
    }
    target.x = from.text_or("x", 0, 64, "");
    target.y = from.text("y", 1, 64);
    target.x_name = from.text("x_name", 1, 60);
    target.y_name = from.text("y_name", 1, 60);
    from.finish();
    return target;
}

Kind kind_of(const std::string& word) {
    if (word == "multiple") return Kind::Multiple;
    if (word == "order") return Kind::Order;
    if (word == "match") return Kind::Match;
    if (word == "number") return Kind::Number;
    if (word == "find") return Kind::Find;
    return Kind::Choice;
}

QuizItem read_item(const Item& item, Fields& from, const std::string& kind, FieldReport& report) {
    QuizItem quiz;
    quiz.kind = kind_of(kind);
    quiz.id = from.id("id");
    quiz.text = from.text("text", 1, 600);
    quiz.explanation = from.text_or("explanation", 0, 600, "");
    report.check_unique("quiz item", quiz.id, item.path() + "/id");
    refuse_taken(item, quiz.id, {"title", "count", "back", "next", "check", "again", "verdict", "score", "case"});
    if (quiz.kind == Kind::Number) {
        quiz.answer = read_number(from, "answer");
        quiz.tolerance = from.number_in("tolerance", 0, 1e12);
        quiz.unit = from.text_or("unit", 0, 40, "");
    } else if (quiz.kind == Kind::Find) {
        quiz.target = read_target(from.object("target"));
        quiz.tolerance = from.number_in("tolerance", 0, 0.5);
    } else {
        read_options(from, quiz, report);
        check_right_ones(item, quiz);
    }
    from.finish();
    return quiz;
}

}  // namespace

std::vector<QuizItem> read_quiz(const Item& list, FieldReport& report) {
    std::vector<QuizItem> quiz;
    list.list(1, 60, [&](const Item& item) {
        Fields from = item.object();
        const std::string kind =
            from.choice("kind", {"choice", "multiple", "order", "match", "number", "find", "case"});
        if (kind != "case") return quiz.push_back(read_item(item, from, kind, report));
        const std::string case_id = from.id("id");
        report.check_unique("quiz item", case_id, item.path() + "/id");
        const std::string title = from.text("title", 1, 120);
        const std::vector<std::string> text = from.texts("text", 1, 6, 1, 2000);
        from.list("items", 2, 6, [&](const Item& part) {
            Fields one = part.object();
            const std::string part_kind =
                one.choice("kind", {"choice", "multiple", "order", "match", "number", "find"});
            quiz.push_back(read_item(part, one, part_kind, report));
            quiz.back().case_id = case_id;
            quiz.back().case_title = title;
            quiz.back().case_text = text;
        });
        from.finish();
    });
    return quiz;
}

}  // namespace terrarium::labs
