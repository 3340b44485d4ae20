// Small controls in a line: chips, a number with - and +, and the steps of a procedure.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace terrarium::ui {

struct Chip {
    std::string id, words;
    bool is_selected = false;
    bool can_remove = false;
};
/// What was pressed, as ids; "" when nothing was.
struct ChipPress {
    std::string chosen, removed;
};
/// Chips that wrap. The caller changes its own list: KEY.ID chooses, KEY.ID.remove takes away.
ChipPress chips(std::string_view key, std::string_view name, const std::vector<Chip>& chips);

/// A number with - and + (KEY.less, KEY.more) around a field to type in (KEY.number). True when it changed.
bool stepper(std::string_view key, std::string_view label, const Scale& scale, double& value);

/// The steps of a procedure: numbered buttons (KEY.1 ...), and Back and Next. `at` counts from 0; only steps up to
/// `reached` can be entered. True when it changed.
bool steps(std::string_view key, std::string_view name, const std::vector<std::string>& titles, int& at, int reached);

}  // namespace terrarium::ui
