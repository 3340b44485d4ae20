// The passport of the learner's model: every run that ended, the three cards written from it, and codes to hand in.

#include "app/module_codes.h"
#include "app/screen.h"
#include "core/io/bytes.h"
#include "labs/cards.h"
#include "ui/messages.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

using core::io::PassportStep;
using ui::tr;

constexpr size_t kShownSteps = 5;

std::string name_words(const labs::CardRow& row) { return tr(row.name, {row.name_value}); }

std::string value_words(const labs::CardRow& row) {
    const bool is_said = !row.is_known || row.id == "origin" || row.id == "outcome" || row.id == "title";
    if (is_said) return tr(row.value);
    const std::string value = row.number ? tr(core::Message("{0}", {row.value})) : row.value;
    return row.unit.empty() ? value : tr("{0} {1}", {value, tr(row.unit)});
}

class Passport final : public Screen {
public:
    void draw(Desk& desk) override {
        ui::heading("page.title", 1, tr("Passport of your model"), ui::Type::Title);
        const auto& passport = desk.progress().passport;
        if (passport.empty()) {
            const ui::Card card("passport.empty", tr("Nothing yet"));
            ui::paragraph("passport.empty.words",
                          tr("Train a model to its end, and everything that was done to it is written down here."));
            if (ui::button("passport.to_lab", tr("Go to the lab"), ui::Button::Primary)) desk.go({});
            return;
        }
        ui::paragraph("passport.about",
                      tr("Every run that ended, as it was recorded: data, settings and what was measured. The cards "
                         "are written from these records and from nothing else."));
        draw_cards(desk);
        draw_steps(passport);
        draw_codes(desk);
    }

private:
    void draw_cards(Desk& desk) {
        const ui::Card frame("passport.cards", tr("Cards"));
        ui::heading("passport.cards.title", 2, tr("Cards of your last model"));
        ui::tabs("passport.tabs", tr("Cards"),
                 {{"data", tr("Data card")}, {"model", tr("Model card")}, {"evaluation", tr("Evaluation card")}},
                 shown_);
        const auto& passport = desk.progress().passport;
        const labs::Card card = shown_ == "data"    ? labs::data_card(passport)
                                : shown_ == "model" ? labs::model_card(passport)
                                                    : labs::evaluation_card(passport);
        draw_card(card);
        const ui::Row row(8);
        if (ui::button("passport.save.markdown", tr("Save as Markdown"), ui::Button::Primary)) {
            desk.platform().save_file("terrarium-" + card.id + ".md", "text/markdown", labs::to_markdown(card));
        }
        if (ui::button("passport.save.json", tr("Save as JSON"))) {
            desk.platform().save_file("terrarium-" + card.id + ".json", "application/json", json_text(card));
        }
        if (ui::button("passport.copy", tr("Copy as text"))) desk.platform().copy_text(labs::to_markdown(card));
    }

    static std::string json_text(const labs::Card& card) {
        return labs::to_json(card).dump(2, ' ', false, json::error_handler_t::replace) + "\n";
    }

    static void draw_card(const labs::Card& card) {
        const std::string key = "passport." + card.id;
        ui::paragraph(key + ".about", tr(card.about));
        for (size_t i = 0; i < card.sections.size(); ++i) {
            const labs::CardSection& section = card.sections[i];
            const std::string part = key + "." + std::to_string(i);
            ui::space(8);
            ui::heading(part + ".title", 3, tr(section.title));
            if (!section.text.empty()) ui::paragraph(part + ".text", tr(section.text));
            for (size_t k = 0; k < section.rows.size(); ++k) draw_row(part + "." + std::to_string(k), section.rows[k]);
        }
        ui::space(8);
    }

    static void draw_row(const std::string& key, const labs::CardRow& row) {
        const std::string value = value_words(row);
        if (row.is_known && value.size() > 40) {  // a fingerprint: on a line of its own, in letters of one width
            return ui::sample(key, name_words(row), value);
        }
        ui::fact(key, name_words(row), value, row.is_known ? ui::Ink::Text : ui::Ink::Muted);
    }

    void draw_steps(const std::vector<PassportStep>& passport) {
        const ui::Card frame("passport.steps", tr("Step by step"));
        ui::heading("passport.steps.title", 2, tr("Step by step"));
        const size_t n = shows_all_ ? passport.size() : std::min(passport.size(), kShownSteps);
        for (size_t i = 0; i < n; ++i) draw_step(passport[passport.size() - 1 - i], passport.size() - 1 - i);
        if (passport.size() > kShownSteps && !shows_all_ &&
            ui::button("passport.steps.all", tr("Show all {0} steps", {ui::grouped(std::ssize(passport))}))) {
            shows_all_ = true;
        }
    }

    void draw_step(const PassportStep& step, size_t index) {
        const std::string key = "passport.step." + std::to_string(index);
        const std::string title = tr("Step {0}: {1}", {ui::grouped(step.order), tr(step.title)});
        const ui::Card card(key, title, ui::Card::Look::Plain);
        ui::heading(key + ".title", 3, title);
        const labs::Card model = labs::model_card({step});
        const bool is_open = open_step_ == step.order;
        for (size_t i = 0; i < model.sections.size(); ++i) {
            const labs::CardSection& section = model.sections[i];
            if (section.id == "use" || (section.id != "model" && !is_open)) continue;
            for (size_t k = 0; k < section.rows.size(); ++k) {
                draw_row(key + "." + std::to_string(i) + "." + std::to_string(k), section.rows[k]);
            }
        }
        if (ui::button(key + ".more", is_open ? tr("Hide the settings") : tr("Show the settings"), ui::Button::Quiet)) {
            open_step_ = is_open ? -1 : step.order;
        }
    }

    static void draw_codes(Desk& desk) {
        const ui::Card frame("passport.codes", tr("Codes to hand in"));
        ui::heading("passport.codes.title", 2, tr("Codes to hand in"));
        bool has_any = false;
        for (const labs::Module& module : desk.course().modules) {
            OwnModuleCode code = code_of_module(desk, module);
            if (code.text.empty()) continue;
            has_any = true;
            const std::string key = "passport.code." + module.id;
            ui::fact(key + ".labs", module.title,
                     tr("{0} of {1} labs", {ui::grouped(code.n_labs), ui::grouped(std::ssize(module.labs))}));
            ui::text_field(key + ".text", tr("Code of the module"), code.text,
                           {.rows = 3, .max_length = 400'000, .is_mono = true});
            const ui::Row row(8);
            if (ui::button(key + ".copy", tr("Copy code"))) desk.platform().copy_text(code.text);
            if (ui::button(key + ".check", tr("Check it here"))) {
                desk.go({.page = "verify", .item = module.id, .lab = {}});
            }
        }
        if (has_any) return;
        ui::paragraph("passport.codes.none",
                      tr("A passed challenge gives a code. The codes of a module's labs come together here in one."));
        if (ui::button("passport.codes.verify", tr("Check a code"))) {
            desk.go({.page = "verify", .item = {}, .lab = {}});
        }
    }

    std::string shown_ = "model";
    bool shows_all_ = false;
    int64_t open_step_ = -1;
};

}  // namespace

std::unique_ptr<Screen> make_passport() { return std::make_unique<Passport>(); }

}  // namespace terrarium::app
