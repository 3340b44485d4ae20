// How the models of the shelf are made: one function per kind of question, each in a file of its own.

#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "core/support/rng.h"
#include "labs/m2_pretraining/model_shelf/lab.h"

namespace terrarium::labs::model_shelf {

/// Adds up answers until there are enough for a card.
struct Tally {
    int64_t n = 0, n_right = 0;
    double surprise_nats = 0;

    /// probabilities of all possible answers; of equals the first counts as the answer given.
    void add(std::span<const double> probabilities, int32_t right);
    void add(bool is_right) { ++n, n_right += is_right ? 1 : 0; }
    void write_to(Card& card, bool has_loss) const;
};

/// Each appends its cards and their makers to the shelf, in order.
void put_writers(Shelf& shelf, const Config& config, const std::string& text);
void put_sorters(Shelf& shelf, const Config& config, std::span<const std::string> texts);
void put_glyph_readers(Shelf& shelf, const Config& config);

/// 12 x 12 black and white marks of eight kinds, moved about and with spots, made by chance from the seed.
struct Glyphs {
    static constexpr int32_t kSide = 12, kKinds = 8;
    std::vector<double> pixels;  ///< [n, 144] 0 or 1
    std::vector<int32_t> kinds;  ///< [n]
};
Glyphs make_glyphs(int32_t count, core::Rng& rng);

inline void put(Shelf& shelf, Card card, std::unique_ptr<Maker> maker) {
    shelf.cards.push_back(std::move(card));
    shelf.makers.push_back(std::move(maker));
}

}  // namespace terrarium::labs::model_shelf
