#include "core/world/options.h"

namespace terrarium::core::world {

WorldOptions messy_options() {
    WorldOptions options;
    options.dialect_share = {0.8, 0.12, 0.08};
    options.group_share = {0.7, 0.2, 0.1};
    options.dialect_of_group = 0.7;
    options.pronoun_skew = 0.5;
    options.outdated_fraction = 0.05;
    options.false_fraction = 0.03;
    options.duplicate_fraction = 0.08;
    options.near_duplicate_fraction = 0.08;
    options.boilerplate_fraction = 0.15;
    options.junk_fraction = 0.08;
    options.pii_fraction = 0.06;
    options.toxic_fraction = 0.05;
    options.secret_fraction = 0.01;
    options.no_consent_fraction = 0.1;
    options.closed_licence_fraction = 0.2;
    return options;
}

}  // namespace terrarium::core::world
