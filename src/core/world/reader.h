// Reads a document back: finds every way in which the grammar could have written a text, with its exact probability.
//
//   p(text) = sum over years of p(year) * product of p(choice | year)         for one derivation
//
// The choices are found by trying the rules in all ways that fit the letters. The year of writing is hidden; it is
// summed out on the way: for each of the ten years the probability of what was read so far is carried along. So what
// is said with a fact that held for three years has the weight of three years.
//
// The clean grammar is unambiguous: exactly one derivation for every text that it writes (tested, not proven). Where
// there were several, their probabilities would be summed, so log_probability_nats() is exact in any case.
// Source: the sum over hidden states is the forward algorithm; Rabiner, A Tutorial on Hidden Markov Models (1989).

#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "core/world/grammar.h"
#include "core/world/setting.h"

namespace terrarium::core::world {

/// What a text says: a relation holds between two things, or a thing and a number.
struct Statement {
    Relation relation = Relation::WorksAs;
    int32_t subject = 0, object = 0;
    int32_t year = -1;  ///< 0 to 9 when the text itself names one
    friend bool operator==(const Statement&, const Statement&) = default;
};

struct Reading {
    double log_probability = 0;         ///< natural logarithm, of this derivation given the dialect
    std::array<double, kYears> year{};  ///< probability of each year of writing, given the text
    std::vector<Span> spans;            ///< as the writer notes them; `truth` and `fact` are left open (0 and -1)
    std::vector<Statement> statements;  ///< one for each span of SpanKind::Fact, in their order
    std::vector<int32_t> labels;
};

/// All derivations of a text from a rule; none when the grammar cannot say it.
[[nodiscard]] std::vector<Reading> read_all(std::string_view text, const Grammar& grammar, const Setting& setting,
                                            int32_t rule_id, Dialect dialect);

/// Natural logarithm of the sum over all derivations, minus infinity when there is none.
[[nodiscard]] double log_probability(std::span<const Reading> readings);

}  // namespace terrarium::core::world
