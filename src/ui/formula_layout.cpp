// Lays formulas out: every part becomes a box with a baseline, and boxes are put beside, above and below each other.
// The proportions are those of a book set in Inter: they were chosen by looking.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/formula.h"
#include "ui/internal.h"

namespace terrarium::ui {

using namespace internal;

namespace {

using Kind = FormulaPart::Kind;

constexpr float kAxis = 0.36f;     ///< of a fraction's bar and a minus above the baseline, in sizes
constexpr float kAscent = 0.76f;   ///< of letters
constexpr float kDescent = 0.22f;  ///< of letters
constexpr float kScript = 0.72f;   ///< size of raised and lowered parts
constexpr float kSmallest = 9;     ///< px; smaller letters cannot be read

void add(FormulaLayout& to, const FormulaLayout& box, float x, float y) {
    for (FormulaLayout::Letters letters : box.letters) {
        letters.x += x;
        letters.y += y;
        to.letters.push_back(std::move(letters));
    }
    for (FormulaLayout::Stroke stroke : box.strokes) {
        for (ImVec2& point : stroke.points) point = {point.x + x, point.y + y};
        to.strokes.push_back(std::move(stroke));
    }
    to.ascent = std::max(to.ascent, box.ascent - y);
    to.descent = std::max(to.descent, box.descent + y);
    to.width = std::max(to.width, x + box.width);
}

class Setter {
public:
    explicit Setter(const MeasureLetters& measure) : measure_(measure) {}

    FormulaLayout part(const FormulaPart& it, float size, bool is_display) const {
        switch (it.kind) {
            case Kind::Row:
                return row(it, size, is_display);
            case Kind::Fraction:
                return fraction(it, size, is_display);
            case Kind::Root:
                return root(it, size);
            case Kind::Scripts:
                return scripts(it, size, is_display);
            case Kind::Fence:
                return fence(it, size, is_display);
            case Kind::Big:
                return big(it, size, is_display);
            default:
                return letters(it, size);
        }
    }

private:
    FormulaLayout letters(const FormulaPart& it, float size) const {
        FormulaLayout box{.width = measure_(it.text, size), .ascent = kAscent * size, .descent = kDescent * size};
        box.letters.push_back({0, 0, size, it.text, it.kind == Kind::Letter});
        return box;
    }

    FormulaLayout big(const FormulaPart& it, float size, bool is_display) const {
        const float drawn = size * (is_display ? 1.6f : 1.15f);
        FormulaLayout box{.width = measure_(it.text, drawn)};
        const float middle = (kAscent - kDescent) / 2 * drawn;
        const float y = middle - kAxis * size;
        box.letters.push_back({0, y, drawn, it.text, false});
        box.ascent = kAscent * drawn - y;
        box.descent = kDescent * drawn + y;
        return box;
    }

    FormulaLayout row(const FormulaPart& it, float size, bool is_display) const {
        FormulaLayout box{.ascent = kAscent * size, .descent = kDescent * size};
        float x = 0;
        for (size_t i = 0; i < it.children.size(); ++i) {
            const FormulaPart& child = it.children[i];
            if (i > 0) x += gap(kind_of(it.children, i - 1), kind_of(it.children, i)) * size;
            const FormulaLayout one = part(child, size, is_display);
            add(box, one, x, 0);
            x += one.width;
        }
        box.width = x;
        return box;
    }

    /// What a part is for the space around it. A minus without something before it is a sign, not a subtraction.
    static Kind kind_of(const std::vector<FormulaPart>& row, size_t i) {
        const FormulaPart& it = row[i];
        const Kind kind = it.kind == Kind::Scripts ? it.children[0].kind : it.kind;
        if (kind != Kind::Binary) return kind;
        if (i == 0) return Kind::Upright;
        const Kind before = row[i - 1].kind;
        return before == Kind::Binary || before == Kind::Relation || before == Kind::Comma ? Kind::Upright : kind;
    }

    static float gap(Kind left, Kind right) {
        if (left == Kind::Relation || right == Kind::Relation) return 0.26f;
        if (left == Kind::Binary || right == Kind::Binary) return 0.2f;
        if (left == Kind::Comma || left == Kind::Big || right == Kind::Big) return 0.18f;
        if (left == Kind::Function) return right == Kind::Fence ? 0.02f : 0.16f;
        if (right == Kind::Function || left == Kind::Fraction || right == Kind::Fraction) return 0.14f;
        return 0.03f;
    }

    static float script_size(float size) { return std::max(std::min(size, kSmallest), size * kScript); }

    FormulaLayout fraction(const FormulaPart& it, float size, bool is_display) const {
        const float inner = is_display ? size : script_size(size);
        const FormulaLayout above = part(it.children[0], inner, false);
        const FormulaLayout below = part(it.children[1], inner, false);
        const float thickness = std::max(1.0f, size * 0.06f);
        const float space = size * (is_display ? 0.14f : 0.06f);
        const float bar = -kAxis * size;
        FormulaLayout box;
        const float width = std::max(above.width, below.width) + size * 0.24f;
        add(box, above, (width - above.width) / 2, bar - thickness / 2 - space - above.descent);
        add(box, below, (width - below.width) / 2, bar + thickness / 2 + space + below.ascent);
        box.width = width;
        box.strokes.push_back({{{0, bar}, {width, bar}}, thickness});
        return box;
    }

    FormulaLayout root(const FormulaPart& it, float size) const {
        const FormulaLayout inside = part(it.children[0], size, false);
        const float hook = size * 0.55f;
        const float thickness = std::max(1.0f, size * 0.06f);
        const float top = -inside.ascent - size * 0.1f;
        const float bottom = std::min(inside.descent, size * 0.12f);
        FormulaLayout box;
        add(box, inside, hook + size * 0.08f, 0);
        box.width += size * 0.08f;
        box.ascent = -top + thickness;
        box.strokes.push_back({{{size * 0.04f, -size * 0.26f},
                                {size * 0.16f, -size * 0.34f},
                                {hook * 0.58f, bottom},
                                {hook, top},
                                {box.width, top}},
                               thickness});
        return box;
    }

    FormulaLayout scripts(const FormulaPart& it, float size, bool is_display) const {
        const FormulaPart& base_part = it.children[0];
        const FormulaLayout base = part(base_part, size, is_display);
        const float small = script_size(size);
        const bool has_below = !it.children[1].children.empty(), has_above = !it.children[2].children.empty();
        const FormulaLayout below = part(it.children[1], small, false), above = part(it.children[2], small, false);
        FormulaLayout box;
        if (base_part.kind == Kind::Big && is_display) {
            const float width = std::max({base.width, has_below ? below.width : 0, has_above ? above.width : 0});
            add(box, base, (width - base.width) / 2, 0);
            if (has_below) add(box, below, (width - below.width) / 2, base.descent + below.ascent + size * 0.04f);
            if (has_above) add(box, above, (width - above.width) / 2, -base.ascent - above.descent - size * 0.04f);
            return box;
        }
        add(box, base, 0, 0);
        const float x = base.width + size * 0.04f;
        if (has_below) add(box, below, x, std::max(size * 0.24f, base.descent - small * 0.3f));
        if (has_above) add(box, above, x, -std::max(size * 0.38f, base.ascent - small * 0.55f));
        return box;
    }

    FormulaLayout fence(const FormulaPart& it, float size, bool is_display) const {
        const FormulaLayout inside = part(it.children[0], size, is_display);
        FormulaLayout box;
        if (inside.ascent <= size * 0.95f && inside.descent <= size * 0.5f) {
            const float left = measure_(it.text.substr(0, 1), size), right = measure_(it.text.substr(1), size);
            add(box, inside, left, 0);
            box.letters.push_back({0, 0, size, it.text.substr(0, 1), false});
            box.letters.push_back({left + inside.width, 0, size, it.text.substr(1), false});
            box.width = left + inside.width + right;
            return box;
        }
        const float bracket = size * 0.34f;
        add(box, inside, bracket, 0);
        box.width = inside.width + 2 * bracket;
        const float thickness = std::max(1.0f, size * 0.07f);
        box.strokes.push_back({grown(it.text[0], bracket * 0.8f, bracket * 0.3f, inside), thickness});
        box.strokes.push_back(
            {grown(it.text[1], box.width - bracket * 0.8f, box.width - bracket * 0.3f, inside), thickness});
        return box;
    }

    /// The line of a tall bracket; `open` is the side towards what it holds.
    static std::vector<ImVec2> grown(char bracket, float open, float closed, const FormulaLayout& inside) {
        const float top = -inside.ascent, bottom = inside.descent;
        if (bracket == '[' || bracket == ']') return {{open, top}, {closed, top}, {closed, bottom}, {open, bottom}};
        std::vector<ImVec2> points;
        constexpr int kPieces = 16;
        for (int i = 0; i <= kPieces; ++i) {
            const float t = static_cast<float>(i) / kPieces;
            const float bow = std::sin(t * std::numbers::pi_v<float>);
            points.push_back({open + (closed - open) * bow, top + (bottom - top) * t});
        }
        return points;
    }

    const MeasureLetters& measure_;
};

}  // namespace

FormulaLayout lay_out_formula(const FormulaPart& formula, float size, bool is_display, const MeasureLetters& measure) {
    return Setter(measure).part(formula, size, is_display);
}

FormulaLayout lay_out_formula(std::string_view source, float size, bool is_display) {
    ImFont* font = context().fonts.regular;
    const MeasureLetters measure = [font](std::string_view words, float at) { return text_size(font, at, words).x; };
    const auto formula = parse_formula(source);
    if (formula) return lay_out_formula(formula.value(), size, is_display, measure);
    // What cannot be read is shown as it was written.
    FormulaPart words{.kind = Kind::Upright, .text = std::string(source), .words = {}, .children = {}};
    return lay_out_formula(words, size, is_display, measure);
}

void draw_slanted(ImVec2 at, ImFont* font, float size, ImU32 color, std::string_view words) {
    ImDrawList& draw = draw_list();
    const int from = draw.VtxBuffer.Size;
    draw_text(at, font, size, color, words);
    const float baseline = at.y + size * context().fonts.metrics(font).ascender;
    for (int i = from; i < draw.VtxBuffer.Size; ++i) {
        ImVec2& point = draw.VtxBuffer[i].pos;
        point.x += (baseline - point.y) * 0.18f;
    }
}

void draw_formula(const FormulaLayout& layout, ImVec2 baseline, ImU32 color) {
    ImFont* font = context().fonts.regular;
    const float ascender = context().fonts.metrics(font).ascender;
    for (const FormulaLayout::Letters& letters : layout.letters) {
        const ImVec2 at{baseline.x + letters.x, baseline.y + letters.y - letters.size * ascender};
        if (letters.is_slanted)
            draw_slanted(at, font, letters.size, color, letters.text);
        else
            draw_text(at, font, letters.size, color, letters.text);
    }
    std::vector<ImVec2> points;
    for (const FormulaLayout::Stroke& stroke : layout.strokes) {
        points.clear();
        for (const ImVec2& point : stroke.points) points.push_back({baseline.x + point.x, baseline.y + point.y});
        draw_list().AddPolyline(points.data(), static_cast<int>(points.size()), color, 0, stroke.thickness);
    }
}

}  // namespace terrarium::ui
