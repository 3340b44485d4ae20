#include "app/search.h"

#include <doctest/doctest.h>

using namespace terrarium::app;

namespace {

const std::vector<Findable> kAll = {
    {Findable::Kind::Term, "loss", "loss", "How wrong a model is."},
    {Findable::Kind::Term, "val", "validation loss", "The loss on text that was set aside."},
    {Findable::Kind::Lab, "m2.pretraining", "A transformer learns to read", "Guess the next character."},
    {Findable::Kind::Page, "help", "Help", ""},
};

}  // namespace

TEST_CASE("search: the same title first, then its beginning, then its middle, then the text") {
    CHECK(find(kAll, "loss", 9) == std::vector<size_t>{0, 1});
    CHECK(find(kAll, "los", 9) == std::vector<size_t>{0, 1});
    CHECK(find(kAll, "TEXT", 9) == std::vector<size_t>{1});
    CHECK(find(kAll, "a", 9) == std::vector<size_t>{2, 1, 0});
}

TEST_CASE("search: every word counts, in any order, whatever the spaces and the size of letters") {
    CHECK(find(kAll, "read  transformer ", 9) == std::vector<size_t>{2});
    CHECK(find(kAll, "read loss", 9).empty());
}

TEST_CASE("search: nothing typed finds nothing, and there are never more than asked for") {
    CHECK(find(kAll, "", 9).empty());
    CHECK(find(kAll, "   ", 9).empty());
    CHECK(find(kAll, "e", 2).size() == 2);
}
