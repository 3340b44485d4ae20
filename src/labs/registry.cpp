// All labs in curriculum order. A new lab: one include, one line at its place; and the same in its volume of the page
// (volumes/), because a page loads only some of them.

#include <array>

#include "labs/m0_foundations/tokens/lab.h"
#include "labs/m2_pretraining/diffusion/lab.h"
#include "labs/m2_pretraining/inside_attention/lab.h"
#include "labs/m2_pretraining/model_shelf/lab.h"
#include "labs/m2_pretraining/pretraining/lab.h"
#include "labs/m2_pretraining/scaling_laws/lab.h"
#include "labs/volumes/find_in.h"

namespace terrarium::labs {

std::span<const LabEntry* const> all_labs() {
    static constexpr std::array kLabs = {
        &tokens::entry,       &pretraining::entry, &inside_attention::entry,
        &scaling_laws::entry, &model_shelf::entry, &diffusion::entry,
    };
    return kLabs;
}

const LabEntry* find_lab(std::string_view id) { return find_in(all_labs(), id); }

}  // namespace terrarium::labs
