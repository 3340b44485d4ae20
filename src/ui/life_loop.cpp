#include "ui/life_loop.h"

#include <algorithm>
#include <cmath>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

constexpr float kLoopFrom = 860;  ///< narrower than this, at the normal text size, it is a list
constexpr float kPi = 3.14159265f;

struct Sizes {
    float title, detail, ring, padding;
};
Sizes sizes() {
    const Context& c = context();
    return {c.scaled(type_size(Type::Body)), c.scaled(type_size(Type::Small)), c.scaled(17), c.scaled(12)};
}

float words_x(const Sizes& s) { return 2 * s.padding + 2 * s.ring - 2; }

float stage_height(const Stage& stage, float width) {
    const Context& c = context();
    const Sizes s = sizes();
    const float inner = width - words_x(s) - s.padding;
    const auto title = wrapped(c.fonts.bold, s.title, stage.title, inner);
    const auto detail = wrapped(c.fonts.regular, s.detail, stage.detail, inner);
    return std::max(c.control_height() + 8, 2 * s.padding + s.title * 1.3f * static_cast<float>(title.size()) +
                                                s.detail * 1.4f * static_cast<float>(detail.size()) + 2);
}

void draw_ring(ImVec2 centre, float radius, const Stage& stage) {
    const Context& c = context();
    draw_list().AddCircleFilled(centre, radius, c.color(stage.is_here ? Ink::Accent : Ink::Soft), 40);
    draw_list().AddCircle(centre, radius, c.color(Ink::Control), 40, 1.5f);
    if (stage.done_fraction > 0) {
        draw_list().PathArcTo(centre, radius, -kPi / 2, -kPi / 2 + 2 * kPi * static_cast<float>(stage.done_fraction),
                              40);
        draw_list().PathStroke(c.color(Ink::Accent), 0, 4);
    }
    const std::string mark = stage.done_fraction >= 1 ? "✓" : stage.mark;
    draw_text_centered({{centre.x - radius, centre.y - radius}, {centre.x + radius, centre.y + radius}}, c.fonts.bold,
                       sizes().detail, c.color(stage.is_here ? Ink::OnAccent : Ink::Text), mark);
}

/// One stage as a button at a given place; true when it was chosen.
bool stage_button(std::string_view key, const Stage& stage, const Rect& rect) {
    const Context& c = context();
    const Sizes s = sizes();
    const std::string stage_key = std::string(key) + "." + stage.id;
    const Press p = press(stage_key, rect, true);
    const bool is_warm = p.is_hovered || p.is_held;
    draw_list().AddRectFilled(p.box.Min, p.box.Max, c.color(is_warm ? Ink::Soft : Ink::Panel), 12);
    draw_list().AddRect(p.box.Min, p.box.Max, c.color(is_warm || stage.is_here ? Ink::Accent : Ink::Control), 12, 0,
                        stage.is_here ? 2.0f : 1.2f);
    draw_ring({p.box.Min.x + s.padding + s.ring, (p.box.Min.y + p.box.Max.y) / 2}, s.ring, stage);
    const float inner = rect.width - words_x(s) - s.padding;
    const auto title = wrapped(c.fonts.bold, s.title, stage.title, inner);
    const auto detail = wrapped(c.fonts.regular, s.detail, stage.detail, inner);
    const float height =
        s.title * 1.3f * static_cast<float>(title.size()) + s.detail * 1.4f * static_cast<float>(detail.size()) + 2;
    float y = (p.box.Min.y + p.box.Max.y - height) / 2;
    for (const std::string& line : title) {
        draw_text({p.box.Min.x + words_x(s), y}, c.fonts.bold, s.title, c.color(Ink::Text), line);
        y += s.title * 1.3f;
    }
    y += 2;
    for (const std::string& line : detail) {
        draw_text({p.box.Min.x + words_x(s), y}, c.fonts.regular, s.detail, c.color(Ink::Muted), line);
        y += s.detail * 1.4f;
    }
    Node& node = add_node(stage_key, "button", stage.title + ". " + stage.detail, rect);
    node.properties["look"] = "tile";
    if (stage.is_here) node.properties["d"] = tr("You are here");
    return p.was_pressed || was_clicked_in_twin(stage_key);
}

void draw_arrow_head(ImVec2 tip, float angle, ImU32 color) {
    const float length = 11, half = 6;
    const ImVec2 back{tip.x - length * std::cos(angle), tip.y - length * std::sin(angle)};
    const ImVec2 side{-half * std::sin(angle), half * std::cos(angle)};
    draw_list().AddTriangleFilled(tip, {back.x + side.x, back.y + side.y}, {back.x - side.x, back.y - side.y}, color);
}

/// The ellipse on which the stages lie, in screen pixels.
struct Ellipse {
    ImVec2 centre;
    float rx, ry;
    ImVec2 at(float angle) const { return {centre.x + rx * std::cos(angle), centre.y + ry * std::sin(angle)}; }
};

bool is_inside(const ImRect& box, ImVec2 point) {
    constexpr float kAir = 8;
    return point.x > box.Min.x - kAir && point.x < box.Max.x + kAir && point.y > box.Min.y - kAir &&
           point.y < box.Max.y + kAir;
}

/// The piece of the ellipse between two boxes, from where it leaves the first to where it enters the second.
void draw_arc(const Ellipse& ellipse, float from, float to, const ImRect& first, const ImRect& second, ImU32 color) {
    constexpr int kPieces = 80;
    std::vector<ImVec2> points;
    for (int i = 0; i <= kPieces; ++i) {
        const ImVec2 point = ellipse.at(from + (to - from) * static_cast<float>(i) / kPieces);
        if (!is_inside(first, point) && !is_inside(second, point)) points.push_back(point);
    }
    if (points.size() < 3) return;
    const ImVec2 tip = points.back(), before = points[points.size() - 3];
    points.pop_back();
    draw_list().AddPolyline(points.data(), static_cast<int>(points.size()), color, 0, 2.5f);
    draw_arrow_head(tip, std::atan2(tip.y - before.y, tip.x - before.x), color);
}

/// From the top of one box in a bend to the left side of another.
void draw_bend(const ImRect& from, const ImRect& to, ImU32 color) {
    const ImVec2 begin{(from.Min.x + from.Max.x) / 2, from.Min.y - 8};
    const ImVec2 end{to.Min.x - 8, (to.Min.y + to.Max.y) / 2};
    draw_list().AddBezierCubic(begin, {begin.x, (begin.y + end.y) / 2}, {begin.x, end.y}, {end.x - 8, end.y}, color,
                               2.5f, 64);
    draw_arrow_head(end, 0, color);
}

/// Words over a given width, centred; returns the y below them. Document coordinates.
float write_centred(std::string_view key, std::string_view words, float middle_x, float y, float width, ImFont* font,
                    float size) {
    const Context& c = context();
    const auto lines = wrapped(font, size, words, width);
    Node& node = add_node(key, "paragraph", words,
                          {middle_x - width / 2, y, width, size * 1.4f * static_cast<float>(lines.size())});
    for (const std::string& line : lines) {
        const float line_width = text_size(font, size, line).x;
        draw_text(c.to_screen(middle_x - line_width / 2, y), font, size, c.color(Ink::Muted), line);
        node.lines.push_back(
            {{middle_x - line_width / 2, y, line_width, size * 1.4f}, line, font == c.fonts.bold ? "bold" : "body"});
        y += size * 1.4f;
    }
    node.properties["size"] = size;
    return y;
}

std::string draw_loop(std::string_view key, const LifeLoop& what) {
    Context& c = context();
    const float width = c.area().width;
    const float side = std::min(c.scaled(220), width * 0.2f);
    const float tile_width = std::clamp(width * 0.185f, c.scaled(190), c.scaled(250));
    float tile_height = 0;
    for (const Stage& stage : what.loop) tile_height = std::max(tile_height, stage_height(stage, tile_width));
    const float height = std::max(c.scaled(500), tile_height * 5);
    const Rect all = c.place(width, height);
    const Ellipse in_document{{all.x + width / 2, all.y + height / 2},
                              (width - 2 * side - 72 - tile_width) / 2,
                              (height - tile_height) / 2 - 2};
    const ImVec2 shift = c.to_screen(0, 0);
    const Ellipse ellipse{{in_document.centre.x, in_document.centre.y + shift.y}, in_document.rx, in_document.ry};
    const size_t n = what.loop.size();
    const auto angle = [&](size_t i) { return -kPi / 2 + 2 * kPi * static_cast<float>(i) / static_cast<float>(n); };
    std::vector<Rect> rects;
    for (size_t i = 0; i < n; ++i) {
        const ImVec2 middle = in_document.at(angle(i));
        rects.push_back({middle.x - tile_width / 2, middle.y - tile_height / 2, tile_width, tile_height});
    }
    for (size_t i = 0; i < n; ++i) {
        draw_arc(ellipse, angle(i), angle(i) + 2 * kPi / static_cast<float>(n), to_box(rects[i]),
                 to_box(rects[(i + 1) % n]), c.color(Ink::Accent));
    }
    std::string chosen;
    const float size = c.scaled(type_size(Type::Body));
    const float small = c.scaled(type_size(Type::Small));
    Rect first_before;
    const auto column = [&](const std::string& name, const std::string& caption, const std::vector<Stage>& stages,
                            float x) {
        if (stages.empty()) return;
        float total = 16 * static_cast<float>(stages.size() - 1);
        for (const Stage& stage : stages) total += stage_height(stage, side);
        float y = in_document.centre.y - total / 2;
        const auto n_lines = static_cast<float>(wrapped(c.fonts.regular, small, caption, side).size());
        const float caption_y = name == "before" ? y + total + 10 : y - 10 - small * 1.4f * n_lines;
        write_centred(std::string(key) + "." + name, caption, x + side / 2, caption_y, side, c.fonts.regular, small);
        for (const Stage& stage : stages) {
            const Rect rect{x, y, side, stage_height(stage, side)};
            if (name == "before" && y < in_document.centre.y && first_before.height == 0) first_before = rect;
            if (stage_button(key, stage, rect)) chosen = stage.id;
            y += rect.height + 16;
        }
    };
    column("before", what.before_words, what.before, all.x);
    for (size_t i = 0; i < n; ++i) {
        if (stage_button(key, what.loop[i], rects[i])) chosen = what.loop[i].id;
    }
    column("after", what.after_words, what.after, all.x + width - side);
    if (!what.before.empty()) draw_bend(to_box(first_before), to_box(rects[0]), c.color(Ink::Accent));
    const float inner = 1.9f * in_document.rx - tile_width - 24;
    const auto n_lines = static_cast<float>(wrapped(c.fonts.bold, size, what.centre, inner).size());
    write_centred(std::string(key) + ".centre", what.centre, in_document.centre.x,
                  in_document.centre.y + in_document.ry * 0.12f - size * 0.7f * n_lines, inner, c.fonts.bold, size);
    return chosen;
}

std::string draw_list_of(std::string_view key, const LifeLoop& what) {
    Context& c = context();
    std::string chosen;
    const float indent = c.scaled(18);
    const auto stage_at = [&](const Stage& stage, float from) {
        const float height = stage_height(stage, c.area().width - from);
        Rect rect = c.place(c.area().width, height);
        rect.x += from;
        rect.width -= from;
        if (stage_button(key, stage, rect)) chosen = stage.id;
        return rect;
    };
    if (!what.before_words.empty()) paragraph(std::string(key) + ".before", what.before_words, Ink::Muted, Type::Small);
    for (const Stage& stage : what.before) stage_at(stage, 0);
    std::vector<Rect> rects;
    for (const Stage& stage : what.loop) rects.push_back(stage_at(stage, indent));
    if (rects.size() > 1) {
        // The way on from each stage to the next, and from the last back to the first.
        for (size_t i = 0; i + 1 < rects.size(); ++i) {
            const ImVec2 from = c.to_screen(rects[i].x + sizes().padding + sizes().ring, rects[i].y + rects[i].height);
            draw_list().AddLine({from.x, from.y + 1}, {from.x, from.y + c.area().gap - 6}, c.color(Ink::Accent), 2.5f);
            draw_arrow_head({from.x, from.y + c.area().gap - 1}, kPi / 2, c.color(Ink::Accent));
        }
        const ImVec2 first = c.to_screen(rects.front().x, rects.front().y + rects.front().height / 2);
        const ImVec2 last = c.to_screen(rects.back().x, rects.back().y + rects.back().height / 2);
        const float x = first.x - indent + 4;
        draw_list().PathLineTo({last.x - 2, last.y});
        draw_list().PathBezierCubicCurveTo({x, last.y}, {x, last.y}, {x, last.y - 14});
        draw_list().PathLineTo({x, first.y + 14});
        draw_list().PathBezierCubicCurveTo({x, first.y}, {x, first.y}, {first.x - 10, first.y});
        draw_list().PathStroke(c.color(Ink::Accent), 0, 2.5f);
        draw_arrow_head({first.x - 2, first.y}, 0, c.color(Ink::Accent));
    }
    paragraph(std::string(key) + ".centre", what.centre, Ink::Muted, Type::Small);
    if (!what.after_words.empty()) paragraph(std::string(key) + ".after", what.after_words, Ink::Muted, Type::Small);
    for (const Stage& stage : what.after) stage_at(stage, 0);
    return chosen;
}

}  // namespace

std::string life_loop(std::string_view key, std::string_view name, const LifeLoop& what) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const Group group(key, name);
    return c.area().width >= kLoopFrom * c.env.text_scale && what.loop.size() > 2 ? draw_loop(key, what)
                                                                                  : draw_list_of(key, what);
}

}  // namespace terrarium::ui
