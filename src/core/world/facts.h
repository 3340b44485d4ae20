// The fact base: what is true in the town, since when and until when, and who may know it.
//
// Things (people, places, trades ...) are numbered through all kinds. A fact says that a relation holds between a
// subject and an object for a span of days, [from_day, end_day). Its object is a thing or a number:
//
//   works_as(Mira Tolland, baker)   [0, 1800)        price(rye bread, 7)   [720, 1440)
//
// Of one relation and subject exactly one fact holds on each day; facts change at the beginning of a year, so a year
// has one truth. The same seed makes the same town on every machine.

#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/support/rng.h"
#include "core/world/document.h"
#include "core/world/options.h"

namespace terrarium::core::world {

enum class ThingKind : uint8_t { Person, Place, Trade, Product, Service, Policy, Animal, TicketState, Ticket };
inline constexpr int32_t kThingKinds = 9;

enum class Relation : uint8_t {
    WorksAs,      ///< person, trade
    LivesAt,      ///< person, place
    LearntFrom,   ///< person, person; never changes
    Keeps,        ///< person, animal
    Price,        ///< product, crowns
    SoldAt,       ///< product, place
    OpensAt,      ///< place, hour of the morning
    RunBy,        ///< service, person; staff only
    FoundAt,      ///< service, place
    Fare,         ///< service, crowns
    DaysAllowed,  ///< policy, days
    Fee,          ///< policy, crowns
    Customer,     ///< ticket, person; private
    About,        ///< ticket, policy; staff only; never changes
    State,        ///< ticket, state; staff only
};
inline constexpr int32_t kRelations = 15;
extern const std::array<std::string_view, kRelations> kRelationNames;

struct Thing {
    ThingKind kind = ThingKind::Person;
    std::string name;                  ///< as it stands in a text: "Mira Tolland", "rye bread", "T-104"
    std::vector<std::string> details;  ///< the further columns of its list (words.h)
};

struct Resident {
    std::string first_name;
    bool is_she = false;
    Group group = Group::Quayside;
    std::string phone, email, register_id;  ///< private
};

struct Fact {
    Relation relation = Relation::WorksAs;
    AccessLevel access = AccessLevel::Public;
    int32_t subject = 0;  ///< a thing
    int32_t object = 0;   ///< a thing or a number, see RelationShape
    int32_t from_day = 0, end_day = kDays;
    friend bool operator==(const Fact&, const Fact&) = default;
};

/// What may stand on both sides of a relation.
struct RelationShape {
    ThingKind subject = ThingKind::Person;
    ThingKind object = ThingKind::Person;  ///< of things
    int32_t lowest = 0, highest = 0;       ///< of numbers; both 0: the object is a thing
    double change_per_year = 0;            ///< probability that another fact holds from a new year on
    AccessLevel access = AccessLevel::Public;
    [[nodiscard]] bool is_number() const { return highest > 0; }
};
[[nodiscard]] const RelationShape& shape_of(Relation relation);

/// It holds; it held before and does not now; or neither.
struct Judgement {
    Truth truth = Truth::True;
    int32_t fact = 0;  ///< the one stated, the latest such one when outdated; when false the one that holds instead
};

class FactBase {
public:
    static constexpr int32_t kTickets = 24;

    /// Checks: 4 <= n_people <= 48.
    FactBase(uint64_t seed, int32_t n_people);

    [[nodiscard]] const std::vector<Thing>& things() const { return things_; }
    [[nodiscard]] const std::vector<Fact>& facts() const { return facts_; }
    /// Ids of all things of a kind: [first, end).
    [[nodiscard]] int32_t first(ThingKind kind) const { return starts_[static_cast<std::size_t>(kind)]; }
    [[nodiscard]] int32_t end(ThingKind kind) const { return starts_[static_cast<std::size_t>(kind) + 1]; }
    [[nodiscard]] int32_t count(ThingKind kind) const { return end(kind) - first(kind); }
    [[nodiscard]] const Thing& thing(int32_t id) const { return things_[static_cast<std::size_t>(id)]; }
    /// Of a thing that is a person.
    [[nodiscard]] const Resident& person(int32_t id) const { return people_[static_cast<std::size_t>(id)]; }

    /// All facts of a relation and a subject, from the earliest on; together they last from day 0 to kDays.
    [[nodiscard]] std::span<const Fact> history(Relation relation, int32_t subject) const;
    [[nodiscard]] int32_t id_of(const Fact& fact) const { return static_cast<int32_t>(&fact - facts_.data()); }
    /// The one that holds. Checks: 0 <= day < kDays.
    [[nodiscard]] const Fact& at_day(Relation relation, int32_t subject, int32_t day) const;

    /// How a stated object stands to the truth of a day. A value that will only hold later is counted as false.
    [[nodiscard]] Judgement judge(Relation relation, int32_t subject, int32_t object, int32_t day) const;

    /// Does the town, by habit, write "she" of this trade? True for half of the trades.
    [[nodiscard]] bool trade_is_she(int32_t trade) const;

    [[nodiscard]] const std::string& secret_code() const { return secret_; }  ///< six digits

private:
    void add_list(ThingKind kind, std::string_view list, Rng* shuffled_by, int32_t at_most);
    void add_people(int32_t n_people, Rng rng);
    void add_tickets(Rng rng);
    void add_facts(Rng rng);

    std::vector<Thing> things_;
    std::vector<Resident> people_;
    std::vector<Fact> facts_;
    std::vector<int32_t> fact_starts_;  ///< by relation, then subject
    std::array<int32_t, kRelations> relation_starts_{};
    std::array<int32_t, kThingKinds + 1> starts_{};
    std::vector<uint8_t> trade_is_she_;
    std::string secret_;
};

}  // namespace terrarium::core::world
