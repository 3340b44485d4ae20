// A lab that only counts: the smallest thing that a host can run, so that tests of the host see nothing else.
//
// One optimiser step is two units. The loss of a step is 100 * rate + step, so the series shows at which step a change
// of the rate took effect. The command "slow" takes some units of its own.

#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "labs/content.h"
#include "labs/lab.h"

namespace terrarium::tests {

using nlohmann::json;

class CountingJob final : public labs::AnyJob {
public:
    explicit CountingJob(int64_t max_steps) : max_steps_(max_steps) {}

    bool step() override {
        if (n_slow_units_ > 0 && --n_slow_units_ >= 0) return n_slow_units_ > 0 || has_more();
        is_half_ = !is_half_;
        if (!is_half_) loss_.push_back(static_cast<float>(100 * rate_) + static_cast<float>(loss_.size()));
        return has_more();
    }
    void take_part(int, int) override {}
    bool at_boundary() const override { return !is_half_ && n_slow_units_ == 0; }
    int64_t steps_done() const override { return std::ssize(loss_); }
    json snapshot() const override { return {{"step", steps_done()}, {"rate", rate_}}; }
    std::vector<labs::Series> series() const override { return {{"loss", loss_}}; }
    core::Result<bool> set(const std::string& name, const json& value) override {
        if (name == "stop") {
            is_stopped_ = true;
            return true;
        }
        if (name == "slow") {
            n_slow_units_ = value.get<int>();
            return true;
        }
        if (name != "rate" || !value.is_number()) return core::Error{"unknown", name, "This cannot be changed.", ""};
        rate_ = value.get<double>();
        return true;
    }
    json answer(const json& question) override {
        if (question == "break") throw std::runtime_error("the answer broke");
        return {{"step", steps_done()}, {"question", question}};
    }
    labs::Verdict check(const json&) const override { return {}; }

private:
    bool has_more() const { return !is_stopped_ && steps_done() < max_steps_; }

    int64_t max_steps_;
    int n_slow_units_ = 0;  ///< that a command has asked for, also after the end
    double rate_ = 1;
    bool is_half_ = false, is_stopped_ = false;
    std::vector<float> loss_;
};

/// Config: {"steps": N}; refuses a negative number, and one that is no number throws as a broken message would.
inline core::Result<std::unique_ptr<labs::AnyJob>> make_counting_job(const json& config, const labs::Artefacts&) {
    const auto steps = config.at("steps").get<int64_t>();
    if (steps < 0) return core::Error{"range", "steps", "There are no negative steps.", "Take a number from 0 on."};
    return std::unique_ptr<labs::AnyJob>(std::make_unique<CountingJob>(steps));
}

inline const labs::LabEntry& counting_lab() {
    static constexpr labs::LabEntry kLab{.id = "test.counting",
                                         .make_job = &make_counting_job,
                                         .make_view = nullptr,
                                         .read_config = nullptr,
                                         .artefacts_of = nullptr};
    return kLab;
}

inline const labs::LabEntry* find_counting_lab(std::string_view id) {
    return id == counting_lab().id ? &counting_lab() : nullptr;
}

}  // namespace terrarium::tests
