#include "app/runs.h"

#include <algorithm>
#include <utility>

#include "app/platform.h"
#include "ui/messages.h"
#include "ui/words.h"

namespace terrarium::app {

using namespace worker;

void Runs::start(const labs::LabEntry& lab, const labs::json& config, labs::Artefacts artefacts, Workers workers) {
    begin({.run_id = 0, .lab_id = std::string(lab.id), .config = config, .artefacts = std::move(artefacts)},
          std::move(workers));
}

void Runs::replay(const labs::LabEntry& lab, const labs::ReplayPlan& plan, labs::Artefacts artefacts, Worker worker) {
    begin({.run_id = 0,
           .lab_id = std::string(lab.id),
           .config = plan.config,
           .artefacts = std::move(artefacts),
           .actions = plan.actions,
           .until_step = plan.until_step},
          {worker});
}

void Runs::begin(StartRun command, Workers workers) {
    config_ = command.config;
    actions_.clear();
    info_ = {};
    parts_.clear();
    std::erase_if(workers, [](const Worker& worker) { return worker.channel == nullptr; });
    command.run_id = ++run_id_;
    has_run_ = true;
    is_turbo_ = !workers.empty() && workers.front().index >= kTurboWorkers;
    if (workers.empty()) return fail(ui::tr("No worker could be started here, so nothing can be trained."));
    info_.is_active = true;
    command.n_parts = static_cast<int32_t>(workers.size());
    for (const Worker& worker : workers) {
        parts_.push_back({.worker = worker, .actions = {}});
        worker.channel->send(command);
        ++command.part;
    }
}

void Runs::fail(std::string reason) {
    stop_all();
    info_.is_active = false;
    info_.is_paused = false;
    info_.problem = std::move(reason);
}

void Runs::stop_all() {
    for (Part& part : parts_) {
        if (std::exchange(part.is_active, false)) part.worker.channel->send(Set{run_id_, "stop", nullptr});
    }
}

void Runs::leave() {
    stop_all();
    parts_.clear();
    actions_.clear();
    info_ = {};
    has_run_ = is_turbo_ = false;
}

bool Runs::lose(int worker_index) {
    const auto lost =
        std::find_if(parts_.begin(), parts_.end(), [&](const Part& part) { return part.worker.index == worker_index; });
    if (lost == parts_.end()) return false;
    parts_.erase(lost);
    stop_all();
    parts_.clear();
    return true;
}

template <class Command>
void Runs::send_to_all(const Command& command) {
    for (const Part& part : parts_) part.worker.channel->send(command);
}

void Runs::send(const labs::Intent& intent) {
    if (parts_.empty()) return;
    if (std::holds_alternative<labs::Pause>(intent)) send_to_all(Control{run_id_, ControlKind::Pause});
    if (std::holds_alternative<labs::Resume>(intent)) send_to_all(Control{run_id_, ControlKind::Resume});
    if (std::holds_alternative<labs::StepOnce>(intent)) send_to_all(Control{run_id_, ControlKind::Step});
    if (std::holds_alternative<labs::Stop>(intent)) send_to_all(Set{run_id_, "stop", nullptr});
    if (const auto* set = std::get_if<labs::SetValue>(&intent)) send_to_all(Set{run_id_, set->name, set->value});
    if (const auto* ask = std::get_if<labs::Ask>(&intent))
        parts_.front().worker.channel->send(Question{run_id_, ask->kind, ask->question});
}

void Runs::take(const Progress& progress, size_t index, labs::AnyView& view) {
    view.receive(progress.snapshot, static_cast<int>(index), static_cast<int>(parts_.size()));
    for (const worker::Part& piece : progress.parts) view.receive_series(piece.name, piece.from, piece.values);
    Part& part = parts_[index];
    part.actions = progress.actions;
    part.is_active = !progress.is_last;
    part.is_paused = progress.is_paused;
    part.steps_done = progress.steps_done;
    part.steps_per_second = progress.is_last ? 0 : progress.steps_per_second;
    sum_up();
    Acknowledge acknowledge{run_id_, {}};
    for (const labs::Series& series : view.series()) acknowledge.have[series.name] = std::ssize(series.values);
    part.worker.channel->send(acknowledge);
}

void Runs::sum_up() {
    int64_t steps_done = 0;
    info_.is_active = info_.is_paused = false;
    info_.steps_per_second = 0;
    for (const Part& part : parts_) {
        info_.is_active = info_.is_active || part.is_active;
        info_.is_paused = info_.is_paused || (part.is_active && part.is_paused);
        info_.steps_per_second += part.steps_per_second;
        steps_done += part.steps_done;
    }
    actions_ = parts_.front().actions;
    if (parts_.size() == 1) return;
    for (labs::Action& action : actions_) action.step = steps_done;
}

bool Runs::poll(labs::AnyView& view) {
    bool changed = false;
    for (size_t i = 0; i < parts_.size(); ++i) {
        for (const Event& event : parts_[i].worker.channel->poll()) {
            if (const auto* progress = std::get_if<Progress>(&event); progress && progress->run_id == run_id_) {
                take(*progress, i, view);
                changed = true;
            } else if (const auto* answer = std::get_if<Answer>(&event); answer && answer->run_id == run_id_) {
                view.receive_answer(answer->kind, answer->answer);
                changed = true;
            } else if (const auto* failed = std::get_if<RunFailed>(&event); failed && failed->run_id == run_id_) {
                parts_[i].is_active = false;
                fail(ui::tr(failed->what));
                changed = true;
            }
        }
    }
    return changed;
}

}  // namespace terrarium::app
