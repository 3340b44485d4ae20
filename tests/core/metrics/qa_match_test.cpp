#include "core/metrics/qa_match.h"

#include <doctest/doctest.h>

using namespace terrarium::core;

namespace {

using Texts = std::vector<std::string>;
using doctest::Approx;

AnswerMatch match(std::string_view prediction, const Texts& answers, SquadRules rules = SquadRules::V1) {
    return match_answer(prediction, answers, rules).value();
}

}  // namespace

TEST_CASE("qa_match: normalising drops case, ASCII punctuation, articles and spaces") {
    CHECK(normalized_answer("The  Green, Lighthouse!") == "green lighthouse");
    CHECK(normalized_answer("5,000 a-b theory an") == "5000 ab theory");
    CHECK(normalized_answer("“the”") == "“ ”");  // marks outside ASCII stay, and end a word
    CHECK(normalized_answer("the_cat a the") == "thecat");
    CHECK(normalized_answer("A.") == "");
    CHECK(normalized_answer("") == "");
}

TEST_CASE("qa_match: F1 by hand, tokens counted as often as both have them") {
    const AnswerMatch found = match("four four four coins", {"four coins"});
    CHECK(found.n_common == 2);
    CHECK(found.n_prediction == 4);
    CHECK(found.f1 == Approx(2.0 / 3));
    CHECK(found.exact_match == 0);
}

TEST_CASE("qa_match: exact match and F1 are each the best over the gold answers") {
    const AnswerMatch found = match("a red boat", {"boat", "red boat", "the red boat!"});
    CHECK(found.exact_match == 1);
    CHECK(found.f1 == Approx(1));
    CHECK(found.best_answer == 1);
}

TEST_CASE("qa_match: answers that normalise to nothing count differently in the two rules") {
    CHECK(match("an", {"the"}).exact_match == 1);
    CHECK(match("an", {"the"}).f1 == 0);
    CHECK(match("an", {"the"}, SquadRules::V2).f1 == 1);
    CHECK(match("an", {"the", "cat"}, SquadRules::V2).exact_match == 0);  // "the" does not count
    CHECK(match("", {}, SquadRules::V2).exact_match == 1);
    CHECK(match("cat", {}, SquadRules::V2).f1 == 0);
}

TEST_CASE("qa_match: a corpus gives means in percent; what cannot be scored is refused") {
    const Texts predictions{"a cat", "dog"};
    const AnswerMatch mean =
        match_answers(predictions, std::vector<Texts>{{"cat"}, {"big dog"}}, SquadRules::V1).value();
    CHECK(mean.exact_match == Approx(50));
    CHECK(mean.f1 == Approx(100 * (1 + 2.0 / 3) / 2));
    CHECK(match_answer("a", Texts{}, SquadRules::V1).error().code == "qa.no_answer");
    CHECK(match_answers(predictions, std::vector<Texts>{{"a"}}, SquadRules::V1).error().code == "segments.unequal");
    CHECK(match_answers(predictions, std::vector<Texts>{{"a"}, {}}, SquadRules::V1).error().code == "qa.no_answer");
    CHECK(match_answers(Texts{}, std::vector<Texts>{}, SquadRules::V1).error().code == "segments.none");
}
