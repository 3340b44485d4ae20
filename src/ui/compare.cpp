#include <algorithm>

#include "ui/cards.h"
#include "ui/internal.h"

namespace terrarium::ui {

using namespace internal;

namespace {

/// Each kind has a line of its own: solid, double, dashed, dotted.
void draw_underline(float from, float to, float y, int kind) {
    const ImU32 ink = context().series_color(kind);
    const auto pieces = [&](float length, float gap) {
        for (float x = from; x < to; x += length + gap) {
            draw_list().AddLine({x, y}, {std::min(x + length, to), y}, ink, 2);
        }
    };
    switch (kind % 4) {
        case 0:
            draw_list().AddLine({from, y}, {to, y}, ink, 2);
            break;
        case 1:
            draw_list().AddLine({from, y - 1.5f}, {to, y - 1.5f}, ink, 1.2f);
            draw_list().AddLine({from, y + 1.5f}, {to, y + 1.5f}, ink, 1.2f);
            break;
        case 2:
            pieces(6, 4);
            break;
        default:
            pieces(2, 3);
    }
}

void draw_side(const std::string& key, const MarkedText& text) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Body));
    const float pitch = size * 1.8f;
    heading(key + ".caption", 3, text.caption, Type::Body);
    if (text.words.empty()) {
        paragraph(key, tr("There is no text."), Ink::Muted);
        return;
    }
    const auto lines = wrapped(c.fonts.regular, size, text.words, c.area().width);
    const Rect rect = c.place(c.area().width, pitch * static_cast<float>(lines.size()));
    Node& node = add_node(key, "paragraph", text.words, rect);
    node.properties["size"] = size;
    float y = rect.y;
    size_t at = 0;
    for (const std::string& line : lines) {
        at = text.words.find(line, at);
        const ImVec2 extent = text_size(c.fonts.regular, size, line);
        const ImVec2 screen = c.to_screen(rect.x, y);
        for (const TextMark& mark : text.marks) {
            const size_t from = std::max(mark.from, at), to = std::min(mark.to, at + line.size());
            if (from >= to) continue;
            const float x0 = text_size(c.fonts.regular, size, std::string_view(line).substr(0, from - at)).x;
            const float x1 = text_size(c.fonts.regular, size, std::string_view(line).substr(0, to - at)).x;
            draw_list().AddRectFilled({screen.x + x0, screen.y}, {screen.x + x1, screen.y + extent.y},
                                      c.series_color(mark.kind, 0.14f), 3);
            draw_underline(screen.x + x0, screen.x + x1, screen.y + extent.y + 2, mark.kind);
        }
        draw_text(screen, c.fonts.regular, size, c.color(Ink::Text), line);
        node.lines.push_back({{rect.x, y, extent.x, extent.y}, line, "body"});
        y += pitch;
        at += line.size();
    }
}

/// The legend on the canvas; in the twin at its place a table of every marked piece.
void draw_legend(const std::string& key, std::string_view name, const std::vector<const MarkedText*>& texts,
                 const std::vector<std::string>& kinds) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    Rect all{c.area().x, c.area().y, c.area().width, size * 1.8f};
    {
        const Row row(16);
        for (size_t i = 0; i < kinds.size(); ++i) {
            const Rect rect = c.place(text_size(c.fonts.regular, size, kinds[i]).x + 36, size * 1.8f);
            const ImRect box = to_box(rect);
            const float middle = (box.Min.y + box.Max.y) / 2;
            draw_underline(box.Min.x, box.Min.x + 26, middle + 2, static_cast<int>(i));
            draw_text({box.Min.x + 32, middle - size * 0.6f}, c.fonts.regular, size, c.color(Ink::Text), kinds[i]);
        }
    }
    json rows = json::array();
    for (const MarkedText* text : texts) {
        for (const TextMark& mark : text->marks) {
            const auto kind = static_cast<size_t>(mark.kind);
            rows.push_back({kind < kinds.size() ? kinds[kind] : "", text->words.substr(mark.from, mark.to - mark.from),
                            text->caption});
        }
    }
    Node& node = add_node(key, "table", name, all);
    node.properties["cols"] = {tr("Kind"), tr("Words"), tr("Text")};
    node.properties["rows"] = std::move(rows);
}

}  // namespace

void compare(std::string_view key, std::string_view name, const MarkedText& left, const MarkedText& right,
             const std::vector<std::string>& kinds) {
    if (is_hidden(key)) return;
    const std::string k(key);
    const Group group(key, name);
    if (available_width() >= context().scaled(560)) {
        Columns columns({1, 1});
        draw_side(k + ".left", left);
        columns.next();
        draw_side(k + ".right", right);
    } else {
        draw_side(k + ".left", left);
        draw_side(k + ".right", right);
    }
    if (left.marks.empty() && right.marks.empty()) {
        paragraph(k + ".marks", tr("Nothing is marked."), Ink::Muted, Type::Small);
        return;
    }
    draw_legend(k + ".marks", tr("What differs"), {&left, &right}, kinds);
}

}  // namespace terrarium::ui
