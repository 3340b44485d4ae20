// Text that the learner types, and progress.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/internal.h"
#include "ui/ui.h"

namespace terrarium::ui {

using namespace internal;

namespace internal {

FieldStyle::FieldStyle(float padding_x, float height, ImFont* font, float size) {
    const Context& c = context();
    const float imgui_size = c.fonts.imgui_size(font, size);
    ImGui::PushFont(font, imgui_size);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(padding_x, std::max(4.0f, (height - imgui_size) / 2)));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, 8.0f);
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 1.0f);
    for (const auto& [which, ink] : {std::pair{ImGuiCol_FrameBg, Ink::Panel},
                                     {ImGuiCol_FrameBgHovered, Ink::Panel},
                                     {ImGuiCol_FrameBgActive, Ink::Panel},
                                     {ImGuiCol_Border, Ink::Control},
                                     {ImGuiCol_Text, Ink::Text},
                                     {ImGuiCol_InputTextCursor, Ink::Text}}) {
        ImGui::PushStyleColor(which, c.color(ink));
    }
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, c.color(Ink::Accent, 0.3f));
}

FieldStyle::~FieldStyle() {
    ImGui::PopStyleColor(7);
    ImGui::PopStyleVar(3);
    ImGui::PopFont();
}

}  // namespace internal

namespace {

/// Natively there is no DOM: ImGui's own field edits.
bool native_field(std::string_view key, const Rect& rect, std::string& value, const Field& field) {
    const ImRect box = to_box(rect);
    std::vector<char> buffer(static_cast<size_t>(field.max_length) + 1, '\0');
    std::memcpy(buffer.data(), value.data(), std::min(value.size(), buffer.size() - 1));
    ImGui::SetCursorScreenPos(box.Min);
    ImGui::PushOverrideID(item_id(key));
    bool changed = false;
    const Context& c = context();
    const FieldStyle style(10, field.rows > 1 ? 0 : rect.height, field.is_mono ? c.fonts.mono : c.fonts.regular,
                           c.scaled(type_size(Type::Body)));
    if (field.rows > 1) {
        changed = ImGui::InputTextMultiline("##text", buffer.data(), buffer.size(), box.GetSize());
    } else {
        ImGui::SetNextItemWidth(rect.width);
        changed = ImGui::InputText("##text", buffer.data(), buffer.size());
    }
    context().known_items.insert(ImGui::GetItemID());
    ImGui::PopID();
    if (changed) value = buffer.data();
    return changed;
}

}  // namespace

bool text_field(std::string_view key, std::string_view label, std::string& value, const Field& field) {
    if (is_hidden(key)) return false;
    Context& c = context();
    const bool is_enabled = !is_locked(key);
    caption(label, is_enabled);
    const float gap = std::exchange(c.area().gap, 4.0f);
    const float height = field.rows > 1 ? c.scaled(24) * static_cast<float>(field.rows) + 16 : c.control_height();
    const Rect rect = c.place(c.area().width, height);
    c.area().gap = gap;
    bool changed = false;
    if (!c.env.has_dom && is_enabled) {
        changed = native_field(key, rect, value, field);
    } else {
        const ImRect box = plain_item(key, rect);
        draw_list().AddRectFilled(box.Min, box.Max, c.color(is_enabled ? Ink::Panel : Ink::Background), 8);
        draw_list().AddRect(box.Min, box.Max, c.color(is_enabled ? Ink::Control : Ink::Line), 8);
    }
    // Each action holds the whole text. On a slow machine several letters wait: the last one is what the learner sees.
    std::optional<Action> action = c.twin.take(key, "set");
    while (auto newer = c.twin.take(key, "set")) action = std::move(newer);
    if (action && is_enabled && action->value.is_string()) {
        std::string typed = action->value.get<std::string>();
        if (typed.size() > static_cast<size_t>(field.max_length)) {
            auto end = static_cast<size_t>(field.max_length);
            while (end > 0 && (static_cast<unsigned char>(typed[end]) & 0xC0) == 0x80) --end;  // no half letters
            typed.resize(end);
        }
        changed = changed || typed != value;
        value = std::move(typed);
    }
    Node& node = add_node(key, "textbox", label, rect);
    node.properties["v"] = value;
    node.properties["max_length"] = field.max_length;
    if (field.rows > 1) node.properties["multiline"] = field.rows;
    if (!field.placeholder.empty()) node.properties["placeholder"] = std::string(field.placeholder);
    if (field.is_mono) node.properties["mono"] = true;
    node.properties["size"] = c.scaled(type_size(Type::Body));
    if (!is_enabled) node.properties["disabled"] = true;
    return changed;
}

void progress(std::string_view key, std::string_view name, double fraction, std::string_view words) {
    if (is_hidden(key)) return;
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const auto lines = wrapped(c.fonts.regular, size, words, c.area().width);
    const auto n_more = static_cast<float>(std::max<size_t>(lines.size(), 1) - 1);
    const Rect rect = c.place(c.area().width, size * (1.5f + kLineHeight * n_more) + 14);
    const ImRect box = to_box(rect);
    fraction = std::clamp(fraction, 0.0, 1.0);
    draw_list().AddRectFilled(box.Min, {box.Max.x, box.Min.y + 8}, c.color(Ink::Line), 4);
    if (fraction > 0) {
        const float x = box.Min.x + std::max(8.0f, box.GetWidth() * static_cast<float>(fraction));
        draw_list().AddRectFilled(box.Min, {x, box.Min.y + 8}, c.color(Ink::Accent), 4);
    }
    draw_lines({box.Min.x, box.Min.y + 12}, c.fonts.regular, size, c.color(Ink::Muted), lines);
    Node& node = add_node(key, "progress", name, rect);
    node.properties["v"] = std::floor(fraction * 100);
    node.properties["max"] = 100;
    node.properties["vt"] = std::string(words);
}

}  // namespace terrarium::ui
