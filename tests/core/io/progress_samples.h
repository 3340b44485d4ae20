// Progress as a learner may have it, and the golden files of the record.

#pragma once

#include <string>

#include "core/io/progress.h"
#include "core/support/rng.h"
#include "support/lab_fixture.h"

namespace terrarium::tests {

/// The bytes of tests/golden/progress/NAME.hex.
inline std::string golden_bytes(const std::string& name) {
    std::string bytes;
    int high = -1;
    for (const char c : source_file("tests/golden/progress/" + name)) {
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) continue;
        if (high >= 0) bytes += static_cast<char>(high * 16 + digit);
        high = high < 0 ? digit : -1;
    }
    return bytes;
}

/// What make_v1.py wrote, by hand.
inline core::io::Progress golden_progress() {
    core::io::LabProgress lab{.is_opened = true, .is_predicted = true, .is_run = true, .is_passed = true};
    lab.hints_shown = 2;
    lab.result_code = "T1-abc-0123456789ab";
    lab.predictions["beats_bigram"] = {
        .answer = "\"much\"", .probability = 0.75, .score = 1, .outcome = "“Much” it was: 0.31 nats."};
    lab.predictions["step"] = {.answer = "300", .outcome = ""};
    lab.items["q1"] = {.tries = 3, .best_share = 0.5};
    core::io::PassportStep step;
    step.order = 1;
    step.lab = "m2.pretraining";
    step.title = "A transformer learns to read";
    step.build_id = "0123abcd";
    step.outcome = "done";
    step.n_steps = 1500;
    step.config = {{"n_layers", "2"}, {"text", "\"corpus:harbour\""}};
    std::string sha256;
    for (int i = 0; i < 32; ++i) sha256 += "ab";
    step.data = {{.name = "corpus:harbour", .words = "Stories of a harbour", .n_bytes = 120000, .sha256 = sha256}};
    step.artefacts = {
        {.name = "model", .words = "A transformer with 28,000 parameters", .n_bytes = 112000, .sha256 = ""}};
    step.metrics = {{.id = "valid_loss_nats", .words = "Validation loss", .unit = "nats per token", .value = 1.625}};
    step.evidence = "00ff";
    core::io::Progress progress;
    progress.labs["m2.pretraining"] = lab;
    progress.labs["m9.of_another_version"].is_opened = true;
    progress.settings = {
        .revision = 4, .theme = "dark", .contrast = "more", .motion = "system", .language = "de", .text_scale = 1.2};
    progress.passport = {step};
    return progress;
}

/// A random one: few ids, so that two of them overlap often.
inline core::io::Progress random_progress(core::Rng& rng) {
    const auto below = [&](uint32_t n) { return static_cast<int64_t>(rng.below(n)); };
    const auto share = [&] { return static_cast<double>(below(5)) / 4; };
    core::io::Progress progress;
    for (int i = 0; i < below(4); ++i) {
        core::io::LabProgress& lab = progress.labs["lab." + std::to_string(below(4))];
        lab.is_opened = below(2) == 1;
        lab.is_predicted = below(2) == 1;
        lab.is_run = below(2) == 1;
        lab.is_passed = below(2) == 1;
        lab.hints_shown = below(4);
        lab.result_code = below(2) == 1 ? "T1-" + std::to_string(below(3)) : "";
        for (int k = 0; k < below(3); ++k) {
            lab.predictions["q" + std::to_string(below(3))] = {.answer = std::to_string(below(3)),
                                                               .probability = share(),
                                                               .score = below(2) == 1 ? share() : -1,
                                                               .outcome = std::to_string(below(2))};
        }
        for (int k = 0; k < below(3); ++k) lab.items["i" + std::to_string(below(3))] = {below(5), share()};
    }
    progress.settings.revision = below(3);
    progress.settings.theme = below(2) == 1 ? "dark" : "light";
    const auto n_steps = below(30);
    for (int i = 0; i < n_steps; ++i) {
        core::io::PassportStep step;
        step.order = i + 1;
        step.lab = "lab." + std::to_string(below(2));
        progress.passport.push_back(step);
    }
    return progress;
}

}  // namespace terrarium::tests
