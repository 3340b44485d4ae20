#include "labs/cards.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace terrarium;
using namespace terrarium::labs;
using core::io::PassportStep;

namespace {

PassportStep step(int64_t order, double valid_loss, const std::string& text = "corpus:harbour") {
    return {.order = order,
            .lab = "m2.pretraining",
            .title = "A transformer learns to read",
            .build_id = "build-1",
            .outcome = "done",
            .n_steps = 1500,
            .config = {{"width", "32"}, {"tokenizer", "\"char\""}},
            .data = {{.name = text, .words = "", .n_bytes = 12'345, .sha256 = text + "-hash"}},
            .artefacts = {},
            .metrics = {{"valid_loss_nats", "Validation loss", "nats per token", valid_loss},
                        {"bigram_nats", "Baseline: bigram, the last token decides", "nats per token", 2.5},
                        {"n_parameters", "Parameters", "", 27'040}},
            .evidence = "00ff"};
}

const CardRow* row(const Card& card, std::string_view section, std::string_view id) {
    for (const CardSection& part : card.sections) {
        if (part.id != section) continue;
        for (const CardRow& one : part.rows) {
            if (one.id == id) return &one;
        }
    }
    return nullptr;
}

std::string value(const Card& card, std::string_view section, std::string_view id) {
    const CardRow* found = row(card, section, id);
    return found == nullptr ? "(no such row)" : found->value;
}

}  // namespace

TEST_CASE("cards: a text that several runs read is one entry with all its steps") {
    const Card card = data_card({step(1, 3), step(2, 2), step(4, 1, "artefact:abc")});
    CHECK(value(card, "data.0", "name") == "artefact:abc");  // the newest first
    CHECK(value(card, "data.0", "origin") == "The learner's own text");
    CHECK(value(card, "data.1", "name") == "corpus:harbour");
    CHECK(value(card, "data.1", "steps") == "1, 2");
    CHECK(value(card, "data.1", "n_bytes") == "12,345");
    CHECK(value(card, "data.1", "sha256") == "corpus:harbour-hash");
    CHECK(row(card, "data.2", "name") == nullptr);
}

TEST_CASE("cards: the model card tells of the last run") {
    const Card card = model_card({step(1, 3), step(2, 2.125)});
    CHECK(value(card, "model", "valid_loss_nats") == "2.125");
    CHECK(value(card, "model", "n_parameters") == "27,040");
    CHECK(value(card, "model", "n_steps") == "1,500");
    CHECK(value(card, "model", "outcome") == "Ran to its end");
    CHECK(value(card, "settings", "tokenizer") == "char");
    CHECK(value(card, "repeat", "build_id") == "build-1");
}

TEST_CASE("cards: the evaluation card compares with baseline and earlier runs") {
    const Card card = evaluation_card({step(1, 3), step(2, 2.125)});
    const CardRow* below = row(card, "baseline", "below_bigram");
    REQUIRE(below != nullptr);
    CHECK(below->number == 0.375);
    CHECK(value(card, "runs", "step.1") == "3");
    CHECK(value(card, "runs", "step.2") == "2.125");
}

TEST_CASE("cards: what the record does not know is said") {
    PassportStep bare;
    bare.order = 1;
    for (const Card& card : {data_card({bare}), model_card({bare}), evaluation_card({bare})}) {
        const std::string words = to_markdown(card);
        CHECK_MESSAGE(words.find("Not measured") != std::string::npos, card.id);
    }
    const Card evaluated = evaluation_card({bare});
    const CardRow* loss = row(evaluated, "measured", "valid_loss_nats");
    REQUIRE(loss != nullptr);
    CHECK_FALSE(loss->is_known);
    CHECK_FALSE(loss->number.has_value());
    CHECK(value(model_card({bare}), "model", "data") == "Not recorded");
    for (const Card& card : {data_card({}), model_card({}), evaluation_card({})}) {
        REQUIRE(card.sections.size() == 1);
        CHECK(card.sections[0].text == "No run has ended yet.");
    }
}

TEST_CASE("cards: Markdown is a table, and nothing in a name can leave it") {
    PassportStep odd = step(1, 2);
    odd.title = "a|b\n# <script> [x](y) *z*";
    const std::string words = to_markdown(model_card({odd}));
    CHECK(words.starts_with("# Model card\n"));
    CHECK(words.find("| Validation loss | 2 nats per token |") != std::string::npos);
    CHECK(words.find("a\\|b \\# \\<script\\> \\[x\\](y) \\*z\\*") != std::string::npos);
    const auto n_lines = std::count(words.begin(), words.end(), '\n');
    const std::string plain = to_markdown(model_card({step(1, 2)}));
    CHECK(n_lines == std::count(plain.begin(), plain.end(), '\n'));
}

TEST_CASE("cards: JSON has numbers as numbers and nothing for what is unknown") {
    const json card = to_json(evaluation_card({step(1, 2.125)}));
    CHECK(card["format"] == "terrarium-card");
    CHECK(card["id"] == "evaluation_card");
    bool has_loss = false, has_unknown = false;
    for (const json& section : card["sections"]) {
        for (const json& one : section["rows"]) {
            if (one["id"] == "valid_loss_nats") has_loss = one["value"] == 2.125 && one["unit"] == "nats per token";
            if (one["id"] == "people") has_unknown = one["value"].is_null() && one["is_known"] == false;
        }
    }
    CHECK(has_loss);
    CHECK(has_unknown);
}
