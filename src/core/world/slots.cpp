#include "core/world/slots.h"

#include <algorithm>
#include <array>
#include <string>

#include "core/support/check.h"

namespace terrarium::core::world {
namespace {

constexpr std::string_view kVariableNames = "pqlgsck";
/// Of people; 100 and on are the columns of other lists.
constexpr std::array<std::string_view, 10> kFixed{"name", "first", "he",    "He",    "his",
                                                  "His",  "him",   "phone", "email", "id"};
constexpr int32_t kColumn = 100;

int32_t number(std::string_view text) {
    int32_t value = 0;
    for (const char c : text) {
        TERRARIUM_CHECK(c >= '0' && c <= '9', "A slot's number has digits alone.");
        value = 10 * value + (c - '0');
    }
    return value;
}

}  // namespace

ThingKind kind_of(Variable variable) {
    constexpr std::array<ThingKind, kVariables> kKinds{ThingKind::Person,  ThingKind::Person,  ThingKind::Place,
                                                       ThingKind::Product, ThingKind::Service, ThingKind::Policy,
                                                       ThingKind::Ticket};
    return kKinds[static_cast<std::size_t>(variable)];
}

Slot parse_slot(std::string_view text) {
    using enum Slot::What;
    Slot slot;
    if (const std::size_t dots = text.find(".."); dots != std::string_view::npos) {
        return {.what = Number,
                .has_variable = false,
                .lowest = number(text.substr(0, dots)),
                .highest = number(text.substr(dots + 2))};
    }
    const auto without = [&](Slot::What what) { return Slot{.what = what, .has_variable = false}; };
    if (text == "secret") return without(Secret);
    if (text == "now") return without(ThisYear);
    if (text == "y") return without(PastYear);
    if (text == "t") return without(Minute);
    if (text == "t.next") return without(NextMinute);

    const std::size_t variable = kVariableNames.find(text.empty() ? '?' : text[0]);
    TERRARIUM_CHECK(variable != std::string_view::npos && (text.size() == 1 || text[1] == '.'),
                    "A slot begins with a variable.");
    slot.variable = static_cast<Variable>(variable);
    if (text.size() == 1) return slot;
    text.remove_prefix(2);
    if (text.ends_with('@')) {
        slot.is_dated = true;
        text.remove_suffix(1);
    }
    const auto relation = std::find(kRelationNames.begin(), kRelationNames.end(), text);
    if (relation != kRelationNames.end()) {
        slot.what = Fact;
        slot.relation = static_cast<Relation>(relation - kRelationNames.begin());
        TERRARIUM_CHECK(shape_of(slot.relation).subject == kind_of(slot.variable),
                        "A relation stands in a slot of another kind.");
        return slot;
    }
    const std::string_view columns[] = {"work", "tool", "does"};
    const auto column = std::find(std::begin(columns), std::end(columns), text);
    if (column != std::end(columns)) {
        slot.what = OfTrade;
        slot.detail = static_cast<int32_t>(column - std::begin(columns));
        return slot;
    }
    slot.what = Fixed;
    if (text == "unit" || text == "tag") {
        slot.detail = kColumn;
        return slot;
    }
    const auto fixed = std::find(kFixed.begin(), kFixed.end(), text);
    TERRARIUM_CHECK(fixed != kFixed.end(), "A slot has an attribute that does not exist.");
    slot.detail = static_cast<int32_t>(fixed - kFixed.begin());
    return slot;
}

std::string_view fixed_words(const FactBase& facts, const Slot& slot, int32_t thing) {
    if (slot.detail >= kColumn) return facts.thing(thing).details[static_cast<std::size_t>(slot.detail - kColumn)];
    if (slot.detail == 0) return facts.thing(thing).name;
    const Resident& person = facts.person(thing);
    const bool she = person.is_she;
    switch (slot.detail) {
        case 1:
            return person.first_name;
        case 2:
            return she ? "she" : "he";
        case 3:
            return she ? "She" : "He";
        case 4:
            return she ? "her" : "his";
        case 5:
            return she ? "Her" : "His";
        case 6:
            return she ? "her" : "him";
        case 7:
            return person.phone;
        case 8:
            return person.email;
        default:
            return person.register_id;
    }
}

}  // namespace terrarium::core::world
