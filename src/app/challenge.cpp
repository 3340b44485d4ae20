// The challenge beside the lesson: what is asked, how far the engine's state has come, hints, the verdict.

#include "app/challenge.h"

#include <algorithm>
#include <cmath>

#include "ui/messages.h"
#include "ui/ui.h"

namespace terrarium::app {

using ui::tr;

void draw_condition(const std::string& key, std::string_view words, const labs::Condition& state) {
    const std::string value =
        state.need.empty() ? tr(state.state) : tr("{0} → needs {1}", {tr(state.state), tr(state.need)});
    const std::string mark = state.met ? tr("✓ {0}", {std::string(words)}) : tr("○ {0}", {std::string(words)});
    ui::fact(key, mark, value, state.met ? ui::Ink::Ok : ui::Ink::Text);
    const double share = state.met ? 1 : std::min(state.share, 0.99);
    ui::progress(key + ".bar", words, share, tr("{0} of the way", {ui::percent(share, 0)}));
}

int64_t draw_hints(const std::vector<std::string>& hints, int64_t n_shown, bool may_ask) {
    const auto n = std::ssize(hints);
    n_shown = std::clamp<int64_t>(n_shown, 0, n);
    for (int64_t i = 0; i < n_shown; ++i) {
        ui::paragraph(
            "challenge.hint." + std::to_string(i),
            tr("**Hint {0} of {1}.** {2}", {std::to_string(i + 1), std::to_string(n), hints[static_cast<size_t>(i)]}));
    }
    if (!may_ask || n_shown == n) return n_shown;
    const std::string label = n_shown == 0 ? tr("Show a hint") : tr("Show the next hint");
    return ui::button("challenge.hint", label) ? n_shown + 1 : n_shown;
}

}  // namespace terrarium::app
