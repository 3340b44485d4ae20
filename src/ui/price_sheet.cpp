#include "core/io/number_text.h"
#include "ui/data.h"
#include "ui/locked.h"

namespace terrarium::ui {

bool price_sheet(std::string_view key, std::string_view name, std::vector<Price>& prices) {
    if (is_hidden(key)) return false;
    const std::string k(key);
    const Group group(key, name);
    bool changed = false;
    const bool is_enabled = !is_locked(key);
    int n_changed = 0, n_refused = 0;
    for (Price& price : prices) {
        const Locked locked({k + "." + price.id}, !is_enabled);
        std::string typed = price.refused.value_or(localized(core::io::format_number(price.value)));
        const std::string label =
            price.value == price.standard
                ? tr("{0}, {1}", {price.name, price.unit})
                : tr("{0}, {1}. Changed, was {2}",
                     {price.name, price.unit, localized(core::io::format_number(price.standard))});
        if (text_field(k + "." + price.id, label, typed, {.max_length = 20, .is_mono = true})) {
            const auto number = core::io::parse_number(to_data_number(typed));
            const bool is_price = number && *number >= 0;
            price.refused = is_price ? std::nullopt : std::optional(typed);
            if (is_price && *number != price.value) {
                price.value = *number;
                changed = true;
            }
        }
        if (price.refused) {
            const std::string now = localized(core::io::format_number(price.value));
            note(k + "." + price.id + ".refused",
                 price.refused->empty()
                     ? tr("Type a number from 0 up, such as {0}. Until then it is {1}.", {ui::number(2.5, 1), now})
                     : tr("“{0}” is no price: type a number from 0 up, such as {1}. Until then it is {2}.",
                          {*price.refused, ui::number(2.5, 1), now}),
                 Ink::Warn);
        }
        n_changed += price.value != price.standard ? 1 : 0;
        n_refused += price.refused ? 1 : 0;
    }
    const Row row;
    if (button(k + ".reset", tr("Reset all prices"), Button::Plain, is_enabled && (n_changed > 0 || n_refused > 0))) {
        for (Price& price : prices) {
            price.value = price.standard;
            price.refused.reset();
        }
        changed = true;
    }
    paragraph(k + ".changed", tr("{0} of {1} changed", {std::to_string(n_changed), std::to_string(prices.size())}),
              Ink::Muted, Type::Small);
    return changed;
}

}  // namespace terrarium::ui
