#include "core/world/world.h"

#include <limits>
#include <string>
#include <utility>

#include "core/support/check.h"
#include "core/support/math.h"
#include "core/world/rules.h"
#include "core/world/writer.h"

namespace terrarium::core::world {
namespace {

constexpr int64_t kCopyWindow = 100;  ///< how far back a copy looks for what it copies

template <std::size_t N>
std::array<double, N> shares(std::array<double, N> weights) {
    double total = 0;
    for (const double weight : weights) {
        TERRARIUM_CHECK(weight >= 0, "Shares are not negative.");
        total += weight;
    }
    TERRARIUM_CHECK(total > 0, "One share at least is positive.");
    for (double& weight : weights) weight /= total;
    return weights;
}

WorldOptions checked(WorldOptions options) {
    options.domain_share = shares(options.domain_share);
    options.dialect_share = shares(options.dialect_share);
    options.group_share = shares(options.group_share);
    for (const double fraction :
         {options.dialect_of_group, options.pronoun_skew, options.duplicate_fraction, options.near_duplicate_fraction,
          options.duplicate_fraction + options.near_duplicate_fraction, options.boilerplate_fraction,
          options.junk_fraction, options.pii_fraction, options.toxic_fraction, options.secret_fraction,
          options.poison_fraction, options.no_consent_fraction, options.closed_licence_fraction}) {
        TERRARIUM_CHECK(fraction >= 0 && fraction <= 1, "A fraction lies between 0 and 1.");
    }
    return options;
}

/// What is planted stands under documents that are not junk: there it has to be a little more frequent.
std::map<std::string_view, double> probabilities(const WorldOptions& options) {
    const double text = options.junk_fraction < 1 ? 1 - options.junk_fraction : 1;
    const double planted =
        options.pii_fraction + options.toxic_fraction + options.secret_fraction + options.poison_fraction;
    TERRARIUM_CHECK(planted <= text && options.boilerplate_fraction <= text,
                    "There are not enough documents for all that shall be planted in them.");
    return {{"junk", options.junk_fraction},
            {"pii", options.pii_fraction / text},
            {"toxic", options.toxic_fraction / text},
            {"secret", options.secret_fraction / text},
            {"poison", options.poison_fraction / text},
            {"boilerplate", options.boilerplate_fraction / text}};
}

std::string all_rules() { return std::string(kChronicleRules) + std::string(kDeskRules) + std::string(kShopRules); }

bool speaks_dialects(Domain domain) { return domain != Domain::Log && domain != Domain::Caption; }

/// Code points of valid UTF-8.
double n_characters(std::string_view text) {
    int64_t n = 0;
    for (const char c : text) n += (static_cast<uint8_t>(c) & 0xc0) != 0x80 ? 1 : 0;
    return static_cast<double>(n);
}

template <class Enum, std::size_t N>
Enum draw(const std::array<double, N>& p, Rng& rng) {
    double left = rng.uniform();
    for (std::size_t i = 0; i + 1 < N; ++i) {
        left -= p[i];
        if (left < 0) return static_cast<Enum>(i);
    }
    std::size_t last = N - 1;
    while (p[last] <= 0) --last;
    return static_cast<Enum>(last);
}

}  // namespace

World::World(uint64_t seed, const WorldOptions& options)
    : options_(checked(options)), setting_(seed, options_), grammar_(all_rules(), probabilities(options_)) {
    for (std::size_t i = 0; i < roots_.size(); ++i) roots_[i] = grammar_.rule_id(kDomainNames[i]);
    Rng rng = Rng(seed).fork("documents");
    key_ = static_cast<uint64_t>(rng.next_u32()) << 32;
    key_ |= rng.next_u32();
}

uint64_t World::key_of(int64_t index) const { return random_bits_at(key_, static_cast<uint64_t>(index)); }

Document World::document(int64_t index) const {
    Document document;
    write(document, index);
    return document;
}

void World::write(Document& out, int64_t index) const {
    TERRARIUM_CHECK(index >= 0, "Documents are counted from 0.");
    // Copies of copies lead back to an original. The first near-copy on the way decides the wordings.
    int64_t original = index, reworded_at = -1;
    while (original > 0) {
        Rng rng(key_of(original), 1);
        const double u = rng.uniform();
        const bool is_near = u < options_.near_duplicate_fraction;
        if (!is_near && u >= options_.near_duplicate_fraction + options_.duplicate_fraction) break;
        if (is_near && reworded_at < 0) reworded_at = original;
        const int64_t reach = original < kCopyWindow ? original : kCopyWindow;
        original -= 1 + static_cast<int64_t>(rng.below(static_cast<uint32_t>(reach)));
    }
    Rng rng(key_of(original), 2);
    out.id = index;
    out.duplicate_cluster = original;
    out.is_near_duplicate = reworded_at >= 0;
    out.domain = draw<Domain>(options_.domain_share, rng);
    out.dialect = draw<Dialect>(options_.dialect_share, rng);
    if (!speaks_dialects(out.domain)) out.dialect = Dialect::Harbour;
    out.date_day = options_.first_day +
                   static_cast<int32_t>(rng.below(static_cast<uint32_t>(options_.end_day - options_.first_day)));

    Written written{std::move(out.text), std::move(out.spans), {}, -1};
    const uint64_t content = random_bits_at(key_of(original), 1);
    Chance chance = reworded_at < 0 ? Chance(content) : Chance(content, random_bits_at(key_of(reworded_at), 2));
    world::write(written, grammar_, setting_, roots_[static_cast<std::size_t>(out.domain)], out.dialect, out.date_day,
                 chance);
    out.text = std::move(written.text);
    out.spans = std::move(written.spans);
    out.group =
        written.main_person >= 0 ? facts().person(written.main_person).group : draw<Group>(options_.group_share, rng);
    out.voice = Voice::None;
    out.incident = -1;
    out.picture = {};
    if (const std::vector<int32_t>& labels = written.labels; !labels.empty()) {
        if (out.domain == Domain::Copy) out.voice = labels[0] == 0 ? Voice::Plain : Voice::Grand;
        if (out.domain == Domain::Log) out.incident = labels[0];
        const auto at = [&](std::size_t i) { return static_cast<int8_t>(labels[i]); };
        if (out.domain == Domain::Caption) out.picture = {at(0), at(1), at(2), at(3)};
    }
    describe(out, index);
}

/// What is known of a document besides its text: by what stands in it, and by chance.
void World::describe(Document& out, int64_t index) const {
    out.is_junk = out.is_poisoned = false;
    out.access = AccessLevel::Public;
    for (const Span& span : out.spans) {
        if (span.kind == SpanKind::Junk) out.is_junk = true;
        if (span.kind == SpanKind::Poison) out.is_poisoned = true;
        AccessLevel access = AccessLevel::Public;
        if (span.kind == SpanKind::Fact) access = facts().facts()[static_cast<std::size_t>(span.fact)].access;
        if (span.kind == SpanKind::Incident) access = AccessLevel::Staff;
        if (span.kind == SpanKind::PiiEmail || span.kind == SpanKind::PiiPhone || span.kind == SpanKind::PiiId ||
            span.kind == SpanKind::Secret) {
            access = AccessLevel::Private;
        }
        if (access > out.access) out.access = access;
    }
    Rng rng(key_of(index), 3);  // a copy may turn up elsewhere and under another licence than its original
    constexpr std::array<double, kSources> kText{0.3, 0.2, 0.2, 0.15, 0.15}, kJunk{0.02, 0.03, 0.05, 0.2, 0.7};
    out.source = draw<Source>(out.is_junk ? kJunk : kText, rng);
    const bool is_closed = rng.uniform() < options_.closed_licence_fraction;
    constexpr std::array<double, kLicences> kOpen{0.5, 0.5, 0, 0, 0}, kClosed{0, 0, 0.3, 0.4, 0.3};
    out.licence = draw<Licence>(is_closed ? kClosed : kOpen, rng);
    out.has_consent = rng.uniform() >= options_.no_consent_fraction;
}

std::vector<Reading> World::read(std::string_view text, Domain domain, Dialect dialect) const {
    return read_all(text, grammar_, setting_, roots_[static_cast<std::size_t>(domain)], dialect);
}

double World::log_probability_nats(std::string_view text) const {
    std::vector<Reading> all;
    for (int32_t d = 0; d < kDomains; ++d) {
        const double domain_share = options_.domain_share[static_cast<std::size_t>(d)];
        if (domain_share <= 0) continue;
        const auto domain = static_cast<Domain>(d);
        for (int32_t i = 0; i < kDialects; ++i) {
            const auto dialect = static_cast<Dialect>(i);
            double dialect_share = options_.dialect_share[static_cast<std::size_t>(i)];
            if (!speaks_dialects(domain)) dialect_share = dialect == Dialect::Harbour ? 1 : 0;
            if (dialect_share <= 0) continue;
            for (Reading& reading : read(text, domain, dialect)) {
                reading.log_probability += log(domain_share * dialect_share);
                all.push_back(std::move(reading));
            }
        }
    }
    return log_probability(all);
}

std::string World::say(std::string_view rule, int64_t index) const {
    Written written;
    Chance chance(random_bits_at(key_of(index), 4));
    world::write(written, grammar_, setting_, grammar_.rule_id(rule), Dialect::Harbour, options_.first_day, chance);
    return std::move(written.text);
}

double World::log_probability_nats(std::string_view text, std::string_view rule) const {
    return log_probability(read_all(text, grammar_, setting_, grammar_.rule_id(rule), Dialect::Harbour));
}

Floor World::floor(int64_t first, int64_t n) const {
    TERRARIUM_CHECK(n >= 2, "A mean with its error needs two documents at least.");
    Floor floor{.n_documents = n};
    double nats_squared = 0, characters_squared = 0, product = 0;
    Document document;
    for (int64_t i = 0; i < n; ++i) {
        write(document, first + i);
        const double nats = -log_probability_nats(document.text);
        const double characters = n_characters(document.text) + 1;
        floor.nats_per_document += nats / static_cast<double>(n);
        floor.characters_per_document += characters / static_cast<double>(n);
        nats_squared += nats * nats / static_cast<double>(n);
        characters_squared += characters * characters / static_cast<double>(n);
        product += nats * characters / static_cast<double>(n);
    }
    const double ratio = floor.nats_per_document / floor.characters_per_document;
    floor.nats_per_character = ratio;
    // Of a ratio of two means, to first order: the deviation of (nats - ratio * characters) / sqrt(n), over the mean.
    const double variance = nats_squared - 2 * ratio * product + ratio * ratio * characters_squared;
    floor.standard_error =
        sqrt((variance > 0 ? variance : 0.0) / static_cast<double>(n - 1)) / floor.characters_per_document;
    return floor;
}

}  // namespace terrarium::core::world
