// Locks keys for a while: a widget that is locked locks its parts, and the gallery shows what being locked looks like.
// What is locked has a padlock, no accent, and the colour of the ground instead of a fill.

#pragma once

#include <imgui.h>

#include <string>
#include <vector>

#include "ui/context.h"

namespace terrarium::ui {

/// While it lives, these keys are shown but cannot be changed. Those that the address locks stay locked afterwards.
class Locked {
public:
    explicit Locked(std::vector<std::string> keys, bool is_locked = true) : keys_(std::move(keys)) {
        std::erase_if(keys_,
                      [&](const std::string& key) { return !is_locked || !context().locked.insert(key).second; });
    }
    ~Locked() {
        for (const std::string& key : keys_) context().locked.erase(key);
    }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;

private:
    std::vector<std::string> keys_;
};

/// The colour of a control's part: `usual`, or that of what cannot be used. It still reads at 4.5:1 on every ground.
Ink part_ink(bool is_enabled, Ink usual);
/// A padlock of a letter's height right of `left_middle`, and the room that it takes; nothing where the control is
/// free.
void draw_lock(bool is_enabled, ImVec2 left_middle, float size);
float lock_room(bool is_enabled, float size);

}  // namespace terrarium::ui
