// The denoiser of a diffusion model: a small network that is shown a noisy picture, told how noisy it is and what it
// should show, and says which noise was added. A picture here is any vector of D numbers: a point, a glyph.
//
//   training:  x_t = sqrt(alpha_bar_t) x_0 + sqrt(1 - alpha_bar_t) noise      t drawn evenly from 1..T, noise normal
//              loss = mean over all numbers of (predicted noise - noise)^2
//   network:   MLP of [x_t, time features of t, class as one-hot row] -> D numbers
//
// The network may say the noise or the picture; each follows from the other, because x_t is known:
//   noise = (x_t - sqrt(alpha_bar_t) picture) / sqrt(1 - alpha_bar_t)
// Noise has as many directions as there are numbers, pictures have few; so for pictures of many numbers a small network
// finds the picture easier to say. The loss is measured on what it says.
//
// Time features are sines and cosines of t at frequencies between 1 and 1/10000, on a scale of 1000 levels whatever T
// is. A one-hot class times the first layer's weights picks one row of them: these rows are the learned class rows. One
// more, the last, means "no class"; in training classes are replaced by it with a small probability, so that one
// network learns both predictions that guidance compares (diffusion.h).
//
// What is simpler than in real image models: an MLP instead of a U-Net or a transformer, and the class enters at the
// first layer only.
// Sources: Ho, Jain, Abbeel, Denoising Diffusion Probabilistic Models (2020), algorithm 1 and equation 14; Vaswani et
// al., Attention Is All You Need (2017), 3.5, for the time features; Ho & Salimans, Classifier-Free Diffusion Guidance
// (2022), algorithm 1, for dropped classes; Salimans & Ho, Progressive Distillation (2022), section 4, for saying the
// picture.

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/models/mlp.h"
#include "core/models/noise_schedule.h"
#include "core/support/rng.h"

namespace terrarium::core {

/// Class of a row that has none.
inline constexpr int32_t kNoClass = -1;

/// What the network says.
enum class Prediction { Noise, Picture };

struct DenoiserShape {
    int32_t size = 2;            ///< D, numbers of one picture
    int32_t n_classes = 0;       ///< 0: never told what to show
    int32_t time_features = 16;  ///< an even number
    int32_t hidden_width = 64;
    int32_t n_hidden = 2;  ///< hidden layers
    Activation activation = Activation::Silu;
    Prediction prediction = Prediction::Noise;

    friend bool operator==(const DenoiserShape&, const DenoiserShape&) = default;
};

/// The network inside: D + time features + (n_classes + 1) inputs, D outputs. Without classes there are no class rows.
[[nodiscard]] MlpShape network_of(const DenoiserShape& shape);

/// Empty when a denoiser of this shape can be built; otherwise one sentence that says what to change.
[[nodiscard]] Message why_invalid(const DenoiserShape& shape);

/// x_t[n,:] = signal(t_n) x_0[n,:] + noise(t_n) noise[n,:]: any level in one step.
///
/// x_t     out [N,D]
/// x_0     in  [N,D]
/// noise   in  [N,D]  normal numbers
/// levels  in  [N]    in 0..T
/// Checks: sizes and levels.
template <class L>
void add_noise(Span<L> x_t, ConstSpan<L> x_0, ConstSpan<L> noise, std::span<const int32_t> levels,
               const NoiseSchedule& schedule);

template <class L>
class Denoiser {
public:
    using S = typename L::Scalar;

    /// max_rows  the largest N that it will see, in training and in sampling
    /// Checks: why_invalid(shape) is empty, max_rows >= 1. Parameters start as zeros.
    Denoiser(const DenoiserShape& shape, const NoiseSchedule& schedule, int max_rows);

    /// As the network's (mlp.h), but the output layer starts at zero: it first says 0, whatever it sees.
    void initialise(Rng& rng);

    [[nodiscard]] const DenoiserShape& shape() const { return shape_; }
    [[nodiscard]] const NoiseSchedule& schedule() const { return schedule_; }
    [[nodiscard]] int max_rows() const { return network_.max_rows(); }
    [[nodiscard]] Mlp<L>& network() { return network_; }
    [[nodiscard]] const Mlp<L>& network() const { return network_; }
    [[nodiscard]] Span<L> parameters() { return network_.parameters(); }
    [[nodiscard]] ConstSpan<L> parameters() const { return network_.parameters(); }
    [[nodiscard]] Span<L> gradients() { return network_.gradients(); }
    void zero_gradients() { network_.zero_gradients(); }

    /// The noise that the network sees in each row; [N,D], valid until the next call.
    /// x_t      in [N,D]
    /// levels   in [N]  in 1..T
    /// classes  in [N]  in 0..n_classes-1 or kNoClass; empty: no row has a class
    ConstSpan<L> predict(ConstSpan<L> x_t, std::span<const int32_t> levels, std::span<const int32_t> classes);

    /// Loss at given levels and with given noise: what training minimises, without its chance. Levels in 1..T.
    double forward_at(ConstSpan<L> x_0, ConstSpan<L> noise, std::span<const int32_t> levels,
                      std::span<const int32_t> classes);

    /// Draws a level and noise for every row, drops each class with probability drop_fraction, and returns the loss.
    /// A class is drawn for or not whether or not the row has one, so the same seed meets the same noise.
    double forward(ConstSpan<L> x_0, std::span<const int32_t> classes, double drop_fraction, Rng& rng);

    /// Adds scale times the gradient of the last loss to gradients(). Checks: a forward came before, once per backward.
    void backward(double scale = 1.0);

private:
    ConstSpan<L> run_network(ConstSpan<L> x_t, std::span<const int32_t> levels, std::span<const int32_t> classes);

    DenoiserShape shape_;
    NoiseSchedule schedule_;
    Mlp<L> network_;
    std::vector<S> time_table_;  ///< [T+1, time features]
    std::vector<S> inputs_, x_t_, noise_, predicted_, d_output_;
    std::vector<int32_t> levels_, classes_;
    std::size_t rows_ = 0;
    bool has_loss_ = false;
};

}  // namespace terrarium::core
