#include "labs/parts/text_choice.h"

#include "core/io/sha256.h"
#include "labs/text_config.h"
#include "ui/messages.h"

namespace terrarium::labs {

using ui::tr;

void TextChoice::draw(const Content& content, std::string& text, Intents& out) {
    std::vector<ui::Option> options;
    for (const CorpusInfo& corpus : content.corpora) options.push_back({"corpus:" + corpus.id, corpus.title});
    options.push_back({"own", tr("Your own text")});
    std::string selected = text.starts_with("artefact:") ? "own" : text;
    if (ui::choice("text", tr("Text to read"), options, selected)) {
        text = selected;
        if (selected == "own" && !own_.empty()) text = own_.begin()->first;
    }
    for (const CorpusInfo& corpus : content.corpora) {
        if (text == "corpus:" + corpus.id) ui::paragraph("text.about", corpus.about, ui::Ink::Muted, ui::Type::Small);
    }
    if (selected != "own") return;
    const ui::FileKind kind{.limits = tr("Plain text, {0} characters to 1 MB. It stays on this device. Choose a file, "
                                         "drop it here, or paste it below.",
                                         {ui::grouped(kMinOwnCharacters)}),
                            .max_bytes = 1'048'576,
                            .file_words = tr("Open a text file"),
                            .paste_words = tr("Or paste text here"),
                            .use_words = ""};
    const ui::FileWish wish = ui::file_field("own", tr("Your own text"), kind, field_);
    if (wish.wants_file) out.push_back(OpenFile{"own.file"});
    if (wish.wants_draft) out.push_back(UseText{"own.draft", field_.draft});
    if (text == "own") ui::note("own.missing", tr("Open or paste a text, and training can start."), ui::Ink::Warn);
}

void TextChoice::receive(const std::string& key, std::string words, std::string note, std::string& text) {
    if (key != "own.file" && key != "own.draft") return;
    field_.step = words.empty() ? ui::FileState::Step::Refused : ui::FileState::Step::Taken;
    field_.words = std::move(note);
    field_.n_bytes = std::ssize(words);
    if (words.empty()) return;
    text = "artefact:" + core::io::sha256_hex(words);
    own_.clear();
    own_[text] = std::move(words);
}

std::string text_title(const Content& content, const std::string& text) {
    for (const CorpusInfo& corpus : content.corpora) {
        if (text == "corpus:" + corpus.id) return corpus.title;
    }
    return tr("Your own text");
}

}  // namespace terrarium::labs
