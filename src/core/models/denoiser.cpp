#include "core/models/denoiser.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

int32_t class_inputs(const DenoiserShape& shape) { return shape.n_classes > 0 ? shape.n_classes + 1 : 0; }

/// Sines, then cosines, of the level on a scale of 1000, at frequencies 10000^(-i / half).
template <class S>
std::vector<S> make_time_table(int32_t n_levels, int32_t n_features) {
    std::vector<S> table;
    const int32_t half = n_features / 2;
    for (int32_t level = 0; level <= n_levels; ++level) {
        const double time = 1000.0 * level / n_levels;
        for (int32_t i = 0; i < n_features; ++i) {
            const double angle = time * exp(-log(10000.0) * (i % half) / half);
            table.push_back(static_cast<S>(i < half ? sin(angle) : cos(angle)));
        }
    }
    return table;
}

const DenoiserShape& checked(const DenoiserShape& shape) {
    TERRARIUM_CHECK(why_invalid(shape).empty(), "A denoiser of this shape cannot be built; ask why_invalid() first.");
    return shape;
}

}  // namespace

MlpShape network_of(const DenoiserShape& shape) {
    MlpShape network{{shape.size + shape.time_features + class_inputs(shape)}, shape.activation};
    network.sizes.insert(network.sizes.end(), count_of(shape.n_hidden), shape.hidden_width);
    network.sizes.push_back(shape.size);
    return network;
}

Message why_invalid(const DenoiserShape& shape) {
    if (shape.size < 1 || shape.size > 4096) return Message("A picture must have between 1 and 4096 numbers.");
    if (shape.n_classes < 0 || shape.n_classes > 1024) return Message("There must be between 0 and 1024 classes.");
    if (shape.time_features < 2 || shape.time_features > 1024 || shape.time_features % 2 != 0)
        return Message("The number of time features must be even, between 2 and 1024.");
    if (shape.n_hidden < 0 || shape.n_hidden > 63) return Message("There must be between 0 and 63 hidden layers.");
    return why_invalid(network_of(shape));
}

template <class L>
void add_noise(Span<L> x_t, ConstSpan<L> x_0, ConstSpan<L> noise, std::span<const int32_t> levels,
               const NoiseSchedule& schedule) {
    using S = typename L::Scalar;
    TERRARIUM_CHECK(
        !levels.empty() && x_0.size() % levels.size() == 0 && x_t.size() == x_0.size() && noise.size() == x_0.size(),
        "Every row needs a level and as much noise as it has numbers.");
    const std::size_t D = x_0.size() / levels.size();
    for (std::size_t n = 0; n < levels.size(); ++n) {
        const L signal_share = L::splat(static_cast<S>(schedule.signal(levels[n])));
        const L noise_share = L::splat(static_cast<S>(schedule.noise(levels[n])));
        for_each_group<L>(static_cast<int>(D), [&](auto group) {
            group.store(x_t.data() + n * D,
                        group.load(x_0.data() + n * D) * signal_share + group.load(noise.data() + n * D) * noise_share);
        });
    }
}

template <class L>
Denoiser<L>::Denoiser(const DenoiserShape& shape, const NoiseSchedule& schedule, int max_rows)
    : shape_(checked(shape)),
      schedule_(schedule),
      network_(network_of(shape), max_rows),
      time_table_(make_time_table<S>(schedule.n_levels(), shape.time_features)),
      inputs_(count_of(max_rows, network_.shape().sizes.front())),
      x_t_(count_of(max_rows, shape.size)),
      noise_(x_t_.size()),
      predicted_(x_t_.size()),
      d_output_(x_t_.size()),
      levels_(count_of(max_rows)),
      classes_(count_of(max_rows)) {}

template <class L>
void Denoiser<L>::initialise(Rng& rng) {
    network_.initialise(rng);
    const Span<L> last = network_.weight(network_.n_layers() - 1);
    std::fill(last.begin(), last.end(), S(0));
}

/// What the network says about each row.
template <class L>
ConstSpan<L> Denoiser<L>::run_network(ConstSpan<L> x_t, std::span<const int32_t> levels,
                                      std::span<const int32_t> classes) {
    const std::size_t N = levels.size(), D = count_of(shape_.size), E = count_of(shape_.time_features);
    TERRARIUM_CHECK(N >= 1 && N <= count_of(max_rows()), "The batch has more rows than the denoiser was built for.");
    TERRARIUM_CHECK(x_t.size() == N * D && (classes.empty() || classes.size() == N),
                    "Every row needs D numbers, a level, and a class or none at all.");
    has_loss_ = false;
    const std::size_t width = count_of(network_.shape().sizes.front());
    for (std::size_t n = 0; n < N; ++n) {
        TERRARIUM_CHECK(levels[n] >= 1 && levels[n] <= schedule_.n_levels(), "There is no such noise level.");
        const int32_t wanted = classes.empty() ? kNoClass : classes[n];
        TERRARIUM_CHECK(wanted >= kNoClass && wanted < shape_.n_classes, "There is no such class.");
        S* out = inputs_.data() + n * width;
        out = std::copy_n(x_t.data() + n * D, D, out);
        out = std::copy_n(time_table_.data() + count_of(levels[n]) * E, E, out);
        if (shape_.n_classes == 0) continue;
        std::fill_n(out, count_of(shape_.n_classes) + 1, S(0));
        out[wanted == kNoClass ? shape_.n_classes : wanted] = S(1);
    }
    return network_.forward(ConstSpan<L>(inputs_).first(N * width));
}

template <class L>
ConstSpan<L> Denoiser<L>::predict(ConstSpan<L> x_t, std::span<const int32_t> levels, std::span<const int32_t> classes) {
    const ConstSpan<L> said = run_network(x_t, levels, classes);
    if (shape_.prediction == Prediction::Noise) return said;
    const std::size_t D = count_of(shape_.size);
    for (std::size_t n = 0; n < levels.size(); ++n) {
        const L signal_share = L::splat(static_cast<S>(schedule_.signal(levels[n])));
        const L noise_share = L::splat(static_cast<S>(schedule_.noise(levels[n])));
        for_each_group<L>(static_cast<int>(D), [&](auto group) {
            const L picture = group.load(said.data() + n * D);
            group.store(predicted_.data() + n * D,
                        (group.load(x_t.data() + n * D) - signal_share * picture) / noise_share);
        });
    }
    return ConstSpan<L>(predicted_).first(x_t.size());
}

template <class L>
double Denoiser<L>::forward_at(ConstSpan<L> x_0, ConstSpan<L> noise, std::span<const int32_t> levels,
                               std::span<const int32_t> classes) {
    const std::size_t ND = levels.size() * count_of(shape_.size);
    TERRARIUM_CHECK(ND <= x_t_.size() && x_0.size() == ND, "Every row needs D numbers.");
    const Span<L> x_t = Span<L>(x_t_).first(ND);
    add_noise<L>(x_t, x_0, noise, levels, schedule_);
    const ConstSpan<L> said = run_network(x_t, levels, classes);
    const ConstSpan<L> truth = shape_.prediction == Prediction::Noise ? noise : x_0;
    double sum = 0.0;
    for (std::size_t i = 0; i < ND; ++i) {
        const S error = said[i] - truth[i];
        d_output_[i] = error;
        sum += static_cast<double>(error) * static_cast<double>(error);
    }
    rows_ = levels.size();
    has_loss_ = true;
    return sum / static_cast<double>(ND);
}

template <class L>
double Denoiser<L>::forward(ConstSpan<L> x_0, std::span<const int32_t> classes, double drop_fraction, Rng& rng) {
    TERRARIUM_CHECK(!x_0.empty() && x_0.size() <= noise_.size() && x_0.size() % count_of(shape_.size) == 0,
                    "A batch has whole rows, and no more than the denoiser was built for.");
    const std::size_t N = x_0.size() / count_of(shape_.size);
    TERRARIUM_CHECK(classes.empty() || classes.size() == N, "Every row needs a class or none at all.");
    for (std::size_t n = 0; n < N; ++n) {
        levels_[n] = 1 + static_cast<int32_t>(rng.below(static_cast<uint32_t>(schedule_.n_levels())));
        const bool is_dropped = rng.uniform() < drop_fraction;
        classes_[n] = classes.empty() || is_dropped ? kNoClass : classes[n];
    }
    const Span<L> noise = Span<L>(noise_).first(x_0.size());
    for (S& x : noise) x = static_cast<S>(rng.normal());
    return forward_at(x_0, noise, std::span<const int32_t>(levels_).first(N),
                      std::span<const int32_t>(classes_).first(N));
}

template <class L>
void Denoiser<L>::backward(double scale) {
    TERRARIUM_CHECK(has_loss_, "A backward pass needs a loss before it, one each.");
    has_loss_ = false;
    const std::size_t ND = rows_ * count_of(shape_.size);
    const S factor = static_cast<S>(2.0 * scale / static_cast<double>(ND));
    const Span<L> d_output = Span<L>(d_output_).first(ND);
    for (S& d : d_output) d *= factor;
    network_.backward(d_output);
}

template decltype(add_noise<Simd4f>) add_noise<Simd4f>;
template decltype(add_noise<Scalar4f>) add_noise<Scalar4f>;
template decltype(add_noise<Scalar4d>) add_noise<Scalar4d>;
template class Denoiser<Simd4f>;
template class Denoiser<Scalar4f>;
template class Denoiser<Scalar4d>;

}  // namespace terrarium::core
