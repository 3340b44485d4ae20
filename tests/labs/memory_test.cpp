// How much memory a worker needs: a phone has to hold several of them, and the page beside.

#include <doctest/doctest.h>

#include <string>

#include "labs/m2_pretraining/pretraining/config.h"
#include "support/allocation_count.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::tests;

namespace {

constexpr int64_t kMostBytes = 64'000'000;  ///< per worker

/// The content's defaults with every number at its upper limit. The seed decides no size, and a run with a huge
/// learning rate would be over at once.
json largest_config(const labs::Content& content) {
    json changes = json::object();
    for (const auto& [name, limit] : content.limits) {
        if (name != "seed" && name != "learning_rate") changes[name] = static_cast<int64_t>(limit.max);
    }
    return lab_config(content, changes);
}

labs::pretraining::Config largest_comparison(const std::string& vary) {
    labs::pretraining::Config config;
    config.n_layers = 4;
    config.width = config.context = 128;
    config.n_heads = 8;
    config.batch_size = 64;
    config.plan = "compare";
    config.vary = vary;
    return config;
}

}  // namespace

TEST_CASE("memory: the largest configuration of every lab fits into 64 MB of a worker, measured") {
    for (const labs::LabEntry* const lab : labs::all_labs()) {
        CAPTURE(lab->id);
        const labs::Content content = lab_content(lab->id);
        const json config = largest_config(content);
        const labs::Artefacts corpora = lab_corpora(content);
        std::string refusal;
        const int64_t most = peak_bytes_of([&] {
            auto job = lab->make_job(config, corpora);
            if (!job) {
                refusal = job.error().next_step.english();
                return;
            }
            for (int i = 0; i < 3 && job.value()->step(); ++i) (void)job.value()->snapshot();
        });
        MESSAGE(std::string(lab->id) << ": " << most / 1000 << " kB " << refusal);
        CHECK(most <= kMostBytes);
        // A refusal says what would do.
        if (!refusal.empty()) CHECK(refusal.find_first_of("0123456789") != std::string::npos);
    }
}

TEST_CASE("memory: pretraining needs at most what it says, and a little for curves and for learning its tokenizer") {
    const labs::Content content = lab_content();
    for (const char* const objective : {"causal", "masked"}) {
        json changes{{"n_layers", 2}, {"width", 96}, {"context", 64}, {"batch_size", 16}, {"objective", objective}};
        const json config = lab_config(content, changes);
        const labs::Artefacts corpora = lab_corpora(content, 20'000);
        const int64_t said = labs::pretraining::run_memory_bytes(config.get<labs::pretraining::Config>(), 20'000);
        const int64_t most = peak_bytes_of([&] {
            auto job = lab_entry().make_job(config, corpora);
            REQUIRE(job.has_value());
            job.value()->step();
        });
        CHECK(most < said + 2'000'000);
        CHECK(most > said / 2);  // it counts with the most expensive vocabulary of any tokenizer
    }
}

TEST_CASE("memory: a comparison that is too large is refused with values that fit") {
    for (const char* const vary : {"n_heads", "n_layers", "width", "positions", "tokenizer", "seed"}) {
        CAPTURE(vary);
        const labs::pretraining::Config config = largest_comparison(vary);
        if (labs::pretraining::run_memory_bytes(config, 20'000) <= kMostBytes) continue;
        auto job = lab_entry().make_job(json(config), {{config.text, std::string(20'000, 'a')}});
        REQUIRE_FALSE(job.has_value());
        CHECK(job.error().code == "memory");
        const core::Message advice = labs::pretraining::what_fits(config, 20'000);
        CHECK(job.error().next_step.english() == advice.english());
        REQUIRE(advice.values().size() >= 1);
        labs::pretraining::Config smaller = config;
        (advice.english().find("width") != std::string::npos ? smaller.width : smaller.context) =
            std::stoi(advice.values()[0]);
        CHECK(labs::pretraining::run_memory_bytes(smaller, 20'000) <= kMostBytes);
        CHECK(labs::pretraining::run_memory_bytes(smaller, 20'000) > 0);
        if (advice.values().size() == 2) {
            smaller = config;
            smaller.context = std::stoi(advice.values()[1]);
            CHECK(labs::pretraining::run_memory_bytes(smaller, 20'000) <= kMostBytes);
        }
    }
}
