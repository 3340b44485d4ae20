#include "ui/diagram_edit.h"

#include <doctest/doctest.h>

using namespace terrarium::ui;

namespace {

const DiagramKit kKit{.columns = 3,
                      .rows = 2,
                      .kinds = {{"user", "User", 1}, {"model", "Model", 3}, {"store", "Store", 9}},
                      .services = {{"gpu", "A graphics card"}}};

DiagramHistory user_and_models() {
    DiagramHistory made;
    for (const char* kind : {"user", "model", "model"}) REQUIRE(add_node(made, kKit, kind));
    return made;
}

}  // namespace

TEST_CASE("diagram: nodes are added to the first free cell, with a label of their own, up to the limits") {
    DiagramHistory it = user_and_models();
    CHECK(it.now.nodes[2] == DiagramNode{"model-2", "model", "Model 2", 2, 0, ""});
    CHECK_FALSE(add_node(it, kKit, "user"));
    CHECK_FALSE(add_node(it, kKit, "unknown"));
    REQUIRE(remove_node(it, "model-1"));
    REQUIRE(add_node(it, kKit, "model"));
    CHECK(it.now.nodes.back() == DiagramNode{"model-1", "model", "Model", 1, 0, ""});
    for (int i = 0; i < 3; ++i) CHECK(add_node(it, kKit, "store"));
    CHECK_FALSE(add_node(it, kKit, "store"));  // every cell is taken
    CHECK(it.now.nodes.size() == 6);
}

TEST_CASE("diagram: a node moves to free cells of the grid only") {
    DiagramHistory it = user_and_models();
    CHECK(move_node(it, kKit, "user-1", 2, 1));
    CHECK_FALSE(move_node(it, kKit, "user-1", 2, 1));
    CHECK_FALSE(move_node(it, kKit, "user-1", 1, 0));
    CHECK_FALSE(move_node(it, kKit, "user-1", 3, 1));
    CHECK_FALSE(move_node(it, kKit, "user-1", 2, 2));
    CHECK_FALSE(move_node(it, kKit, "user-1", -1, 0));
    CHECK_FALSE(move_node(it, kKit, "nobody", 0, 1));
    CHECK(find_node(it.now, "user-1")->x == 2);
    CHECK(find_node(it.now, "user-1")->y == 1);
}

TEST_CASE("diagram: arrows lead from one node to another, once, and go with their nodes") {
    DiagramHistory it = user_and_models();
    CHECK(connect(it, "user-1", "model-1"));
    CHECK_FALSE(connect(it, "user-1", "model-1"));
    CHECK_FALSE(connect(it, "user-1", "user-1"));
    CHECK_FALSE(connect(it, "user-1", "nobody"));
    CHECK(connect(it, "model-1", "user-1"));
    CHECK(connect(it, "user-1", "model-2"));
    CHECK(disconnect(it, "model-1", "user-1"));
    CHECK_FALSE(disconnect(it, "model-1", "user-1"));
    CHECK(remove_node(it, "model-1"));
    CHECK_FALSE(remove_node(it, "model-1"));
    CHECK(it.now.edges == std::vector<DiagramEdge>{{"user-1", "model-2"}});
}

TEST_CASE("diagram: known services are attached and detached") {
    DiagramHistory it = user_and_models();
    CHECK(attach(it, kKit, "model-1", "gpu"));
    CHECK_FALSE(attach(it, kKit, "model-1", "gpu"));
    CHECK_FALSE(attach(it, kKit, "model-1", "unknown"));
    CHECK_FALSE(attach(it, kKit, "nobody", "gpu"));
    CHECK(find_node(it.now, "model-1")->attached == "gpu");
    CHECK(attach(it, kKit, "model-1", ""));
    CHECK(find_node(it.now, "model-1")->attached.empty());
}

TEST_CASE("diagram: each change is undone by one step, a refused one leaves none") {
    DiagramHistory it;
    CHECK_FALSE(undo(it));
    std::vector<Diagram> seen{it.now};
    const auto done = [&](bool changed) {
        REQUIRE(changed);
        seen.push_back(it.now);
    };
    done(add_node(it, kKit, "user"));
    done(add_node(it, kKit, "model"));
    done(connect(it, "user-1", "model-1"));
    done(move_node(it, kKit, "model-1", 2, 1));
    done(attach(it, kKit, "model-1", "gpu"));
    done(remove_node(it, "user-1"));
    CHECK_FALSE(connect(it, "user-1", "model-1"));
    for (seen.pop_back(); !seen.empty(); seen.pop_back()) {
        CHECK(undo(it));
        CHECK(it.now == seen.back());
    }
    CHECK_FALSE(undo(it));
    for (size_t i = 0; i < 2 * kMaxDiagramSteps; ++i) {
        add_node(it, kKit, "user");
        remove_node(it, "user-1");
    }
    CHECK(it.past.size() == kMaxDiagramSteps);
}
