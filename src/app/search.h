// Finds labs, terms and pages by words, as one types. Every word must be in the title or in the text; titles that
// begin with what was typed come first, then titles that contain it, then texts.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::app {

struct Findable {
    enum class Kind { Lab, Planned, Term, Page };
    Kind kind = Kind::Page;
    std::string id;  ///< of the lab, term or page
    std::string title, text;
};

/// Indices into `all`, best first, at most `max`. Nothing was typed: nothing is found.
std::vector<size_t> find(const std::vector<Findable>& all, std::string_view words, size_t max);

}  // namespace terrarium::app
