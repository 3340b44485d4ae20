// What stands on the page: notes, the lesson beside the experiment, the challenge, and its line that stays in sight.

#include <algorithm>

#include "app/app.h"
#include "app/challenge.h"
#include "app/where.h"
#include "labs/replay.h"
#include "ui/markup.h"
#include "ui/messages.h"
#include "ui/sheet.h"

namespace terrarium::app {

using ui::tr;

namespace {

constexpr float kTwoColumnsFrom = 900;  ///< CSS pixels at the normal text size

}  // namespace

void App::draw_page() {
    ui_.area().y = 0;
    if (is_presenting_ && view_)
        draw_presenter_bar();
    else if (!ui::is_hidden("nav"))
        draw_header();
    if (!is_presenting_) draw_notes();
    if (!is_presenting_) draw_trouble(*this);
    if (failure_) {
        const ui::Card card("failure", tr("What went wrong"), ui::Card::Look::Accent);
        ui::heading("failure.title", 1, tr("This lab could not be opened"), ui::Type::Title);
        ui::note("failure.words", tr(*failure_), ui::Ink::Warn);
        return;
    }
    if (!view_) return draw_loading();
    if (draw_screen()) {
        draw_term_sheet();
        if (!is_presenting_) draw_where(*this);
        draw_sticky_bar(false);
    } else {
        draw_lab();
        if (!is_presenting_) draw_where(*this);
        draw_sticky_bar(true);
    }
    draw_menu();
}

void App::remark(core::Message words) { notes_.push_back({"", "", std::move(words), ""}); }

void App::draw_notes() {
    if (notes_.empty()) return;
    const ui::Card card("notes", tr("Notes"), ui::Card::Look::Accent);
    for (size_t i = 0; i < notes_.size(); ++i) ui::note("notes." + std::to_string(i), tr(notes_[i]), ui::Ink::Warn);
    if (ui::button("notes.close", tr("Close"), ui::Button::Plain)) notes_.clear();
}

void App::draw_loading() {
    const ui::Card card("loading", tr("Loading"));
    ui::note("loading.words", tr("Loading the lesson …"), ui::Ink::Muted);
}

void App::draw_lab() {
    verdict_ = view_->check(content_.challenge.goal);
    if (runs_.is_turbo()) {
        verdict_.passed = false;
        verdict_.reason = core::Message(
            "This run is in turbo, so it counts for no challenge. Switch turbo off in the settings and train again.");
    }
    if (player_.follow(content_, *view_, kept_lesson())) progress_changed();
    if (ui_.area().width >= kTwoColumnsFrom * ui_.env.text_scale) {
        ui::Columns columns({0.3f, 0.7f});
        draw_lesson_column();
        columns.next();
        draw_experiment();
        return;
    }
    if (!ui::is_hidden("lesson")) {
        const std::string term = player_.draw(content_, *view_, kept_lesson(), services());
        if (player_.take_changed()) progress_changed();
        if (!term.empty()) open_term_ = term;
        draw_glossary_note();
    }
    draw_experiment();
    draw_challenge();
}

void App::draw_lesson_column() {
    if (!ui::is_hidden("lesson")) {
        const std::string term = player_.draw(content_, *view_, kept_lesson(), services());
        if (player_.take_changed()) progress_changed();
        if (!term.empty()) open_term_ = term;
        draw_glossary_note();
    }
    draw_challenge();
}

void App::draw_glossary_note() {
    if (open_term_.empty()) return;
    const labs::Term* term = glossary_.find(open_term_);
    const ui::Card card("glossary", tr("Glossary"), ui::Card::Look::Accent);
    ui::heading("glossary.term", 2, term ? term->term : open_term_);
    ui::note("glossary.text", term ? ui::plain_words(term->text) : tr("This term is not in the glossary yet."),
             ui::Ink::Text);
    if (ui::button("glossary.close", tr("Close"))) open_term_.clear();
}

void App::draw_term_sheet() {
    if (open_term_.empty()) return;
    const labs::Term* term = glossary_.find(open_term_);
    const ui::Sheet sheet("glossary", ui::tr("Glossary"), place_.page == "search" ? "search.words" : "page.title");
    ui::heading("glossary.term", 3, term ? term->term : open_term_);
    ui::paragraph("glossary.text", term ? term->text : ui::tr("This term is not in the glossary yet."));
    if (sheet.wants_to_close()) open_term_.clear();
}

void App::draw_experiment() {
    labs::RunInfo info = runs_.info();
    info.may_start = may_start();
    const ui::Card card("experiment", tr("Experiment"));
    draw_turbo_mark();
    apply(view_->draw(info));
}

void App::draw_turbo_mark() {
    if (runs_.is_turbo()) {
        ui::note(
            "turbo.mark",
            tr("Turbo: fast, not provable. Another device may get slightly different numbers, so this run passes no "
               "challenge and gets no result code."),
            ui::Ink::Warn);
    } else if (turbo().is_on) {
        ui::note("turbo.mark",
                 tr("Turbo: fast, not provable. The next run passes no challenge and gets no result code."),
                 ui::Ink::Warn);
    } else if (turbo().is_wanted) {
        ui::note("turbo.mark",
                 tr("Turbo is switched on, but this browser cannot run it here; training goes on at the usual speed."),
                 ui::Ink::Muted);
    }
}

void App::draw_challenge() {
    if (ui::is_hidden("challenge")) return;
    challenge_top_ = ui_.area().y;
    {
        const ui::Card card("challenge", tr("Challenge"), ui::Card::Look::Accent);
        ui::heading("challenge.title", 2, tr("Challenge"));
        const std::string term = ui::paragraph("challenge.task", content_.challenge.task);
        if (!term.empty()) open_term_ = term;
        for (const labs::QuestionOption& condition : content_.challenge.conditions) {
            for (const labs::Condition& state : verdict_.conditions) {
                if (state.id != condition.id) continue;
                draw_condition("challenge." + condition.id, condition.text, state);
            }
        }
        ui::note("challenge.verdict", tr(verdict_.reason), verdict_.passed ? ui::Ink::Ok : ui::Ink::Text);
        if (verdict_.passed) draw_result();
        core::io::LabProgress& kept = progress_.labs[std::string(lab_->id)];
        const int64_t n_hints =
            draw_hints(content_.challenge.hints, kept.hints_shown, !verdict_.passed && !is_presenting_);
        if (n_hints != std::exchange(kept.hints_shown, n_hints)) progress_changed();
    }
    if (!is_presenting_) {
        const ui::Row row(6);
        if (ui::button("share.link", tr("Copy link to these settings"), ui::Button::Quiet)) {
            platform_.copy_text(platform_.address() + share_link());
        }
    }
}

void App::draw_result() {
    if (!runs_.is_resting()) {
        ui::note("result.wait", tr("Pause, or let the run end, to get your result code."), ui::Ink::Muted);
        return;
    }
    const core::io::ResultCode code = labs::make_result(*lab_, content_, artefacts_for(runs_.config()), runs_.config(),
                                                        runs_.actions(), view_->steps_done(), view_->series());
    std::string words = core::io::encode(code);
    ui::paragraph("result.about",
                  tr("**Your result code.** Anyone can confirm it by running it again: `terrarium verify CODE`."),
                  ui::Ink::Text, ui::Type::Small);
    ui::text_field("result.code", tr("Result code"), words, {.rows = 3, .max_length = 20000, .is_mono = true});
    if (ui::button("result.copy", tr("Copy code"))) platform_.copy_text(words);
}

// It stays while the challenge itself is in sight too: a control that came and went with scrolling would leave the
// keyboard's focus nowhere.
void App::draw_sticky_bar(bool is_lab) {
    if (is_presenting_ || ui_.has_sheet()) return;
    const bool has_challenge = is_lab && !ui::is_hidden("challenge");
    const bool has_where = !ui::is_hidden("where");
    if (!has_challenge && !has_where) return;
    std::string words, short_words, full_words;
    if (has_challenge) {
        int met = 0;
        for (const labs::Condition& condition : verdict_.conditions) met += condition.met ? 1 : 0;
        const std::string n_met = std::to_string(met), n_all = std::to_string(verdict_.conditions.size());
        const std::string state = verdict_.passed ? tr("passed ✓") : tr(verdict_.reason);
        words = ui_.env.width < kTwoColumnsFrom * ui_.env.text_scale
                    ? tr("Challenge: {0} of {1}", {n_met, n_all})
                    : tr("Challenge: {0} of {1} · {2}", {n_met, n_all, state});
    }
    if (has_where) {
        short_words = where_short_words(keeper_);
        full_words = tr("{0}. {1}", {short_words, where_words(keeper_)});
    }
    const ui::StickyPress pressed = ui::sticky_bar({.key = "challenge.line",
                                                    .words = words,
                                                    .short_key = "where.short",
                                                    .short_words = short_words,
                                                    .full_words = full_words});
    if (pressed == ui::StickyPress::Long) platform_.scroll_to(std::max(0.0f, challenge_top_ - 16));
    if (pressed == ui::StickyPress::Short) go({.page = "progress", .item = {}, .lab = {}});
    ui_.area().y += ui_.remembered_height("sticky_bar");  // the last lines stay readable above it
}

}  // namespace terrarium::app
