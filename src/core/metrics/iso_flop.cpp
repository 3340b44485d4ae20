#include "core/metrics/iso_flop.h"

#include <algorithm>
#include <cmath>

#include "core/support/math.h"

namespace terrarium::core {
namespace {

Error refuse(const char* code, Message message, Message next_step) {
    return Error{code, "", std::move(message), std::move(next_step)};
}

/// Least squares for a + b x + c x^2 by the normal equations, with x centred so that they are well conditioned.
struct Parabola {
    double a = 0, b = 0, c = 0;
};
Parabola fit_parabola(std::span<const double> x, std::span<const double> y) {
    double s[5] = {}, t[3] = {};
    for (std::size_t i = 0; i < x.size(); ++i) {
        double power = 1;
        for (int k = 0; k < 5; ++k, power *= x[i]) {
            s[k] += power;
            if (k < 3) t[k] += power * y[i];
        }
    }
    // Cramer's rule; three different x make the determinant positive.
    const auto det = [](double a, double b, double c, double d, double e, double f, double g, double h, double i) {
        return a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
    };
    const double whole = det(s[0], s[1], s[2], s[1], s[2], s[3], s[2], s[3], s[4]);
    return {det(t[0], s[1], s[2], t[1], s[2], s[3], t[2], s[3], s[4]) / whole,
            det(s[0], t[0], s[2], s[1], t[1], s[3], s[2], t[2], s[4]) / whole,
            det(s[0], s[1], t[0], s[1], s[2], t[1], s[2], s[3], t[2]) / whole};
}

/// Twice the jackknife's standard error around the value from all data.
Interval jackknife(double value, const std::vector<double>& without_one) {
    const auto n = static_cast<double>(without_one.size());
    double mean = 0, square = 0;
    for (const double one : without_one) mean += one / n;
    for (const double one : without_one) square += (one - mean) * (one - mean);
    const double error = n > 1 ? sqrt((n - 1) / n * square) : 0.0;
    return {value, value - 2 * error, value + 2 * error};
}

struct Lines {
    std::vector<IsoFlopMinimum> minima;
    PowerLaw size, excess;
};

Result<Lines> fit_lines(std::span<const std::vector<ScalingPoint>> budgets, double floor_nats) {
    Lines lines;
    std::vector<double> flops, sizes, excesses;
    for (const std::vector<ScalingPoint>& points : budgets) {
        const auto minimum = iso_flop_minimum(points);
        if (!minimum) return minimum.error();
        lines.minima.push_back(minimum.value());
        flops.push_back(minimum.value().flops);
        sizes.push_back(minimum.value().parameters);
        excesses.push_back(minimum.value().loss_nats - floor_nats);
    }
    const auto size = fit_power_law(flops, sizes);
    if (!size) return size.error();
    const auto excess = fit_power_law(flops, excesses);
    if (!excess) return excess.error();
    lines.size = size.value();
    lines.excess = excess.value();
    return lines;
}

}  // namespace

Result<IsoFlopMinimum> iso_flop_minimum(std::span<const ScalingPoint> points) {
    if (points.size() < 3) {
        return refuse("iso_flop.few", "A valley needs at least three models of one budget.",
                      "Train more sizes at this budget.");
    }
    std::vector<ScalingPoint> sorted(points.begin(), points.end());
    std::sort(sorted.begin(), sorted.end(),
              [](const ScalingPoint& a, const ScalingPoint& b) { return a.parameters < b.parameters; });
    double flops = 0;
    std::size_t best = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const ScalingPoint& point = sorted[i];
        if (!(point.parameters > 0 && point.tokens > 0 && point.loss_nats > 0) || !std::isfinite(point.loss_nats)) {
            return refuse("iso_flop.positive", "Parameters, tokens and loss must be above 0.",
                          "Leave out runs that failed.");
        }
        if (i > 0 && !(sorted[i - 1].parameters < point.parameters))
            return refuse("iso_flop.same", "Two models of this budget have the same size.", "Keep one of them.");
        flops += 6 * point.parameters * point.tokens / static_cast<double>(sorted.size());
        if (point.loss_nats < sorted[best].loss_nats) best = i;
    }
    const std::size_t from = best >= 2 ? best - 2 : 0, to = std::min(sorted.size(), std::max(best + 3, from + 3));
    const double centre = log(sorted[best].parameters);
    std::vector<double> x, y;
    for (std::size_t i = std::min(from, to - 3); i < to; ++i) {
        x.push_back(log(sorted[i].parameters) - centre);
        y.push_back(sorted[i].loss_nats);
    }
    const Parabola parabola = fit_parabola(x, y);
    const double floor_x = -parabola.b / (2 * parabola.c);
    if (!(parabola.c > 0) || floor_x < x.front() || floor_x > x.back())
        return IsoFlopMinimum{flops, sorted[best].parameters, sorted[best].loss_nats, 0};
    return IsoFlopMinimum{flops, exp(centre + floor_x), parabola.a - parabola.b * parabola.b / (4 * parabola.c),
                          parabola.c};
}

double PowerLaw::at(double x) const { return factor * pow(x, exponent); }

Result<PowerLaw> fit_power_law(std::span<const double> x, std::span<const double> y) {
    if (x.size() < 2 || x.size() != y.size())
        return refuse("power_law.few", "A power law needs at least two points.", "Add another budget.");
    const auto n = static_cast<double>(x.size());
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        if (!(x[i] > 0 && y[i] > 0)) {
            return refuse("power_law.positive", "A power law can only be fitted to numbers above 0.",
                          "Check that every loss is above what cannot be learned.");
        }
        mean_x += log(x[i]) / n;
        mean_y += log(y[i]) / n;
    }
    for (std::size_t i = 0; i < x.size(); ++i) {
        xx += (log(x[i]) - mean_x) * (log(x[i]) - mean_x);
        xy += (log(x[i]) - mean_x) * (log(y[i]) - mean_y);
    }
    if (!(xx > 0)) return refuse("power_law.same", "All points stand at the same place.", "Use different budgets.");
    const double exponent = xy / xx;
    return PowerLaw{exp(mean_y - exponent * mean_x), exponent};
}

Result<IsoFlopFit> fit_iso_flop(std::span<const std::vector<ScalingPoint>> budgets, double floor_nats) {
    const auto all = fit_lines(budgets, floor_nats);
    if (!all) return all.error();
    std::vector<std::vector<ScalingPoint>> rest(budgets.begin(), budgets.end());
    std::vector<double> size_exponents, loss_exponents;
    for (std::size_t b = 0; b < rest.size(); ++b) {
        for (std::size_t i = 0; budgets[b].size() > 3 && i < budgets[b].size(); ++i) {
            rest[b] = budgets[b];
            rest[b].erase(rest[b].begin() + static_cast<std::ptrdiff_t>(i));
            const auto without = fit_lines(rest, floor_nats);
            if (!without) return without.error();
            size_exponents.push_back(without.value().size.exponent);
            loss_exponents.push_back(-without.value().excess.exponent);
        }
        rest[b] = budgets[b];
    }
    const Lines& lines = all.value();
    return IsoFlopFit{.floor_nats = floor_nats,
                      .minima = lines.minima,
                      .size = lines.size,
                      .excess = lines.excess,
                      .size_exponent = jackknife(lines.size.exponent, size_exponents),
                      .loss_exponent = jackknife(-lines.excess.exponent, loss_exponents)};
}

}  // namespace terrarium::core
