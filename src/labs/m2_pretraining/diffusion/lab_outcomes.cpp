// How a run answers the predictions, and the numbers that the questions may ask about.

#include <algorithm>
#include <cmath>

#include "labs/m2_pretraining/diffusion/lab.h"

namespace terrarium::labs::diffusion {
namespace {

bool is_over(const Snapshot& snapshot) {
    return snapshot.status == Status::Done || snapshot.status == Status::Stopped || snapshot.status == Status::Diverged;
}

std::string percent(double share) { return core::fixed(100.0 * share, 0); }

/// Mean of the training losses from one share of the run to another: one batch alone jumps about.
double mean_loss(const Snapshot& snapshot, double from, double to) {
    const auto n = static_cast<double>(snapshot.train_loss.size());
    const auto first = static_cast<size_t>(from * n), end = static_cast<size_t>(to * n);
    double sum = 0;
    for (size_t i = first; i < end; ++i) sum += static_cast<double>(snapshot.train_loss[i]);
    return end > first ? sum / static_cast<double>(end - first) : std::nan("");
}
/// The last tenth of the run.
double end_loss(const Snapshot& snapshot) { return mean_loss(snapshot, 0.9, 1.0); }

size_t n_measured(const Snapshot& snapshot) {
    return std::min({snapshot.measured_step.size(), snapshot.parts_hit.size(), snapshot.on_share.size()});
}

Outcome parts_reached(const json& answer, const Snapshot& snapshot) {
    if (!is_over(snapshot)) return {};
    const double guess = answer.is_number() ? answer.get<double>() : 0;
    const double parts = snapshot.coverage.parts_hit;
    return {Message("The samples reached {0} of 8 parts; your guess was {1}.",
                    {core::fixed(parts, 0), core::fixed(guess, 0)}),
            std::clamp(1.0 - std::abs(parts - guess) / 4.0, 0.0, 1.0),
            {},
            {}};
}

Outcome loss_at_end(const json& answer, const Snapshot& snapshot) {
    if (!is_over(snapshot)) return {};
    const double loss = end_loss(snapshot);
    if (!std::isfinite(loss)) return {Message("This run ended before its loss was a number."), 0, {}, {}};
    const std::string truth = loss < 0.05 ? "zero" : loss < 0.6 ? "between" : "one";
    const std::vector<std::string> values = {core::fixed(loss, 2)};
    const bool is_right = truth == answer;
    return {is_right ? Message("Your guess was right: the loss ended at {0}.", values)
                     : Message("It came out differently: the loss ended at {0}.", values),
            is_right ? 1.0 : 0.0,
            {},
            {}};
}

/// The answer is the sketch's points as [x, y] pairs, in percent. A mean miss of 40 points is worth nothing.
Outcome share_curve(const json& answer, const Snapshot& snapshot) {
    if (!is_over(snapshot)) return {};
    const size_t n = n_measured(snapshot);
    if (n == 0) return {Message("This run ended before anything was measured."), 0, {}, {}};
    const std::vector<float> x(snapshot.measured_step.begin(), snapshot.measured_step.begin() + static_cast<long>(n));
    std::vector<float> y;
    for (size_t i = 0; i < n; ++i) y.push_back(100.0f * snapshot.on_share[i]);
    double missed = 0;
    int n_compared = 0;
    for (const json& point : answer) {
        const auto at = point.at(0).get<float>();
        const auto after = std::lower_bound(x.begin(), x.end(), at);
        if (after == x.end()) continue;  // the run was shorter than the sketch
        missed += std::abs(point.at(1).get<double>() - static_cast<double>(y[static_cast<size_t>(after - x.begin())]));
        ++n_compared;
    }
    const double miss = n_compared == 0 ? 40 : missed / n_compared;
    return {Message("On average your curve was {0} points away from the one that came.", {core::fixed(miss, 0)}),
            std::clamp(1.0 - miss / 40.0, 0.0, 1.0), x, y};
}

/// "From the middle of the run to its end, will the share of samples on the shape grow by more than 5 points?"
Outcome still_better(const Snapshot& snapshot) {
    const size_t n = n_measured(snapshot);
    if (!is_over(snapshot)) return {};
    if (n < 2) return {Message("This run ended before anything could be compared."), 0, {}, {}};
    size_t middle = 0;  // the last measurement that was not after the middle
    while (middle + 1 < n && 2 * snapshot.measured_step[middle + 1] <= snapshot.measured_step[n - 1]) ++middle;
    const auto before = static_cast<double>(snapshot.on_share[middle]);
    const auto after = static_cast<double>(snapshot.on_share[n - 1]);
    const std::vector<std::string> values = {percent(before), percent(after)};
    const bool grew = after > before + 0.05;
    return {grew ? Message("It happened: from the middle to the end the share went from {0} % to {1} %.", values)
                 : Message("It did not happen: from the middle to the end the share went from {0} % to {1} %.", values),
            grew ? 1.0 : 0.0,
            {},
            {}};
}

}  // namespace

Outcome outcome(const std::string& question_id, const json& answer, const Snapshot& snapshot) {
    if (question_id == "parts_reached") return parts_reached(answer, snapshot);
    if (question_id == "loss_at_end") return loss_at_end(answer, snapshot);
    if (question_id == "share_curve") return share_curve(answer, snapshot);
    if (question_id == "still_better") return still_better(snapshot);
    return {};
}

std::map<std::string, double> quantities(const Snapshot& snapshot) {
    if (!is_over(snapshot) || snapshot.train_loss.empty() || snapshot.measured_at < 0) return {};
    return {{"steps", static_cast<double>(snapshot.step)},
            {"examples_per_step", static_cast<double>(snapshot.rows_per_step)},
            {"examples_seen", static_cast<double>(snapshot.rows_per_step * snapshot.step)},
            {"end_loss", end_loss(snapshot)},
            {"parts_reached", static_cast<double>(snapshot.coverage.parts_hit)},
            {"on_percent", 100.0 * snapshot.coverage.on_share},
            {"true_percent", 100.0 * snapshot.true_share},
            {"sampling_steps", static_cast<double>(std::min(snapshot.sampling_steps, snapshot.n_levels))},
            {"predictions", static_cast<double>(snapshot.comparison.predictions)}};
}

std::vector<core::io::PassportMetric> passport_metrics(const Snapshot& snapshot) {
    std::vector<core::io::PassportMetric> known;
    const auto add = [&](std::string id, std::string words, std::string unit, double value) {
        if (std::isfinite(value)) known.push_back({std::move(id), std::move(words), std::move(unit), value});
    };
    if (snapshot.measured_at >= 0) {
        add("parts_hit", core::tr_later("Parts of the shape that samples reach, of 8"), "",
            snapshot.coverage.parts_hit);
        add("on_share", core::tr_later("Share of samples that lie on the shape"), "", snapshot.coverage.on_share);
    }
    if (!snapshot.train_loss.empty()) {
        add("train_loss", core::tr_later("Training loss, mean of the last tenth of the run"), "", end_loss(snapshot));
    }
    if (snapshot.n_samples == 0) return known;
    add("true_share", core::tr_later("Share of true examples that lie on the shape"), "", snapshot.true_share);
    add("n_parameters", core::tr_later("Parameters"), "", static_cast<double>(snapshot.comparison.denoiser_parameters));
    add("examples_seen", core::tr_later("Examples seen in training"), "",
        static_cast<double>(snapshot.rows_per_step * snapshot.step));
    add("n_levels", core::tr_later("Noise levels"), "", snapshot.n_levels);
    add("guidance", core::tr_later("Guidance weight in sampling"), "", snapshot.guidance);
    return known;
}

}  // namespace terrarium::labs::diffusion
