// The lesson player as a learner meets it: predictions, their outcomes, the quiz, hints, calibration.

#include <doctest/doctest.h>

#include "app/predictions.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::tests;
using Kind = labs::Question::Kind;

namespace {

labs::Question question_of(Kind kind) {
    labs::Question question;
    question.id = "q";
    question.kind = kind;
    question.options = {{"a", "A", {}, {}}, {"b", "B", {}, {}}, {"c", "C", {}, {}}};
    question.min = 0;
    question.max = 5;
    question.start = 4;
    question.x_max = 100;
    question.n_points = 3;
    question.asks_certainty = true;
    return question;
}

std::string value_of(LabPage& page, const std::string& key) {
    return page.node(key).properties.value("vt", std::string());
}

void open_item(LabPage& page, const std::string& id) {
    page.click("step.quiz");
    while (!page.has("text.quiz." + id)) {
        REQUIRE(page.is_enabled("quiz.next"));
        page.click("quiz.next");
    }
}

}  // namespace

TEST_CASE("predictions: what is stored can be taken up again, for each kind") {
    for (const Kind kind : {Kind::Choice, Kind::Number, Kind::Order, Kind::Sketch, Kind::Which, Kind::Likelihood}) {
        const labs::Question question = question_of(kind);
        app::Guess guess = app::first_guess(question);
        guess.chosen = "b";
        guess.number = 3;
        guess.certainty = 80;
        if (kind == Kind::Order) guess.order = {"c", "a", "b"};
        if (kind == Kind::Sketch) guess.heights = {4, 2, 1};
        CHECK(app::is_complete(question, guess));
        const core::io::Prediction stored{app::answer_of(question, guess).dump(), app::probability_of(question, guess),
                                          -1, ""};
        app::Guess again = app::first_guess(question);
        REQUIRE(app::restore_guess(question, stored, again));
        CHECK(app::answer_of(question, again) == app::answer_of(question, guess));
        CHECK(app::probability_of(question, again) == doctest::Approx(kind == Kind::Likelihood ? 0.03 : 0.8));
        const core::io::Prediction broken{"{\"x\":1}", 0.5, -1, ""};
        CHECK_FALSE(app::restore_guess(question, broken, again));
    }
}

TEST_CASE("predictions: a likelihood is good when much was given to what happened") {
    const labs::Question question = question_of(Kind::Likelihood);
    app::Guess guess = app::first_guess(question);
    guess.number = 90;
    CHECK(app::quality_of(question, guess, 1) == doctest::Approx(0.99));
    CHECK(app::quality_of(question, guess, 0) == doctest::Approx(1 - 0.81));
}

TEST_CASE("player: a curve is sketched by the twin and by the pointer, then drawn beside what came") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    REQUIRE(page.has("predict.loss_curve.p0"));
    page.set("predict.loss_curve.p2", 10);
    CHECK(value_of(page, "predict.loss_curve.p2") == "1");
    page.click_with_pointer("predict.loss_curve.p3");  // the middle of the column, which reaches a knob above 5 nats
    CHECK(value_of(page, "predict.loss_curve.p3") == "2.7");
    page.predict();
    page.click("step.predict");
    CHECK(page.has("predict.loss_curve.outcome"));
    CHECK_FALSE(page.has("predict.loss_curve.legend"));
    CHECK(page.train());
    page.settle();
    page.click("step.predict");
    CHECK(page.has("predict.loss_curve.legend"));
    CHECK(page.name_of("predict.loss_curve.outcome").find("nats away") != std::string::npos);
}

TEST_CASE("player: an outcome says whether the prediction was right, not by colour") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.click("predict.beats_bigram.much");  // sixty steps of a tiny model never do
    page.click("predict.commit");
    CHECK(page.train());
    page.settle();
    page.click("step.run");
    CHECK(page.name_of("run.outcome.beats_bigram").starts_with("✗"));
}

TEST_CASE("quiz: a question about a run asks to train first, then takes its numbers from the run") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    open_item(page, "perplexity");
    CHECK(page.has("quiz.perplexity.train_first"));
    CHECK_FALSE(page.has("quiz.perplexity.check"));
    page.click("step.predict");
    page.predict();
    CHECK(page.train());
    page.settle();
    open_item(page, "perplexity");
    CHECK_FALSE(page.has("quiz.perplexity.train_first"));
    CHECK_FALSE(page.is_enabled("quiz.perplexity.check"));
    page.set("quiz.perplexity.number", std::to_string(page.app->view()->quantities().at("perplexity")));
    page.click("quiz.perplexity.check");
    CHECK(page.name_of("quiz.perplexity.verdict").starts_with("✓"));
    page.click("step.run");
    open_item(page, "lowest");
    page.act("quiz.lowest.plot", "key", "Home");
    page.click("quiz.lowest.take");
    page.click("quiz.lowest.check");
    CHECK(page.name_of("quiz.lowest.verdict").starts_with("✗"));  // the loss is not lowest at the start
}

TEST_CASE("quiz: options are chosen by pointer and twin; feedback explains; another try begins afresh") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    open_item(page, "labels");
    CHECK_FALSE(page.is_enabled("quiz.labels.check"));
    page.click_with_pointer("quiz.labels.people");
    page.click_with_pointer("quiz.labels.check");
    CHECK(page.name_of("quiz.labels.verdict").starts_with("✗"));
    CHECK(page.says("supervised learning"));
    page.click("quiz.labels.again");
    page.click("quiz.labels.text");
    page.click("quiz.labels.check");
    CHECK(page.name_of("quiz.labels.verdict").starts_with("✓"));
    open_item(page, "after");
    page.click_with_pointer("quiz.after.continue");
    page.click("quiz.after.repeat");
    page.click("quiz.after.check");
    CHECK(page.name_of("quiz.after.verdict").starts_with("✓"));
    CHECK(value_of(page, "quiz.score").starts_with("2 of"));
}

TEST_CASE("quiz: an order is arranged and pairs are found without dragging") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    open_item(page, "step_order");
    for (const char* id : {"update", "gradient", "loss", "guess", "batch"}) {
        const std::string up = std::string("quiz.step_order.") + id + ".up";
        while (page.is_enabled(up)) page.click(up);
    }
    page.click("quiz.step_order.check");
    CHECK(page.name_of("quiz.step_order.verdict").starts_with("✓"));
    open_item(page, "words");
    for (const char* id : {"token", "embedding", "attention", "loss"}) {
        CHECK_FALSE(page.is_enabled("quiz.words.check"));
        page.click(std::string("quiz.words.answer.") + id);  // goes to the first item that has none
    }
    page.click("quiz.words.check");
    CHECK(page.name_of("quiz.words.verdict").starts_with("✓"));
}

TEST_CASE("challenge: hints come one by one and are counted") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    for (int shown = 0; shown < 3; ++shown) {
        CHECK_FALSE(page.has("challenge.hint." + std::to_string(shown)));
        page.click("challenge.hint");
        CHECK(page.has("challenge.hint." + std::to_string(shown)));
    }
    CHECK_FALSE(page.has("challenge.hint"));
    CHECK(page.name_of("challenge.below_bigram").find("needs") != std::string::npos);
}

TEST_CASE("calibration: stated confidence stands beside what came, with a word about small numbers") {
    LabPage page(json::object({{"hash", tiny_address("&page=calibration")}}));
    CHECK(page.has("calibration.empty"));
    page.event({{"t", "hash"}, {"hash", tiny_address()}});
    page.settle();
    page.predict();
    CHECK(page.train());
    page.settle();
    page.event({{"t", "hash"}, {"hash", tiny_address("&page=calibration")}});
    page.settle();
    CHECK_FALSE(page.has("calibration.empty"));
    CHECK(page.has("calibration.table"));
    CHECK(page.name_of("calibration.honest").find("2") != std::string::npos);
}
