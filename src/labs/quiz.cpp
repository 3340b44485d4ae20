#include "labs/quiz.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <utility>

#include "core/support/check.h"
#include "core/support/rng.h"

namespace terrarium::labs {
namespace {

std::optional<double> value_of(const QuizNumber& number, const RunFacts& facts) {
    if (number.quantity.empty()) return number.value;
    const auto found = facts.quantities.find(number.quantity);
    if (found == facts.quantities.end() || !std::isfinite(found->second)) return std::nullopt;
    return found->second;
}

/// Four significant digits: enough to calculate with, short enough to read.
std::string readable(double value) {
    char text[32];
    std::snprintf(text, sizeof text, std::abs(value) >= 1000 ? "%.0f" : "%.4g", value);
    return text;
}

const Series* find_series(const RunFacts& facts, const std::string& name) {
    const auto found = std::find_if(facts.series.begin(), facts.series.end(),
                                    [&](const Series& series) { return series.name == name; });
    return found == facts.series.end() ? nullptr : &*found;
}

/// Index of the point that the item asks for.
std::optional<size_t> target_index(const PlotTarget& target, const QuizCurve& curve, const RunFacts& facts) {
    if (curve.y.empty()) return std::nullopt;
    const auto begin = curve.y.begin();
    if (target.kind == PlotTarget::Kind::Lowest) {
        return static_cast<size_t>(std::min_element(begin, curve.y.end()) - begin);
    }
    if (target.kind == PlotTarget::Kind::Highest) {
        return static_cast<size_t>(std::max_element(begin, curve.y.end()) - begin);
    }
    const auto level = value_of(target.level, facts);
    if (!level) return std::nullopt;
    const auto below =
        std::find_if(begin, curve.y.end(), [&](float value) { return static_cast<double>(value) < *level; });
    if (below == curve.y.end()) return std::nullopt;
    return static_cast<size_t>(below - begin);
}

bool was_chosen(const QuizAnswer& answer, const std::string& id) {
    return std::find(answer.chosen.begin(), answer.chosen.end(), id) != answer.chosen.end();
}

void judge_options(const QuizItem& item, const QuizAnswer& answer, QuizResult& result) {
    int n_right = 0, right = 0, wrong = 0;
    for (const QuizOption& option : item.options) {
        n_right += option.is_right ? 1 : 0;
        const bool is_chosen = was_chosen(answer, option.id);
        if (is_chosen) (option.is_right ? right : wrong) += 1;
        // Of options that were left alone only a missed right one has something to say.
        if (is_chosen || (option.is_right && item.kind == QuizItem::Kind::Multiple)) {
            result.feedback.push_back({option.id, is_chosen == option.is_right, option.feedback});
        }
    }
    result.share = std::max(0.0, static_cast<double>(right - wrong) / n_right);
}

void judge_order(const QuizItem& item, const QuizAnswer& answer, QuizResult& result) {
    std::vector<size_t> places;  // where each option was put
    for (size_t i = 0; i < item.options.size(); ++i) {
        const auto at = std::find(answer.chosen.begin(), answer.chosen.end(), item.options[i].id);
        places.push_back(static_cast<size_t>(at - answer.chosen.begin()));
        result.feedback.push_back({item.options[i].id, places.back() == i, item.options[i].feedback});
    }
    int n_pairs = 0, right = 0;
    for (size_t i = 0; i < places.size(); ++i) {
        for (size_t k = i + 1; k < places.size(); ++k, ++n_pairs) right += places[i] < places[k] ? 1 : 0;
    }
    result.share = std::max(0.0, 2.0 * right / n_pairs - 1.0);
}

void judge_match(const QuizItem& item, const QuizAnswer& answer, QuizResult& result) {
    int right = 0;
    for (size_t i = 0; i < item.options.size(); ++i) {
        const bool is_right = answer.chosen[i] == item.options[i].id;
        right += is_right ? 1 : 0;
        result.feedback.push_back({item.options[i].id, is_right, item.options[i].feedback});
    }
    result.share = static_cast<double>(right) / static_cast<double>(item.options.size());
}

}  // namespace

QuizCurve curve_of(const PlotTarget& target, const RunFacts& facts) {
    const Series* y = find_series(facts, target.y);
    const Series* x = target.x.empty() ? nullptr : find_series(facts, target.x);
    QuizCurve curve;
    if (y == nullptr || (!target.x.empty() && x == nullptr)) return curve;
    const size_t n = x == nullptr ? y->values.size() : std::min(x->values.size(), y->values.size());
    for (size_t i = 0; i < n; ++i) {
        if (!std::isfinite(y->values[i])) continue;
        curve.x.push_back(x == nullptr ? static_cast<float>(i + 1) : x->values[i]);
        curve.y.push_back(y->values[i]);
    }
    return curve;
}

std::optional<std::string> filled(const std::string& text, const RunFacts& facts, SayNumber say) {
    std::string words;
    size_t at = 0;
    while (true) {
        const size_t open = text.find('{', at);
        const size_t close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) return words + text.substr(at);
        const auto value = value_of({0, text.substr(open + 1, close - open - 1)}, facts);
        if (!value) return std::nullopt;
        const std::string number = readable(*value);
        words += text.substr(at, open - at) + (say == nullptr ? number : say(number));
        at = close + 1;
    }
}

bool is_ready(const QuizItem& item, const RunFacts& facts) {
    if (!filled(item.text, facts)) return false;
    if (item.kind == QuizItem::Kind::Number) return value_of(item.answer, facts).has_value();
    if (item.kind != QuizItem::Kind::Find) return true;
    return target_index(item.target, curve_of(item.target, facts), facts).has_value();
}

std::vector<size_t> shown_order(const QuizItem& item, uint64_t seed, int64_t n_tries) {
    std::vector<size_t> order(item.options.size());
    std::iota(order.begin(), order.end(), size_t{0});
    const std::vector<size_t> solution = order;
    core::Rng rng = core::Rng(seed).fork("quiz." + item.id + "." + std::to_string(n_tries));
    for (size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[rng.below(static_cast<uint32_t>(i))]);
    if (item.kind == QuizItem::Kind::Order && order == solution && order.size() > 1) {
        std::rotate(order.begin(), order.begin() + 1, order.end());
    }
    return order;
}

bool is_complete(const QuizItem& item, const QuizAnswer& answer) {
    switch (item.kind) {
        case QuizItem::Kind::Choice:
            return answer.chosen.size() == 1;
        case QuizItem::Kind::Multiple:
            return !answer.chosen.empty();
        case QuizItem::Kind::Order:
            return answer.chosen.size() == item.options.size();
        case QuizItem::Kind::Match:
            return answer.chosen.size() == item.options.size() &&
                   std::none_of(answer.chosen.begin(), answer.chosen.end(), [](auto& id) { return id.empty(); });
        case QuizItem::Kind::Number:
        case QuizItem::Kind::Find:
            return answer.number.has_value();
    }
    return false;
}

QuizResult judge(const QuizItem& item, const QuizAnswer& answer, const RunFacts& facts) {
    TERRARIUM_CHECK(is_ready(item, facts) && is_complete(item, answer), "only a complete answer can be judged");
    QuizResult result;
    switch (item.kind) {
        case QuizItem::Kind::Choice:
        case QuizItem::Kind::Multiple:
            judge_options(item, answer, result);
            break;
        case QuizItem::Kind::Order:
            judge_order(item, answer, result);
            break;
        case QuizItem::Kind::Match:
            judge_match(item, answer, result);
            break;
        case QuizItem::Kind::Number: {
            const double truth = *value_of(item.answer, facts);
            result.share = std::abs(*answer.number - truth) <= item.tolerance ? 1 : 0;
            result.truth = readable(truth);
            break;
        }
        case QuizItem::Kind::Find: {
            const QuizCurve curve = curve_of(item.target, facts);
            const auto truth = static_cast<double>(curve.x[*target_index(item.target, curve, facts)]);
            const double width = static_cast<double>(curve.x.back()) - static_cast<double>(curve.x.front());
            result.share = std::abs(*answer.number - truth) <= item.tolerance * width ? 1 : 0;
            result.truth = readable(truth);
            break;
        }
    }
    return result;
}

}  // namespace terrarium::labs
