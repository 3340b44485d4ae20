#include "ui/lists.h"

#include "app/gallery/gallery.h"

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
    }

private:
    std::string stage_ = "clean";
    std::vector<std::string> order_{"judge", "train"};
    std::map<std::string, std::string> chosen_{{"loss", "nats"}};
};

}  // namespace

std::unique_ptr<Section> make_lists() { return std::make_unique<Lists>(); }

}  // namespace terrarium::app::gallery
