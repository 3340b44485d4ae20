// Numbers of the token lab: the curve of compression, the vocabulary, and what each way of cutting costs.

#include <algorithm>
#include <cmath>

#include "labs/m0_foundations/tokens/view.h"
#include "labs/parts/plots.h"
#include "labs/parts/settings.h"
#include "ui/messages.h"

namespace terrarium::labs::tokens {

using ui::grouped;
using ui::number;
using ui::tr;

namespace {

std::string way_name(const std::string& id) {
    if (id == "bytes") return tr("bytes");
    if (id == "characters") return tr("characters");
    if (id == "words") return tr("words");
    return tr("byte pairs, merged");
}

std::string probe_name(const std::string& id) {
    if (id == "english") return tr("English");
    if (id == "german") return tr("German");
    if (id == "greek") return tr("Greek");
    if (id == "new_word") return tr("a word that nobody uses");
    return tr("three emoji");
}

std::string count_and_unknown(int64_t n, int64_t n_unknown) {
    if (n_unknown == 0) return grouped(n);
    return tr("{0}, {1} unknown", {grouped(n), grouped(n_unknown)});
}

void fill(std::vector<float>& percent, const std::vector<float>& tokens, int64_t n_bytes) {
    percent.clear();
    for (const float n : tokens)
        percent.push_back(static_cast<float>(100 * compression(static_cast<int64_t>(n), n_bytes)));
}

}  // namespace

void View::draw_curve(const Snapshot& snapshot, const Config& config, Intents& out) {
    fill(train_percent_, snapshot.train_tokens, snapshot.n_train_bytes);
    fill(held_percent_, snapshot.held_tokens, snapshot.n_held_bytes);
    fill(letter_percent_, snapshot.letter_tokens, snapshot.n_letter_bytes);
    const size_t n =
        std::min({snapshot.merges.size(), train_percent_.size(), held_percent_.size(), letter_percent_.size()});
    const std::span<const float> x = std::span(snapshot.merges).first(n);
    ui::LinePlot plot{.title = tr("Compression against the number of merges"),
                      .x_name = tr("merges"),
                      .y_name = tr("fewer tokens than bytes, percent"),
                      .summary = tr("Nothing has been merged yet."),
                      .lines = {},
                      .markers = {}};
    plot.lines.push_back({tr("training text"), x, std::span(train_percent_).first(n), 2, ui::Dash::Solid, 1.5f});
    plot.lines.push_back({tr("held-out text"), x, std::span(held_percent_).first(n), 0, ui::Dash::Solid, 3.0f});
    plot.lines.push_back({tr("the letter"), x, std::span(letter_percent_).first(n), 1, ui::Dash::Dashed, 2.5f});
    plot.markers.push_back({tr("30 %"), 30, -1, false, true});
    plot.x_max = static_cast<double>(snapshot.status == Status::Idle ? config.n_merges : snapshot.max_steps);
    plot.y_max = 70;
    if (n > 0) {
        plot.y_max = std::max(70.0, static_cast<double>(train_percent_[n - 1]) + 10);
        plot.summary =
            tr("After {0} merges: training text {1} percent, held-out text {2} percent, the letter {3} "
               "percent shorter.",
               {grouped(snapshot.step), number(static_cast<double>(train_percent_[n - 1]), 1),
                number(static_cast<double>(held_percent_[n - 1]), 1),
                number(static_cast<double>(letter_percent_[n - 1]), 1)});
    }
    save_plot(ui::line_plot("compression", plot, curve_plot_), "compression", plot, out);
}

void View::draw_vocabulary(const Snapshot& snapshot) {
    if (snapshot.left.empty()) return;
    const auto n = static_cast<int64_t>(std::min({snapshot.left.size(), snapshot.right.size(), snapshot.count.size()}));
    if (n != n_known_) {
        n_known_ = n;
        token_bytes_ = token_bytes(snapshot.left, snapshot.right);
        vocabulary_.is_stale = true;
    }
    ui::heading("vocabulary.title", 2, tr("The learned vocabulary"));
    ui::paragraph("vocabulary.about", tr("The numbers 0 to 255 are the bytes. Each merge adds one token behind them."),
                  ui::Ink::Muted, ui::Type::Small);
    const auto part = [&](float id) { return shown(token_bytes_[static_cast<size_t>(id)]); };
    const ui::TableSource source{.n_rows = static_cast<int>(n),
                                 .cell = [&](int row, int column) -> std::string {
                                     const auto at = static_cast<size_t>(row);
                                     if (column == 0) return std::to_string(core::kByteTokens + row);
                                     if (column == 1)
                                         return shown(token_bytes_[static_cast<size_t>(core::kByteTokens + row)]);
                                     if (column == 2) return part(snapshot.left[at]) + " + " + part(snapshot.right[at]);
                                     return std::to_string(static_cast<int64_t>(snapshot.count[at]));
                                 },
                                 .edit = {}};
    ui::data_table("vocabulary", tr("Learned tokens"),
                   {{"number", tr("Number"), true},
                    {"token", tr("Token")},
                    {"parts", tr("Made of"), false, false, 1.4f},
                    {"count", tr("Times when merged"), true, false, 1.2f}},
                   source, vocabulary_);
}

void View::draw_ways(const Snapshot& snapshot, Config& config) {
    ui::heading("ways.title", 2, tr("Four ways to cut the same text, and what they cost a model"));
    const auto width = [&] {
        whole_slider(content_, "width", tr("Width: numbers kept for each token"), config.width, {.is_log = true});
    };
    const auto context = [&] {
        whole_slider(content_, "context", tr("Context: tokens that the model sees at once"), config.context,
                     {.is_log = true});
    };
    settings_side_by_side({width, context});
    if (snapshot.ways.empty()) {
        ui::paragraph("ways.none", tr("The table fills when merges have been learned."), ui::Ink::Muted,
                      ui::Type::Small);
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const Cost& cost : costs(snapshot, config.width, config.context)) {
        rows.push_back({way_name(cost.way.id), grouped(cost.way.n_vocab), grouped(cost.way.n_tokens),
                        ui::percent(cost.compression, 1),
                        ui::percent(static_cast<double>(cost.way.n_unknown) /
                                        static_cast<double>(std::max<int64_t>(1, cost.way.n_tokens)),
                                    1),
                        grouped(cost.n_embedding_numbers), grouped(std::llround(cost.n_context_bytes)),
                        ui::percent(cost.attention_share, 0)});
    }
    ui::table("ways", tr("Ways to cut {0} bytes of held-out text", {grouped(snapshot.n_held_bytes)}),
              {tr("Tokens are"), tr("Vocabulary"), tr("Tokens"), tr("Compression"), tr("Unknown"),
               tr("Numbers in the embedding table"), tr("Bytes in the context"), tr("Pairs for attention")},
              rows);
    ui::paragraph("ways.about",
                  tr("**Unknown**: the share of tokens that are not in the vocabulary, so that what stood there is "
                     "lost. **Pairs for attention**: every place looks at every place, so half as many tokens are a "
                     "quarter of the pairs; cutting into bytes is 100 %."),
                  ui::Ink::Muted, ui::Type::Small);
}

void View::draw_probes(const Snapshot& snapshot) {
    if (snapshot.probes.empty()) return;
    ui::heading("probes.title", 2, tr("Five hard cases"));
    std::vector<std::vector<std::string>> rows;
    for (const Probe& probe : snapshot.probes) {
        rows.push_back({probe_name(probe.id), probe.text, grouped(probe.n_bytes),
                        count_and_unknown(probe.n_characters, probe.n_unknown_characters),
                        count_and_unknown(probe.n_words, probe.n_unknown_words), grouped(probe.n_bpe)});
    }
    ui::table("probes", tr("Short texts, cut in all four ways"),
              {tr("Case"), tr("Text"), tr("Bytes"), tr("Characters"), tr("Words"), tr("Merged tokens")}, rows);
    ui::paragraph(
        "probes.about",
        tr("Characters and words that did not stand in the training text are unknown. Merged tokens are never "
           "unknown: at worst, a text stays as long as its bytes."),
        ui::Ink::Muted, ui::Type::Small);
}

}  // namespace terrarium::labs::tokens
