#include "core/world/reader.h"

#include <algorithm>
#include <limits>

#include "core/support/math.h"

namespace terrarium::core::world {
namespace {

/// What is known in the middle of a text, on one of the ways through it.
struct State {
    double log_p = 0;                   ///< of all choices that do not depend on the year
    std::array<double, kYears> year{};  ///< p(year) times that of the choices that do
    std::array<int32_t, kVariables> things{-1, -1, -1, -1, -1, -1, -1};
    int32_t past_year = -1, minute = 0, last_thing = -1;

    /// Multiplies each year by factor(year). False when no year is left.
    template <class Factor>
    bool multiply(const Factor& factor) {
        double sum = 0;
        for (int32_t y = 0; y < kYears; ++y) sum += year[static_cast<std::size_t>(y)] *= factor(y);
        return sum > 0;
    }
};

class Reader {
public:
    Reader(std::string_view text, const Grammar& grammar, const Setting& setting, Dialect dialect)
        : text_(text), grammar_(grammar), setting_(setting), facts_(setting.facts()), dialect_(dialect) {}

    std::vector<Reading> read(int32_t rule_id) {
        State state;
        for (int32_t y = 0; y < kYears; ++y) state.year[static_cast<std::size_t>(y)] = setting_.year_probability(y);
        const Part whole[] = {{Part::Kind::Rule, rule_id}};
        walk({whole, whole + 1, nullptr}, 0, state);
        return std::move(readings_);
    }

private:
    /// What is still to come: parts of this alternative, then those of the rules around it.
    struct Rest {
        const Part* at;
        const Part* end;
        const Rest* around;
    };
    /// Something noted on the way; taken back when the way turns out wrong.
    struct Note {
        enum class What : uint8_t { Open, Close, Span, Statement, Label };
        What what;
        Span span;
        Statement statement;
        int32_t label = 0;
    };

    /// Goes on from here in all ways there are, and leaves no notes behind.
    void walk(const Rest& rest, std::size_t at, const State& state) {
        const std::size_t n_notes = notes_.size();
        go(rest, at, state);
        notes_.resize(n_notes);
    }

    void go(Rest rest, std::size_t at, const State& state) {
        for (;;) {
            while (rest.at == rest.end) {
                if (rest.around == nullptr) {
                    if (at == text_.size()) accept(state);
                    return;
                }
                rest = *rest.around;
            }
            const Part& part = *rest.at++;
            switch (part.kind) {
                case Part::Kind::Words:
                    if (!fits(grammar_.words(part.index, dialect_), at)) return;
                    at += grammar_.words(part.index, dialect_).size();
                    continue;
                case Part::Kind::Open:
                case Part::Kind::Close: {
                    const bool opens = part.kind == Part::Kind::Open;
                    const auto here = static_cast<int32_t>(at);
                    notes_.push_back({opens ? Note::What::Open : Note::What::Close,
                                      {.kind = static_cast<SpanKind>(part.index),
                                       .begin = here,
                                       .end = here,
                                       .entity = state.last_thing},
                                      {}});
                    continue;
                }
                case Part::Kind::Rule:
                    return rule(part.index, rest, at, state);
                case Part::Kind::Slot:
                    return slot(grammar_.slot(part.index), rest, at, state);
            }
        }
    }

    void rule(int32_t id, const Rest& rest, std::size_t at, const State& state) {
        const Rule& rule = grammar_.rule(id);
        const auto alternatives = grammar_.alternatives(rule);
        const std::size_t n_notes = notes_.size();
        for (int32_t i = 0; i < rule.size(); ++i) {
            const Alternative& one = alternatives[static_cast<std::size_t>(i)];
            if (one.probability <= 0) continue;
            State next = state;
            next.log_p += one.log_probability;
            if (rule.is_label) notes_.push_back({Note::What::Label, {}, {}, i});
            const auto parts = grammar_.parts(one);
            walk({parts.data(), parts.data() + parts.size(), &rest}, at, next);
            notes_.resize(n_notes);
        }
    }

    void slot(const Slot& slot, const Rest& rest, std::size_t at, const State& state) {
        if (slot.has_variable && state.things[static_cast<std::size_t>(slot.variable)] < 0) {
            return choose_thing(slot, rest, at, state);
        }
        const bool wants_past = slot.is_dated || slot.what == Slot::What::PastYear;
        if (wants_past && state.past_year < 0) {
            for (int32_t past = 0; past < kYears; ++past) {
                State next = state;
                next.past_year = past;
                if (next.multiply([&](int32_t y) { return y >= past ? 1.0 / (y + 1) : 0.0; })) {
                    read_slot(slot, rest, at, next);
                }
            }
            return;
        }
        read_slot(slot, rest, at, state);
    }

    void choose_thing(const Slot& slot, const Rest& rest, std::size_t at, const State& state) {
        const bool is_named = slot.what == Slot::What::Mention;
        // The second person is never the first, so the first is chosen before.
        const bool wants_first = slot.variable == Variable::q && state.things[0] < 0;
        const Variable variable = wants_first ? Variable::p : slot.variable;
        const ThingKind kind = kind_of(variable);
        for (int32_t thing = facts_.first(kind); thing < facts_.end(kind); ++thing) {
            if (is_named && !wants_first && !fits(facts_.thing(thing).name, at)) continue;
            State next = state;
            next.things[static_cast<std::size_t>(variable)] = thing;
            if (kind != ThingKind::Person) {
                next.log_p -= log(static_cast<double>(facts_.count(kind)));
            } else if (!next.multiply([&](int32_t y) { return person_factor(variable, thing, y, state); })) {
                continue;
            }
            this->slot(slot, rest, at, next);
        }
    }

    double person_factor(Variable variable, int32_t thing, int32_t year, const State& state) const {
        const double p = setting_.person_probability(dialect_, year, thing);
        if (variable == Variable::p) return p;
        if (thing == state.things[0]) return 0.0;
        return p / (1.0 - setting_.person_probability(dialect_, year, state.things[0]));
    }

    /// Everything the slot needs has been chosen; now its words must be in the text.
    void read_slot(const Slot& slot, const Rest& rest, std::size_t at, State state) {
        using enum Slot::What;
        const int32_t subject = slot.has_variable ? state.things[static_cast<std::size_t>(slot.variable)] : -1;
        if (subject >= 0) state.last_thing = subject;
        switch (slot.what) {
            case Mention: {
                const std::string& name = facts_.thing(subject).name;
                if (!fits(name, at)) return;
                const std::size_t n_notes = notes_.size();
                note_mention(subject, at, name.size());
                walk(rest, at + name.size(), state);
                notes_.resize(n_notes);
                return;
            }
            case Fixed:
                return expect(fixed_words(facts_, slot, subject), rest, at, state);
            case Secret:
                return expect(facts_.secret_code(), rest, at, state);
            case Fact:
                return fact(slot, subject, rest, at, state);
            case OfTrade:
                return of_trade(slot, subject, rest, at, state);
            case PastYear:
                return expect(std::to_string(state.past_year + 1), rest, at, state);
            case ThisYear:
                for (int32_t year = 0; year < kYears; ++year) {
                    State next = state;
                    if (next.multiply([&](int32_t y) { return y == year ? 1.0 : 0.0; })) {
                        expect(std::to_string(year + 1), rest, at, next);
                    }
                }
                return;
            case Number: {
                const auto [value, size] = number(at);
                if (size == 0 || value < slot.lowest || value > slot.highest) return;
                state.log_p -= log(static_cast<double>(slot.highest - slot.lowest + 1));
                return walk(rest, at + size, state);
            }
            case Minute:
            case NextMinute: {
                const int32_t minute = clock(at), step = minute - state.minute;
                const bool is_first = slot.what == Minute;
                if (minute < 0 || (is_first ? minute > kLastMinute : step < 1 || step > kLongestStep)) return;
                state.minute = minute;
                state.log_p -= log(static_cast<double>(is_first ? kLastMinute + 1 : kLongestStep));
                return walk(rest, at + 5, state);
            }
        }
    }

    void fact(const Slot& slot, int32_t subject, const Rest& rest, std::size_t at, const State& state) {
        const RelationShape& shape = shape_of(slot.relation);
        const auto go_on = [&](int32_t object, std::size_t size) {
            State next = state;
            const bool is_possible = next.multiply([&](int32_t y) {
                return setting_.object_probability(slot.relation, subject, object, slot.is_dated ? state.past_year : y);
            });
            if (!is_possible) return;
            const std::size_t n_notes = notes_.size();
            if (!shape.is_number()) note_mention(object, at, size);
            const auto begin = static_cast<int32_t>(at), end = static_cast<int32_t>(at + size);
            notes_.push_back({Note::What::Statement,
                              {.kind = SpanKind::Fact, .begin = begin, .end = end, .entity = subject},
                              {slot.relation, subject, object, slot.is_dated ? state.past_year : -1}});
            walk(rest, at + size, next);
            notes_.resize(n_notes);
        };
        if (shape.is_number()) {
            const auto [value, size] = number(at);
            if (size > 0) go_on(value, size);
            return;
        }
        for (int32_t object = facts_.first(shape.object); object < facts_.end(shape.object); ++object) {
            if (fits(facts_.thing(object).name, at)) go_on(object, facts_.thing(object).name.size());
        }
    }

    void of_trade(const Slot& slot, int32_t subject, const Rest& rest, std::size_t at, const State& state) {
        const auto detail = static_cast<std::size_t>(slot.detail);
        for (int32_t trade = facts_.first(ThingKind::Trade); trade < facts_.end(ThingKind::Trade); ++trade) {
            const std::string& words = facts_.thing(trade).details[detail];
            if (!fits(words, at)) continue;
            State next = state;
            const bool is_possible = next.multiply([&](int32_t y) {
                const int32_t year = slot.is_dated ? state.past_year : y;
                return facts_.at_day(Relation::WorksAs, subject, year * kDaysPerYear).object == trade ? 1.0 : 0.0;
            });
            if (is_possible) walk(rest, at + words.size(), next);
        }
    }

    void expect(std::string_view words, const Rest& rest, std::size_t at, const State& state) {
        if (fits(words, at)) walk(rest, at + words.size(), state);
    }

    [[nodiscard]] bool fits(std::string_view words, std::size_t at) const {
        return text_.substr(at).starts_with(words);
    }

    struct ReadNumber {
        int32_t value;
        std::size_t size;  ///< 0: there is none, or one with a zero in front
    };
    [[nodiscard]] ReadNumber number(std::size_t at) const {
        int32_t value = 0;
        std::size_t size = 0;
        while (size < 6 && at + size < text_.size() && text_[at + size] >= '0' && text_[at + size] <= '9') {
            value = 10 * value + (text_[at + size++] - '0');
        }
        if (size > 1 && text_[at] == '0') size = 0;
        return {value, size};
    }

    /// Minute of the day, or -1.
    [[nodiscard]] int32_t clock(std::size_t at) const {
        if (at + 5 > text_.size() || text_[at + 2] != ':') return -1;
        const auto digit = [&](std::size_t i) { return text_[at + i] - '0'; };
        for (const std::size_t i : {0u, 1u, 3u, 4u}) {
            if (digit(i) < 0 || digit(i) > 9) return -1;
        }
        if (digit(3) > 5) return -1;
        return 60 * (10 * digit(0) + digit(1)) + 10 * digit(3) + digit(4);
    }

    void note_mention(int32_t thing, std::size_t at, std::size_t size) {
        if (facts_.thing(thing).kind != ThingKind::Person) return;
        const auto begin = static_cast<int32_t>(at), end = static_cast<int32_t>(at + size);
        notes_.push_back(
            {Note::What::Span, {.kind = SpanKind::PersonName, .begin = begin, .end = end, .entity = thing}, {}});
    }

    void accept(const State& state) {
        double sum = 0;
        for (const double p : state.year) sum += p;
        if (!(sum > 0)) return;
        Reading reading;
        reading.log_probability = state.log_p + log(sum);
        for (std::size_t y = 0; y < kYears; ++y) reading.year[y] = state.year[y] / sum;
        std::vector<int32_t> open;
        for (const Note& note : notes_) {
            if (note.what == Note::What::Open) open.push_back(note.span.begin);
            if (note.what == Note::What::Label) reading.labels.push_back(note.label);
            if (note.what == Note::What::Statement) reading.statements.push_back(note.statement);
            if (note.what == Note::What::Span || note.what == Note::What::Statement) reading.spans.push_back(note.span);
            if (note.what == Note::What::Close) {
                reading.spans.push_back(note.span);
                reading.spans.back().begin = open.back();
                open.pop_back();
            }
        }
        readings_.push_back(std::move(reading));
    }

    std::string_view text_;
    const Grammar& grammar_;
    const Setting& setting_;
    const FactBase& facts_;
    Dialect dialect_;
    std::vector<Note> notes_;
    std::vector<Reading> readings_;
};

}  // namespace

std::vector<Reading> read_all(std::string_view text, const Grammar& grammar, const Setting& setting, int32_t rule_id,
                              Dialect dialect) {
    return Reader(text, grammar, setting, dialect).read(rule_id);
}

double log_probability(std::span<const Reading> readings) {
    double highest = -std::numeric_limits<double>::infinity();
    for (const Reading& reading : readings) highest = std::max(highest, reading.log_probability);
    if (readings.empty()) return highest;
    double sum = 0;
    for (const Reading& reading : readings) sum += exp(reading.log_probability - highest);
    return highest + log(sum);
}

}  // namespace terrarium::core::world
