// Lists that the learner arranges: a menu, an order, pairs. Each can be done three ways: by drag, by its buttons or
// menus, and by keys; the twin speaks what happened.

#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace terrarium::ui {

/// One of many, from the browser's own menu. `selected` is an id of `options`; anything else shows the first words.
/// True when it changed.
bool select(std::string_view key, std::string_view label, const std::vector<Option>& options, std::string& selected);

/// Brings things in order: drag a row, use its buttons (KEY.ID.up, KEY.ID.down), or arrow keys on it (KEY.ID).
/// `order` holds ids of `items`; what is unknown in it is dropped, what is missing is added at the end.
/// True when the order changed by the learner's hand.
bool order_list(std::string_view key, std::string_view label, const std::vector<Option>& items,
                std::vector<std::string>& order);

/// Gives each item an answer: by the menu beside it (KEY.ID), by dragging an answer (KEY.answer.ID) onto it, or by
/// pressing an answer, which goes to the first item that has none. An answer may serve several items.
/// `chosen`: item id -> answer id; items without an answer are not in it. True when it changed.
bool match_list(std::string_view key, std::string_view label, const std::vector<Option>& items,
                const std::vector<Option>& answers, std::map<std::string, std::string>& chosen);

}  // namespace terrarium::ui
