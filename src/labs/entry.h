// Wraps a lab's plain structs and functions into the interfaces of lab.h, so that a lab writes none of this.
//
// A lab (namespace `the_lab`) provides
//   Config, Snapshot, Goal       plain structs with JSON conversions; Snapshot has status, step and series(name)
//   read_config(Fields&, const Content&, Config&)   each value with its limits
//   artefacts_of(const Config&)  names of the larger inputs
//   Job                          create(config, artefacts), step(), at_boundary(), snapshot(), series(), set(),
//   answer() check(snapshot, goal)        the challenge View                         draw(run, snapshot, config),
//   receive_answer(), receive_text() ...
// A sweep, whose run can be shared among workers, has Job::kMaxParts, Job::take_part(part, n_parts) and
// Snapshot::merged(parts).

#pragma once

#include <algorithm>
#include <memory>
#include <utility>

#include "core/io/fields.h"
#include "core/support/check.h"
#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::labs {

template <class Job>
class JobAdaptor final : public AnyJob {
public:
    explicit JobAdaptor(std::unique_ptr<Job> job) : job_(std::move(job)) {}
    bool step() override { return job_->step(); }
    bool at_boundary() const override { return job_->at_boundary(); }
    int64_t steps_done() const override { return job_->snapshot().step; }
    json snapshot() const override { return job_->snapshot(); }
    std::vector<Series> series() const override { return job_->series(); }
    core::Result<bool> set(const std::string& name, const json& value) override { return job_->set(name, value); }
    json answer(const json& question) override { return job_->answer(question); }
    void take_part(int part, int n_parts) override {
        if constexpr (requires { Job::kMaxParts; }) job_->take_part(part, n_parts);
    }
    Verdict check(const json& goal) const override { return job_->check(goal.get<typename Job::Goal>()); }

private:
    std::unique_ptr<Job> job_;
};

template <class View>
class ViewAdaptor final : public AnyView {
public:
    using Config = typename View::Config;
    using Snapshot = typename View::Snapshot;

    explicit ViewAdaptor(const Content& content) : view_(content) {}

    void receive(const json& snapshot, int part, int n_parts) override {
        if constexpr (requires { Snapshot::merged(parts_); }) {
            parts_.resize(static_cast<size_t>(n_parts));
            parts_[static_cast<size_t>(part)] = snapshot.get<Snapshot>();
            snapshot_ = Snapshot::merged(parts_);
            return;
        }
        Snapshot fresh = snapshot.get<Snapshot>();
        fresh.take_series_from(snapshot_);
        snapshot_ = std::move(fresh);
    }
    void receive_series(const std::string& name, int64_t from, std::span<const float> values) override {
        std::vector<float>* known = snapshot_.series(name);
        const auto size = known == nullptr ? 0 : static_cast<int64_t>(known->size());
        if (known == nullptr || from > size) return;  // a hole: the host sends it again from what we acknowledge
        const auto skip = static_cast<std::ptrdiff_t>(size - from);
        if (skip >= std::ssize(values)) return;
        known->insert(known->end(), values.begin() + skip, values.end());
    }
    void receive_answer(const std::string& kind, const json& answer) override { view_.receive_answer(kind, answer); }
    void clear() override {
        snapshot_ = {};
        parts_.clear();
        view_.clear();
    }
    Intents draw(const RunInfo& run) override { return view_.draw(run, snapshot_, config_); }
    json config() const override { return config_; }
    void set_config(const json& config) override { config_ = config.get<Config>(); }
    Verdict check(const json& goal) const override { return View::check(snapshot_, goal.get<typename View::Goal>()); }
    Status status() const override { return snapshot_.status; }
    int64_t steps_done() const override { return snapshot_.step; }
    std::vector<Series> series() const override { return snapshot_.all_series(); }
    void receive_text(const std::string& key, std::string text, std::string note) override {
        view_.receive_text(key, std::move(text), std::move(note), config_);
    }
    Artefacts own_artefacts() const override { return view_.own_artefacts(); }
    Outcome outcome(const std::string& question_id) const override { return view_.outcome(question_id, snapshot_); }
    std::map<std::string, double> quantities() const override { return View::quantities(snapshot_); }
    std::vector<core::io::PassportMetric> passport_metrics() const override {
        return View::passport_metrics(snapshot_);
    }
    void predicted(const std::string& question_id, const json& answer) override {
        view_.predicted(question_id, answer);
    }

private:
    View view_;
    Config config_;
    Snapshot snapshot_;
    std::vector<Snapshot> parts_;  ///< of a sweep: what each of its jobs last said
};

template <class Job>
core::Result<std::unique_ptr<AnyJob>> make_job(const json& config, const Artefacts& artefacts) {
    auto job = Job::create(config.get<typename Job::Config>(), artefacts);
    if (!job) return job.error();
    return std::unique_ptr<AnyJob>(std::make_unique<JobAdaptor<Job>>(std::move(job).value()));
}

template <class View>
std::unique_ptr<AnyView> make_view(const Content& content) {
    return std::make_unique<ViewAdaptor<View>>(content);
}

/// The first name of the lab's Goal that the content lacks, or has as something that is no number; "" when all are
/// there.
template <class Goal>
std::string missing_in_goal(const json& goal) {
    const json names = Goal();  // items() of a temporary would outlive it
    for (const auto& [name, value] : names.items()) {
        const auto found = goal.find(name);
        if (found == goal.end() || found->is_number() != value.is_number()) return name;
    }
    return {};
}

template <class Config, class Goal, void (*read)(core::io::Fields&, const Content&, Config&)>
core::Result<json> read_any_config(const json& overrides, const Content& content, bool is_from_address,
                                   std::vector<core::Error>& notes) {
    using namespace core::io;
    Config config;
    FieldReport defaults_report(content_path(content.id), {}, Source::File);
    Fields defaults(content.defaults, defaults_report);
    read(defaults, content, config);
    defaults.finish();
    if (!defaults_report.ok()) return defaults_report.error();
    if (const std::string name = missing_in_goal<Goal>(content.challenge.goal); !name.empty()) {
        return core::Error{"goal", Message("{0}, at {1}", {content_path(content.id), "/steps/challenge/goal/" + name}),
                           Message("The goal of this lab needs the number {0}.", {name}),
                           "Add it; the lab's header says what it means."};
    }
    FieldReport report(is_from_address ? "the address" : "the settings", {},
                       is_from_address ? Source::Address : Source::File);
    Fields fields(overrides, report);
    read(fields, content, config);
    fields.finish();
    if (!report.ok()) return report.error();
    for (const core::Error& warning : report.warnings()) {
        // A name that is not known here may belong to another version, or to the page around it: no word about it.
        if (is_from_address && warning.code == "field.unknown") continue;
        notes.push_back(warning);
    }
    return json(config);
}

template <class Config, std::vector<std::string> (*names)(const Config&)>
std::vector<std::string> artefacts_of_any(const json& config) {
    return names(config.get<Config>());
}

/// The one line by which a lab describes itself.
template <class Job, class View, auto read_config, auto artefacts_of>
constexpr LabEntry make_entry(std::string_view id) {
    using Config = typename Job::Config;
    int max_parts = 1;
    if constexpr (requires { Job::kMaxParts; }) max_parts = Job::kMaxParts;
    return {.id = id,
            .max_parts = max_parts,
            .make_job = &make_job<Job>,
            .make_view = &make_view<View>,
            .read_config = &read_any_config<Config, typename Job::Goal, read_config>,
            .artefacts_of = &artefacts_of_any<Config, artefacts_of>};
}

}  // namespace terrarium::labs
