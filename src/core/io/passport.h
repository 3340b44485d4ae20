// The passport of the learner's model: what was done to it, step by step, and what came out. A data card, a model card
// and an evaluation card are written from it; nothing in them comes from anywhere else.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace terrarium::core::io {

/// A text or data set that a step read, or a thing that it made.
struct PassportItem {
    std::string name;   ///< "corpus:harbour", or what the learner called the file
    std::string words;  ///< one sentence for people; may be empty
    int64_t n_bytes = 0;
    std::string sha256;  ///< of the bytes, lower-case hexadecimal; empty where there is none
    bool operator==(const PassportItem&) const = default;
    auto operator<=>(const PassportItem&) const = default;
};

/// One number with the words that say what it is.
struct PassportMetric {
    std::string id;     ///< "valid_loss_nats"
    std::string words;  ///< "Validation loss"
    std::string unit;   ///< "nats per token"; may be empty
    double value = 0;
    bool operator==(const PassportMetric&) const = default;
};

/// One finished run.
struct PassportStep {
    int64_t order = 0;  ///< counts up over the passport: what decides which step came later
    std::string lab, title, build_id;
    std::string outcome;                        ///< done | stopped | diverged
    int64_t n_steps = 0;                        ///< optimiser steps
    std::map<std::string, std::string> config;  ///< name -> value as JSON text
    std::vector<PassportItem> data, artefacts;
    std::vector<PassportMetric> metrics;
    std::string evidence;  ///< fingerprint of the loss curve (labs/replay.h)
    bool operator==(const PassportStep&) const = default;
};

/// As many steps as are kept; the oldest goes first.
inline constexpr size_t kMaxPassportSteps = 40;

}  // namespace terrarium::core::io
