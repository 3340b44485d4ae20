// What several screens say about the course: titles of labs, how much of a module is done.

#pragma once

#include <string>

#include "app/desk.h"

namespace terrarium::app {

/// The title from the lab's content; its id while that is still loading.
std::string lab_title(Desk& desk, const std::string& lab_id);

/// Labs of a module: those that exist, those that are planned, and those whose challenge the learner has passed.
struct ModuleCount {
    size_t ready = 0, planned = 0, passed = 0;
    size_t all() const { return ready + planned; }
};
ModuleCount count_labs(Desk& desk, const labs::Module& module);
/// "1 of 3 labs ready, 0 passed", in the learner's language.
std::string count_words(const ModuleCount& count);

/// The tile of a lab, in lists; true when it was chosen.
bool lab_tile(Desk& desk, const std::string& key, const std::string& lab_id);

}  // namespace terrarium::app
