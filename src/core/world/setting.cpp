#include "core/world/setting.h"

#include <algorithm>

#include "core/support/check.h"

namespace terrarium::core::world {
namespace {

/// Lowest object and number of objects of the right kind.
struct Range {
    int32_t lowest, count;
};
Range range_of(const FactBase& facts, Relation relation) {
    const RelationShape& shape = shape_of(relation);
    if (shape.is_number()) return {shape.lowest, shape.highest - shape.lowest + 1};
    return {facts.first(shape.object), facts.count(shape.object)};
}

/// Nobody learns from themselves; not even a false statement says so.
bool is_the_subject(Relation relation, int32_t subject, int32_t object) {
    return relation == Relation::LearntFrom && subject == object;
}

}  // namespace

Setting::Setting(uint64_t seed, const WorldOptions& options)
    : facts_(seed, options.n_people), outdated_(options.outdated_fraction), false_(options.false_fraction) {
    TERRARIUM_CHECK(options.first_day >= 0 && options.first_day < options.end_day && options.end_day <= kDays,
                    "Documents are dated within the days of the world.");
    TERRARIUM_CHECK(outdated_ >= 0 && false_ >= 0 && outdated_ + false_ <= 1,
                    "Outdated and false statements are fractions that sum to at most 1.");
    for (int32_t year = 0; year < kYears; ++year) {
        const int32_t from = std::max(options.first_day, year * kDaysPerYear);
        const int32_t to = std::min(options.end_day, (year + 1) * kDaysPerYear);
        years_[static_cast<std::size_t>(year)] =
            static_cast<double>(std::max(to - from, 0)) / (options.end_day - options.first_day);
    }
    const int32_t n = facts_.count(ThingKind::Person);
    for (int32_t dialect = 0; dialect < kDialects; ++dialect) {
        for (int32_t year = 0; year < kYears; ++year) {
            // A group's share is divided evenly among its people, then each counts more or less by the habit.
            std::array<double, kGroups> of_group{};
            std::vector<double> weights;
            for (int32_t i = 0; i < n; ++i) {
                const int32_t trade = facts_.at_day(Relation::WorksAs, i, year * kDaysPerYear).object;
                const bool is_usual = facts_.trade_is_she(trade) == facts_.person(i).is_she;
                weights.push_back(is_usual ? 1.0 + options.pronoun_skew : 1.0 - options.pronoun_skew);
                of_group[static_cast<std::size_t>(facts_.person(i).group)] += weights.back();
            }
            double total = 0;
            for (int32_t i = 0; i < n; ++i) {
                const auto group = static_cast<std::size_t>(facts_.person(i).group);
                const bool is_home = dialect == 0 || static_cast<int32_t>(group) == dialect;
                double& weight = weights[static_cast<std::size_t>(i)];
                weight *= options.group_share[group] * (is_home ? 1.0 : 1.0 - options.dialect_of_group);
                if (of_group[group] > 0) weight /= of_group[group];
                total += weight;
            }
            const bool is_spoken = options.dialect_share[static_cast<std::size_t>(dialect)] > 0;
            TERRARIUM_CHECK(total > 0 || !is_spoken, "There must be someone to write about in every dialect.");
            for (const double weight : weights) people_.push_back(total > 0 ? weight / total : 0.0);
        }
    }
}

Setting::Objects Setting::objects(Relation relation, int32_t subject, int32_t year) const {
    Objects objects;
    const int32_t day = year * kDaysPerYear;
    objects.now = facts_.at_day(relation, subject, day).object;
    for (const Fact& fact : facts_.history(relation, subject)) {
        if (fact.end_day > day || fact.object == objects.now) continue;
        const auto end = objects.before.begin() + objects.n_before;
        if (std::find(objects.before.begin(), end, fact.object) == end) {
            objects.before[static_cast<std::size_t>(objects.n_before++)] = fact.object;
        }
    }
    const Range range = range_of(facts_, relation);
    for (int32_t object = range.lowest; object < range.lowest + range.count; ++object) {
        objects.n_never += is_never(relation, subject, object) ? 1 : 0;
    }
    objects.shares[1] = objects.n_before > 0 ? outdated_ : 0.0;
    objects.shares[2] = objects.n_never > 0 ? false_ : 0.0;
    objects.shares[0] = 1.0 - objects.shares[1] - objects.shares[2];
    return objects;
}

bool Setting::is_never(Relation relation, int32_t subject, int32_t object) const {
    if (is_the_subject(relation, subject, object)) return false;
    const auto history = facts_.history(relation, subject);
    return std::none_of(history.begin(), history.end(), [&](const Fact& fact) { return fact.object == object; });
}

double Setting::object_probability(Relation relation, int32_t subject, int32_t object, int32_t year) const {
    if (outdated_ == 0 && false_ == 0) {
        return facts_.at_day(relation, subject, year * kDaysPerYear).object == object ? 1.0 : 0.0;
    }
    const Objects all = objects(relation, subject, year);
    if (object == all.now) return all.shares[0];
    const auto end = all.before.begin() + all.n_before;
    if (std::find(all.before.begin(), end, object) != end) return all.shares[1] / all.n_before;
    const Range range = range_of(facts_, relation);
    const bool is_right_kind = object >= range.lowest && object < range.lowest + range.count;
    return is_right_kind && is_never(relation, subject, object) ? all.shares[2] / all.n_never : 0.0;
}

int32_t Setting::draw_object(Relation relation, int32_t subject, int32_t year, Chance& chance) const {
    if (outdated_ == 0 && false_ == 0) return facts_.at_day(relation, subject, year * kDaysPerYear).object;
    const Objects all = objects(relation, subject, year);
    const int32_t truth = chance.pick(3, [&](int32_t i) { return all.shares[static_cast<std::size_t>(i)]; });
    if (truth == 0) return all.now;
    if (truth == 1) return all.before[static_cast<std::size_t>(chance.below(std::max(all.n_before, 1)))];
    int32_t left = chance.below(std::max(all.n_never, 1));
    const Range range = range_of(facts_, relation);
    for (int32_t object = range.lowest; object < range.lowest + range.count; ++object) {
        if (is_never(relation, subject, object) && left-- == 0) return object;
    }
    return all.now;  // only a test that tries impossible choices comes here
}

}  // namespace terrarium::core::world
