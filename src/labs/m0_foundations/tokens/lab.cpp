#include "labs/m0_foundations/tokens/lab.h"

#include <algorithm>
#include <array>

#include "core/io/fields.h"
#include "core/support/rng.h"
#include "core/text/bpe_split.h"
#include "core/text/utf8.h"
#include "labs/text_config.h"

namespace terrarium::labs::tokens {
namespace {

using core::Error;
using core::Result;

constexpr int32_t kChunkEnd = -1;
constexpr double kTrainFraction = 0.8;
constexpr size_t kMinBytes = 200;
constexpr size_t kOpeningBytes = 240;
constexpr size_t kLetterShownBytes = 320;
constexpr size_t kMaxSentenceBytes = 2000;
constexpr int32_t kAllWords = 65'536;
constexpr std::array<const char*, 3> kLetterSources = {"german", "spanish", "program"};

struct ProbeText {
    const char* id;
    const char* text;
};
constexpr std::array<ProbeText, 5> kProbes = {{
    {"english", "The boats come home before the storm."},
    {"german", "Die Boote kommen vor dem Sturm nach Hause."},
    {"greek", "Οι βάρκες γυρίζουν πριν από την καταιγίδα."},
    {"new_word", "zaxoquilf"},
    {"emoji", "🦊🦊🦊"},
}};

/// The first `n` bytes at most, without cutting a character in two.
std::string up_to(const std::string& text, size_t n) {
    if (n >= text.size()) return text;
    while (n > 0 && (static_cast<uint8_t>(text[n]) & 0xC0u) == 0x80u) --n;
    return text.substr(0, n);
}

/// From the first whole character at or after `at`.
std::string from(const std::string& text, size_t at) {
    while (at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0u) == 0x80u) ++at;
    return text.substr(std::min(at, text.size()));
}

size_t train_end(const std::string& text) {
    return up_to(text, static_cast<size_t>(kTrainFraction * static_cast<double>(text.size()))).size();
}

/// Damaged bytes become U+FFFD once, here, so that all ways of cutting see the same text.
std::string whole_characters(const std::string& text) { return core::encode_utf8(core::decode_utf8(text).code_points); }

int64_t count_of(const std::vector<int32_t>& ids, int32_t id) { return std::count(ids.begin(), ids.end(), id); }

}  // namespace

// ---- a row of tokens -----------------------------------------------------------------------------------------------

TokenRow::TokenRow(const std::vector<std::string>& chunks) {
    for (const std::string& chunk : chunks) {
        for (const char c : chunk) ids_.push_back(static_cast<uint8_t>(c));
        ids_.push_back(kChunkEnd);
        n_tokens_ += std::ssize(chunk);
    }
}

void TokenRow::merge(const core::BpePair& pair, int32_t made) {
    size_t end = 0;
    for (size_t i = 0; i < ids_.size(); ++i) {
        const bool is_pair = i + 1 < ids_.size() && ids_[i] == pair.left && ids_[i + 1] == pair.right;
        ids_[end++] = is_pair ? made : ids_[i];
        if (!is_pair) continue;
        ++i;
        --n_tokens_;
    }
    ids_.resize(end);
}

std::vector<int32_t> TokenRow::tokens() const {
    std::vector<int32_t> result;
    std::copy_if(ids_.begin(), ids_.end(), std::back_inserter(result), [](int32_t id) { return id != kChunkEnd; });
    return result;
}

// ---- snapshot ------------------------------------------------------------------------------------------------------

std::vector<float>* Snapshot::series(const std::string& name) {
    if (name == "left") return &left;
    if (name == "right") return &right;
    if (name == "count") return &count;
    if (name == "merges") return &merges;
    if (name == "train_tokens") return &train_tokens;
    if (name == "held_tokens") return &held_tokens;
    if (name == "letter_tokens") return &letter_tokens;
    return nullptr;
}

std::vector<Series> Snapshot::all_series() const {
    return {{"left", left},
            {"right", right},
            {"count", count},
            {"merges", merges},
            {"train_tokens", train_tokens},
            {"held_tokens", held_tokens},
            {"letter_tokens", letter_tokens}};
}

void Snapshot::take_series_from(Snapshot& other) {
    for (const char* name : {"left", "right", "count", "merges", "train_tokens", "held_tokens", "letter_tokens"})
        *series(name) = std::move(*other.series(name));
}

// ---- config --------------------------------------------------------------------------------------------------------

void read_config(core::io::Fields& fields, const Content& content, Config& config) {
    const auto whole = [&](const char* name, auto& value) {
        const Limit& limit = content.limit(name);
        value = static_cast<std::decay_t<decltype(value)>>(
            fields.int_in_or(name, static_cast<int64_t>(limit.min), static_cast<int64_t>(limit.max), value));
    };
    read_text_name(fields, content, config.text);
    config.split = fields.choice_or("split", {"none", "apart", "gpt2"}, config.split);
    whole("n_merges", config.n_merges);
    whole("width", config.width);
    whole("context", config.context);
    whole("seed", config.seed);
}

std::string letter_source(int64_t seed) {
    core::Rng rng = core::Rng(static_cast<uint64_t>(seed)).fork("letter from");
    return kLetterSources[rng.below(static_cast<uint32_t>(kLetterSources.size()))];
}

std::vector<std::string> artefacts_of(const Config& config) {
    std::vector<std::string> names = {config.text};
    if (const std::string source = "corpus:" + letter_source(config.seed); source != config.text)
        names.push_back(source);
    return names;
}

std::string letter_of(const std::string& text, int64_t seed) {
    const std::string held = from(text, train_end(text));
    const auto wanted = static_cast<size_t>(kLetterBytes);
    size_t begin = 0;
    if (held.size() > wanted) {
        core::Rng rng = core::Rng(static_cast<uint64_t>(seed)).fork("letter");
        begin = rng.below(static_cast<uint32_t>(held.size() - wanted + 1));
    }
    if (const size_t line = held.find('\n', begin); begin > 0 && line != std::string::npos && line < begin + wanted / 4)
        begin = line + 1;
    std::string letter = up_to(from(held, begin), wanted);
    if (const size_t line = letter.rfind('\n'); line != std::string::npos && line > letter.size() / 2)
        letter.resize(line + 1);
    return letter;
}

// ---- job -----------------------------------------------------------------------------------------------------------

Result<std::unique_ptr<Job>> Job::create(const Config& config, const Artefacts& artefacts) {
    const auto text = artefacts.find(config.text);
    const auto source = artefacts.find("corpus:" + letter_source(config.seed));
    if (text == artefacts.end() || source == artefacts.end()) {
        return Error{"text.missing", "", "The text of this run is not here.",
                     "Choose a built-in text or open your own."};
    }
    const std::string whole = whole_characters(text->second);
    const size_t end = train_end(whole);
    const std::string train = up_to(whole, std::min(end, static_cast<size_t>(kMaxTrainBytes)));
    const std::string held = up_to(whole.substr(end), static_cast<size_t>(kMaxHeldBytes));
    if (train.size() < kMinBytes) {
        return Error{"text.too_short", "",
                     Message("This text has {0} bytes; at least {1} are needed.",
                             {std::to_string(whole.size()), std::to_string(kMinOwnCharacters)}),
                     "Take a longer text."};
    }
    return std::unique_ptr<Job>(new Job(config, train, held, letter_of(source->second, config.seed)));
}

Job::Job(const Config& config, const std::string& train, const std::string& held, const std::string& letter)
    : config_(config),
      trainer_(chunks_of(train)),
      characters_(core::Tokenizer::learn(core::TokenizerKind::Characters, train, kAllWords)),
      words_(core::Tokenizer::learn(core::TokenizerKind::Words, train, kAllWords)),
      held_(chunks_of(held)),
      letter_(chunks_of(letter)),
      opening_(up_to(train, kOpeningBytes)) {
    snapshot_.status = Status::Running;
    snapshot_.max_steps = config.n_merges;
    snapshot_.is_builtin_text = config.text.starts_with("corpus:");
    snapshot_.n_train_bytes = std::ssize(train);
    snapshot_.n_held_bytes = std::ssize(held);
    snapshot_.n_letter_bytes = std::ssize(letter);
    snapshot_.letter_from = letter_source(config.seed);
    snapshot_.letter = up_to(letter, kLetterShownBytes);
    snapshot_.width = config.width;
    snapshot_.context = config.context;
    const std::vector<int32_t> by_character = characters_.encode(held), by_word = words_.encode(held);
    snapshot_.ways = {
        {"bytes", core::kByteTokens, std::ssize(held), 0},
        {"characters", characters_.vocab_size(), std::ssize(by_character),
         count_of(by_character, characters_.other_id())},
        {"words", words_.vocab_size(), std::ssize(by_word), count_of(by_word, words_.other_id())},
        {"bpe", core::kByteTokens, std::ssize(held), 0},
    };
    for (const ProbeText& probe : kProbes) {
        const std::string words = probe.text;
        const std::vector<int32_t> spelled = characters_.encode(words), read = words_.encode(words);
        snapshot_.probes.push_back({.id = probe.id,
                                    .text = words,
                                    .n_bytes = std::ssize(words),
                                    .n_characters = std::ssize(spelled),
                                    .n_unknown_characters = count_of(spelled, characters_.other_id()),
                                    .n_words = std::ssize(read),
                                    .n_unknown_words = count_of(read, words_.other_id())});
        probe_rows_.emplace_back(chunks_of(words));
    }
    measure();
}

std::vector<std::string> Job::chunks_of(const std::string& text) const {
    if (config_.split == "none") return {text};
    return core::split_for_bpe(text,
                               config_.split == "gpt2" ? core::SplitPattern::Gpt2 : core::SplitPattern::SpacesApart);
}

void Job::measure() {
    frequent_.push_back(trainer_.most_frequent(kPairsShown));
    snapshot_.merges.push_back(static_cast<float>(snapshot_.step));
    snapshot_.train_tokens.push_back(static_cast<float>(trainer_.n_tokens()));
    snapshot_.held_tokens.push_back(static_cast<float>(held_.n_tokens()));
    snapshot_.letter_tokens.push_back(static_cast<float>(letter_.n_tokens()));
    snapshot_.ways.back().n_vocab = core::kByteTokens + snapshot_.step;
    snapshot_.ways.back().n_tokens = held_.n_tokens();
    for (size_t i = 0; i < probe_rows_.size(); ++i) snapshot_.probes[i].n_bpe = probe_rows_[i].n_tokens();
}

bool Job::step() {
    if (snapshot_.status != Status::Running) return false;
    if (snapshot_.step >= config_.n_merges) {
        finish(false);
        return false;
    }
    const core::BpeCount best = trainer_.merge_best();
    if (best.count == 0) {
        finish(true);
        return false;
    }
    const int32_t made = core::kByteTokens + static_cast<int32_t>(pairs_.size());
    pairs_.push_back(best.pair);
    held_.merge(best.pair, made);
    letter_.merge(best.pair, made);
    for (TokenRow& row : probe_rows_) row.merge(best.pair, made);
    ++snapshot_.step;
    snapshot_.left.push_back(static_cast<float>(best.pair.left));
    snapshot_.right.push_back(static_cast<float>(best.pair.right));
    snapshot_.count.push_back(static_cast<float>(best.count));
    measure();
    if (snapshot_.step >= config_.n_merges) finish(false);
    return snapshot_.status == Status::Running;
}

void Job::finish(bool is_exhausted) {
    snapshot_.is_exhausted = is_exhausted;
    snapshot_.status = Status::Done;
    const std::vector<std::string> bytes = token_bytes(snapshot_.left, snapshot_.right);
    snapshot_.n_over_words = std::count_if(bytes.begin(), bytes.end(), reaches_over_word);
    for (size_t i = 0; i < probe_rows_.size(); ++i) {
        std::string text;
        for (const int32_t id : probe_rows_[i].tokens()) text += bytes[static_cast<size_t>(id)];
        snapshot_.probes[i].is_restored = text == snapshot_.probes[i].text;
    }
}

Result<bool> Job::set(const std::string& name, const json&) {
    if (name == "stop" && snapshot_.status == Status::Running) {
        finish(false);
        snapshot_.status = Status::Stopped;
        return true;
    }
    return Error{"unknown", Message("{0}", {name}), "This cannot be changed in mid-run.",
                 "Stop, change it, and start again."};
}

/// The text as tokens after so many merges: what each looks like, its id, and how many bytes it has.
json Job::cut(const std::string& text, int64_t n_merges) const {
    TokenRow row(chunks_of(text));
    for (int64_t i = 0; i < n_merges; ++i)
        row.merge(pairs_[static_cast<size_t>(i)], core::kByteTokens + static_cast<int32_t>(i));
    const auto n = static_cast<size_t>(n_merges);
    const std::vector<std::string> bytes =
        token_bytes(std::span(snapshot_.left).first(n), std::span(snapshot_.right).first(n));
    json pieces = json::array(), ids = json::array(), sizes = json::array();
    for (const int32_t id : row.tokens()) {
        const std::string& token = bytes[static_cast<size_t>(id)];
        pieces.push_back(shown(token));
        ids.push_back(id);
        sizes.push_back(token.size());
    }
    return {{"pieces", std::move(pieces)}, {"ids", std::move(ids)}, {"sizes", std::move(sizes)}};
}

json Job::answer(const json& question) {
    if (question.value("kind", std::string()) != "look") return json::object();
    const int64_t n = std::clamp<int64_t>(question.value("merges", int64_t{0}), 0, snapshot_.step);
    const std::string sentence = up_to(whole_characters(question.value("text", std::string())), kMaxSentenceBytes);
    const auto all = static_cast<size_t>(n);
    const std::vector<std::string> bytes =
        token_bytes(std::span(snapshot_.left).first(all), std::span(snapshot_.right).first(all));
    json pairs = json::array();
    for (const core::BpeCount& found : frequent_[all]) {
        pairs.push_back({{"left", shown(bytes[static_cast<size_t>(found.pair.left)])},
                         {"right", shown(bytes[static_cast<size_t>(found.pair.right)])},
                         {"count", found.count}});
    }
    const std::vector<int32_t> read = words_.encode(sentence);
    return {{"merges", n},
            {"opening", cut(opening_, n)},
            {"sentence", cut(sentence, n)},
            {"pairs", std::move(pairs)},
            {"n_bytes", sentence.size()},
            {"n_characters", characters_.encode(sentence).size()},
            {"n_words", read.size()},
            {"n_unknown_words", count_of(read, words_.other_id())}};
}

Verdict Job::check(const Goal& goal) const { return tokens::check(snapshot_, goal); }

}  // namespace terrarium::labs::tokens
