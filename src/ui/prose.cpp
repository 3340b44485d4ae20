// Words on the canvas, and the same lines in the twin's text layer so that they can be selected, found and translated.

#include "ui/prose.h"

#include <algorithm>
#include <cmath>

#include "ui/formula.h"
#include "ui/internal.h"
#include "ui/scripts.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace internal {

/// A block of words, laid out: kept from frame to frame, because most words stay what they were.
struct Prose {
    struct Placed {
        const Run* run;
        std::string text;
        float x, width;
        int line;
    };
    std::string markup;
    float width = 0, size = 0;
    bool is_bold = false;
    std::vector<Run> runs;
    std::string name;                     ///< all words
    std::vector<FormulaLayout> formulas;  ///< one for each run; empty where it is none
    std::vector<Placed> placed;
    std::vector<float> line_tops;  ///< of each line, and the end of the last one
    std::vector<float> baselines;  ///< of each line, from the top of the block
};

}  // namespace internal

namespace {

using Placed = Prose::Placed;

struct Piece {
    const Run* run = nullptr;
    std::string_view text;
    bool has_space_before = false;
};

ImFont* font_of(const Run& run) {
    const Fonts& fonts = context().fonts;
    return run.is_code ? fonts.mono : run.is_bold ? fonts.bold : fonts.regular;
}

/// Words are pieces that must not be broken apart: "**bold**," is two pieces and one word.
std::vector<std::vector<Piece>> words_of(const std::vector<Run>& runs) {
    std::vector<std::vector<Piece>> words;
    bool after_space = true;
    for (const Run& run : runs) {
        size_t at = 0;
        while (at < run.text.size()) {
            if (run.is_formula) {
                if (after_space || words.empty()) words.emplace_back();
                words.back().push_back({&run, run.text, after_space});
                after_space = false;
                break;
            }
            if (run.text[at] == ' ' || run.text[at] == '\n') {
                after_space = true;
                ++at;
                continue;
            }
            size_t end = at;
            while (end < run.text.size() && run.text[end] != ' ' && run.text[end] != '\n') {
                const std::string_view rest = std::string_view(run.text).substr(end);
                const std::string_view letter = rest.substr(0, character_length(rest));
                end += letter.size();
                if (end < run.text.size() && may_break_between(letter, rest.substr(letter.size()))) break;
            }
            const bool is_after_break = at > 0 && run.text[at - 1] != ' ' && run.text[at - 1] != '\n';
            if (after_space || is_after_break || words.empty()) words.emplace_back();
            words.back().push_back({&run, std::string_view(run.text).substr(at, end - at), after_space});
            after_space = false;
            at = end;
        }
    }
    return words;
}

float width_of(const Prose& prose, const Piece& piece) {
    if (!piece.run->is_formula) return text_size(font_of(*piece.run), prose.size, piece.text).x;
    return prose.formulas[static_cast<size_t>(piece.run - prose.runs.data())].width;
}

/// Bytes of the longest beginning of a piece that is at most `width` wide; of one letter at least where a line begins.
size_t fitting(const Prose& prose, const Piece& piece, float width, bool is_line_start) {
    size_t fit = 0;
    while (fit < piece.text.size()) {
        const size_t next = fit + character_length(piece.text.substr(fit));
        const bool is_needed = fit == 0 && is_line_start;
        if (!is_needed && text_size(font_of(*piece.run), prose.size, piece.text.substr(0, next)).x > width) break;
        fit = next;
    }
    return fit;
}

void place_words(Prose& prose) {
    const float blank = text_size(context().fonts.regular, prose.size, " ").x;
    float x = 0;
    int line = 0;
    for (const auto& word : words_of(prose.runs)) {
        float word_width = 0;
        for (const Piece& piece : word) word_width += width_of(prose, piece);
        const float before = word.front().has_space_before ? blank : 0;  // ideographs stand without spaces
        if (x > 0 && x + before + word_width > prose.width) {
            x = 0;
            ++line;
        } else if (x > 0) {
            x += before;
        }
        const auto put = [&](const Piece& piece) {
            const float piece_width = width_of(prose, piece);
            const bool joins =
                !prose.placed.empty() && prose.placed.back().line == line && prose.placed.back().run == piece.run;
            if (joins) {
                Placed& last = prose.placed.back();
                if (piece.has_space_before) last.text += ' ';
                last.text += piece.text;
                last.width = x + piece_width - last.x;
            } else {
                const bool is_formula = piece.run->is_formula;
                std::string text = is_formula ? spoken_formula(piece.text) : std::string(piece.text);
                prose.placed.push_back({piece.run, std::move(text), x, piece_width, line});
            }
            x += piece_width;
        };
        for (Piece piece : word) {
            // A word that no line can hold (a file's name, an address) goes on in the next line.
            while (word_width > prose.width && !piece.run->is_formula && x + width_of(prose, piece) > prose.width) {
                const size_t fit = fitting(prose, piece, prose.width - x, x == 0);
                if (fit == piece.text.size()) break;
                if (fit > 0) put({piece.run, piece.text.substr(0, fit), piece.has_space_before});
                piece = {piece.run, piece.text.substr(fit), false};
                x = 0;
                ++line;
            }
            put(piece);
        }
    }
}

/// Lines are as tall as their letters want; a formula that reaches further makes its line taller.
void place_lines(Prose& prose, float line_height) {
    const Fonts::Metrics& metrics = context().fonts.regular_metrics;
    const float above = (line_height - prose.size * metrics.height) / 2 + prose.size * metrics.ascender;
    const int n_lines = prose.placed.empty() ? 1 : prose.placed.back().line + 1;
    std::vector<float> ascents(static_cast<size_t>(n_lines), above);
    std::vector<float> descents(static_cast<size_t>(n_lines), line_height - above);
    for (const Placed& p : prose.placed) {
        if (!p.run->is_formula) continue;
        const FormulaLayout& formula = prose.formulas[static_cast<size_t>(p.run - prose.runs.data())];
        float& ascent = ascents[static_cast<size_t>(p.line)];
        float& descent = descents[static_cast<size_t>(p.line)];
        ascent = std::max(ascent, formula.ascent + prose.size * 0.1f);
        descent = std::max(descent, formula.descent + prose.size * 0.1f);
    }
    float top = 0;
    for (size_t i = 0; i < ascents.size(); ++i) {
        prose.line_tops.push_back(top);
        prose.baselines.push_back(top + ascents[i]);
        top += ascents[i] + descents[i];
    }
    prose.line_tops.push_back(top);
}

const Prose& laid_out(std::string_view key, std::string_view source, const std::vector<Run>* runs, bool is_bold,
                      float width, float size, float line_height) {
    auto& kept = context().proses[std::string(key)];
    if (kept && kept->markup == source && kept->width == width && kept->size == size && kept->is_bold == is_bold) {
        return *kept;
    }
    kept =
        std::make_shared<Prose>(Prose{.markup = std::string(source), .width = width, .size = size, .is_bold = is_bold});
    kept->runs = runs != nullptr ? *runs : parse_markup(source);
    for (Run& run : kept->runs) run.is_bold = run.is_bold || is_bold;
    kept->name = plain_words(kept->runs);
    for (const Run& run : kept->runs) {
        kept->formulas.push_back(run.is_formula ? lay_out_formula(run.text, size, false) : FormulaLayout{});
    }
    place_words(*kept);
    place_lines(*kept, line_height);
    return *kept;
}

void draw_placed(const Prose& prose, const Placed& p, ImVec2 baseline, Ink ink) {
    Context& c = context();
    const float letters = prose.size * c.fonts.regular_metrics.height;
    const bool can_be_used = !p.run->term.empty() || !p.run->address.empty();
    const ImU32 color = c.color(can_be_used ? Ink::Accent : ink);
    if (p.run->is_formula) {
        return draw_formula(prose.formulas[static_cast<size_t>(p.run - prose.runs.data())], baseline, color);
    }
    if (p.run->is_code) {
        const float top = baseline.y - prose.size * c.fonts.regular_metrics.ascender;
        draw_list().AddRectFilled({baseline.x - 2, top}, {baseline.x + p.width + 2, top + letters}, c.color(Ink::Soft),
                                  4);
    }
    ImFont* font = font_of(*p.run);
    const ImVec2 at{baseline.x, baseline.y - prose.size * c.fonts.metrics(font).ascender};
    if (p.run->is_italic)
        draw_slanted(at, font, prose.size, color, p.text);
    else
        draw_line(at, font, prose.size, color, p.text);
    const float y = std::round(baseline.y + prose.size * 0.14f);
    if (!p.run->term.empty()) {
        for (float x = baseline.x; x < baseline.x + p.width; x += 4) {
            draw_list().AddRectFilled({x, y}, {x + 2, y + 1.5f}, color);
        }
    } else if (!p.run->address.empty()) {
        draw_list().AddRectFilled({baseline.x, y}, {baseline.x + p.width, y + 1.5f}, color);
    }
}

/// The words of a block that can be pressed: terms and links. Returns the term that was asked for.
std::string usable_words(std::string_view key, const std::vector<std::pair<const Run*, Rect>>& usable) {
    std::string asked;
    int n_links = 0;
    for (const auto& [run, at] : usable) {
        const Rect target{at.x - 2, at.y - 2, at.width + 4, std::max(24.0f, at.height + 4)};
        if (run->term.empty()) {
            const std::string link_key = std::string(key) + ".link." + std::to_string(n_links++);
            Node& node = add_node(link_key, "link", run->text, target);
            node.properties["href"] = run->address;
            if (press(link_key, target, true).was_pressed || was_clicked_in_twin(link_key)) {
                context().wanted_link = run->address;
            }
            continue;
        }
        const std::string term_key = std::string(key) + ".term." + run->term;
        if (context().twin.find(term_key) != nullptr) continue;
        Node& node = add_node(term_key, "button", tr("What is: {0}", {run->text}), target);
        node.properties["term"] = true;
        if (press(term_key, target, true).was_pressed || was_clicked_in_twin(term_key)) asked = run->term;
    }
    return asked;
}

}  // namespace

namespace internal {

std::string block(std::string_view key, std::string_view role, std::string_view source, const BlockLook& look,
                  const std::vector<Run>* runs) {
    Context& c = context();
    const float line_height = look.size * (look.is_bold && look.size > 20 ? 1.22f : 1.5f);
    const Prose& prose =
        laid_out(key, source, runs, look.is_bold, c.area().width - look.indent, look.size, line_height);
    Rect rect = c.place(c.area().width, prose.line_tops.back());
    rect.x += look.indent;
    rect.width -= look.indent;

    Node& node = add_node(key, role, prose.name, rect);
    std::vector<std::pair<const Run*, Rect>> usable;
    const Fonts::Metrics& metrics = c.fonts.regular_metrics;
    for (const Placed& p : prose.placed) {
        const float baseline = prose.baselines[static_cast<size_t>(p.line)];
        const Rect at{rect.x + p.x, rect.y + baseline - look.size * metrics.ascender, p.width,
                      look.size * metrics.height};
        const ImVec2 screen = c.to_screen(at.x, rect.y + baseline);
        draw_placed(prose, p, screen, look.ink);
        const bool can_be_used = !p.run->term.empty() || !p.run->address.empty();
        if (can_be_used && (usable.empty() || usable.back().first != p.run)) usable.emplace_back(p.run, at);
        node.lines.push_back({at, p.text, p.run->is_code ? "mono" : p.run->is_bold ? "bold" : "body"});
    }
    node.properties["size"] = look.size;
    if (look.level > 0) node.properties["level"] = look.level;
    return usable_words(key, usable);
}

}  // namespace internal

void heading(std::string_view key, int level, std::string_view words, Type type) {
    if (is_hidden(key)) return;
    const std::vector<Run> runs{{.text = std::string(words), .term = {}, .address = {}}};
    block(key, "heading", words, {.size = context().scaled(type_size(type)), .is_bold = true, .level = level}, &runs);
}

std::string paragraph(std::string_view key, std::string_view markup, Ink ink, Type type) {
    if (is_hidden(key)) return {};
    return block(key, "paragraph", markup, {.ink = ink, .size = context().scaled(type_size(type))});
}

std::string list(std::string_view key, const std::vector<std::string>& items) {
    if (is_hidden(key)) return {};
    Context& c = context();
    std::string asked;
    const Rect start{c.area().x, c.area().y, c.area().width, 0};
    add_node(key, "list", "", start);
    c.twin.push_parent(std::string(key));
    const float gap = std::exchange(c.area().gap, 6.0f);
    for (size_t i = 0; i < items.size(); ++i) {
        const std::string item_key = std::string(key) + "." + std::to_string(i);
        const float top = c.area().y + (c.area().is_empty ? 0 : c.area().gap);
        const std::string term =
            block(item_key, "listitem", items[i], {.size = c.scaled(type_size(Type::Body)), .indent = 18});
        const ImVec2 dot = c.to_screen(c.area().x + 6, top + c.scaled(12));
        draw_list().AddCircleFilled(dot, 3, c.color(Ink::Accent));
        if (!term.empty()) asked = term;
    }
    c.area().gap = gap;
    c.twin.pop_parent();
    return asked;
}

bool link(std::string_view key, std::string_view words) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const ImVec2 wanted = text_size(c.fonts.regular, size, words);
    const Rect rect = c.place(wanted.x + 4, std::max(wanted.y + 8, 24.0f));
    const Press p = press(key, rect, true);
    add_node(key, "link", words, rect);
    draw_text({p.box.Min.x + 2, p.box.Min.y + 4}, c.fonts.regular, size, c.color(Ink::Accent), words);
    draw_list().AddLine({p.box.Min.x + 2, p.box.Min.y + wanted.y + 4}, {p.box.Max.x - 2, p.box.Min.y + wanted.y + 4},
                        c.color(Ink::Accent));
    return was_clicked_in_twin(key) || p.was_pressed;
}

void fact(std::string_view key, std::string_view words, std::string_view value, Ink ink) {
    if (is_hidden(key)) return;
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small) + 1);
    const float value_width = text_size(c.fonts.bold, size, value).x;
    const auto lines = wrapped(c.fonts.regular, size, words, std::max(80.0f, c.area().width - value_width - 16));
    const float line_height = size * 1.4f;
    const Rect rect = c.place(c.area().width, line_height * static_cast<float>(lines.size()) + 12);
    const ImRect box = to_box(rect);
    std::vector<TextLine> twin_lines;
    for (size_t i = 0; i < lines.size(); ++i) {
        const float y = 6 + line_height * static_cast<float>(i);
        draw_line({box.Min.x, box.Min.y + y}, c.fonts.regular, size, c.color(Ink::Text), lines[i]);
        twin_lines.push_back(
            {{rect.x, rect.y + y, text_size(c.fonts.regular, size, lines[i]).x, line_height}, lines[i], "body"});
    }
    draw_text({box.Max.x - value_width, box.Min.y + 6}, c.fonts.bold, size, c.color(ink), value);
    twin_lines.push_back(
        {{rect.x + rect.width - value_width, rect.y + 6, value_width, line_height}, std::string(value), "bold"});
    draw_list().AddLine({box.Min.x, box.Max.y}, box.Max, c.color(Ink::Line));
    Node& node = add_node(key, "paragraph", std::string(words) + ": " + std::string(value), rect);
    node.lines = std::move(twin_lines);
    node.properties["size"] = size;
}

void sample(std::string_view key, std::string_view caption, std::string_view words) {
    if (is_hidden(key)) return;
    Context& c = context();
    const float size = c.scaled(type_size(Type::Mono));
    const float small = c.scaled(type_size(Type::MonoSmall));
    const float line_height = size * 1.45f;
    std::vector<std::string> lines;
    for (size_t at = 0; at <= words.size();) {
        const size_t end = std::min(words.find('\n', at), words.size());
        for (std::string& line : wrapped(c.fonts.mono, size, words.substr(at, end - at), c.area().width - 24)) {
            lines.push_back(std::move(line));
        }
        at = end + 1;
    }
    const auto caption_lines = wrapped(c.fonts.regular, small, caption, c.area().width - 24);
    const float top = 10 + small * (0.15f + kLineHeight * static_cast<float>(caption_lines.size()));
    const Rect rect = c.place(c.area().width, top + line_height * static_cast<float>(lines.size()) + 10);
    const ImRect box = to_box(rect);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Background), 8);
    draw_lines({box.Min.x + 12, box.Min.y + 8}, c.fonts.regular, small, c.color(Ink::Muted), caption_lines);
    std::vector<TextLine> twin_lines;
    for (size_t i = 0; i < caption_lines.size(); ++i) {
        const float y = 8 + small * kLineHeight * static_cast<float>(i);
        const float width = text_size(c.fonts.regular, small, caption_lines[i]).x;
        twin_lines.push_back({{rect.x + 12, rect.y + y, width, small * 1.3f}, caption_lines[i], "body"});
    }
    for (size_t i = 0; i < lines.size(); ++i) {
        const float y = top + line_height * static_cast<float>(i);
        draw_line({box.Min.x + 12, box.Min.y + y}, c.fonts.mono, size, c.color(Ink::Text), lines[i]);
        if (lines[i].empty()) continue;
        twin_lines.push_back(
            {{rect.x + 12, rect.y + y, text_size(c.fonts.mono, size, lines[i]).x, line_height}, lines[i], "mono"});
    }
    Node& node = add_node(key, "paragraph", std::string(caption) + ": " + std::string(words), rect);
    node.lines = std::move(twin_lines);
    node.properties["size"] = size;
}

void note(std::string_view key, std::string_view words, Ink ink) {
    if (is_hidden(key) || words.empty()) return;
    // What happened is plain text: a name in it may have any signs.
    const std::vector<Run> runs{{.text = std::string(words), .term = {}, .address = {}}};
    block(key, "status", words, {.ink = ink, .size = context().scaled(type_size(Type::Small) + 1)}, &runs);
}

}  // namespace terrarium::ui
