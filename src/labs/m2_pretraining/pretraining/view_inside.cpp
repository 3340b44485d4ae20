// Looking inside the model: what it writes, where its heads look, what it expects next.

#include <algorithm>
#include <cstring>

#include "labs/m2_pretraining/pretraining/view.h"
#include "labs/parts/plots.h"
#include "labs/parts/settings.h"
#include "labs/parts/token_words.h"
#include "ui/messages.h"

namespace terrarium::labs::pretraining {

using ui::grouped;
using ui::tr;

namespace {

std::string head_name(int layer, int head) { return std::to_string(layer + 1) + "." + std::to_string(head + 1); }

}  // namespace

void View::draw_writing(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    const bool is_masked = snapshot.config.objective == "masked";
    ui::heading("writing.title", 2, is_masked ? tr("What it fills in") : tr("What it writes"));
    if (snapshot.samples.empty()) {
        ui::paragraph("writing.none", tr("Its first words appear as soon as training starts."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    for (size_t i = snapshot.samples.size(); i-- > 0;) {
        const Sample& sample = snapshot.samples[i];
        const std::string key = "sample." + std::to_string(snapshot.samples.size() - 1 - i);
        ui::sample(key, tr("step {0}", {grouped(sample.step)}), sample.text);
    }
    if (is_masked) {
        ui::paragraph(
            "writing.gaps",
            tr("Pieces of the validation text. What was hidden stands in brackets: [e] was guessed right, "
               "[a≠e] means that it guessed a and e stood there. This model fills gaps; it never learned to go "
               "on with a text."),
            ui::Ink::Muted, ui::Type::Small);
        return;
    }
    const bool may_ask = run.problem.empty() && snapshot.status != Status::Idle;
    ui::text_field("prompt", tr("Begin a text, and the model goes on"), prompt_,
                   {.max_length = 400, .placeholder = "The "});
    const auto temperature = [&] {
        ui::slider("temperature", tr("Temperature"), {.min = 0, .max = 2, .step = 0.1}, temperature_);
    };
    const auto top_k = [&] { ui::slider("top_k", tr("Top-k (0: all)"), {.min = 0, .max = 50, .step = 1}, top_k_); };
    side_by_side(420, {temperature, top_k}, {}, 20);
    if (ui::button("write", tr("Write on"), ui::Button::Plain, may_ask && !is_writing_)) {
        is_writing_ = true;
        out.push_back(Ask{"write",
                          {{"kind", "write"},
                           {"prompt", prompt_},
                           {"temperature", temperature_},
                           {"top_k", static_cast<int>(top_k_)},
                           {"count", 160},
                           {"seed", ++n_written_}}});
    }
    if (!written_.empty()) ui::sample("written", tr("step {0}", {grouped(written_step_)}), written_);
}

void View::draw_attention(const RunInfo& run, const Snapshot& snapshot, Intents& out) {
    ui::heading("inside.title", 2, tr("Where head {0} looks", {head_name(layer_, head_)}));
    if (snapshot.n_layers == 0) {
        ui::paragraph("inside.none", tr("Start training, and look inside while it learns."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    layer_ = std::min(layer_, snapshot.n_layers - 1);
    head_ = std::min(head_, snapshot.n_heads - 1);
    std::vector<ui::Option> layers, heads;
    for (int i = 0; i < snapshot.n_layers; ++i)
        layers.push_back({std::to_string(i), tr("Layer {0}", {std::to_string(i + 1)})});
    for (int i = 0; i < snapshot.n_heads; ++i)
        heads.push_back({std::to_string(i), tr("Head {0}", {std::to_string(i + 1)})});
    std::string layer = std::to_string(layer_);
    std::string head = std::to_string(head_);
    if (ui::choice("layer", tr("Layer"), layers, layer)) layer_ = std::stoi(layer);
    if (ui::choice("head", tr("Head"), heads, head)) head_ = std::stoi(head);
    ui::text_field("sentence", tr("A sentence to look at"), sentence_, {.max_length = 400, .is_mono = true});

    const bool may_ask = run.problem.empty();
    const bool is_masked = snapshot.config.objective == "masked";
    std::string wanted = sentence_ + "|" + head_name(layer_, head_) + "|" + std::to_string(snapshot.step);
    if (is_masked) wanted += "|" + std::to_string(position_);
    if (may_ask && !sentence_.empty() && wanted != asked_for_) {
        asked_for_ = wanted;
        out.push_back(
            Ask{"look",
                {{"kind", "look"}, {"text", sentence_}, {"layer", layer_}, {"head", head_}, {"position", position_}}});
    }
    if (look_.tokens.empty()) return;
    std::vector<std::string> labels;
    for (const std::string& token : look_.tokens) labels.push_back(shown_token(token));
    const ui::HeatMap map{.title = tr("Attention of head {0}", {head_name(look_.layer, look_.head)}),
                          .summary = tr("Rows are the token from which the model looks, columns what it looks at; the "
                                        "stronger the colour, the more.") +
                                     (look_.note.empty() ? "" : " " + tr(look_.note)),
                          .rows = labels,
                          .columns = labels,
                          .values = look_.attention,
                          .is_causal = !is_masked};
    if (position_ < 0 || position_ >= std::ssize(labels)) position_ = static_cast<int>(labels.size()) - 1;
    attention_plot_.cursor = position_;
    save_plot(ui::heat_map("attention", map, attention_plot_), "attention", map, out);
    position_ = attention_plot_.cursor;
    const std::string looking = head_name(look_.layer, look_.head), mass = whole_percent(look_.previous_mass);
    const auto looked_at = static_cast<size_t>(look_.layer * snapshot.n_heads + look_.head);
    const std::string previous =
        looked_at < snapshot.previous_token_mass.size()
            ? tr("In this sentence head {0} puts **{1}** of its attention on the token right before; over the "
                 "validation text **{2}**.",
                 {looking, mass, whole_percent(snapshot.previous_token_mass[looked_at])})
            : tr("In this sentence head {0} puts **{1}** of its attention on the token right before.", {looking, mass});
    ui::paragraph("attention.previous", previous, ui::Ink::Text, ui::Type::Small);
    const int index = layer_ * snapshot.n_heads + head_;
    const bool is_tagged = snapshot.tagged_head == index;
    if (ui::button("tag_head",
                   is_tagged ? tr("You named head {0}", {head_name(layer_, head_)}) : tr("This head looks one back"),
                   is_tagged ? ui::Button::Selected : ui::Button::Plain)) {
        out.push_back(SetValue{"tagged_head", is_tagged ? -1 : index});
    }
    is_masked ? draw_gap() : draw_guesses();
}

/// Of a masked model: one token is hidden at a time, and may be replaced by what the model expects.
void View::draw_gap() {
    ui::heading("guesses.title", 3, tr("What it expects in a gap"));
    std::vector<ui::TokenChip> chips;
    for (size_t i = 0; i < look_.tokens.size(); ++i) {
        const bool is_hidden = static_cast<int>(i) == look_.hidden && !look_.actual_probability.empty();
        const float probability = is_hidden ? look_.actual_probability.front() : 0;
        chips.push_back({shown_token(look_.tokens[i]), probability,
                         is_hidden ? tr("{0}, hidden, expected with {1}",
                                        {named_token(look_.tokens[i]), whole_percent(probability)})
                                   : named_token(look_.tokens[i])});
    }
    const int chosen = ui::tokens("walk", tr("Tokens of the sentence; choose one to hide it"), chips, position_);
    if (chosen >= 0) position_ = chosen;
    if (look_.hidden < 0 || look_.hidden >= std::ssize(look_.tokens) || look_.guesses.empty()) return;
    ui::paragraph("walk.about",
                  tr("With **{0}** at position {1} hidden, the model expects there (choose one to put it in):",
                     {named_token(look_.tokens[static_cast<size_t>(look_.hidden)]), std::to_string(look_.hidden + 1)}),
                  ui::Ink::Muted, ui::Type::Small);
    const int taken = draw_candidates(look_.guesses.front());
    if (taken < 0) return;
    look_.tokens[static_cast<size_t>(look_.hidden)] = look_.guesses.front()[static_cast<size_t>(taken)].token;
    sentence_.clear();
    for (const std::string& token : look_.tokens) sentence_ += token;
}

/// Buttons for the likeliest tokens; which one was pressed, or -1.
int View::draw_candidates(const std::vector<Look::Guess>& guesses) {
    constexpr size_t kShown = 5;
    int pressed = -1;
    const ui::Row row(6);
    for (size_t i = 0; i < std::min(kShown, guesses.size()); ++i) {
        const std::string words = named_token(guesses[i].token) + " " + whole_percent(guesses[i].probability);
        if (ui::button("walk.next." + std::to_string(i), words)) pressed = static_cast<int>(i);
    }
    return pressed;
}

void View::draw_guesses() {
    ui::heading("guesses.title", 3, tr("What it expects next"));
    std::vector<ui::TokenChip> chips;
    for (size_t i = 0; i < look_.tokens.size(); ++i) {
        const bool is_known = i > 0 && i - 1 < look_.actual_probability.size();
        const float probability = is_known ? look_.actual_probability[i - 1] : 0;
        chips.push_back({shown_token(look_.tokens[i]), probability,
                         is_known
                             ? tr("{0}, expected with {1}", {named_token(look_.tokens[i]), whole_percent(probability)})
                             : tr("{0}, the first", {named_token(look_.tokens[i])})});
    }
    const int chosen =
        ui::tokens("walk", tr("Tokens of the sentence; choose one to see what should follow it"), chips, position_);
    if (chosen >= 0) position_ = chosen;
    if (position_ >= std::ssize(look_.guesses)) return;
    ui::paragraph("walk.about",
                  tr("After **{0}** at position {1} the model expects (choose one to add it to the sentence):",
                     {named_token(look_.tokens[static_cast<size_t>(position_)]), std::to_string(position_ + 1)}),
                  ui::Ink::Muted, ui::Type::Small);
    const int taken = draw_candidates(look_.guesses[static_cast<size_t>(position_)]);
    if (taken < 0) return;
    std::string grown;
    for (int i = 0; i <= position_; ++i) grown += look_.tokens[static_cast<size_t>(i)];
    sentence_ = grown + look_.guesses[static_cast<size_t>(position_)][static_cast<size_t>(taken)].token;
    position_ = -1;
}

void View::receive_answer(const std::string& kind, const json& answer) {
    if (kind == "write") {
        written_ = answer.value("text", std::string());
        written_step_ = answer.value("step", int64_t{0});
        is_writing_ = false;
    }
    if (kind != "look" || !answer.contains("tokens")) return;
    const size_t n_before = look_.tokens.size();
    look_ = {};
    look_.step = answer.value("step", int64_t{0});
    look_.layer = answer.value("layer", 0);
    look_.head = answer.value("head", 0);
    look_.previous_mass = answer.value("previous_mass", 0.0f);
    look_.note = answer.value("note", Message());
    look_.hidden = answer.value("hidden", -1);
    look_.tokens = answer["tokens"].get<std::vector<std::string>>();
    const auto& bytes = answer["attention"].get_binary();
    look_.attention.resize(bytes.size() / sizeof(float));
    if (!look_.attention.empty())
        std::memcpy(look_.attention.data(), bytes.data(), look_.attention.size() * sizeof(float));
    look_.actual_probability = answer["actual"].get<std::vector<float>>();
    for (const json& position : answer["guesses"]) {
        std::vector<Look::Guess> guesses;
        for (const json& guess : position) guesses.push_back({guess.at("token"), guess.at("p")});
        look_.guesses.push_back(std::move(guesses));
    }
    if (look_.tokens.size() != n_before) position_ = static_cast<int>(look_.tokens.size()) - 1;
}

}  // namespace terrarium::labs::pretraining
