#include "app/gallery/gallery.h"
#include "ui/life_loop.h"
#include "ui/sheet.h"
#include "ui/tiles.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

struct Shell final : Section {
    void draw() override {
        const ui::Card card("gallery.shell", say("Pieces of the shell"));
        ui::heading("gallery.shell.title", 2, say("Pieces of the shell"));
        ui::tile("gallery.tile", {.title = say("A tile"), .about = say("A sentence about it."), .badge = say("Open")});
        ui::tile("gallery.tile.done",
                 {.title = say("A tile that is done"), .badge = say("Passed ✓"), .badge_ink = ui::Ink::Ok});
        ui::tile(
            "gallery.tile.long",
            {.title = say("A tile whose title is so long that it has to be broken into several lines on most screens"),
             .about = say("Its sentence is long, too, so that one can see how words and badge keep out of each other's "
                          "way, whatever the width."),
             .badge = say("A long badge")});
        ui::planned_tile(
            "gallery.tile.planned",
            {.title = say("What is planned"), .about = say("It cannot be pressed."), .badge = say("Planned")});
        if (ui::button("gallery.sheet.open", say("Open a sheet"))) is_open_ = true;
        const std::string chosen = ui::life_loop("gallery.loop", say("A loop"), loop());
        if (!chosen.empty()) here_ = chosen;
        draw_sheet();
    }

private:
    void draw_sheet() {
        if (!is_open_) return;
        const ui::Sheet sheet("gallery.sheet", say("A sheet"), "gallery.sheet.open");
        ui::paragraph("gallery.sheet.words", say("What lies behind cannot be reached while this is open."));
        ui::toggle("gallery.sheet.toggle", say("A switch"), is_on_);
        ui::text_field("gallery.sheet.field", say("A field"), words_);
        if (sheet.wants_to_close()) is_open_ = false;
    }

    ui::LifeLoop loop() const {
        ui::LifeLoop out{
            .before =
                {{.id = "zero", .title = say("Before"), .detail = say("all done"), .mark = "0", .done_fraction = 1}},
            .loop = {},
            .after = {{.id = "six", .title = say("After"), .detail = say("nothing done"), .mark = "+"}},
            .before_words = say("First"),
            .after_words = say("At the end"),
            .centre = say("What comes back starts the next round")};
        for (const int i : {1, 2, 3, 4, 5}) {
            const std::string number = std::to_string(i);
            out.loop.push_back({.id = number,
                                .title = say("Stage ") + number,
                                .detail = number + say(" of 5 done"),
                                .mark = number,
                                .done_fraction = i / 5.0,
                                .is_here = here_ == number});
        }
        return out;
    }

    bool is_open_ = false, is_on_ = false;
    std::string words_, here_ = "2";
};

}  // namespace

std::unique_ptr<Section> make_shell() { return std::make_unique<Shell>(); }

}  // namespace terrarium::app::gallery
