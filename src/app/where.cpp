#include "app/where.h"

#include "core/io/progress_export.h"
#include "labs/replay.h"
#include "ui/ui.h"

namespace terrarium::app {

using ui::tr;

std::string where_words(const Keeper& keeper) {
    switch (keeper.home()) {
        case Keeper::Home::Looking:
            return tr("Looking for your saved progress …");
        case Keeper::Home::Host:
            return tr("Your progress is kept by the course page around this lab.");
        case Keeper::Home::Session:
            return tr("Your progress lives only in this page and ends when you close it. Export it to keep it.");
        case Keeper::Home::Browser:
            break;
    }
    return tr("Your progress lives in this browser, on this device, and only for this page's address.");
}

std::string where_short_words(const Keeper& keeper) {
    if (keeper.trouble() != Keeper::Trouble::None) return tr("Not saved");
    switch (keeper.home()) {
        case Keeper::Home::Looking:
            return tr("Looking …");
        case Keeper::Home::Host:
            return tr("Saved by the course");
        case Keeper::Home::Session:
            return tr("Only in this page");
        case Keeper::Home::Browser:
            break;
    }
    return tr("Saved in this browser");
}

std::string trouble_words(const Keeper& keeper) {
    switch (keeper.trouble()) {
        case Keeper::Trouble::None:
            break;
        case Keeper::Trouble::Full:
            return tr(
                "Not saved: the browser has no room left. It is tried again every ten seconds. Free some space, or "
                "export your progress to a file.");
        case Keeper::Trouble::Failed:
            return tr(
                "Not saved: the browser refused. It is tried again every ten seconds. Export your progress to be "
                "safe.");
        case Keeper::Trouble::Newer:
            return tr(
                "Your progress was saved by a newer version of Terrarium, so this one does not overwrite it. Load "
                "the page again to get the newer version.");
        case Keeper::Trouble::Outdated:
            return tr(
                "A newer version of Terrarium is open in another tab. Load this page again; until then it saves "
                "nothing.");
        case Keeper::Trouble::Forgotten:
            return tr("Your progress was deleted in another tab. Load this page again; until then it saves nothing.");
    }
    return {};
}

void export_to_file(Desk& desk) {
    desk.platform().save_file("terrarium-progress.json", "application/json",
                              core::io::export_progress(desk.progress(), build_id()));
}

void draw_where(Desk& desk) {
    if (ui::is_hidden("where")) return;
    const ui::Card card("where", tr("Where your progress lives"), ui::Card::Look::Plain);
    ui::paragraph("where.words", where_words(desk.keeper()), ui::Ink::Muted, ui::Type::Small);
    const ui::Row row(6);
    if (ui::button("where.export", tr("Export progress"), ui::Button::Quiet)) export_to_file(desk);
    if (desk.place().page != "progress" && ui::button("where.open", tr("Your progress"), ui::Button::Quiet)) {
        desk.go({.page = "progress", .item = {}, .lab = {}});
    }
}

void draw_trouble(Desk& desk) {
    const Keeper& keeper = desk.keeper();
    const std::string words = trouble_words(keeper);
    if (words.empty() && !keeper.is_quarantine_new()) return;
    const ui::Card card("trouble", tr("About saving"), ui::Card::Look::Accent);
    if (!words.empty()) ui::note("trouble.words", words, ui::Ink::Warn);
    if (keeper.is_quarantine_new()) {
        ui::note("trouble.quarantine",
                 tr("Saved bytes could not be read. They are kept, and you can download them under “Your progress”."),
                 ui::Ink::Warn);
    }
    const ui::Row row(6);
    if (ui::button("trouble.export", tr("Export progress"))) export_to_file(desk);
    if (keeper.is_quarantine_new() && desk.place().page != "progress" &&
        ui::button("trouble.open", tr("Your progress"))) {
        desk.go({.page = "progress", .item = {}, .lab = {}});
    }
}

}  // namespace terrarium::app
