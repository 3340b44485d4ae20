#include "core/models/diffusion.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

void check_levels(int32_t t, int32_t s) {
    TERRARIUM_CHECK(s >= 0 && s < t, "A step of sampling goes down to a lower level.");
}

/// x[i] = a x[i] + b y[i] + c z[i]; the last term only where z has numbers.
template <class L>
void blend(Span<L> x, ConstSpan<L> y, ConstSpan<L> z, double a, double b, double c) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(y.size() == x.size() && (z.empty() || z.size() == x.size()), "Every number needs its own noise.");
    const L la = L::splat(static_cast<S>(a)), lb = L::splat(static_cast<S>(b)), lc = L::splat(static_cast<S>(c));
    for_each_group<L>(static_cast<int>(x.size()), [&](auto group) {
        L sum = group.load(x.data()) * la + group.load(y.data()) * lb;
        if (!z.empty()) sum = sum + group.load(z.data()) * lc;
        group.store(x.data(), sum);
    });
}

}  // namespace

template <class L>
void guess_picture(Span<L> guess, Span<L> noise, ConstSpan<L> x_t, int32_t level, double limit,
                   const NoiseSchedule& schedule) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(guess.size() == x_t.size() && noise.size() == x_t.size(), "Every number needs its own noise.");
    const S signal = static_cast<S>(schedule.signal(level)), noise_share = static_cast<S>(schedule.noise(level));
    const S largest = static_cast<S>(limit);
    for (std::size_t i = 0; i < x_t.size(); ++i) {
        const S free = (x_t[i] - noise_share * noise[i]) / signal;
        const S held = free > largest ? largest : (free < -largest ? -largest : free);  // NaN stays
        guess[i] = held;
        if (held != free) noise[i] = (x_t[i] - signal * held) / noise_share;
    }
}

template <class L>
void ddpm_step(Span<L> x, ConstSpan<L> guess, ConstSpan<L> z, int32_t t, int32_t s, const NoiseSchedule& schedule) {
    check_levels(t, s);
    const double at = schedule.alpha_bar(t), as = schedule.alpha_bar(s), a = at / as, b = 1.0 - a;
    blend<L>(x, guess, z, sqrt(a) * (1.0 - as) / (1.0 - at), sqrt(as) * b / (1.0 - at),
             sqrt(b * (1.0 - as) / (1.0 - at)));
}

template <class L>
void ddim_step(Span<L> x, ConstSpan<L> guess, ConstSpan<L> noise, ConstSpan<L> z, int32_t t, int32_t s, double eta,
               const NoiseSchedule& schedule) {
    check_levels(t, s);
    const double at = schedule.alpha_bar(t), as = schedule.alpha_bar(s);
    const double variance = eta * eta * (1.0 - as) / (1.0 - at) * (1.0 - at / as);
    const double rest = 1.0 - as - variance;
    TERRARIUM_CHECK(noise.size() == x.size(), "Every number needs its own noise.");
    std::copy(noise.begin(), noise.end(), x.begin());
    blend<L>(x, guess, z, sqrt(rest > 0.0 ? rest : 0.0), sqrt(as), sqrt(variance));  // rounding may leave -1e-17
}

std::vector<int32_t> levels_of(const SamplingPlan& plan, int32_t n_levels) {
    TERRARIUM_CHECK(plan.n_steps >= 1 && plan.n_steps <= n_levels, "Sampling takes between 1 step and one per level.");
    std::vector<int32_t> levels;
    for (int64_t left = plan.n_steps; left >= 0; --left) {
        levels.push_back(static_cast<int32_t>(n_levels * left / plan.n_steps));
    }
    return levels;
}

int32_t predictions_per_picture(const SamplingPlan& plan, bool has_classes) {
    const bool compares = has_classes && plan.guidance != 0.0 && plan.guidance != 1.0;
    return plan.n_steps * (compares ? 2 : 1);
}

template <class L>
DiffusionSampler<L>::DiffusionSampler(const Denoiser<L>& denoiser, const SamplingPlan& plan,
                                      std::span<const int32_t> classes, const Rng& rng)
    : plan_(plan),
      levels_(levels_of(plan, denoiser.schedule().n_levels())),
      classes_(classes.begin(), classes.end()),
      row_levels_(classes.size()),
      rng_(rng),
      x_(classes.size() * count_of(denoiser.shape().size)) {
    TERRARIUM_CHECK(!classes.empty() && classes.size() <= count_of(denoiser.max_rows()),
                    "Sampling needs at least one row, and no more than the denoiser was built for.");
    TERRARIUM_CHECK(plan.eta >= 0.0 && plan.eta <= 1.0, "The share of fresh noise, eta, lies between 0 and 1.");
    TERRARIUM_CHECK(plan.limit > 0.0, "The limit of the guess must be positive.");
    has_classes_ = std::any_of(classes.begin(), classes.end(), [](int32_t c) { return c != kNoClass; });
    for (S& x : x_) x = static_cast<S>(rng_.normal());
    guess_ = x_;
    noise_ = x_;
    z_.resize(x_.size());
}

template <class L>
void DiffusionSampler<L>::predict_noise(Denoiser<L>& denoiser) {
    std::fill(row_levels_.begin(), row_levels_.end(), level());
    const bool asks_none = !has_classes_ || plan_.guidance == 0.0;
    const ConstSpan<L> first =
        denoiser.predict(x_, row_levels_, asks_none ? std::span<const int32_t>() : std::span<const int32_t>(classes_));
    std::copy(first.begin(), first.end(), noise_.begin());
    if (asks_none || plan_.guidance == 1.0) return;
    const ConstSpan<L> without = denoiser.predict(x_, row_levels_, {});
    const L w = L::splat(static_cast<S>(plan_.guidance));
    for_each_group<L>(static_cast<int>(noise_.size()), [&](auto group) {
        const L none = group.load(without.data());
        group.store(noise_.data(), none + w * (group.load(noise_.data()) - none));
    });
}

template <class L>
bool DiffusionSampler<L>::step(Denoiser<L>& denoiser) {
    if (is_done()) return false;
    const int32_t t = level(), s = levels_[count_of(position_) + 1];
    predict_noise(denoiser);
    guess_picture<L>(guess_, noise_, x_, t, plan_.limit, denoiser.schedule());
    // The last step adds nothing: at level 0 both formulas have a variance of 0.
    const bool draws = s > 0 && (plan_.method == SamplingMethod::Ddpm || plan_.eta > 0.0);
    if (draws) {
        for (S& z : z_) z = static_cast<S>(rng_.normal());
    }
    const ConstSpan<L> z = draws ? ConstSpan<L>(z_) : ConstSpan<L>();
    if (plan_.method == SamplingMethod::Ddpm) {
        ddpm_step<L>(x_, guess_, z, t, s, denoiser.schedule());
    } else {
        ddim_step<L>(x_, guess_, noise_, z, t, s, plan_.eta, denoiser.schedule());
    }
    ++position_;
    return !is_done();
}

template decltype(guess_picture<Simd4f>) guess_picture<Simd4f>;
template decltype(guess_picture<Scalar4f>) guess_picture<Scalar4f>;
template decltype(guess_picture<Scalar4d>) guess_picture<Scalar4d>;
template decltype(ddpm_step<Simd4f>) ddpm_step<Simd4f>;
template decltype(ddpm_step<Scalar4f>) ddpm_step<Scalar4f>;
template decltype(ddpm_step<Scalar4d>) ddpm_step<Scalar4d>;
template decltype(ddim_step<Simd4f>) ddim_step<Simd4f>;
template decltype(ddim_step<Scalar4f>) ddim_step<Scalar4f>;
template decltype(ddim_step<Scalar4d>) ddim_step<Scalar4d>;
template class DiffusionSampler<Simd4f>;
template class DiffusionSampler<Scalar4f>;
template class DiffusionSampler<Scalar4d>;

}  // namespace terrarium::core
