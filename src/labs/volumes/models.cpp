// The labs of the page's first volume: one transformer, from its first step to its best size. See registry.cpp for all
// of them.
//
// A volume is a WebAssembly module of its own with the whole shell and the labs of some modules of the course, so that
// nobody waits for labs that are not asked for. web/load.js says which one an address needs.

#include <array>

#include "labs/m2_pretraining/inside_attention/lab.h"
#include "labs/m2_pretraining/pretraining/lab.h"
#include "labs/m2_pretraining/scaling_laws/lab.h"
#include "labs/volumes/find_in.h"

namespace terrarium::labs {

std::span<const LabEntry* const> all_labs() {
    static constexpr std::array kLabs = {
        &pretraining::entry,
        &inside_attention::entry,
        &scaling_laws::entry,
    };
    return kLabs;
}

const LabEntry* find_lab(std::string_view id) { return find_in(all_labs(), id); }

}  // namespace terrarium::labs
