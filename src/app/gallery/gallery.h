// The gallery's sections: every widget in every state, drawn from fixed data. What the screenshot tests look at, and
// the place to look up what exists before a lab draws something of its own.

#pragma once

#include <memory>

namespace terrarium::app::gallery {

/// One section keeps the state of its widgets.
struct Section {
    virtual ~Section() = default;
    virtual void draw() = 0;
};

std::unique_ptr<Section> make_words();     // words.cpp: type, prose, notes, facts
std::unique_ptr<Section> make_prose();     // prose.cpp: Markdown, formulas, figures
std::unique_ptr<Section> make_controls();  // controls.cpp: buttons, sliders, choices, fields

}  // namespace terrarium::app::gallery
