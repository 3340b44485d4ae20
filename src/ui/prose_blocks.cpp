// A whole Markdown text, block by block.

#include <algorithm>

#include "ui/formula.h"
#include "ui/internal.h"
#include "ui/prose.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

const Markdown& read(std::string_view markdown) {
    auto& kept = context().markdowns[std::string(markdown)];
    if (!kept) kept = std::make_shared<Markdown>(read_markdown(markdown));
    return *kept;
}

float body_size() { return context().scaled(type_size(Type::Body)); }

void code(std::string_view key, const Block& it) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Mono));
    const float line_height = size * 1.5f;
    std::vector<std::string> lines;
    for (size_t at = 0; at <= it.text.size();) {
        const size_t end = std::min(it.text.find('\n', at), it.text.size());
        for (std::string& line : wrapped(c.fonts.mono, size, it.text.substr(at, end - at), c.area().width - 24)) {
            lines.push_back(std::move(line));
        }
        at = end + 1;
    }
    const Rect rect = c.place(c.area().width, line_height * static_cast<float>(lines.size()) + 20);
    const ImRect box = to_box(rect);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Background), 8);
    Node& node = add_node(key, "paragraph", it.text, rect);
    node.properties["size"] = size;
    for (size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        const float y = 10 + line_height * static_cast<float>(i);
        draw_text({box.Min.x + 12, box.Min.y + y}, c.fonts.mono, size, c.color(Ink::Text), lines[i]);
        node.lines.push_back(
            {{rect.x + 12, rect.y + y, text_size(c.fonts.mono, size, lines[i]).x, line_height}, lines[i], "mono"});
    }
}

/// A formula in a line of its own, in the middle; one that is too wide is set smaller.
void display(std::string_view key, const Block& it) {
    Context& c = context();
    float size = body_size() * 1.1f;
    FormulaLayout layout = lay_out_formula(it.text, size, true);
    const float room = c.area().width - 8;
    if (layout.width > room) {
        size *= room / layout.width;
        layout = lay_out_formula(it.text, size, true);
    }
    const Rect rect = c.place(c.area().width, layout.ascent + layout.descent + 12);
    const float x = rect.x + std::max(0.0f, (rect.width - layout.width) / 2);
    draw_formula(layout, c.to_screen(x, rect.y + 6 + layout.ascent), c.color(Ink::Text));
    Node& node = add_node(key, "math", spoken_formula(it.text), rect);
    node.properties["size"] = size;
    node.lines.push_back({{x, rect.y + 6, layout.width, rect.height - 12}, spoken_formula(it.text), "body"});
}

std::string item(std::string_view key, std::string_view source, const Block& it) {
    Context& c = context();
    const float size = body_size();
    const float step = size * 1.25f;
    const float indent = step * static_cast<float>(it.depth + 1);
    const float top = c.area().y + (c.area().is_empty ? 0 : c.area().gap);
    std::string asked = block(key, "listitem", source, {.size = size, .indent = indent}, &it.runs);
    const float x = c.area().x + indent - step;
    if (it.mark.empty()) {
        draw_list().AddCircleFilled(c.to_screen(x + size * 0.4f, top + size * 0.75f), 3, c.color(Ink::Accent));
    } else {
        const float y = top + (size * 1.5f - size * c.fonts.metrics(c.fonts.bold).height) / 2;
        draw_text(c.to_screen(x, y), c.fonts.bold, size, c.color(Ink::Accent), it.mark);
    }
    return asked;
}

std::string quote(std::string_view key, std::string_view source, const Block& it) {
    Context& c = context();
    const float top = c.area().y + (c.area().is_empty ? 0 : c.area().gap);
    const ImVec2 from = c.to_screen(c.area().x, top);
    std::string asked =
        block(key, "paragraph", source, {.ink = Ink::Muted, .size = body_size(), .indent = 16}, &it.runs);
    draw_list().AddRectFilled(from, {from.x + 4, c.to_screen(0, c.area().y).y}, c.color(Ink::Accent), 2);
    return asked;
}

void table_block(std::string_view key, const Block& it) {
    std::vector<std::vector<std::string>> rows;
    for (const auto& cells : it.table) {
        std::vector<std::string> row;
        for (const std::vector<Run>& cell : cells) row.push_back(plain_words(cell));
        rows.push_back(std::move(row));
    }
    if (rows.empty()) return;
    const std::vector<std::string> head = rows.front();
    rows.erase(rows.begin());
    std::string name;
    for (const std::string& column : head) name += (name.empty() ? "" : ", ") + column;
    table(key, name, head, rows);
}

}  // namespace

std::string prose(std::string_view key, std::string_view markdown) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const std::vector<Block>& blocks = read(markdown).blocks;
    std::string asked;
    bool is_in_list = false;
    const float gap = c.area().gap;
    for (size_t i = 0; i < blocks.size(); ++i) {
        const Block& it = blocks[i];
        const std::string number = std::to_string(i);
        const std::string block_key = blocks.size() == 1 ? std::string(key) : std::string(key) + "." + number;
        const std::string source = number + ":" + std::string(markdown);
        const bool is_item = it.kind == Block::Kind::Item;
        if (is_in_list && !is_item) c.twin.pop_parent();
        if (!is_in_list && is_item) {
            add_node(block_key + ".list", "list", "", {c.area().x, c.area().y, c.area().width, 0})
                .properties["ordered"] = !it.mark.empty();
            c.twin.push_parent(block_key + ".list");
        }
        c.area().gap = is_in_list && is_item ? 6 : gap;
        is_in_list = is_item;
        std::string term;
        switch (it.kind) {
            case Block::Kind::Paragraph:
                term = block(block_key, "paragraph", source, {.size = body_size()}, &it.runs);
                break;
            case Block::Kind::Item:
                term = item(block_key, source, it);
                break;
            case Block::Kind::Quote:
                term = quote(block_key, source, it);
                break;
            case Block::Kind::Code:
                code(block_key, it);
                break;
            case Block::Kind::Formula:
                display(block_key, it);
                break;
            case Block::Kind::Table:
                table_block(block_key, it);
                break;
        }
        c.area().gap = gap;
        if (!term.empty()) asked = term;
    }
    if (is_in_list) c.twin.pop_parent();
    return asked;
}

}  // namespace terrarium::ui
