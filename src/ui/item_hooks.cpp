// ImGui's own test hooks: while TestEngineHookItems of its context is on, ImGui names every item it draws. The gate in
// tests/ui/coverage_test.cpp compares that list with what the widgets declared.

#include <imgui_internal.h>

#include "ui/context.h"

void ImGuiTestEngineHook_ItemAdd(ImGuiContext* imgui, ImGuiID id, const ImRect&, const ImGuiLastItemData*) {
    auto* context = static_cast<terrarium::ui::Context*>(imgui->IO.UserData);
    // ImGui's own fallback window begins in every frame and is never shown.
    if (imgui->CurrentWindow != nullptr && imgui->CurrentWindow->IsFallbackWindow) return;
    if (context != nullptr && id != 0) context->drawn_items.insert(id);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext*, ImGuiID, const char*, ImGuiItemStatusFlags) {}
void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
