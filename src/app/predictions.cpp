// What a prediction is, apart from drawing: where it begins, when it is complete, how it is stored.

#include "app/predictions.h"

#include <algorithm>

#include "core/support/rng.h"

namespace terrarium::app {

using Kind = labs::Question::Kind;
using labs::json;

Guess first_guess(const labs::Question& question) {
    Guess guess;
    guess.number = question.start;
    if (question.kind == Kind::Sketch) guess.heights.assign(static_cast<size_t>(question.n_points), question.start);
    if (question.kind == Kind::Order) {
        for (const labs::QuestionOption& option : question.options) guess.order.push_back(option.id);
        core::Rng rng = core::Rng(0).fork("predict." + question.id);
        for (size_t i = guess.order.size(); i > 1; --i) {
            std::swap(guess.order[i - 1], guess.order[rng.below(static_cast<uint32_t>(i))]);
        }
    }
    return guess;
}

bool is_complete(const labs::Question& question, const Guess& guess) {
    const bool is_picked = question.kind == Kind::Choice || question.kind == Kind::Which;
    return !is_picked || !guess.chosen.empty();
}

json answer_of(const labs::Question& question, const Guess& guess) {
    switch (question.kind) {
        case Kind::Choice:
        case Kind::Which:
            return guess.chosen;
        case Kind::Number:
            return guess.number;
        case Kind::Likelihood:
            return guess.number / 100;
        case Kind::Order:
            return guess.order;
        case Kind::Sketch:
            break;
    }
    json points = json::array();
    const auto last = static_cast<double>(guess.heights.size() - 1);
    for (size_t i = 0; i < guess.heights.size(); ++i) {
        points.push_back({question.x_max * static_cast<double>(i) / last, guess.heights[i]});
    }
    return points;
}

double probability_of(const labs::Question& question, const Guess& guess) {
    if (question.kind == Kind::Likelihood) return guess.number / 100;
    return question.asks_certainty ? guess.certainty / 100 : -1;
}

bool restore_guess(const labs::Question& question, const core::io::Prediction& stored, Guess& guess) {
    const json answer = json::parse(stored.answer, nullptr, false);
    const auto is_option = [&](const json& id) {
        return id.is_string() && std::any_of(question.options.begin(), question.options.end(),
                                             [&](const labs::QuestionOption& option) { return option.id == id; });
    };
    if (stored.probability >= 0) guess.certainty = stored.probability * 100;
    switch (question.kind) {
        case Kind::Choice:
        case Kind::Which:
            if (!is_option(answer)) return false;
            guess.chosen = answer.get<std::string>();
            return true;
        case Kind::Number:
        case Kind::Likelihood:
            if (!answer.is_number()) return false;
            guess.number = answer.get<double>() * (question.kind == Kind::Likelihood ? 100 : 1);
            return true;
        case Kind::Order:
            if (!answer.is_array() || answer.size() != question.options.size() ||
                !std::all_of(answer.begin(), answer.end(), is_option)) {
                return false;
            }
            guess.order = answer.get<std::vector<std::string>>();
            return true;
        case Kind::Sketch:
            break;
    }
    if (!answer.is_array() || std::ssize(answer) != question.n_points) return false;
    for (size_t i = 0; i < answer.size(); ++i) {
        const bool is_point = answer[i].is_array() && answer[i].size() == 2 && answer[i][1].is_number();
        if (!is_point) return false;
        guess.heights[i] = answer[i][1].get<double>();
    }
    return true;
}

double quality_of(const labs::Question& question, const Guess& guess, double score) {
    if (question.kind != Kind::Likelihood || score < 0) return score;
    const double miss = guess.number / 100 - score;
    return 1 - miss * miss;
}

}  // namespace terrarium::app
