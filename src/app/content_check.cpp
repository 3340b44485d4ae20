#include "app/content_check.h"

#include "core/io/fields.h"
#include "ui/figures/figures.h"
#include "ui/markup.h"

namespace terrarium::app {
namespace {

using core::io::FieldReport;

void check_runs(const std::vector<ui::Run>& runs, const labs::Glossary& glossary, const std::string& path,
                FieldReport& report) {
    for (const ui::Run& run : runs) {
        if (run.term.empty() || glossary.find(run.term) != nullptr) continue;
        report.refuse("term", path, core::Message("The glossary has no term {0}.", {run.term}),
                      "Add it to glossary.json, or correct the id.");
    }
}

void check_markdown(const std::string& markdown, const labs::Glossary& glossary, const std::string& path,
                    FieldReport& report) {
    const ui::Markdown read = ui::read_markdown(markdown);
    for (const ui::MarkupProblem& problem : read.problems) {
        report.refuse("markup", path, problem.message, problem.next_step);
    }
    for (const ui::Block& block : read.blocks) {
        check_runs(block.runs, glossary, path, report);
        for (const auto& row : block.table) {
            for (const auto& cell : row) check_runs(cell, glossary, path, report);
        }
    }
}

}  // namespace

std::optional<core::Error> check_words(const labs::Content& content, const labs::Glossary& glossary,
                                       std::string_view text, const std::string& file_name) {
    FieldReport report(file_name, text);
    const auto check_all = [&](const std::vector<std::string>& texts, const std::string& path) {
        for (size_t i = 0; i < texts.size(); ++i) {
            check_markdown(texts[i], glossary, path + "/" + std::to_string(i), report);
        }
    };
    check_all(content.predict_text, "/steps/predict/text");
    check_all(content.run_text, "/steps/run/text");
    for (size_t i = 0; i < content.explain.size(); ++i) {
        const labs::Explanation& step = content.explain[i];
        const std::string path = "/steps/explain/" + std::to_string(i) + "/text/";
        for (size_t at = 0, f = 0; at <= step.text.size(); ++at) {
            for (; f < step.figures.size() && step.figures[f].after == at; ++f) {
                if (ui::find_figure(step.figures[f].id) != nullptr) continue;
                report.refuse("figure", path + std::to_string(at + f),
                              core::Message("There is no figure called {0}.", {step.figures[f].id}),
                              "The figures stand in src/ui/figures/figures.cpp.");
            }
            if (at < step.text.size()) {
                check_markdown(step.text[at], glossary, path + std::to_string(at + f), report);
            }
        }
    }
    check_markdown(content.challenge.task, glossary, "/steps/challenge/task", report);
    check_all(content.challenge.hints, "/steps/challenge/hints");
    check_all(content.simplified, "/simplified");
    if (report.ok()) return std::nullopt;
    return report.error();
}

}  // namespace terrarium::app
