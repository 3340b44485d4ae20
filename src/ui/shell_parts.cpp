// Pieces that only the shell uses: brand, trail, the line that stays in sight.

#include <algorithm>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

bool brand(std::string_view key, std::string_view words, std::string_view description) {
    Context& c = context();
    const float size = c.scaled(17);
    const ImVec2 wanted = text_size(c.fonts.bold, size, words);
    const Rect rect = c.place(wanted.x + 12, c.control_height());
    const Press p = press(key, rect, true);
    const float y = (p.box.Min.y + p.box.Max.y - wanted.y) / 2;
    draw_text({p.box.Min.x, y}, c.fonts.bold, size, c.color(p.is_hovered ? Ink::Accent : Ink::Text), words);
    add_node(key, "button", description, rect);
    return p.was_pressed || was_clicked_in_twin(key);
}

void label(std::string_view key, std::string_view words) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Body));
    const ImVec2 wanted = text_size(c.fonts.bold, size, words);
    const Rect rect = c.place(wanted.x + 12, c.control_height());
    const float y = rect.y + (rect.height - wanted.y) / 2;
    draw_text(c.to_screen(rect.x, y), c.fonts.bold, size, c.color(Ink::Text), words);
    Node& node = add_node(key, "text", words, rect);
    node.lines.push_back({{rect.x, y, wanted.x, wanted.y}, std::string(words), "bold"});
    node.properties["size"] = size;
}

void trail(std::string_view key, std::string_view name, const std::vector<std::string>& stages, std::string_view here) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const std::string_view between = "  ·  ";
    float width = 0;
    for (const std::string& stage : stages)
        width += text_size(stage == here ? c.fonts.bold : c.fonts.regular, size, stage).x;
    width += text_size(c.fonts.regular, size, between).x * static_cast<float>(stages.size() - 1);
    const Rect rect = c.place(width + 8, c.control_height());
    const ImRect box = to_box(rect);
    float x = box.Min.x;
    const float y = (box.Min.y + box.Max.y - size * 1.2f) / 2;
    std::vector<TextLine> lines;
    std::string words = std::string(name) + ": ";
    for (size_t i = 0; i < stages.size(); ++i) {
        const bool is_here = stages[i] == here;
        ImFont* font = is_here ? c.fonts.bold : c.fonts.regular;
        if (i > 0) {
            draw_text({x, y}, c.fonts.regular, size, c.color(Ink::Muted), between);
            x += text_size(c.fonts.regular, size, between).x;
        }
        const float stage_width = text_size(font, size, stages[i]).x;
        draw_text({x, y}, font, size, c.color(is_here ? Ink::Accent : Ink::Muted), stages[i]);
        lines.push_back({{rect.x + x - box.Min.x, rect.y + y - box.Min.y, stage_width, size * 1.25f},
                         stages[i],
                         is_here ? "bold" : "body"});
        x += stage_width;
        words += (i > 0 ? ", " : "") + (is_here ? tr("{0} (here)", {stages[i]}) : stages[i]);
    }
    Node& node = add_node(key, "text", words, rect);
    node.lines = std::move(lines);
    node.properties["size"] = size;
}

bool sticky_line(std::string_view key, std::string_view words) {
    Context& c = context();
    c.is_drawing_fixed = true;
    const float size = c.scaled(type_size(Type::Small));
    const float line_height = size * 1.4f;
    const float margin = 8;
    const float width = c.env.width - 2 * margin;
    const auto lines = wrapped(c.fonts.bold, size, words, width - 24);
    const float text_height = line_height * static_cast<float>(lines.size());
    const float height = std::max(c.control_height() + 4, text_height + 20);
    c.remember_height(key, height);
    const Rect rect{margin, c.env.height - height - margin, width, height};
    const Press p = press(key, rect, true);
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Panel), kRadius);
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(Ink::Soft), kRadius);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(Ink::Accent), kRadius, 0, 1.5f);
    float y = p.box.Min.y + (height - text_height) / 2;
    for (const std::string& line : lines) {
        draw_text_centered({{p.box.Min.x, y}, {p.box.Max.x, y + line_height}}, c.fonts.bold, size, c.color(Ink::Text),
                           line);
        y += line_height;
    }
    add_node(key, "button", words, rect);
    c.is_drawing_fixed = false;
    return p.was_pressed || was_clicked_in_twin(key);
}

}  // namespace terrarium::ui
