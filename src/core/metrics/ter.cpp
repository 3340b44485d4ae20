#include "core/metrics/ter.h"

#include <algorithm>
#include <tuple>

#include "core/metrics/beam_distance.h"
#include "core/metrics/ngrams.h"
#include "core/metrics/segments.h"

namespace terrarium::core {
namespace {

using Words = std::vector<std::string>;

constexpr size_t kMaxShiftSize = 10;
constexpr size_t kMaxShiftDistance = 50;
constexpr int64_t kMaxTried = 1000;

/// Which words are aligned to what, and where the two texts differ.
struct Alignment {
    std::vector<int64_t> place;  ///< per reference word: hypothesis word it is aligned to or stands behind; -1 for none
    std::vector<bool> hypothesis_is_wrong, reference_is_wrong;
};

Alignment align(std::span<const TerEdit> edits) {
    Alignment alignment;
    int64_t at = -1;
    for (const TerEdit edit : edits) {
        const bool is_wrong = edit != TerEdit::Keep;
        if (edit != TerEdit::Insert) {
            ++at;
            alignment.hypothesis_is_wrong.push_back(is_wrong);
        }
        if (edit != TerEdit::Delete) {
            alignment.place.push_back(at);
            alignment.reference_is_wrong.push_back(is_wrong);
        }
    }
    return alignment;
}

/// A run that leaves its place and goes before the word that stood at `target`; inside its own length the target counts
/// from the words that close the gap.
std::vector<int32_t> shifted(std::span<const int32_t> words, const TerShift& shift) {
    const size_t end = shift.start + shift.length;
    std::vector<int32_t> result(words.begin(), words.end());
    const auto at = [&](size_t i) { return result.begin() + static_cast<std::ptrdiff_t>(i); };
    if (shift.target < shift.start) {
        std::rotate(at(shift.target), at(shift.start), at(end));
    } else if (shift.target > end) {
        std::rotate(at(shift.start), at(end), at(shift.target));
    } else {
        std::rotate(at(shift.start), at(end), at(std::min(shift.length + shift.target, words.size())));
    }
    return result;
}

struct Candidate {
    int64_t gain = 0;  ///< edits saved
    TerShift shift;
    bool is_better_than(const Candidate& other) const {
        return std::tuple(gain, shift.length, other.shift.start, other.shift.target) >
               std::tuple(other.gain, other.shift.length, shift.start, shift.target);
    }
};

/// Looks for the shift that saves most. Counts what it tries; nothing when there is nothing to try.
class ShiftSearch {
public:
    ShiftSearch(const BeamDistance& distance, int64_t& n_tried)
        : distance_(distance), alignment_(align(distance.edits())), n_tried_(n_tried) {}

    std::optional<Candidate> best() {
        const size_t n_hypothesis = distance_.hypothesis().size(), n_reference = distance_.reference().size();
        for (size_t start = 0; start < n_hypothesis; ++start) {
            const size_t first = start > kMaxShiftDistance ? start - kMaxShiftDistance : 0;
            const size_t last = std::min(n_reference, start + kMaxShiftDistance + 1);
            for (size_t goal = first; goal < last; ++goal) {
                if (!try_runs(start, goal)) return best_;
            }
        }
        return best_;
    }

private:
    /// All runs that begin at these two places. False: enough was tried.
    bool try_runs(size_t start, size_t goal) {
        bool hypothesis_is_wrong = false, reference_is_wrong = false;
        for (size_t length = 1; length <= kMaxShiftSize; ++length) {
            const size_t i = start + length - 1, j = goal + length - 1;
            if (i >= distance_.hypothesis().size() || j >= distance_.reference().size()) break;
            if (distance_.hypothesis()[i] != distance_.reference()[j]) break;
            hypothesis_is_wrong |= alignment_.hypothesis_is_wrong[i];
            reference_is_wrong |= alignment_.reference_is_wrong[j];
            const int64_t place = alignment_.place[goal];
            const bool is_inside = place >= static_cast<int64_t>(start) && place < static_cast<int64_t>(start + length);
            if (!hypothesis_is_wrong || !reference_is_wrong || is_inside) continue;
            try_targets(start, goal, length);
            if (n_tried_ >= kMaxTried) return false;
        }
        return true;
    }

    /// Puts one run before and behind each word it could belong to.
    void try_targets(size_t start, size_t goal, size_t length) {
        std::optional<size_t> previous;
        for (size_t offset = 0; offset <= length; ++offset) {
            const bool is_before_all = goal + offset == 0;
            const size_t target = is_before_all ? 0 : static_cast<size_t>(alignment_.place[goal + offset - 1] + 1);
            if (target == previous) continue;
            previous = target;
            Candidate candidate{.shift = {.start = start, .length = length, .target = target}};
            candidate.gain =
                distance_.distance() - distance_.distance_of(shifted(distance_.hypothesis(), candidate.shift));
            ++n_tried_;
            if (!best_ || candidate.is_better_than(*best_)) best_ = candidate;
        }
    }

    const BeamDistance& distance_;
    Alignment alignment_;
    int64_t& n_tried_;
    std::optional<Candidate> best_;
};

TerScore score_from(int64_t n_edits, double reference_length) {
    TerScore score{.n_edits = n_edits, .reference_length = reference_length};
    if (reference_length > 0) {
        score.score = 100 * (static_cast<double>(n_edits) / reference_length);
    } else {
        score.score = n_edits > 0 ? 100 : 0;
    }
    return score;
}

TerScore segment_score(std::string_view hypothesis, std::span<const std::string> references,
                       const TerOptions& options) {
    const Words words = ter_words(hypothesis, options);
    int64_t fewest = 0, length_sum = 0;
    size_t best_reference = 0;
    for (size_t i = 0; i < references.size(); ++i) {
        const Words reference = ter_words(references[i], options);
        const int64_t n_edits = ter_path(words, reference).n_edits;
        length_sum += std::ssize(reference);
        if (i > 0 && n_edits >= fewest) continue;
        fewest = n_edits;
        best_reference = i;
    }
    TerScore score = score_from(fewest, static_cast<double>(length_sum) / static_cast<double>(references.size()));
    score.best_reference = best_reference;
    return score;
}

}  // namespace

TerPath ter_path(const Words& hypothesis, const Words& reference) {
    const Words texts[] = {hypothesis, reference};
    const NgramNumbers numbers{std::span<const Words>(texts)};
    const std::vector<int32_t> goal(numbers.of(1).begin(), numbers.of(1).end());
    BeamDistance distance({numbers.of(0).begin(), numbers.of(0).end()}, goal);
    TerPath path;
    int64_t n_tried = 0;
    while (!reference.empty()) {
        const auto best = ShiftSearch(distance, n_tried).best();
        if (n_tried >= kMaxTried || !best || best->gain <= 0) break;
        path.shifts.push_back(best->shift);
        distance = BeamDistance(shifted(distance.hypothesis(), best->shift), goal);
    }
    path.edits = distance.edits();
    path.n_edits = std::ssize(path.shifts) + distance.distance();
    std::vector<std::string> word_of(static_cast<size_t>(numbers.n_distinct()));
    for (size_t i = 0; i < hypothesis.size(); ++i) word_of[static_cast<size_t>(numbers.of(0)[i])] = hypothesis[i];
    for (const int32_t number : distance.hypothesis()) path.shifted.push_back(word_of[static_cast<size_t>(number)]);
    return path;
}

Result<TerScore> sentence_ter(std::string_view hypothesis, std::span<const std::string> references,
                              const TerOptions& options) {
    if (references.empty())
        return Error{"segments.no_reference", "", "There is no reference to compare with.", "Give at least one."};
    return segment_score(hypothesis, references, options);
}

Result<TerScore> corpus_ter(std::span<const std::string> hypotheses,
                            std::span<const std::vector<std::string>> references, const TerOptions& options) {
    if (auto fault = find_segment_fault(hypotheses, references)) return std::move(*fault);
    int64_t n_edits = 0;
    double reference_length = 0;
    for (size_t i = 0; i < hypotheses.size(); ++i) {
        const TerScore segment = segment_score(hypotheses[i], references[i], options);
        n_edits += segment.n_edits;
        reference_length += segment.reference_length;
    }
    return score_from(n_edits, reference_length);
}

}  // namespace terrarium::core
