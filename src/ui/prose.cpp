// Words on the canvas, and the same lines in the twin's text layer so that they can be selected, found and translated.

#include <algorithm>
#include <cmath>

#include "ui/internal.h"
#include "ui/markup.h"
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
    std::string name;  ///< all words
    std::vector<Placed> placed;
    int n_lines = 0;
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

std::vector<Placed> place_words(const std::vector<Run>& runs, float width, float size, int& n_lines) {
    std::vector<Placed> placed;
    const float blank = text_size(context().fonts.regular, size, " ").x;
    float x = 0;
    int line = 0;
    for (const auto& word : words_of(runs)) {
        float word_width = 0;
        for (const Piece& piece : word) word_width += text_size(font_of(*piece.run), size, piece.text).x;
        const float before = word.front().has_space_before ? blank : 0;  // ideographs stand without spaces
        if (x > 0 && x + before + word_width > width) {
            x = 0;
            ++line;
        } else if (x > 0) {
            x += before;
        }
        for (const Piece& piece : word) {
            const float piece_width = text_size(font_of(*piece.run), size, piece.text).x;
            const bool joins = !placed.empty() && placed.back().line == line && placed.back().run == piece.run;
            if (joins) {
                Placed& last = placed.back();
                if (piece.has_space_before) last.text += ' ';
                last.text += piece.text;
                last.width = x + piece_width - last.x;
            } else {
                placed.push_back({piece.run, std::string(piece.text), x, piece_width, line});
            }
            x += piece_width;
        }
    }
    n_lines = placed.empty() ? 0 : line + 1;
    return placed;
}

const Prose& laid_out(std::string_view key, std::string_view markup, bool is_bold, float width, float size) {
    auto& kept = context().proses[std::string(key)];
    if (kept && kept->markup == markup && kept->width == width && kept->size == size && kept->is_bold == is_bold) {
        return *kept;
    }
    kept =
        std::make_shared<Prose>(Prose{.markup = std::string(markup), .width = width, .size = size, .is_bold = is_bold});
    kept->runs = parse_markup(markup);
    for (Run& run : kept->runs) {
        run.is_bold = run.is_bold || is_bold;
        kept->name += run.text;
    }
    kept->placed = place_words(kept->runs, width, size, kept->n_lines);
    return *kept;
}

/// Lays out, draws and describes one block of words; returns the term that was asked for.
std::string block(std::string_view key, std::string_view role, std::string_view markup, Ink ink, float size,
                  float indent, bool all_bold, int level) {
    Context& c = context();
    const Prose& prose = laid_out(key, markup, all_bold, c.area().width - indent, size);
    const float line_height = size * (all_bold && size > 20 ? 1.22f : 1.5f);
    Rect rect = c.place(c.area().width, line_height * static_cast<float>(std::max(prose.n_lines, 1)));
    rect.x += indent;
    rect.width -= indent;

    Node& node = add_node(key, role, prose.name, rect);
    std::string asked;
    std::vector<std::pair<const Run*, Rect>> terms;
    const Fonts::Metrics& metrics = c.fonts.regular_metrics;
    const float letters = size * metrics.height;
    for (const Placed& p : prose.placed) {
        const Rect at{rect.x + p.x, rect.y + line_height * static_cast<float>(p.line) + (line_height - letters) / 2,
                      p.width, letters};
        const ImVec2 screen = c.to_screen(at.x, at.y);
        const float baseline = screen.y + size * metrics.ascender;
        const bool is_term = !p.run->term.empty();
        if (p.run->is_code) {
            draw_list().AddRectFilled({screen.x - 2, screen.y}, {screen.x + p.width + 2, screen.y + letters},
                                      c.color(Ink::Soft), 4);
        }
        ImFont* font = font_of(*p.run);
        draw_line({screen.x, baseline - size * c.fonts.metrics(font).ascender}, font, size,
                  c.color(is_term ? Ink::Accent : ink), p.text);
        if (is_term) {
            const float y = std::round(baseline + size * 0.14f);
            for (float x = screen.x; x < screen.x + p.width; x += 4) {
                draw_list().AddRectFilled({x, y}, {x + 2, y + 1.5f}, c.color(Ink::Accent));
            }
            if (terms.empty() || terms.back().first != p.run) terms.emplace_back(p.run, at);
        }
        node.lines.push_back({at, p.text, p.run->is_code ? "mono" : p.run->is_bold ? "bold" : "body"});
    }
    node.properties["size"] = size;
    if (level > 0) node.properties["level"] = level;
    for (const auto& [run, at] : terms) {
        const std::string term_key = std::string(key) + ".term." + run->term;
        if (c.twin.find(term_key) != nullptr) continue;
        const Rect target{at.x - 2, at.y - 2, at.width + 4, std::max(24.0f, at.height + 4)};
        Node& term_node = add_node(term_key, "button", tr("What is: {0}", {run->text}), target);
        term_node.properties["term"] = true;
        if (press(term_key, target, true).was_pressed || was_clicked_in_twin(term_key)) asked = run->term;
    }
    return asked;
}

}  // namespace

void heading(std::string_view key, int level, std::string_view words, Type type) {
    if (is_hidden(key)) return;
    block(key, "heading", words, Ink::Text, context().scaled(type_size(type)), 0, true, level);
}

std::string paragraph(std::string_view key, std::string_view markup, Ink ink, Type type) {
    if (is_hidden(key)) return {};
    return block(key, "paragraph", markup, ink, context().scaled(type_size(type)), 0, false, 0);
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
            block(item_key, "listitem", items[i], Ink::Text, c.scaled(type_size(Type::Body)), 18, false, 0);
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
    const float top = 10 + small * 1.5f;
    const Rect rect = c.place(c.area().width, top + line_height * static_cast<float>(lines.size()) + 10);
    const ImRect box = to_box(rect);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Background), 8);
    draw_text({box.Min.x + 12, box.Min.y + 8}, c.fonts.regular, small, c.color(Ink::Muted), caption);
    std::vector<TextLine> twin_lines;
    twin_lines.push_back({{rect.x + 12, rect.y + 8, text_size(c.fonts.regular, small, caption).x, small * 1.3f},
                          std::string(caption),
                          "body"});
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
    block(key, "status", words, ink, context().scaled(type_size(Type::Small) + 1), 0, false, 0);
}

}  // namespace terrarium::ui
