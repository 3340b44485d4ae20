// What writer and reader of documents share: the facts, and with which probability a slot chooses what.
//
// The year in which a document is written is hidden: a text without a date could come from any year in which it would
// have been said. So probabilities depend on the year, the writer knows it, and the reader carries all ten along.

#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/world/chance.h"
#include "core/world/facts.h"
#include "core/world/options.h"

namespace terrarium::core::world {

class Setting {
public:
    Setting(uint64_t seed, const WorldOptions& options);

    [[nodiscard]] const FactBase& facts() const { return facts_; }

    /// The share of documents that are written in this year, 0 to 9.
    [[nodiscard]] double year_probability(int32_t year) const { return years_[static_cast<std::size_t>(year)]; }

    /// Whom a document speaks about.
    [[nodiscard]] double person_probability(Dialect dialect, int32_t year, int32_t person) const {
        const auto row = static_cast<std::size_t>(static_cast<int32_t>(dialect) * kYears + year);
        return people_[row * static_cast<std::size_t>(facts_.count(ThingKind::Person)) +
                       static_cast<std::size_t>(person)];
    }

    /// What is stated as the object of a relation when the truth is asked of this year:
    ///   the fact that holds                         1 - outdated - false
    ///   one of n objects that held before           outdated / n; where there are none, that share is the truth's
    ///   one of m objects that never hold             false / m; likewise
    /// Objects that hold only later are never stated.
    [[nodiscard]] double object_probability(Relation relation, int32_t subject, int32_t object, int32_t year) const;
    [[nodiscard]] int32_t draw_object(Relation relation, int32_t subject, int32_t year, Chance& chance) const;

private:
    /// Of one relation, subject and year.
    struct Objects {
        int32_t now = 0;
        std::array<int32_t, kYears> before{};
        int32_t n_before = 0;
        int32_t n_never = 0;
        std::array<double, 3> shares{1, 0, 0};  ///< of now, before, never
    };
    [[nodiscard]] Objects objects(Relation relation, int32_t subject, int32_t year) const;
    /// Of objects of the right kind.
    [[nodiscard]] bool is_never(Relation relation, int32_t subject, int32_t object) const;

    FactBase facts_;
    double outdated_ = 0, false_ = 0;
    std::array<double, kYears> years_{};
    std::vector<double> people_;  ///< [dialect, year, person]
};

}  // namespace terrarium::core::world
