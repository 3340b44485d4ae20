#include "core/world/grammar.h"

#include <algorithm>

#include "core/support/check.h"
#include "core/support/math.h"

namespace terrarium::core::world {
namespace {

struct Replacement {
    std::string_view harbour, hill, island;
};
constexpr std::array<Replacement, 12> kReplacements{{
    {"the", "tha", "d\u00e6"},
    {"and", "ond", "og"},
    {"of", "av", "fra"},
    {"is", "ees", "er"},
    {"was", "wor", "var"},
    {"to", "til", "ti"},
    {"in", "ben", "indi"},
    {"with", "wey", "med"},
    {"for", "vor", "fer"},
    {"when", "whan", "n\u00e5r"},
    {"from", "frae", "uvan"},
    {"at", "ut", "vid"},
}};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

}  // namespace

std::string in_dialect(std::string_view words, Dialect dialect) {
    std::string out;
    for (std::size_t i = 0; i < words.size();) {
        std::size_t end = i;
        while (end < words.size() && is_letter(words[end])) ++end;
        if (end == i) {
            out += words[i++];
            continue;
        }
        const std::string_view word = words.substr(i, end - i);
        const bool is_capital = word[0] >= 'A' && word[0] <= 'Z';
        std::string small(word);
        if (is_capital) small[0] = static_cast<char>(small[0] + ('a' - 'A'));
        for (const Replacement& one : kReplacements) {
            if (dialect != Dialect::Harbour && one.harbour == small) {
                small = dialect == Dialect::Hill ? one.hill : one.island;
                break;
            }
        }
        if (is_capital) small[0] = static_cast<char>(small[0] - ('a' - 'A'));
        out += small;
        i = end;
    }
    return out;
}

/// Reads the text of the rules. Alternatives and parts of a rule must lie together in their lists, but wordings are
/// rules of their own that turn up in the middle; so each alternative is kept apart until all are read.
class Grammar::Builder {
public:
    Builder(Grammar& grammar, const std::map<std::string_view, double>& options)
        : grammar_(grammar), options_(options) {}

    void build(std::string_view text) {
        std::vector<std::pair<std::string_view, std::string_view>> named;  // name, alternatives
        while (!text.empty()) {
            // A rule goes on until the next line that begins with a name.
            std::size_t end = text.find('\n');
            while (end != std::string_view::npos && end + 1 < text.size() && !is_letter(text[end + 1])) {
                end = text.find('\n', end + 1);
            }
            const std::string_view rule = text.substr(0, end);
            text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
            const std::size_t colon = rule.find(':');
            if (rule.empty() || rule.find_first_not_of("\n ") == std::string_view::npos) continue;
            TERRARIUM_CHECK(colon != std::string_view::npos, "A rule needs a name and a colon.");
            named.emplace_back(rule.substr(0, colon), rule.substr(colon + 1));
        }
        for (const auto& [name, body] : named) {
            names_.emplace(std::string(name), static_cast<int32_t>(built_.size()));
            built_.push_back({std::string(name), {}, false});
        }
        TERRARIUM_CHECK(names_.size() == named.size(), "Two rules have the same name.");
        for (std::size_t i = 0; i < named.size(); ++i) {
            auto alternatives = read_alternatives(named[i].second);
            built_[i].alternatives = std::move(alternatives);
        }
        store();
    }

private:
    struct BuiltAlternative {
        double probability = 0;
        std::vector<Part> parts;
    };
    struct BuiltRule {
        std::string name;
        std::vector<BuiltAlternative> alternatives;
        bool is_wording = false;
    };

    static std::string_view trimmed(std::string_view text) {
        const std::size_t first = text.find_first_not_of(" \n");
        if (first == std::string_view::npos) return {};
        return text.substr(first, text.find_last_not_of(" \n") - first + 1);
    }

    /// Cuts at the bars that stand outside of all brackets.
    static std::vector<std::string_view> cut(std::string_view text) {
        std::vector<std::string_view> pieces;
        int32_t depth = 0;
        std::size_t start = 0;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '(' || text[i] == '[') ++depth;
            if (text[i] == ')' || text[i] == ']') --depth;
            if (text[i] == '|' && depth == 0) {
                pieces.push_back(text.substr(start, i - start));
                start = i + 1;
            }
        }
        TERRARIUM_CHECK(depth == 0, "A bracket of a rule is not closed.");
        pieces.push_back(text.substr(start));
        return pieces;
    }

    std::vector<BuiltAlternative> read_alternatives(std::string_view body) {
        std::vector<BuiltAlternative> alternatives;
        std::vector<double> weights;  // 0 for those that an option decides
        double from_options = 0, total_weight = 0;
        for (std::string_view piece : cut(body)) {
            piece = trimmed(piece);
            BuiltAlternative alternative;
            double weight = 1;
            if (piece.starts_with('*')) {
                const std::size_t end = std::min(piece.find(' '), piece.size());
                const auto option = options_.find(piece.substr(1, end - 1));
                TERRARIUM_CHECK(option != options_.end(), "A rule asks for an option that does not exist.");
                alternative.probability = option->second;
                from_options += option->second;
                weight = 0;
                piece = trimmed(piece.substr(end));
            } else if (!piece.empty() && piece[0] >= '1' && piece[0] <= '9' && (piece.size() == 1 || piece[1] == ' ')) {
                weight = piece[0] - '0';
                piece = trimmed(piece.substr(1));
            }
            weights.push_back(weight);
            total_weight += weight;
            alternative.parts = read_parts(piece);
            alternatives.push_back(std::move(alternative));
        }
        TERRARIUM_CHECK(from_options >= 0 && from_options < 1 + 1e-9 && total_weight > 0,
                        "The probabilities of a rule's options leave something for the others.");
        for (std::size_t i = 0; i < weights.size(); ++i) {
            if (weights[i] > 0) alternatives[i].probability = (1 - from_options) * weights[i] / total_weight;
        }
        return alternatives;
    }

    int32_t wording(std::string_view inside) {
        BuiltRule rule;
        rule.is_wording = true;
        const std::vector<std::string_view> pieces = cut(inside);
        for (const std::string_view piece : pieces) {
            BuiltAlternative alternative{1.0 / static_cast<double>(pieces.size()), {}};
            if (!piece.empty()) alternative.parts.push_back(words(piece));
            rule.alternatives.push_back(std::move(alternative));
        }
        built_.push_back(std::move(rule));
        return static_cast<int32_t>(built_.size()) - 1;
    }

    Part words(std::string_view piece) {
        TERRARIUM_CHECK(piece.find_first_of("<>{}[]()*") == std::string_view::npos, "Words have no brackets in them.");
        std::string text;
        for (const char c : piece) {
            if (c == '\n' || (c == ' ' && text.ends_with(' '))) continue;  // lines of the table that go on
            text += c == '_' ? ' ' : c == '~' ? '\n' : c;
        }
        for (int32_t d = 0; d < kDialects; ++d) {
            grammar_.words_[static_cast<std::size_t>(d)].push_back(in_dialect(text, static_cast<Dialect>(d)));
        }
        return {Part::Kind::Words, static_cast<int32_t>(grammar_.words_[0].size()) - 1};
    }

    std::vector<Part> read_parts(std::string_view text) {
        std::vector<Part> parts;
        std::vector<int32_t> open;
        while (!text.empty()) {
            const std::size_t plain = text.find_first_of("<{([]");
            if (plain != 0) {
                parts.push_back(words(text.substr(0, plain)));
                text.remove_prefix(std::min(plain, text.size()));
                continue;
            }
            const char first = text[0];
            if (first == ']') {
                TERRARIUM_CHECK(!open.empty(), "A span ends that has not begun.");
                parts.push_back({Part::Kind::Close, open.back()});
                open.pop_back();
                text.remove_prefix(1);
                continue;
            }
            const char last = first == '<' ? '>' : first == '{' ? '}' : first == '(' ? ')' : ':';
            const std::size_t end = text.find(last);
            TERRARIUM_CHECK(end != std::string_view::npos, "A bracket of a rule is not closed.");
            const std::string_view inside = text.substr(1, end - 1);
            if (first == '<') {
                const auto rule = names_.find(inside);
                TERRARIUM_CHECK(rule != names_.end(), "A rule asks for a rule that does not exist.");
                parts.push_back({Part::Kind::Rule, rule->second});
            } else if (first == '{') {
                grammar_.slots_.push_back(parse_slot(inside));
                parts.push_back({Part::Kind::Slot, static_cast<int32_t>(grammar_.slots_.size()) - 1});
            } else if (first == '(') {
                parts.push_back({Part::Kind::Rule, wording(inside)});
            } else {
                const auto kind = std::find(kSpanKindNames.begin(), kSpanKindNames.end(), inside);
                TERRARIUM_CHECK(kind != kSpanKindNames.end(), "There is no span of this kind.");
                open.push_back(static_cast<int32_t>(kind - kSpanKindNames.begin()));
                parts.push_back({Part::Kind::Open, open.back()});
            }
            text.remove_prefix(end + 1);
        }
        TERRARIUM_CHECK(open.empty(), "A span of a rule does not end.");
        return parts;
    }

    void store() {
        for (const BuiltRule& built : built_) {
            Rule rule{.name = built.name, .is_wording = built.is_wording, .is_label = built.name.starts_with("label_")};
            rule.first_alternative = static_cast<int32_t>(grammar_.alternatives_.size());
            for (const BuiltAlternative& from : built.alternatives) {
                Alternative alternative{from.probability, log(from.probability),
                                        static_cast<int32_t>(grammar_.parts_.size()), 0};
                grammar_.parts_.insert(grammar_.parts_.end(), from.parts.begin(), from.parts.end());
                alternative.end_part = static_cast<int32_t>(grammar_.parts_.size());
                grammar_.alternatives_.push_back(alternative);
            }
            rule.end_alternative = static_cast<int32_t>(grammar_.alternatives_.size());
            grammar_.rules_.push_back(std::move(rule));
        }
    }

    Grammar& grammar_;
    const std::map<std::string_view, double>& options_;
    std::vector<BuiltRule> built_;
    std::map<std::string, int32_t, std::less<>> names_;
};

Grammar::Grammar(std::string_view text, const std::map<std::string_view, double>& options) {
    Builder(*this, options).build(text);
}

int32_t Grammar::rule_id(std::string_view name) const {
    const auto found = std::find_if(rules_.begin(), rules_.end(), [&](const Rule& rule) { return rule.name == name; });
    TERRARIUM_CHECK(found != rules_.end(), "There is no rule of this name.");
    return static_cast<int32_t>(found - rules_.begin());
}

Grammar::Entropy Grammar::entropy(int32_t rule_id, Dialect dialect) const {
    std::vector<int32_t> reached{rule_id};
    for (std::size_t i = 0; i < reached.size(); ++i) {
        for (const Alternative& alternative : alternatives(rule(reached[i]))) {
            if (alternative.probability <= 0) continue;
            for (const Part& part : parts(alternative)) {
                TERRARIUM_CHECK(part.kind != Part::Kind::Slot, "The closed form needs rules without slots.");
                const bool is_new = part.kind == Part::Kind::Rule &&
                                    std::find(reached.begin(), reached.end(), part.index) == reached.end();
                if (is_new) reached.push_back(part.index);
            }
        }
    }
    std::vector<Entropy> of(rules_.size());
    constexpr int kRounds = 100'000;
    for (int round = 0; round < kRounds; ++round) {
        bool moves = false;
        for (const int32_t id : reached) {
            Entropy sum;
            for (const Alternative& alternative : alternatives(rule(id))) {
                if (alternative.probability <= 0) continue;
                Entropy inside{-alternative.log_probability, 0};
                for (const Part& part : parts(alternative)) {
                    if (part.kind == Part::Kind::Words) {
                        inside.bytes += static_cast<double>(words(part.index, dialect).size());
                    } else if (part.kind == Part::Kind::Rule) {
                        inside.nats += of[static_cast<std::size_t>(part.index)].nats;
                        inside.bytes += of[static_cast<std::size_t>(part.index)].bytes;
                    }
                }
                sum.nats += alternative.probability * inside.nats;
                sum.bytes += alternative.probability * inside.bytes;
            }
            constexpr double kEndless = 1e9;
            TERRARIUM_CHECK(sum.nats < kEndless && sum.bytes < kEndless, "The texts of a rule have no mean length.");
            Entropy& known = of[static_cast<std::size_t>(id)];
            constexpr double kStill = 1e-14;
            moves = moves || absolute(sum.nats - known.nats) > kStill * sum.nats ||
                    absolute(sum.bytes - known.bytes) > kStill * sum.bytes;
            known = sum;
        }
        if (!moves) return of[static_cast<std::size_t>(rule_id)];
    }
    fail_check("The texts of a rule have no mean length.", __FILE__, __LINE__);
}

}  // namespace terrarium::core::world
