#include "labs/text_config.h"

#include <algorithm>

#include "core/io/fields.h"
#include "labs/content.h"

namespace terrarium::labs {

void read_text_name(core::io::Fields& fields, const Content& content, std::string& text) {
    text = fields.text_or("text", 1, 80, text);
    const bool is_known = std::any_of(content.corpora.begin(), content.corpora.end(),
                                      [&](const CorpusInfo& corpus) { return text == "corpus:" + corpus.id; });
    if (is_known || text == "own" || text.starts_with("artefact:")) return;
    if (const auto item = fields.find("text")) {
        item->refuse("text.unknown", Message("There is no built-in text called {0}.", {text}),
                     "The first one is used; choose another on the page.");
    }
    text = content.corpora.empty() ? "own" : "corpus:" + content.corpora.front().id;
}

}  // namespace terrarium::labs
