#include "core/io/csv.h"

#include <doctest/doctest.h>

#include <limits>

#include "core/support/check.h"

using namespace terrarium::core::io;

TEST_CASE("csv: numbers stay numbers, lines end as RFC 4180 asks, a whole file by hand") {
    const std::string columns[] = {"step", "loss, nats", "note"};
    CsvWriter table(columns);
    table.row({int64_t{1}, 4.16, std::string("start")});
    table.row({int64_t{-2}, -0.5, std::string("he said \"no\"")});
    table.row({int64_t{3}, std::numeric_limits<double>::quiet_NaN(), std::monostate{}});
    table.row({int64_t{4}, -std::numeric_limits<double>::infinity(), std::string("a\nb")});
    CHECK(table.text() ==
          "step,\"loss, nats\",note\r\n"
          "1,4.16,start\r\n"
          "-2,-0.5,\"he said \"\"no\"\"\"\r\n"
          "3,NaN,\r\n"
          "4,-inf,\"a\nb\"\r\n");
}

TEST_CASE("csv: no text of a learner runs as a formula in a spreadsheet") {
    CHECK(csv_text_cell("=HYPERLINK(\"http://x\")") == "\"'=HYPERLINK(\"\"http://x\"\")\"");
    CHECK(csv_text_cell("+1") == "'+1");
    CHECK(csv_text_cell("-1") == "'-1");
    CHECK(csv_text_cell("@SUM(A1)") == "'@SUM(A1)");
    CHECK(csv_text_cell("\t=1") == "'\t=1");
    CHECK(csv_text_cell("\r=1") == "\"'\r=1\"");
    CHECK(csv_text_cell("\n=1") == "\"'\n=1\"");
    CHECK(csv_text_cell("\uFF1D1+1") == "'\uFF1D1+1");
    CHECK(csv_text_cell("a=1") == "a=1");
    CHECK(csv_text_cell("") == "");
    CHECK(csv_text_cell(" x") == "\" x\"");
    const std::string columns[] = {"=cmd()"};
    CHECK(CsvWriter(columns).text() == "'=cmd()\r\n");
}

TEST_CASE("csv: one empty cell is still a line, and a wrong number of cells is our bug") {
    const std::string columns[] = {"a"};
    CsvWriter table(columns);
    table.row({std::monostate{}});
    CHECK(table.text() == "a\r\n\"\"\r\n");
    CHECK_THROWS_AS(table.row({int64_t{1}, int64_t{2}}), terrarium::core::CheckFailed);
    CHECK_THROWS_AS(CsvWriter(std::span<const std::string>{}), terrarium::core::CheckFailed);
}
