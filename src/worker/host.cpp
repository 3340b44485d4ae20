#include "worker/host.h"

#include <exception>

namespace terrarium::worker {
namespace {

constexpr double kReportEvery_ms = 100;   // 10 a second: what the page draws while something trains
constexpr double kResendAfter_ms = 2000;  // no acknowledgement for so long: the report was lost
constexpr double kRateWindow_ms = 500;

}  // namespace

Host::Host(Find find, Clock clock) : find_(std::move(find)), clock_(clock) {}

void Host::start(const StartRun& command, std::vector<Event>& out) {
    job_.reset();
    run_id_ = command.run_id;
    is_finished_ = true;
    has_more_ = false;
    is_paused_ = false;
    single_step_until_ = -1;
    waiting_.clear();
    actions_.clear();
    acknowledged_.clear();
    is_acknowledged_ = true;
    work_ms_ = 0;
    rate_from_step_ = 0;
    steps_per_second_ = 0;
    const labs::LabEntry* lab = find_(command.lab_id);
    if (lab == nullptr) {
        out.push_back(RunFailed{run_id_, labs::Message("This version has no lab called {0}.", {command.lab_id})});
        return;
    }
    auto job = lab->make_job(command.config, command.artefacts);
    if (!job.has_value()) {
        out.push_back(RunFailed{run_id_, job.error().message.then(job.error().next_step)});
        return;
    }
    job_ = std::move(job).value();
    if (command.n_parts > 1) job_->take_part(command.part, command.n_parts);
    is_finished_ = false;
    has_more_ = true;
    must_report_ = true;
    replay_ = command.actions;
    until_step_ = command.until_step;
    follow_replay(out);
}

void Host::handle(const Command& command, std::vector<Event>& out) {
    try {
        if (const auto* start_run = std::get_if<StartRun>(&command)) return start(*start_run, out);
        const uint32_t run = std::visit([](const auto& m) { return m.run_id; }, command);
        if (run != run_id_ || !job_) return;  // late words for a run that is gone
        if (const auto* control = std::get_if<Control>(&command)) {
            is_paused_ = control->kind != ControlKind::Resume;
            single_step_until_ = control->kind == ControlKind::Step ? job_->steps_done() + 1 : -1;
            must_report_ = true;
        } else if (const auto* set = std::get_if<Set>(&command)) {
            waiting_.push_back(*set);
            apply_waiting_sets(out);
        } else if (const auto* question = std::get_if<Question>(&command)) {
            out.push_back(Answer{run_id_, question->kind, job_->answer(question->question)});
        } else if (const auto* ack = std::get_if<Acknowledge>(&command)) {
            acknowledged_ = ack->have;
            is_acknowledged_ = true;
        }
    } catch (const std::exception& problem) {
        out.push_back(RunFailed{run_id_, labs::Message("The run stopped because of a fault: {0}", {problem.what()})});
        job_.reset();
        is_finished_ = true;
    }
}

void Host::apply_waiting_sets(std::vector<Event>&) {
    while (!waiting_.empty() && job_->at_boundary()) {
        const Set set = std::move(waiting_.front());
        waiting_.erase(waiting_.begin());
        if (!job_->set(set.name, set.value).has_value()) continue;
        actions_.push_back({job_->steps_done(), set.name, set.value});
        must_report_ = true;
        has_more_ = has_more_ || !job_->at_boundary();
        if (set.name == "stop") finish();
    }
}

void Host::finish() {
    is_finished_ = true;
    has_more_ = false;
    must_report_ = true;
}

void Host::follow_replay(std::vector<Event>& out) {
    if (until_step_ < 0) return;
    while (job_->at_boundary() && !replay_.empty() && replay_.front().step <= job_->steps_done()) {
        const labs::Action next = replay_.front();
        replay_.erase(replay_.begin());
        const auto done = job_->set(next.name, next.value);
        if (!done.has_value()) {
            out.push_back(RunFailed{run_id_, done.error().message.then(done.error().next_step)});
            job_.reset();
            is_finished_ = true;
            return;
        }
        actions_.push_back(next);
        has_more_ = has_more_ || !job_->at_boundary();
    }
    if (job_->at_boundary() && job_->steps_done() >= until_step_) finish();
}

bool Host::one_unit(std::vector<Event>& out) {
    has_more_ = job_->step();
    apply_waiting_sets(out);
    follow_replay(out);
    if (!job_) return false;
    if (!has_more_) finish();
    if (single_step_until_ >= 0 && job_->at_boundary() && job_->steps_done() >= single_step_until_) {
        single_step_until_ = -1;
        must_report_ = true;
    }
    return has_more_;
}

bool Host::is_report_due() const {
    const double since_ms = clock_() - last_report_ms_;
    if (must_report_) return true;
    if (!is_acknowledged_) return since_ms > kResendAfter_ms;
    return !is_finished_ && !is_paused_ && since_ms >= kReportEvery_ms;
}

void Host::report(std::vector<Event>& out) {
    Progress progress{.run_id = run_id_,
                      .snapshot = job_->snapshot(),
                      .parts = {},
                      .actions = actions_,
                      .steps_done = job_->steps_done(),
                      .steps_per_second = steps_per_second_,
                      .is_paused = is_paused_ && single_step_until_ < 0,
                      .is_last = is_finished_};
    for (const labs::Series& series : job_->series()) {
        const auto found = acknowledged_.find(series.name);
        const int64_t known = found == acknowledged_.end() ? 0 : found->second;
        const auto size = static_cast<int64_t>(series.values.size());
        const int64_t from = known <= size && known >= 0 ? known : 0;
        const auto fresh = series.values.subspan(static_cast<size_t>(from));
        progress.parts.push_back({series.name, from, {fresh.begin(), fresh.end()}});
    }
    out.push_back(std::move(progress));
    must_report_ = false;
    is_acknowledged_ = false;
    last_report_ms_ = clock_();
}

bool Host::work(double budget_ms, std::vector<Event>& out) {
    if (!job_) return false;
    try {
        const double began_ms = clock_();
        // A pause in the middle of a step still goes on to its end when something waits for the boundary there.
        const auto may_work = [&] {
            return has_more_ && (is_finished_ || !is_paused_ || single_step_until_ >= 0 || !waiting_.empty());
        };
        while (may_work()) {
            if (!one_unit(out) || must_report_ || clock_() - began_ms >= budget_ms) break;
        }
        if (!job_) return false;  // a replay that could not go on
        work_ms_ += clock_() - began_ms;
        if (work_ms_ >= kRateWindow_ms) {
            steps_per_second_ = static_cast<double>(job_->steps_done() - rate_from_step_) / work_ms_ * 1000;
            rate_from_step_ = job_->steps_done();
            work_ms_ = 0;
        }
        if (is_report_due()) report(out);
        return may_work();
    } catch (const std::exception& problem) {
        out.push_back(RunFailed{run_id_, labs::Message("The run stopped because of a fault: {0}", {problem.what()})});
        job_.reset();
        is_finished_ = true;
        return false;
    }
}

}  // namespace terrarium::worker
