// The models that read marks of 12 by 12 points, and the marks themselves.

#include <array>
#include <optional>

#include "core/models/kmeans.h"
#include "core/models/mlp.h"
#include "core/ops/cross_entropy.h"
#include "core/train/adamw.h"
#include "labs/m2_pretraining/model_shelf/makers.h"

namespace terrarium::labs::model_shelf {
namespace {

constexpr int32_t kToLearn = 480, kQuestions = 240;
constexpr int32_t kPoints = Glyphs::kSide * Glyphs::kSide;
constexpr double kSpots = 0.08;  ///< share of points that are turned over

/// Is the point (x, y), counted from the middle, part of a mark of this kind and half-size r?
bool is_ink(int32_t kind, double x, double y, double r) {
    const double ax = x < 0 ? -x : x, ay = y < 0 ? -y : y, far = std::max(ax, ay), round = x * x + y * y;
    const bool is_inside = far <= r;
    switch (kind) {
        case 0:  // ring
            return round <= r * r && round >= (r - 1.6) * (r - 1.6);
        case 1:  // disc
            return round <= r * r;
        case 2:  // frame
            return is_inside && far > r - 1.2;
        case 3:  // upright cross
            return is_inside && std::min(ax, ay) <= 0.8;
        case 4:  // slanting cross
            return is_inside && (ax - ay <= 0.8 && ay - ax <= 0.8);
        case 5:  // two bars
            return is_inside && ay >= r - 1.6;
        case 6:  // two posts
            return is_inside && ax >= r - 1.6;
        default:  // wedge, point up
            return is_inside && 2 * ax <= y + r;
    }
}

struct Marks {
    Glyphs train, questions;
};

std::shared_ptr<const Marks> make_marks(int64_t seed) {
    core::Rng rng = core::Rng(static_cast<uint64_t>(seed)).fork("glyphs");
    auto marks = std::make_shared<Marks>();
    marks->train = make_glyphs(kToLearn, rng);
    marks->questions = make_glyphs(kQuestions, rng);
    return marks;
}

std::span<const double> mark(const Glyphs& glyphs, size_t i) {
    return std::span(glyphs.pixels).subspan(i * kPoints, kPoints);
}

/// Groups the marks without looking at their kinds; then each group is called what most of its members are.
class StampsMaker final : public Maker {
public:
    StampsMaker(std::shared_ptr<const Marks> marks, core::Rng rng) : marks_(std::move(marks)), rng_(rng) {}
    bool step(Card& card, std::vector<float>& losses, double& operations) override {
        if (!groups_) {
            groups_.emplace(marks_->train.pixels, kPoints, kGroups, rng_);
            return true;
        }
        if (n_steps_ < kSteps) {
            groups_->step();
            losses.push_back(static_cast<float>(groups_->inertia()));
            operations += 3.0 * kToLearn * kGroups * kPoints;
            ++n_steps_;
            return true;
        }
        std::array<std::array<int, Glyphs::kKinds>, kGroups> counts{};
        for (size_t i = 0; i < marks_->train.kinds.size(); ++i) {
            ++counts[static_cast<size_t>(groups_->labels()[i])][static_cast<size_t>(marks_->train.kinds[i])];
        }
        Tally tally;
        for (size_t i = 0; i < marks_->questions.kinds.size(); ++i) {
            const auto& count = counts[static_cast<size_t>(groups_->nearest(mark(marks_->questions, i)))];
            const auto name = std::max_element(count.begin(), count.end()) - count.begin();
            tally.add(name == marks_->questions.kinds[i]);
        }
        card.n_numbers = kGroups * kPoints;
        card.memory_bytes = 4 * card.n_numbers;
        card.operations = 3.0 * kGroups * kPoints;
        card.bytes_read = static_cast<double>(card.memory_bytes);
        tally.write_to(card, false);
        return false;
    }
    int64_t units() const override { return 2 + kSteps; }

private:
    static constexpr int kGroups = 12, kSteps = 10;
    std::shared_ptr<const Marks> marks_;
    core::Rng rng_;
    std::optional<core::KMeans> groups_;
    int n_steps_ = 0;
};

/// A network; without hidden layers it is a logistic regression.
class NetMaker final : public Maker {
public:
    NetMaker(std::shared_ptr<const Marks> marks, std::vector<int32_t> sizes, int32_t steps, core::Rng rng)
        : marks_(std::move(marks)),
          net_({std::move(sizes), core::Activation::Relu}, kBatch),
          optimiser_(net_.parameters().size()),
          rng_(rng.fork("batches")),
          n_steps_(steps) {
        core::Rng init = rng.fork("init");
        net_.initialise(init);
    }
    bool step(Card& card, std::vector<float>& losses, double& operations) override {
        if (step_ < n_steps_) {
            for (int i = 0; i < kStepsPerUnit && step_ < n_steps_; ++i) train(losses, operations);
            return true;
        }
        Tally tally;
        std::vector<float> input(kPoints);
        std::vector<double> p(Glyphs::kKinds);
        std::vector<float> shares(Glyphs::kKinds);
        for (size_t i = 0; i < marks_->questions.kinds.size(); ++i) {
            const std::span<const double> pixels = mark(marks_->questions, i);
            std::transform(pixels.begin(), pixels.end(), input.begin(), [](double x) { return static_cast<float>(x); });
            core::softmax<core::Simd4f>(shares, net_.forward(input), Glyphs::kKinds);
            p.assign(shares.begin(), shares.end());
            tally.add(p, marks_->questions.kinds[i]);
        }
        card.n_numbers = core::parameter_count(net_.shape());
        card.memory_bytes = 4 * card.n_numbers;
        card.operations = static_cast<double>(core::flops_per_row_forward_backward(net_.shape())) / 3.0;
        card.bytes_read = static_cast<double>(card.memory_bytes);
        tally.write_to(card, true);
        return false;
    }
    int64_t units() const override { return 1 + (n_steps_ + kStepsPerUnit - 1) / kStepsPerUnit; }

private:
    static constexpr int kBatch = 32, kStepsPerUnit = 10;

    void train(std::vector<float>& losses, double& operations) {
        std::vector<float> input;
        std::vector<int32_t> kinds;
        for (int row = 0; row < kBatch; ++row) {
            const size_t i = rng_.below(static_cast<uint32_t>(kToLearn));
            for (const double x : mark(marks_->train, i)) input.push_back(static_cast<float>(x));
            kinds.push_back(marks_->train.kinds[i]);
        }
        const auto logits = net_.forward(input);
        std::vector<float> d_logits(logits.size()), row_losses(kBatch);
        core::cross_entropy_forward<core::Simd4f>(row_losses, logits, kinds, Glyphs::kKinds);
        losses.push_back(static_cast<float>(core::mean_loss_nats(std::span<const float>(row_losses), kinds)));
        core::cross_entropy_backward<core::Simd4f>(d_logits, logits, kinds, Glyphs::kKinds);
        net_.zero_gradients();
        net_.backward(d_logits);
        optimiser_.step(net_.parameters(), net_.gradients(), 0.003);
        operations += static_cast<double>(core::flops_per_row_forward_backward(net_.shape())) * kBatch;
        ++step_;
    }

    std::shared_ptr<const Marks> marks_;
    core::Mlp<core::Simd4f> net_;
    core::AdamW<core::Simd4f> optimiser_;
    core::Rng rng_;
    int32_t n_steps_, step_ = 0;
};

}  // namespace

Glyphs make_glyphs(int32_t count, core::Rng& rng) {
    Glyphs glyphs;
    for (int32_t i = 0; i < count; ++i) {
        const int32_t kind = i % Glyphs::kKinds;
        const double r = 3.5 + 0.5 * rng.below(4), dx = static_cast<double>(rng.below(3)) - 1.0,
                     dy = static_cast<double>(rng.below(3)) - 1.0;
        for (int32_t y = 0; y < Glyphs::kSide; ++y) {
            for (int32_t x = 0; x < Glyphs::kSide; ++x) {
                const bool is_spot = rng.uniform() < kSpots;
                glyphs.pixels.push_back(is_ink(kind, x - 5.5 - dx, y - 5.5 - dy, r) != is_spot ? 1.0 : 0.0);
            }
        }
        glyphs.kinds.push_back(kind);
    }
    return glyphs;
}

void put_glyph_readers(Shelf& shelf, const Config& config) {
    const auto marks = make_marks(config.seed);
    const core::Rng rng(static_cast<uint64_t>(config.seed));
    put(shelf, {.id = "stamps", .task = Task::Glyph, .licence = Licence::Free},
        std::make_unique<StampsMaker>(marks, rng.fork("stamps")));
    const auto net = [&](const char* id, Licence licence, std::vector<int32_t> sizes) {
        put(shelf, {.id = id, .task = Task::Glyph, .licence = licence},
            std::make_unique<NetMaker>(marks, std::move(sizes), config.max_steps, rng.fork(id)));
    };
    net("points", Licence::NoTrade, {kPoints, Glyphs::kKinds});
    net("net", Licence::FewUsers, {kPoints, 24, Glyphs::kKinds});
}

}  // namespace terrarium::labs::model_shelf
