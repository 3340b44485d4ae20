#include "core/text/porter_stemmer.h"

#include <algorithm>
#include <initializer_list>
#include <span>

#include "core/text/unicode.h"
#include "core/text/utf8.h"

namespace terrarium::core {
namespace {

using Word = std::u32string;
using WordView = std::u32string_view;

bool is_vowel_letter(char32_t c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/// Whether a letter is a consonant when the one before it is, or is none. A y is one at the beginning and after a
/// vowel.
bool is_consonant_after(char32_t letter, bool is_first, bool is_after_consonant) {
    return letter == 'y' ? is_first || !is_after_consonant : !is_vowel_letter(letter);
}

bool is_consonant(WordView word, size_t at) {
    size_t first = at;  // the nearest letter before `at` that is no y decides what the ys in between are
    while (first > 0 && word[first] == 'y') --first;
    bool is = is_consonant_after(word[first], true, false);
    for (size_t i = first + 1; i <= at; ++i) is = is_consonant_after(word[i], false, is);
    return is;
}

int measure(WordView stem) {
    int rounds = 0;
    bool was_consonant = true;
    for (size_t i = 0; i < stem.size(); ++i) {
        const bool is = is_consonant_after(stem[i], i == 0, was_consonant);
        rounds += is && !was_consonant ? 1 : 0;
        was_consonant = is;
    }
    return rounds;
}

bool contains_vowel(WordView stem) {
    bool is = true;
    for (size_t i = 0; i < stem.size() && is; ++i) is = is_consonant_after(stem[i], i == 0, is);
    return !is;
}

bool ends_with_double_consonant(WordView word) {
    return word.size() >= 2 && word[word.size() - 1] == word[word.size() - 2] && is_consonant(word, word.size() - 1);
}

/// Consonant, vowel, consonant that is not w, x or y: a short syllable as in hop, which takes its e back (hope).
bool ends_short(WordView word, PorterVariant variant) {
    const size_t n = word.size();
    if (n >= 3 && is_consonant(word, n - 3) && !is_consonant(word, n - 2) && is_consonant(word, n - 1)) {
        const char32_t last = word[n - 1];
        return last != 'w' && last != 'x' && last != 'y';
    }
    return variant == PorterVariant::Nltk && n == 2 && !is_consonant(word, 0) && is_consonant(word, 1);
}

WordView without(WordView word, size_t n_letters) { return word.substr(0, word.size() - n_letters); }

struct Rule {
    WordView ending, replacement;
};

/// Applies the first rule whose ending fits, if the rest has more than `above` rounds.
Word apply_first(WordView word, std::span<const Rule> rules, int above) {
    for (const Rule& rule : rules) {
        if (!word.ends_with(rule.ending)) continue;
        const WordView stem = without(word, rule.ending.size());
        return measure(stem) > above ? Word(stem).append(rule.replacement) : Word(word);
    }
    return Word(word);
}

/// Plurals.
Word step_1a(WordView word, PorterVariant variant) {
    constexpr Rule kRules[] = {{U"sses", U"ss"}, {U"ies", U"i"}, {U"ss", U"ss"}, {U"s", U""}};
    if (variant == PorterVariant::Nltk && word.size() == 4 && word.ends_with(U"ies")) return Word(without(word, 1));
    return apply_first(word, kRules, -1);
}

/// What is left after -ed and -ing gets its e back or loses its double consonant.
Word mended(WordView stem, PorterVariant variant) {
    if (stem.ends_with(U"at") || stem.ends_with(U"bl") || stem.ends_with(U"iz")) return Word(stem).append(U"e");
    if (ends_with_double_consonant(stem)) {
        const char32_t last = stem.back();
        return Word(last == 'l' || last == 's' || last == 'z' ? stem : without(stem, 1));
    }
    if (measure(stem) == 1 && ends_short(stem, variant)) return Word(stem).append(U"e");
    return Word(stem);
}

/// -ed and -ing.
Word step_1b(WordView word, PorterVariant variant) {
    if (variant == PorterVariant::Nltk && word.ends_with(U"ied")) return Word(without(word, word.size() == 4 ? 1 : 2));
    if (word.ends_with(U"eed")) return Word(measure(without(word, 3)) > 0 ? without(word, 1) : word);
    for (const WordView ending : {WordView(U"ed"), WordView(U"ing")}) {
        if (word.ends_with(ending) && contains_vowel(without(word, ending.size())))
            return mended(without(word, ending.size()), variant);
    }
    return Word(word);
}

/// A final y.
Word step_1c(WordView word, PorterVariant variant) {
    if (!word.ends_with(U"y")) return Word(word);
    const WordView stem = without(word, 1);
    const bool applies =
        variant == PorterVariant::Nltk ? stem.size() > 1 && is_consonant(stem, stem.size() - 1) : contains_vowel(stem);
    return applies ? Word(stem).append(U"i") : Word(word);
}

/// Double endings.
Word step_2(WordView word, PorterVariant variant) {
    constexpr Rule kRules[] = {
        {U"ational", U"ate"}, {U"tional", U"tion"}, {U"enci", U"ence"}, {U"anci", U"ance"}, {U"izer", U"ize"},
        {U"abli", U"able"},   {U"alli", U"al"},     {U"entli", U"ent"}, {U"eli", U"e"},     {U"ousli", U"ous"},
        {U"ization", U"ize"}, {U"ation", U"ate"},   {U"ator", U"ate"},  {U"alism", U"al"},  {U"iveness", U"ive"},
        {U"fulness", U"ful"}, {U"ousness", U"ous"}, {U"aliti", U"al"},  {U"iviti", U"ive"}, {U"biliti", U"ble"},
    };
    constexpr Rule kMoreRules[] = {{U"bli", U"ble"}, {U"fulli", U"ful"}};
    if (variant == PorterVariant::Original) return apply_first(word, kRules, 0);
    if (word.ends_with(U"alli") && measure(without(word, 4)) > 0) return step_2(without(word, 2), variant);
    if (word.ends_with(U"logi")) return Word(measure(without(word, 3)) > 0 ? without(word, 1) : word);
    for (const Rule& rule : kMoreRules) {
        if (word.ends_with(rule.ending)) return apply_first(word, std::span(&rule, 1), 0);
    }
    return apply_first(word, kRules, 0);
}

Word step_3(WordView word) {
    constexpr Rule kRules[] = {{U"icate", U"ic"}, {U"ative", U""}, {U"alize", U"al"}, {U"iciti", U"ic"},
                               {U"ical", U"ic"},  {U"ful", U""},   {U"ness", U""}};
    return apply_first(word, kRules, 0);
}

/// Single endings of long words.
Word step_4(WordView word) {
    constexpr WordView kEndings[] = {U"al",  U"ance",  U"ence", U"er",  U"ic",  U"able", U"ible",
                                     U"ant", U"ement", U"ment", U"ent", U"ion", U"ou",   U"ism",
                                     U"ate", U"iti",   U"ous",  U"ive", U"ize"};
    for (const WordView ending : kEndings) {
        if (!word.ends_with(ending)) continue;
        const WordView stem = without(word, ending.size());
        const bool may_go = ending != U"ion" || stem.ends_with(U's') || stem.ends_with(U't');
        return Word(measure(stem) > 1 && may_go ? stem : word);
    }
    return Word(word);
}

/// A final e, and a double l.
Word step_5(WordView word, PorterVariant variant) {
    if (word.ends_with(U'e')) {
        const WordView stem = without(word, 1);
        const int rounds = measure(stem);
        if (rounds > 1 || (rounds == 1 && !ends_short(stem, variant))) word = stem;
    }
    if (word.ends_with(U"ll") && measure(without(word, 1)) > 1) word = without(word, 1);
    return Word(word);
}

struct Irregular {
    WordView word, stem;
};

constexpr Irregular kIrregular[] = {
    {U"sky", U"sky"},        {U"skies", U"sky"},       {U"dying", U"die"},        {U"lying", U"lie"},
    {U"tying", U"tie"},      {U"news", U"news"},       {U"innings", U"inning"},   {U"inning", U"inning"},
    {U"outings", U"outing"}, {U"outing", U"outing"},   {U"cannings", U"canning"}, {U"canning", U"canning"},
    {U"howe", U"howe"},      {U"proceed", U"proceed"}, {U"exceed", U"exceed"},    {U"succeed", U"succeed"},
};

Word stem_of(Word word, PorterVariant variant) {
    if (variant == PorterVariant::Nltk) {
        for (const Irregular& known : kIrregular) {
            if (word == known.word) return Word(known.stem);
        }
        if (word.size() <= 2) return word;
    }
    word = step_1a(word, variant);
    word = step_1b(word, variant);
    word = step_1c(word, variant);
    word = step_2(word, variant);
    word = step_3(word);
    word = step_4(word);
    return step_5(word, variant);
}

}  // namespace

std::string porter_stem(std::string_view word, PorterVariant variant) {
    return encode_utf8(stem_of(to_lower(decode_utf8(word).code_points), variant));
}

}  // namespace terrarium::core
