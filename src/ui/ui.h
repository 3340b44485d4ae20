// The widgets. A view calls these and nothing else; each draws on the canvas and leaves a node in the twin.
//
// `key` names the widget for ever: it is the id in the DOM, the name for hide= and lock=, the handle of tests and, for
// a parameter, its name in Config and URL. It survives a change of label or language. All labels are already words for
// the learner; none of them is ever an ImGui id.

#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/context.h"
#include "ui/words.h"

namespace terrarium::ui {

// ---- boxes ---------------------------------------------------------------------------------------------------------

/// A card or a plain region: a named landmark of the twin around what is drawn while it lives.
class Card {
public:
    enum class Look { Panel, Accent, Plain };
    Card(std::string_view key, std::string_view name, Look look = Look::Panel);
    ~Card();
    Card(const Card&) = delete;
    Card& operator=(const Card&) = delete;

private:
    std::string key_;
    float top_ = 0, padding_ = 0;
};

/// Columns side by side with the given shares of the width; call next() before the second and each further one.
class Columns {
public:
    explicit Columns(std::vector<float> shares, float gap = 24);
    ~Columns();
    void next();
    Columns(const Columns&) = delete;
    Columns& operator=(const Columns&) = delete;

private:
    void open();
    std::vector<float> shares_;
    float gap_, x_, top_, width_, bottom_ = 0;
    size_t index_ = 0;
};

/// Widgets side by side, wrapping to the next line.
class Row {
public:
    explicit Row(float gap = 8);
    ~Row();
    Row(const Row&) = delete;
    Row& operator=(const Row&) = delete;
    /// What follows stands at the right end of the line, if it fits into this one.
    void to_the_right(std::string_view key);

private:
    std::string pushed_;
    float pushed_from_ = 0, pushed_line_ = 0;
};

/// Names what belongs together, in the twin only.
class Group {
public:
    Group(std::string_view key, std::string_view name);
    ~Group();
    Group(const Group&) = delete;
    Group& operator=(const Group&) = delete;
};

void space(float css_pixels);
float available_width();
bool is_hidden(std::string_view key);
bool is_locked(std::string_view key);

// ---- words ---------------------------------------------------------------------------------------------------------

void heading(std::string_view key, int level, std::string_view words, Type type = Type::Heading);

/// One paragraph in our markup: **bold**, *italic*, `code`, $formula$, [[term-id|words]], links. Returns the id of a
/// term that was asked for, or "".
std::string paragraph(std::string_view key, std::string_view markup, Ink ink = Ink::Text, Type type = Type::Body);
/// A whole text in our Markdown (markup.h): paragraphs, lists, quotes, code, tables, formulas.
std::string prose(std::string_view key, std::string_view markdown);
/// A drawing of the program's own (ui/figures/figures.h), with a caption below. `parameters` are its author's.
void figure(std::string_view key, std::string_view id, const json& parameters, std::string_view caption);
std::string list(std::string_view key, const std::vector<std::string>& items);
/// A link opens only https addresses, in a new tab; true when it was used.
bool link(std::string_view key, std::string_view words);
/// Words and a value at the right edge, as in a list of conditions.
void fact(std::string_view key, std::string_view words, std::string_view value, Ink ink = Ink::Text);
/// A line that the page announces when its words change.
void note(std::string_view key, std::string_view words, Ink ink);

/// Something a model wrote: monospaced, line by line, with a caption.
void sample(std::string_view key, std::string_view caption, std::string_view words);

// ---- controls ------------------------------------------------------------------------------------------------------

enum class Button { Primary, Plain, Quiet, Selected };
bool button(std::string_view key, std::string_view label, Button look = Button::Plain, bool is_enabled = true);
bool file_button(std::string_view key, std::string_view label, int64_t max_bytes);
bool toggle(std::string_view key, std::string_view label, bool& value);

struct Scale {
    double min = 0, max = 1, step = 1;  ///< step 0: continuous
    bool is_log = false;
    std::function<std::string(double)> words;  ///< the value for people
    double slider_max = 0;                     ///< 0: max. A slider may end before the largest number that can be typed
    double slider_min = 0;                     ///< 0: min
};
/// A number: slider, steppers and a field to type in.
bool slider(std::string_view key, std::string_view label, const Scale& scale, double& value);

struct Option {
    std::string id, words;
};
/// One of a few; true when it changed.
bool choice(std::string_view key, std::string_view label, const std::vector<Option>& options, std::string& selected);
/// Several of a few: boxes to tick. True when it changed.
bool checks(std::string_view key, std::string_view label, const std::vector<Option>& options,
            std::vector<std::string>& selected);
bool tabs(std::string_view key, std::string_view name, const std::vector<Option>& options, std::string& selected);

struct Field {
    int rows = 1;  ///< more than one: a text area
    int max_length = 1000;
    std::string_view placeholder = {};
    bool is_mono = false;
};
bool text_field(std::string_view key, std::string_view label, std::string& value, const Field& field = {});

void progress(std::string_view key, std::string_view name, double fraction, std::string_view words);

// ---- the shell's own -----------------------------------------------------------------------------------------------

/// The name of the program, as a button; `description` begins with the same words and says where it leads.
bool brand(std::string_view key, std::string_view words, std::string_view description);
/// A few words in a row of controls, as high as they are.
void label(std::string_view key, std::string_view words);
/// The stages of the course in a line, the present one marked.
void trail(std::string_view key, std::string_view name, const std::vector<std::string>& stages, std::string_view here);
/// One or two buttons along the lower edge of the viewport, which never scroll away. A button without words is not
/// there. The short one stands at the end, as wide as its words; `full_words` begin with them and say more to who hears
/// them.
struct StickyBar {
    std::string_view key, words;
    std::string_view short_key, short_words, full_words;
};
enum class StickyPress { None, Long, Short };
StickyPress sticky_bar(const StickyBar& bar);

// ---- data ----------------------------------------------------------------------------------------------------------

void table(std::string_view key, std::string_view name, const std::vector<std::string>& columns,
           const std::vector<std::vector<std::string>>& rows);

/// Tokens in a row, each tinted by a share 0..1 and selectable. Returns the index that was chosen, or -1.
struct TokenChip {
    std::string text;
    float tint = 0;
    std::string words;  ///< for the twin: "t, 43 percent"
};
int tokens(std::string_view key, std::string_view name, const std::vector<TokenChip>& chips, int selected);

}  // namespace terrarium::ui
