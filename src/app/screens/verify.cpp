// Paste a code, and it is run again in a worker: what holds and what does not, lab by lab.

#include "app/course_parts.h"
#include "app/module_codes.h"
#include "app/replayer.h"
#include "app/screen.h"
#include "core/io/bytes.h"
#include "ui/messages.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

using ui::tr;

class Verify final : public Screen {
public:
    void work(Desk& desk) override { replayer_.work(desk); }

    void draw(Desk& desk) override {
        take_own_code(desk);
        ui::heading("page.title", 1, tr("Check a code"), ui::Type::Title);
        ui::paragraph("verify.about",
                      tr("A result code says how a model was trained and how the run ended. This page trains it again "
                         "on this device, with the same settings and actions, and compares the end. Nothing is sent "
                         "anywhere."));
        draw_entry();
        draw_lines(desk);
    }

    void worker_failed(Desk&, int, const std::string& reason) override { replayer_.worker_failed(reason); }

private:
    /// `#page=verify&item=MODULE`: the learner's own code of that module stands in the field.
    void take_own_code(Desk& desk) {
        if (desk.place().item == taken_item_) return;
        taken_item_ = desk.place().item;
        if (const labs::Module* module = desk.course().find(taken_item_)) code_ = code_of_module(desk, *module).text;
    }

    void draw_entry() {
        const ui::Card card("verify.entry", tr("The code"));
        ui::text_field("verify.code", tr("Code of a lab or of a module"), code_,
                       {.rows = 5,
                        .max_length = static_cast<int>(core::io::kMaxModuleCodeBytes),
                        .placeholder = "T1-… or TM1.…",
                        .is_mono = true});
        const ui::Row row(8);
        if (ui::button("verify.start", tr("Check by running it again"), ui::Button::Primary,
                       !code_.empty() && !replayer_.is_running())) {
            start();
        }
        if (replayer_.is_running() && ui::button("verify.stop", tr("Stop"))) replayer_.stop();
        if (ui::button("verify.clear", tr("Clear"), ui::Button::Quiet, !code_.empty())) {
            code_.clear();
            problem_.clear();
        }
    }

    void start() {
        problem_.clear();
        auto read = core::io::decode_any_code(code_);
        if (!read) {
            problem_ = tr(read.error().message.then(read.error().next_step));
            return replayer_.begin({});
        }
        replayer_.begin(std::move(read).value());
        ui::context().frames_wanted = std::max(ui::context().frames_wanted, 1);
    }

    void draw_lines(Desk& desk) {
        if (!problem_.empty()) return ui::note("verify.problem", problem_, ui::Ink::Warn);
        const auto& lines = replayer_.lines();
        if (lines.empty()) return;
        draw_whole(desk);
        for (size_t i = 0; i < lines.size(); ++i) {
            const std::string key = "verify.lab." + std::to_string(i);
            const std::string title = lab_title(desk, lines[i].lab);
            const ui::Card card(key, title);
            ui::heading(key + ".title", 2, title);
            draw_line(key, lines[i]);
        }
    }

    void draw_whole(Desk& desk) {
        const auto& lines = replayer_.lines();
        if (replayer_.is_running()) return;
        int64_t n_holding = 0;
        for (const Replayer::Line& line : lines) n_holding += line.state == Replayer::State::Holds ? 1 : 0;
        const bool all_hold = n_holding == std::ssize(lines);
        const labs::Module* module = desk.course().find(replayer_.module());
        if (module != nullptr) {
            ui::note("verify.whole",
                     tr("{0}: {1} of {2} labs confirmed.",
                        {module->title, ui::grouped(n_holding), ui::grouped(std::ssize(module->labs))}),
                     all_hold ? ui::Ink::Ok : ui::Ink::Warn);
        } else if (!replayer_.module().empty()) {
            ui::note("verify.whole", tr("This version has no module called {0}.", {replayer_.module()}), ui::Ink::Warn);
        } else {
            ui::note("verify.whole", all_hold ? tr("The code holds ✓") : tr("The code could not be confirmed."),
                     all_hold ? ui::Ink::Ok : ui::Ink::Warn);
        }
    }

    static void draw_line(const std::string& key, const Replayer::Line& line) {
        switch (line.state) {
            case Replayer::State::Waiting:
                return ui::note(key + ".words", tr("Waiting …"), ui::Ink::Muted);
            case Replayer::State::Holds:
                return ui::note(key + ".words", line.words, ui::Ink::Ok);
            case Replayer::State::Fails:
                return ui::note(key + ".words", line.words, ui::Ink::Warn);
            case Replayer::State::Running:
                return ui::progress(
                    key + ".progress", tr("Training again"), line.fraction,
                    tr("{0} of {1} steps", {ui::grouped(line.steps_done), ui::grouped(line.until_step)}));
        }
    }

    Replayer replayer_;
    std::string code_, problem_, taken_item_;
};

}  // namespace

std::unique_ptr<Screen> make_verify() { return std::make_unique<Verify>(); }

}  // namespace terrarium::app
