// One code for all passed labs of a module, to hand in.

#pragma once

#include <string>

#include "app/desk.h"

namespace terrarium::app {

struct OwnModuleCode {
    std::string text;    ///< "" while no lab of the module has a code
    int64_t n_labs = 0;  ///< whose codes are in it
};
OwnModuleCode code_of_module(Desk& desk, const labs::Module& module);

}  // namespace terrarium::app
