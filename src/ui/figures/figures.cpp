#include "ui/figures/figures.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "ui/internal.h"
#include "ui/prose.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

extern const FigureEntry next_token_figure, causal_mask_figure, context_window_figure, surprise_figure;

std::span<const FigureEntry> all_figures() {
    static const std::array kFigures = {next_token_figure, causal_mask_figure, context_window_figure, surprise_figure};
    return kFigures;
}

const FigureEntry* find_figure(std::string_view id) {
    for (const FigureEntry& entry : all_figures()) {
        if (entry.id == id) return &entry;
    }
    return nullptr;
}

std::vector<std::string> figure_tokens(const json& parameters, std::vector<std::string> ours, size_t most) {
    const auto given = parameters.is_object() ? parameters.find("tokens") : parameters.end();
    if (!parameters.is_object() || given == parameters.end() || !given->is_array()) return ours;
    std::vector<std::string> tokens;
    for (const json& token : *given) {
        if (token.is_string() && tokens.size() < most) tokens.push_back(token.get<std::string>());
    }
    return tokens.size() < 2 ? ours : tokens;
}

void Canvas::box(float x, float y, float width, float height, Ink ink, float alpha) const {
    draw_list().AddRectFilled({left_ + x, top_ + y}, {left_ + x + width, top_ + y + height},
                              context().color(ink, alpha), 4);
}

void Canvas::frame(float x, float y, float width, float height, Ink ink, float thickness) const {
    draw_list().AddRect({left_ + x, top_ + y}, {left_ + x + width, top_ + y + height}, context().color(ink), 4, 0,
                        thickness);
}

void Canvas::arrow(float x0, float y0, float x1, float y1, Ink ink) const {
    const ImU32 color = context().color(ink);
    const ImVec2 from{left_ + x0, top_ + y0}, to{left_ + x1, top_ + y1};
    const float length = std::max(1.0f, std::hypot(to.x - from.x, to.y - from.y));
    const ImVec2 along{(to.x - from.x) / length, (to.y - from.y) / length};
    const float head = unit_ * 0.45f;
    const ImVec2 neck{to.x - along.x * head, to.y - along.y * head};
    draw_list().AddLine(from, neck, color, 1.5f);
    draw_list().AddTriangleFilled(to, {neck.x - along.y * head * 0.5f, neck.y + along.x * head * 0.5f},
                                  {neck.x + along.y * head * 0.5f, neck.y - along.x * head * 0.5f}, color);
}

void Canvas::words(float x, float y, float room, std::string_view text, Ink ink, Align align, bool is_bold) const {
    const Fonts& fonts = context().fonts;
    ImFont* font = is_bold ? fonts.bold : fonts.regular;
    const float size = unit_ * 0.72f;
    const std::string shown = fitted(font, size, text, room);
    const ImVec2 wanted = text_size(font, size, shown);
    const float free = room - wanted.x;
    const float shift = align == Align::Left ? 0 : align == Align::Middle ? free / 2 : free;
    draw_text({left_ + x + shift, top_ + y + (unit_ - wanted.y) / 2}, font, size, context().color(ink), shown);
}

void Canvas::token(float x, float y, float width, float height, std::string_view text, Ink fill, Ink ink) const {
    box(x, y, width, height, fill);
    words(x + 2, y + (height - unit_) / 2, width - 4, text, ink, Align::Middle);
}

void figure(std::string_view key, std::string_view id, const json& parameters, std::string_view caption) {
    if (is_hidden(key)) return;
    const FigureEntry* entry = find_figure(id);
    if (entry == nullptr) return note(key, tr("There is no figure called {0}.", {std::string(id)}), Ink::Warn);
    Context& c = context();
    const float unit = c.scaled(type_size(Type::Small)) * 1.4f;
    const float pad = 12;
    const float inner = c.area().width - 2 * pad;
    const float height = entry->height(parameters, inner / unit) * unit;
    const Rect rect = c.place(c.area().width, height + 2 * pad);
    const ImRect box = to_box(rect);
    draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Background), 8);
    draw_list().AddRect(box.Min, box.Max, c.color(Ink::Line), 8);
    draw_list().PushClipRect(box.Min, box.Max, true);
    entry->draw(Canvas(box.Min.x + pad, box.Min.y + pad, inner, unit), parameters);
    draw_list().PopClipRect();
    add_node(key, "img", entry->words(parameters), rect);
    if (caption.empty()) return;
    const float gap = std::exchange(c.area().gap, 6.0f);
    paragraph(std::string(key) + ".caption", caption, Ink::Muted, Type::Small);
    c.area().gap = gap;
}

}  // namespace terrarium::ui
