// The text that a run reads: one of the built-in texts, or the learner's own from a file or the clipboard.

#pragma once

#include <string>

#include "labs/content.h"
#include "ui/file_field.h"

namespace terrarium::labs {

class TextChoice {
public:
    /// Draws the choice and, for an own text, where it comes from. `text` is the name in the config: "corpus:ID",
    /// "own" while no own text is there, then "artefact:SHA-256".
    void draw(const Content& content, std::string& text, Intents& out);
    /// Words from outside, already through the text door; "" when they were refused, and then `note` says why.
    void receive(const std::string& key, std::string words, std::string note, std::string& text);
    const Artefacts& own() const { return own_; }

private:
    Artefacts own_;
    ui::FileState field_;
};

/// The chosen text by its title.
std::string text_title(const Content& content, const std::string& text);

}  // namespace terrarium::labs
