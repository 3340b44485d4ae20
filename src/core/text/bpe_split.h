// Cutting text into chunks before byte-pair encoding: no token may reach over the end of a chunk, so that "dog." and
// "dog!" do not become two tokens of their own.
//
// The rules of GPT-2, tried in this order at each place:
//   1. 's 't 're 've 'm 'll 'd
//   2. an optional space, then letters; the same with numbers; the same with other visible characters
//   3. white space, but its last character stays for the next chunk when something visible follows
// and of GPT-4, which keeps code and numbers shorter:
//   1. the same endings in any case
//   2. an optional character that is no letter, number or line end, then letters
//   3. one to three numbers
//   4. an optional space, then other visible characters, then line ends
//   5. white space up to its last line end; else as GPT-2's rule 3
// For comparison, the rule of tokenizers before GPT-2: letters, numbers, other visible characters, and white space,
// each run a chunk of its own, so that no token can hold a space and a letter. Letters and numbers are the Unicode
// categories L and N. The chunks put together are the text again.
//
// Source: openai/gpt-2, encoder.py, and openai/tiktoken, cl100k_base: their regular expressions, matched by hand here.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::core {

enum class SplitPattern { Gpt2, Gpt4, SpacesApart };

/// UTF-8 in and out; damaged bytes become U+FFFD.
[[nodiscard]] std::vector<std::string> split_for_bpe(std::string_view text, SplitPattern pattern);

}  // namespace terrarium::core
