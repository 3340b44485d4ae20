// Reads formulas and puts them into words.

#include "ui/formula.h"

#include <algorithm>

#include "ui/words.h"

namespace terrarium::ui {
namespace {

using Kind = FormulaPart::Kind;

struct Sign {
    std::string_view name;  ///< command without its backslash, or the sign itself
    Kind kind;
    std::string_view text;   ///< what is drawn
    std::string_view words;  ///< what is spoken; "" is the name
};

constexpr Sign kSigns[] = {
    {"alpha", Kind::Upright, "α", ""},
    {"beta", Kind::Upright, "β", ""},
    {"gamma", Kind::Upright, "γ", ""},
    {"delta", Kind::Upright, "δ", ""},
    {"epsilon", Kind::Upright, "ε", ""},
    {"eta", Kind::Upright, "η", ""},
    {"theta", Kind::Upright, "θ", ""},
    {"lambda", Kind::Upright, "λ", ""},
    {"mu", Kind::Upright, "μ", ""},
    {"pi", Kind::Upright, "π", ""},
    {"rho", Kind::Upright, "ρ", ""},
    {"sigma", Kind::Upright, "σ", ""},
    {"tau", Kind::Upright, "τ", ""},
    {"phi", Kind::Upright, "φ", ""},
    {"psi", Kind::Upright, "ψ", ""},
    {"omega", Kind::Upright, "ω", ""},
    {"Gamma", Kind::Upright, "Γ", "capital gamma"},
    {"Delta", Kind::Upright, "Δ", "capital delta"},
    {"Theta", Kind::Upright, "Θ", "capital theta"},
    {"Lambda", Kind::Upright, "Λ", "capital lambda"},
    {"Pi", Kind::Upright, "Π", "capital pi"},
    {"Sigma", Kind::Upright, "Σ", "capital sigma"},
    {"Phi", Kind::Upright, "Φ", "capital phi"},
    {"Omega", Kind::Upright, "Ω", "capital omega"},
    {"infty", Kind::Upright, "∞", "infinity"},
    {"partial", Kind::Upright, "∂", "partial"},
    {"nabla", Kind::Upright, "∇", "the gradient of"},
    {"ldots", Kind::Upright, "…", "and so on to"},
    {"%", Kind::Upright, "%", "percent"},
    {"log", Kind::Function, "log", ""},
    {"ln", Kind::Function, "ln", "the natural logarithm of"},
    {"exp", Kind::Function, "exp", "the exponential of"},
    {"max", Kind::Function, "max", "the largest"},
    {"min", Kind::Function, "min", "the smallest"},
    {"softmax", Kind::Function, "softmax", ""},
    {"cdot", Kind::Binary, "·", "times"},
    {"times", Kind::Binary, "×", "times"},
    {"+", Kind::Binary, "+", "plus"},
    {"-", Kind::Binary, "−", "minus"},
    {"/", Kind::Upright, "/", "divided by"},
    {"!", Kind::Upright, "!", "factorial"},
    {".", Kind::Upright, ".", "point"},
    {"=", Kind::Relation, "=", "equals"},
    {"<", Kind::Relation, "<", "less than"},
    {">", Kind::Relation, ">", "is more than"},
    {"|", Kind::Relation, "|", "given"},
    {"le", Kind::Relation, "≤", "is at most"},
    {"ge", Kind::Relation, "≥", "is at least"},
    {"ne", Kind::Relation, "≠", "is not"},
    {"approx", Kind::Relation, "≈", "is about"},
    {"in", Kind::Relation, "∈", "in"},
    {"to", Kind::Relation, "→", "goes to"},
    {",", Kind::Comma, ",", ","},
    {"sum", Kind::Big, "∑", "the sum"},
    {"prod", Kind::Big, "∏", "the product"},
};

const Sign* find_sign(std::string_view name) {
    for (const Sign& sign : kSigns) {
        if (sign.name == name) return &sign;
    }
    return nullptr;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

class Parser {
public:
    explicit Parser(std::string_view source) : source_(source) {}

    core::Result<FormulaPart> parse() {
        FormulaPart formula = row("");
        if (message_.empty() && at_ < source_.size()) wrong("This bracket closes nothing.");
        if (message_.empty() && formula.children.empty()) wrong("There is nothing in it.");
        if (message_.empty()) return formula;
        return core::Error{
            "formula", "column " + std::to_string(wrong_at_ + 1),
            "Column " + std::to_string(wrong_at_ + 1) + ": " + message_,
            "The signs that formulas may use stand in src/ui/formula.h; in JSON each backslash is doubled."};
    }

private:
    static constexpr int kMaxDepth = 24;

    void wrong(std::string message) {
        if (!message_.empty()) return;
        message_ = std::move(message);
        wrong_at_ = at_;
        at_ = source_.size();
    }
    void skip_blanks() {
        while (at_ < source_.size() && (source_[at_] == ' ' || source_[at_] == '\n')) ++at_;
    }
    bool is_next(std::string_view any_of) {
        skip_blanks();
        return at_ < source_.size() && any_of.find(source_[at_]) != std::string_view::npos;
    }

    /// Parts up to one of the closing signs, which stays unread.
    FormulaPart row(std::string_view until) {
        FormulaPart result;
        if (++depth_ > kMaxDepth) wrong("This is nested too deeply.");
        for (skip_blanks(); at_ < source_.size(); skip_blanks()) {
            if (is_next(")]}")) break;
            result.children.push_back(scripted());
        }
        if (!until.empty() && !is_next(until)) wrong("A bracket is not closed.");
        --depth_;
        return result;
    }

    FormulaPart scripted() {
        FormulaPart base;
        if (is_next("^_"))
            wrong("A raised or lowered part needs something before it.");
        else
            base = atom();
        FormulaPart below, above;
        bool any = false;
        while (is_next("^_")) {
            FormulaPart& part = source_[at_] == '_' ? below : above;
            if (!part.children.empty()) wrong("Two parts are raised, or lowered, at the same place.");
            ++at_;
            skip_blanks();
            if (at_ >= source_.size()) wrong("Something is missing here.");
            part = argument();
            any = true;
        }
        if (!any) return base;
        return {.kind = Kind::Scripts, .text = {}, .words = {}, .children = {std::move(base), below, above}};
    }

    /// One part in braces, or a single one; always a Row.
    FormulaPart argument() {
        skip_blanks();
        if (is_next("{")) return braces();
        if (at_ >= source_.size() || is_next(")]}^_")) {
            wrong("Something is missing here.");
            return {};
        }
        FormulaPart one;
        one.children.push_back(atom());
        return one;
    }

    FormulaPart braces() {
        ++at_;
        FormulaPart inside = row("}");
        ++at_;
        return inside;
    }

    static FormulaPart from(const Sign& sign) {
        return {sign.kind, std::string(sign.text), std::string(sign.words.empty() ? sign.name : sign.words), {}};
    }

    FormulaPart atom() {
        skip_blanks();
        if (at_ >= source_.size()) return {};
        const char c = source_[at_];
        if (c == '{') return braces();
        if (c == '(' || c == '[') return fence();
        if (c == '\\') return command();
        if (is_letter(c)) {
            ++at_;
            return {Kind::Letter, std::string(1, c), "", {}};
        }
        if (is_digit(c)) {
            const size_t from_here = at_;
            while (at_ < source_.size() &&
                   (is_digit(source_[at_]) ||
                    (source_[at_] == '.' && at_ + 1 < source_.size() && is_digit(source_[at_ + 1])))) {
                ++at_;
            }
            return {Kind::Upright, std::string(source_.substr(from_here, at_ - from_here)), "", {}};
        }
        // A sign that stands there itself: "θ" for "\\theta".
        for (const Sign& sign : kSigns) {
            if (static_cast<unsigned char>(c) < 0x80 || !source_.substr(at_).starts_with(sign.text)) continue;
            at_ += sign.text.size();
            return from(sign);
        }
        if (const Sign* sign = find_sign(source_.substr(at_, 1))) {
            ++at_;
            return from(*sign);
        }
        wrong("This sign is not known in formulas.");
        return {};
    }

    FormulaPart fence() {
        std::string brackets(1, source_[at_++]);
        FormulaPart inside = row(")]");
        if (at_ < source_.size()) brackets += source_[at_++];
        FormulaPart result{Kind::Fence, brackets, "", {}};
        result.children.push_back(std::move(inside));
        return result;
    }

    FormulaPart command() {
        const size_t start = at_++;
        size_t end = at_;
        while (end < source_.size() && is_letter(source_[end])) ++end;
        if (end == at_ && end < source_.size()) ++end;
        const std::string_view name = source_.substr(at_, end - at_);
        at_ = end;
        if (name == "frac") {
            FormulaPart result{Kind::Fraction, "", "", {}};
            result.children.push_back(argument());
            result.children.push_back(argument());
            return result;
        }
        if (name == "sqrt") {
            FormulaPart result{Kind::Root, "", "", {}};
            result.children.push_back(argument());
            return result;
        }
        if (name == "text") return text();
        if (const Sign* sign = find_sign(name); sign != nullptr && !name.empty()) return from(*sign);
        at_ = start;
        wrong("\\" + std::string(name) + " is not known.");
        return {};
    }

    FormulaPart text() {
        if (!is_next("{")) {
            wrong("\\text wants its words in braces.");
            return {};
        }
        const size_t end = source_.find('}', at_);
        if (end == std::string_view::npos) {
            wrong("A bracket is not closed.");
            return {};
        }
        const std::string words(source_.substr(at_ + 1, end - at_ - 1));
        at_ = end + 1;
        return {Kind::Upright, words, "", {}};
    }

    std::string_view source_;
    size_t at_ = 0, wrong_at_ = 0;
    int depth_ = 0;
    std::string message_;
};

bool is_single(const FormulaPart& part) {
    return part.kind == Kind::Row ? part.children.size() == 1 && is_single(part.children[0]) : part.children.empty();
}

/// In "L(θ)" and "σ(x)" the brackets hold what the function is of; after a number, or a Greek letter that is usually
/// one ("η(a − b)"), they are a factor.
bool is_function_name(const FormulaPart& part) {
    static constexpr std::string_view kGreek[] = {"σ", "φ", "ψ", "π", "μ", "Γ", "Φ"};
    return part.kind == Kind::Letter || part.kind == Kind::Function ||
           std::find(std::begin(kGreek), std::end(kGreek), part.text) != std::end(kGreek);
}

std::string words_of(const FormulaPart& part);

std::string row_words(const FormulaPart& row) {
    std::string words;
    for (size_t i = 0; i < row.children.size(); ++i) {
        const FormulaPart& part = row.children[i];
        std::string next = words_of(part);
        if (i == 0 && part.text == "<") next = tr("before");  // x_{<t}: everything before t
        if (part.kind == Kind::Fence && i > 0) {
            const FormulaPart& before = row.children[i - 1];
            const FormulaPart& name = before.kind == Kind::Scripts ? before.children[0] : before;
            // "the natural logarithm of" says the "of" already.
            if (name.kind == Kind::Function && name.words.ends_with(" of"))
                next = words_of(part.children[0]);
            else if (is_function_name(name))
                next = tr("of {0}", {words_of(part.children[0])});
        }
        if (next.empty()) continue;
        if (!words.empty() && next != ",") words += ' ';
        words += next;
    }
    return words;
}

std::string script_words(const FormulaPart& part) {
    const FormulaPart& base = part.children[0];
    const std::string below = row_words(part.children[1]);
    const std::string above = row_words(part.children[2]);
    std::string words = words_of(base);
    if (base.kind == Kind::Big) {
        if (above.empty()) return tr("{0} over {1} of", {tr(base.words), below});
        return tr("{0} from {1} to {2} of", {tr(base.words), below, above});
    }
    if (!below.empty()) words = tr("{0} sub {1}", {words, below});
    if (above == "2") return tr("{0} squared", {words});
    if (above == "T") return tr("{0} transposed", {words});
    if (!above.empty()) words = tr("{0} to the power of {1}", {words, above});
    return words;
}

std::string words_of(const FormulaPart& part) {
    switch (part.kind) {
        case Kind::Row:
            return row_words(part);
        case Kind::Fraction: {
            const std::string above = row_words(part.children[0]), below = row_words(part.children[1]);
            if (is_single(part.children[0]) && is_single(part.children[1])) return tr("{0} over {1}", {above, below});
            return tr("the fraction {0} over {1}, end of fraction,", {above, below});
        }
        case Kind::Root:
            return tr("the square root of {0}", {row_words(part.children[0])});
        case Kind::Scripts:
            return script_words(part);
        case Kind::Fence:
            return tr("bracket {0} end of bracket", {row_words(part.children[0])});
        case Kind::Big:
            return tr("{0} of", {tr(part.words)});
        default:
            return part.words.empty() ? part.text : tr(part.words);
    }
}

}  // namespace

core::Result<FormulaPart> parse_formula(std::string_view source) { return Parser(source).parse(); }

std::string spoken(const FormulaPart& formula) { return words_of(formula); }

std::string spoken_formula(std::string_view source) {
    const auto formula = parse_formula(source);
    return formula ? spoken(formula.value()) : std::string(source);
}

}  // namespace terrarium::ui
