// The life of a model as a picture: its stages on a loop with arrows between them, what comes before on the left, what
// comes after on the right. Every stage is a button. Where there is no room for a loop, the same stages stand in a
// list.

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace terrarium::ui {

struct Stage {
    std::string id, title;
    std::string detail;        ///< a few words: "1 of 3 labs done"
    std::string mark;          ///< in the circle: "1"
    double done_fraction = 0;  ///< drawn as a ring around the mark
    bool is_here = false;      ///< the learner is there
};

struct LifeLoop {
    std::vector<Stage> before, loop, after;
    std::string before_words, after_words;  ///< above the stages beside the loop
    std::string centre;                     ///< what stands in the middle
};

/// Id of the stage that was chosen, or "".
std::string life_loop(std::string_view key, std::string_view name, const LifeLoop& what);

}  // namespace terrarium::ui
