#include "labs/parts/token_words.h"

#include "ui/words.h"

namespace terrarium::labs {

using ui::tr;

std::string shown_token(const std::string& token) {
    std::string out;
    for (const char c : token) out += c == ' ' ? "␣" : c == '\n' ? "⏎" : std::string(1, c);
    return out;
}

std::string named_token(const std::string& token) {
    if (token == " ") return tr("space");
    if (token == "\n") return tr("line end");
    return shown_token(token);
}

std::string whole_percent(float fraction) { return ui::percent(static_cast<double>(fraction), 0); }

}  // namespace terrarium::labs
