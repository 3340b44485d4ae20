// How much noise diffusion adds at each of its T levels, and what follows from it in closed form.
//
//   x_t = sqrt(1 - beta_t) x_{t-1} + sqrt(beta_t) noise                       one level more
//   x_t = sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) noise                 all levels at once
//   alpha_bar_t = product over s = 1..t of (1 - beta_s),  alpha_bar_0 = 1
//
// Signal and noise always share a variance of 1: data of variance 1 keeps it at every level. Level 0 is the data, level
// T nearly pure noise.
//
//   Linear  beta grows evenly from 0.0001 to 0.02 when T is 1000; other T scale both by 1000/T, so that short schedules
//           end in noise as well. Source: Ho, Jain, Abbeel, Denoising Diffusion Probabilistic Models (2020), section 4.
//   Cosine  alpha_bar_t = f(t)/f(0), f(t) = cos^2((t/T + 0.008) / 1.008 * pi/2): slower at both ends. Source: Nichol &
//           Dhariwal, Improved Denoising Diffusion Probabilistic Models (2021), equation 17.
//
// In both, beta is at most 0.999, as in the second paper.

#pragma once

#include <cstdint>
#include <vector>

namespace terrarium::core {

enum class BetaSchedule { Linear, Cosine };

class NoiseSchedule {
public:
    /// Checks: 1 <= n_levels <= 10000.
    NoiseSchedule(BetaSchedule kind, int32_t n_levels);

    [[nodiscard]] int32_t n_levels() const { return static_cast<int32_t>(alpha_bars_.size()) - 1; }  ///< T

    [[nodiscard]] double beta(int32_t level) const;       ///< of levels 1..T
    [[nodiscard]] double alpha_bar(int32_t level) const;  ///< of levels 0..T, falling from 1
    [[nodiscard]] double signal(int32_t level) const;     ///< sqrt(alpha_bar): share of the data
    [[nodiscard]] double noise(int32_t level) const;      ///< sqrt(1 - alpha_bar): share of the noise

private:
    std::vector<double> betas_, alpha_bars_;  ///< [T+1], betas_[0] = 0
};

}  // namespace terrarium::core
