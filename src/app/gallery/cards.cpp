#include "ui/cards.h"

#include "app/gallery/gallery.h"
#include "ui/locked.h"
#include "ui/run_bar.h"
#include "ui/steps.h"

namespace terrarium::app::gallery {
namespace {

struct Cards final : Section {
    void draw() override {
        const ui::Card card("gallery.cards", say("Cards and steps"));
        ui::heading("gallery.cards.title", 2, say("Cards and steps"));
        const ui::ChipPress pressed = ui::chips("gallery.chips", say("Tags"), tags_);
        std::erase_if(tags_, [&](const ui::Chip& it) { return it.id == pressed.removed; });
        for (ui::Chip& it : tags_) it.is_selected = it.id == pressed.chosen ? !it.is_selected : it.is_selected;
        ui::stepper("gallery.stepper", say("Layers"), {.min = 1, .max = 8, .step = 1}, layers_);
        ui::steps("gallery.steps", say("How to"), {say("Plan"), say("Train"), say("Judge"), say("Deploy")}, at_, 2);
        ui::tabs("gallery.run", say("State of the run"),
                 {{"ready", say("Ready")},
                  {"locked", say("Locked")},
                  {"running", say("Running")},
                  {"paused", say("Paused")}},
                 run_);
        const bool is_active = run_ == "running" || run_ == "paused";
        const ui::RunAsked asked = ui::run_bar({.start = say("Train"),
                                                .again = say("Train again"),
                                                .is_active = is_active,
                                                .is_paused = run_ == "paused",
                                                .has_run = is_active,
                                                .may_start = run_ != "locked",
                                                .may_reset = true,
                                                .fraction = 0.4,
                                                .progress_name = say("Training progress"),
                                                .words = say("200 of 500 steps · 3 s left"),
                                                .seed = 7});
        if (asked == ui::RunAsked::Start || asked == ui::RunAsked::Resume) run_ = "running";
        if (asked == ui::RunAsked::Pause) run_ = "paused";
        if (asked == ui::RunAsked::Stop) run_ = "ready";
        ui::card_deck("gallery.deck", say("Documents"),
                      {{say("Harbour news"),
                        {{say("Source"), "web"}, {say("Words"), "112"}},
                        {"duplicate", say("English")},
                        say("The boats came in late. Nobody had expected the fog to last so long.")},
                       {say("A letter"),
                        {{say("Source"), "archive"}},
                        {},
                        say("My dear friend, I write to you from the coast.")}},
                      deck_);
        ui::compare("gallery.compare", say("Two texts"),
                    {say("Reference"),
                     say("The harbour was quiet and the boats came in before the storm."),
                     {{4, 11, 2}, {51, 60, 0}}},
                    {say("Model"), say("The haven was quiet and the big boats came in."), {{4, 9, 2}, {28, 31, 1}}},
                    {"missing", "added", "changed"});
        draw_others();
    }

private:
    void draw_others() {
        const ui::Locked locked({"gallery.stepper.locked", "gallery.steps.locked", "gallery.deck.locked"});
        ui::heading("gallery.cards.others", 3, say("Locked, empty, at an end"), ui::Type::Body);
        ui::chips("gallery.chips.none", say("No tags"), {});
        ui::stepper("gallery.stepper.locked", say("Locked"), {.min = 1, .max = 8, .step = 1}, layers_);
        ui::stepper("gallery.stepper.end", say("At its end"), {.min = 1, .max = 8, .step = 1}, most_);
        ui::steps("gallery.steps.locked", say("Steps to read"), {say("Plan"), say("Train and wait for a long time")},
                  first_, 0);
        ui::card_deck("gallery.deck.locked", say("A document to read"),
                      {{say("One that was kept"), {}, {}, say("Its words.")}}, kept_);
        ui::card_deck("gallery.deck.none", say("No documents"), {}, none_);
        ui::compare("gallery.compare.same", say("Two texts that are the same"),
                    {say("Reference"), say("The harbour was quiet."), {}},
                    {say("Model"), say("The harbour was quiet."), {}}, {"missing", "added", "changed"});
        ui::compare("gallery.compare.none", say("Nothing to compare"), {say("Reference"), "", {}},
                    {say("Model"), "", {}}, {"missing", "added", "changed"});
    }

    double most_ = 8;
    int first_ = 0;
    ui::Deck none_, kept_{.verdicts = {ui::CardVerdict::Keep}};
    std::vector<ui::Chip> tags_{{"a", "Selected", true, true}, {"b", "Can be removed", false, true}, {"c", "Plain"}};
    double layers_ = 2;
    int at_ = 1;
    std::string run_ = "running";
    ui::Deck deck_;
};

}  // namespace

std::unique_ptr<Section> make_cards() { return std::make_unique<Cards>(); }

}  // namespace terrarium::app::gallery
