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

namespace {

constexpr float kStickyMargin = 8;
constexpr Type kStickyType = Type::Small;

/// One button of the bar; `rect` in the viewport.
bool sticky_button(std::string_view key, const std::vector<std::string>& lines, std::string_view name, const Rect& rect,
                   bool is_loud) {
    const Context& c = context();
    const float size = c.scaled(type_size(kStickyType)), line_height = size * kLineHeight;
    const Press p = press(key, rect, true);
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(is_loud || p.is_hovered ? Ink::Soft : Ink::Panel), kRadius);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_loud ? Ink::Accent : Ink::Control), kRadius, 0,
                        is_loud ? 1.5f : 1.0f);
    float y = p.box.Min.y + (rect.height - line_height * static_cast<float>(lines.size())) / 2;
    for (const std::string& line : lines) {
        draw_text_centered({{p.box.Min.x, y}, {p.box.Max.x, y + line_height}}, c.fonts.bold, size, c.color(Ink::Text),
                           line);
        y += line_height;
    }
    add_node(key, "button", name, rect);
    return p.was_pressed || was_clicked_in_twin(key);
}

}  // namespace

StickyPress sticky_bar(const StickyBar& bar) {
    Context& c = context();
    c.is_drawing_fixed = true;
    const float size = c.scaled(type_size(kStickyType)), line_height = size * kLineHeight, padding = 24;
    const float margin = std::max(kStickyMargin, (c.env.width - kWidestPage) / 2);
    float width = c.env.width - 2 * margin;
    const float short_width = bar.short_words.empty()
                                  ? 0
                                  : std::min(width / 2, text_size(c.fonts.bold, size, bar.short_words).x + padding + 2);
    if (short_width > 0) width -= short_width + (bar.words.empty() ? 0 : kStickyMargin);
    const auto lines = wrapped(c.fonts.bold, size, bar.words, width - padding);
    const auto short_lines = wrapped(c.fonts.bold, size, bar.short_words, short_width - padding);
    const auto n_lines = static_cast<float>(std::max(lines.size(), short_lines.size()));
    const float height = std::max(c.control_height(), line_height * n_lines + 16);
    const float strip_height = height + 2 * kStickyMargin;
    c.remember_height("sticky_bar", strip_height);
    const Rect strip{0, c.env.height - strip_height, c.env.width, strip_height};

    // A window of its own: what the page draws below it can be neither seen through it nor pressed.
    ImGui::SetNextWindowPos({strip.x, strip.y});
    ImGui::SetNextWindowSize({strip.width, strip.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, ImVec2(1, 1));
    ImGui::Begin("sticky bar", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoScrollWithMouse |
                     ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar(3);
    const ImRect box = to_box(strip);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Panel));
    draw_list().AddLine(box.Min, {box.Max.x, box.Min.y}, c.color(Ink::Line));
    c.twin.push_parent("");
    add_node("sticky_bar", "group", tr("Always in sight"), strip);
    c.twin.push_parent("sticky_bar");
    const float y = strip.y + kStickyMargin;
    StickyPress pressed = StickyPress::None;
    if (!bar.words.empty() && sticky_button(bar.key, lines, bar.words, {margin, y, width, height}, true))
        pressed = StickyPress::Long;
    const Rect at_end{c.env.width - margin - short_width, y, short_width, height};
    if (short_width > 0 && sticky_button(bar.short_key, short_lines, bar.full_words, at_end, false))
        pressed = StickyPress::Short;
    c.twin.pop_parent();
    c.twin.pop_parent();
    ImGui::End();
    c.is_drawing_fixed = false;
    return pressed;
}

}  // namespace terrarium::ui
