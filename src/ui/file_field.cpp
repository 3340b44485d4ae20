#include "ui/file_field.h"

#include "core/io/number_text.h"
#include "ui/internal.h"
#include "ui/locked.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string what_became(const FileState& state) {
    if (state.step == FileState::Step::Empty) return "";
    if (state.step == FileState::Step::Reading) return tr("Reading …");
    if (state.step == FileState::Step::Refused) return state.words;
    const std::string size = size_words(state.n_bytes);
    std::string said =
        state.name.empty() ? tr("Your text is ready: {0}.", {size}) : tr("“{0}” is ready: {1}.", {state.name, size});
    return state.words.empty() ? said : said + " " + state.words;
}

Ink ink_of(FileState::Step step) {
    if (step == FileState::Step::Refused) return Ink::Warn;
    return step == FileState::Step::Taken ? Ink::Ok : Ink::Muted;
}

}  // namespace

std::string size_words(int64_t n_bytes) {
    const auto tenths = [&](int64_t unit) {
        return localized(core::io::format_number(static_cast<double>(n_bytes * 10 / unit) / 10));
    };
    if (n_bytes >= 1'000'000) return tr("{0} MB", {tenths(1'000'000)});
    if (n_bytes >= 1000) return tr("{0} kB", {tenths(1000)});
    return tr("{0} bytes", {std::to_string(n_bytes)});
}

FileWish file_field(std::string_view key, std::string_view name, const FileKind& kind, FileState& state) {
    FileWish wish;
    if (is_hidden(key)) return wish;
    const std::string k(key);
    const auto or_usual = [](const std::string& words, std::string_view usual) {
        return words.empty() ? tr(usual) : words;
    };
    const Locked parts({k + ".file", k + ".draft", k + ".use"}, is_locked(key));
    const bool is_reading = state.step == FileState::Step::Reading;
    const Group group(key, name);
    paragraph(k + ".limits", kind.limits, Ink::Muted, Type::Small);
    wish.wants_file = file_button(k + ".file", or_usual(kind.file_words, "Choose a file …"), kind.max_bytes);
    text_field(k + ".draft", or_usual(kind.paste_words, "Or paste it here"), state.draft,
               {.rows = 4, .max_length = static_cast<int>(kind.max_bytes)});
    wish.wants_draft = button(k + ".use", or_usual(kind.use_words, "Use this text"), Button::Plain,
                              !state.draft.empty() && !is_reading);
    note(k + ".note", what_became(state), ink_of(state.step));
    return wish;
}

}  // namespace terrarium::ui
