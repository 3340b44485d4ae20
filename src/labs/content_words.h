// Every word of the content files that learners read, in one place: here a translation takes hold, and from here a
// translator knows what there is to translate. Names of works (sources), texts to compare and ids stay as they are.

#pragma once

#include <string>

#include "labs/content.h"
#include "labs/services.h"

namespace terrarium::labs {

/// May change the words. tools/locales.mjs has the same list of fields; a test compares the two.
using VisitWords = void (*)(std::string& words);

void for_each_word(Content& content, VisitWords visit);
void for_each_word(Course& course, VisitWords visit);
void for_each_word(Glossary& glossary, VisitWords visit);
void for_each_word(Services& services, VisitWords visit);

}  // namespace terrarium::labs
