// Figure: what the loss means. The probability that the right token got, and the surprise in nats that this costs.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "ui/figures/figures.h"
#include "ui/words.h"

namespace terrarium::ui {
namespace {

constexpr std::array kProbabilities = {1.0f, 0.5f, 0.1f, 0.01f};
constexpr float kMostNats = 4.7f;  ///< a little more than the last bar
constexpr float kRow = 1.7f;

std::string two_digits(float value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f", static_cast<double>(value));
    return text;
}

float surprise_height(const json&, float) { return 1.3f + kRow * static_cast<float>(kProbabilities.size()); }

void draw_surprise(const Canvas& canvas, const json&) {
    const float unit = canvas.unit();
    const float names = std::min(canvas.width() * 0.3f, unit * 6);
    const float number = unit * 3;
    const float room = canvas.width() - names - number;
    canvas.words(0, 0, names, tr("probability"), Ink::Muted);
    canvas.words(names, 0, canvas.width() - names, tr("surprise, in nats"), Ink::Muted);
    for (size_t i = 0; i < kProbabilities.size(); ++i) {
        const float y = unit * (1.3f + kRow * static_cast<float>(i));
        const float nats = -std::log(kProbabilities[i]);
        const float width = std::max(2.0f, room * nats / kMostNats);
        canvas.words(0, y + unit * 0.2f, names - unit * 0.4f, two_digits(kProbabilities[i]), Ink::Text);
        canvas.box(names, y, width, unit * 1.4f, Ink::Accent);
        canvas.words(names + width + unit * 0.4f, y + unit * 0.2f, number, two_digits(std::abs(nats)), Ink::Text,
                     Canvas::Align::Left, true);
    }
}

std::string surprise_words(const json&) {
    return tr(
        "Bars of surprise for four probabilities of the right token: {0} costs nothing, {1} costs {2} nats, {3} "
        "costs {4} nats, {5} costs {6} nats.",
        {two_digits(1), two_digits(0.5f), two_digits(-std::log(0.5f)), two_digits(0.1f), two_digits(-std::log(0.1f)),
         two_digits(0.01f), two_digits(-std::log(0.01f))});
}

}  // namespace

extern const FigureEntry surprise_figure;
const FigureEntry surprise_figure{"surprise", surprise_height, draw_surprise, surprise_words};

}  // namespace terrarium::ui
