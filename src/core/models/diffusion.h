// Diffusion run backwards: from pure noise to a picture, one level of noise after another.
//
// With the predicted noise e and levels t > s (s = 0 is the picture):
//
//   guess of the picture   x_0' = (x_t - sqrt(1 - alpha_bar_t) e) / sqrt(alpha_bar_t)
//
//   DDPM   mean = (sqrt(alpha_bar_s) b x_0' + sqrt(a) (1 - alpha_bar_s) x_t) / (1 - alpha_bar_t)
//          x_s = mean + sqrt(b (1 - alpha_bar_s) / (1 - alpha_bar_t)) z,   a = alpha_bar_t / alpha_bar_s, b = 1 - a
//   DDIM   sigma = eta sqrt((1 - alpha_bar_s) / (1 - alpha_bar_t)) sqrt(b)
//          x_s = sqrt(alpha_bar_s) x_0' + sqrt(1 - alpha_bar_s - sigma^2) e + sigma z
//
// z is fresh normal noise. DDPM is DDIM with eta = 1; with eta = 0 nothing is drawn after the first noise, and few
// steps are enough. Both may jump over levels; between neighbours a and b are 1 - beta_t and beta_t of the paper.
//
// Guidance by the class: e = e_none + w (e_class - e_none). w = 0 ignores the class, w = 1 asks for it as it was
// learned, larger w exaggerates what tells it from the others. Ho & Salimans write w - 1 for it.
//
// The guess x_0' can be held within a limit; then e is changed to fit it, as image models do: at the highest levels
// sqrt(alpha_bar_t) is so small that a tiny error of e would throw the guess far away.
//
// Sources: Ho, Jain, Abbeel (2020), algorithm 2 and equation 7; Song, Meng, Ermon, Denoising Diffusion Implicit Models
// (2021), equations 12 and 16; Ho & Salimans, Classifier-Free Diffusion Guidance (2022), equation 6.

#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "core/models/denoiser.h"

namespace terrarium::core {

/// The guess of the picture, held within [-limit, limit]; noise is changed where that cut the guess.
/// guess  out [n]    noise  in and out [n]    x_t  in [n]
template <class L>
void guess_picture(Span<L> guess, Span<L> noise, ConstSpan<L> x_t, int32_t level, double limit,
                   const NoiseSchedule& schedule);

/// x in: at level t, out: at level s. z in [n] is empty where nothing is drawn. Checks: 0 <= s < t, sizes.
template <class L>
void ddpm_step(Span<L> x, ConstSpan<L> guess, ConstSpan<L> z, int32_t t, int32_t s, const NoiseSchedule& schedule);
template <class L>
void ddim_step(Span<L> x, ConstSpan<L> guess, ConstSpan<L> noise, ConstSpan<L> z, int32_t t, int32_t s, double eta,
               const NoiseSchedule& schedule);

enum class SamplingMethod { Ddpm, Ddim };

struct SamplingPlan {
    SamplingMethod method = SamplingMethod::Ddpm;
    int32_t n_steps = 50;                                    ///< at most T; levels are spread evenly
    double eta = 0.0;                                        ///< DDIM only: 0 draws nothing, 1 is DDPM
    double guidance = 1.0;                                   ///< w
    double limit = std::numeric_limits<double>::infinity();  ///< of the guess, see above
};

/// The levels that a plan visits: n_steps + 1 numbers falling from T to 0. Checks: 1 <= n_steps <= T.
[[nodiscard]] std::vector<int32_t> levels_of(const SamplingPlan& plan, int32_t n_levels);

/// How often the network is asked for one picture: once per step, twice where guidance compares two predictions.
[[nodiscard]] int32_t predictions_per_picture(const SamplingPlan& plan, bool has_classes);

/// Samples one batch, step by step, so that the way can be shown. Nothing allocates in step().
template <class L>
class DiffusionSampler {
public:
    using S = typename L::Scalar;

    /// classes  what each row shall show, or kNoClass; decides N
    /// rng      its own copy: the first noise is drawn here, row by row, later noise in step()
    /// Checks: plan against the schedule, N <= the denoiser's max_rows, classes.
    DiffusionSampler(const Denoiser<L>& denoiser, const SamplingPlan& plan, std::span<const int32_t> classes,
                     const Rng& rng);

    /// One step down. Returns false when the pictures are finished. The denoiser is the one of the constructor (or a
    /// copy with other parameters); its forward pass is used, so a loss of its own is forgotten.
    bool step(Denoiser<L>& denoiser);

    [[nodiscard]] bool is_done() const { return position_ + 1 == static_cast<int32_t>(levels_.size()); }
    [[nodiscard]] int32_t level() const { return levels_[count_of(position_)]; }
    [[nodiscard]] int32_t steps_taken() const { return position_; }
    [[nodiscard]] int32_t steps_left() const { return static_cast<int32_t>(levels_.size()) - 1 - position_; }
    [[nodiscard]] ConstSpan<L> pictures() const { return x_; }  ///< [N,D] at the present level
    /// [N,D] what the last step thought the picture is; noise before the first step.
    [[nodiscard]] ConstSpan<L> guesses() const { return guess_; }

private:
    void predict_noise(Denoiser<L>& denoiser);

    SamplingPlan plan_;
    std::vector<int32_t> levels_, classes_, row_levels_;
    Rng rng_;
    int32_t position_ = 0;
    bool has_classes_ = false;
    std::vector<S> x_, guess_, noise_, z_;
};

}  // namespace terrarium::core
