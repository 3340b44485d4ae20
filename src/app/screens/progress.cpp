// What the learner has done, where it is kept, and the ways out and in: export, import with a preview, forget.

#include <algorithm>
#include <optional>

#include "app/screen.h"
#include "app/where.h"
#include "core/io/base64url.h"
#include "core/io/bytes.h"
#include "core/io/progress_export.h"
#include "core/io/progress_merge.h"
#include "labs/replay.h"
#include "ui/messages.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

using ui::tr;

std::string number(int64_t value) { return ui::grouped(value); }

class ProgressScreen final : public Screen {
public:
    void draw(Desk& desk) override {
        ui::heading("page.title", 1, tr("Your progress"), ui::Type::Title);
        draw_done(desk);
        draw_home(desk);
        draw_import(desk);
        draw_quarantine(desk);
        draw_forget(desk);
    }

    void receive_file(Desk& desk, const std::string&, const std::string& name, const std::string& bytes,
                      int status) override {
        import_problem_.clear();
        offered_.reset();
        if (status != 200) {
            import_problem_ = bytes;
            return;
        }
        auto read = core::io::import_progress(bytes, name);
        if (!read) {
            import_problem_ = tr(read.error());
            return;
        }
        offered_ = std::move(read).value();
        preview_ = core::io::additions(desk.progress(), *offered_);
    }

private:
    void draw_done(Desk& desk) const;
    void draw_home(Desk& desk);
    void draw_import(Desk& desk);
    void draw_quarantine(Desk& desk) const;
    void draw_forget(Desk& desk);

    std::optional<core::io::Progress> offered_;        ///< read from a file, not yet taken over
    std::optional<core::io::Progress> before_import_;  ///< for undo
    core::io::Additions preview_;
    std::string import_problem_, pasted_;
    bool is_sure_ = false;  ///< the first of two steps to forget
};

std::string state_of(const core::io::LabProgress& lab) {
    if (lab.is_passed) return tr("Challenge passed ✓");
    if (lab.is_run) return tr("Trained");
    if (lab.is_predicted) return tr("Predicted");
    return tr("Opened");
}

void ProgressScreen::draw_done(Desk& desk) const {
    const ui::Card card("progress.done", tr("What you have done"));
    ui::heading("progress.done.title", 2, tr("What you have done"));
    const auto& labs = desk.progress().labs;
    if (labs.empty()) return ui::note("progress.done.none", tr("Nothing yet. Open a lab and begin."), ui::Ink::Muted);
    std::vector<std::vector<std::string>> rows;
    for (const auto& [id, lab] : labs) {
        const labs::Content* content = desk.content(id);
        double points = 0;
        for (const auto& [item, answered] : lab.items) points += answered.best_share;
        rows.push_back({content ? content->title : id, state_of(lab), number(std::ssize(lab.predictions)),
                        lab.items.empty() ? "–"
                                          : tr("{0} of {1}", {number(static_cast<int64_t>(points + 0.5)),
                                                              number(std::ssize(lab.items))})});
    }
    ui::table("progress.done.labs", tr("Labs"), {tr("Lab"), tr("State"), tr("Predictions"), tr("Questions right")},
              rows);
}

void ProgressScreen::draw_home(Desk& desk) {
    const ui::Card card("progress.home", tr("Where it is kept"));
    ui::heading("progress.home.title", 2, tr("Where it is kept"));
    const Keeper& keeper = desk.keeper();
    ui::paragraph("progress.home.words", where_words(keeper));
    if (keeper.home() == Keeper::Home::Browser) {
        const bool is_saved = keeper.is_saved() && keeper.trouble() == Keeper::Trouble::None;
        ui::fact("progress.home.saved", tr("State"), is_saved ? tr("Everything is saved ✓") : tr("Not saved yet"),
                 is_saved ? ui::Ink::Ok : ui::Ink::Warn);
        ui::paragraph(
            "progress.home.why",
            tr("Another browser, another device, or the same lab inside another course page has progress of its "
               "own. A browser may also clear its data. An exported file brings everything along."),
            ui::Ink::Muted, ui::Type::Small);
    }
    if (keeper.is_open_elsewhere()) {
        ui::note("progress.home.tabs", tr("Terrarium is also open in another tab. Both save, and nothing is lost."),
                 ui::Ink::Muted);
    }
    const ui::Row row(8);
    if (ui::button("progress.export", tr("Export to a file"), ui::Button::Primary)) export_to_file(desk);
    if (ui::button("progress.copy", tr("Copy as text"))) {
        desk.platform().copy_text(core::io::export_progress(desk.progress(), build_id()));
    }
}

void ProgressScreen::draw_import(Desk& desk) {
    const ui::Card card("progress.in", tr("Import"));
    ui::heading("progress.in.title", 2, tr("Import"));
    ui::paragraph(
        "progress.in.about",
        tr("Choose a file that was exported here or elsewhere, or paste its text. It is added to what is here: "
           "nothing gets lost or worse. You see first what it brings."),
        ui::Ink::Text);
    if (ui::file_button("progress.import", tr("Choose a file …"), core::io::kMaxImportBytes)) {
        desk.platform().pick_file("progress.import", core::io::kMaxImportBytes);
    }
    ui::text_field("progress.paste", tr("Or paste the text"), pasted_,
                   {.rows = 3, .max_length = 1'000'000, .is_mono = true});
    if (ui::button("progress.paste.read", tr("Read the text"), ui::Button::Plain, !pasted_.empty())) {
        receive_file(desk, "progress.import", tr("Your text"), pasted_, 200);
    }
    if (!import_problem_.empty()) ui::note("progress.in.problem", import_problem_, ui::Ink::Warn);
    if (offered_) {
        const ui::Card inner("progress.preview", tr("What it would add"), ui::Card::Look::Accent);
        ui::heading("progress.preview.title", 3, tr("What it would add"));
        const std::pair<const char*, int64_t> lines[] = {{"progress.preview.labs", preview_.labs_begun},
                                                         {"progress.preview.passed", preview_.labs_passed},
                                                         {"progress.preview.predictions", preview_.predictions},
                                                         {"progress.preview.answers", preview_.answers},
                                                         {"progress.preview.steps", preview_.passport_steps}};
        const std::string words[] = {tr("Labs begun"), tr("Challenges passed"), tr("Predictions"),
                                     tr("Questions answered"), tr("Steps of the passport")};
        for (size_t i = 0; i < 5; ++i) ui::fact(lines[i].first, words[i], "+" + number(lines[i].second));
        if (!preview_.any()) {
            ui::note("progress.preview.none", tr("Everything in this file is here already."), ui::Ink::Muted);
        }
        const ui::Row row(8);
        if (ui::button("progress.import.apply", tr("Add it"), ui::Button::Primary, preview_.any())) {
            before_import_ = desk.progress();
            desk.progress() = core::io::merge(desk.progress(), *offered_);
            offered_.reset();
            pasted_.clear();
            desk.progress_changed();
        }
        if (ui::button("progress.import.cancel", tr("Leave it"))) offered_.reset();
    }
    if (before_import_ && !offered_) {
        ui::note("progress.in.added", tr("The file was added."), ui::Ink::Ok);
        if (ui::button("progress.import.undo", tr("Undo the import"))) {
            desk.progress() = *std::exchange(before_import_, std::nullopt);
            desk.progress_changed();
        }
    }
}

void ProgressScreen::draw_quarantine(Desk& desk) const {
    const auto& quarantined = desk.keeper().quarantined();
    if (quarantined.empty()) return;
    const ui::Card card("progress.quarantine", tr("Bytes that could not be read"), ui::Card::Look::Accent);
    ui::heading("progress.quarantine.title", 2, tr("Bytes that could not be read"));
    ui::paragraph(
        "progress.quarantine.about",
        tr("Something damaged what was saved. The bytes are kept as they are; someone who knows the format may "
           "read them, and an exported file of yours can be imported above."));
    for (size_t i = 0; i < quarantined.size(); ++i) {
        const std::string label = tr("Download {0} bytes", {number(std::ssize(quarantined[i].bytes))});
        if (ui::button("progress.quarantine." + std::to_string(i), label)) {
            desk.platform().save_file("terrarium-" + quarantined[i].key + ".txt", "text/plain",
                                      core::io::base64url_encode(quarantined[i].bytes) + "\n");
        }
    }
}

void ProgressScreen::draw_forget(Desk& desk) {
    const ui::Card card("progress.forgetting", tr("Forget me"));
    ui::heading("progress.forgetting.title", 2, tr("Forget me"));
    if (desk.keeper().was_forgotten()) {
        ui::note("progress.forgotten",
                 tr("Everything was deleted: progress, settings, and files kept for offline use."), ui::Ink::Ok);
    }
    ui::paragraph(
        "progress.forgetting.about",
        tr("Deletes your progress, your settings and everything this page keeps in this browser. Nothing of it "
           "is anywhere else, unless you exported it."));
    if (!is_sure_) {
        if (ui::button("progress.forget", tr("Delete everything …"))) is_sure_ = true;
        return;
    }
    ui::note("progress.forget.ask", tr("Really delete everything? This cannot be undone."), ui::Ink::Warn);
    const ui::Row row(8);
    if (ui::button("progress.forget.yes", tr("Yes, delete everything"), ui::Button::Primary)) {
        is_sure_ = false;
        before_import_.reset();
        offered_.reset();
        desk.forget_progress();
    }
    if (ui::button("progress.forget.no", tr("No, keep it"))) is_sure_ = false;
}

}  // namespace

std::unique_ptr<Screen> make_progress() { return std::make_unique<ProgressScreen>(); }

}  // namespace terrarium::app
