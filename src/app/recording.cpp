// What happens in a lab becomes part of the learner's progress: opened, run, passed, the result code, the passport.

#include <algorithm>

#include "app/app.h"
#include "core/io/result_code.h"
#include "core/io/sha256.h"
#include "labs/replay.h"

namespace terrarium::app {
namespace {

bool is_over(labs::Status status) {
    return status == labs::Status::Done || status == labs::Status::Stopped || status == labs::Status::Diverged;
}

}  // namespace

void App::progress_changed() {
    core::io::Settings& settings = progress_.settings;
    if (!(settings == saved_settings_)) {
        settings.revision = std::max(settings.revision, saved_settings_.revision) + 1;
        saved_settings_ = settings;
    }
    keeper_.changed(progress_);
    ui_.frames_wanted = std::max(ui_.frames_wanted, 1);
}

void App::take_stored(const json& event) {
    const auto before = keeper_.home();
    if (keeper_.event(event, progress_)) saved_settings_ = progress_.settings;
    if (event.value("what", std::string()) == "cleared") {
        remark(core::Message(
            "The browser has cleared what was saved here. Everything you did is still in this page, and is saved "
            "again with your next change."));
    }
    if (before == Keeper::Home::Looking && keeper_.home() == Keeper::Home::Session && ui_.env.has_dom) {
        remark(
            core::Message("This page may not keep anything here: what you do ends with this session. Export your "
                          "progress before you leave; the button is at the foot of the page."));
    }
}

void App::forget_progress() {
    keeper_.forget(progress_);
    saved_settings_ = progress_.settings;
    recorded_run_ = coded_run_ = runs_.run_id();  // the run on screen is forgotten, too
}

void App::record_progress() {
    if (!view_ || !runs_.has_run()) return;
    if (!runs_.info().is_active && is_over(view_->status()) && recorded_run_ != runs_.run_id()) {
        recorded_run_ = runs_.run_id();
        record_run();
    }
    if (!verdict_.passed || coded_run_ == runs_.run_id()) return;
    core::io::LabProgress& lab = progress_.labs[std::string(lab_->id)];
    if (!lab.is_passed) {
        lab.is_passed = true;
        progress_changed();
    }
    if (!runs_.is_resting()) return;
    coded_run_ = runs_.run_id();
    lab.result_code = core::io::encode(labs::make_result(*lab_, content_, artefacts_for(runs_.config()), runs_.config(),
                                                         runs_.actions(), view_->steps_done(), view_->series()));
    progress_changed();
}

void App::record_run() {
    progress_.labs[std::string(lab_->id)].is_run = true;
    // Kept in English, whatever is spoken now: shown, the words are translated, and files mean the same to everyone.
    const auto english = labs::read_content(assets_["content/" + labs::content_path(lab_->id)], "content").value();
    core::io::PassportStep step{.order = 1,
                                .lab = std::string(lab_->id),
                                .title = english.title,
                                .build_id = build_id(),
                                .outcome = json(view_->status()).get<std::string>(),
                                .n_steps = view_->steps_done(),
                                .config = {},
                                .data = {},
                                .artefacts = {},
                                .metrics = view_->passport_metrics(),
                                .evidence = runs_.is_turbo() ? "" : labs::evidence(view_->series())};
    for (const core::io::PassportStep& earlier : progress_.passport)
        step.order = std::max(step.order, earlier.order + 1);
    for (const auto& [name, value] : runs_.config().items()) step.config[name] = value.dump();
    if (runs_.is_turbo()) step.config["turbo"] = "true";
    for (const auto& [name, bytes] : artefacts_for(runs_.config())) {
        const std::vector<std::string> used = lab_->artefacts_of(runs_.config());
        if (std::find(used.begin(), used.end(), name) == used.end()) continue;
        core::io::PassportItem item{
            .name = name, .words = "", .n_bytes = std::ssize(bytes), .sha256 = core::io::sha256_hex(bytes)};
        for (const labs::CorpusInfo& corpus : english.corpora) {
            if (name == "corpus:" + corpus.id) item.words = corpus.title;
        }
        step.data.push_back(std::move(item));
    }
    std::vector<core::io::PassportStep>& passport = progress_.passport;
    passport.push_back(std::move(step));
    if (passport.size() > core::io::kMaxPassportSteps) {
        passport.erase(passport.begin(), passport.end() - static_cast<int64_t>(core::io::kMaxPassportSteps));
    }
    progress_changed();
}

}  // namespace terrarium::app
