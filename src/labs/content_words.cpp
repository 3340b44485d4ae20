#include "labs/content_words.h"

namespace terrarium::labs {
namespace {

void visit_all(std::vector<std::string>& words, VisitWords visit) {
    for (std::string& one : words) visit(one);
}

void visit_some(std::string& words, VisitWords visit) {
    if (!words.empty()) visit(words);
}

void visit_question(Question& question, VisitWords visit) {
    visit(question.text);
    for (QuestionOption& option : question.options) visit(option.text);
    for (std::string* words : {&question.unit, &question.x_name, &question.y_name}) visit_some(*words, visit);
}

void visit_item(QuizItem& item, VisitWords visit) {
    visit(item.text);
    for (QuizOption& option : item.options) {
        visit(option.text);
        visit_some(option.feedback, visit);
        visit_some(option.partner, visit);
    }
    for (std::string* words :
         {&item.unit, &item.target.x_name, &item.target.y_name, &item.explanation, &item.case_title}) {
        visit_some(*words, visit);
    }
    visit_all(item.case_text, visit);
}

}  // namespace

void for_each_word(Content& content, VisitWords visit) {
    for (std::string* words : {&content.title, &content.subtitle, &content.idea}) visit(*words);
    for (CorpusInfo& corpus : content.corpora) {
        visit(corpus.title);
        visit(corpus.about);
    }
    visit_all(content.predict_text, visit);
    for (Question& question : content.questions) visit_question(question, visit);
    visit_all(content.run_text, visit);
    for (Explanation& step : content.explain) {
        visit(step.title);
        visit_all(step.text, visit);
        for (Explanation::Figure& figure : step.figures) visit_some(figure.caption, visit);
    }
    visit(content.challenge.task);
    visit_all(content.challenge.hints, visit);
    for (QuestionOption& condition : content.challenge.conditions) visit(condition.text);
    for (QuizItem& item : content.quiz) visit_item(item, visit);
    for (Misconception& one : content.misconceptions) {
        visit(one.claim);
        visit(one.correction);
    }
    visit_all(content.simplified, visit);
    for (ServiceUse& use : content.aws) visit(use.text);
    visit_all(content.instructor.show, visit);
    for (InstructorNotes::Question& question : content.instructor.questions) {
        visit(question.ask);
        visit(question.answer);
    }
    visit_all(content.instructor.mistakes, visit);
}

void for_each_word(Course& course, VisitWords visit) {
    for (Module& module : course.modules) {
        visit(module.title);
        visit_some(module.stage, visit);
        visit_some(module.about, visit);
        for (PlannedLab& lab : module.planned) {
            visit(lab.title);
            visit(lab.about);
        }
    }
}

void for_each_word(Services& services, VisitWords visit) {
    for (Service& service : services.services) visit(service.about);
}

void for_each_word(Glossary& glossary, VisitWords visit) {
    for (Term& term : glossary.terms) {
        visit(term.term);
        visit(term.text);
    }
}

}  // namespace terrarium::labs
