// The labs of the page's second volume: foundations, data selection and preparation. See models.cpp for what a volume
// is.

#include <array>

#include "labs/m0_foundations/tokens/lab.h"
#include "labs/volumes/find_in.h"

namespace terrarium::labs {

std::span<const LabEntry* const> all_labs() {
    static constexpr std::array kLabs = {
        &tokens::entry,
    };
    return kLabs;
}

const LabEntry* find_lab(std::string_view id) { return find_in(all_labs(), id); }

}  // namespace terrarium::labs
