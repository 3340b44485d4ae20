// A list of labs, searched by id.

#pragma once

#include <span>
#include <string_view>

#include "labs/lab.h"

namespace terrarium::labs {

inline const LabEntry* find_in(std::span<const LabEntry* const> labs, std::string_view id) {
    for (const LabEntry* lab : labs) {
        if (lab->id == id) return lab;
    }
    return nullptr;
}

}  // namespace terrarium::labs
