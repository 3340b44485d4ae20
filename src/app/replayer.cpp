#include "app/replayer.h"

#include <algorithm>

#include "ui/messages.h"
#include "ui/words.h"

namespace terrarium::app {

using ui::tr;

void Replayer::begin(core::io::ModuleCode code) {
    code_ = std::move(code);
    lines_.clear();
    for (const core::io::ResultCode& result : code_.results) lines_.push_back({.lab = result.lab, .words = {}});
    at_ = 0;
    view_.reset();
}

void Replayer::stop() {
    if (runs_ && view_) runs_->send(labs::Stop{});
    while (is_running()) finish({false, core::Message("The check was ended before it came to a result.")});
}

void Replayer::finish(const labs::Verification& found) {
    Line& line = lines_[at_];
    line.state = found.holds ? State::Holds : State::Fails;
    line.words = tr(found.words);
    view_.reset();
    ++at_;
}

bool Replayer::begin_next(Desk& desk) {
    const core::io::ResultCode& code = code_.results[at_];
    const auto fail = [&](const core::Message& words) {
        finish({false, words});
        return true;
    };
    if (code.build_id != build_id()) {  // before anything is fetched
        return fail(core::Message(
            "This code was made by version {0}. This is version {1}; only the same version gives the same "
            "run bit by bit.",
            {code.build_id, build_id()}));
    }
    lab_ = labs::find_lab(code.lab);
    if (lab_ == nullptr && !desk.course().has_lab(code.lab))
        return fail(core::Message("This version has no lab called {0}.", {code.lab}));
    const labs::Content* content = desk.content(code.lab);
    if (content == nullptr) return false;
    if (lab_ == nullptr) {
        return fail(
            core::Message("This code belongs to “{0}”, which is loaded apart from this page. Open that lab, and "
                          "check the code from there.",
                          {content->title}));
    }
    const auto config = labs::config_of(code, *lab_, *content);
    if (!config) return fail(config.error().message);
    labs::Artefacts artefacts;
    for (const std::string& name : lab_->artefacts_of(config.value())) {
        const auto corpus = std::find_if(content->corpora.begin(), content->corpora.end(),
                                         [&](const labs::CorpusInfo& it) { return name == "corpus:" + it.id; });
        if (corpus == content->corpora.end()) {
            return fail(
                core::Message("This run was trained on a text of its author's own, which is not in the code, so it "
                              "cannot be repeated here."));
        }
        const std::string* bytes = desk.asset("content/" + corpus->file);
        if (bytes == nullptr) return false;
        artefacts[name] = *bytes;
    }
    auto plan = labs::plan_replay(code, *lab_, *content, artefacts);
    if (!plan) return fail(plan.error().message);
    plan_ = std::move(plan).value();
    content_ = std::make_unique<labs::Content>(*content);
    view_ = lab_->make_view(*content_);
    lines_[at_].state = State::Running;
    lines_[at_].until_step = plan_.until_step;
    if (!runs_) runs_ = std::make_unique<Runs>();
    runs_->replay(*lab_, plan_, std::move(artefacts), {kWorker, desk.platform().channel(kWorker)});
    return true;
}

void Replayer::follow() {
    runs_->poll(*view_);
    Line& line = lines_[at_];
    line.steps_done = view_->steps_done();
    line.fraction = plan_.until_step > 0
                        ? std::min(1.0, static_cast<double>(line.steps_done) / static_cast<double>(plan_.until_step))
                        : 0;
    if (runs_->info().is_active) return;
    if (const std::string& problem = runs_->info().problem; !problem.empty()) {
        return finish({false, core::Message("The run in this code cannot be repeated: {0}", {problem})});
    }
    finish(labs::judge(code_.results[at_], plan_, view_->steps_done(), view_->series(),
                       view_->check(content_->challenge.goal)));
}

void Replayer::work(Desk& desk) {
    while (is_running()) {
        if (!view_ && !begin_next(desk)) return;
        if (!view_) continue;  // it was over before it began
        follow();
        if (view_) return;
    }
}

void Replayer::worker_failed(const std::string& reason) {
    if (runs_ && view_) runs_->fail(tr("The worker stopped: {0}", {reason}));
}

}  // namespace terrarium::app
