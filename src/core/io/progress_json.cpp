#include "core/io/progress_json.h"

#include <algorithm>
#include <cmath>

#include "core/io/bytes.h"
#include "core/io/fields.h"

namespace terrarium::core::io {
namespace {

using nlohmann::json;

// What a value may be at most, for writer and reader alike.
constexpr int64_t kMaxCount = 1'000'000'000;
constexpr int64_t kMaxOrder = int64_t{1} << 52;  // exact in every JSON reader
constexpr double kMaxNumber = 1e300;
constexpr int64_t kMaxAnswer = 2000, kMaxSentence = 600, kMaxWord = 100, kMaxCode = 4000;
constexpr int64_t kMaxLabs = 500, kMaxInLab = 200, kMaxInStep = 40;

json count(int64_t value, int64_t max = kMaxCount) { return std::clamp<int64_t>(value, 0, max); }
json share(double value, double min = 0) { return std::isfinite(value) ? std::clamp(value, min, 1.0) : min; }
json number(double value) { return std::isfinite(value) ? std::clamp(value, -kMaxNumber, kMaxNumber) : 0.0; }

/// Valid UTF-8 without zero bytes, and not too long: a text that the door lets in again.
json words(std::string_view text, int64_t max_characters) {
    std::string good;
    int64_t n_characters = 0;
    for (size_t at = 0; at < text.size() && n_characters < max_characters; ++n_characters) {
        const Utf8Step step = decode_utf8(text, at);
        append_utf8(good, step.is_valid && step.code_point != 0 ? step.code_point : 0xFFFDu);
        at += step.n_bytes;
    }
    return good;
}

/// A code that was cut is worthless, so a longer one is not kept.
json code(const std::string& text) {
    return static_cast<int64_t>(text.size()) <= kMaxCode ? words(text, kMaxCode) : json("");
}

template <class Map, class Write>
json map_of(const Map& map, int64_t max, Write write) {
    json out = json::object();
    for (const auto& [id, value] : map) {
        if (is_id(id) && std::ssize(out) < max) out[id] = write(value);
    }
    return out;
}

json write_prediction(const Prediction& it) {
    return {{"answer", words(it.answer, kMaxAnswer)},
            {"probability", share(it.probability, -1)},
            {"score", share(it.score, -1)},
            {"outcome", words(it.outcome, kMaxSentence)}};
}
json write_answered(const AnsweredItem& it) {
    return {{"tries", count(it.tries)}, {"best_share", share(it.best_share)}};
}
json write_lab(const LabProgress& it) {
    return {{"is_opened", it.is_opened},
            {"is_predicted", it.is_predicted},
            {"is_run", it.is_run},
            {"is_passed", it.is_passed},
            {"hints_shown", count(it.hints_shown)},
            {"result_code", code(it.result_code)},
            {"predictions", map_of(it.predictions, kMaxInLab, write_prediction)},
            {"items", map_of(it.items, kMaxInLab, write_answered)}};
}
json write_settings(const Settings& it) {
    json out = {{"revision", count(it.revision)},
                {"theme", words(it.theme, kMaxWord)},
                {"contrast", words(it.contrast, kMaxWord)},
                {"motion", words(it.motion, kMaxWord)},
                {"language", words(it.language, kMaxWord)},
                {"text_scale", std::isfinite(it.text_scale) ? std::clamp(it.text_scale, 0.5, 4.0) : 1.0}};
    if (it.turbo) out["turbo"] = true;  // left out, records of those who never wanted it stay as they were
    return out;
}
json write_item(const PassportItem& it) {
    return {{"name", words(it.name, kMaxWord)},
            {"words", words(it.words, kMaxSentence)},
            {"n_bytes", count(it.n_bytes, kMaxOrder)},
            {"sha256", words(it.sha256, 64)}};
}
json write_metric(const PassportMetric& it) {
    return {{"id", words(it.id, kMaxWord)},
            {"words", words(it.words, kMaxSentence)},
            {"unit", words(it.unit, kMaxWord)},
            {"value", number(it.value)}};
}

template <class List, class Write>
json list_of(const List& list, Write write) {
    json out = json::array();
    for (const auto& value : list) {
        if (std::ssize(out) < kMaxInStep) out.push_back(write(value));
    }
    return out;
}

json write_step(const PassportStep& it) {
    return {
        {"order", count(it.order, kMaxOrder)},
        {"lab", words(it.lab, kMaxWord)},
        {"title", words(it.title, kMaxSentence)},
        {"build_id", words(it.build_id, kMaxWord)},
        {"outcome", words(it.outcome, kMaxWord)},
        {"n_steps", count(it.n_steps)},
        {"config", map_of(it.config, kMaxInStep, [](const std::string& text) { return words(text, kMaxSentence); })},
        {"data", list_of(it.data, write_item)},
        {"artefacts", list_of(it.artefacts, write_item)},
        {"metrics", list_of(it.metrics, write_metric)},
        {"evidence", words(it.evidence, kMaxWord)}};
}

/// Calls read(id, value) for every name of an object whose names are ids.
template <class Read>
void each_named(Fields& fields, std::string_view key, int64_t max, Read read) {
    const std::optional<Item> object = fields.find(key);
    if (!object) return;
    Fields names = object->object();
    if (!object->raw().is_object()) return;
    if (std::ssize(object->raw()) > max) {
        return object->refuse("progress.too_many", Message("There are more than {0} entries.", {grouped(max)}),
                              "This was not written by Terrarium.");
    }
    for (const auto& [id, value] : object->raw().items()) {
        const std::optional<Item> item = names.find(id);
        if (!is_id(id)) {
            item->refuse("progress.id", Message("{0} is not an id.", {in_quotes(id)}),
                         "Ids are made of a-z, 0-9, _ and dots.");
            continue;
        }
        read(id, *item);
    }
}

Prediction read_prediction(const Item& item) {
    Fields it = item.object();
    return {.answer = it.text_or("answer", 0, kMaxAnswer, ""),
            .probability = it.number_in_or("probability", -1, 1, -1),
            .score = it.number_in_or("score", -1, 1, -1),
            .outcome = it.text_or("outcome", 0, kMaxSentence, "")};
}

LabProgress read_lab(const Item& item) {
    Fields it = item.object();
    LabProgress lab;
    lab.is_opened = it.boolean_or("is_opened", false);
    lab.is_predicted = it.boolean_or("is_predicted", false);
    lab.is_run = it.boolean_or("is_run", false);
    lab.is_passed = it.boolean_or("is_passed", false);
    lab.hints_shown = it.int_in_or("hints_shown", 0, kMaxCount, 0);
    lab.result_code = it.text_or("result_code", 0, kMaxCode, "");
    each_named(it, "predictions", kMaxInLab,
               [&](const std::string& id, const Item& value) { lab.predictions[id] = read_prediction(value); });
    each_named(it, "items", kMaxInLab, [&](const std::string& id, const Item& value) {
        Fields answered = value.object();
        lab.items[id] = {.tries = answered.int_in_or("tries", 0, kMaxCount, 0),
                         .best_share = answered.number_in_or("best_share", 0, 1, 0)};
    });
    return lab;
}

Settings read_settings(Fields it) {
    Settings settings;
    settings.revision = it.int_in_or("revision", 0, kMaxCount, 0);
    settings.theme = it.text_or("theme", 0, kMaxWord, settings.theme);
    settings.contrast = it.text_or("contrast", 0, kMaxWord, settings.contrast);
    settings.motion = it.text_or("motion", 0, kMaxWord, settings.motion);
    settings.language = it.text_or("language", 0, kMaxWord, "");
    settings.text_scale = it.number_in_or("text_scale", 0.5, 4, 1);
    settings.turbo = it.boolean_or("turbo", false);
    return settings;
}

PassportItem read_item(const Item& item) {
    Fields it = item.object();
    return {.name = it.text_or("name", 0, kMaxWord, ""),
            .words = it.text_or("words", 0, kMaxSentence, ""),
            .n_bytes = it.int_in_or("n_bytes", 0, kMaxOrder, 0),
            .sha256 = it.text_or("sha256", 0, 64, "")};
}

PassportStep read_step(const Item& item) {
    Fields it = item.object();
    PassportStep step;
    step.order = it.int_in_or("order", 0, kMaxOrder, 0);
    step.lab = it.text_or("lab", 0, kMaxWord, "");
    step.title = it.text_or("title", 0, kMaxSentence, "");
    step.build_id = it.text_or("build_id", 0, kMaxWord, "");
    step.outcome = it.text_or("outcome", 0, kMaxWord, "");
    step.n_steps = it.int_in_or("n_steps", 0, kMaxCount, 0);
    each_named(it, "config", kMaxInStep,
               [&](const std::string& id, const Item& value) { step.config[id] = value.text(0, kMaxSentence); });
    it.list_or_none("data", 0, kMaxInStep, [&](const Item& value) { step.data.push_back(read_item(value)); });
    it.list_or_none("artefacts", 0, kMaxInStep, [&](const Item& value) { step.artefacts.push_back(read_item(value)); });
    it.list_or_none("metrics", 0, kMaxInStep, [&](const Item& value) {
        Fields metric = value.object();
        step.metrics.push_back({.id = metric.text_or("id", 0, kMaxWord, ""),
                                .words = metric.text_or("words", 0, kMaxSentence, ""),
                                .unit = metric.text_or("unit", 0, kMaxWord, ""),
                                .value = metric.number_in_or("value", -kMaxNumber, kMaxNumber, 0)});
    });
    step.evidence = it.text_or("evidence", 0, kMaxWord, "");
    return step;
}

}  // namespace

json progress_to_json(const Progress& progress) {
    const size_t n_old = progress.passport.size() - std::min(progress.passport.size(), kMaxPassportSteps);
    json passport = json::array();
    for (size_t i = n_old; i < progress.passport.size(); ++i) passport.push_back(write_step(progress.passport[i]));
    return {{"labs", map_of(progress.labs, kMaxLabs, write_lab)},
            {"settings", write_settings(progress.settings)},
            {"passport", std::move(passport)}};
}

Result<Progress> progress_from_json(const json& tree, std::string_view file_name) {
    FieldReport report{std::string(file_name)};
    Fields fields(tree, report);
    Progress progress;
    each_named(fields, "labs", kMaxLabs,
               [&](const std::string& id, const Item& value) { progress.labs[id] = read_lab(value); });
    if (fields.find("settings")) progress.settings = read_settings(fields.object("settings"));
    fields.list_or_none("passport", 0, static_cast<int64_t>(kMaxPassportSteps),
                        [&](const Item& value) { progress.passport.push_back(read_step(value)); });
    if (!report.ok()) return report.error();
    return progress;
}

ProgressMigrations progress_migrations() { return {}; }

json migrate_progress(json tree, int64_t from, ProgressMigrations migrations) {
    TERRARIUM_CHECK(from >= 1 && from <= migrations.count + 1, "No migration begins at this version.");
    for (int64_t version = from; version <= migrations.count; ++version) {
        tree = migrations.steps[version - 1](std::move(tree));
    }
    return tree;
}

}  // namespace terrarium::core::io
