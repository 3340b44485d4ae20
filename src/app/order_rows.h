// A list that the learner puts in order with buttons: no dragging.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ui/ui.h"

namespace terrarium::app {

/// `order` holds the ids from first to last. True when something moved. Keys: KEY.ID.up and KEY.ID.down.
bool order_rows(const std::string& key, std::string_view name, const std::vector<ui::Option>& items,
                std::vector<std::string>& order, bool is_enabled = true);

}  // namespace terrarium::app
