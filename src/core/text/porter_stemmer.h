// Porter's stemmer: cuts English endings off, so that "lights", "lighted" and "lighting" count as one word.
//
// A word is seen as C? (VC)^m V?, C and V being runs of consonants and vowels, and m, the measure, is its length in
// rounds of vowel and consonant: tree 0, trouble 1, troubles 2. Rules "ending -> replacement, if the rest has m > 0"
// are tried in five steps; of each step the first rule whose ending fits decides, also when its condition fails.
//
// Two variants, because the numbers of other programs depend on which one they use:
//   Original  as published in 1980
//   Nltk      as ROUGE and METEOR use it through NLTK: words of at most two letters stay, twelve irregular forms are
//             known (skies, dying), -ies and -ied of four letters keep the e (ties, died), y becomes i after a
//             consonant only (fly, not enjoy), -bli, -alli, -fulli and -logi get rules
// They differ in ties (tie, ti), skies (sky, ski) and says (say, sai). A stem need not be a word.
//
// Source: M. F. Porter, An algorithm for suffix stripping, Program 14 (1980) 130-137; for the second variant the
// behaviour of NLTK 3.8, nltk.stem.porter in its default mode.

#pragma once

#include <string>
#include <string_view>

namespace terrarium::core {

enum class PorterVariant { Nltk, Original };

/// The stem of one word: UTF-8 in, UTF-8 out, in lower case. Letters outside a to z count as consonants. An empty word
/// has an empty stem.
[[nodiscard]] std::string porter_stem(std::string_view word, PorterVariant variant = PorterVariant::Nltk);

}  // namespace terrarium::core
