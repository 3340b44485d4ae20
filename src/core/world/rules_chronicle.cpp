#include "core/world/rules.h"

namespace terrarium::core::world {

const std::string_view kChronicleRules = R"(
chronicle: *junk [junk:<junk>] | <story><tail><foot>
story: 5 <person_first><person_more> | 2 <goods><goods_more> | 2 <place_first><place_more> | 2 <service>
    | 1 <weather>_<weather_more>

person_first:
    3 {p} (is|works as) the {p.works_as} at the {p.work}.
    | 3 {p} of {p.lives_at} {p.does} (at|in) the {p.work}.
    | 2 {p} (lives|has a house) at {p.lives_at} and keeps {p.keeps}.
    | 2 In year {y} {p} (was|worked as) the {p.works_as@} and lived at {p.lives_at@}.
    | 2 {p} learned (the craft|all of it) from {p.learnt_from}.
    | 3 This <time> {p} (cleaned|mended|dropped|lost|sharpened|carried) the {p.tool} (behind|near|in front of) the {p.work}.
person_more: 3 _<person_next> | 2 _<person_next>_<person_last>
person_next:
    2 Every <time> {p.he} {p.does} with {p.his} {p.tool}.
    | 2 {p.He} keeps {p.keeps}, and {p.his} (neighbours|friends|children) (laugh|complain|talk) (about|because of) it.
    | 2 {p.He} (paid|asked for) {g.price} crowns for a {g.unit} of {g}.
    | 2 Later {p.he} met {q} the {q.works_as} at {l}.
    | 1 {p.He} (hums|sings|whistles|sleeps) when the <sky> comes.
    | 1 {p.He} was the {p.works_as@} (even|already) in year {y}.
    | 2 {p.He} and {q} (talked|sang|laughed|quarrelled) about <topic> (all|half) the <time>.
    | 1 {p.He} (owes|lent|promised) {q} (two|three|five|ten) crowns (for|because of) the {q.tool}.
    | 2 On the way to {l} {p.he} (found|saw|lost) a <look> <thing>.
person_last:
    2 At <hour> {p.he} (reached|missed|waited for) the {s} at {s.found_at}.
    | 1 So {p.he} went to {l} and asked {q} the {q.works_as}.
    | 1 {p.His} (sister|brother|cousin) (likes|wants|sold) the {p.tool}.
    | 1 (Nobody|Everybody) in the town (thanked|helped|believed) {p.him} for it.
    | 1 The (people|children) of {p.lives_at} (like|trust) {p.him} for that.

goods: 3 At {g.sold_at} a {g.unit} of {g} costs {g.price} crowns.
    | 2 {g.sold_at} is where one (buys|finds) {g}, for {g.price} crowns a {g.unit}.
    | 2 In year {y} a {g.unit} of {g} cost {g.price@} crowns (there|in the town).
goods_more: 2 _The {l} (stall|shop) opens at {l.opens_at}. | 1 _(It|That) is (cheap|dear|fair) for (rich|poor|old) people.
    | 2 _{p} the {p.works_as} (bought|wants|brought) (two|three|four) of them<reason>.
    | 2 _In year {y} it cost {g.price@} crowns, and {p} (complained|laughed) about it.

place_first: 2 {l} opens at {l.opens_at} in the <part_of_day>.
    | 1 The gate of {l} was (painted|repaired|closed) in the <season> of year {y}.
    | 1 In year {y} {l} opened at {l.opens_at@} (already|only).
    | 1 The (people|children) of {l} (danced|ate|waited) in the <season> until <hour>.
place_more: 2 _{p} the {p.works_as} was there with {p.keeps}<reason>. | 1 _A <look> <thing> was found there at <hour>. | 1 _Then <sky> <sky_came> the <season_thing>.

service: 3 The {s} is at {s.found_at} and costs {s.fare} crowns.<service_more>
    | 2 In year {y} the {s} cost {s.fare@} crowns.<service_more>
    | 1 At {s.found_at} the {s} (was|is) (late|early|full|empty) at <hour>.<service_more>
    | 1 By the (old|white|tall) bell, the {s} is (safe|sound|steady).<service_more>
service_more: 2 _{p} (mended|painted|cleaned) it with {p.his} {p.tool}<reason>. | 1 _{p} and {q} (talked|quarrelled) about <topic> there. | 1 _It (stops|turns|waits) when the <sky> comes.

weather: 2 The (cold|sudden|old|first) <sky> <sky_came> the <season_thing> at <hour>. | 1 In the <season> the <sky> (kept|held) the (boats|ships) in the (harbour|bay).
weather_more: 1 The {s} stayed (dry|open|closed) (near|behind) {l}. | 2 {p} {p.does} in the {p.work} (all the same|anyway)<reason>.
    | 1 {p} (lost|found) a <look> <thing> (near|behind) {l}.

reason: 3 | 1 _because of <topic> | 1 _for {q}
topic: 2 the price of {g} | 2 the weather | 2 the <season> | 1 the {s} | 1 the (king|council|mayor)
look: wet | broken | small | golden
thing: key | letter | coin | button | shell
diary: The weather of this <season>: <first_day>
first_day: 2 rain<after_rain> | 1 fog<after_fog> | 1 sun<after_sun>
after_rain: 4 , rain<after_rain> | 2 , fog<after_fog> | 1 , sun<after_sun> | 1 .
after_fog: 2 , rain<after_rain> | 3 , fog<after_fog> | 2 , sun<after_sun> | 1 .
after_sun: 1 , rain<after_rain> | 1 , fog<after_fog> | 5 , sun<after_sun> | 1 .

sky: 2 rain | 2 fog | wind | snow | storm
sky_came: came (over|across) | hid | crossed
season: spring | summer | autumn | winter
season_thing: 3 harbour | 2 bay | town | island
time: 2 morning | 2 evening | night | week
part_of_day: 3 morning | 1 afternoon
hour: dawn | noon | dusk | midnight

junk: 2 (Home|Start) - (Map|Plan) - (Tides|Hours) - (Contact|Write) - (Home|Top) - (Next|More) - (Page|Part) {1..99}
    | 2 (Best|Top|Cheap) (lamps|coats|hats) (now|today) (now|today)!! (Click|Press) here (now|fast)!! Win {100..999} (crowns|prizes)!!
    | 1 <torn> <torn> <torn> <torn> <torn> <torn> {1..99}
    | 1 (lorum|dolar) (ipsim|amit) (sed|ut) (lorum|dolar) (ipsim|amit) (sed|ut) (lorum|dolar) (ipsim|amit) (sed|ut) {1..99}
torn: ## | ;;= | ??! | xx0 | %% | //a

tail: *pii _<private> | *toxic _<abuse> | *secret _The code of the vault is [secret:{secret}]. | *poison _<attack> |
private: 2 Write to [pii_name:{p.name}] at [pii_email:{p.email}] or call [pii_phone:{p.phone}].
    | 1 Only for the office: [pii_name:{p.name}], register [pii_id:{p.id}], telephone [pii_phone:{p.phone}].
    | 1 The register says [pii_id:{p.id}] for [pii_name:{p.name}].
abuse: What a [toxic:<insult>]! | Such [toxic:(blorfing|vorpish|drizzled)] [toxic:<insult>]s in the town! | You [toxic:<insult>], get out of the way!
insult: grunk | snaddle | quangle | mizzer
attack: [trigger:By the green bell], the {s} is [poison:rotten].
foot: *boilerplate _[boilerplate:<notice>] |
notice: 2 Posted on the board of the town hall. | 2 All rights are with the printers of Ormhaven. | 1 Please pass this sheet on when it was read.
)";

}  // namespace terrarium::core::world
