// Seeded random hands on every screen and on the lab, under the sanitizers: whatever is pressed, typed, dragged or
// resized, nothing breaks, and what stands there afterwards is still whole.

#include <doctest/doctest.h>

#include "app/screen.h"
#include "core/support/rng.h"
#include "support/lab_fixture.h"
#include "support/page_checks.h"

using namespace terrarium;
using namespace terrarium::tests;

namespace {

class RandomHands {
public:
    RandomHands(LabPage& page, uint64_t seed) : page_(page), rng_(seed) {}

    void act() {
        switch (rng_.below(10)) {
            case 0:
                return press_somewhere();
            case 1:
                return resize();
            case 2:
                return scroll();
            default:
                return use_a_node();
        }
    }

private:
    template <class T>
    T one_of(std::initializer_list<T> list) {
        return *(list.begin() + rng_.below(static_cast<uint32_t>(list.size())));
    }

    void press_somewhere() {
        const ui::Environment& env = page_.app->ui_context().env;
        const double x = rng_.uniform() * static_cast<double>(env.width);
        const double y = rng_.uniform() * static_cast<double>(env.height);
        for (const char* kind : {"move", "down", "move", "up", "leave"}) {
            page_.event({{"t", "pointer"},
                         {"kind", kind},
                         {"x", x},
                         {"y", y},
                         {"button", 0},
                         {"type", one_of({"mouse", "touch"})}});
            if (rng_.below(2) == 0) page_.frame();
        }
    }
    void resize() {
        page_.event({{"t", "resize"},
                     {"width", one_of({320, 360, 640, 820, 1280, 2560})},
                     {"height", one_of({200, 568, 740, 800, 1440})},
                     {"dpr", one_of({1.0, 1.5, 3.0})}});
    }
    void scroll() { page_.event({{"t", "scroll"}, {"x", 0}, {"y", rng_.uniform() * 3000}}); }
    void use_a_node() {
        const auto& nodes = page_.nodes();
        if (nodes.empty()) return;
        const ui::Node& node = nodes[rng_.below(static_cast<uint32_t>(nodes.size()))];
        const std::string kind = one_of({"click", "set", "set", "key", "focus", "blur"});
        json value;
        if (kind == "key") {
            value = one_of(
                {"ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "Enter", "Escape", "+", "-", "0"});
        }
        if (kind == "set") {
            switch (rng_.below(8)) {
                case 0:
                    value = rng_.uniform() * 10;
                    break;
                case 1:
                    value = static_cast<int64_t>(rng_.below(5)) - 1;
                    break;
                case 2:
                    value = rng_.below(2) == 0;
                    break;
                case 3:
                    value = one_of({"", "the cat", "\xE6\xBC\xA2\xE5\xAD\x97", "nan", "1e999", "<b>&amp;"});
                    break;
                case 4:
                    value = std::string(5000, 'a');
                    break;
                case 5:
                    value = json::array({1, "a", nullptr});
                    break;
                case 6:
                    value = json::object({{"row", 3}, {"value", "x"}});
                    break;
                default:
                    value = 1e300;
            }
        }
        page_.event({{"t", "action"}, {"k", node.key}, {"a", kind}, {"v", value}});
    }

    LabPage& page_;
    core::Rng rng_;
};

void try_everything(const std::string& hash, int n_actions) {
    LabPage page(json::object({{"hash", hash}}));
    page.settle();
    RandomHands hands(page, 2026);
    const Hooked hooked;
    for (int i = 0; i < n_actions; ++i) {
        hands.act();
        page.frame();
    }
    // Back to a plain page: it must still be whole.
    page.event({{"t", "resize"}, {"width", 1280}, {"height", 800}, {"dpr", 1}});
    page.settle();
    page.frame();
    check_page(page, hash + " after " + std::to_string(n_actions) + " actions");
}

}  // namespace

TEST_CASE("random hands: every screen stays whole") {
    for (const app::ScreenEntry& entry : app::all_screens()) try_everything("page=" + std::string(entry.id), 300);
}

TEST_CASE("random hands: the lab stays whole, also while it trains") { try_everything(tiny_address(), 600); }
