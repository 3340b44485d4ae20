#include "app/runs.h"

#include <utility>

#include "ui/messages.h"
#include "ui/words.h"

namespace terrarium::app {

using namespace worker;

void Runs::replace_channel(Channel* channel) { channel_ = channel; }

void Runs::start(const labs::LabEntry& lab, const labs::json& config, labs::Artefacts artefacts) {
    begin({.run_id = 0, .lab_id = std::string(lab.id), .config = config, .artefacts = std::move(artefacts)});
}

void Runs::replay(const labs::LabEntry& lab, const labs::ReplayPlan& plan, labs::Artefacts artefacts) {
    begin({.run_id = 0,
           .lab_id = std::string(lab.id),
           .config = plan.config,
           .artefacts = std::move(artefacts),
           .actions = plan.actions,
           .until_step = plan.until_step});
}

void Runs::begin(StartRun command) {
    config_ = command.config;
    actions_.clear();
    info_ = {};
    command.run_id = ++run_id_;
    if (channel_ == nullptr) return fail(ui::tr("No worker could be started here, so nothing can be trained."));
    info_.is_active = true;
    channel_->send(command);
}

void Runs::fail(std::string reason) {
    info_.is_active = false;
    info_.is_paused = false;
    info_.problem = std::move(reason);
}

void Runs::send(const labs::Intent& intent) {
    if (channel_ == nullptr || run_id_ == 0) return;
    if (std::holds_alternative<labs::Pause>(intent)) channel_->send(Control{run_id_, ControlKind::Pause});
    if (std::holds_alternative<labs::Resume>(intent)) channel_->send(Control{run_id_, ControlKind::Resume});
    if (std::holds_alternative<labs::StepOnce>(intent)) channel_->send(Control{run_id_, ControlKind::Step});
    if (std::holds_alternative<labs::Stop>(intent)) channel_->send(Set{run_id_, "stop", nullptr});
    if (const auto* set = std::get_if<labs::SetValue>(&intent)) channel_->send(Set{run_id_, set->name, set->value});
    if (const auto* ask = std::get_if<labs::Ask>(&intent)) channel_->send(Question{run_id_, ask->kind, ask->question});
}

void Runs::take(const Progress& progress, labs::AnyView& view) {
    view.receive(progress.snapshot);
    for (const Part& part : progress.parts) view.receive_series(part.name, part.from, part.values);
    actions_ = progress.actions;
    info_.is_active = !progress.is_last;
    info_.is_paused = progress.is_paused && !progress.is_last;
    info_.steps_per_second = progress.steps_per_second;
    Acknowledge acknowledge{run_id_, {}};
    for (const labs::Series& series : view.series()) acknowledge.have[series.name] = std::ssize(series.values);
    channel_->send(acknowledge);
}

bool Runs::poll(labs::AnyView& view) {
    if (channel_ == nullptr) return false;
    bool changed = false;
    for (const Event& event : channel_->poll()) {
        if (const auto* progress = std::get_if<Progress>(&event); progress && progress->run_id == run_id_) {
            take(*progress, view);
            changed = true;
        } else if (const auto* answer = std::get_if<Answer>(&event); answer && answer->run_id == run_id_) {
            view.receive_answer(answer->kind, answer->answer);
            changed = true;
        } else if (const auto* failed = std::get_if<RunFailed>(&event); failed && failed->run_id == run_id_) {
            fail(ui::tr(failed->what));
            changed = true;
        }
    }
    return changed;
}

}  // namespace terrarium::app
