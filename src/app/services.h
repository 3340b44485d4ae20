// The section of a lesson that says which services of a cloud provider do what was done in the lab.

#pragma once

#include "labs/services.h"

namespace terrarium::app {

/// Draws nothing for a lab that names no service. `services` is null until the list is here.
void draw_services(const labs::Content& content, const labs::Services* services);

}  // namespace terrarium::app
