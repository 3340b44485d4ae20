// Locks keys for a while: a widget that is locked locks its parts, and the gallery shows what being locked looks like.

#pragma once

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

}  // namespace terrarium::ui
