#include "app/order_rows.h"

#include <algorithm>

namespace terrarium::app {

using ui::tr;

bool order_rows(const std::string& key, std::string_view name, const std::vector<ui::Option>& items,
                std::vector<std::string>& order, bool is_enabled) {
    ui::paragraph(key + ".name", name, ui::Ink::Muted, ui::Type::Small);
    const ui::Group group(key, name);
    size_t from = 0, to = 0;
    for (size_t i = 0; i < order.size(); ++i) {
        const auto item = std::find_if(items.begin(), items.end(), [&](auto& it) { return it.id == order[i]; });
        if (item == items.end()) continue;
        const std::string one = key + "." + item->id;
        const std::string place = std::to_string(i + 1);
        ui::paragraph(one, tr("**{0}.** {1}", {place, item->words}));
        const ui::Row row(6);
        if (ui::button(one + ".up", tr("↑ Move {0} up", {place}), ui::Button::Quiet, is_enabled && i > 0)) {
            from = i;
            to = i - 1;
        }
        if (ui::button(one + ".down", tr("↓ Move {0} down", {place}), ui::Button::Quiet,
                       is_enabled && i + 1 < order.size())) {
            from = i;
            to = i + 1;
        }
    }
    if (from == to) return false;
    std::swap(order[from], order[to]);
    ui::context().twin.say(tr("Moved to place {0} of {1}.", {std::to_string(to + 1), std::to_string(order.size())}));
    ui::context().frames_wanted = std::max(ui::context().frames_wanted, 1);
    return true;
}

}  // namespace terrarium::app
