#include <doctest/doctest.h>

#include <algorithm>

#include "labs/m2_pretraining/pretraining/lab.h"
#include "support/challenge_record.h"
#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::labs::pretraining;
using terrarium::tests::json;

namespace {

/// Heads are compared over the validation text, as the page shows them.
int best_head(const Snapshot& snapshot) {
    const auto& mass = snapshot.previous_token_mass;
    return static_cast<int>(std::ranges::max_element(mass) - mass.begin());
}
int worst_head(const Snapshot& snapshot) {
    const auto& mass = snapshot.previous_token_mass;
    return static_cast<int>(std::ranges::min_element(mass) - mass.begin());
}
int no_head(const Snapshot&) { return -1; }

/// What a learner sets, and which head he names when the run is over.
struct Strategy {
    const char* name;
    bool is_honest;
    json settings;
    int (*head)(const Snapshot&);
};

const std::vector<Strategy>& strategies() {
    static const std::vector<Strategy> kAll{
        {"a sensible learning rate, all heads compared",
         true,
         {{"max_steps", 600}, {"learning_rate", 0.006}},
         best_head},
        {"the page as it opens, no head named", false, json::object(), no_head},
        {"well trained, a head named without looking",
         false,
         {{"max_steps", 600}, {"learning_rate", 0.006}},
         worst_head},
        {"a learning rate far too small", false, {{"max_steps", 600}, {"learning_rate", 0.0003}}, best_head},
        {"the smallest model", false, {{"max_steps", 600}, {"n_layers", 1}, {"width", 8}, {"n_heads", 2}}, best_head},
    };
    return kAll;
}

}  // namespace

TEST_CASE("pretraining: the challenge: an honest strategy passes, careless ones fail, on many seeds") {
    const labs::Content content = tests::lab_content("m2.pretraining");
    const labs::Artefacts texts = tests::lab_corpora(content);
    const Goal goal = content.challenge.goal.get<Goal>();
    for (int64_t seed = 1; seed <= tests::n_challenge_seeds(); ++seed) {
        for (const Strategy& strategy : strategies()) {
            json settings = strategy.settings;
            settings["seed"] = seed;
            const auto made = Job::create(tests::lab_config(content, settings).get<Config>(), texts);
            REQUIRE(made.has_value());
            Job& job = *made.value();
            while (job.step()) {
            }
            if (const int head = strategy.head(job.snapshot()); head >= 0)
                REQUIRE(job.set("tagged_head", head).has_value());
            tests::judge("m2.pretraining", strategy.name, strategy.is_honest, seed, job.check(goal));
        }
    }
}
