// What the pretraining lab can do beside one causal run: hidden tokens, comparisons, and the search for a rate.

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "core/support/math.h"
#include "labs/m2_pretraining/pretraining/lab.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs::pretraining;
using terrarium::labs::Status;
using terrarium::tests::json;

namespace {

std::string text_of(size_t max_bytes) {
    return tests::cut_at_line(tests::source_file("content/corpora/harbour.txt"), max_bytes);
}

/// Small enough for milliseconds, large enough to learn something.
Config tiny(const std::string& plan = "train") {
    Config config;
    config.plan = plan;
    config.text = "corpus:test";
    config.n_layers = 1;
    config.width = 8;
    config.n_heads = 2;
    config.context = 8;
    config.batch_size = 4;
    config.max_steps = 60;
    return config;
}

std::unique_ptr<Job> job_of(const Config& config, const std::string& text = text_of(4000)) {
    auto job = Job::create(config, {{config.text, text}});
    if (!job) FAIL(job.error().message.english());
    return std::move(job).value();
}

Snapshot finished(const Config& config, const std::string& text = text_of(4000)) {
    const auto job = job_of(config, text);
    while (job->step()) {
    }
    return job->snapshot();
}

double last(const std::vector<float>& series) { return static_cast<double>(series.back()); }

}  // namespace

// ---- hidden tokens -------------------------------------------------------------------------------------------------

TEST_CASE(
    "pretraining masked: hidden tokens are guessed from what stands around them, not only by how frequent they are") {
    Config config = tiny();
    config.objective = "masked";
    config.positions = "rotary";
    config.width = 16;
    config.n_heads = 4;
    config.context = 16;
    config.batch_size = 16;
    config.learning_rate = 0.01;
    config.max_steps = 1200;
    const Snapshot snapshot = finished(config, text_of(100000));
    CHECK(snapshot.bigram_nats < snapshot.unigram_nats);
    CHECK(snapshot.unigram_nats < snapshot.uniform_nats);
    CHECK(last(snapshot.valid_loss_nats) < snapshot.unigram_nats - 0.3);
    // Brackets stand around what was hidden.
    CHECK(snapshot.samples.back().text.find('[') != std::string::npos);
}

TEST_CASE("pretraining masked: a hidden token is guessed from both sides") {
    // In this text the token before says nothing about the middle one, the token after says everything.
    std::string text;
    core::Rng coin(5);
    for (int i = 0; i < 600; ++i) text += coin.uniform() < 0.5 ? ".aA" : ".bB";
    Config config = tiny();
    config.objective = "masked";
    config.positions = "rotary";
    config.width = 16;
    config.batch_size = 16;
    config.max_steps = 1200;
    const auto job = job_of(config, text);
    while (job->step()) {
    }
    const auto guess_at_1 = [&](const char* words) {
        const json look = job->answer({{"kind", "look"}, {"text", words}, {"layer", 0}, {"head", 0}, {"position", 1}});
        CHECK(look["hidden"] == 1);
        REQUIRE(look["guesses"].size() == 1);
        return look["guesses"][0][0]["token"].get<std::string>();
    };
    CHECK(guess_at_1(".aA.") == "a");
    CHECK(guess_at_1(".bB.") == "b");
    CHECK(guess_at_1(".aB.") == "b");  // what stands there is hidden: only its neighbours speak
}

TEST_CASE("pretraining masked: such a model does not go on with a text, and the challenge says why it does not count") {
    Config config = tiny();
    config.objective = "masked";
    const auto job = job_of(config);
    while (job->step()) {
    }
    CHECK(job->answer({{"kind", "write"}, {"prompt", "The "}}) == json::object());
    const labs::Verdict verdict = job->check({});
    CHECK_FALSE(verdict.passed);
    CHECK(verdict.reason.english().find("next token") != std::string::npos);
    CHECK(outcome("beats_bigram", "much", job->snapshot()).words.empty());
}

// ---- tokens of different length ------------------------------------------------------------------------------------

TEST_CASE("pretraining: subwords lie between characters and words, and every text is split in the same place") {
    std::vector<int64_t> n_tokens;
    for (const char* tokenizer : {"char", "subword", "word"}) {
        Config config = tiny();
        config.tokenizer = tokenizer;
        config.max_steps = 10;
        const Snapshot snapshot = finished(config, text_of(8000));
        n_tokens.push_back(snapshot.n_train_tokens);
        CHECK(snapshot.status == Status::Done);
        // The validation part is a tenth of the characters whatever the tokens are, less a piece of a window.
        const double characters = static_cast<double>(snapshot.n_valid_tokens) * snapshot.characters_per_token;
        CHECK(characters == doctest::Approx(800).epsilon(0.05));
    }
    CHECK(n_tokens[0] > n_tokens[1]);
    CHECK(n_tokens[1] > n_tokens[2]);
}

TEST_CASE("pretraining: where a token is a character, the loss per character is the loss per token") {
    CHECK(finished(tiny()).characters_per_token == 1);
}

// ---- comparisons ---------------------------------------------------------------------------------------------------

TEST_CASE("pretraining compare: each model is the one that a run of its own would be") {
    Config config = tiny("compare");
    config.vary = "n_heads";
    const Snapshot together = finished(config);
    REQUIRE(together.variants.size() == 4);
    CHECK(together.status == Status::Done);
    CHECK(together.step == 240);
    CHECK(together.max_steps == 240);
    CHECK(together.compared_step == std::vector<float>{0, 25, 50, 60});
    for (size_t i = 0; i < 4; ++i) {
        Config alone = tiny();
        alone.n_heads = 1 << i;
        const Snapshot single = finished(alone);
        CHECK(together.variants[i].value == std::to_string(alone.n_heads));
        CHECK(together.variant_nats[i] == single.valid_loss_nats);
        CHECK(together.variants[i].n_parameters == single.n_parameters);
        CHECK(together.variants[i].valid_nats == doctest::Approx(last(single.valid_loss_nats)));
        CHECK_FALSE(together.variants[i].sample.empty());
    }
}

TEST_CASE("pretraining compare: every setting that can vary gives two to four models, with the others untouched") {
    for (const char* vary :
         {"n_heads", "n_layers", "width", "positions", "token_shift", "tokenizer", "learning_rate", "seed"}) {
        CAPTURE(vary);
        Config config = tiny("compare");
        config.vary = vary;
        const std::vector<Config> variants = variants_of(config);
        CHECK(variants.size() >= 2);
        CHECK(variants.size() <= kMaxVariants);
        for (size_t i = 0; i < variants.size(); ++i) {
            const json changes = json::diff(json(config), json(variants[i]));
            CHECK(changes.size() <= 1);
            if (!changes.empty()) CHECK(changes[0]["path"] == std::string("/") + vary);
            for (size_t j = 0; j < i; ++j) CHECK(json(variants[j]) != json(variants[i]));
        }
    }
}

TEST_CASE("pretraining compare: the best is the one with the lowest loss per character") {
    Config config = tiny("compare");
    config.vary = "tokenizer";
    const Snapshot snapshot = finished(config, text_of(20000));
    REQUIRE(snapshot.best_variant >= 0);
    for (const Variant& variant : snapshot.variants)
        CHECK(snapshot.variants[static_cast<size_t>(snapshot.best_variant)].valid_nats <= variant.valid_nats);
    // Words are long: their loss per token is several times their loss per character.
    CHECK(snapshot.variants[2].valid_nats < 2.5);
}

TEST_CASE("pretraining compare: a model that diverges drops out, and the others go on") {
    Config config = tiny("compare");
    config.vary = "learning_rate";
    config.learning_rate = 1e6;
    const Snapshot snapshot = finished(config);
    CHECK(snapshot.status == Status::Done);
    for (const Variant& variant : snapshot.variants) CHECK(variant.has_diverged);
    CHECK(snapshot.best_variant == -1);
    config.learning_rate = 0.01;  // 0.001, 0.01, 0.1 and 1
    CHECK(finished(config).best_variant >= 0);
}

TEST_CASE("pretraining compare: one value to try is refused with a sentence, and so is what does not fit") {
    Config config = tiny("compare");
    config.width = 9;
    config.n_heads = 9;
    const auto alone = Job::create(config, {{config.text, text_of(4000)}});
    REQUIRE_FALSE(alone.has_value());
    CHECK(alone.error().message.english().find("nothing to compare") != std::string::npos);
    config = tiny("compare");
    config.vary = "seed";
    config.width = 1024;
    const auto large = Job::create(config, {{config.text, text_of(4000)}});
    REQUIRE_FALSE(large.has_value());
    CHECK(large.error().message.english().find("MB") != std::string::npos);
}

TEST_CASE("pretraining compare: it can be stopped, its learning rate cannot be changed, and it passes no challenge") {
    Config config = tiny("compare");
    const auto job = job_of(config);
    while (!(job->at_boundary() && job->snapshot().step >= 30)) REQUIRE(job->step());
    CHECK_FALSE(job->set("learning_rate", 0.1).has_value());
    CHECK(job->answer({{"kind", "look"}, {"text", "the"}}) == json::object());
    CHECK(job->set("stop", nullptr).has_value());
    CHECK(job->snapshot().status == Status::Stopped);
    const labs::Verdict verdict = job->check({});
    CHECK_FALSE(verdict.passed);
    CHECK(verdict.reason.english().find("single run") != std::string::npos);
}

// ---- search for a learning rate ------------------------------------------------------------------------------------

TEST_CASE("pretraining find_rate: the loss falls, then breaks, and a suggested rate trains well") {
    Config config = tiny("find_rate");
    config.width = 16;
    config.batch_size = 16;
    const std::string text = text_of(30000);
    const Snapshot search = finished(config, text);
    CHECK(search.status == Status::Done);
    REQUIRE(search.tried_rate.size() == search.tried_loss_nats.size());
    REQUIRE(search.tried_rate.size() > 20);
    CHECK(search.step == std::ssize(search.tried_rate));
    CHECK(search.max_steps == search.step);
    CHECK(std::is_sorted(search.tried_rate.begin(), search.tried_rate.end()));
    CHECK(search.steepest_rate > 1e-4);
    CHECK(search.tenth_rate > 1e-4);
    config.plan = "train";
    config.max_steps = 200;
    const auto loss_at = [&](double rate) {
        config.learning_rate = rate;
        return last(finished(config, text).valid_loss_nats);
    };
    const double suggested = loss_at(search.tenth_rate);
    CHECK(suggested < loss_at(search.tenth_rate / 100));
    CHECK(suggested < loss_at(1.0));
}

TEST_CASE("pretraining: a snapshot of any experiment survives the wire") {
    for (const char* plan : {"compare", "find_rate"}) {
        const Snapshot snapshot = finished(tiny(plan));
        const json sent = snapshot;
        CHECK(json(json::from_cbor(json::to_cbor(sent)).get<Snapshot>()) == sent);
        Snapshot fresh = sent.get<Snapshot>(), copy = snapshot;
        fresh.take_series_from(copy);
        CHECK(fresh.tried_rate == snapshot.tried_rate);
        CHECK(fresh.variant_nats[1] == snapshot.variant_nats[1]);
        for (const labs::Series& series : snapshot.all_series()) {
            REQUIRE(fresh.series(series.name) != nullptr);
            CHECK(std::equal(series.values.begin(), series.values.end(), fresh.series(series.name)->begin(),
                             fresh.series(series.name)->end()));
        }
    }
}
