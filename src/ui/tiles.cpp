#include "ui/tiles.h"

#include <algorithm>
#include <cmath>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

/// Where the words of a tile stand, relative to its corner.
struct Layout {
    std::vector<std::string> title, about;
    float title_size = 0, about_size = 0, badge_size = 0, badge_width = 0, padding = 0, height = 0;
    bool has_badge_line = false;  ///< no room beside the title: the badge stands on a line of its own

    float line(float size) const { return size * 1.4f; }
};

Layout layout_of(const Tile& what, float width) {
    const Context& c = context();
    Layout out;
    out.title_size = c.scaled(type_size(Type::Body));
    out.about_size = out.badge_size = c.scaled(type_size(Type::Small));
    out.padding = c.scaled(14);
    const float inner = width - 2 * out.padding;
    out.badge_width = what.badge.empty() ? 0 : text_size(c.fonts.bold, out.badge_size, what.badge).x + 16;
    out.has_badge_line = out.badge_width > 0 && inner - out.badge_width < c.scaled(180);
    const float title_width = out.has_badge_line ? inner : inner - out.badge_width;
    out.title = wrapped(c.fonts.bold, out.title_size, what.title, title_width);
    if (!what.about.empty()) out.about = wrapped(c.fonts.regular, out.about_size, what.about, inner);
    out.height = 2 * out.padding + out.line(out.title_size) * static_cast<float>(out.title.size()) +
                 out.line(out.about_size) * static_cast<float>(out.about.size()) + (out.about.empty() ? 0 : 4) +
                 (out.has_badge_line ? out.line(out.badge_size) : 0);
    out.height = std::max(out.height, c.control_height());
    return out;
}

std::vector<TextLine> draw_words(const Tile& what, const Layout& layout, const Rect& rect, Ink title_ink) {
    const Context& c = context();
    std::vector<TextLine> lines;
    const auto write = [&](ImFont* font, float size, Ink ink, float x, float y, const std::string& words) {
        draw_text(c.to_screen(x, y), font, size, c.color(ink), words);
        lines.push_back(
            {{x, y, text_size(font, size, words).x, layout.line(size)}, words, font == c.fonts.bold ? "bold" : "body"});
    };
    const float x = rect.x + layout.padding;
    const float right = rect.x + rect.width - layout.padding;
    float y = rect.y + layout.padding;
    if (!what.badge.empty() && !layout.has_badge_line) {
        write(c.fonts.bold, layout.badge_size, what.badge_ink, right - layout.badge_width + 16,
              y + (layout.title_size - layout.badge_size) / 2, what.badge);
    }
    for (const std::string& line : layout.title) {
        write(c.fonts.bold, layout.title_size, title_ink, x, y, line);
        y += layout.line(layout.title_size);
    }
    if (!layout.about.empty()) y += 4;
    for (const std::string& line : layout.about) {
        write(c.fonts.regular, layout.about_size, Ink::Muted, x, y, line);
        y += layout.line(layout.about_size);
    }
    if (layout.has_badge_line) write(c.fonts.bold, layout.badge_size, what.badge_ink, x, y, what.badge);
    return lines;
}

std::string spoken(const Tile& what) {
    std::string words = what.title;
    for (const std::string* more : {&what.about, &what.badge}) {
        if (more->empty()) continue;
        words += words.ends_with('.') ? " " : ". ";
        words += *more;
    }
    return words;
}

/// Only where it can be seen: a long list of dashes would be more than one draw list holds.
void draw_dashes(const ImRect& box, ImU32 color) {
    if (!ImGui::IsRectVisible(box.Min, box.Max)) return;
    const auto dash = [&](ImVec2 from, ImVec2 to) {
        const float length = std::max(std::abs(to.x - from.x), std::abs(to.y - from.y));
        const ImVec2 step{(to.x - from.x) / length, (to.y - from.y) / length};
        for (float at = 0; at < length; at += 9) {
            const float end = std::min(at + 5, length);
            draw_list().AddLine({from.x + step.x * at, from.y + step.y * at},
                                {from.x + step.x * end, from.y + step.y * end}, color, 1.2f);
        }
    };
    dash(box.Min, {box.Max.x, box.Min.y});
    dash({box.Max.x, box.Min.y}, box.Max);
    dash(box.Max, {box.Min.x, box.Max.y});
    dash({box.Min.x, box.Max.y}, box.Min);
}

}  // namespace

bool tile(std::string_view key, const Tile& what) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const Layout layout = layout_of(what, c.area().width);
    const Rect rect = c.place(c.area().width, layout.height);
    const Press p = press(key, rect, true);
    const bool is_warm = p.is_hovered || p.is_held;
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(is_warm ? Ink::Soft : Ink::Panel), kRadius);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_warm ? Ink::Accent : Ink::Control), kRadius, 0, 1.2f);
    Node& node = add_node(key, "button", spoken(what), rect);
    node.properties["look"] = "tile";
    draw_words(what, layout, rect, Ink::Accent);
    return p.was_pressed || was_clicked_in_twin(key);
}

void planned_tile(std::string_view key, const Tile& what) {
    if (is_hidden(key)) return;
    Context& c = context();
    const Layout layout = layout_of(what, c.area().width);
    const Rect rect = c.place(c.area().width, layout.height);
    draw_dashes(to_box(rect), c.color(Ink::Control));
    Node& node = add_node(key, "paragraph", spoken(what), rect);
    node.lines = draw_words(what, layout, rect, Ink::Text);
    node.properties["size"] = layout.about_size;
}

}  // namespace terrarium::ui
