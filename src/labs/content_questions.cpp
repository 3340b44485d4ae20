// Reads the predictions of a lab: six kinds, each with the fields that it needs and no others.

#include <algorithm>

#include "labs/content_parts.h"

namespace terrarium::labs {

using core::io::FieldReport;
using core::io::Fields;
using core::io::Item;
using Kind = Question::Kind;

namespace {

Kind kind_of(const std::string& word) {
    if (word == "number") return Kind::Number;
    if (word == "order") return Kind::Order;
    if (word == "sketch") return Kind::Sketch;
    if (word == "which") return Kind::Which;
    if (word == "likelihood") return Kind::Likelihood;
    return Kind::Choice;
}

void read_options(Fields& from, int64_t min_count, int64_t max_count, const std::string& question_id,
                  FieldReport& report, Question& question) {
    from.list("options", min_count, max_count, [&](const Item& item) {
        Fields option = item.object();
        question.options.push_back({option.id("id"), option.text("text", 1, 300), {}, {}});
        report.check_unique("option of " + question_id, question.options.back().id, item.path() + "/id");
        if (question.kind == Kind::Which) {
            question.options.back().sample = option.text_or("sample", 0, 600, "");
            option.list_or_none("curve", 2, 60, [&](const Item& height) {
                question.options.back().curve.push_back(height.number_in(0, 1));
            });
        }
        option.finish();
    });
}

void read_range(Fields& from, const Item& item, Question& question) {
    question.min = from.number_in("min", -1e9, 1e9);
    question.max = from.number_in("max", -1e9, 1e9);
    question.start = from.number_in("default", -1e9, 1e9);
    if (question.max <= question.min || question.start < question.min || question.start > question.max) {
        item.refuse("range", "A question about a number or a curve needs min < max and a default between them.",
                    "Correct min, max or default.");
    }
}

}  // namespace

void refuse_taken(const Item& item, std::string_view id, std::initializer_list<std::string_view> taken) {
    if (std::find(taken.begin(), taken.end(), id) == taken.end()) return;
    item.refuse("id", Message("The id {0} is taken by the page itself.", {std::string(id)}), "Choose another id.");
}

Question read_question(const Item& item, FieldReport& report) {
    Fields from = item.object();
    Question question;
    question.id = from.id("id");
    question.text = from.text("text", 1, 500);
    report.check_unique("question", question.id, item.path() + "/id");
    refuse_taken(item, question.id, {"text", "commit", "missing"});
    question.kind = kind_of(from.choice("kind", {"choice", "number", "order", "sketch", "which", "likelihood"}));
    switch (question.kind) {
        case Kind::Choice:
            read_options(from, 2, 8, question.id, report, question);
            break;
        case Kind::Order:
            read_options(from, 2, 8, question.id, report, question);
            break;
        case Kind::Which:
            read_options(from, 2, 2, question.id, report, question);
            break;
        case Kind::Likelihood:
            question.start = 50;
            break;
        case Kind::Number:
            read_range(from, item, question);
            question.unit = from.text_or("unit", 0, 40, "");
            break;
        case Kind::Sketch:
            read_range(from, item, question);
            question.x_name = from.text("x_name", 1, 60);
            question.y_name = from.text("y_name", 1, 60);
            question.x_max = from.number_in("x_max", 1e-9, 1e9);
            question.n_points = from.int_in_or("points", 3, 9, 5);
            break;
    }
    // A likelihood says already how sure the learner is.
    if (question.kind != Kind::Likelihood) question.asks_certainty = from.boolean_or("certainty", false);
    from.finish();
    return question;
}

}  // namespace terrarium::labs
