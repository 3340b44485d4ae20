#include "ui/diagram.h"

#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

const DiagramKit kKit{
    .columns = 3, .rows = 3, .kinds = {{"user", "User", 1}, {"model", "Model", 2}}, .services = {{"gpu", "A card"}}};

struct DiagramPage {
    DiagramState state;
    int n_changes = 0;
    WidgetPage page;

    explicit DiagramPage(bool is_filled = true, float width = 900)
        : page([this] { n_changes += diagram("d", "A system", kKit, state) ? 1 : 0; }, width) {
        page.context.env.height = 2000;  // all of it is in sight
        page.frame();
        if (!is_filled) return;
        for (const char* kind : {"user", "model", "model"}) add_node(state.history, kKit, kind);
        page.frame();
    }
    const Diagram& now() const { return state.history.now; }
    ImVec2 middle(std::string_view key) {
        const Rect& r = page.node(key).rect;
        return {r.x + r.width / 2, r.y + r.height / 2};
    }
    void carry(ImVec2 start, ImVec2 end) {
        ImGuiIO& io = ImGui::GetIO();
        io.AddMousePosEvent(start.x, start.y);
        page.frame();
        io.AddMouseButtonEvent(0, true);
        page.frame();
        for (const float part : {0.5f, 1.0f}) {
            io.AddMousePosEvent(start.x + part * (end.x - start.x), start.y + part * (end.y - start.y));
            page.frame();
        }
        io.AddMouseButtonEvent(0, false);
        page.frame();
        page.frame();
    }
    std::string name(std::string_view key) { return page.node(key).properties.value("n", std::string()); }
    bool is_off(std::string_view key) { return page.node(key).properties.value("disabled", false); }
};

}  // namespace

TEST_CASE("diagram: the palette adds by pointer and twin, up to each kind's limit, and an empty one says so") {
    DiagramPage it(false);
    CHECK(it.page.context.twin.find("d.empty") != nullptr);
    it.page.click_with_pointer("d.add.user");
    it.page.click("d.add.model");
    CHECK(it.now().nodes.size() == 2);
    CHECK(it.n_changes == 2);
    CHECK(it.name("d.add.user") == "Add User, 1 of 1");
    CHECK(it.is_off("d.add.user"));
    CHECK_FALSE(it.is_off("d.add.model"));
    CHECK(it.page.context.twin.find("d.empty") == nullptr);
}

TEST_CASE("diagram: a node is carried to another cell and stays where it was when that one is taken") {
    DiagramPage it;
    const ImVec2 user = it.middle("d.node.user-1"), model = it.middle("d.node.model-1");
    it.carry(user, {model.x + 9, it.page.node("d.picture").rect.y + it.page.node("d.picture").rect.height - 30});
    CHECK(find_node(it.now(), "user-1")->x == 1);
    CHECK(find_node(it.now(), "user-1")->y == 2);
    CHECK(it.middle("d.node.user-1").x == doctest::Approx(model.x));  // on the grid
    it.carry(it.middle("d.node.user-1"), model);
    CHECK(find_node(it.now(), "user-1")->y == 2);
    CHECK(it.name("d.hint") == "That place is taken.");
    it.carry(it.middle("d.node.user-1"), {5, 5});
    CHECK(find_node(it.now(), "user-1")->y == 2);
    CHECK(it.n_changes == 1);
}

TEST_CASE("diagram: arrow keys move a node past others, Delete removes it and leads on to Undo") {
    DiagramPage it;
    it.page.act("d.node.user-1", "key", "ArrowDown");
    CHECK(it.name("d.node.user-1") == "User: column 1, row 2");
    it.page.act("d.node.user-1", "key", "ArrowUp");
    it.page.act("d.node.user-1", "key", "ArrowRight");  // two stand there
    CHECK(find_node(it.now(), "user-1")->x == 0);
    CHECK(it.name("d.hint") == "No free place is there.");
    it.page.context.twin.queue("d.node.user-1", {"key", "Delete"});
    CHECK(it.page.frame().value("focus", "") == "d.undo");
    it.page.frame();
    CHECK(it.now().nodes.size() == 2);
    it.page.click("d.undo");
    CHECK(it.now().nodes.size() == 3);
}

TEST_CASE("diagram: Connect and two presses draw an arrow, by pointer and in the twin") {
    DiagramPage it;
    it.page.click_with_pointer("d.connect");
    CHECK(it.name("d.hint") == "Press the part where the arrow starts.");
    it.page.click_with_pointer("d.node.user-1");
    CHECK(it.name("d.hint") == "Press the part that User leads to.");
    it.page.click_with_pointer("d.node.model-1");
    CHECK(it.now().edges == std::vector<DiagramEdge>{{"user-1", "model-1"}});
    CHECK(it.name("d.hint") == "User leads to Model");
    it.page.click_with_pointer("d.node.model-2");  // the mode is over
    CHECK(it.now().edges.size() == 1);
    for (const char* key : {"d.connect", "d.node.user-1", "d.node.model-1"}) it.page.click(key);
    CHECK(it.name("d.hint") == "User leads to Model already.");
    for (const char* key : {"d.connect", "d.node.user-1", "d.node.user-1"}) it.page.click(key);
    CHECK(it.name("d.hint") == "An arrow needs two different parts.");
    CHECK(it.now().edges.size() == 1);
}

TEST_CASE("diagram: menus connect, disconnect, attach and remove, and a list says what leads where") {
    DiagramPage it;
    CHECK(it.is_off("d.join"));
    it.page.act("d.from", "set", 2);
    it.page.act("d.to", "set", 1);
    it.page.click("d.join");
    CHECK(it.now().edges == std::vector<DiagramEdge>{{"model-1", "user-1"}});
    const auto says = [&](std::string_view words) {
        const auto& nodes = it.page.context.twin.nodes();
        return std::any_of(nodes.begin(), nodes.end(), [&](const Node& node) {
            return node.role == "listitem" && node.properties.value("n", std::string()) == words;
        });
    };
    CHECK(says("Model leads to User"));
    CHECK(it.is_off("d.join"));
    it.page.click_with_pointer("d.separate");
    CHECK(it.now().edges.empty());
    CHECK_FALSE(says("Model leads to User"));
    it.page.act("d.part", "set", 3);
    it.page.act("d.service", "set", 1);
    CHECK(it.name("d.node.model-2") == "Model 2 with A card: column 3, row 1");
    it.page.click("d.remove");
    CHECK(find_node(it.now(), "model-2") == nullptr);
    CHECK(it.is_off("d.service"));
}

TEST_CASE("diagram: a locked one can be read and not changed, a hidden one is not there") {
    DiagramPage it;
    connect(it.state.history, "user-1", "model-1");
    it.page.context.locked.insert("d");
    it.page.frame();
    it.n_changes = 0;
    for (const char* key : {"d.undo", "d.add.user", "d.connect", "d.remove", "d.join", "d.node.user-1"}) {
        CHECK(it.is_off(key));
        it.page.click(key);
    }
    for (const char* key : {"ArrowDown", "Delete"}) it.page.act("d.node.user-1", "key", key);
    it.page.act("d.part", "set", 1);
    it.page.act("d.service", "set", 1);
    it.carry(it.middle("d.node.user-1"), {450, it.middle("d.node.user-1").y + 150});
    CHECK(it.n_changes == 0);
    CHECK(it.state.selected.empty());
    it.page.context.hidden.insert("d");
    it.page.frame();
    CHECK(it.page.context.twin.nodes().empty());
}

TEST_CASE("diagram: at 320 px and double text everything lies inside the page and parts can be hit") {
    DiagramPage it(true, 320);
    it.page.context.env.text_scale = 2;
    it.page.frame();
    it.page.frame();
    for (const Node& node : it.page.context.twin.nodes()) {
        CAPTURE(node.key);
        CHECK(node.rect.x + node.rect.width <= 320);
        if (node.role == "grip") CHECK(node.rect.height >= 44);
    }
}
