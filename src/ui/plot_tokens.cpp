// Tokens in reading order, each with its value: tinted by it, and with the number below, so that it reads without
// colour.

#include <algorithm>
#include <cmath>

#include "ui/plot_canvas.h"
#include "ui/plot_frame.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string words_at(const TokenStrip& strip, int index) {
    const auto at = static_cast<size_t>(index);
    if (index < 0 || at >= strip.tokens.size()) return {};
    return tr("token {0}, {1}: {2} {3}",
              {std::to_string(index + 1), strip.tokens[at], strip.value_name,
               at < strip.values.size() ? value_words(static_cast<double>(strip.values[at])) : tr("not a number")});
}

PlotTable table_of(const TokenStrip& strip, int n_rows) {
    PlotTable table{{tr("position"), tr("token"), strip.value_name}, {}};
    for (const size_t i : spread(strip.tokens.size(), n_rows)) {
        table.rows.push_back(
            {static_cast<int64_t>(i + 1), strip.tokens[i],
             i < strip.values.size() ? core::io::CsvCell(exact(strip.values[i])) : core::io::CsvCell()});
    }
    return table;
}

/// Counts are shown without decimals.
bool are_whole(std::span<const float> values) {
    return std::all_of(values.begin(), values.end(),
                       [](float value) { return std::isfinite(value) && std::floor(value) == value; });
}

}  // namespace

PlotAnswer token_strip(std::string_view key, const TokenStrip& strip, PlotState& state) {
    if (is_hidden(key)) return {};
    Context& c = context();
    const PlotParts parts{.key = key,
                          .title = strip.title,
                          .summary = strip.summary,
                          .series = {},
                          .n_positions = static_cast<int>(strip.tokens.size())};
    const int before = state.cursor;
    const int n_decimals = are_whole(strip.values) ? 0 : 2;
    const std::string pressed = take_plot_keys(parts, state);
    if (pressed == "ArrowLeft" || pressed == "ArrowRight") {  // token by token
        const int from = before < 0 ? parts.n_positions - 1 : before;
        state.cursor = std::clamp(from + (pressed == "ArrowLeft" ? -1 : 1), 0, parts.n_positions - 1);
    }
    // Places first: the strip is as high as its lines are many.
    const float size = c.scaled(type_size(Type::Mono));
    const float number_size = c.scaled(type_size(Type::MonoSmall));
    const float height = size + number_size + c.scaled(14);
    const float gap = 3;
    state.path.clear();
    ImVec2 at{0, 0};
    std::vector<float> widths;
    for (const std::string& token : strip.tokens) {
        const float width = std::min(std::max(text_size(c.fonts.mono, size, token).x + 12, c.scaled(44)),
                                     std::max(c.area().width, 1.0f));
        if (at.x > 0 && at.x + width > c.area().width) at = {0, at.y + height + gap};
        state.path.push_back(at);
        widths.push_back(width);
        at.x += width + gap;
    }
    const Rect rect = c.place(c.area().width, strip.tokens.empty() ? c.scaled(60) : at.y + height);
    const Press p = press(key, rect, true);
    for (size_t i = 0; i < strip.tokens.size(); ++i) {
        const ImVec2 corner{p.box.Min.x + state.path[i].x, p.box.Min.y + state.path[i].y};
        if (corner.y > c.env.height || corner.y + height < 0) continue;
        const ImRect box(corner, {corner.x + widths[i], corner.y + height});
        if (p.was_pressed && box.Contains(ImGui::GetIO().MousePos)) state.cursor = static_cast<int>(i);
        const bool is_chosen = static_cast<int>(i) == state.cursor;
        const float value = i < strip.values.size() ? strip.values[i] : std::nanf("");
        const bool is_known = std::isfinite(value);
        const float share =
            is_known ? std::clamp(value / static_cast<float>(std::max(strip.max, 1e-9)), 0.0f, 1.0f) : 0;
        draw_list().AddRectFilled(box.Min, box.Max, c.series_color(0, 0.08f + 0.32f * share), 4);
        draw_list().AddRect(box.Min, box.Max, c.color(is_chosen ? Ink::Accent : Ink::Line), 4, 0,
                            is_chosen ? 2.5f : 1.0f);
        const float middle = box.Min.y + c.scaled(6) + size;
        draw_text_centered({box.Min, {box.Max.x, middle}}, c.fonts.mono, size, c.color(Ink::Text),
                           fitted(c.fonts.mono, size, strip.tokens[i], widths[i] - 4));
        char number[16] = "–";
        if (is_known) std::snprintf(number, sizeof number, "%.*f", n_decimals, static_cast<double>(value));
        draw_text_centered({{box.Min.x, middle}, box.Max}, c.fonts.regular, number_size, c.color(Ink::Text),
                           localized(number));
    }
    if (strip.tokens.empty()) draw_nothing_yet(p.box);
    if (state.cursor != before) c.frames_wanted = std::max(c.frames_wanted, 1);
    return finish_plot(parts, state, rect, words_at(strip, state.cursor),
                       [&](int n_rows) { return table_of(strip, n_rows); });
}

std::string plot_csv(const TokenStrip& strip) { return to_csv(table_of(strip, kAllRows)); }

}  // namespace terrarium::ui
