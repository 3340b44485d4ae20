#include "core/world/rules.h"

namespace terrarium::core::world {

const std::string_view kDeskRules = R"(
support: *junk [junk:<junk>] | <exchange><tail><foot>
exchange: 3 <q_days> | 3 <q_fee> | 2 <q_leaves> | 2 <q_fare> | 2 <q_opens> | 2 <q_price> | 1 <q_runs> | 2 <q_ticket>
greeting: 2 | (Hello|Good day),_ | Please,_
polite: 2 | _(Can we help with anything else?|Thank you for the question.|Safe travels!)
q_days: Q: [question:<greeting>how many days do I have for {c}?]~A: [answer:(You have|There are) {c.days_allowed} days for {c}.]<polite>
    | Q: [question:<greeting>when is it too late for {c}?]~A: [answer:After {c.days_allowed} days.]<polite>
q_fee: Q: [question:<greeting>what is the fee for {c}?]~A: [answer:The fee for {c} is {c.fee} crowns.]<polite>
    | Q: [question:<greeting>do I pay for {c}?]~A: [answer:(Yes, the fee is|That is) {c.fee} crowns.]<polite>
q_leaves: Q: [question:<greeting>where do I find the {s}?]~A: [answer:The {s} is at {s.found_at}.]<polite>
    | Q: [question:<greeting>where is the {s}?]~A: [answer:It is at {s.found_at}.]<polite>
q_fare: Q: [question:<greeting>what does the {s} cost?]~A: [answer:The {s} costs {s.fare} crowns.]<polite>
q_opens: Q: [question:<greeting>when does {l} open?]~A: [answer:{l} opens at {l.opens_at} in the morning.]<polite>
q_price: Q: [question:<greeting>how much is a {g.unit} of {g}?]~A: [answer:At {g.sold_at} it is {g.price} crowns.]<polite>
q_runs: Q: [question:<greeting>who is in charge of the {s}?]~A: [answer:That is {s.run_by}.]<polite>
q_ticket: Q: [question:<greeting>what about ticket {k}?]~A: [answer:Ticket {k} of {k.customer} about {k.about} is {k.state}.]<polite>
    | Q: [question:<greeting>is ticket {k} done?]~A: [answer:The state of ticket {k} is: {k.state}.]<polite>

log: *junk [junk:<junk>] | <label_incident>
label_incident: 3 {t} {s.tag} start ok~<calm>~<calm>~Summary: [summary:the {s} ran without trouble.]
    | {t} {s.tag} start ok~<calm>~[incident:<hot>]~<calm>~Summary: [summary:the {s} overheated and was cooled.]
    | {t} {s.tag} start ok~<calm>~[incident:<lost>]~Summary: [summary:the {s} lost its signal and came back.]
    | {t} {s.tag} start ok~[incident:<jam>]~<calm>~Summary: [summary:the {s} was jammed and cleared by hand.]
    | {t} {s.tag} start ok~<calm>~[incident:<power>]~Summary: [summary:the {s} stopped because the power failed.]
calm: 2 {t.next} {s.tag} load {10..89} ok | 1 {t.next} {s.tag} check ok | 1 {t.next} {s.tag} load {10..89} ok~{t.next} {s.tag} check ok
hot: {t.next} {s.tag} WARN heat {90..120}~{t.next} {s.tag} ERROR heat {121..160} stop~{t.next} {s.tag} cooled to {30..60}
lost: {t.next} {s.tag} WARN signal weak~{t.next} {s.tag} ERROR no signal {2..30} s~{t.next} {s.tag} signal ok
jam: {t.next} {s.tag} WARN slow {200..900} ms~{t.next} {s.tag} ERROR jam at part {1..9}~{t.next} {s.tag} cleared
power: {t.next} {s.tag} WARN volt {150..199}~{t.next} {s.tag} ERROR power lost
)";

}  // namespace terrarium::core::world
