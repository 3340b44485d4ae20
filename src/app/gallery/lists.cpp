#include "ui/lists.h"

#include "app/gallery/gallery.h"
#include "ui/locked.h"

namespace terrarium::app::gallery {
namespace {

const std::vector<ui::Option> kStages{{"collect", "Collect documents"},
                                      {"clean", "Remove duplicates and what is personal"},
                                      {"train", "Train"},
                                      {"judge", "Judge what came out, with questions whose answers are known"}};
const std::vector<ui::Option> kMeanings{
    {"nats", "how surprised it is"}, {"steps", "how long it learns"}, {"rate", "how far each step goes"}};

struct Lists final : Section {
    void draw() override {
        const ui::Card card("gallery.lists", "Lists");
        ui::heading("gallery.lists.title", 2, "Lists");
        ui::select("gallery.select", "A menu", kStages, stage_);
        ui::order_list("gallery.order", "Bring the stages in order", kStages, order_);
        ui::match_list("gallery.match", "What does each measure?",
                       {{"loss", "Loss"}, {"budget", "Budget of steps"}, {"lr", "Learning rate"}}, kMeanings, chosen_);
        const ui::Locked locked({"gallery.select.locked", "gallery.order.locked", "gallery.match.locked"});
        ui::heading("gallery.lists.locked", 3, "Locked", ui::Type::Body);
        ui::select("gallery.select.locked", "A menu to read", kStages, stage_);
        ui::order_list("gallery.order.locked", "An order to read", kStages, order_);
        ui::match_list("gallery.match.locked", "Pairs to read", {{"loss", "Loss"}, {"lr", "Learning rate"}}, kMeanings,
                       chosen_);
        ui::heading("gallery.lists.empty", 3, "Empty", ui::Type::Body);
        ui::select("gallery.select.empty", "A menu without a choice", {}, none_);
    }

private:
    std::string stage_ = "clean", none_;
    std::vector<std::string> order_{"judge", "train"};
    std::map<std::string, std::string> chosen_{{"loss", "nats"}};
};

}  // namespace

std::unique_ptr<Section> make_lists() { return std::make_unique<Lists>(); }

}  // namespace terrarium::app::gallery
