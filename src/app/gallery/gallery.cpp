// Every widget in every state, on one page: `#lab=ui.gallery` or `#page=gallery`. `item` shows one section alone.

#include "app/gallery/gallery.h"

#include <array>
#include <vector>

#include "app/screen.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

struct Entry {
    std::string_view id;
    std::unique_ptr<gallery::Section> (*make)();
};
constexpr std::array kSections = {
    Entry{"words", gallery::make_words},       Entry{"prose", gallery::make_prose},
    Entry{"controls", gallery::make_controls}, Entry{"shell", gallery::make_shell},
    Entry{"plots", gallery::make_plots},       Entry{"lists", gallery::make_lists},
    Entry{"cards", gallery::make_cards},       Entry{"data", gallery::make_data},
    Entry{"diagram", gallery::make_diagram},   Entry{"lesson", gallery::make_lesson},
};

class Gallery final : public Screen {
public:
    Gallery() {
        for (const Entry& entry : kSections) sections_.push_back(entry.make());
    }
    void draw(Desk& desk) override {
        ui::heading("gallery.title", 1, "Widgets", ui::Type::Title);
        for (size_t i = 0; i < kSections.size(); ++i) {
            if (desk.place().item.empty() || desk.place().item == kSections[i].id) sections_[i]->draw();
        }
    }
    void receive_file(Desk&, const std::string& key, const std::string& name, const std::string& bytes,
                      int status) override {
        for (const auto& section : sections_) section->receive_file(key, name, bytes, status);
    }

private:
    std::vector<std::unique_ptr<gallery::Section>> sections_;
};

}  // namespace

std::unique_ptr<Screen> make_gallery() { return std::make_unique<Gallery>(); }

}  // namespace terrarium::app
