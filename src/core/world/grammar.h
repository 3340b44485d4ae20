// The grammar: rules that say how the town writes, each with its probabilities.
//
// It is written as text (rules.h), one rule after another:
//
//   weather:  3 (Rain|Fog) came <from> the bay. | The sun [toxic:blorfed] {p}.
//
//   name:              a rule; its alternatives are separated by |, an empty one says nothing
//   3 ...              an alternative that is three times as likely as one without a number
//   *pii ...           an alternative whose probability is an option of the world; the others share what is left
//   (Rain|Fog)         wordings that mean the same, equally likely; they hold words alone
//   <from>             another rule
//   {p} {p.works_as}   a slot: something of the fact base (slots.h)
//   [toxic:...]        a span of this kind
//   ~  _               a line end; a space at the edge of an alternative, where plain ones are cut off
//
// A rule whose name begins with "label_" says what kind of text came out: the number of the alternative is kept.
//
// Dialects replace small words in the text of rules; names and facts stay as they are. No replaced word occurs
// otherwise, so a dialect is visible wherever one of these words stands.

#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/world/document.h"
#include "core/world/slots.h"

namespace terrarium::core::world {

struct Part {
    enum class Kind : uint8_t { Words, Rule, Slot, Open, Close };
    Kind kind = Kind::Words;
    int32_t index = 0;  ///< of words, rule or slot; the SpanKind of Open and Close
};

struct Alternative {
    double probability = 0;
    double log_probability = 0;
    int32_t first_part = 0, end_part = 0;
};

struct Rule {
    std::string name;  ///< empty for wordings
    int32_t first_alternative = 0, end_alternative = 0;
    bool is_wording = false;
    bool is_label = false;
    [[nodiscard]] int32_t size() const { return end_alternative - first_alternative; }
};

class Grammar {
public:
    /// text     rules in the form above; ours, so a mistake in it is checked, not reported
    /// options  probabilities by name, for alternatives that begin with *
    Grammar(std::string_view text, const std::map<std::string_view, double>& options);

    [[nodiscard]] int32_t rule_id(std::string_view name) const;  ///< Checks: there is one.
    [[nodiscard]] const Rule& rule(int32_t id) const { return rules_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] std::span<const Alternative> alternatives(const Rule& rule) const {
        return std::span(alternatives_)
            .subspan(static_cast<std::size_t>(rule.first_alternative), static_cast<std::size_t>(rule.size()));
    }
    [[nodiscard]] std::span<const Part> parts(const Alternative& alternative) const {
        return std::span(parts_).subspan(static_cast<std::size_t>(alternative.first_part),
                                         static_cast<std::size_t>(alternative.end_part - alternative.first_part));
    }
    [[nodiscard]] std::string_view words(int32_t index, Dialect dialect) const {
        return words_[static_cast<std::size_t>(dialect)][static_cast<std::size_t>(index)];
    }
    [[nodiscard]] const Slot& slot(int32_t index) const { return slots_[static_cast<std::size_t>(index)]; }

    /// Entropy in nats and mean length in bytes of what a rule writes, in closed form:
    ///   H(rule) = sum over alternatives of p (-log p + sum over the rules in it of H), and likewise the length.
    /// Rules may lead back to themselves, as in a chain of words where each depends on the one before; the equations
    /// are then solved by repeating them until nothing moves, which takes as long as the texts are.
    /// Right when no two derivations give the same text. Checks: the rule and those in it have no slots, and end.
    struct Entropy {
        double nats = 0, bytes = 0;
    };
    [[nodiscard]] Entropy entropy(int32_t rule_id, Dialect dialect) const;

private:
    class Builder;

    std::vector<Rule> rules_;
    std::vector<Alternative> alternatives_;
    std::vector<Part> parts_;
    std::vector<Slot> slots_;
    std::array<std::vector<std::string>, kDialects> words_;
};

/// The words of a rule in a dialect: "the ferry" in the hills is "tha ferry".
[[nodiscard]] std::string in_dialect(std::string_view words, Dialect dialect);

}  // namespace terrarium::core::world
