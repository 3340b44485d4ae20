// Figures about reading a text: each token is the answer to those before it; who may look where; how far back a method
// sees.

#include <algorithm>

#include "ui/figures/figures.h"
#include "ui/words.h"

namespace terrarium::ui {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
    return all;
}

// ---- the text is its own answer key --------------------------------------------------------------------------------

std::vector<std::string> sentence(const json& parameters) {
    return figure_tokens(parameters, {"the", "boat", "came", "back"}, 6);
}

constexpr float kRow = 1.7f;

float next_token_height(const json& parameters, float) {
    return 1.2f + kRow * static_cast<float>(sentence(parameters).size() - 1);
}

void draw_next_token(const Canvas& canvas, const json& parameters) {
    const std::vector<std::string> tokens = sentence(parameters);
    const float unit = canvas.unit();
    const float cell = canvas.width() / static_cast<float>(tokens.size());
    const float gap = unit * 0.25f;
    canvas.words(0, 0, canvas.width() / 2, tr("it reads"), Ink::Muted);
    canvas.words(canvas.width() / 2, 0, canvas.width() / 2, tr("it guesses"), Ink::Muted, Canvas::Align::Right);
    for (size_t row = 0; row + 1 < tokens.size(); ++row) {
        const float y = unit * (1.2f + kRow * static_cast<float>(row));
        for (size_t i = 0; i < tokens.size(); ++i) {
            const float x = cell * static_cast<float>(i);
            if (i <= row) {
                canvas.token(x, y, cell - gap, unit * 1.4f, tokens[i], Ink::Soft, Ink::Text);
            } else if (i == row + 1) {
                canvas.token(x, y, cell - gap, unit * 1.4f, tokens[i], Ink::Accent, Ink::OnAccent);
            } else {
                canvas.frame(x, y, cell - gap, unit * 1.4f, Ink::Line);
            }
        }
    }
}

std::string next_token_words(const json& parameters) {
    const std::vector<std::string> tokens = sentence(parameters);
    return tr(
        "The sentence \"{0}\" in {1} rows. In each row the model reads one token more and guesses the next one, "
        "which the text itself gives.",
        {joined(tokens), std::to_string(tokens.size() - 1)});
}

// ---- the causal mask -----------------------------------------------------------------------------------------------

float causal_mask_height(const json& parameters, float) {
    return 2.4f + kRow * static_cast<float>(sentence(parameters).size());
}

void draw_causal_mask(const Canvas& canvas, const json& parameters) {
    const std::vector<std::string> tokens = sentence(parameters);
    const float unit = canvas.unit();
    const float cell = canvas.width() / static_cast<float>(tokens.size() + 1);
    canvas.words(cell, 0, canvas.width() - cell, tr("looks at"), Ink::Muted);
    for (size_t i = 0; i < tokens.size(); ++i) {
        canvas.words(cell * static_cast<float>(i + 1), unit * 1.1f, cell, tokens[i], Ink::Text, Canvas::Align::Middle);
        const float y = unit * (2.2f + kRow * static_cast<float>(i));
        canvas.words(0, y + unit * 0.2f, cell - unit * 0.4f, tokens[i], Ink::Text, Canvas::Align::Right);
        for (size_t j = 0; j < tokens.size(); ++j) {
            const float x = cell * static_cast<float>(j + 1) + unit * 0.1f;
            const float width = cell - unit * 0.2f;
            if (j <= i) {
                canvas.token(x, y, width, unit * 1.4f, "✓", Ink::Accent, Ink::OnAccent);
            } else {
                canvas.frame(x, y, width, unit * 1.4f, Ink::Line);
                canvas.words(x, y + unit * 0.2f, width, "✗", Ink::Muted, Canvas::Align::Middle);
            }
        }
    }
}

std::string causal_mask_words(const json& parameters) {
    return tr(
        "A table of who may look where, for the tokens \"{0}\". Each token may look at itself and at the tokens "
        "before it, so the table is open on and below its diagonal and closed above it.",
        {joined(sentence(parameters))});
}

// ---- a bigram's view and a transformer's ----------------------------------------------------------------------------

std::vector<std::string> long_sentence(const json& parameters) {
    return figure_tokens(parameters, {"at", "dawn", "the", "boat", "left"}, 7);
}

float context_window_height(const json&, float) { return 7.2f; }

void draw_context_row(const Canvas& canvas, const std::vector<std::string>& tokens, float y, std::string_view name,
                      size_t first_seen) {
    const float unit = canvas.unit();
    const float cell = canvas.width() / static_cast<float>(tokens.size() + 1);
    canvas.words(0, y, canvas.width(), name, Ink::Text, Canvas::Align::Left, true);
    for (size_t i = 0; i <= tokens.size(); ++i) {
        const float x = cell * static_cast<float>(i);
        const float width = cell - unit * 0.25f;
        const float top = y + unit * 1.3f;
        if (i == tokens.size())
            canvas.token(x, top, width, unit * 1.4f, "?", Ink::Accent, Ink::OnAccent);
        else if (i >= first_seen)
            canvas.token(x, top, width, unit * 1.4f, tokens[i], Ink::Soft, Ink::Text);
        else {
            canvas.frame(x, top, width, unit * 1.4f, Ink::Line);
            canvas.words(x + 2, top + unit * 0.2f, width - 4, tokens[i], Ink::Muted, Canvas::Align::Middle);
        }
    }
}

void draw_context_window(const Canvas& canvas, const json& parameters) {
    const std::vector<std::string> tokens = long_sentence(parameters);
    draw_context_row(canvas, tokens, 0, tr("Bigram: one token back"), tokens.size() - 1);
    draw_context_row(canvas, tokens, canvas.unit() * 3.9f, tr("Transformer: all of its context"), 0);
}

std::string context_window_words(const json& parameters) {
    const std::vector<std::string> tokens = long_sentence(parameters);
    return tr(
        "What two methods see before they guess the token after \"{0}\". The bigram sees only \"{1}\". The "
        "transformer sees all the tokens.",
        {joined(tokens), tokens.back()});
}

}  // namespace

extern const FigureEntry next_token_figure, causal_mask_figure, context_window_figure;
const FigureEntry next_token_figure{"next_token", next_token_height, draw_next_token, next_token_words};
const FigureEntry causal_mask_figure{"causal_mask", causal_mask_height, draw_causal_mask, causal_mask_words};
const FigureEntry context_window_figure{"context_window", context_window_height, draw_context_window,
                                        context_window_words};

}  // namespace terrarium::ui
