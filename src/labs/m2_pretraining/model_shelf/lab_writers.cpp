// The models that continue a text, letter by letter: counting ones and transformers of three sizes.

#include <array>
#include <optional>

#include "core/infer/generator.h"
#include "core/infer/quantize.h"
#include "core/infer/sampling.h"
#include "core/models/backoff_ngram.h"
#include "core/models/transformer.h"
#include "core/support/math.h"
#include "core/text/tokenizer.h"
#include "core/train/adamw.h"
#include "core/train/batches.h"
#include "labs/m2_pretraining/model_shelf/makers.h"

namespace terrarium::labs::model_shelf {
namespace {

constexpr double kValidationFraction = 0.1;
constexpr int64_t kQuestions = 1024;
constexpr int kAnswersPerUnit = 128;
constexpr int kBatch = 8, kWarmUpSteps = 30;

/// The text that all of them learn from, and the questions: what comes next, at each of these places?
struct Text {
    core::Tokenizer tokenizer;
    std::vector<int32_t> train, valid;
    [[nodiscard]] int32_t vocab_size() const { return tokenizer.vocab_size(); }
    [[nodiscard]] int n_questions() const { return static_cast<int>(valid.size()) - 1; }
};

std::shared_ptr<const Text> read_text(const std::string& words) {
    core::Tokenizer tokenizer = core::Tokenizer::learn(core::TokenizerKind::Characters, words);
    const std::vector<int32_t> ids = tokenizer.encode(words);
    const auto from = static_cast<std::ptrdiff_t>(core::validation_start(ids.size(), kValidationFraction));
    const auto n = static_cast<std::ptrdiff_t>(std::min<int64_t>(kQuestions, std::ssize(ids) - from - 1) / 32 * 32);
    return std::make_shared<Text>(Text{
        std::move(tokenizer), {ids.begin(), ids.begin() + from}, {ids.begin() + from, ids.begin() + from + n + 1}});
}

/// Counts; of order 0 it has not even counted.
class CountingMaker final : public Maker {
public:
    CountingMaker(std::shared_ptr<const Text> text, int32_t order) : text_(std::move(text)), order_(order) {}

    bool step(Card& card, std::vector<float>&, double&) override {
        const int32_t V = text_->vocab_size();
        if (order_ > 0 && !model_) {
            model_.emplace(text_->train, V, order_);
            return true;
        }
        std::vector<double> p(static_cast<size_t>(V), 1.0 / V);
        const int end = std::min(at_ + kAnswersPerUnit, text_->n_questions());
        for (; at_ < end; ++at_) {
            const std::span<const int32_t> before = std::span(text_->valid).first(static_cast<size_t>(at_) + 1);
            if (model_) n_read_ += model_->probabilities(p, before);
            tally_.add(p, text_->valid[static_cast<size_t>(at_) + 1]);
        }
        if (at_ < text_->n_questions()) return true;
        // An entry is a token and a count, of four bytes each, and every context needs a place where its row begins;
        // that is about one more such pair. A view of V tokens is scaled and added to for each order.
        card.n_numbers = model_ ? model_->n_entries() : 0;
        card.memory_bytes = card.n_numbers * 12;
        card.operations = 2.0 * V * order_;
        card.bytes_read = 8.0 * static_cast<double>(n_read_) / static_cast<double>(tally_.n);
        tally_.write_to(card, true);
        return false;
    }
    int64_t units() const override {
        return (order_ > 0 ? 1 : 0) + (text_->n_questions() + kAnswersPerUnit - 1) / kAnswersPerUnit;
    }

private:
    std::shared_ptr<const Text> text_;
    int32_t order_;
    std::optional<core::BackoffNgram> model_;
    int at_ = 0;
    int64_t n_read_ = 0;
    Tally tally_;
};

using Model = core::Transformer<core::Simd4f>;

/// What one answer of a transformer costs: all weights are read, and half of the kept keys and values.
void fill_costs(Card& card, const core::TransformerShape& shape, core::WeightFormat format) {
    card.n_numbers = core::parameter_count(shape);
    card.memory_bytes = core::model_bytes(shape, format);
    card.operations = static_cast<double>(core::flops_per_token_forward_backward(shape)) / 3.0;
    card.bytes_read = static_cast<double>(card.memory_bytes) + 4.0 * shape.n_layers * shape.width * shape.context;
}

class TransformerMaker final : public Maker {
public:
    TransformerMaker(std::shared_ptr<const Text> text, const core::TransformerShape& shape, int32_t steps, double rate,
                     core::Rng rng)
        : text_(std::move(text)),
          model_(std::make_shared<Model>(shape, kBatch)),
          optimiser_(model_->parameters().size()),
          rng_(rng.fork("batches")),
          n_steps_(steps),
          rate_(rate) {
        core::Rng init = rng.fork("init");
        model_->initialise(init);
        inputs_.resize(static_cast<size_t>(kBatch * shape.context));
        targets_.resize(inputs_.size());
    }
    [[nodiscard]] std::shared_ptr<Model> model() const { return model_; }

    bool step(Card& card, std::vector<float>& losses, double& operations) override {
        if (step_ < n_steps_) {
            train(losses, operations);
            return true;
        }
        const core::TransformerShape& shape = model_->shape();
        const int T = shape.context, B = std::min(kBatch, text_->n_questions() / T - window_);
        const auto first = text_->valid.begin() + static_cast<std::ptrdiff_t>(window_) * T;
        inputs_.assign(first, first + static_cast<std::ptrdiff_t>(B) * T);
        model_->infer(inputs_, B, T);
        const auto V = static_cast<size_t>(shape.vocab_size);
        std::vector<double> p(V);
        for (size_t i = 0; i < inputs_.size(); ++i) {
            core::next_token_probabilities(p, model_->logits().subspan(i * V, V), {});
            tally_.add(p, *(first + static_cast<std::ptrdiff_t>(i) + 1));
        }
        window_ += B;
        if (window_ < text_->n_questions() / T) return true;
        fill_costs(card, shape, core::WeightFormat::Float32);
        tally_.write_to(card, true);
        return false;
    }
    int64_t units() const override {
        const int n_windows = text_->n_questions() / model_->shape().context;
        return n_steps_ + (n_windows + kBatch - 1) / kBatch;
    }

private:
    void train(std::vector<float>& losses, double& operations) {
        const int T = model_->shape().context;
        core::sample_batch(inputs_, targets_, text_->train, kBatch, T, rng_);
        model_->zero_gradients();
        losses.push_back(static_cast<float>(model_->forward(inputs_, targets_, kBatch, T)));
        model_->backward();
        // The rate grows over the first steps, and falls to nothing towards the end: the last steps tidy up.
        const double left = 1.0 - static_cast<double>(step_) / static_cast<double>(n_steps_);
        const double grown = std::min(1.0, (step_ + 1) / static_cast<double>(kWarmUpSteps));
        optimiser_.step(model_->parameters(), model_->gradients(), rate_ * left * grown);
        operations += static_cast<double>(core::flops_per_token_forward_backward(model_->shape())) * kBatch * T;
        ++step_;
    }

    std::shared_ptr<const Text> text_;
    std::shared_ptr<Model> model_;
    core::AdamW<core::Simd4f> optimiser_;
    core::Rng rng_;
    int32_t n_steps_, step_ = 0;
    double rate_;
    int window_ = 0;
    std::vector<int32_t> inputs_, targets_;
    Tally tally_;
};

/// Stores the weights of a finished transformer as whole numbers of 8 bits, and lets it answer with these.
class Int8Maker final : public Maker {
public:
    Int8Maker(std::shared_ptr<const Text> text, std::shared_ptr<const Model> model)
        : text_(std::move(text)), model_(std::move(model)) {}

    bool step(Card& card, std::vector<float>&, double&) override {
        const core::TransformerShape& shape = model_->shape();
        if (!writer_) {
            writer_ = std::make_unique<Writer>(shape, model_->parameters());
            return true;
        }
        std::vector<double> p(static_cast<size_t>(shape.vocab_size));
        const int end = std::min(at_ + kAnswersPerUnit, text_->n_questions());
        for (; at_ < end; ++at_) {
            if (at_ % shape.context == 0) writer_->reset();  // the same windows as for the model it was made from
            core::next_token_probabilities(p, writer_->push(text_->valid[static_cast<size_t>(at_)]), {});
            tally_.add(p, text_->valid[static_cast<size_t>(at_) + 1]);
        }
        if (at_ < text_->n_questions()) return true;
        fill_costs(card, shape, core::WeightFormat::Int8);
        tally_.write_to(card, true);
        return false;
    }
    int64_t units() const override { return 1 + (text_->n_questions() + kAnswersPerUnit - 1) / kAnswersPerUnit; }

private:
    using Writer = core::QuantizedGenerator<core::Simd4f>;
    std::shared_ptr<const Text> text_;
    std::shared_ptr<const Model> model_;
    std::unique_ptr<Writer> writer_;
    int at_ = 0;
    Tally tally_;
};

}  // namespace

void put_writers(Shelf& shelf, const Config& config, const std::string& words) {
    const auto text = read_text(words);
    const core::Rng rng(static_cast<uint64_t>(config.seed));
    const auto counting = [&](const char* id, Licence licence, int32_t order) {
        put(shelf, {.id = id, .task = Task::Continue, .licence = licence},
            std::make_unique<CountingMaker>(text, order));
    };
    const auto transformer = [&](const char* id, Licence licence, int32_t layers, int32_t width, int32_t context,
                                 double rate) {
        const core::TransformerShape shape{layers, width, 4, context, text->vocab_size(), true};
        auto maker = std::make_unique<TransformerMaker>(text, shape, config.max_steps, rate, rng.fork(id));
        std::shared_ptr<Model> model = maker->model();
        put(shelf, {.id = id, .task = Task::Continue, .licence = licence}, std::move(maker));
        return model;
    };
    counting("dice", Licence::Free, 0);
    counting("pairs", Licence::Free, 2);
    counting("threes", Licence::Credit, 3);
    transformer("scribe_s", Licence::Free, 1, 16, 16, 0.01);
    const auto middle = transformer("scribe_m", Licence::NoTrade, 2, 32, 32, 0.006);
    put(shelf, {.id = "scribe_m8", .task = Task::Continue, .licence = Licence::NoTrade},
        std::make_unique<Int8Maker>(text, middle));
    transformer("scribe_l", Licence::FewUsers, 2, 48, 32, 0.006);
}

}  // namespace terrarium::labs::model_shelf
