// What must be true of every page, whatever it shows: each item that ImGui drew has a twin, each node has a name and a
// place, what can be pressed is large enough, apart from the rest and inside the page.

#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "support/lab_fixture.h"

namespace terrarium::tests {

/// While it lives, ImGui lists what it draws in Context::drawn_items.
struct Hooked {
    Hooked();
    ~Hooked();
};

/// Ids of items that ImGui drew and ui:: does not know.
std::vector<ImGuiID> items_without_twin(const ui::Context& context);

/// `where` names page and state in what a failure says.
void check_page(LabPage& page, const std::string& where);
void check_targets(LabPage& page, const std::string& where);

}  // namespace terrarium::tests
