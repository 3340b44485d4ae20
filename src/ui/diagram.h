// A diagram that the learner builds: parts on a grid with arrows between them. Everything can be done three ways: in
// the picture by pointer (drag a part, press two to connect them), by keys on a part's own button (arrows move it,
// Delete removes it), and by the menus below the picture. What leads where is also said as a list.

#pragma once

#include <string>
#include <string_view>

#include "ui/diagram_edit.h"
#include "ui/ui.h"

namespace terrarium::ui {

struct DiagramState {
    DiagramHistory history;
    std::string selected;        ///< what the menus for one part are about
    std::string from, to;        ///< of the menus for arrows
    bool is_connecting = false;  ///< the next presses say where an arrow starts and ends
    std::string connect_from;    ///< where it starts, once that was pressed
    std::string said;            ///< what happened last, for the line below the picture
};

/// Keys: KEY.add.KIND, KEY.node.ID, KEY.connect (then two nodes), KEY.undo, KEY.part, KEY.service, KEY.remove,
/// KEY.from, KEY.to, KEY.join, KEY.separate, KEY.edges. True when the diagram changed.
bool diagram(std::string_view key, std::string_view name, const DiagramKit& kit, DiagramState& state);

}  // namespace terrarium::ui
