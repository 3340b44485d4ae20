// Formulas: a small part of TeX's language is read, laid out into letters and strokes, and put into words for those who
// listen.
//
//     L = -\frac{1}{T} \sum_{t=1}^{T} \log p(x_t | x_{<t})
//
// Known: letters, digits, + - = < > | , . ! ( ) [ ], ^ and _, \frac \sqrt \sum \prod \text \log \exp \max \min
// \softmax, Greek letters, \cdot \times \le \ge \ne \approx \in \to \infty \partial \nabla \ldots. Brackets grow with
// what they hold. Reading and layout are pure; drawing is in formula_layout.cpp and needs a frame.

#pragma once

#include <imgui.h>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/support/result.h"

namespace terrarium::ui {

/// A formula, or a part of one.
struct FormulaPart {
    enum class Kind {
        Row,       ///< children side by side
        Letter,    ///< a variable, slanted
        Upright,   ///< a number, a Greek letter, words
        Function,  ///< log, softmax
        Binary,    ///< + - ·
        Relation,  ///< = ≤ |
        Comma,
        Big,       ///< ∑ ∏; in a display its limits stand below and above
        Fraction,  ///< children: above, below
        Root,      ///< child: what is under it
        Scripts,   ///< children: base, below (Row), above (Row); a missing one is an empty Row
        Fence,     ///< child: inside; text: the two brackets
    };
    Kind kind = Kind::Row;
    std::string text;
    std::string words;  ///< how a sign is spoken; "" is its text
    std::vector<FormulaPart> children;
};

/// The error's message names the column and what is wrong there.
core::Result<FormulaPart> parse_formula(std::string_view source);

/// "minus the sum over t of log p of x sub t": in the learner's language.
std::string spoken(const FormulaPart& formula);
/// The same from the source; a source that cannot be read is spoken as it is written.
std::string spoken_formula(std::string_view source);

/// Letters and strokes of a formula, placed. Pixels; x from its left edge, y from its baseline, downwards.
struct FormulaLayout {
    struct Letters {
        float x = 0, y = 0;  ///< left end of the baseline
        float size = 0;
        std::string text;
        bool is_slanted = false;
    };
    struct Stroke {
        std::vector<ImVec2> points;
        float thickness = 1;
    };
    float width = 0;
    float ascent = 0, descent = 0;  ///< how far it reaches above and below the baseline, both >= 0
    std::vector<Letters> letters;
    std::vector<Stroke> strokes;
};

/// Width of words at a size.
using MeasureLetters = std::function<float(std::string_view words, float size)>;

/// is_display: alone in its line, with large sums and fractions.
FormulaLayout lay_out_formula(const FormulaPart& formula, float size, bool is_display, const MeasureLetters& measure);

/// The layout in the fonts of this frame.
FormulaLayout lay_out_formula(std::string_view source, float size, bool is_display);
void draw_formula(const FormulaLayout& layout, ImVec2 baseline, ImU32 color);

/// Words whose letters lean to the right: there is no italic among our fonts.
void draw_slanted(ImVec2 at, ImFont* font, float size, ImU32 color, std::string_view words);

}  // namespace terrarium::ui
