#include "labs/cards.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/io/bytes.h"
#include "core/io/number_text.h"

namespace terrarium::labs {
namespace {

using core::io::PassportItem;
using core::io::PassportMetric;
using core::io::PassportStep;

/// Whole numbers in groups, others with four digits that count.
std::string number_words(double value) {
    if (value == std::floor(value) && std::abs(value) < 1e15) return core::io::grouped(static_cast<int64_t>(value));
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return text;
}

CardRow text_row(std::string id, std::string name, std::string value) {
    if (value.empty()) return {std::move(id), std::move(name), "Not recorded", {}, {}, false};
    return {std::move(id), std::move(name), std::move(value), {}, {}, true};
}

CardRow number_row(std::string id, std::string name, double value, std::string unit = {}) {
    return {std::move(id), std::move(name), number_words(value), value, std::move(unit), true};
}

CardRow metric_row(const PassportMetric& metric) {
    return number_row(metric.id, metric.words.empty() ? metric.id : metric.words, metric.value, metric.unit);
}

CardRow not_measured(std::string id, std::string name) {
    return {std::move(id), std::move(name), "Not measured", {}, {}, false};
}

const PassportMetric* find(const PassportStep& step, std::string_view id) {
    const auto found =
        std::find_if(step.metrics.begin(), step.metrics.end(), [&](const PassportMetric& it) { return it.id == id; });
    return found == step.metrics.end() ? nullptr : &*found;
}

CardRow metric_or_not(const PassportStep& step, const std::string& id, std::string name) {
    const PassportMetric* metric = find(step, id);
    if (metric == nullptr) return not_measured(id, std::move(name));
    return number_row(id, std::move(name), metric->value, metric->unit);
}

std::string outcome_words(const std::string& outcome) {
    if (outcome == "done") return "Ran to its end";
    if (outcome == "stopped") return "Stopped by hand";
    if (outcome == "diverged") return "Diverged: the loss stopped being a number";
    return outcome;
}

/// "\"char\"" -> "char": what was a text in the settings is shown without its quotation marks.
std::string plain(const std::string& json_text) {
    const json value = json::parse(json_text, nullptr, false);
    return value.is_string() ? value.get<std::string>() : json_text;
}

std::string item_name(const PassportItem& item) { return item.words.empty() ? item.name : item.words; }

/// Two items are one thing when their bytes are; without a fingerprint, when their names are.
bool is_same(const PassportItem& a, const PassportItem& b) {
    return a.sha256 == b.sha256 && (!a.sha256.empty() || a.name == b.name);
}

CardSection data_section(const PassportItem& item, const std::vector<PassportStep>& passport, size_t index) {
    std::string steps;
    const PassportStep* last = nullptr;
    for (const PassportStep& step : passport) {
        const bool reads = std::any_of(step.data.begin(), step.data.end(),
                                       [&](const PassportItem& other) { return is_same(item, other); });
        if (!reads) continue;
        steps += (steps.empty() ? "" : ", ") + std::to_string(step.order);
        last = &step;
    }
    CardSection section{.id = "data." + std::to_string(index), .title = item_name(item), .text = {}, .rows = {}};
    section.rows.push_back(text_row("name", "Name in the settings", item.name));
    section.rows.push_back(number_row("n_bytes", "Size", static_cast<double>(item.n_bytes), core::tr_later("bytes")));
    section.rows.push_back(text_row("sha256", "SHA-256", item.sha256));
    section.rows.push_back(text_row("steps", "Used in steps of the passport", steps));
    if (last != nullptr && last->data.size() == 1) {
        for (const char* id : {"n_train_tokens", "n_valid_tokens", "vocab_size", "other_fraction"}) {
            if (const PassportMetric* metric = find(*last, id)) section.rows.push_back(metric_row(*metric));
        }
    }
    const bool is_own = item.name.starts_with("artefact:");
    section.rows.push_back(text_row("origin", "Where it comes from",
                                    is_own                             ? "The learner's own text"
                                    : item.name.starts_with("corpus:") ? "Comes with Terrarium"
                                                                       : ""));
    return section;
}

Card without_steps(Card card) {
    card.sections.push_back({.id = "none", .title = "Nothing yet", .text = "No run has ended yet.", .rows = {}});
    return card;
}

/// For Markdown tables: marks lose their meaning, lines become spaces.
std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        if (c == '\n' || c == '\r') {
            out += ' ';
            continue;
        }
        if (std::string_view("\\`*_[]<>|#~").find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string name_of(const CardRow& row) { return core::filled(row.name, std::vector{row.name_value}); }

std::string with_unit(const CardRow& row) { return row.unit.empty() ? row.value : row.value + " " + row.unit; }

}  // namespace

Card data_card(const std::vector<PassportStep>& passport) {
    Card card{
        .id = "data_card", .title = "Data card", .about = "What the model read while it was trained.", .sections = {}};
    if (passport.empty()) return without_steps(std::move(card));
    std::vector<PassportItem> items;
    for (auto step = passport.rbegin(); step != passport.rend(); ++step) {
        for (const PassportItem& item : step->data) {
            const bool is_known = std::any_of(items.begin(), items.end(),
                                              [&](const PassportItem& other) { return is_same(item, other); });
            if (!is_known) items.push_back(item);
        }
    }
    for (size_t i = 0; i < items.size(); ++i) card.sections.push_back(data_section(items[i], passport, i));
    card.sections.push_back({.id = "unknown",
                             .title = "What is not known",
                             .text = "A data card says what nobody looked at, too.",
                             .rows = {not_measured("personal", "Personal data in the texts"),
                                      not_measured("bias", "Who and what the texts leave out"),
                                      not_measured("duplicates", "Repeated passages")}});
    return card;
}

Card model_card(const std::vector<PassportStep>& passport) {
    Card card{
        .id = "model_card", .title = "Model card", .about = "What the model is and how it was made.", .sections = {}};
    if (passport.empty()) return without_steps(std::move(card));
    const PassportStep& last = passport.back();
    std::string data;
    for (const PassportItem& item : last.data) data += (data.empty() ? "" : ", ") + item_name(item);
    card.sections.push_back({.id = "model",
                             .title = "The model",
                             .text = {},
                             .rows = {text_row("title", "Made in", last.title.empty() ? last.lab : last.title),
                                      text_row("lab", "Lab", last.lab), text_row("data", "Trained on", data),
                                      text_row("outcome", "How the run ended", outcome_words(last.outcome)),
                                      number_row("n_steps", "Training steps", static_cast<double>(last.n_steps)),
                                      metric_or_not(last, "n_parameters", "Parameters"),
                                      metric_or_not(last, "tokens_seen", "Tokens read in training"),
                                      metric_or_not(last, "valid_loss_nats", "Validation loss")}});
    CardSection settings{.id = "settings", .title = "Settings", .text = {}, .rows = {}};
    for (const auto& [name, value] : last.config) settings.rows.push_back(text_row(name, name, plain(value)));
    card.sections.push_back(std::move(settings));
    if (!last.artefacts.empty()) {
        CardSection made{.id = "artefacts", .title = "What it left behind", .text = {}, .rows = {}};
        for (const PassportItem& item : last.artefacts) {
            made.rows.push_back(text_row(item.name, item_name(item), item.sha256));
        }
        card.sections.push_back(std::move(made));
    }
    card.sections.push_back(
        {.id = "use",
         .title = "Use and limits",
         .text = "Made to learn from. It continues text of the kind it was trained on and knows nothing else; what it "
                 "writes is not checked for truth.",
         .rows = {not_measured("safety", "Harmful output"), not_measured("facts", "Truth of what it writes")}});
    card.sections.push_back({.id = "repeat",
                             .title = "To repeat it",
                             .text = "The same version with the same settings and data gives the same curve.",
                             .rows = {text_row("build_id", "Version of Terrarium", last.build_id),
                                      text_row("evidence", "Fingerprint of the loss curve", last.evidence)}});
    return card;
}

Card evaluation_card(const std::vector<PassportStep>& passport) {
    Card card{.id = "evaluation_card",
              .title = "Evaluation card",
              .about = "What was measured on the model, and what was not.",
              .sections = {}};
    if (passport.empty()) return without_steps(std::move(card));
    const PassportStep& last = passport.back();
    CardSection measured{.id = "measured",
                         .title = "Measured",
                         .text = "The validation part of the text is never trained on.",
                         .rows = {metric_or_not(last, "valid_loss_nats", "Validation loss")}};
    for (const PassportMetric& metric : last.metrics) {
        if (metric.id != "valid_loss_nats") measured.rows.push_back(metric_row(metric));
    }
    card.sections.push_back(std::move(measured));

    CardSection baseline{.id = "baseline", .title = "Against the baseline", .text = {}, .rows = {}};
    const PassportMetric* valid = find(last, "valid_loss_nats");
    const PassportMetric* bigram = find(last, "bigram_nats");
    if (valid != nullptr && bigram != nullptr) {
        baseline.rows.push_back(
            number_row("below_bigram", "Below the bigram baseline", bigram->value - valid->value, "nats per token"));
    } else {
        baseline.rows.push_back(not_measured("below_bigram", "Below the bigram baseline"));
    }
    card.sections.push_back(std::move(baseline));

    CardSection runs{.id = "runs", .title = "Validation loss, run by run", .text = {}, .rows = {}};
    for (const PassportStep& step : passport) {
        const std::string number = std::to_string(step.order);
        runs.rows.push_back(metric_or_not(step, "valid_loss_nats", "Step {0}"));
        runs.rows.back().name_value = number;
        runs.rows.back().id = "step." + number;
    }
    card.sections.push_back(std::move(runs));
    card.sections.push_back(
        {.id = "unknown",
         .title = "Not measured",
         .text = {},
         .rows = {not_measured("other_texts", "Other kinds of text"),
                  not_measured("spread", "Spread over several seeds"), not_measured("people", "Judgement by people")}});
    return card;
}

std::string to_markdown(const Card& card) {
    std::string out = "# " + escaped(card.title) + "\n\n" + escaped(card.about) + "\n";
    for (const CardSection& section : card.sections) {
        out += "\n## " + escaped(section.title) + "\n";
        if (!section.text.empty()) out += "\n" + escaped(section.text) + "\n";
        if (section.rows.empty()) continue;
        out += "\n| What | Value |\n| --- | --- |\n";
        for (const CardRow& row : section.rows) {
            const std::string value = escaped(with_unit(row));
            out += "| " + escaped(name_of(row)) + " | " + (row.is_known ? value : "*" + value + "*") + " |\n";
        }
    }
    return out;
}

json to_json(const Card& card) {
    json sections = json::array();
    for (const CardSection& section : card.sections) {
        json rows = json::array();
        for (const CardRow& row : section.rows) {
            json one = {{"id", row.id}, {"name", name_of(row)}, {"is_known", row.is_known}};
            one["value"] = !row.is_known ? json() : row.number ? json(*row.number) : json(row.value);
            if (!row.unit.empty()) one["unit"] = row.unit;
            rows.push_back(std::move(one));
        }
        sections.push_back(
            {{"id", section.id}, {"title", section.title}, {"text", section.text}, {"rows", std::move(rows)}});
    }
    return {{"format", "terrarium-card"}, {"schema", 1},         {"id", card.id},
            {"title", card.title},        {"about", card.about}, {"sections", std::move(sections)}};
}

}  // namespace terrarium::labs
