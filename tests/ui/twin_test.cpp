#include "ui/twin.h"

#include <doctest/doctest.h>

using namespace terrarium::ui;

namespace {

Node node_of(const std::string& key, const std::string& name = "A name") {
    Node node{.key = key, .role = "button", .parent = {}, .rect = {10, 20, 30, 40}};
    node.properties["n"] = name;
    return node;
}

/// Keys and parents as they are sent: a list of pairs, not an object.
json order(const std::vector<std::pair<std::string, std::string>>& pairs) {
    json list = json::array();
    for (const auto& [key, parent] : pairs) list.push_back(json::array({key, parent}));
    return list;
}

/// One frame with these nodes.
json frame(Twin& twin, const std::vector<Node>& nodes, bool everything = false, float height = 100) {
    twin.begin_frame();
    for (const Node& node : nodes) twin.add(node);
    return twin.end_frame(height, everything);
}

}  // namespace

TEST_CASE("twin: a node arrives with key, role, name and place, rounded to quarter pixels") {
    Twin twin;
    Node node = node_of("train", "Train");
    node.rect = {0.1f, 0.13f, 99.9f, 40.2f};
    node.properties["disabled"] = true;
    const json message = frame(twin, {node});
    REQUIRE(message["nodes"].size() == 1);
    CHECK(
        message["nodes"][0] ==
        json{{"k", "train"}, {"r", "button"}, {"n", "Train"}, {"disabled", true}, {"rect", {0.0, 0.25, 100.0, 40.25}}});
    CHECK(message["order"] == order({{"train", ""}}));
    CHECK(message["height"] == 100.0);
}

TEST_CASE("twin: an unchanged frame sends nothing") {
    Twin twin;
    (void)frame(twin, {node_of("a"), node_of("b")});
    CHECK(frame(twin, {node_of("a"), node_of("b")}).is_null());
}

TEST_CASE("twin: only what changed is sent, what is gone is named, order only when it changed") {
    Twin twin;
    (void)frame(twin, {node_of("a"), node_of("b"), node_of("c")});
    json message = frame(twin, {node_of("a"), node_of("b", "Other"), node_of("c")});
    REQUIRE(message["nodes"].size() == 1);
    CHECK(message["nodes"][0]["k"] == "b");
    CHECK_FALSE(message.contains("order"));
    CHECK_FALSE(message.contains("removed"));
    message = frame(twin, {node_of("c"), node_of("a")});
    CHECK(message["removed"] == json{"b"});
    CHECK(message["order"] == order({{"c", ""}, {"a", ""}}));
    CHECK_FALSE(message.contains("nodes"));
    message = frame(twin, {node_of("c"), node_of("a")}, false, 120);
    CHECK(message == json{{"height", 120.0}});
}

TEST_CASE("twin: on request everything is sent again") {
    Twin twin;
    (void)frame(twin, {node_of("a"), node_of("b")});
    const json message = frame(twin, {node_of("a"), node_of("b")}, true);
    CHECK(message["full"] == true);
    CHECK(message["nodes"].size() == 2);
    CHECK(message["order"].size() == 2);
}

TEST_CASE("twin: messages of one run put together are the last frame") {
    Twin twin;
    std::map<std::string, json> page;
    for (int i = 0; i < 40; ++i) {
        std::vector<Node> nodes;
        for (int k = 0; k < 6; ++k) {
            if ((i * 7 + k * 3) % 5 != 0) nodes.push_back(node_of("k" + std::to_string(k), std::to_string(i * k % 4)));
        }
        const json message = frame(twin, nodes);
        if (message.is_null()) continue;
        for (const json& node : message.value("nodes", json::array())) page[node["k"]] = node;
        for (const json& key : message.value("removed", json::array())) page.erase(key.get<std::string>());
        CHECK(page.size() == nodes.size());
        for (const Node& node : nodes) CHECK(page[node.key]["n"] == node.properties["n"]);
    }
}

TEST_CASE("twin: nodes know their parent, and fixed ones say so") {
    Twin twin;
    twin.begin_frame();
    twin.add(node_of("card"));
    twin.push_parent("card");
    Node sticky = node_of("line");
    sticky.is_fixed = true;
    twin.add(sticky);
    twin.pop_parent();
    twin.add(node_of("after"));
    const json message = twin.end_frame(1, false);
    CHECK(message["order"] == order({{"card", ""}, {"line", "card"}, {"after", ""}}));
    CHECK(message["nodes"][1]["fx"] == true);
    CHECK_FALSE(message["nodes"][0].contains("fx"));
}

TEST_CASE("twin: two widgets with one key in a frame are a bug of ours") {
    Twin twin;
    twin.begin_frame();
    twin.add(node_of("a"));
    CHECK_THROWS(twin.add(node_of("a")));
}

TEST_CASE("twin: an action is taken once, by its key and kind") {
    Twin twin;
    twin.queue("a", {"set", 3});
    twin.begin_frame();
    CHECK_FALSE(twin.take("b", "set").has_value());
    CHECK_FALSE(twin.take("a", "click").has_value());
    const auto action = twin.take("a", "set");
    REQUIRE(action.has_value());
    CHECK(action->value == 3);
    CHECK_FALSE(twin.take("a", "set").has_value());
}

TEST_CASE("twin: of several values of one widget the newest counts, of clicks and keys each one in its order") {
    Twin twin;
    for (int i = 0; i < 4; ++i) twin.queue("a", {"set", i});
    for (int i = 0; i < 4; ++i) twin.queue("a", {"key", i});
    twin.queue("b", {"click", nullptr});
    twin.begin_frame();
    CHECK(twin.take("a", "set")->value == 3);
    CHECK_FALSE(twin.take("a", "set").has_value());
    CHECK(twin.take("a", "key")->value == 0);
    CHECK(twin.has_waiting_actions());
    twin.queue("a", {"key", 4});
    for (int i = 1; i < 5; ++i) {  // a widget that takes one a frame
        twin.begin_frame();
        CHECK(twin.take("a", "key")->value == i);
    }
    twin.begin_frame();
    CHECK_FALSE(twin.take("a", "key").has_value());
    CHECK_FALSE(twin.take("b", "click").has_value());
    for (int i = 0; i < 3; ++i) twin.queue("a", {"zoom", i});
    twin.begin_frame();
    for (int i = 0; i < 3; ++i) CHECK(twin.take("a", "zoom")->value == i);  // or all at once
    CHECK_FALSE(twin.take("a", "zoom").has_value());
}

TEST_CASE("twin: an action that came after its widget was drawn is taken in the next frame, and not for ever") {
    Twin twin;
    twin.begin_frame();
    twin.queue("a", {"click", nullptr});
    CHECK(twin.has_waiting_actions());
    twin.begin_frame();
    CHECK(twin.take("a", "click").has_value());
    twin.queue("gone", {"click", nullptr});
    for (int i = 0; i < 3; ++i) twin.begin_frame();
    CHECK_FALSE(twin.has_waiting_actions());
    CHECK_FALSE(twin.take("gone", "click").has_value());
}

TEST_CASE("twin: focus and blur are remembered") {
    Twin twin;
    twin.queue("a", {"focus", nullptr});
    CHECK(twin.focused() == "a");
    twin.queue("b", {"focus", nullptr});
    twin.queue("a", {"blur", nullptr});
    CHECK(twin.focused() == "b");
    twin.queue("b", {"blur", nullptr});
    CHECK(twin.focused().empty());
}

TEST_CASE("twin: words for screen readers are sent once") {
    Twin twin;
    twin.begin_frame();
    twin.say("Training started.");
    twin.alert("Lost.");
    twin.focus("a");
    const json message = twin.end_frame(1, false);
    CHECK(message["status"] == "Training started.");
    CHECK(message["alert"] == "Lost.");
    CHECK(message["focus"] == "a");
    twin.begin_frame();
    CHECK(twin.end_frame(1, false).is_null());
}

TEST_CASE("twin: a name that is not UTF-8 does not stop the page") {
    Twin twin;
    const json message = frame(twin, {node_of("a", "\xff broken")});
    CHECK(message["nodes"].size() == 1);
    CHECK(frame(twin, {node_of("a", "\xff broken")}).is_null());
}
