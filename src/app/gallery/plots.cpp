// Every kind of plot in every state: as usual, empty, one value, thousands, with gaps, zoomed, with ghosts, table open.

#include <cmath>

#include "app/gallery/gallery.h"
#include "ui/plot.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

using Numbers = std::vector<float>;

Numbers made(int n, float (*value)(int)) {
    Numbers numbers;
    for (int i = 0; i < n; ++i) numbers.push_back(value(i));
    return numbers;
}

/// The same bits everywhere, in 0..1: enough to look like noise.
float noise(int i) {
    const uint32_t mixed = (static_cast<uint32_t>(i) * 2654435761u) ^ 0x9e3779b9u;
    return static_cast<float>((mixed >> 8) % 10007u) / 10007.0f;
}
float count_up(int i) { return static_cast<float>(i + 1); }
float falling(int i) { return 1.2f + 3 / std::sqrt(1 + static_cast<float>(i) * 0.2f) + 0.25f * (noise(i) - 0.5f); }

struct Plots final : Section {
    Plots() {
        zoomed_.x_from = 0.25, zoomed_.x_to = 0.5, zoomed_.y_from = 0.1, zoomed_.y_to = 0.6;
        zoomed_.cursor = 70;
        with_table_.show_table = true;
        gaps_[40] = gaps_[41] = gaps_[42] = std::nanf("");
        for (size_t i = 0; i < losses_.size(); ++i) {
            low_.push_back(losses_[i] - 0.3f);
            high_.push_back(losses_[i] + 0.3f);
            ghost_.push_back(losses_[i] + 0.5f);
            later_ghost_.push_back(losses_[i] + 0.9f);
        }
        many_[30000] = 4.9f;  // a single peak that decimation must not lose
    }

    void draw() override {
        const ui::Card card("gallery.plots", say("Plots"));
        ui::heading("gallery.plots.title", 2, say("Plots"));
        if (ui::available_width() < 700) {
            draw_lines();
            draw_others();
            return;
        }
        ui::Columns columns({1, 1}, 32);
        draw_lines();
        columns.next();
        draw_others();
    }

private:
    void title(const char* key, const std::string& words) {
        ui::space(12);
        ui::heading(std::string("gallery.plots.title.") + key, 3, words, ui::Type::Body);
    }
    ui::LinePlot line(const std::string& name, const std::string& summary) const {
        return {.title = name,
                .x_name = "step",
                .y_name = "nats",
                .summary = summary,
                .lines = {},
                .markers = {},
                .x_max = 200,
                .y_min = 0,
                .y_max = 5};
    }

    void draw_lines() {
        title("line", say("Lines with a band, baselines and ghosts"));
        ui::LinePlot plot = line(say("Loss of three runs"), say("The loss falls and passes the baseline at step 60."));
        plot.lines = {{.name = "training",
                       .x = steps_,
                       .y = losses_,
                       .color = 0,
                       .mark = ui::Mark::None,
                       .low = low_,
                       .high = high_},
                      {.name = "validation", .x = steps_, .y = gaps_, .color = 1, .dash = ui::Dash::DashDot},
                      {.name = say("run 1"),
                       .x = steps_,
                       .y = ghost_,
                       .color = -1,
                       .dash = ui::Dash::Dashed,
                       .weight = 2,
                       .is_ghost = true},
                      {.name = say("run 2"),
                       .x = steps_,
                       .y = later_ghost_,
                       .color = -1,
                       .dash = ui::Dash::Dotted,
                       .weight = 2,
                       .is_ghost = true}};
        plot.markers = {{.name = say("bigram 2.0"), .value = 2},
                        {.name = say("your guess"), .value = 60, .color = -1, .is_vertical = true}};
        ui::line_plot("gallery.plots.line", plot, lines_);

        title("zoomed", say("Zoomed, with the cursor on"));
        plot.title = say("The same, zoomed");
        ui::line_plot("gallery.plots.zoomed", plot, zoomed_);

        title("log", say("Both axes by powers of ten"));
        plot = line(say("Scaling"), say("Ten times the data, a third less loss."));
        plot.x_name = "tokens";
        plot.x_min = 1, plot.x_max = 1000, plot.y_min = 1, plot.y_max = 10;
        plot.is_log_x = plot.is_log_y = true;
        plot.lines = {{.name = "loss", .x = steps_, .y = losses_, .color = 2}};
        ui::line_plot("gallery.plots.log", plot, log_);

        title("many", say("Fifty thousand values, one of them a peak"));
        plot = line(say("Many values"),
                    say("The peak at step 30,000 is seen although there are more values than pixels."));
        plot.x_max = 50000;
        plot.lines = {{.name = "loss", .x = many_steps_, .y = many_, .weight = 1.5f}};
        ui::line_plot("gallery.plots.many", plot, many_state_);

        title("one", say("One value"));
        plot = line(say("One value"), say("There is one value so far."));
        plot.lines = {{.name = "loss", .x = std::span(steps_).first(1), .y = std::span(losses_).first(1)}};
        ui::line_plot("gallery.plots.one", plot, one_);

        title("empty", say("Nothing yet"));
        ui::line_plot("gallery.plots.empty", line(say("Empty"), say("Nothing has been trained yet.")), empty_);

        title("roc", say("ROC, with the operating point"));
        ui::threshold_curve("gallery.plots.roc",
                            {.title = "ROC",
                             .summary = say("At the chosen threshold four of five positives are found."),
                             .x = roc_x_,
                             .y = roc_y_,
                             .thresholds = thresholds_},
                            roc_);
        title("pr", say("Precision and recall"));
        ui::threshold_curve("gallery.plots.pr",
                            {.kind = ui::ThresholdCurve::Kind::PrecisionRecall,
                             .title = say("Precision and recall"),
                             .summary = say("Precision falls when more is found."),
                             .x = roc_x_,
                             .y = precision_,
                             .thresholds = thresholds_,
                             .prevalence = 0.3},
                            pr_);
    }

    void draw_others() {
        title("bars", say("Bars, table open"));
        ui::bar_plot("gallery.plots.bars",
                     {.title = say("Score by group"),
                      .x_name = "group",
                      .y_name = "score",
                      .summary = say("Group C is served worst by both models."),
                      .categories = {"A", "B", "C", "D"},
                      .series = {{.name = "before", .values = before_, .color = 0},
                                 {.name = "after", .values = after_, .color = 1}}},
                     with_table_);
        title("histogram", say("Histogram"));
        ui::histogram("gallery.plots.histogram",
                      {.title = say("Length of documents"),
                       .x_name = "words",
                       .summary = say("Most documents have 20 to 40 words."),
                       .edges = edges_,
                       .series = {{.name = "train", .values = counts_, .color = 0},
                                  {.name = "test", .values = fewer_, .color = 1}}},
                      histogram_);
        title("scatter", say("Two thousand points"));
        ui::scatter_plot(
            "gallery.plots.scatter",
            {.title = say("Embedding"),
             .x_name = say("first axis"),
             .y_name = say("second axis"),
             .summary = say("The two groups overlap in the middle."),
             .groups = {{.name = "ships", .x = cloud_x_, .y = cloud_y_, .color = 0},
                        {.name = "weather", .x = cloud_y_, .y = cloud_z_, .color = 1, .mark = ui::Mark::Triangle}}},
            scatter_);
        title("scatter.many", say("Fifty thousand points"));
        ui::scatter_plot("gallery.plots.scatter.many",
                         {.title = say("A crowd"),
                          .x_name = say("first axis"),
                          .y_name = say("second axis"),
                          .summary = say("Where many points share a place, one stands for all of them."),
                          .groups = {{.name = "ships", .x = crowd_x_, .y = crowd_y_, .color = 0},
                                     {.name = "weather",
                                      .x = std::span(crowd_y_).first(10000),
                                      .y = std::span(crowd_x_).first(10000),
                                      .color = 1,
                                      .mark = ui::Mark::Triangle}}},
                         crowd_);
        title("density", say("Density over two axes"));
        ui::density_plot("gallery.plots.density",
                         {.title = say("Density"),
                          .x_name = "length",
                          .y_name = "loss",
                          .summary = say("Most are short and easy."),
                          .values = density_values_,
                          .n_rows = 8,
                          .n_columns = 12},
                         density_);
        title("ternary", say("Shares of three"));
        ui::ternary_plot(
            "gallery.plots.ternary",
            {.title = say("Mixtures of three sources"),
             .summary = say("The best mixtures are near the middle."),
             .a_name = "books",
             .b_name = "web",
             .c_name = "code",
             .groups = {{.name = "tried", .a = share_a_, .b = share_b_, .c = share_c_, .color = 0},
                        {.name = "best", .a = best_, .b = best_, .c = best_, .color = 1, .mark = ui::Mark::Diamond}}},
            ternary_);
        title("heat", say("Heat map with a gap"));
        ui::heat_map("gallery.plots.heat",
                     {.title = say("Attention"),
                      .summary = say("Each token looks mostly at the one before it."),
                      .rows = words_,
                      .columns = words_,
                      .values = heat_,
                      .is_causal = true},
                     heat_state_);
        title("graph", say("Graph"));
        ui::graph("gallery.plots.graph",
                  {.title = say("Way of a request"),
                   .summary = say("A request passes the filter before it reaches the model."),
                   .nodes = {{"user", 0, 0.5f, 0},
                             {"filter", 0.33f, 0.5f, 1},
                             {"model", 0.66f, 0.2f, 2},
                             {"refusal", 0.66f, 0.9f, 3},
                             {"answer", 1, 0.2f, 0}},
                   .edges = {{0, 1, "", false}, {1, 2, "allowed", false}, {1, 3, "blocked", true}, {2, 4, "", false}},
                   .height = 200},
                  graph_);
        title("tokens", say("Tokens with a value each"));
        ui::token_strip("gallery.plots.tokens",
                        {.title = say("Surprise by token"),
                         .summary = say("The model is surprised most by “harbour”."),
                         .value_name = say("surprise in nats"),
                         .tokens = words_,
                         .values = surprise_,
                         .max = 4},
                        tokens_);
        title("nothing", say("Nothing yet"));
        ui::token_strip("gallery.plots.no_tokens",
                        {.title = say("No tokens"),
                         .summary = say("Nothing has been read yet."),
                         .value_name = "surprise",
                         .tokens = {}},
                        no_tokens_);
    }

    Numbers steps_ = made(200, count_up), losses_ = made(200, falling),
            gaps_ = made(200, [](int i) { return falling(i) + 0.3f; });
    Numbers low_, high_, ghost_, later_ghost_;
    Numbers many_steps_ = made(50000, count_up), many_ = made(50000, [](int i) { return 1.5f + noise(i); });
    Numbers roc_x_ = made(21, [](int i) { return static_cast<float>(i) / 20; });
    Numbers roc_y_ = made(21, [](int i) { return std::pow(static_cast<float>(i) / 20, 0.35f); });
    Numbers precision_ = made(21, [](int i) { return 0.98f - 0.68f * std::pow(static_cast<float>(i) / 20, 3.0f); });
    Numbers thresholds_ = made(21, [](int i) { return 1 - static_cast<float>(i) / 20; });
    Numbers before_ = {0.8f, 0.72f, 0.41f, 0.66f}, after_ = {0.82f, 0.78f, 0.6f, std::nanf("")};
    Numbers edges_ = made(13, [](int i) { return static_cast<float>(i) * 10; });
    Numbers counts_ = {3, 12, 30, 41, 28, 17, 11, 6, 3, 2, 0, 1}, fewer_ = {1, 4, 11, 14, 9, 6, 3, 2, 1, 0, 0, 0};
    Numbers cloud_x_ = made(1000, [](int i) { return 0.1f + 0.25f * (noise(i) + noise(i + 7000)); });
    Numbers cloud_y_ = made(1000, [](int i) { return 0.3f + 0.3f * (noise(i + 20000) + noise(i + 31000)); });
    Numbers cloud_z_ = made(1000, [](int i) { return 0.2f + 0.3f * (noise(i + 40000) + noise(i + 51000)); });
    Numbers crowd_x_ = made(40000, [](int i) { return 0.2f * (noise(i) + noise(i + 70000) + noise(i + 170000)); });
    Numbers crowd_y_ = made(40000, [](int i) { return 0.3f * (noise(i + 270000) + noise(i + 370000)) + 0.2f; });
    Numbers density_values_ = made(96, [](int i) {
        return std::round(40 * std::exp(-0.3f * static_cast<float>(i / 12) - 0.2f * static_cast<float>(i % 12)));
    });
    Numbers share_a_ = made(40, noise), share_b_ = made(40, [](int i) { return noise(i + 100); });
    Numbers share_c_ = made(40, [](int i) { return noise(i + 200); }), best_ = {0.33f};
    std::vector<std::string> words_ = {"the", "boat", "left", "the", "harbour"};
    Numbers heat_ = {1,    0,    0, 0,    0,    0.7f, 0.3f, 0,   0, 0, 0.1f, 0.6f, 0.3f, 0, 0, 0.2f, std::nanf(""),
                     0.6f, 0.1f, 0, 0.1f, 0.3f, 0.1f, 0.4f, 0.1f};
    Numbers surprise_ = {0.9f, 2.7f, 1.6f, 0.3f, 3.8f};
    ui::PlotState lines_, zoomed_, log_, many_state_, one_, empty_, roc_{.cursor = 8}, pr_{.cursor = 12}, with_table_,
        histogram_, scatter_, crowd_, density_, ternary_, heat_state_, graph_, tokens_, no_tokens_;
};

}  // namespace

std::unique_ptr<Section> make_plots() { return std::make_unique<Plots>(); }

}  // namespace terrarium::app::gallery
