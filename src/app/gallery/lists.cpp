#include "ui/lists.h"

#include "app/gallery/gallery.h"
#include "ui/locked.h"

namespace terrarium::app::gallery {
namespace {

std::vector<ui::Option> stages() {
    return {{"collect", say("Collect documents")},
            {"clean", say("Remove duplicates and what is personal")},
            {"train", say("Train")},
            {"judge", say("Judge what came out, with questions whose answers are known")}};
}
std::vector<ui::Option> meanings() {
    return {{"nats", say("how surprised it is")},
            {"steps", say("how long it learns")},
            {"rate", say("how far each step goes")}};
}

struct Lists final : Section {
    void draw() override {
        const ui::Card card("gallery.lists", say("Lists"));
        ui::heading("gallery.lists.title", 2, say("Lists"));
        ui::select("gallery.select", say("A menu"), stages(), stage_);
        ui::order_list("gallery.order", say("Bring the stages in order"), stages(), order_);
        ui::match_list("gallery.match", say("What does each measure?"),
                       {{"loss", say("Loss")}, {"budget", say("Budget of steps")}, {"lr", say("Learning rate")}},
                       meanings(), chosen_);
        const ui::Locked locked({"gallery.select.locked", "gallery.order.locked", "gallery.match.locked"});
        ui::heading("gallery.lists.locked", 3, say("Locked"), ui::Type::Body);
        ui::select("gallery.select.locked", say("A menu to read"), stages(), stage_);
        ui::order_list("gallery.order.locked", say("An order to read"), stages(), order_);
        ui::match_list("gallery.match.locked", say("Pairs to read"),
                       {{"loss", say("Loss")}, {"lr", say("Learning rate")}}, meanings(), chosen_);
        ui::heading("gallery.lists.empty", 3, say("Empty"), ui::Type::Body);
        ui::select("gallery.select.empty", say("A menu without a choice"), {}, none_);
    }

private:
    std::string stage_ = "clean", none_;
    std::vector<std::string> order_{"judge", "train"};
    std::map<std::string, std::string> chosen_{{"loss", "nats"}};
};

}  // namespace

std::unique_ptr<Section> make_lists() { return std::make_unique<Lists>(); }

}  // namespace terrarium::app::gallery
