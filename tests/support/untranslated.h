// What a page says in English although its language is x-long, in which every word that can be translated stands in
// brackets and has accents.

#pragma once

#include <string>

#include "support/lab_fixture.h"

namespace terrarium::tests {

/// A line for every node with a bare word, apart from what is data, a name or a key in any language.
std::string untranslated(LabPage& page);

/// Common English words of a sentence, also such as stand inside its brackets as a value. x-long spells all of them
/// otherwise.
std::string english_in(const std::string& words);

}  // namespace terrarium::tests
