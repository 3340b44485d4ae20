#include "core/world/writer.h"

#include <array>

#include "core/support/check.h"

namespace terrarium::core::world {
namespace {

class Writer {
public:
    Writer(Written& out, const Grammar& grammar, const Setting& setting, Dialect dialect, int32_t day, Chance& chance)
        : out_(out),
          grammar_(grammar),
          setting_(setting),
          facts_(setting.facts()),
          dialect_(dialect),
          year_(day / kDaysPerYear),
          chance_(chance) {
        things_.fill(-1);
    }

    void rule(int32_t id) {
        const Rule& rule = grammar_.rule(id);
        const auto alternatives = grammar_.alternatives(rule);
        int32_t chosen = 0;
        if (rule.is_wording) {
            chosen = chance_.wording(rule.size());
        } else if (rule.size() > 1) {
            chosen = chance_.pick(rule.size(),
                                  [&](int32_t i) { return alternatives[static_cast<std::size_t>(i)].probability; });
        }
        if (rule.is_label) out_.labels.push_back(chosen);
        for (const Part& part : grammar_.parts(alternatives[static_cast<std::size_t>(chosen)])) write(part);
    }

    [[nodiscard]] int32_t main_person() const { return things_[0]; }

private:
    void write(const Part& part) {
        switch (part.kind) {
            case Part::Kind::Words:
                out_.text += grammar_.words(part.index, dialect_);
                return;
            case Part::Kind::Rule:
                return rule(part.index);
            case Part::Kind::Slot:
                return slot(grammar_.slot(part.index));
            case Part::Kind::Open:
                open_[static_cast<std::size_t>(n_open_++)] = here();
                return;
            case Part::Kind::Close:
                const int32_t begin = open_[static_cast<std::size_t>(--n_open_)];
                out_.spans.push_back(
                    {.kind = static_cast<SpanKind>(part.index), .begin = begin, .end = here(), .entity = last_thing_});
                return;
        }
    }

    void slot(const Slot& slot) {
        using enum Slot::What;
        const int32_t subject = slot.has_variable ? bound(slot.variable) : -1;
        const int32_t begin = here();
        if (slot.is_dated && past_year_ < 0) past_year_ = chance_.below(year_ + 1);
        const int32_t year = slot.is_dated ? past_year_ : year_;
        switch (slot.what) {
            case Mention:
                out_.text += facts_.thing(subject).name;
                return mention(subject, begin);
            case Fixed:
                out_.text += fixed_words(facts_, slot, subject);
                return;
            case Fact:
                return fact(slot.relation, subject, year);
            case OfTrade: {
                const int32_t trade = facts_.at_day(Relation::WorksAs, subject, year * kDaysPerYear).object;
                out_.text += facts_.thing(trade).details[static_cast<std::size_t>(slot.detail)];
                return;
            }
            case PastYear:
                if (past_year_ < 0) past_year_ = chance_.below(year_ + 1);
                return number(past_year_ + 1);
            case ThisYear:
                return number(year_ + 1);
            case Number:
                return number(slot.lowest + chance_.below(slot.highest - slot.lowest + 1));
            case Minute:
                minute_ = chance_.below(kLastMinute + 1);
                return clock();
            case NextMinute:
                minute_ += 1 + chance_.below(kLongestStep);
                return clock();
            case Secret:
                out_.text += facts_.secret_code();
                return;
        }
    }

    int32_t bound(Variable variable) {
        int32_t& thing = things_[static_cast<std::size_t>(variable)];
        if (thing < 0) {
            if (variable == Variable::p) {
                thing = chance_.pick(facts_.count(ThingKind::Person),
                                     [&](int32_t i) { return setting_.person_probability(dialect_, year_, i); });
            } else if (variable == Variable::q) {
                const int32_t other = bound(Variable::p);
                const double rest = 1.0 - setting_.person_probability(dialect_, year_, other);
                thing = chance_.pick(facts_.count(ThingKind::Person), [&](int32_t i) {
                    return i == other ? 0.0 : setting_.person_probability(dialect_, year_, i) / rest;
                });
            } else {
                const ThingKind kind = kind_of(variable);
                thing = facts_.first(kind) + chance_.below(facts_.count(kind));
            }
        }
        last_thing_ = thing;
        return thing;
    }

    void mention(int32_t thing, int32_t begin) {
        if (facts_.thing(thing).kind != ThingKind::Person) return;
        out_.spans.push_back({.kind = SpanKind::PersonName, .begin = begin, .end = here(), .entity = thing});
    }

    void fact(Relation relation, int32_t subject, int32_t year) {
        const int32_t begin = here(), object = setting_.draw_object(relation, subject, year, chance_);
        if (shape_of(relation).is_number()) {
            number(object);
        } else {
            out_.text += facts_.thing(object).name;
            mention(object, begin);
        }
        const Judgement judged = facts_.judge(relation, subject, object, year * kDaysPerYear);
        out_.spans.push_back({SpanKind::Fact, judged.truth, begin, here(), judged.fact, subject});
    }

    void number(int32_t value) {
        if (value >= 10) number(value / 10);
        out_.text += static_cast<char>('0' + value % 10);
    }

    /// "07:05"
    void clock() {
        two_digits(minute_ / 60);
        out_.text += ':';
        two_digits(minute_ % 60);
    }
    void two_digits(int32_t value) {
        out_.text += static_cast<char>('0' + value / 10);
        out_.text += static_cast<char>('0' + value % 10);
    }

    [[nodiscard]] int32_t here() const { return static_cast<int32_t>(out_.text.size()); }

    Written& out_;
    const Grammar& grammar_;
    const Setting& setting_;
    const FactBase& facts_;
    Dialect dialect_;
    int32_t year_;
    Chance& chance_;
    std::array<int32_t, kVariables> things_{};
    std::array<int32_t, 8> open_{};
    int32_t n_open_ = 0, last_thing_ = -1, past_year_ = -1, minute_ = 0;
};

}  // namespace

void write(Written& out, const Grammar& grammar, const Setting& setting, int32_t rule_id, Dialect dialect, int32_t day,
           Chance& chance) {
    TERRARIUM_CHECK(day >= 0 && day < kDays, "A day of the world lies between 0 and its last day.");
    out.clear();
    Writer writer(out, grammar, setting, dialect, day, chance);
    writer.rule(rule_id);
    out.main_person = writer.main_person();
}

}  // namespace terrarium::core::world
