// The models that say from which of the three books a line comes.

#include <array>
#include <optional>

#include "core/models/logistic_regression.h"
#include "core/models/ngram.h"
#include "core/support/math.h"
#include "core/text/tokenizer.h"
#include "labs/m2_pretraining/model_shelf/makers.h"

namespace terrarium::labs::model_shelf {
namespace {

constexpr int32_t kBooks = 3;
constexpr size_t kMinLength = 20, kMaxPerBook = 150;
constexpr int kLinesPerUnit = 30;

struct Line {
    std::string words;
    int32_t book = 0;
};
struct Lines {
    std::vector<Line> train, questions;
};

/// Every third line is a question, the others are to learn from; headings and empty lines are left out.
std::shared_ptr<const Lines> read_lines(std::span<const std::string> texts) {
    auto lines = std::make_shared<Lines>();
    for (int32_t book = 0; book < kBooks; ++book) {
        const std::string& text = texts[static_cast<size_t>(book)];
        size_t count = 0;
        for (size_t from = 0; from < text.size() && count < kMaxPerBook;) {
            const size_t end = std::min(text.find('\n', from), text.size());
            if (end - from >= kMinLength) {
                (count++ % 3 == 2 ? lines->questions : lines->train).push_back({text.substr(from, end - from), book});
            }
            from = end + 1;
        }
    }
    return lines;
}

/// What a line looks like without its order: the share of each letter, of capitals, digits, spaces and other marks.
constexpr size_t kFeatures = 31;
std::array<double, kFeatures> features_of(std::string_view line) {
    std::array<double, kFeatures> f{};
    for (const char c : line) {
        if (c >= 'a' && c <= 'z') f[static_cast<size_t>(c - 'a')] += 1;
        if (c >= 'A' && c <= 'Z') f[static_cast<size_t>(c - 'A')] += 1, f[26] += 1;
        if (c >= '0' && c <= '9') f[27] += 1;
        if (c == ' ') f[28] += 1;
        if (c == ',' || c == '.' || c == ';' || c == ':' || c == '"') f[29] += 1;
    }
    const double per_ten = 10.0 / static_cast<double>(line.size());
    for (double& x : f) x *= per_ten;
    f[30] = static_cast<double>(line.size()) / 100.0;
    return f;
}

/// Asks `answer` about the next lines; false when all are done.
template <class Answer>
bool ask(const Lines& lines, size_t& at, Tally& tally, Answer answer) {
    const size_t end = std::min(at + kLinesPerUnit, lines.questions.size());
    std::array<double, kBooks> p{};
    for (; at < end; ++at) {
        answer(lines.questions[at].words, p);
        tally.add(p, lines.questions[at].book);
    }
    return at < lines.questions.size();
}

int64_t asking_units(const Lines& lines) { return (std::ssize(lines.questions) + kLinesPerUnit - 1) / kLinesPerUnit; }

/// Always says the book with the most lines.
class HabitMaker final : public Maker {
public:
    explicit HabitMaker(std::shared_ptr<const Lines> lines) : lines_(std::move(lines)) {}
    bool step(Card& card, std::vector<float>&, double&) override {
        std::array<double, kBooks> share{};
        const double each = 1.0 / static_cast<double>(lines_->train.size());
        for (const Line& line : lines_->train) share[static_cast<size_t>(line.book)] += each;
        if (ask(*lines_, at_, tally_, [&](const std::string&, auto& p) { p = share; })) return true;
        card.n_numbers = kBooks;
        card.memory_bytes = 4 * kBooks;
        card.operations = kBooks;
        card.bytes_read = 4 * kBooks;
        tally_.write_to(card, true);
        return false;
    }
    int64_t units() const override { return asking_units(*lines_); }

private:
    std::shared_ptr<const Lines> lines_;
    size_t at_ = 0;
    Tally tally_;
};

class LettersMaker final : public Maker {
public:
    explicit LettersMaker(std::shared_ptr<const Lines> lines) : lines_(std::move(lines)) {
        std::vector<double> features;
        std::vector<int32_t> books;
        for (const Line& line : lines_->train) {
            const auto f = features_of(line.words);
            features.insert(features.end(), f.begin(), f.end());
            books.push_back(line.book);
        }
        model_.emplace(features, books, kBooks, core::LogisticRegressionConfig{.l2 = 0.1, .tolerance = 1e-6});
    }
    bool step(Card& card, std::vector<float>& losses, double& operations) override {
        if (n_steps_ < kSteps) {  // a fixed number, so that the length of the run is known
            if (model_->step()) losses.push_back(static_cast<float>(model_->loss()));
            const double weights = kBooks * (kFeatures + 1);
            operations += static_cast<double>(lines_->train.size()) * weights * weights;
            ++n_steps_;
            return true;
        }
        if (ask(*lines_, at_, tally_,
                [&](const std::string& words, auto& p) { model_->probabilities(p, features_of(words)); })) {
            return true;
        }
        card.n_numbers = kBooks * (kFeatures + 1);
        card.memory_bytes = 4 * card.n_numbers;
        card.operations = 2.0 * static_cast<double>(card.n_numbers) + mean_length();
        card.bytes_read = static_cast<double>(card.memory_bytes);
        tally_.write_to(card, true);
        return false;
    }
    int64_t units() const override { return kSteps + asking_units(*lines_); }

private:
    static constexpr int kSteps = 12;
    double mean_length() const {
        double sum = 0;
        for (const Line& line : lines_->questions) sum += static_cast<double>(line.words.size());
        return sum / static_cast<double>(lines_->questions.size());
    }
    std::shared_ptr<const Lines> lines_;
    std::optional<core::LogisticRegression> model_;
    int n_steps_ = 0;
    size_t at_ = 0;
    Tally tally_;
};

/// A bigram model for each book; the one that is least surprised by a line says where it comes from.
class ThreePairsMaker final : public Maker {
public:
    explicit ThreePairsMaker(std::shared_ptr<const Lines> lines)
        : lines_(std::move(lines)), tokenizer_(core::Tokenizer::learn(core::TokenizerKind::Characters, all_words())) {}
    bool step(Card& card, std::vector<float>&, double&) override {
        if (models_.size() < kBooks) {
            std::string words;
            for (const Line& line : lines_->train) {
                if (line.book == static_cast<int32_t>(models_.size())) words += line.words + "\n";
            }
            const std::vector<int32_t> ids = tokenizer_.encode(words);
            n_pairs_ += distinct_pairs(ids);
            models_.emplace_back(ids, tokenizer_.vocab_size());
            return true;
        }
        const auto answer = [&](const std::string& words, auto& p) {
            const std::vector<int32_t> ids = tokenizer_.encode(words);
            n_tokens_ += ids.size();
            std::array<double, kBooks> log_p{};
            for (size_t book = 0; book < kBooks; ++book) {
                for (size_t i = 1; i < ids.size(); ++i) {
                    log_p[book] += core::log(models_[book].bigram(ids[i - 1], ids[i]));
                }
            }
            const double best = *std::max_element(log_p.begin(), log_p.end());
            double sum = 0;
            for (size_t book = 0; book < kBooks; ++book) sum += p[book] = core::exp(log_p[book] - best);
            for (double& x : p) x /= sum;
        };
        if (ask(*lines_, at_, tally_, answer)) return true;
        const double per_line = static_cast<double>(n_tokens_) / static_cast<double>(lines_->questions.size());
        card.n_numbers = n_pairs_;
        card.memory_bytes = 8 * n_pairs_;
        card.operations = 2.0 * kBooks * per_line;
        card.bytes_read = 8.0 * kBooks * per_line;
        tally_.write_to(card, true);
        return false;
    }
    int64_t units() const override { return kBooks + asking_units(*lines_); }

private:
    std::string all_words() const {
        std::string words;
        for (const Line& line : lines_->train) words += line.words + "\n";
        return words;
    }
    static int64_t distinct_pairs(std::span<const int32_t> ids) {
        std::vector<std::pair<int32_t, int32_t>> pairs;
        for (size_t i = 1; i < ids.size(); ++i) pairs.emplace_back(ids[i - 1], ids[i]);
        std::sort(pairs.begin(), pairs.end());
        return std::unique(pairs.begin(), pairs.end()) - pairs.begin();
    }
    std::shared_ptr<const Lines> lines_;
    core::Tokenizer tokenizer_;
    std::vector<core::NgramModel> models_;
    int64_t n_pairs_ = 0;
    size_t n_tokens_ = 0, at_ = 0;
    Tally tally_;
};

}  // namespace

void put_sorters(Shelf& shelf, const Config&, std::span<const std::string> texts) {
    const auto lines = read_lines(texts);
    put(shelf, {.id = "habit", .task = Task::Sort, .licence = Licence::Free}, std::make_unique<HabitMaker>(lines));
    put(shelf, {.id = "letters", .task = Task::Sort, .licence = Licence::Credit},
        std::make_unique<LettersMaker>(lines));
    put(shelf, {.id = "three_pairs", .task = Task::Sort, .licence = Licence::NoTraining},
        std::make_unique<ThreePairsMaker>(lines));
}

}  // namespace terrarium::labs::model_shelf
