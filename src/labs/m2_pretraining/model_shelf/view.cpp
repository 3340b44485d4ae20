// What the model shelf looks like. Reads the snapshot, edits the config, returns intents; which model fits a need is
// said by the lab (lab_needs.cpp).

#include "labs/m2_pretraining/model_shelf/view.h"

#include <algorithm>
#include <cmath>

#include "labs/entry.h"
#include "labs/m2_pretraining/model_shelf/words.h"
#include "labs/parts/plots.h"
#include "labs/parts/run_bar.h"
#include "labs/parts/settings.h"
#include "ui/messages.h"

namespace terrarium::labs::model_shelf {

using ui::grouped;
using ui::number;
using ui::percent;
using ui::tr;

namespace {

std::string run_words(const RunInfo& run, const Snapshot& snapshot) {
    const auto n_ready =
        std::count_if(snapshot.cards.begin(), snapshot.cards.end(), [](const Card& card) { return card.is_ready; });
    const std::string ready = std::to_string(n_ready), all = std::to_string(snapshot.cards.size());
    if (snapshot.making.empty() || !run.is_active) return tr("{0} of {1} models ready", {ready, all});
    const std::string name = card_name(snapshot.making);
    if (run.is_paused || run.steps_per_second <= 0) return tr("{0} of {1} models ready · {2}", {ready, all, name});
    const double left_s = static_cast<double>(snapshot.all_steps - snapshot.step) / run.steps_per_second;
    return tr("{0} of {1} models ready · {2} · {3} s left", {ready, all, name, number(std::ceil(left_s), 0)});
}

std::vector<const Card*> cards_of(const Snapshot& snapshot, const std::string& task) {
    std::vector<const Card*> cards;
    for (const Card& card : snapshot.cards) {
        if (json(card.task) == task) cards.push_back(&card);
    }
    return cards;
}

std::string milliseconds(double ms) { return tr("{0} ms", {number(ms, ms < 0.1 ? 3 : 2)}); }

}  // namespace

Intents View::draw(const RunInfo& run, const Snapshot& snapshot, Config& config) {
    Intents out;
    if (run.is_active && snapshot.making == "scribe_l" && run.steps_per_second > 0) {
        own_speed_ = run.steps_per_second * snapshot.operations_per_step;
    }
    draw_run_bar(run, snapshot, out);
    draw_settings(config);
    draw_shelf(snapshot, out);
    draw_needs(snapshot, out);
    return out;
}

Outcome View::outcome(const std::string& question_id, const Snapshot& snapshot) const {
    const auto answer = predicted_.find(question_id);
    return model_shelf::outcome(question_id, answer == predicted_.end() ? json() : answer->second, snapshot);
}

void View::draw_run_bar(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    draw_run({.run = run,
              .status = snapshot.status,
              .fraction = fraction_of(snapshot.step, snapshot.all_steps),
              .words = run_words(run, snapshot),
              .start = Message("Make the models"),
              .again = Message("Make them again"),
              .progress_name = Message("Progress of the shelf"),
              .locked = Message("The button unlocks when you have locked in your prediction."),
              .ready = Message("Ready. The same seed and settings give the same shelf on every device.")},
             out);
}

void View::draw_settings(Config& config) {
    const ui::Card card("settings", tr("Settings"), ui::Card::Look::Plain);
    const auto steps = [&] {
        whole_slider(content_, "max_steps", tr("Training steps of each network"), config.max_steps);
    };
    settings_side_by_side({steps, [&] { seed_slider(content_, config.seed); }});
}

void View::draw_shelf(const Snapshot& snapshot, Intents& out) {
    ui::heading("shelf.title", 2, tr("The shelf"));
    if (snapshot.cards.empty()) {
        ui::paragraph("shelf.empty", tr("The shelf is still empty. Thirteen models will stand here."), ui::Ink::Muted);
        return;
    }
    std::vector<ui::Option> tasks;
    for (const char* task : {"continue", "sort", "glyph"}) tasks.push_back({task, task_name(task)});
    if (ui::tabs("shelf.task", tr("Kind of question"), tasks, task_)) plot_ = {};
    const bool has_own = snapshot.own_operations_per_s > 0;
    std::vector<std::string> columns = {tr("Model"), tr("Licence"), tr("Numbers"), tr("Memory"),
                                        tr("Right"), tr("Loss"),    tr("Time")};
    if (has_own) columns.push_back(tr("Arithmetic here"));
    std::vector<std::vector<std::string>> rows;
    for (const Card* card : cards_of(snapshot, task_)) {
        std::vector<std::string> row = {card_name(card->id), licence_name(card->licence)};
        if (card->is_ready) {
            row.insert(row.end(),
                       {grouped(card->n_numbers), memory_words(card->memory_bytes), percent(card->accuracy, 1),
                        card->loss_nats < 0 ? tr("none") : number(card->loss_nats, 2), milliseconds(card->latency_ms)});
            if (has_own) row.push_back(milliseconds(card->own_latency_ms));
        } else {
            row.resize(columns.size(), card->id == snapshot.making ? tr("in work") : tr("to come"));
        }
        rows.push_back(std::move(row));
    }
    ui::table("shelf.cards", tr("Cards of the models"), columns, rows);
    for (const Card* card : cards_of(snapshot, task_)) {
        ui::paragraph("shelf.about." + card->id, "**" + card_name(card->id) + "**: " + card_about(card->id),
                      ui::Ink::Muted, ui::Type::Small);
    }
    draw_plot(snapshot, out);
    ui::paragraph(
        "shelf.device",
        tr("**Right**: share of right answers to questions that no model has learned from. **Time** is worked "
           "out for a small reference board with 50 million operations and 50 million bytes a second, so that "
           "everybody decides on the same figures."),
        ui::Ink::Muted, ui::Type::Small);
    if (own_speed_ <= 0 || snapshot.status == Status::Running) return;
    if (ui::button("own_speed", tr("Add the speed of this device"), ui::Button::Quiet)) {
        out.push_back(SetValue{"own_operations_per_s", own_speed_});
    }
}

void View::draw_plot(const Snapshot& snapshot, Intents& out) {
    std::vector<const Card*> ready;
    for (const Card* card : cards_of(snapshot, task_)) {
        if (card->is_ready) ready.push_back(card);
    }
    latencies_.clear();
    accuracies_.clear();
    for (const Card* card : ready) {
        latencies_.push_back(static_cast<float>(card->latency_ms));
        accuracies_.push_back(static_cast<float>(100 * card->accuracy));
    }
    ui::ScatterPlot plot{.title = tr("Right answers against time"),
                         .x_name = tr("time of one answer, ms"),
                         .y_name = tr("right answers, percent"),
                         .summary = tr("No model is ready yet."),
                         .groups = {},
                         .x_min = 0.01,
                         .x_max = 10,
                         .y_min = 0,
                         .y_max = 100,
                         .is_log_x = true};
    std::string front;
    for (size_t i = 0; i < ready.size(); ++i) {
        const bool is_front = is_on_front(snapshot, *ready[i]);
        plot.groups.push_back({card_name(ready[i]->id), std::span(latencies_).subspan(i, 1),
                               std::span(accuracies_).subspan(i, 1), static_cast<int>(i),
                               is_front     ? ui::Mark::Diamond
                               : i % 2 == 0 ? ui::Mark::Circle
                                            : ui::Mark::Square});
        if (is_front) front += (front.empty() ? "" : ", ") + card_name(ready[i]->id);
    }
    if (!front.empty()) {
        plot.summary =
            tr("Diamonds are beaten by no other model in right answers, time and memory together: {0}.", {front});
    }
    save_plot(ui::scatter_plot("pareto", plot, plot_), "shelf", plot, out);
}

void View::draw_needs(const Snapshot& snapshot, Intents& out) {
    ui::heading("needs.title", 2, tr("Six needs"));
    if (snapshot.needs.empty()) {
        ui::paragraph("needs.empty", tr("When all models are ready, six people come with a need each."),
                      ui::Ink::Muted);
        return;
    }
    std::vector<ui::Option> tabs;
    for (const Need& need : snapshot.needs) {
        tabs.push_back({need.id, need.chosen.empty() ? need_name(need.id) : need_name(need.id) + " ✓"});
    }
    ui::tabs("need", tr("Needs"), tabs, need_);
    for (const Need& need : snapshot.needs) {
        if (need.id != need_) continue;
        draw_need(need);
        std::vector<ui::Option> options;
        for (const Card& card : snapshot.cards) options.push_back({card.id, card_name(card.id)});
        std::string chosen = need.chosen;
        if (ui::choice("choose", tr("Your choice"), options, chosen)) {
            out.push_back(SetValue{"choose", {{"need", need.id}, {"card", chosen}}});
        }
    }
    const bool are_all_chosen = std::none_of(snapshot.needs.begin(), snapshot.needs.end(),
                                             [](const Need& need) { return need.chosen.empty(); });
    if (are_all_chosen) {
        draw_review(snapshot);
    } else {
        ui::note("needs.open", tr("Choose for all six; then the shelf is searched and each choice is judged."),
                 ui::Ink::Muted);
    }
}

void View::draw_need(const Need& need) {
    const ui::Card card("need.card", need_name(need.id));
    ui::paragraph("need.about", need_about(need.id));
    ui::fact("need.use", tr("Use"), need.is_commercial ? tr("commercial") : tr("not commercial"));
    ui::fact("need.users", tr("Users"), grouped(need.n_users));
    ui::fact("need.trains", tr("Answers train another model"), need.trains_on_answers ? tr("yes") : tr("no"));
    ui::fact("need.memory", tr("Memory at most"), memory_words(need.max_memory_bytes));
    ui::fact("need.time", tr("Time of one answer at most"), milliseconds(need.max_latency_ms));
    ui::fact("need.right", tr("Right answers at least"), percent(need.min_accuracy, 0));
}

void View::draw_review(const Snapshot& snapshot) {
    std::vector<std::vector<std::string>> rows;
    for (const Need& need : snapshot.needs) {
        const Card* const card = snapshot.card(need.chosen);
        if (card == nullptr) continue;
        rows.push_back({need_name(need.id), card_name(card->id), judgement(snapshot, need, *card),
                        std::to_string(fitting(snapshot, need).size())});
    }
    ui::table("review", tr("The six choices, judged"),
              {tr("Need"), tr("Choice"), tr("Judgement"), tr("Models that fit")}, rows);
}

const LabEntry entry = make_entry<Job, View, &read_config, &artefacts_of>("m2.model_shelf");

}  // namespace terrarium::labs::model_shelf
