// What the diffusion lab answers: the way from noise to picture, true examples under noise, fresh samples; and the
// challenge.

#include <algorithm>
#include <cmath>
#include <span>

#include "core/tensor/shape.h"
#include "labs/m2_pretraining/diffusion/lab.h"

namespace terrarium::labs::diffusion {
namespace {

using core::count_of;

constexpr int32_t kMostSamplingSteps = 100;  // of a fresh set, which is drawn while the run waits

json binary_floats(std::span<const float> values) {
    const auto* bytes = reinterpret_cast<const uint8_t*>(values.data());
    return json::binary(std::vector<uint8_t>(bytes, bytes + values.size_bytes()));
}

std::string percent(double share) { return core::fixed(100.0 * share, 0); }

}  // namespace

json Job::answer(const json& question) {
    const std::string kind = question.value("kind", std::string());
    if (kind == "path") return path();
    if (kind == "noised") return noised(question);
    if (kind == "sample") return fresh_sample(question);
    return json::object();
}

json Job::path() const {
    if (kept_levels_.empty()) return json::object();
    const std::vector<int32_t> kinds(kinds_.begin(), kinds_.begin() + std::ssize(example_classes_));
    return {{"step", snapshot_.measured_at},
            {"size", shape_.size()},
            {"kinds", kinds},
            {"levels", kept_levels_},
            {"frames", binary_floats(kept_frames_)},
            {"truth", binary_floats(examples_)}};
}

json Job::noised(const json& question) {
    const int32_t level = std::clamp(question.value("level", 0), 0, schedule_.n_levels());
    core::Rng rng = root_.fork("shown noise");
    std::vector<float> noise(examples_.size()), out(examples_.size());
    for (float& z : noise) z = static_cast<float>(rng.normal());
    const std::vector<int32_t> levels(example_classes_.size(), level);
    core::add_noise<L>(out, examples_, noise, levels, schedule_);
    return {{"level", level},
            {"size", shape_.size()},
            {"signal", schedule_.signal(level)},
            {"noise", schedule_.noise(level)},
            {"kinds", example_classes_},
            {"values", binary_floats(out)}};
}

json Job::fresh_sample(const json& question) {
    const double guidance = question.value("guidance", 1.0);
    if (!(guidance >= 0.0) || !std::isfinite(guidance)) return json::object();
    const int32_t n_steps = std::min(question.value("sampling_steps", 50), kMostSamplingSteps);
    const core::SamplingPlan plan = plan_of(question.value("method", std::string("ddpm")), n_steps, guidance);
    const auto seed = question.value("seed", int64_t{0});
    Sampler sampler(averaged_, plan, kinds_, root_.fork("fresh " + std::to_string(seed)));
    std::vector<float> frames;
    std::vector<int32_t> levels;
    keep_frame(sampler, frames, levels);
    while (!sampler.is_done()) {
        sampler.step(averaged_);
        keep_frame(sampler, frames, levels);
    }
    std::vector<int32_t> counts(kParts, 0);
    const std::size_t D = count_of(shape_.size());
    for (std::size_t i = 0; i < kinds_.size(); ++i) {
        const int32_t part = shape_.part_of(sampler.pictures().subspan(i * D, D));
        if (part >= 0) ++counts[count_of(part)];
    }
    const std::vector<int32_t> kinds(kinds_.begin(), kinds_.begin() + std::ssize(example_classes_));
    return {{"step", snapshot_.step},
            {"size", shape_.size()},
            {"kinds", kinds},
            {"levels", levels},
            {"frames", binary_floats(frames)},
            {"coverage", coverage_of(counts, snapshot_.n_samples)}};
}

// ---- challenge -----------------------------------------------------------------------------------------------------

Verdict Job::check(const Goal& goal) const { return diffusion::check(snapshot_, goal); }

namespace {

struct Best {
    bool is_measured = false, is_met = false;
    double parts = 0, on_share = 0;
};

/// The measurement within the budget that comes nearest to the goal: of those with enough parts the one with the
/// largest share, else the one with the most parts.
Best best_of(const Snapshot& snapshot, const Goal& goal) {
    Best best;
    const size_t n = std::min({snapshot.measured_step.size(), snapshot.parts_hit.size(), snapshot.on_share.size()});
    for (size_t i = 0; i < n; ++i) {
        if (static_cast<int64_t>(snapshot.measured_step[i]) > goal.within_steps) continue;
        const auto parts = static_cast<double>(snapshot.parts_hit[i]),
                   share = static_cast<double>(snapshot.on_share[i]);
        const double counted = std::min(parts, goal.min_parts), known = std::min(best.parts, goal.min_parts);
        if (best.is_measured && (counted < known || (counted == known && share <= best.on_share))) continue;
        best = {true, parts >= goal.min_parts && share >= goal.min_on_share, parts, share};
    }
    return best;
}

}  // namespace

Verdict check(const Snapshot& snapshot, const Goal& goal) {
    Verdict verdict;
    const bool is_ring = snapshot.shape == "ring";
    const Best best = is_ring ? best_of(snapshot, goal) : Best{};
    const bool has_parts = best.is_measured && best.parts >= goal.min_parts;
    const bool has_share = best.is_measured && best.on_share >= goal.min_on_share;
    const auto share = [](double state, double need) { return need > 0 ? std::clamp(state / need, 0.0, 1.0) : 1.0; };
    const std::string parts = core::fixed(best.parts, 0), wanted = core::fixed(goal.min_parts, 0);
    verdict.conditions = {
        {"parts", has_parts, best.is_measured ? Message("{0} of 8", {parts}) : Message("not yet"),
         Message("≥ {0}", {wanted}), share(best.parts, goal.min_parts)},
        {"on_share", has_share, best.is_measured ? Message("{0} %", {percent(best.on_share)}) : Message("not yet"),
         Message("≥ {0} %", {percent(goal.min_on_share)}), share(best.on_share, goal.min_on_share)},
        {"within_steps", best.is_met, Message("{0}", {std::to_string(std::min(snapshot.step, goal.within_steps))}),
         Message("≤ {0}", {std::to_string(goal.within_steps)}),
         best.is_met ? 1 : share(static_cast<double>(snapshot.step), static_cast<double>(goal.within_steps))}};
    verdict.passed = best.is_met;
    const bool is_over = snapshot.status != Status::Running;
    if (snapshot.status == Status::Idle) {
        verdict.reason = Message("Start a run first.");
    } else if (!is_ring) {
        verdict.reason = Message("The challenge counts on the ring of eight groups.");
    } else if (best.is_met) {
        verdict.reason = Message("Your samples reach {0} of 8 groups, and {1} % of them lie on one.",
                                 {parts, percent(best.on_share)});
    } else if (snapshot.status == Status::Diverged) {
        verdict.reason = Message("The loss exploded: lower the learning rate and train again.");
    } else if (!best.is_measured) {
        verdict.reason = Message("Wait for the first samples.");
    } else if (!has_parts && snapshot.guidance > 2.0 && is_over) {
        verdict.reason = Message(
            "Only {0} of 8 groups are reached: a guidance of {1} draws what is typical of a kind, "
            "and forgets the rest.",
            {parts, core::fixed(snapshot.guidance, 1)});
    } else if (!has_parts) {
        verdict.reason = Message("{0} of 8 groups are reached; {1} are needed.", {parts, wanted});
    } else if (snapshot.step < goal.within_steps && is_over) {
        verdict.reason =
            Message("{0} % of the samples lie on a group. There are steps left in the budget: train longer.",
                    {percent(best.on_share)});
    } else {
        verdict.reason = Message("{0} % of the samples lie on a group; {1} % are needed.",
                                 {percent(best.on_share), percent(goal.min_on_share)});
    }
    return verdict;
}

}  // namespace terrarium::labs::diffusion
