#include "core/world/facts.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/world/words.h"

namespace terrarium::core::world {
namespace {

using enum ThingKind;
using enum AccessLevel;
constexpr std::array<RelationShape, kRelations> kShapes{{
    {Person, Trade, 0, 0, 0.08, Public},
    {Person, Place, 0, 0, 0.08, Public},
    {Person, Person, 0, 0, 0.0, Public},
    {Person, Animal, 0, 0, 0.1, Public},
    {Product, Product, 2, 40, 0.25, Public},
    {Product, Place, 0, 0, 0.08, Public},
    {Place, Place, 5, 11, 0.1, Public},
    {Service, Person, 0, 0, 0.15, Staff},
    {Service, Place, 0, 0, 0.05, Public},
    {Service, Service, 2, 30, 0.2, Public},
    {Policy, Policy, 3, 60, 0.15, Public},
    {Policy, Policy, 2, 30, 0.15, Public},
    {Ticket, Person, 0, 0, 0.0, Private},
    {Ticket, Policy, 0, 0, 0.0, Staff},
    {Ticket, TicketState, 0, 0, 0.2, Staff},
}};

template <class T>
void shuffle(std::vector<T>& items, Rng& rng) {
    for (std::size_t i = items.size(); i > 1; --i) {
        std::swap(items[i - 1], items[rng.below(static_cast<uint32_t>(i))]);
    }
}

std::string digits(int32_t count, Rng& rng) {
    std::string text;
    for (int32_t i = 0; i < count; ++i) text += static_cast<char>('0' + rng.below(10));
    return text;
}

std::string lower(std::string text) {
    for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    return text;
}

}  // namespace

const std::array<std::string_view, kRelations> kRelationNames{
    "works_as", "lives_at", "learnt_from",  "keeps", "price",    "sold_at", "opens_at", "run_by",
    "found_at", "fare",     "days_allowed", "fee",   "customer", "about",   "state"};

const RelationShape& shape_of(Relation relation) { return kShapes[static_cast<std::size_t>(relation)]; }

FactBase::FactBase(uint64_t seed, int32_t n_people) {
    TERRARIUM_CHECK(n_people >= 4 && n_people <= 48, "A town has between 4 and 48 people.");
    const Rng rng = Rng(seed).fork("facts");
    add_people(n_people, rng.fork("people"));
    Rng places = rng.fork("places"), none = rng.fork("habits");
    add_list(Place, kPlaceNames, &places, 12);
    add_list(Trade, kTrades, nullptr, 99);
    add_list(Product, kProducts, nullptr, 99);
    add_list(Service, kServices, nullptr, 99);
    add_list(Policy, kPolicies, nullptr, 99);
    add_list(Animal, kAnimals, nullptr, 99);
    add_list(TicketState, kTicketStates, nullptr, 99);
    add_tickets(rng.fork("tickets"));
    for (int32_t i = 0; i < count(Trade); ++i) trade_is_she_.push_back(i % 2 == 0 ? 1 : 0);
    shuffle(trade_is_she_, none);
    Rng secret = rng.fork("secret");
    secret_ = digits(6, secret);
    add_facts(rng.fork("relations"));
}

void FactBase::add_list(ThingKind kind, std::string_view list, Rng* shuffled_by, int32_t at_most) {
    std::vector<std::string_view> rows = split_list(list);
    if (shuffled_by != nullptr) shuffle(rows, *shuffled_by);
    if (std::ssize(rows) > at_most) rows.resize(static_cast<std::size_t>(at_most));
    for (const std::string_view row : rows) {
        const std::vector<std::string_view> columns = split_list(row, '|');
        things_.push_back({kind, std::string(columns[0]), {columns.begin() + 1, columns.end()}});
    }
    starts_[static_cast<std::size_t>(kind) + 1] = static_cast<int32_t>(things_.size());
}

void FactBase::add_people(int32_t n_people, Rng rng) {
    std::vector<std::string_view> she = split_list(kSheNames), he = split_list(kHeNames);
    std::vector<std::string_view> surnames = split_list(kSurnames);
    shuffle(she, rng);
    shuffle(he, rng);
    shuffle(surnames, rng);
    constexpr std::array<Group, 6> kGroupOf{Group::Quayside,  Group::Uplanders, Group::Quayside,
                                            Group::Islanders, Group::Quayside,  Group::Uplanders};
    for (int32_t i = 0; i < n_people; ++i) {
        const auto half = static_cast<std::size_t>(i / 2);
        Resident person;
        person.is_she = i % 2 == 0;
        person.first_name = person.is_she ? she[half] : he[half];
        person.group = kGroupOf[half % kGroupOf.size()];
        // Everyone has a first name of their own; families share the other one.
        const std::string surname(surnames[rng.below(static_cast<uint32_t>(surnames.size()))]);
        // One number after the other: in which order the operands of + are computed depends on the compiler.
        person.phone = "04" + digits(2, rng);
        person.phone += " " + digits(4, rng);
        person.email = lower(person.first_name + "." + surname) + "@ormhaven.example";
        person.register_id = "OH-" + digits(4, rng);
        person.register_id += {'-', static_cast<char>('A' + rng.below(26))};
        things_.push_back({ThingKind::Person, person.first_name + " " + surname, {}});
        people_.push_back(std::move(person));
    }
    starts_[1] = n_people;
}

void FactBase::add_tickets(Rng rng) {
    for (int32_t i = 0; i < kTickets; ++i) {
        // Numbers in steps, so that no two are the same.
        things_.push_back({Ticket, "T-" + std::to_string(100 + 35 * i + static_cast<int32_t>(rng.below(35))), {}});
    }
    starts_[static_cast<std::size_t>(Ticket) + 1] = static_cast<int32_t>(things_.size());
}

void FactBase::add_facts(Rng rng) {
    for (int32_t r = 0; r < kRelations; ++r) {
        const auto relation = static_cast<Relation>(r);
        const RelationShape& shape = shape_of(relation);
        relation_starts_[static_cast<std::size_t>(r)] = static_cast<int32_t>(fact_starts_.size());
        for (int32_t subject = first(shape.subject); subject < end(shape.subject); ++subject) {
            fact_starts_.push_back(static_cast<int32_t>(facts_.size()));
            const auto draw = [&]() -> int32_t {
                if (shape.is_number()) {
                    return shape.lowest +
                           static_cast<int32_t>(rng.below(static_cast<uint32_t>(shape.highest - shape.lowest + 1)));
                }
                return first(shape.object) +
                       static_cast<int32_t>(rng.below(static_cast<uint32_t>(count(shape.object))));
            };
            const auto draw_other_than = [&](int32_t old) {
                int32_t object = old;
                while (object == old) object = draw();
                return object;
            };
            const bool is_among_people = !shape.is_number() && shape.object == shape.subject;
            facts_.push_back(
                {relation, shape.access, subject, is_among_people ? draw_other_than(subject) : draw(), 0, kDays});
            for (int32_t year = 1; year < kYears; ++year) {
                if (rng.uniform() >= shape.change_per_year) continue;
                facts_.back().end_day = year * kDaysPerYear;
                const int32_t object = draw_other_than(facts_.back().object);
                facts_.push_back({relation, shape.access, subject, object, year * kDaysPerYear, kDays});
            }
        }
    }
    fact_starts_.push_back(static_cast<int32_t>(facts_.size()));
}

std::span<const Fact> FactBase::history(Relation relation, int32_t subject) const {
    const ThingKind kind = shape_of(relation).subject;
    TERRARIUM_CHECK(subject >= first(kind) && subject < end(kind), "This relation has subjects of another kind.");
    const auto row =
        static_cast<std::size_t>(relation_starts_[static_cast<std::size_t>(relation)] + subject - first(kind));
    const auto from = static_cast<std::size_t>(fact_starts_[row]), to = static_cast<std::size_t>(fact_starts_[row + 1]);
    return std::span(facts_).subspan(from, to - from);
}

const Fact& FactBase::at_day(Relation relation, int32_t subject, int32_t day) const {
    TERRARIUM_CHECK(day >= 0 && day < kDays, "A day of the world lies between 0 and its last day.");
    const std::span<const Fact> all = history(relation, subject);
    std::size_t i = 0;
    while (all[i].end_day <= day) ++i;
    return all[i];
}

Judgement FactBase::judge(Relation relation, int32_t subject, int32_t object, int32_t day) const {
    const Fact& now = at_day(relation, subject, day);
    if (now.object == object) return {Truth::True, id_of(now)};
    Judgement judgement{Truth::False, id_of(now)};
    for (const Fact& fact : history(relation, subject)) {
        if (fact.object == object && fact.end_day <= day) judgement = {Truth::Outdated, id_of(fact)};
    }
    return judgement;
}

bool FactBase::trade_is_she(int32_t trade) const {
    return trade_is_she_[static_cast<std::size_t>(trade - first(Trade))] != 0;
}

}  // namespace terrarium::core::world
