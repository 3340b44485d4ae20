// A text from outside: chosen as a file, dropped, or pasted. What may come in is said before anybody tries, and what
// became of it is said where it was tried.

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ui/ui.h"

namespace terrarium::ui {

struct FileKind {
    std::string limits;  ///< a sentence: "Text or CSV, up to 1 MB. Choose a file, drop it here, or paste it below."
    int64_t max_bytes = 1'048'576;
    std::string file_words, paste_words, use_words;  ///< of the button, the field, the button below it; "": the usual
};

struct FileState {
    enum class Step { Empty, Reading, Refused, Taken };
    Step step = Step::Empty;
    std::string words;  ///< Refused: why, and what to do. Taken: a remark, or "". Written by the caller
    std::string name;   ///< of the file that was taken; "" when it has none
    int64_t n_bytes = 0;
    std::string draft;  ///< what is being pasted
};

struct FileWish {
    bool wants_file = false;   ///< ask the browser for one, under KEY.file
    bool wants_draft = false;  ///< `draft` shall be used
};

/// KEY.file chooses (the browser also drops there), KEY.draft and KEY.use paste, KEY.note says what became of it. The
/// caller reads and checks what comes and sets `step`.
FileWish file_field(std::string_view key, std::string_view name, const FileKind& kind, FileState& state);

/// "512 bytes", "3.4 kB", "1.0 MB".
std::string size_words(int64_t n_bytes);

}  // namespace terrarium::ui
