#include "core/io/progress_merge.h"

#include <algorithm>
#include <tuple>

#include "core/io/progress_json.h"

namespace terrarium::core::io {
namespace {

/// A known score counts more than an unknown one, a better one more than a worse one; the rest only decides ties.
Prediction merge_one(const Prediction& a, const Prediction& b) {
    const auto order = [](const Prediction& it) { return std::tie(it.score, it.outcome, it.probability, it.answer); };
    return order(a) < order(b) ? b : a;
}

AnsweredItem merge_one(const AnsweredItem& a, const AnsweredItem& b) {
    return {.tries = std::max(a.tries, b.tries), .best_share = std::max(a.best_share, b.best_share)};
}

template <class Value>
std::map<std::string, Value> merge_maps(const std::map<std::string, Value>& a, const std::map<std::string, Value>& b);

LabProgress merge_one(const LabProgress& a, const LabProgress& b) {
    return {.is_opened = a.is_opened || b.is_opened,
            .is_predicted = a.is_predicted || b.is_predicted,
            .is_run = a.is_run || b.is_run,
            .is_passed = a.is_passed || b.is_passed,
            .hints_shown = std::max(a.hints_shown, b.hints_shown),
            .result_code = std::max(a.result_code, b.result_code),
            .predictions = merge_maps(a.predictions, b.predictions),
            .items = merge_maps(a.items, b.items)};
}

template <class Value>
std::map<std::string, Value> merge_maps(const std::map<std::string, Value>& a, const std::map<std::string, Value>& b) {
    std::map<std::string, Value> out = a;
    for (const auto& [id, value] : b) {
        const auto [place, is_new] = out.try_emplace(id, value);
        if (!is_new) place->second = merge_one(place->second, value);
    }
    return out;
}

Settings merge_one(const Settings& a, const Settings& b) {
    const auto order = [](const Settings& it) {
        return std::tie(it.revision, it.theme, it.contrast, it.motion, it.language, it.text_scale, it.turbo);
    };
    return order(a) < order(b) ? b : a;
}

/// Ordered by `order`, then by everything else; equal steps are one step.
std::vector<PassportStep> merge_passports(const std::vector<PassportStep>& a, const std::vector<PassportStep>& b) {
    std::map<std::pair<int64_t, std::string>, const PassportStep*> all;
    for (const auto* list : {&a, &b}) {
        for (const PassportStep& step : *list) {
            const Progress alone{.labs = {}, .settings = {}, .passport = {step}};
            all.try_emplace({step.order, progress_to_json(alone)["passport"].dump()}, &step);
        }
    }
    std::vector<PassportStep> out;
    for (const auto& [order, step] : all) out.push_back(*step);
    if (out.size() > kMaxPassportSteps) out.erase(out.begin(), out.end() - static_cast<int64_t>(kMaxPassportSteps));
    return out;
}

}  // namespace

Progress merge(const Progress& a, const Progress& b) {
    return {.labs = merge_maps(a.labs, b.labs),
            .settings = merge_one(a.settings, b.settings),
            .passport = merge_passports(a.passport, b.passport)};
}

bool Additions::any() const {
    return labs_begun + labs_passed + predictions + answers + passport_steps > 0 || settings;
}

Additions additions(const Progress& mine, const Progress& other) {
    const Progress both = merge(mine, other);
    Additions out;
    const LabProgress nothing;
    for (const auto& [id, lab] : both.labs) {
        const auto found = mine.labs.find(id);
        const LabProgress& before = found == mine.labs.end() ? nothing : found->second;
        out.labs_begun += found == mine.labs.end() ? 1 : 0;
        out.labs_passed += lab.is_passed && !before.is_passed ? 1 : 0;
        for (const auto& [question, prediction] : lab.predictions) {
            const auto known = before.predictions.find(question);
            out.predictions += known == before.predictions.end() || !(known->second == prediction) ? 1 : 0;
        }
        for (const auto& [item, answered] : lab.items) {
            const auto known = before.items.find(item);
            out.answers += known == before.items.end() || !(known->second == answered) ? 1 : 0;
        }
    }
    for (const PassportStep& step : both.passport) {
        const auto& known = mine.passport;
        out.passport_steps += std::find(known.begin(), known.end(), step) == known.end() ? 1 : 0;
    }
    out.settings = !(both.settings == mine.settings);
    return out;
}

}  // namespace terrarium::core::io
