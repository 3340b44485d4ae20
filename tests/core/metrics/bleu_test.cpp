#include "core/metrics/bleu.h"

#include <doctest/doctest.h>

#include <cmath>

#include "core/metrics/segments.h"

using namespace terrarium::core;

namespace {

using Texts = std::vector<std::string>;
using doctest::Approx;

BleuScore score_of(std::string_view hypothesis, const Texts& references, const BleuOptions& options = {}) {
    return sentence_bleu(hypothesis, references, options).value();
}

constexpr const char* kHypothesis = "the the the the the the the";
const Texts kReferences{"the cat is on the mat", "there is a cat on the mat"};

}  // namespace

TEST_CASE("bleu: the paper's clipping: seven times 'the' matches twice") {
    const BleuScore score = score_of(kHypothesis, kReferences, {.max_order = 1});
    CHECK(score.matches == std::vector<double>{2});
    CHECK(score.totals == std::vector<double>{7});
    CHECK(score.precisions[0] == Approx(200.0 / 7));
    CHECK(score.reference_length == 7);
    CHECK(score.score == Approx(200.0 / 7));
}

TEST_CASE("bleu: the brevity penalty is by hand exp(1 - r/h), and the closest reference counts, the shorter on a tie") {
    const BleuScore score = score_of("a b c d", {"a b c d e f"}, {.max_order = 1});
    CHECK(score.brevity_penalty == Approx(0.6065306597126334));  // exp(-1/2)
    CHECK(score.score == Approx(60.65306597126334));
    CHECK(score_of("a b c d e f", {"a b c d", "a b c d e f g h"}).reference_length == 4);
    CHECK(score_of("", {"a"}).brevity_penalty == 0);
}

TEST_CASE("bleu: what smoothing puts where nothing matches, by hand") {
    const Texts reference{"a x b y"};
    const auto precisions = [&](BleuSmoothing smoothing) {
        return score_of("a b c d", reference, {.smoothing = smoothing}).precisions;
    };
    CHECK(precisions(BleuSmoothing::None) == std::vector<double>{50, 0, 0, 0});
    CHECK(precisions(BleuSmoothing::Exponential)[1] == Approx(100.0 / 2 / 3));
    CHECK(precisions(BleuSmoothing::Exponential)[2] == Approx(100.0 / 4 / 2));
    CHECK(precisions(BleuSmoothing::Exponential)[3] == Approx(100.0 / 8 / 1));
    CHECK(precisions(BleuSmoothing::Floor)[1] == Approx(10.0 / 3));
    CHECK(precisions(BleuSmoothing::AddK)[1] == Approx(100.0 / 4));
    CHECK(precisions(BleuSmoothing::AddK)[0] == Approx(50));
    CHECK(score_of("a b c d", reference, {.smoothing = BleuSmoothing::None}).score == 0);
    CHECK(score_of("p q", reference, {.smoothing = BleuSmoothing::AddK}).score == 0);  // no match at all
}

TEST_CASE("bleu: a sentence shorter than four tokens scores only with the effective order") {
    CHECK(score_of("a b", {"a b"}).score == 0);
    const BleuScore score = score_of("a b", {"a b"}, {.effective_order = true});
    CHECK(score.score == Approx(100));
    CHECK(score.n_orders == 2);
}

TEST_CASE("bleu: the total follows from the parts shown") {
    const BleuScore score =
        score_of("the cat sat on the mat today", {"the cat sat on a mat", "a cat on the mat today"});
    double log_sum = 0;
    for (size_t n = 0; n < 4; ++n) {
        CHECK(score.precisions[n] == Approx(100 * score.matches[n] / score.totals[n]));
        log_sum += std::log(score.precisions[n]);
    }
    CHECK(score.score == Approx(score.brevity_penalty * std::exp(log_sum / 4)));
}

TEST_CASE("bleu: statistics of a corpus are sums, so its score is no mean of scores") {
    const Texts hypotheses{"a b c d e", "x"};
    const std::vector<Texts> references{{"a b c d e"}, {"y"}};
    const BleuScore corpus = corpus_bleu(hypotheses, references, {}).value();
    CHECK(corpus.matches == std::vector<double>{5, 4, 3, 2});
    CHECK(corpus.totals == std::vector<double>{6, 4, 3, 2});
    CHECK(corpus.score > 90);
    CHECK(corpus_bleu(references[0], std::vector<Texts>{references[0]}, {}).value().score == Approx(100));
}

TEST_CASE("bleu: the tokenizers cut where they say") {
    const std::string text = "He paid $3.50 (naïvely), no?";
    CHECK(bleu_tokens(text, BleuTokenizer::V13a, true) ==
          Texts{"he", "paid", "$", "3.50", "(", "naïvely", ")", ",", "no", "?"});
    CHECK(bleu_tokens("«a»—b 1.5.", BleuTokenizer::International, false) == Texts{"«", "a", "»", "—", "b", "1.5."});
    CHECK(bleu_tokens("«a»—b", BleuTokenizer::V13a, false) == Texts{"«a»—b"});
    CHECK(bleu_tokens("a b", BleuTokenizer::Characters, false) == Texts{"a", "b"});
    CHECK(bleu_tokens(" a, b ", BleuTokenizer::None, false) == Texts{"a,", "b"});
    CHECK(bleu_tokens("", BleuTokenizer::V13a, false).empty());
}

TEST_CASE("bleu: what cannot be scored is refused in a sentence") {
    CHECK(sentence_bleu("a", Texts{}, {}).error().code == "segments.no_reference");
    CHECK(sentence_bleu("a", Texts{"a"}, {.max_order = 0}).error().code == "bleu.order");
    CHECK(corpus_bleu(Texts{}, std::vector<Texts>{}, {}).error().code == "segments.none");
    CHECK(corpus_bleu(Texts{"a", "b"}, std::vector<Texts>{{"a"}}, {}).error().code == "segments.unequal");
    CHECK(corpus_bleu(Texts{"a"}, std::vector<Texts>{{}}, {}).error().code == "segments.no_reference");
}

TEST_CASE("bleu: the signature names every convention") {
    CHECK(bleu_signature({}, std::vector<Texts>{{"a"}, {"b"}}) ==
          "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:2.6.0");
    const BleuOptions options{.tokenizer = BleuTokenizer::International,
                              .lowercase = true,
                              .smoothing = BleuSmoothing::Floor,
                              .effective_order = true};
    CHECK(bleu_signature(options, std::vector<Texts>{{"a"}, {"b", "c"}}) ==
          "nrefs:var|case:lc|eff:yes|tok:intl|smooth:floor[0.10]|version:2.6.0");
}
