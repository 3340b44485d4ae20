#include "core/metrics/scaling_law.h"

#include "core/metrics/inputs.h"
#include "core/support/math.h"

namespace terrarium::core {
namespace {

bool is_positive(double value) { return value > 0.0 && value - value == 0.0; }

std::optional<Error> check_law(const ScalingLaw& law) {
    const bool is_fine = (law.e_nats == 0.0 || is_positive(law.e_nats)) && is_positive(law.a) && is_positive(law.b) &&
                         is_positive(law.alpha) && is_positive(law.beta);
    if (is_fine) return std::nullopt;
    return refused("bad_law", "A constant of the scaling law is not above 0.", "Give E, A, B, alpha and beta above 0.");
}

std::optional<Error> check_size(double value) {
    if (is_positive(value)) return std::nullopt;
    return refused("bad_size", "A number of parameters, tokens or operations is not above 0.",
                   "Give positive, finite numbers.");
}

}  // namespace

Result<ScalingLoss> scaling_loss(const ScalingLaw& law, double parameters, double tokens) {
    if (auto error = check_law(law)) return *error;
    if (auto error = check_size(parameters)) return *error;
    if (auto error = check_size(tokens)) return *error;
    ScalingLoss loss{0.0, law.a / pow(parameters, law.alpha), law.b / pow(tokens, law.beta)};
    loss.loss_nats = law.e_nats + loss.size_part_nats + loss.data_part_nats;
    return loss;
}

Result<ComputeOptimum> compute_optimum(const ScalingLaw& law, double compute_flops) {
    if (auto error = check_law(law)) return *error;
    if (auto error = check_size(compute_flops)) return *error;
    const double sum = law.alpha + law.beta, product = compute_flops / 6.0;
    ComputeOptimum best{.size_exponent = law.beta / sum, .data_exponent = law.alpha / sum};
    const double g = pow(law.alpha * law.a / (law.beta * law.b), 1.0 / sum);
    best.parameters = g * pow(product, best.size_exponent);
    best.tokens = pow(product, best.data_exponent) / g;
    const Result<ScalingLoss> loss = scaling_loss(law, best.parameters, best.tokens);
    if (!loss) return loss.error();
    best.loss_nats = loss.value().loss_nats;
    return best;
}

Result<double> tokens_for_loss(const ScalingLaw& law, double parameters, double loss_nats) {
    if (auto error = check_law(law)) return *error;
    if (auto error = check_size(parameters)) return *error;
    const double left = loss_nats - (law.e_nats + law.a / pow(parameters, law.alpha));
    if (!(left > 0.0)) {
        return refused("unreachable", "No amount of text brings a model of this size to this loss.",
                       "Choose a larger model or a higher loss.");
    }
    return pow(law.b / left, 1.0 / law.beta);
}

Result<double> scaling_objective(const ScalingLaw& law, std::span<const ScalingPoint> points, double delta) {
    if (points.empty()) return refused("empty", "There are no trained models.", "Give at least one.");
    if (!is_positive(delta)) {
        return refused("bad_option", "The width delta of the Huber loss is not above 0.", "Choose 0.001, say.");
    }
    double sum = 0.0;
    for (const ScalingPoint& point : points) {
        const Result<ScalingLoss> predicted = scaling_loss(law, point.parameters, point.tokens);
        if (!predicted) return predicted.error();
        if (!is_positive(point.loss_nats)) {
            return refused("bad_size", "A loss is not above 0.", "Give losses in nats per token.");
        }
        const double size = absolute(log(point.loss_nats) - log(predicted.value().loss_nats));
        sum += size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
    }
    return sum;
}

}  // namespace terrarium::core
