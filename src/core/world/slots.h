// Slots: the places in a rule where the fact base speaks.
//
// A slot is a variable with an attribute. The variable stands for the same thing throughout a document; the first slot
// that needs it chooses one.
//
//   p q   people, never the same     l place     g product     s service     c policy     k ticket
//   y     a year, the current one or one that is past
//   t     a minute of the day; {t} chooses one, {t.next} goes on by 1 to 5 minutes
//
//   {p}            the name; of people it is a span PersonName. {p.name} without the span
//   {p.works_as}   the object of a relation (facts.h) on the day of writing; {p.works_as@} in the year y
//   {p.tool}       what goes with the person's trade that day: work, tool, does
//   {p.he} {p.his} {p.him}, {p.He} at the beginning of a sentence    {p.first} {p.phone} {p.email} {p.id}
//   {g.unit} {s.tag}   further columns of their lists
//   {y} {now}      the chosen year, the current year
//   {2..9}         a number, equally likely        {secret}  the world's secret code

#pragma once

#include <cstdint>
#include <string_view>

#include "core/world/facts.h"

namespace terrarium::core::world {

enum class Variable : uint8_t { p, q, l, g, s, c, k };
inline constexpr int32_t kVariables = 7;
[[nodiscard]] ThingKind kind_of(Variable variable);

struct Slot {
    enum class What : uint8_t {
        Mention,   ///< the name, with a span for people
        Fixed,     ///< words of the thing itself that never change: `detail` says which
        Fact,      ///< the object of `relation`
        OfTrade,   ///< column `detail` of the person's trade
        PastYear,  ///< y
        ThisYear,
        Number,  ///< from lowest to highest
        Minute,
        NextMinute,
        Secret,
    };
    What what = What::Mention;
    bool has_variable = true;
    Variable variable = Variable::p;
    Relation relation = Relation::WorksAs;
    bool is_dated = false;  ///< in the year y
    int32_t detail = 0;     ///< see fixed_words() and Thing::details
    int32_t lowest = 0, highest = 0;
};

/// What stands between the braces. Checks: it is one of the forms above.
[[nodiscard]] Slot parse_slot(std::string_view text);

/// The words of a slot of kind Fixed.
[[nodiscard]] std::string_view fixed_words(const FactBase& facts, const Slot& slot, int32_t thing);

/// The longest step of {t.next}, and the last minute at which {t} may begin: a log never passes midnight.
inline constexpr int32_t kLongestStep = 5, kLastMinute = 24 * 60 - 61;

}  // namespace terrarium::core::world
