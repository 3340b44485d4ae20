// Claims about every lab there is: a new lab is held to them without a line here.

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "labs/content.h"
#include "labs/lab.h"
#include "support/lab_fixture.h"
#include "ui/context.h"
#include "ui/markup.h"

using namespace terrarium;
using namespace terrarium::labs;
using namespace terrarium::tests;

namespace {

Course course() {
    auto read = read_course(source_file("content/course.json"), "content/course.json");
    REQUIRE(read.has_value());
    return std::move(read).value();
}

Glossary glossary() {
    auto read = read_glossary(source_file("content/glossary.json"), "content/glossary.json");
    REQUIRE(read.has_value());
    return std::move(read).value();
}

/// Every text of a content file, wherever it stands.
void collect_texts(const json& tree, std::vector<std::string>& out) {
    if (tree.is_string()) out.push_back(tree.get<std::string>());
    if (tree.is_structured()) {
        for (const json& part : tree) collect_texts(part, out);
    }
}

/// The smallest settings that a lab's limits allow, so that a run is over soon. A lab has "max_steps" when it has
/// steps.
std::string small_address(const LabEntry& lab, const Content& content) {
    std::string address = "#v=1&lab=" + std::string(lab.id);
    for (const auto& [name, limit] : content.limits) {
        if (name == "seed" || name == "learning_rate") continue;
        const double small = name == "max_steps" ? std::max(limit.min, 20.0) : limit.min;
        address += "&p." + name + "=" + std::to_string(static_cast<int64_t>(small));
    }
    return address;
}

/// Answers every prediction of the lab with its first option and locks them in.
void predict(LabPage& page, const Content& content) {
    for (const Question& question : content.questions) {
        if (question.kind == Question::Kind::Choice || question.kind == Question::Kind::Which)
            page.click("predict." + question.id + "." + question.options.front().id);
    }
    page.click("predict.commit");
}

}  // namespace

TEST_CASE("all labs: the registry and the course list the same labs in the same order") {
    std::vector<std::string> in_course, in_registry;
    for (const Module& module : course().modules)
        in_course.insert(in_course.end(), module.labs.begin(), module.labs.end());
    for (const LabEntry* lab : all_labs()) in_registry.emplace_back(lab->id);
    CHECK(in_registry == in_course);
    CHECK(find_lab("no.such_lab") == nullptr);
    for (const LabEntry* lab : all_labs()) CHECK(find_lab(lab->id) == lab);
}

TEST_CASE("all labs: each has its content file, which names it, a module of the course and nothing unknown") {
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        const Content content = lab_content(lab->id);
        CHECK(content.id == lab->id);
        CHECK(content.warnings.empty());
        bool is_listed = false;
        for (const Module& module : course().modules) {
            if (module.id != content.module) continue;
            is_listed = std::find(module.labs.begin(), module.labs.end(), content.id) != module.labs.end();
        }
        CHECK(is_listed);
        for (const auto& [name, bytes] : lab_corpora(content)) CHECK(bytes.size() > 1000);
    }
}

TEST_CASE("all labs: every glossary term that a lab uses exists") {
    const Glossary terms = glossary();
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        for (const std::string& id : lab_content(lab->id).terms) CHECK_MESSAGE(terms.find(id) != nullptr, id);
        std::vector<std::string> texts;
        collect_texts(json::parse(source_file("content/" + content_path(lab->id))), texts);
        for (const std::string& text : texts) {
            for (const ui::Run& run : ui::parse_markup(text)) {
                if (!run.term.empty()) CHECK_MESSAGE(terms.find(run.term) != nullptr, run.term);
            }
        }
    }
    for (const Term& term : terms.terms) {
        for (const ui::Run& run : ui::parse_markup(term.text)) {
            if (!run.term.empty()) CHECK_MESSAGE(terms.find(run.term) != nullptr, run.term);
        }
    }
}

TEST_CASE("all labs: no mark of the markup is left over in what a learner reads") {
    const ui::Context context;  // formulas are spoken in the learner's language
    for (const LabEntry* lab : all_labs()) {
        std::vector<std::string> texts;
        collect_texts(json::parse(source_file("content/" + content_path(lab->id))), texts);
        for (const std::string& text : texts) {
            const std::string words = ui::plain_words(text);
            for (const char* mark : {"**", "[[", "]]", "`"}) CHECK_MESSAGE(words.find(mark) == std::string::npos, text);
        }
    }
}

TEST_CASE("all labs: each runs from its own defaults") {
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        const Content content = lab_content(lab->id);
        json small = json::object();
        if (content.limits.contains("max_steps")) small["max_steps"] = 10;
        if (content.limits.contains("budget_mflop")) small["budget_mflop"] = content.limit("budget_mflop").min;
        const json config = lab_config(content, small);
        auto job = lab->make_job(config, lab_corpora(content, 12000));
        REQUIRE(job.has_value());
        const auto& made = job.value();
        CHECK(made->steps_done() == 0);
        int n_units = 0;
        while (made->step() && n_units < 20000) ++n_units;
        CHECK(n_units < 20000);
        CHECK(made->steps_done() > 0);
        CHECK(json::from_cbor(json::to_cbor(made->snapshot())) == made->snapshot());
        for (const Series& series : made->series()) CHECK_FALSE(series.name.empty());
        CHECK_FALSE(made->check(content.challenge.goal).passed);
        CHECK(made->check(content.challenge.goal).conditions.size() == content.challenge.conditions.size());
    }
}

TEST_CASE("all labs: none is solved before the learner did something") {
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        const Content content = lab_content(lab->id);
        const auto view = lab->make_view(content);
        view->set_config(lab_config(content, json::object()));
        const Verdict verdict = view->check(content.challenge.goal);
        CHECK_FALSE(verdict.passed);
        CHECK(verdict.reason.english().ends_with("."));
        auto job = lab->make_job(lab_config(content, json::object()), lab_corpora(content, 12000));
        REQUIRE(job.has_value());
        CHECK_FALSE(job.value()->check(content.challenge.goal).passed);
    }
}

TEST_CASE("all labs: the conditions of a challenge are the ones that the lab reports") {
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        const Content content = lab_content(lab->id);
        const auto view = lab->make_view(content);
        std::set<std::string> said, written;
        for (const Condition& condition : view->check(content.challenge.goal).conditions) said.insert(condition.id);
        for (const QuestionOption& condition : content.challenge.conditions) written.insert(condition.id);
        CHECK(said == written);
    }
}

TEST_CASE("all labs: each is drawn before, during and after a run, and is not passed by its smallest settings") {
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        const Content content = lab_content(lab->id);
        LabPage page(json::object({{"hash", small_address(*lab, content)}}));
        REQUIRE(page.app->is_ready());
        CHECK_FALSE(page.has("notes"));
        CHECK(page.name_of("lesson.title") == content.title);
        const size_t n_before = page.nodes().size();
        predict(page, content);
        CHECK(page.train([&] { return page.app->view()->steps_done() > 0; }));
        CHECK(page.nodes().size() > n_before / 2);
        CHECK(page.run_until([&] { return !page.app->runs()->info().is_active; }));
        CHECK(page.app->runs()->info().problem.empty());
        CHECK(page.status() == Status::Done);
        page.settle();
        CHECK_FALSE(page.app->view()->check(content.challenge.goal).passed);
        CHECK_FALSE(page.has("result.code"));
        const RunFacts facts{page.app->view()->quantities(), page.app->view()->series()};
        for (const QuizItem& item : content.quiz) {
            CAPTURE(item.id);
            // A short run may never reach the level of "first below"; what an item's words speak of must be there.
            CHECK(filled(item.text, facts).has_value());
            if (item.kind == QuizItem::Kind::Find) CHECK_FALSE(curve_of(item.target, facts).y.empty());
            if (!item.answer.quantity.empty()) CHECK(facts.quantities.contains(item.answer.quantity));
        }
        for (const Question& question : content.questions) CHECK(page.app->view()->outcome(question.id).is_known());
    }
}

TEST_CASE("all labs: every setting is a control on the page, named as in the address") {
    for (const LabEntry* lab : all_labs()) {
        CAPTURE(lab->id);
        const Content content = lab_content(lab->id);
        LabPage page(json::object({{"hash", "#lab=" + std::string(lab->id)}}));
        page.show_all_settings();
        if (page.has("plan.compare")) page.click("plan.compare");  // what is compared is asked for only then
        const json config = page.app->view()->config();
        for (const auto& [name, value] : config.items()) {
            CAPTURE(name);
            REQUIRE(page.has(name));
            CHECK_FALSE(page.name_of(name).empty());
        }
        for (const auto& [name, limit] : content.limits) {
            CAPTURE(name);
            CHECK(config.contains(name));
        }
    }
}
