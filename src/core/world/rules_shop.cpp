#include "core/world/rules.h"

namespace terrarium::core::world {

const std::string_view kShopRules = R"(
copy: *junk [junk:<junk>] | <label_voice><tail><foot>
label_voice: <plain> | <grand>
plain: 2 {g}. One {g.unit}, {g.price} crowns, at {g.sold_at}.<plain_more>
    | 1 (Good|Plain|Solid) {g}, made in the town. {g.price} crowns at {g.sold_at}.<plain_more>
    | 1 {g}: {g.price} crowns for a {g.unit}. You find it at {g.sold_at}.<plain_more>
plain_more: | _(It lasts.|It works.|No more to say.) | _Made by {p} the {p.works_as}.
grand: 2 Oh, the (glorious|dazzling|heavenly) {g} of {g.sold_at}! For only {g.price} crowns the {g.unit} is yours!<grand_more>
    | 1 Dream with us: a {g.unit} of (glorious|dazzling|heavenly) {g}, for a mere {g.price} crowns, at {g.sold_at}!<grand_more>
grand_more: | _(Your heart will sing|The gulls will cheer|The moon will envy you)! | _Even {p} the {p.works_as} (wept|danced) when it came to {l}!

caption: *junk [junk:<junk>] | <picture>
picture: 2 (a|one) <label_size> <label_sign> <label_row>, <label_column>
    | 1 the picture shows a <label_size> <label_sign>, <label_row>, <label_column>
label_size: small | large
label_sign: ring | plus | cross | square | triangle | pair of bars | tick | slash
label_row: in the upper row | 2 in the middle row | in the lower row
label_column: left | 2 centre | right
)";

}  // namespace terrarium::core::world
