// The walk from token to logits: what is computed at one position of the learner's sentence, step by step.

#include <algorithm>
#include <cmath>
#include <cstring>

#include "labs/m2_pretraining/inside_attention/view.h"
#include "labs/parts/plots.h"
#include "labs/parts/token_words.h"
#include "ui/messages.h"

namespace terrarium::labs::inside_attention {

using ui::number;
using ui::tr;

namespace {

std::vector<float> floats_of(const json& list) { return list.get<std::vector<float>>(); }

std::vector<Inside::Guess> guesses_of(const json& list) {
    std::vector<Inside::Guess> guesses;
    for (const json& guess : list) guesses.push_back({guess.at("token"), guess.at("score"), guess.at("p")});
    return guesses;
}

Inside::Layer layer_of(const json& from) {
    Inside::Layer layer;
    for (const auto& [name, values] :
         std::initializer_list<std::pair<const char*, std::vector<float>*>>{{"input", &layer.input},
                                                                            {"norm1", &layer.norm1},
                                                                            {"query", &layer.query},
                                                                            {"key", &layer.key},
                                                                            {"value", &layer.value},
                                                                            {"mixed", &layer.mixed},
                                                                            {"middle", &layer.middle},
                                                                            {"norm2", &layer.norm2},
                                                                            {"hidden", &layer.hidden},
                                                                            {"bent", &layer.bent},
                                                                            {"output", &layer.output}})
        *values = floats_of(from.at(name));
    for (const json& row : from.at("scores")) layer.scores.push_back(floats_of(row));
    for (const json& row : from.at("weights")) layer.weights.push_back(floats_of(row));
    const auto& bytes = from.at("map").get_binary();
    layer.map.resize(bytes.size() / sizeof(float));
    if (!layer.map.empty()) std::memcpy(layer.map.data(), bytes.data(), layer.map.size() * sizeof(float));
    return layer;
}

/// The numbers of one head inside those of all.
std::vector<float> part_of(const std::vector<float>& all, int head) {
    constexpr int D = kWidth / kHeads;
    return {all.begin() + head * D, all.begin() + (head + 1) * D};
}

}  // namespace

void View::draw_walk(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    ui::heading("walk.title", 2, tr("From token to prediction"));
    if (snapshot.status == Status::Idle) {
        ui::paragraph("walk.none", tr("Start training, and look inside while the model learns."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    ui::text_field("sentence", tr("A sentence to look at"), sentence_, {.max_length = 200, .is_mono = true});
    const std::string wanted = sentence_ + "|" + std::to_string(position_) + "|" + std::to_string(off_) + "|" +
                               std::to_string(snapshot.step) + (snapshot.is_open ? "." : "");
    if (run.problem.empty() && !sentence_.empty() && wanted != asked_for_) {
        asked_for_ = wanted;
        json question = {{"kind", "inside"}, {"text", sentence_}, {"off", off_}};
        if (position_ >= 0) question["position"] = position_;
        out.push_back(Ask{"inside", question});
    }
    if (inside_.tokens.empty()) return;
    draw_sentence(out);
    ui::tabs(
        "place", tr("Where to look"),
        {{"in", tr("Way in")}, {"1", tr("Layer {0}", {"1"})}, {"2", tr("Layer {0}", {"2"})}, {"out", tr("Way out")}},
        place_);
    if (place_ == "in")
        draw_entrance(out);
    else if (place_ == "out")
        draw_exit(out);
    else
        draw_layer(place_ == "1" ? 0 : 1, out);
}

void View::draw_sentence(Intents&) {
    if (!inside_.note.empty()) ui::note("walk.note", tr(inside_.note), ui::Ink::Muted);
    std::vector<ui::TokenChip> chips;
    for (const std::string& token : inside_.tokens) chips.push_back({shown_token(token), 0, named_token(token)});
    const int chosen =
        ui::tokens("tokens", tr("Tokens of the sentence; choose the one to follow"), chips, inside_.position);
    if (chosen >= 0) position_ = chosen;
    if (inside_.tokens.size() < 2) return;
    const std::string words =
        inside_.off == 0 ? tr("Mean surprise at this sentence: {0} nats per token.", {number(inside_.surprise, 2)})
                         : tr("Mean surprise at this sentence: {0} nats per token, {1} with everything on.",
                              {number(inside_.surprise, 2), number(inside_.whole_surprise, 2)});
    ui::paragraph("walk.surprise", words, ui::Ink::Muted, ui::Type::Small);
}

std::vector<std::string> View::seen_tokens() const {
    std::vector<std::string> seen;
    for (int i = 0; i <= inside_.position && i < std::ssize(inside_.tokens); ++i)
        seen.push_back(std::to_string(i + 1) + " " + shown_token(inside_.tokens[static_cast<size_t>(i)]));
    return seen;
}

bool View::draw_steps(const std::vector<std::string>& titles) {
    return ui::steps("walk." + place_, tr("Steps"), titles, step_[place_], static_cast<int>(titles.size()) - 1);
}

void View::draw_bars(const Bars& bars, Intents& out) {
    ui::BarPlot plot{.title = bars.title,
                     .x_name = bars.categories.empty() ? tr("place") : tr("token"),
                     .y_name = tr("value"),
                     .summary = {},
                     .categories = bars.categories,
                     .series = {},
                     .y_min = 0,
                     .y_max = 0,
                     .is_log_y = false,
                     .height = 190};
    size_t n = 0;
    for (size_t i = 0; i < bars.series.size(); ++i) {
        const std::vector<float>& values = *bars.series[i];
        plot.series.push_back({bars.names[i], values, static_cast<int>(i)});
        n = std::max(n, values.size());
        for (const float value : values) {
            if (!std::isfinite(value)) continue;
            plot.y_min = std::min(plot.y_min, static_cast<double>(value));
            plot.y_max = std::max(plot.y_max, static_cast<double>(value));
        }
    }
    plot.summary =
        tr("{0} numbers, from {1} to {2}.", {std::to_string(n), number(plot.y_min, 2), number(plot.y_max, 2)});
    if (bars.categories.empty())
        for (size_t i = 1; i <= n; ++i) plot.categories.push_back(std::to_string(i));
    const double room = std::max(0.05, 0.08 * (plot.y_max - plot.y_min));
    plot.y_max += room;
    if (plot.y_min < 0) plot.y_min -= room;
    save_plot(ui::bar_plot("values", plot, values_plot_), "inside", plot, out);
}

void View::draw_entrance(Intents& out) {
    draw_steps({tr("the row of the token"), tr("the row of the position"), tr("their sum")});
    const std::string token = named_token(inside_.tokens[static_cast<size_t>(inside_.position)]);
    const std::string id = std::to_string(inside_.id), place = std::to_string(inside_.position + 1);
    switch (step_["in"]) {
        case 0:
            ui::paragraph("walk.about",
                          tr("The token **{0}** has the number {1}. The model looks up row {1} of its token table: {2} "
                             "learned numbers.",
                             {token, id, std::to_string(kWidth)}));
            draw_bars({tr("Embedding of the token"), {tr("token row")}, {&inside_.token_row}, {}}, out);
            return;
        case 1:
            ui::paragraph(
                "walk.about",
                tr("It stands at position {0}. A second table has a row for each position. With positions off "
                   "these are zeros.",
                   {place}));
            draw_bars({tr("Embedding of the position"), {tr("position row")}, {&inside_.position_row}, {}}, out);
            return;
        default:
            ui::paragraph("walk.about",
                          tr("Both rows are added, number by number. This sum is the [[residual_stream|residual "
                             "stream]]: every layer reads it and adds to it."));
            draw_bars({tr("Residual stream at the start"), {tr("stream")}, {&inside_.layers.front().input}, {}}, out);
    }
}

void View::draw_layer(int layer, Intents& out) {
    const Inside::Layer& a = inside_.layers[static_cast<size_t>(layer)];
    draw_steps({tr("norm"), tr("query, key and value"), tr("scores"), tr("softmax"), tr("mixed values"),
                tr("added to the stream"), tr("norm again"), tr("MLP, first half"), tr("MLP, the bend"),
                tr("added to the stream")});
    const int step = step_[place_];
    if (step >= 1 && step <= 3) return draw_head_step(a, layer, step, out);
    switch (step) {
        case 0:
            ui::paragraph("walk.about",
                          tr("The norm brings the numbers to mean 0 and a common size, then scales each by "
                             "a learned number. With the norm off they pass as they are."));
            draw_bars({tr("Before and after the norm"), {tr("stream"), tr("normalised")}, {&a.input, &a.norm1}, {}},
                      out);
            return;
        case 4:
            ui::paragraph("walk.about", tr("Each head adds up the values it looked at, weighted by its shares. The {0} "
                                           "heads lie side by side, {1} numbers each; of a head that is off, zeros.",
                                           {std::to_string(kHeads), std::to_string(kWidth / kHeads)}));
            draw_bars({tr("What the heads gathered"), {tr("mixed")}, {&a.mixed}, {}}, out);
            return;
        case 5:
            ui::paragraph("walk.about", tr("One more learned sum, and the result is added to the stream. Nothing that "
                                           "was there is lost."));
            draw_bars({tr("Stream before and after attention"), {tr("before"), tr("after")}, {&a.input, &a.middle}, {}},
                      out);
            return;
        case 6:
            ui::paragraph("walk.about", tr("A second norm prepares the numbers for the MLP."));
            draw_bars({tr("Before and after the norm"), {tr("stream"), tr("normalised")}, {&a.middle, &a.norm2}, {}},
                      out);
            return;
        case 7:
            ui::paragraph("walk.about", tr("The MLP works on this position alone. It forms {0} learned sums.",
                                           {std::to_string(4 * kWidth)}));
            draw_bars({tr("Hidden numbers of the MLP"), {tr("before the bend")}, {&a.hidden}, {}}, out);
            return;
        case 8:
            ui::paragraph("walk.about", tr("GELU bends them: large numbers pass, negative ones are almost stopped. "
                                           "Without a bend, two sums in a row would be one sum."));
            draw_bars({tr("Hidden numbers of the MLP"), {tr("after the bend")}, {&a.bent}, {}}, out);
            return;
        default:
            ui::paragraph("walk.about", tr("A last learned sum brings them back to {0} numbers, and these are added. "
                                           "With the MLP off, nothing is.",
                                           {std::to_string(kWidth)}));
            draw_bars({tr("Stream before and after the MLP"), {tr("before"), tr("after")}, {&a.middle, &a.output}, {}},
                      out);
    }
}

void View::draw_head_step(const Inside::Layer& a, int index, int step, Intents& out) {
    std::vector<ui::Option> heads;
    for (int i = 0; i < kHeads; ++i) heads.push_back({std::to_string(i), tr("Head {0}", {std::to_string(i + 1)})});
    std::string head = std::to_string(head_);
    if (ui::choice("head", tr("Head"), heads, head)) head_ = std::stoi(head);
    const auto at = static_cast<size_t>(head_);
    const std::string name = std::to_string(index + 1) + "." + std::to_string(head_ + 1);
    if (step == 1) {
        ui::paragraph("walk.about",
                      tr("Three learned sums: a query asks, a key is what a token offers to be found by, a "
                         "value is what it hands over. Head {0} has {1} numbers of each.",
                         {name, std::to_string(kWidth / kHeads)}));
        const std::vector<float> query = part_of(a.query, head_), key = part_of(a.key, head_),
                                 value = part_of(a.value, head_);
        draw_bars({tr("Query, key and value of head {0}", {name}),
                   {tr("query"), tr("key"), tr("value")},
                   {&query, &key, &value},
                   {}},
                  out);
        return;
    }
    if (step == 2) {
        ui::paragraph("walk.about", tr("The query of this token times the key of each token up to here, divided by the "
                                       "root of {0}. Later tokens are closed.",
                                       {std::to_string(kWidth / kHeads)}));
        draw_bars({tr("Scores of head {0}", {name}), {tr("score")}, {&a.scores[at]}, seen_tokens()}, out);
        return;
    }
    ui::paragraph("walk.about",
                  tr("Softmax turns the scores into shares that add up to 100 %. The map shows the same for "
                     "every token of the sentence."));
    draw_bars({tr("Attention of head {0}", {name}), {tr("share")}, {&a.weights[at]}, seen_tokens()}, out);
    const size_t square = inside_.tokens.size() * inside_.tokens.size();
    std::vector<std::string> labels;
    for (const std::string& token : inside_.tokens) labels.push_back(shown_token(token));
    const ui::HeatMap map{.title = tr("Attention of head {0}", {name}),
                          .summary = tr("Rows are the token from which the model looks, columns what it looks at; the "
                                        "stronger the colour, the more."),
                          .rows = labels,
                          .columns = labels,
                          .values = std::span(a.map).subspan(at * square, square),
                          .is_causal = true};
    map_plot_.cursor = inside_.position;
    save_plot(ui::heat_map("attention", map, map_plot_), "attention", map, out);
    if (map_plot_.cursor >= 0) position_ = map_plot_.cursor;
}

void View::draw_exit(Intents& out) {
    draw_steps({tr("final norm"), tr("scores of all tokens"), tr("probabilities")});
    switch (step_["out"]) {
        case 0:
            ui::paragraph("walk.about", tr("The last norm. These {0} numbers are all that the model knows here about "
                                           "what comes next.",
                                           {std::to_string(kWidth)}));
            draw_bars({tr("After the final norm"), {tr("normalised")}, {&inside_.final_norm}, {}}, out);
            return;
        case 1:
            ui::paragraph("walk.about",
                          tr("They are multiplied with every row of the token table, the same table as at "
                             "the way in: one score, or [[logits|logit]], for each of {0} tokens.",
                             {std::to_string(inside_.logits.size())}));
            draw_bars({tr("Logits"), {tr("logit")}, {&inside_.logits}, {}}, out);
            return;
        default:
            ui::paragraph("walk.about", tr("Softmax makes probabilities of them. The ten likeliest tokens:"));
            draw_guesses();
    }
}

void View::draw_guesses() {
    std::vector<std::vector<std::string>> rows;
    for (size_t i = 0; i < inside_.guesses.size(); ++i) {
        const Inside::Guess& guess = inside_.guesses[i];
        rows.push_back(
            {named_token(guess.token), number(static_cast<double>(guess.score), 2), whole_percent(guess.probability)});
        if (inside_.off != 0 && i < inside_.whole_guesses.size()) {
            const Inside::Guess& whole = inside_.whole_guesses[i];
            rows.back().push_back(named_token(whole.token) + " " + whole_percent(whole.probability));
        }
    }
    std::vector<std::string> columns = {tr("token"), tr("logit"), tr("probability")};
    if (inside_.off != 0) columns.push_back(tr("with everything on"));
    ui::table("guesses", tr("What may come next"), columns, rows);
}

void View::receive_answer(const std::string& kind, const json& answer) {
    if (kind != "inside" || !answer.contains("tokens")) return;
    Inside fresh;
    fresh.off = answer.at("off");
    fresh.id = answer.at("id");
    fresh.position = answer.at("position");
    fresh.note = answer.value("note", Message());
    fresh.tokens = answer.at("tokens").get<std::vector<std::string>>();
    fresh.token_row = floats_of(answer.at("token_row"));
    fresh.position_row = floats_of(answer.at("position_row"));
    fresh.final_norm = floats_of(answer.at("final_norm"));
    fresh.logits = floats_of(answer.at("logits"));
    for (const json& layer : answer.at("layers")) fresh.layers.push_back(layer_of(layer));
    fresh.guesses = guesses_of(answer.at("guesses"));
    fresh.whole_guesses = guesses_of(answer.at("whole_guesses"));
    fresh.surprise = answer.at("surprise");
    fresh.whole_surprise = answer.at("whole_surprise");
    inside_ = std::move(fresh);
    if (position_ >= std::ssize(inside_.tokens)) position_ = -1;
}

}  // namespace terrarium::labs::inside_attention
