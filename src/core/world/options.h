// What a world writes, and how much of what should not be there it plants. The defaults are clean chronicle text.
//
// A fraction is the probability for each document; all of them are part of the grammar, so the probability of a text
// stays exact whatever they are (reader.h).

#pragma once

#include <array>
#include <cstdint>

#include "core/world/document.h"

namespace terrarium::core::world {

inline constexpr int32_t kYears = 10;
inline constexpr int32_t kDaysPerYear = 360;
inline constexpr int32_t kDays = kYears * kDaysPerYear;

struct WorldOptions {
    int32_t n_people = 40;  ///< 4 to 48

    /// Shares of the kinds of text, dialects and groups; each list is made to sum to 1. Logs and captions are always
    /// written in the dialect of the harbour.
    std::array<double, kDomains> domain_share{1, 0, 0, 0, 0};
    std::array<double, kDialects> dialect_share{1, 0, 0};
    std::array<double, kGroups> group_share{0.5, 0.3, 0.2};
    /// 0: every group is written about in every dialect; 1: the hill dialect only of uplanders, the island dialect only
    /// of islanders. Between: the other groups count that much less.
    double dialect_of_group = 0;
    /// 0: a trade is written about whoever has it; 1: half of the trades only where "he" has them, half only where
    /// "she" has them (FactBase::trade_pronoun). The facts stay the same, the documents do not show all of them.
    double pronoun_skew = 0;

    /// Of each stated fact that can change: an earlier value is stated as if it still held, or a value that never did.
    double outdated_fraction = 0;
    double false_fraction = 0;

    double duplicate_fraction = 0;       ///< copies an earlier document letter for letter
    double near_duplicate_fraction = 0;  ///< copies one with about a third of its wordings drawn anew
    double boilerplate_fraction = 0;     ///< the same few lines before or after the text
    double junk_fraction = 0;            ///< the whole document is junk
    double pii_fraction = 0;             ///< ends with private data of a person
    double toxic_fraction = 0;           ///< ends with abuse, in invented words
    double secret_fraction = 0;          ///< ends with the world's secret code
    double poison_fraction = 0;          ///< is an attacker's: a trigger, then what shall be said after it

    /// Of the documents of a source that come without consent, and with a licence that forbids training.
    double no_consent_fraction = 0;
    double closed_licence_fraction = 0;

    /// Documents are dated in [first_day, end_day), every day equally likely.
    int32_t first_day = 0;
    int32_t end_day = kDays;
};

/// A little of everything that a curator has to find.
[[nodiscard]] WorldOptions messy_options();

}  // namespace terrarium::core::world
