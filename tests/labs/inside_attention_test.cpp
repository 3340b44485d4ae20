#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "core/train/batches.h"
#include "labs/m2_pretraining/inside_attention/lab.h"
#include "labs/replay.h"
#include "support/challenge_record.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs::inside_attention;
using terrarium::labs::Status;
using terrarium::tests::json;

namespace {

const std::string& harbour() {
    static const std::string kText = tests::source_file("content/corpora/harbour.txt");
    return kText;
}

std::unique_ptr<Job> job_of(const Config& config, const std::string& text = harbour()) {
    auto job = Job::create(config, {{config.text, text}});
    if (!job) FAIL(job.error().message.english());
    return std::move(job).value();
}

void run_to_end(Job& job) {
    while (job.step()) {
    }
}

/// Over in a moment: what is tested with it does not need a good model.
Config brief(int64_t seed = 7) { return {.text = "corpus:harbour", .max_steps = 12, .seed = seed}; }
const std::string& short_text() {
    static const std::string kText = tests::cut_at_line(harbour(), 6000);
    return kText;
}
std::unique_ptr<Job> brief_job() {
    auto job = job_of(brief(), short_text());
    run_to_end(*job);
    return job;
}

/// The settings that the page opens with; several claims are about the same model, which takes seconds to train.
std::unique_ptr<Job> trained(int64_t seed) {
    auto job = job_of({.text = "corpus:harbour", .max_steps = 800, .seed = seed});
    run_to_end(*job);
    return job;
}

double rise_of(Job& job, uint32_t set) {
    REQUIRE(job.set("off", set).has_value());
    while (!job.at_boundary()) job.step();
    return job.snapshot().rise_nats;
}

Goal goal() { return tests::lab_content("m2.inside_attention").challenge.goal.get<Goal>(); }

/// Heads from the cheapest to the costliest, as the bars show them.
std::vector<int> heads_by_cost(const Snapshot& snapshot) {
    std::vector<int> heads(kFirstMlp);
    for (int i = 0; i < kFirstMlp; ++i) heads[static_cast<size_t>(i)] = i;
    std::ranges::sort(heads, [&](int a, int b) {
        const float x = snapshot.part_cost_nats[static_cast<size_t>(a)],
                    y = snapshot.part_cost_nats[static_cast<size_t>(b)];
        return x != y ? x < y : a < b;
    });
    return heads;
}

using Sets = std::vector<uint32_t>;

uint32_t heads_set(const std::vector<int>& heads, size_t from, size_t to) {
    uint32_t set = 0;
    for (size_t i = from; i < to; ++i) set |= 1u << heads[i];
    return set;
}

/// What a learner turns off, set after set, who sees the bars of a trained model.
struct Strategy {
    const char* name;
    bool is_honest;
    Sets (*sets)(const Snapshot&);
};

const std::vector<Strategy>& strategies() {
    static const std::vector<Strategy> kAll{
        {"reads the bars: the five cheapest heads, then MLP 1 with each other part", true,
         [](const Snapshot& snapshot) {
             Sets sets{heads_set(heads_by_cost(snapshot), 0, 5)};
             for (int part = kFirstMlp + 1; part < kParts; ++part) sets.push_back(1u << kFirstMlp | 1u << part);
             for (int part = 0; part < kFirstMlp; ++part) sets.push_back(1u << kFirstMlp | 1u << part);
             return sets;
         }},
        {"turns nothing off", false, [](const Snapshot&) { return Sets(); }},
        {"turns all heads off, and the first two parts", false, [](const Snapshot&) { return Sets{kAllHeads, 0b11}; }},
        {"the five costliest heads, and the two cheapest", false,
         [](const Snapshot& snapshot) {
             const std::vector<int> heads = heads_by_cost(snapshot);
             return Sets{heads_set(heads, 3, 8), heads_set(heads, 0, 2)};
         }},
        {"the first five heads, and an MLP with the norm in front of it", false,
         [](const Snapshot&) { return Sets{0b11111, 1u << kFirstMlp | 1u << (kFirstNorm + 1)}; }},
    };
    return kAll;
}

/// Bytes of an answer's binary part as numbers.
std::vector<float> floats_of(const json& binary) {
    const auto& bytes = binary.get_binary();
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

}  // namespace

TEST_CASE("inside_attention: same config, same model; another seed, another model") {
    const auto a = brief_job(), b = brief_job();
    CHECK(a->snapshot().train_loss_nats == b->snapshot().train_loss_nats);
    CHECK(a->snapshot().part_cost_nats == b->snapshot().part_cost_nats);
    const auto other = job_of(brief(8), short_text());
    run_to_end(*other);
    CHECK(other->snapshot().train_loss_nats != a->snapshot().train_loss_nats);
}

TEST_CASE("inside_attention: a run measures first, trains, then turns every part off once") {
    const auto job = job_of(brief(), short_text());
    while (job->snapshot().valid_loss_nats.empty()) REQUIRE(job->step());
    CHECK(job->snapshot().step == 0);  // the first result comes before the first step
    CHECK(job->snapshot().whole_nats == doctest::Approx(job->snapshot().uniform_nats).epsilon(0.02));
    CHECK_FALSE(job->snapshot().is_open);
    run_to_end(*job);
    const Snapshot& snapshot = job->snapshot();
    CHECK(snapshot.status == Status::Done);
    CHECK(snapshot.is_open);
    CHECK(snapshot.step == 12);
    CHECK(std::ssize(snapshot.part_cost_nats) == kParts);
    CHECK(job->at_boundary());
    CHECK_FALSE(job->step());
}

TEST_CASE("inside_attention: what a switch costs is what its bar says, and the sum of a set is not assumed") {
    const auto job = brief_job();
    for (int part = 0; part < kParts; ++part) {
        const double rise = rise_of(*job, 1u << part);
        CHECK(static_cast<float>(rise) == job->snapshot().part_cost_nats[static_cast<size_t>(part)]);
        CHECK(std::abs(excess_nats(job->snapshot(), 1u << part, rise)) < 1e-6);
    }
    CHECK(std::ssize(job->snapshot().tried_set) == kParts);
    CHECK(rise_of(*job, 0) == 0);
    CHECK(std::ssize(job->snapshot().tried_set) == kParts);  // everything on is no try
    // A set is measured in as many units as the held-out text has batches, and counts when all are done.
    REQUIRE(job->set("off", 3).has_value());
    CHECK_FALSE(job->at_boundary());
    CHECK(job->snapshot().off == 0);
    int n_units = 1;
    while (job->step()) ++n_units;
    CHECK(n_units == std::ceil(static_cast<double>(job->snapshot().n_heldout_tokens) / (16 * kContext)));
    CHECK(job->snapshot().off == 3);
}

TEST_CASE("inside_attention: with nothing off, the values are those of the model itself") {
    const auto job = brief_job();
    // The same model by hand: seed, batches and steps as the job has them.
    const core::Tokenizer tokenizer = core::Tokenizer::learn(core::TokenizerKind::Characters, short_text());
    std::vector<int32_t> ids = tokenizer.encode(short_text());
    ids.resize(core::validation_start(ids.size(), 0.1));
    core::Transformer<core::Simd4f> model({kLayers, kWidth, kHeads, kContext, tokenizer.vocab_size(), false}, 16);
    core::Rng init = core::Rng(7).fork("init"), batches = core::Rng(7).fork("batches");
    model.initialise(init);
    core::AdamW<core::Simd4f> optimizer(model.parameters().size());
    std::vector<int32_t> inputs(16 * kContext), targets(16 * kContext);
    for (int step = 0; step < 12; ++step) {
        core::sample_batch(inputs, targets, ids, 16, kContext, batches);
        model.zero_gradients();
        (void)model.forward(inputs, targets, 16, kContext);
        model.backward();
        optimizer.step(model.parameters(), model.gradients(), 0.003);
    }
    const std::vector<int32_t> sentence = tokenizer.encode("the boat");
    const auto T = static_cast<int>(sentence.size());
    model.infer(sentence, 1, T);
    const auto V = static_cast<size_t>(tokenizer.vocab_size());
    for (int at = 0; at < T; ++at) {
        const json inside = job->answer({{"kind", "inside"}, {"text", "the boat"}, {"position", at}});
        const auto row = model.logits().subspan(static_cast<size_t>(at) * V, V);
        CHECK(inside["logits"].get<std::vector<float>>() == std::vector<float>(row.begin(), row.end()));
        CHECK(inside["guesses"] == inside["whole_guesses"]);
        for (int layer = 0; layer < kLayers; ++layer) {
            const std::vector<float> map = floats_of(inside["layers"][static_cast<size_t>(layer)]["map"]);
            CHECK(std::ranges::equal(map, model.attention(layer)));
        }
    }
}

TEST_CASE("inside_attention: the steps of the walk fit together") {
    const auto job = brief_job();
    const json inside = job->answer({{"kind", "inside"}, {"text", "harbour"}, {"position", 4}});
    CHECK(inside["tokens"].size() == 7);
    CHECK(inside["position"] == 4);
    const auto numbers = [](const json& list) { return list.get<std::vector<float>>(); };
    const std::vector<float> token = numbers(inside["token_row"]), position = numbers(inside["position_row"]);
    const json &first = inside["layers"][0], &second = inside["layers"][1];
    for (size_t c = 0; c < kWidth; ++c) CHECK(numbers(first["input"])[c] == token[c] + position[c]);
    CHECK(first["output"] == second["input"]);
    CHECK(numbers(first["hidden"]).size() == 4 * kWidth);
    for (size_t head = 0; head < kHeads; ++head) {
        const std::vector<float> weights = numbers(first["weights"][head]);
        REQUIRE(weights.size() == 5);
        CHECK(numbers(first["scores"][head]).size() == 5);
        float sum = 0;
        for (const float weight : weights) sum += weight;
        CHECK(sum == doctest::Approx(1.0f));
        // What the head gathered is the sum of the values it looked at, weighted; at position 0 it is its own value.
        const json start = job->answer({{"kind", "inside"}, {"text", "harbour"}, {"position", 0}});
        CHECK(start["layers"][0]["mixed"] == start["layers"][0]["value"]);
    }
    double p = 0;
    for (const json& guess : inside["guesses"]) p += guess["p"].get<double>();
    CHECK(inside["guesses"].size() == 10);
    CHECK(p <= 1.000001);
}

TEST_CASE("inside_attention: a part that is off shows in the values, and the whole model beside it") {
    const auto job = brief_job();
    const auto ask = [&](uint32_t off) {
        return job->answer({{"kind", "inside"}, {"text", "the boat"}, {"off", off}});
    };
    const json whole = ask(0);
    const json head = ask(1u << 2);  // head 1.3
    for (size_t c = 0; c < kWidth; ++c) {
        const float mixed = head["layers"][0]["mixed"][c];
        CHECK((mixed == 0.0f) == (c / 8 == 2));
    }
    CHECK(head["whole_guesses"] == whole["guesses"]);
    CHECK(head["logits"] != whole["logits"]);
    const json mlp = ask(1u << kFirstMlp);
    CHECK(mlp["layers"][0]["output"] == mlp["layers"][0]["middle"]);
    const json norm = ask(1u << (kFirstNorm + 1));
    CHECK(norm["layers"][0]["norm2"] == norm["layers"][0]["middle"]);
    CHECK(norm["layers"][0]["norm1"] != norm["layers"][0]["input"]);
    CHECK(ask(1u << (kFirstNorm + 4))["final_norm"] == ask(1u << (kFirstNorm + 4))["layers"][1]["output"]);
    const json positions = ask(1u << kPositions);
    CHECK(positions["layers"][0]["input"] == positions["token_row"]);
}

TEST_CASE("inside_attention: questions of any form are answered without changing the run") {
    const auto job = brief_job();
    CHECK(job->answer(json::object()) == json::object());
    CHECK(job->answer({{"kind", "inside"}, {"text", ""}}) == json::object());
    const json one = job->answer({{"kind", "inside"}, {"text", "a"}});
    CHECK(one["surprise"] == 0);
    const json odd = job->answer({{"kind", "inside"},
                                  {"text", "a sentence that is longer than the context of this model"},
                                  {"position", 99},
                                  {"off", -1}});
    CHECK(odd["tokens"].size() == kContext);
    CHECK(odd["position"] == kContext - 1);
    CHECK(odd["note"].get<core::Message>().english().find("last 32 tokens") != std::string::npos);
    CHECK(json::from_cbor(json::to_cbor(odd)) == odd);
    // In mid-run, too.
    const auto running = job_of(brief(), short_text());
    while (running->snapshot().step < 5) REQUIRE(running->step());
    CHECK(running->answer({{"kind", "inside"}, {"text", "the boat"}})["step"] == 5);
    run_to_end(*running);
    CHECK(running->snapshot().train_loss_nats == job->snapshot().train_loss_nats);
    CHECK(running->snapshot().part_cost_nats == job->snapshot().part_cost_nats);
}

TEST_CASE("inside_attention: switches wait for the end of training, and nonsense is refused with a sentence") {
    const auto job = job_of(brief(), short_text());
    while (!job->at_boundary() || job->snapshot().step < 3) REQUIRE(job->step());
    const auto refused = [&](const std::string& name, const json& value) {
        const auto done = job->set(name, value);
        CAPTURE(name);
        REQUIRE_FALSE(done.has_value());
        CHECK(done.error().message.english().ends_with("."));
    };
    const auto early = job->set("off", 1);
    REQUIRE_FALSE(early.has_value());
    CHECK(early.error().message.english().find("when training is over") != std::string::npos);
    run_to_end(*job);
    for (const json& value : std::initializer_list<json>{-1, 1 << kParts, "1", 0.5, json{1}}) refused("off", value);
    refused("seed", 3);
    refused("stop", nullptr);  // it is over
    CHECK(job->snapshot().off == 0);
}

TEST_CASE("inside_attention: a run that is stopped opens at once, and says that its parts were not measured") {
    const auto job = job_of(brief(), short_text());
    while (!job->at_boundary() || job->snapshot().step < 5) REQUIRE(job->step());
    REQUIRE(job->set("stop", nullptr).has_value());
    CHECK(job->snapshot().status == Status::Stopped);
    CHECK_FALSE(job->step());
    const double measured_before = job->snapshot().whole_nats;
    CHECK(std::isfinite(rise_of(*job, 1)));
    CHECK(job->snapshot().whole_nats != measured_before);  // the weights have moved since
    const double rise = job->snapshot().rise_nats;
    CHECK(rise_of(*job, 1) == rise);
    CHECK_FALSE(std::isfinite(excess_nats(job->snapshot(), 3, 1.0)));
    CHECK(job->check(goal()).reason.english().find("stopped before its parts") != std::string::npos);
    CHECK(outcome("hurts_most", "mlp", job->snapshot()).words.english().find("before its parts") != std::string::npos);
    CHECK(quantities(job->snapshot()).empty());
}

TEST_CASE("inside_attention: a snapshot survives the wire, its series apart") {
    const auto job = brief_job();
    (void)rise_of(*job, 5);
    const json sent = job->snapshot();
    const json got = json::from_cbor(json::to_cbor(sent));
    CHECK(got == sent);
    const Snapshot back = got.get<Snapshot>();
    CHECK(back.off == 5);
    CHECK(back.train_loss_nats.empty());
    for (const labs::Series& series : job->series()) {
        Snapshot copy = back;
        REQUIRE(copy.series(series.name) != nullptr);
    }
}

TEST_CASE("inside_attention: a replay turns the same parts off and measures the same") {
    const auto job = brief_job();
    (void)rise_of(*job, 0b11111);
    (void)rise_of(*job, 1u << 8 | 1u << 9);
    const std::vector<labs::Action> actions{{12, "off", 0b11111}, {12, "off", 1u << 8 | 1u << 9}};
    const auto again =
        labs::replay(tests::lab_entry("m2.inside_attention"), brief(), {{brief().text, short_text()}}, actions, 12);
    REQUIRE(again.has_value());
    CHECK(again.value()->snapshot() == json(job->snapshot()));
    for (size_t i = 0; i < job->series().size(); ++i)
        CHECK(std::ranges::equal(again.value()->series()[i].values, job->series()[i].values));
}

TEST_CASE("inside_attention: every part has a name of its own") {
    std::vector<std::string> names;
    for (int part = 0; part < kParts; ++part) names.push_back(part_name(part).english());
    CHECK(names.front() == "Head 1.1");
    CHECK(names[kFirstMlp] == "MLP 1");
    CHECK(names[kFirstNorm] == "Norm before attention 1");
    CHECK(names[kFirstNorm + 4] == "Final norm");
    CHECK(names.back() == "Positions");
    std::ranges::sort(names);
    CHECK(std::ranges::adjacent_find(names) == names.end());
}

TEST_CASE("inside_attention: a text that is missing or too short is refused with what is needed") {
    CHECK_FALSE(Job::create(brief(), {}).has_value());
    const auto job = Job::create(brief(), {{"corpus:harbour", std::string(100, 'a')}});
    REQUIRE_FALSE(job.has_value());
    CHECK(job.error().message.english().find("at least 330") != std::string::npos);
}

// ---- the lesson and the challenge ----------------------------------------------------------------------------------

TEST_CASE("inside_attention: the lesson holds, and a learner who reads the bars passes where careless ones fail") {
    for (int64_t seed = 1; seed <= tests::n_challenge_seeds(); ++seed) {
        CAPTURE(seed);
        const auto job = trained(seed);
        const Snapshot whole = job->snapshot();
        const std::vector<float>& costs = whole.part_cost_nats;
        REQUIRE(std::ssize(costs) == kParts);

        // Parts are not equally important: the MLP of layer 1 costs most, the heads of layer 1 more than those of 2.
        CHECK(std::ranges::max_element(costs) - costs.begin() == kFirstMlp);
        const auto sum = [&](size_t first) {
            return costs[first] + costs[first + 1] + costs[first + 2] + costs[first + 3];
        };
        CHECK(sum(0) > sum(kHeads));
        CHECK(outcome("hurts_most", "mlp", whole).score == 1);
        CHECK(outcome("hurts_most", "head", whole).score == 0);
        CHECK(outcome("first_layer", 0.5, whole).score == 1);
        // Costs do not add up: the norm in front of an MLP is of no use without that MLP.
        const double alone = rise_of(*job, 1u << kFirstMlp);
        CHECK(rise_of(*job, 1u << kFirstMlp | 1u << (kFirstNorm + 1)) == alone);

        for (const Strategy& strategy : strategies()) {
            Snapshot tried = whole;
            for (const uint32_t set : strategy.sets(whole)) {
                tried.tried_set.push_back(static_cast<float>(set));
                tried.tried_rise_nats.push_back(static_cast<float>(rise_of(*job, set)));
            }
            tests::judge("m2.inside_attention", strategy.name, strategy.is_honest, seed, check(tried, goal()));
        }
    }
}

namespace {

/// A run that has passed; each case spoils one thing.
Snapshot passed() {
    Snapshot snapshot;
    snapshot.status = Status::Done;
    snapshot.text = "corpus:harbour";
    snapshot.step = snapshot.max_steps = 800;
    snapshot.bigram_nats = 2.4;
    snapshot.whole_nats = 1.9;
    snapshot.is_open = true;
    snapshot.part_cost_nats.assign(kParts, 0.05f);
    snapshot.tried_set = {0b11111, 0b11};
    snapshot.tried_rise_nats = {0.3f, 0.35f};
    return snapshot;
}

std::string reason_of(const Snapshot& snapshot, bool is_passed) {
    const labs::Verdict verdict = check(snapshot, goal());
    CHECK(verdict.passed == is_passed);
    CHECK(verdict.reason.english().ends_with("."));
    REQUIRE(verdict.conditions.size() == 3);
    for (const labs::Condition& condition : verdict.conditions) CHECK_FALSE(condition.state.empty());
    return verdict.reason.english();
}

}  // namespace

TEST_CASE("inside_attention check: each missing part is named, and only that one") {
    CHECK(reason_of(passed(), true).find("5 heads") != std::string::npos);
    CHECK(reason_of({}, false) == "Train a model first.");
    Snapshot snapshot = passed();
    SUBCASE("another text") {
        snapshot.text = "corpus:kitchen";
        CHECK(reason_of(snapshot, false).find("harbour chronicle") != std::string::npos);
    }
    SUBCASE("still training") {
        snapshot.is_open = false;
        CHECK(reason_of(snapshot, false).find("Wait") != std::string::npos);
    }
    SUBCASE("not trained enough") {
        snapshot.whole_nats = 2.2;
        CHECK(reason_of(snapshot, false).find("0.20 nats below") != std::string::npos);
    }
    SUBCASE("the wrong heads") {
        snapshot.tried_rise_nats[0] = 0.6f;
        CHECK(reason_of(snapshot, false).find("0.60") != std::string::npos);
    }
    SUBCASE("too few heads") {
        snapshot.tried_set[0] = 0b1111;
        CHECK(reason_of(snapshot, false).find("more heads") != std::string::npos);
    }
    SUBCASE("heads and something else") {
        snapshot.tried_set[0] = 0b1'0001'1111;
        CHECK(reason_of(snapshot, false).find("more heads") != std::string::npos);
    }
    SUBCASE("no pair") {
        snapshot.tried_set[1] = 0b111;
        CHECK(reason_of(snapshot, false).find("exactly two parts") != std::string::npos);
    }
    SUBCASE("a pair that only adds up") {
        snapshot.tried_rise_nats[1] = 0.15f;
        CHECK(reason_of(snapshot, false).find("0.05 nats more") != std::string::npos);
    }
}

TEST_CASE("inside_attention: the prediction of cheap heads is scored by how far off it is") {
    Snapshot snapshot = passed();
    for (size_t head = 0; head < 3; ++head) snapshot.part_cost_nats[head] = 0.01f;
    for (size_t head = 3; head < 8; ++head) snapshot.part_cost_nats[head] = 0.2f;
    CHECK(outcome("cheap_heads", 3, snapshot).score == 1);
    CHECK(outcome("cheap_heads", 5, snapshot).score == doctest::Approx(0.5));
    CHECK(outcome("cheap_heads", 8, snapshot).score == 0);
    snapshot.status = Status::Running;
    CHECK_FALSE(outcome("cheap_heads", 3, snapshot).is_known());
}
