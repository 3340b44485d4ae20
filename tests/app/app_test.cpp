// The whole lab by key and role, as a learner, a teacher with a link, and the page around it use it.

#include "app/app.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/io/result_code.h"
#include "core/io/sha256.h"
#include "labs/replay.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::tests;
using labs::Status;

namespace {

constexpr const char* kLabFile = "content/m2_pretraining/pretraining.json";

/// The shipped content with a goal that any run reaches once a head is named.
std::string easy_content() {
    json tree = json::parse(source_file(kLabFile));
    tree["steps"]["challenge"]["goal"] = {{"min_nats_below_bigram", -100},
                                          {"within_steps", 5000},
                                          {"min_previous_token_mass", 0.01},
                                          {"max_mass_behind_best", 1}};
    return tree.dump();
}

void be_easy(FakePlatform& platform) { platform.assets[kLabFile] = {easy_content(), 200}; }

std::vector<json> told(const LabPage& page, const std::string& type) {
    std::vector<json> found;
    for (const json& message : page.platform.told) {
        if (message["type"] == type) found.push_back(message);
    }
    return found;
}

std::string own_text(size_t n_bytes) {
    std::string text;
    while (text.size() < n_bytes) text += "A line of my own, number " + std::to_string(text.size()) + ".\n";
    return text.substr(0, n_bytes);
}

}  // namespace

TEST_CASE("app: nothing is drawn before the letters are there, and loading is said") {
    FakePlatform platform;
    app::App app(platform);
    app.start({{"width", 800}, {"height", 600}, {"hash", ""}});
    CHECK(app.frame() < 0);
    CHECK(platform.twins.empty());
    CHECK(std::count(platform.wanted_assets.begin(), platform.wanted_assets.end(), kLabFile) == 1);
}

TEST_CASE(
    "app: the whole lab, by keys: predict, lock in, train, pause, change, continue, finish, name a head, copy the "
    "code") {
    LabPage page(json::object({{"hash", tiny_address("&seed=5")}}), be_easy);
    REQUIRE(page.app->is_ready());
    CHECK(told(page, "ready").size() == 1);

    // Before a prediction there is no training.
    CHECK_FALSE(page.is_enabled("train"));
    page.click("train");
    CHECK(page.status() == Status::Idle);
    CHECK_FALSE(page.is_enabled("predict.commit"));
    page.click("predict.beats_bigram.little");
    page.set("predict.crossing_step.number", "400");
    CHECK(page.is_enabled("predict.commit"));
    page.click("predict.commit");
    CHECK(page.is_enabled("train"));
    CHECK(page.name_of("train") == "Train");

    // Train, pause, change the learning rate, go on.
    CHECK(page.train([&] { return page.app->view()->steps_done() >= 10; }));
    CHECK(page.name_of("train") == "Pause");
    page.click("train");
    CHECK(page.run_until([&] { return page.app->runs()->info().is_paused; }, 50));
    CHECK(page.name_of("train") == "Continue");
    const int64_t paused_at = page.app->view()->steps_done();
    for (int i = 0; i < 10; ++i) page.frame();
    CHECK(page.app->view()->steps_done() == paused_at);
    page.click("step_once");
    CHECK(page.run_until([&] { return page.app->view()->steps_done() == paused_at + 1; }, 50));
    CHECK(page.app->runs()->info().is_paused);
    page.set("learning_rate.number", "0.02");
    page.click("train");
    CHECK(page.run_until([&] { return !page.app->runs()->info().is_active; }));
    page.settle();
    CHECK(page.status() == Status::Done);
    CHECK(page.name_of("train") == "Train again");
    REQUIRE(page.app->runs()->actions().size() == 1);
    CHECK(page.app->runs()->actions()[0].name == "learning_rate");
    CHECK(page.app->runs()->actions()[0].step >= paused_at);

    // The predictions are compared with what came.
    page.click("step.run");
    CHECK(page.has("run.outcome.beats_bigram"));

    // Name a head; the code confirms itself.
    CHECK_FALSE(page.has("result.code"));
    page.click("tag_head");
    CHECK(page.run_until([&] { return page.has("result.copy"); }, 50));
    CHECK(told(page, "completed").size() == 1);
    CHECK(told(page, "score").size() == 1);
    page.click("result.copy");
    REQUIRE(page.platform.copied.size() == 1);
    const auto code = core::io::decode(page.platform.copied[0]);
    REQUIRE(code.has_value());
    CHECK(page.node("result.code").properties["v"] == page.platform.copied[0]);
    CHECK(code.value().seed == 5);
    auto content = labs::read_content(easy_content(), "lab.json");
    REQUIRE(content.has_value());
    const labs::Artefacts all = lab_corpora(content.value(), page.platform.max_corpus_bytes);
    const labs::Artefacts used{{"corpus:harbour", all.at("corpus:harbour")}};
    const labs::Verification found = labs::verify(code.value(), lab_entry(), content.value(), used);
    CHECK_MESSAGE(found.holds, found.words);
}

TEST_CASE("app: a code that a learner copies holds where all texts of the lab are at hand, as on the command line") {
    LabPage page(json::object({{"hash", tiny_address()}}), be_easy);
    page.predict();
    CHECK(page.train());
    page.settle();
    page.click("tag_head");
    CHECK(page.run_until([&] { return page.has("result.copy"); }, 50));
    page.click("result.copy");
    REQUIRE(page.platform.copied.size() == 1);
    const auto code = core::io::decode(page.platform.copied[0]);
    REQUIRE(code.has_value());
    auto content = labs::read_content(easy_content(), "lab.json");
    REQUIRE(content.has_value());
    const labs::Verification found = labs::verify(code.value(), lab_entry(), content.value(),
                                                  lab_corpora(content.value(), page.platform.max_corpus_bytes));
    CHECK_MESSAGE(found.holds, found.words);
}

TEST_CASE("app: stop ends a run, restart begins it again with the same curve") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    CHECK(page.train([&] { return page.app->view()->steps_done() >= 5; }));
    page.click("stop");
    CHECK(page.run_until([&] { return !page.app->runs()->info().is_active; }, 300));
    CHECK(page.status() == Status::Stopped);
    const auto losses = [&] {
        const auto series = page.app->view()->series()[0].values;
        return std::vector<float>(series.begin(), series.begin() + 5);
    };
    const std::vector<float> before = losses();
    CHECK(page.train([&] { return page.app->view()->steps_done() >= 5; }));
    CHECK(losses() == before);
    page.click("restart");
    CHECK(page.app->view()->steps_done() < 5);
    CHECK(page.run_until([&] { return !page.app->runs()->info().is_active; }));
    CHECK(losses() == before);
    CHECK(page.app->view()->series()[0].values.size() == 60);
}

TEST_CASE("app: stop works while the run is paused, wherever it was paused") {
    for (const int n_frames : {1, 25}) {  // in the middle of a validation, and while it trains
        LabPage page(json::object({{"hash", tiny_address()}}), [](FakePlatform& platform) {
            platform.budget_ms = 1;
            platform.max_corpus_bytes = 3000;
        });
        page.predict();
        page.click("train");
        for (int i = 0; i < n_frames; ++i) page.frame();
        page.click("train");
        REQUIRE(page.run_until([&] { return page.app->runs()->info().is_paused; }, 50));
        page.click("stop");
        CHECK(page.run_until([&] { return page.status() == Status::Stopped; }, 300));
    }
}

TEST_CASE("app: a run that diverges is shown and explained, the page goes on") {
    LabPage page(json::object({{"hash", tiny_address("&p.learning_rate=1e9")}}));
    page.predict();
    CHECK(page.train());
    page.settle();
    CHECK(page.status() == Status::Diverged);
    CHECK(page.name_of("run.diverged").find("diverged at step") != std::string::npos);
    CHECK(page.has("attention"));
    page.click("write");
    CHECK(page.run_until([&] { return page.has("written"); }, 50));
    page.set("learning_rate.number", "0.003");
    CHECK(page.train());
    CHECK(page.status() == Status::Done);
}

TEST_CASE("app: a model can be asked while it trains and afterwards") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    CHECK(page.train([&] { return page.app->view()->steps_done() >= 3; }));
    page.set("sentence", "the tide");
    CHECK(page.run_until([&] { return page.has("walk.7"); }, 100));
    page.click("walk.2");
    CHECK(page.node("walk.2").properties["checked"] == true);
    page.click("walk.next.0");
    page.run_until([&] { return page.node("sentence").properties["v"] != "the tide"; }, 50);
    const std::string grown = page.node("sentence").properties["v"];
    CHECK(grown.starts_with("the"));
    CHECK(page.run_until([&] { return !page.app->runs()->info().is_active; }));
    page.set("prompt", "The ");
    page.click("write");
    CHECK(page.run_until([&] { return page.has("written"); }, 50));
    CHECK(page.name_of("written").find("The ") != std::string::npos);
}

TEST_CASE("app: the pointer does what the keys do") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.click_with_pointer("predict.beats_bigram.much");
    page.click_with_pointer("predict.commit");
    page.show_all_settings();
    page.click_with_pointer("token_shift");
    CHECK(page.app->view()->config()["token_shift"] == true);
    page.click_with_pointer("tokenizer.word");
    CHECK(page.app->view()->config()["tokenizer"] == "word");
    page.click_with_pointer("batch_size.more");
    CHECK(page.app->view()->config()["batch_size"] == 3);
    page.click_with_pointer("train");
    CHECK(page.app->runs()->has_run());
}

TEST_CASE("app: a tap whose events all arrive before the next frame is still a press") {
    for (const char* type : {"mouse", "touch"}) {
        LabPage page(json::object({{"hash", tiny_address()}, {"touch", true}}));
        const ui::Rect rect = page.node("theme").rect;
        const float x = rect.x + rect.width / 2, y = rect.y + rect.height / 2;
        for (const char* kind : {"down", "up"}) {
            page.event({{"t", "pointer"}, {"kind", kind}, {"x", x}, {"y", y}, {"button", 0}, {"type", type}});
        }
        page.settle();
        CAPTURE(type);
        CHECK(page.app->ui_context().env.is_dark);
    }
}

TEST_CASE("app: a press that the browser cancels does nothing") {
    LabPage page(json::object({{"hash", tiny_address()}, {"touch", true}}));
    const ui::Rect rect = page.node("theme").rect;
    const float x = rect.x + rect.width / 2, y = rect.y + rect.height / 2;
    page.event({{"t", "pointer"}, {"kind", "down"}, {"x", x}, {"y", y}, {"button", 0}, {"type", "touch"}});
    page.settle();
    page.event({{"t", "pointer"}, {"kind", "cancel"}, {"type", "touch"}});
    page.settle();
    CHECK_FALSE(page.app->ui_context().env.is_dark);
}

// ---- address -------------------------------------------------------------------------------------------------------

TEST_CASE("address: it says every change and brings it back") {
    json config;
    std::string address;
    {
        LabPage page(json::object({{"hash", ""}}));
        page.set("learning_rate.number", "0.0123");
        page.show_all_settings();
        page.set("width.number", "64");
        page.set("n_layers.number", "3");
        page.set("n_heads.number", "2");
        page.set("context.number", "16");
        page.set("batch_size.number", "5");
        page.set("max_steps.number", "120");
        page.set("seed.number", "4294967295");
        page.set("token_shift", true);
        page.click("tokenizer.word");
        page.click("text.corpus:kitchen");
        page.click("theme");
        config = page.app->view()->config();
        address = page.platform.addresses.back();
        CHECK(address.starts_with("#v=1&lab=m2.pretraining&seed=4294967295&"));
        CHECK(address.find("theme=dark") != std::string::npos);
    }
    LabPage page(json::object({{"hash", address}}));
    CHECK(page.app->view()->config() == config);
    CHECK(page.app->ui_context().env.is_dark);
    CHECK_FALSE(page.has("notes"));
    CHECK(page.platform.addresses.empty());  // it was right already
}

TEST_CASE("address: while the learner goes back and forth, the page follows") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    const std::string first = page.platform.addresses.empty() ? tiny_address() : page.platform.addresses.back();
    page.show_all_settings();
    page.set("width.number", "32");
    CHECK(page.platform.addresses.back().find("p.width=32") == std::string::npos);  // 32 is the default
    page.event({{"t", "hash"}, {"hash", first}});
    page.settle();
    CHECK(page.app->view()->config()["width"] == 8);
}

TEST_CASE("address: the link that is shared opens the same settings") {
    std::string link;
    json config;
    {
        LabPage page(json::object({{"hash", tiny_address()}}));
        page.click("share.link");
        REQUIRE(page.platform.copied.size() == 1);
        link = page.platform.copied[0];
        config = page.app->view()->config();
    }
    CHECK(link.starts_with("https://lab.example/#v=1&"));
    LabPage page(json::object({{"hash", link.substr(link.find('#'))}}));
    CHECK(page.app->view()->config() == config);
}

TEST_CASE("address: bad values give a note and the defaults, unknown names are ignored") {
    LabPage page(json::object(
        {{"hash",
          "#v=1&lab=m2.pretraining&p.width=7000&p.learning_rate=fast&p.future_name=1&seed=-1&theme=pink&utm=x"}}));
    REQUIRE(page.app->is_ready());
    CHECK(page.app->view()->config() == lab_config(lab_content(), json::object()));
    CHECK(page.has("notes"));
    CHECK(page.says("width"));
    CHECK(page.says("learning_rate"));
    CHECK(page.says("pink"));
    CHECK_FALSE(page.says("utm"));
    CHECK_FALSE(page.says("future_name"));
    page.click("notes.close");
    CHECK_FALSE(page.has("notes"));
}

TEST_CASE("address: an unknown lab opens the first one and says so") {
    LabPage page(json::object({{"hash", "#lab=m9.nothing"}}));
    REQUIRE(page.app->is_ready());
    CHECK(page.says("m9.nothing"));
    CHECK(page.name_of("lesson.title") == "A transformer learns to read");
}

TEST_CASE("address: no string of bytes at all stops the page") {
    for (const std::string& hash :
         {std::string("#%"), std::string("#p.width"), std::string("#=&=&&"), std::string(20000, 'x'),
          std::string("#p.text=artefact:zz&p.seed=1&seed=99999999999999999999"),
          std::string("#hide=") + std::string(500, ','), std::string("#\xff\xfe=\xff"), std::string("#p.n_heads=3"),
          std::string("#p.text=own")}) {
        CAPTURE(hash.substr(0, 40));
        LabPage page(json::object({{"hash", hash}}));
        CHECK(page.app->is_ready());
        CHECK(page.has("train"));
    }
}

TEST_CASE("address: hide leaves a control out, lock fixes it") {
    LabPage page(json::object({{"hash", tiny_address("&hide=nav,seed,challenge&lock=learning_rate,tokenizer")}}));
    page.show_all_settings();
    CHECK_FALSE(page.has("theme"));
    CHECK_FALSE(page.has("seed"));
    CHECK_FALSE(page.has("challenge"));
    CHECK_FALSE(page.has("challenge.line"));
    const json before = page.app->view()->config();
    page.set("learning_rate.number", "0.5");
    page.click("learning_rate.more");
    page.click("tokenizer.word");
    page.click_with_pointer("tokenizer.word");
    CHECK(page.app->view()->config() == before);
    const std::string address = page.platform.addresses.empty() ? tiny_address() : page.platform.addresses.back();
    CHECK((page.platform.addresses.empty() || address.find("hide=nav,seed,challenge") != std::string::npos));
    CHECK((page.platform.addresses.empty() || address.find("lock=learning_rate,tokenizer") != std::string::npos));
}

TEST_CASE("address: a teacher may hide the prediction; then training is free") {
    LabPage page(json::object({{"hash", tiny_address("&hide=predict")}}));
    CHECK(page.is_enabled("train"));
    CHECK(page.train());
    CHECK(page.status() == Status::Done);
}

// ---- what can be missing -------------------------------------------------------------------------------------------

TEST_CASE("assets: a file that is missing or broken gives a sentence with its name, and no crash") {
    for (const char* name : {"content/course.json", "content/glossary.json", kLabFile}) {
        for (const FakePlatform::Asset& asset :
             {FakePlatform::Asset{"HTTP 404.", 404}, FakePlatform::Asset{"{\"schema\": 1,", 200},
              FakePlatform::Asset{"", 200}, FakePlatform::Asset{"<!doctype html>", 200},
              FakePlatform::Asset{std::string(1000, '\xff'), 200}}) {
            CAPTURE(name);
            CAPTURE(asset.bytes.substr(0, 20));
            LabPage page(json::object(), [&](FakePlatform& platform) { platform.assets[name] = asset; });
            CHECK_FALSE(page.app->is_ready());
            REQUIRE(page.has("failure.words"));
            CHECK(page.name_of("failure.words").find(name) != std::string::npos);
            CHECK_MESSAGE(page.name_of("failure.words").size() > 40, page.name_of("failure.words"));
            page.click("train");
            page.click("theme");
            CHECK(page.has("failure.words"));
        }
    }
}

TEST_CASE("assets: a text that cannot be loaded is said, and the page lives on") {
    LabPage page(json::object({{"hash", tiny_address()}}),
                 [](FakePlatform& platform) { platform.assets["content/corpora/harbour.txt"] = {"HTTP 404.", 404}; });
    CHECK(page.says("content/corpora/harbour.txt"));
}

TEST_CASE("assets: without a font the page still works, with a note") {
    LabPage page(json::object({{"hash", tiny_address()}}),
                 [](FakePlatform& platform) { platform.assets["fonts/mono.ttf"] = {"HTTP 404.", 404}; });
    REQUIRE(page.app->is_ready());
    CHECK(page.says("font"));
    page.predict();
    CHECK(page.train());
}

TEST_CASE("workers: without one training says why it cannot start") {
    LabPage page(json::object({{"hash", tiny_address()}}),
                 [](FakePlatform& platform) { platform.has_workers = false; });
    page.predict();
    page.click("train");
    CHECK(page.has("run.problem"));
    CHECK(page.name_of("run.problem").ends_with("."));
}

TEST_CASE("workers: one that dies is named, and Train starts another") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    CHECK(page.train([&] { return page.app->view()->steps_done() >= 3; }));
    page.platform.lose_workers();
    page.event({{"t", "worker_failed"}, {"index", 0}, {"reason", "out of memory."}});
    page.settle();
    CHECK(page.name_of("run.problem").find("out of memory") != std::string::npos);
    CHECK_FALSE(page.app->runs()->info().is_active);
    CHECK(page.train());
    CHECK(page.status() == Status::Done);
    CHECK_FALSE(page.has("run.problem"));
}

// ---- the page around it --------------------------------------------------------------------------------------------

TEST_CASE("host: it is told what happens, and its words are obeyed") {
    LabPage page(json::object({{"hash", tiny_address()}}), be_easy);
    CHECK_FALSE(told(page, "height").empty());
    const auto say = [&](const json& message) {
        page.event({{"t", "host"}, {"message", message}});
        page.settle();
    };
    say({{"type", "start"}});
    CHECK_FALSE(page.app->runs()->has_run());  // no prediction yet: the host gets no short cut
    say({{"type", "set"}, {"values", {{"learning_rate", 0.02}, {"seed", 9}}}});
    CHECK(page.app->view()->config()["learning_rate"] == 0.02);
    CHECK(page.app->view()->config()["seed"] == 9);
    say({{"type", "set"}, {"values", {{"width", 1e9}}}});
    CHECK(told(page, "error").size() == 1);
    CHECK(page.app->view()->config()["width"] == 8);
    page.predict();
    say({{"type", "start"}});
    CHECK(page.app->runs()->has_run());
    CHECK(page.run_until([&] { return page.app->view()->steps_done() > 3; }));
    say({{"type", "stop"}});
    CHECK(page.run_until([&] { return page.status() == Status::Stopped; }, 300));
    page.settle();
    CHECK(told(page, "progress").back()["status"] == "stopped");
    say({{"type", "getState"}});
    REQUIRE(told(page, "state").size() == 1);
    const json state = told(page, "state")[0];
    CHECK(state["lab"] == "m2.pretraining");
    CHECK(state["config"] == page.app->view()->config());
    CHECK(state["passed"] == false);
    say({{"type", "reset"}});
    CHECK(page.app->is_ready());
}

TEST_CASE("host: a locked setting is fixed for the learner and free for the page that locked it, hidden ones too") {
    LabPage page(json::object({{"hash", tiny_address("&lock=seed")}}));
    page.event({{"t", "host"}, {"message", {{"type", "set"}, {"values", {{"seed", 3}}}}}});
    page.settle();
    CHECK(page.app->view()->config()["seed"] == 3);
}

TEST_CASE("host: nonsense is ignored") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    for (const json& message :
         {json::object(), json{{"type", "unknown"}}, json{{"type", "set"}}, json{{"type", "set"}, {"values", 3}},
          json{{"type", "set"}, {"values", {{"nothing", 1}}}}}) {
        page.event({{"t", "host"}, {"message", message}});
        page.settle();
    }
    CHECK(page.app->is_ready());
}

TEST_CASE("events: unknown kinds and missing parts are ignored") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    for (const json& event :
         {json::object(), json{{"t", "unknown"}}, json{{"t", "pointer"}}, json{{"t", "action"}}, json{{"t", "resize"}},
          json{{"t", "hash"}}, json{{"t", "prefs"}}, json{{"t", "copied"}}, json{{"t", "host"}},
          json{{"t", "worker_failed"}}, json{{"t", "action"}, {"k", "no.such.key"}, {"a", "click"}}}) {
        page.event(event);
        page.settle();
    }
    CHECK(page.app->is_ready());
}

TEST_CASE("page: an idle page asks for no frames, and sends nothing") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.settle();
    const size_t n_sent = page.platform.twins.size();
    CHECK(page.frame() < 0);
    CHECK(page.frame() < 0);
    CHECK(page.platform.twins.size() == n_sent);
}

TEST_CASE("page: a new size, theme or view is taken up") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.event({{"t", "resize"}, {"width", 360}, {"height", 640}, {"dpr", 2}});
    page.settle();
    CHECK(page.app->ui_context().env.width == 360);
    page.event({{"t", "prefs"}, {"theme", "dark"}});
    page.settle();
    CHECK(page.app->ui_context().env.is_dark);
    CHECK(page.platform.themes.back() == "dark");
    page.click("nav.menu");
    page.click("mirror");
    CHECK(page.platform.mirrors.back() == "visible");
    CHECK(page.platform.addresses.back().find("mirror=visible") != std::string::npos);
    CHECK(std::any_of(page.platform.twins.rbegin(), page.platform.twins.rbegin() + 3,
                      [](const json& message) { return message.value("full", false); }));
}

TEST_CASE("page: without WebGL the text view is used, without pictures to save") {
    LabPage page(json::object({{"hash", tiny_address()}, {"webgl", false}}));
    CHECK(page.platform.mirrors.back() == "visible");
    CHECK_FALSE(page.has("loss.png"));
    page.predict();
    CHECK(page.train());
}

TEST_CASE("page: curves and maps are saved as files with a name, a type and content") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    CHECK(page.train());
    page.settle();
    page.click("loss.csv");
    page.click("attention.csv");
    page.click("loss.png");
    REQUIRE(page.platform.saved.size() == 2);
    CHECK(page.platform.saved[0].name == "terrarium-loss.csv");
    CHECK(page.platform.saved[0].mime == "text/csv");
    CHECK(std::count(page.platform.saved[0].bytes.begin(), page.platform.saved[0].bytes.end(), '\n') == 62);
    CHECK(page.platform.saved[1].bytes.find("from") != std::string::npos);
    REQUIRE(page.platform.pictures.size() == 1);
    CHECK(page.platform.pictures[0].second.width > 100);
}

TEST_CASE("page: a glossary term opens beside the text and closes again") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.click("predict.text.0.term.transformer");
    CHECK(page.name_of("glossary.term") == "transformer");
    page.click("predict.text.1.term.bigram");
    CHECK(page.name_of("glossary.term") == "bigram");
    page.click("glossary.close");
    CHECK_FALSE(page.has("glossary"));
}

TEST_CASE("page: all steps of the explanation can be walked, and the ends hold") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    const labs::Content content = lab_content();
    page.click("step.explain");
    CHECK_FALSE(page.is_enabled("explain.back"));
    for (const labs::Explanation& step : content.explain) {
        CHECK(page.name_of("explain.title") == step.title);
        page.click("explain.next");
    }
    CHECK_FALSE(page.is_enabled("explain.next"));
    CHECK(page.name_of("explain.title") == content.explain.back().title);
}

// ---- own text ------------------------------------------------------------------------------------------------------

TEST_CASE("own text: a file is read, named by its hash in the address, trained on, and not for the challenge") {
    LabPage page(json::object({{"hash", tiny_address()}}), be_easy);
    page.click("text.own");
    CHECK_FALSE(page.is_enabled("train"));
    page.click_with_pointer("own.file");
    CHECK(page.platform.picked == std::vector<std::string>{"own.file"});
    const std::string text = own_text(3000);
    page.app->file("own.file", "mine.txt", text, 200);
    page.settle();
    CHECK(page.has("own.note"));
    const std::string name = "artefact:" + core::io::sha256_hex(text);
    CHECK(page.app->view()->config()["text"] == name);
    page.predict();
    CHECK(page.train());
    CHECK(page.status() == Status::Done);
    page.settle();
    page.click("tag_head");
    page.run_until([] { return false; }, 10);
    CHECK_FALSE(page.has("result.code"));
    CHECK(page.says("built-in texts"));
}

TEST_CASE("own text: pasted words pass the same door") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.click("text.own");
    CHECK_FALSE(page.is_enabled("own.use"));
    page.set("own.draft", "too short");
    page.click("own.use");
    CHECK(page.has("own.note"));
    CHECK(page.app->view()->config()["text"] == "own");
    page.set("own.draft", own_text(1000));
    page.click("own.use");
    CHECK(page.app->view()->config()["text"].get<std::string>().starts_with("artefact:"));
    page.predict();
    CHECK(page.is_enabled("train"));
}

TEST_CASE("own text: empty, tiny, huge or not a text, it is refused with a sentence and training stays locked") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    page.click("text.own");
    for (const std::string& bytes :
         {std::string(), std::string("a"), own_text(2'000'000), std::string("%PDF-1.7 ") + own_text(2000),
          std::string(2000, '\0'), own_text(399)}) {
        CAPTURE(bytes.size());
        page.app->file("own.file", "mine.txt", bytes, 200);
        page.settle();
        REQUIRE(page.has("own.note"));
        CHECK(page.name_of("own.note").ends_with("."));
        CHECK(page.app->view()->config()["text"] == "own");
        CHECK_FALSE(page.is_enabled("train"));
    }
    page.app->file("own.file", "mine.txt", "The file is larger than this page reads.", 413);
    page.settle();
    CHECK(page.name_of("own.note") == "The file is larger than this page reads.");
}

TEST_CASE("own text: damaged UTF-8 is repaired with a note, and trains") {
    std::string text = own_text(4000);
    text[2000] = '\xff';
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    page.click("text.own");
    page.app->file("own.file", "mine.txt", text, 200);
    page.settle();
    CHECK(page.app->view()->config()["text"].get<std::string>().starts_with("artefact:"));
    CHECK(page.name_of("own.note").size() > 40);
    CHECK(page.train());
    CHECK(page.status() == Status::Done);
}

TEST_CASE("own text: one repeated character trains, and the page says how odd it is") {
    LabPage page(json::object({{"hash", tiny_address()}}));
    page.predict();
    page.click("text.own");
    page.app->file("own.file", "mine.txt", std::string(2000, 'z'), 200);
    page.settle();
    CHECK(page.name_of("own.note").find("z") != std::string::npos);
    CHECK(page.train());
    page.settle();
    CHECK(page.status() == Status::Done);
}

TEST_CASE("own text: a link made with somebody's own text asks for the file, and Train does not pretend to load it") {
    const std::string name = "artefact:" + core::io::sha256_hex(own_text(3000));
    LabPage page(json::object({{"hash", tiny_address("&p.text=" + name)}}));
    CHECK(page.says("Open that file again"));
    page.predict();
    page.click("train");
    page.settle();
    CHECK_FALSE(page.app->runs()->has_run());
    for (const json& message : page.platform.twins) {
        CHECK(message.value("status", std::string()).find("still loading") == std::string::npos);
    }
    page.app->file("own.file", "mine.txt", own_text(3000), 200);
    page.settle();
    CHECK(page.train());
    CHECK(page.status() == Status::Done);
}
