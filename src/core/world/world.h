// The closed world: an endless stream of documents about a harbour town, with everything that is true of them.
//
//   World world(7, messy_options());
//   Document document = world.document(123'456);
//
// A document depends on the seed, the options and its index alone: no document needs another one to be written, so a
// stream runs in constant memory, and any part of it can be read again. The same seed gives the same bytes everywhere.
//
// Because the text comes from a grammar with known probabilities, its probability is known exactly. The mean of
// -log p is the floor: no model, however large and however long it is trained, can do better on the average.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/world/document.h"
#include "core/world/grammar.h"
#include "core/world/options.h"
#include "core/world/reader.h"
#include "core/world/setting.h"

namespace terrarium::core::world {

/// What a perfect model would lose, measured on documents of which each is followed by one line end.
struct Floor {
    double nats_per_character = 0;  ///< of code points
    double standard_error = 0;      ///< of nats_per_character, because it is a mean over some documents only
    double nats_per_document = 0;
    double characters_per_document = 0;  ///< with the line end
    int64_t n_documents = 0;
};

class World {
public:
    /// Checks the limits named in options.h.
    explicit World(uint64_t seed, const WorldOptions& options = {});

    [[nodiscard]] const FactBase& facts() const { return setting_.facts(); }
    [[nodiscard]] const WorldOptions& options() const { return options_; }
    [[nodiscard]] const Grammar& grammar() const { return grammar_; }
    [[nodiscard]] const Setting& setting() const { return setting_; }

    /// Checks: index >= 0.
    [[nodiscard]] Document document(int64_t index) const;
    /// The same into a document whose memory is used again.
    void write(Document& out, int64_t index) const;

    /// log p(text), natural logarithm: the probability that a document that is not a copy has exactly this text.
    ///   p(text) = sum over domains and dialects of their shares times p(text | domain, dialect)
    /// Minus infinity for what this world never says. Only the text counts, not what else is known of a document.
    [[nodiscard]] double log_probability_nats(std::string_view text) const;
    [[nodiscard]] double log_probability_nats(const Document& document) const {
        return log_probability_nats(document.text);
    }

    /// What one rule of the grammar writes, for experiments on a part of the language whose entropy has a closed form:
    /// "diary" is a chain in which each word depends on the one before, "picture" and "weather" are small ones.
    /// Number `index` of an endless list, in the dialect of the harbour.
    [[nodiscard]] std::string say(std::string_view rule, int64_t index) const;
    /// log p(text | rule).
    [[nodiscard]] double log_probability_nats(std::string_view text, std::string_view rule) const;

    /// What a text says, in all ways it can be read; usually one. `dialect` is that of the document.
    [[nodiscard]] std::vector<Reading> read(std::string_view text, Domain domain, Dialect dialect) const;

    /// Mean over the documents [first, first + n). Checks: n >= 2.
    [[nodiscard]] Floor floor(int64_t first, int64_t n) const;

private:
    [[nodiscard]] uint64_t key_of(int64_t index) const;
    void describe(Document& out, int64_t index) const;

    WorldOptions options_;
    Setting setting_;
    Grammar grammar_;
    std::array<int32_t, kDomains> roots_{};  ///< rule of each domain
    uint64_t key_ = 0;
};

}  // namespace terrarium::core::world
