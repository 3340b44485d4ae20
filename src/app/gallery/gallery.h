// The gallery's sections: every widget in every state, drawn from fixed data. What the screenshot tests look at, and
// the place to look up what exists before a lab draws something of its own.

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "ui/words.h"

namespace terrarium::app::gallery {

/// Words of the gallery. Nobody translates them, but the made-up languages try out every widget with them.
inline std::string say(std::string_view words) { return ui::tr(words); }

/// One section keeps the state of its widgets.
struct Section {
    virtual ~Section() = default;
    virtual void draw() = 0;
    /// A file was chosen or dropped for the widget with this key; with another status than 200 the bytes say why not.
    virtual void receive_file(std::string_view /*key*/, const std::string& /*name*/, const std::string& /*bytes*/,
                              int /*status*/) {}
};

std::unique_ptr<Section> make_words();     // words.cpp: type, prose, notes, facts
std::unique_ptr<Section> make_prose();     // prose.cpp: Markdown, formulas, figures
std::unique_ptr<Section> make_controls();  // controls.cpp: buttons, sliders, choices, fields
std::unique_ptr<Section> make_shell();     // shell.cpp: tiles, sheet, the loop of stages
std::unique_ptr<Section> make_plots();     // plots.cpp: every kind of plot
std::unique_ptr<Section> make_lists();     // lists.cpp: menus, orders, pairs
std::unique_ptr<Section> make_cards();     // cards.cpp: chips, steps, run bar, documents, comparison
std::unique_ptr<Section> make_data();      // data.cpp: the data table, prices
std::unique_ptr<Section> make_diagram();   // diagram.cpp: parts and arrows
std::unique_ptr<Section> make_lesson();    // lesson.cpp: predictions, questions, conditions

}  // namespace terrarium::app::gallery
