// The labs of the page's third volume: other kinds of models, and how to choose among them. See models.cpp for what a
// volume is.

#include <array>

#include "labs/m2_pretraining/diffusion/lab.h"
#include "labs/m2_pretraining/model_shelf/lab.h"
#include "labs/volumes/find_in.h"

namespace terrarium::labs {

std::span<const LabEntry* const> all_labs() {
    static constexpr std::array kLabs = {
        &model_shelf::entry,
        &diffusion::entry,
    };
    return kLabs;
}

const LabEntry* find_lab(std::string_view id) { return find_in(all_labs(), id); }

}  // namespace terrarium::labs
