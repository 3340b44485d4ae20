#include <doctest/doctest.h>

#include "support/lab_fixture.h"
#include "ui/data.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

struct TablePage {
    std::vector<std::vector<std::string>> cells{{"Pear", "10"}, {"apple", "9"}, {"Plum", "100"}};
    int n_reads = 0, n_changes = 0;
    TableState state;
    std::vector<Column> columns{{"name", "Name"}, {"price", "Price", true, true}};
    TableSource source;
    WidgetPage page;

    explicit TablePage(int n_rows = 3, float width = 900)
        : source{.n_rows = n_rows,
                 .cell =
                     [this](int row, int column) {
                         ++n_reads;
                         const auto at = static_cast<size_t>(row);
                         if (at < cells.size()) return cells[at][static_cast<size_t>(column)];
                         return column == 0 ? "Fruit " + std::to_string(row) : std::to_string(row);
                     },
                 .edit =
                     [this](int row, int column, const std::string& typed) {
                         cells[static_cast<size_t>(row)][static_cast<size_t>(column)] = typed;
                     }},
          page([this] { n_changes += data_table("t", "Fruit", columns, source, state) ? 1 : 0; }, width) {}
    using Rows = std::vector<int>;
};

}  // namespace

TEST_CASE("data_table: headers sort numbers by value and words by letters, once up and once down") {
    TablePage it;
    it.page.click_with_pointer("t.sort.price");
    CHECK(it.state.rows == TablePage::Rows{1, 0, 2});
    it.page.click("t.sort.price");
    CHECK(it.state.rows == TablePage::Rows{2, 0, 1});
    CHECK(it.page.node("t.sort.price").properties["n"] == "Sort by Price, now falling");
    CHECK(it.page.node("t.table").properties["sort"] == 1);
    CHECK(it.page.node("t.table").properties["falling"] == true);
    CHECK(it.page.node("t.table").properties["numbers"] == json::array({1}));
    it.page.click("t.sort.name");
    CHECK(it.state.rows == TablePage::Rows{1, 0, 2});
}

TEST_CASE("data_table: the filter looks in every cell, whatever the case, and says when nothing is left") {
    TablePage it;
    it.page.act("t.filter", "set", "AP");
    CHECK(it.state.rows == TablePage::Rows{1});
    it.page.act("t.filter", "set", "zzz");
    CHECK(it.page.node("t.none").properties["n"] == "No row has these words.");
    it.page.act("t.filter", "set", "");
    CHECK(it.page.context.twin.find("t.none") == nullptr);
    TablePage empty(0);
    CHECK(empty.page.node("t.none").properties["n"] == "There are no rows.");
}

TEST_CASE("data_table: rows are selected by pointer and twin, and a sorted table keeps them") {
    TablePage it;
    it.page.click_with_pointer("t.row.1");
    it.page.act("t.row.2", "set", true);
    it.page.act("t.row.2", "set", true);
    CHECK(it.n_changes == 2);
    it.page.click("t.sort.price");
    CHECK(it.state.selected == std::set<int>{1, 2});
    it.page.context.locked.insert("t");
    it.page.act("t.row.1", "set", false);
    it.page.click_with_pointer("t.row.2");
    CHECK(it.state.selected == std::set<int>{1, 2});
}

TEST_CASE("data_table: a cell opens, takes what is typed, and closes; fixed columns do not open") {
    TablePage it;
    CHECK(it.page.context.twin.find("t.row.0.name") == nullptr);
    it.page.click_with_pointer("t.row.0.price");
    it.page.act("t.row.0.price.field", "set", "12");
    CHECK(it.cells[0][1] == "12");
    it.page.act("t.row.0.price.field", "key", "Enter");
    CHECK(it.page.context.twin.find("t.row.0.price.field") == nullptr);
    CHECK(it.page.node("t.table").properties["rows"][0][1] == "12");
}

TEST_CASE("data_table: ten thousand rows: a frame reads one page and draws what is in sight") {
    TablePage it(10'000);
    CHECK(it.page.node("t.table").properties["rows"].size() == 50);
    it.n_reads = 0;
    it.page.frame();
    CHECK(it.n_reads == 50 * 2);
    const auto drawn = [&] { return ImGui::GetDrawData()->TotalVtxCount; };
    const int at_top = drawn();
    it.page.context.env.scroll_y = 100'000;  // all out of sight
    it.page.frame();
    CHECK(drawn() < at_top / 4);
    CHECK(it.page.node("t.table").properties["rows"].size() == 50);
    it.page.context.env.scroll_y = 0;
    it.page.click("t.next");
    CHECK(it.page.node("t.where").properties["n"] == "Page 2 of 200, 10,000 rows, 0 selected");
    CHECK(it.page.node("t.table").properties["rows"][0][0] == "Fruit 50");
    it.page.click("t.previous");
    CHECK(it.state.page == 0);
}

TEST_CASE(
    "data_table: all rows are in one part that scrolls, the twin's page follows, and only what is in sight costs") {
    TablePage it(10'000);
    const Rect box = it.page.node("t.rows").rect;
    const float row_height = it.page.node("t.row.1").rect.y - it.page.node("t.row.0").rect.y;
    CHECK(box.height < 500);
    CHECK(it.page.node("t.rows").properties["tall"] == 10'000 * row_height);
    const int at_top = ImGui::GetDrawData()->TotalVtxCount;
    it.page.act("t.rows", "scroll", 7000 * row_height);
    CHECK(it.state.page == 140);
    CHECK(it.page.node("t.table").properties["rows"][0][0] == "Fruit 7000");
    CHECK(it.page.node("t.sort.name").rect.y < box.y);  // the header stays
    it.n_reads = 0;
    it.page.frame();
    CHECK(it.n_reads <= (50 + 15) * 2);
    CHECK(ImGui::GetDrawData()->TotalVtxCount < at_top * 3 / 2);

    // A press lands on the row that is drawn there, also one that is not in the twin's page.
    it.page.act("t.rows", "scroll", 7047 * row_height);
    CHECK(it.state.page == 140);  // it stays while one of its rows is in sight
    CHECK(it.page.context.twin.find("t.row.7051") == nullptr);
    const auto press = [&](float x, float y) {
        ImGui::GetIO().AddMousePosEvent(x, y);
        it.page.frame();
        ImGui::GetIO().AddMouseButtonEvent(0, true);
        it.page.frame();
        ImGui::GetIO().AddMouseButtonEvent(0, false);
        for (int i = 0; i < 3; ++i) it.page.frame();
    };
    press(box.x + row_height / 2, box.y + row_height * 4.5f);
    CHECK(it.state.selected == std::set<int>{7051});
    press(box.x + row_height / 2, box.y + box.height + 1);  // below the box: nothing of it is there
    CHECK(it.state.selected.size() == 1);

    // The keyboard's way: the twin's element of a row in the page works as before, and the end can be reached.
    it.page.act("t.row.7020", "set", true);
    CHECK(it.state.selected.size() == 2);
    it.page.act("t.rows", "scroll", 1e9);
    CHECK(it.state.page == 199);
    CHECK(it.page.node("t.table").properties["rows"][49][0] == "Fruit 9999");
    it.page.act("t.filter", "set", "fruit 77");
    CHECK(it.page.node("t.rows").properties["to"][1] == 0);  // a filter begins at the top
    CHECK(it.state.page == 0);
}

TEST_CASE("data_table: a cell that was scrolled away is closed") {
    TablePage it(10'000);
    it.cells.resize(3);
    it.page.click("t.row.2.price");
    CHECK(it.state.edit_row == 2);
    it.page.act("t.rows", "scroll", 90'000);
    CHECK(it.state.edit_row == -1);
}

TEST_CASE("data_table: on a narrow screen the columns of a row stand below each other, inside the page") {
    TablePage it(3, 320);
    it.columns[0].is_editable = true;
    it.page.frame();
    CHECK(it.page.node("t.row.0.price").rect.y > it.page.node("t.row.0.name").rect.y);
    for (const Node& node : it.page.context.twin.nodes()) CHECK(node.rect.x + node.rect.width <= 320);
}

TEST_CASE("price_sheet: what is changed says so, nonsense is refused, reset brings all back") {
    std::vector<Price> prices{{"in", "Input", "USD per million", 2, 2}, {"out", "Output", "USD per million", 8, 8}};
    WidgetPage page([&] { price_sheet("p", "Prices", prices); });
    CHECK(page.node("p.reset").properties.value("disabled", false));
    page.act("p.in", "set", "2.5");
    CHECK(prices[0].value == 2.5);
    CHECK(page.node("p.in").properties["n"] == "Input, USD per million. Changed, was 2");
    page.act("p.out", "set", "-1");
    page.act("p.out", "set", "much");
    CHECK(prices[1].value == 8);
    CHECK(page.node("p.out.refused").properties["n"] ==
          "“much” is no price: type a number from 0 up, such as 2.5. Until then it is 8.");
    CHECK(page.context.twin.find("p.in.refused") == nullptr);
    page.act("p.out", "set", "");
    CHECK(page.node("p.out.refused").properties["n"] == "Type a number from 0 up, such as 2.5. Until then it is 8.");
    page.act("p.out", "set", "8");
    CHECK(page.context.twin.find("p.out.refused") == nullptr);
    page.act("p.out", "set", "-1");
    CHECK(page.node("p.changed").properties["n"] == "1 of 2 changed");
    page.click_with_pointer("p.reset");
    CHECK(prices[0].value == 2);
    CHECK_FALSE(prices[1].refused);
    page.context.locked.insert("p");
    page.frame();
    page.act("p.in", "set", "9");
    CHECK(prices[0].value == 2);
    CHECK(page.context.locked.size() == 1);  // its parts are locked only while it is drawn
    page.context.locked.clear();
    page.frame();
    page.act("p.in", "set", "9");
    CHECK(prices[0].value == 9);
}
