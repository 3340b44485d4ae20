#include "labs/quiz.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

using namespace terrarium::labs;
using Kind = QuizItem::Kind;

namespace {

QuizItem item_of(Kind kind, std::vector<QuizOption> options = {}) {
    QuizItem item;
    item.id = "item";
    item.text = "What?";
    item.kind = kind;
    item.options = std::move(options);
    return item;
}

std::vector<QuizOption> four() {
    return {{"a", "A", "why a", true, "1"},
            {"b", "B", "why b", true, "2"},
            {"c", "C", "why c", false, "3"},
            {"d", "D", "why d", false, "4"}};
}

double share(const QuizItem& item, std::vector<std::string> chosen) {
    return judge(item, {std::move(chosen), {}}, {}).share;
}

const std::vector<float> kSteps{0, 50, 100, 150, 200};
const std::vector<float> kLoss{4, 3, 2, 1.5f, 1.75f};
RunFacts run() { return {{{"level", 2.5}, {"loss", 1.75}}, {{"step", kSteps}, {"loss", kLoss}}}; }

}  // namespace

TEST_CASE("quiz: one right option is everything or nothing, and its feedback is the chosen one's") {
    std::vector<QuizOption> options = four();
    options[1].is_right = false;
    const QuizItem item = item_of(Kind::Choice, options);
    CHECK(share(item, {"a"}) == 1);
    CHECK(share(item, {"c"}) == 0);
    const QuizResult wrong = judge(item, {{"c"}, {}}, {});
    REQUIRE(wrong.feedback.size() == 1);
    CHECK(wrong.feedback[0].words == "why c");
    CHECK_FALSE(wrong.feedback[0].is_right);
}

TEST_CASE("quiz: several right options: each wrong one costs a right one, and ticking all earns nothing") {
    const QuizItem item = item_of(Kind::Multiple, four());
    CHECK(share(item, {"a", "b"}) == 1);
    CHECK(share(item, {"b", "a"}) == 1);
    CHECK(share(item, {"a"}) == doctest::Approx(0.5));
    CHECK(share(item, {"a", "b", "c"}) == doctest::Approx(0.5));
    CHECK(share(item, {"a", "b", "c", "d"}) == 0);
    CHECK(share(item, {"c", "d"}) == 0);
    // What was missed is said, what was rightly left alone is not.
    const QuizResult half = judge(item, {{"a"}, {}}, {});
    REQUIRE(half.feedback.size() == 2);
    CHECK(half.feedback[0].is_right);
    CHECK(half.feedback[1].option_id == "b");
    CHECK_FALSE(half.feedback[1].is_right);
}

TEST_CASE("quiz: an order is judged by its pairs, corrected for chance") {
    const QuizItem item = item_of(Kind::Order, four());
    CHECK(share(item, {"a", "b", "c", "d"}) == 1);
    CHECK(share(item, {"b", "a", "c", "d"}) == doctest::Approx(2.0 * 5 / 6 - 1));
    CHECK(share(item, {"d", "c", "b", "a"}) == 0);
}

TEST_CASE("quiz: a matching counts its pairs") {
    const QuizItem item = item_of(Kind::Match, four());
    CHECK(share(item, {"a", "b", "c", "d"}) == 1);
    CHECK(share(item, {"a", "b", "d", "c"}) == doctest::Approx(0.5));
    CHECK_FALSE(is_complete(item, {{"a", "", "c", "d"}, {}}));
}

TEST_CASE("quiz: a number counts within its tolerance, to the edge") {
    QuizItem item = item_of(Kind::Number);
    item.answer = {2, {}};
    item.tolerance = 0.25;
    CHECK(judge(item, {{}, 2.25}, {}).share == 1);
    CHECK(judge(item, {{}, 1.75}, {}).share == 1);
    CHECK(judge(item, {{}, 2.26}, {}).share == 0);
    CHECK(judge(item, {{}, 9}, {}).truth == "2");
    CHECK_FALSE(is_complete(item, {}));
}

TEST_CASE("quiz: questions about a run need the run, and take their numbers from it") {
    QuizItem item = item_of(Kind::Number);
    item.text = "The loss was {loss}. And?";
    item.answer = {0, "level"};
    CHECK_FALSE(is_ready(item, {}));
    CHECK_FALSE(filled(item.text, {}).has_value());
    REQUIRE(is_ready(item, run()));
    CHECK(filled(item.text, run()) == "The loss was 1.75. And?");
    CHECK(judge(item, {{}, 2.5}, run()).share == 1);
    RunFacts broken = run();
    broken.quantities["level"] = std::nan("");
    CHECK_FALSE(is_ready(item, broken));
    CHECK(filled("No braces", {}) == "No braces");
}

TEST_CASE("quiz: a place in a plot is found in the learner's own curve") {
    QuizItem item = item_of(Kind::Find);
    item.target = {PlotTarget::Kind::Lowest, "step", "loss", "step", "loss", {}};
    item.tolerance = 0.05;  // of a width of 200: 10 steps
    CHECK_FALSE(is_ready(item, {}));
    REQUIRE(is_ready(item, run()));
    CHECK(judge(item, {{}, 150}, run()).share == 1);
    CHECK(judge(item, {{}, 160}, run()).share == 1);
    CHECK(judge(item, {{}, 200}, run()).share == 0);
    item.target.kind = PlotTarget::Kind::Highest;
    CHECK(judge(item, {{}, 0}, run()).share == 1);
    item.target.kind = PlotTarget::Kind::FirstBelow;
    item.target.level = {0, "level"};
    CHECK(judge(item, {{}, 100}, run()).share == 1);
    item.target.level = {0.5, {}};  // the curve never gets there
    CHECK_FALSE(is_ready(item, run()));
    item.target = {PlotTarget::Kind::Lowest, "", "loss", "step", "loss", {}};
    CHECK(judge(item, {{}, 4}, run()).share == 1);  // without x the points count 1, 2, 3 ...
}

TEST_CASE("quiz: shuffling depends on seed, item and try, and on nothing else") {
    std::vector<QuizOption> many;
    for (char id = 'a'; id <= 'h'; ++id) many.push_back({std::string(1, id), "", "", id == 'a', ""});
    QuizItem item = item_of(Kind::Choice, many);
    const auto order = shown_order(item, 7, 0);
    CHECK(order == shown_order(item, 7, 0));
    CHECK(order != shown_order(item, 8, 0));
    CHECK(order != shown_order(item, 7, 1));
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    CHECK(sorted == std::vector<size_t>{0, 1, 2, 3, 4, 5, 6, 7});
    item.kind = Kind::Order;
    item.options.resize(2);
    for (uint64_t seed = 0; seed < 20; ++seed) CHECK(shown_order(item, seed, 0) == std::vector<size_t>{1, 0});
}
