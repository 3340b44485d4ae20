#include "support/page_checks.h"

#include <doctest/doctest.h>
#include <imgui_internal.h>

#include <cmath>
#include <set>

namespace terrarium::tests {
namespace {

/// Items that are ImGui's own furniture and nothing that a person could use:
///   the windows that fill the viewport, for the page and for a sheet above it, with the id by which a title bar would
///   move them (they have none);
///   the fallback window that ImGui begins in every frame and never shows, with its title bar and its fold button;
///   natively, the inside of ImGui's own text area: its field is known, the child window around its lines has no use
///   alone.
std::set<ImGuiID> furniture(const ui::Context& context) {
    std::set<ImGuiID> ids;
    for (ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
        const std::string name = window->Name;
        if (name == "terrarium" || name == "sheet" || name == "sticky bar") ids.insert({window->ID, window->MoveId});
        if (name == "Debug##Default") ids.insert({window->ID, window->MoveId, window->GetID("#COLLAPSE")});
        if (context.known_items.contains(window->ChildId)) ids.insert(window->ID);
    }
    return ids;
}

/// What to look for in a debugger: ids, and the windows among them.
std::string names_of(const std::vector<ImGuiID>& ids) {
    std::string words;
    for (const ImGuiID id : ids) {
        words += std::to_string(id) + " ";
        for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
            if (window->ID == id || window->MoveId == id) words += std::string("(window ") + window->Name + ") ";
        }
    }
    return words;
}

bool is_container(const ui::Node& node) { return node.role == "list" || node.role == "group"; }

bool is_interactive(const ui::Node& node) {
    static const std::set<std::string> kRoles{"button", "toggle", "slider", "radio",  "textbox", "number",
                                              "file",   "link",   "tab",    "select", "grip"};
    return kRoles.contains(node.role);
}

/// A term or a link inside a sentence: WCAG 2.2, 2.5.8 excepts targets whose size is bound by the line of text around
/// them.
bool is_in_a_sentence(const ui::Node& node) { return node.role == "link" || node.properties.value("term", false); }

bool overlap(const ui::Rect& a, const ui::Rect& b) {
    constexpr float kTouching = 0.5f;
    return a.x + a.width > b.x + kTouching && b.x + b.width > a.x + kTouching && a.y + a.height > b.y + kTouching &&
           b.y + b.height > a.y + kTouching;
}

}  // namespace

Hooked::Hooked() { ImGui::GetCurrentContext()->TestEngineHookItems = true; }
Hooked::~Hooked() { ImGui::GetCurrentContext()->TestEngineHookItems = false; }

std::vector<ImGuiID> items_without_twin(const ui::Context& context) {
    const std::set<ImGuiID> known = furniture(context);
    std::vector<ImGuiID> missing;
    for (const ImGuiID id : context.drawn_items) {
        if (!context.known_items.contains(id) && !known.contains(id)) missing.push_back(id);
    }
    return missing;
}

void check_page(LabPage& page, const std::string& where) {
    const ui::Context& context = page.app->ui_context();
    const auto missing = items_without_twin(context);
    CHECK_MESSAGE(missing.empty(),
                  where << ": " << missing.size() << " items that ImGui drew have no twin node: " << names_of(missing));
    CHECK(context.drawn_items.size() > 2);
    std::set<std::string> keys;
    for (const ui::Node& node : page.nodes()) {
        CHECK_MESSAGE((is_container(node) || !node.properties.value("n", std::string()).empty()),
                      where << ": " << node.key << " has no name");
        CHECK_MESSAGE(keys.insert(node.key).second, where << ": " << node.key << " stands twice");
        CHECK_MESSAGE((node.parent.empty() || keys.contains(node.parent)),
                      where << ": " << node.key << " comes before its parent");
        CHECK_MESSAGE(
            (std::isfinite(node.rect.x) && std::isfinite(node.rect.y) && node.rect.width >= 0 && node.rect.height >= 0),
            where << ": " << node.key << " has no place");
    }
}

namespace {

/// The part that scrolls by itself in which a node lies, or "": what lies in different ones cannot be compared, because
/// only a piece of such a part is in sight.
std::string scroll_box_of(LabPage& page, const ui::Node& node) {
    const ui::Node* parent = page.find(node.parent);
    return parent != nullptr && parent->role == "scrollbox" ? parent->key : "";
}

}  // namespace

void check_targets(LabPage& page, const std::string& where) {
    const ui::Environment& env = page.app->ui_context().env;
    std::vector<const ui::Node*> targets;
    for (const ui::Node& node : page.nodes()) {
        const ui::Rect& rect = node.rect;
        CHECK_MESSAGE((rect.x >= -0.5f && rect.x + rect.width <= env.width + 0.5f),
                      where << ": " << node.key << " sticks out: " << rect.x << " to " << rect.x + rect.width);
        if (!is_interactive(node)) continue;
        targets.push_back(&node);
        CHECK_MESSAGE((rect.width >= 24 && rect.height >= 24),
                      where << ": " << node.key << " is " << rect.width << " x " << rect.height);
        if (env.is_touch && !is_in_a_sentence(node))
            CHECK_MESSAGE(rect.height >= 44, where << ": " << node.key << " is " << rect.height << " high");
    }
    std::vector<std::string> scroll_boxes;
    for (const ui::Node* target : targets) scroll_boxes.push_back(scroll_box_of(page, *target));
    for (size_t a = 0; a < targets.size(); ++a) {
        for (size_t b = a + 1; b < targets.size(); ++b) {
            if (targets[a]->is_fixed != targets[b]->is_fixed) continue;
            if (scroll_boxes[a] != scroll_boxes[b]) continue;
            CHECK_MESSAGE(!overlap(targets[a]->rect, targets[b]->rect),
                          where << ": " << targets[a]->key << " and " << targets[b]->key << " overlap");
        }
    }
    // Words that are drawn stay inside the page, too.
    for (const ui::Node& node : page.nodes()) {
        for (const ui::TextLine& line : node.lines) {
            const float right = line.rect.x + line.rect.width;
            CHECK_MESSAGE(right <= env.width + 1, where << ": words of " << node.key << " end at " << right);
        }
    }
}

}  // namespace terrarium::tests
