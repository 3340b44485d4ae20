// Who works in the workshop, who comes to it, and what is said and noted between the jobs.
//
// A customer keeps the street, the trade and the machines; a worker keeps the kind of work.

export const WORKERS = {
  Tilda: ['sewing', 'clock', 'typewriter', 'lock', 'gramophone', 'accordion'],
  Bruno: ['mower', 'pump', 'chainsaw', 'cart'],
  Imre: ['radio', 'toaster', 'washer', 'lamp'],
  Sanna: ['bicycle', 'grinder'],
};

/** name, he or she, street and number, trade, machines */
export const CUSTOMERS = [
  ['Mrs Alder', 'she', 'Mill Lane 4', 'tailor', ['sewing', 'lamp']], ['Mr Birk', 'he', 'Mill Lane 11', 'gardener', ['mower', 'pump', 'cart']],
  ['Mrs Calla', 'she', 'Church Street 2', 'teacher', ['bicycle', 'radio', 'typewriter']], ['Mr Dorrit', 'he', 'Station Road 7', 'clerk', ['typewriter', 'clock']],
  ['Mrs Elm', 'she', 'Station Road 15', 'baker', ['grinder', 'toaster', 'cart']], ['Mr Farrow', 'he', 'Hill Farm', 'farmer', ['pump', 'chainsaw', 'bicycle']],
  ['Mrs Gorse', 'she', 'Park Street 9', 'nurse', ['bicycle', 'clock']], ['Mr Hazel', 'he', 'Park Street 21', 'musician', ['accordion', 'gramophone', 'radio']],
  ['Mrs Ivy', 'she', 'River Walk 3', 'keeper of the guest house', ['washer', 'lock', 'toaster']], ['Mr Juniper', 'he', 'River Walk 8', 'fisherman', ['pump', 'radio']],
  ['Mrs Kale', 'she', 'Market Square 1', 'greengrocer', ['cart', 'lock']], ['Mr Larch', 'he', 'Market Square 6', 'cabinet maker', ['clock', 'lamp', 'chainsaw']],
  ['Mrs Maple', 'she', 'School Lane 5', 'writer', ['typewriter', 'lamp', 'grinder']], ['Mr Nettle', 'he', 'School Lane 12', 'caretaker', ['mower', 'lock', 'washer']],
  ['Mrs Oakes', 'she', 'Bridge Street 10', 'innkeeper', ['washer', 'grinder', 'accordion']], ['Mr Pine', 'he', 'Bridge Street 18', 'postman', ['bicycle', 'radio']],
  ['Mrs Reed', 'she', 'Orchard Way 2', 'beekeeper', ['cart', 'pump', 'gramophone']], ['Mr Sorrel', 'he', 'Orchard Way 14', 'pensioner', ['clock', 'radio', 'mower']],
  ['Mrs Thorn', 'she', 'Quarry Road 6', 'doctor', ['bicycle', 'lamp', 'washer']], ['Mr Umber', 'he', 'Quarry Road 13', 'mason', ['cart', 'toaster']],
  ['Mrs Vine', 'she', 'North Gate 4', 'dressmaker', ['sewing', 'toaster', 'lamp']], ['Mr Willow', 'he', 'North Gate 9', 'student', ['bicycle', 'typewriter', 'accordion']],
  ['Mrs Yarrow', 'she', 'Lime Street 3', 'choir leader', ['gramophone', 'sewing', 'grinder']], ['Mr Ash', 'he', 'Lime Street 17', 'woodman', ['chainsaw', 'mower', 'pump']],
];

export const SAYS = [
  'Fault: <symptom>.', 'Says <symptom>.', 'Fault as told: <symptom>.', '<C.name> says <symptom>.', 'Brought in because <symptom>.',
  'Fault: <symptom>, {since Sunday|since last week|for a month|only in the morning|always}.', '"<Symptom>," says <c.name>.', 'Complaint: <symptom>.',
  '<C.name> {came in the rain|stood at the door at eight|sent a boy with it}: <symptom>.', 'On the label: <symptom>.', '"<Symptom>, {and it never did that before|and my mother had it forty years|please hurry}," says <c.name>.',
  '<C.name> {shows|explains} it {with both hands|twice}: <symptom>.', 'A letter with it says <symptom>.',
];
export const FOUND = ['Found: <cause>.', 'Found <cause>.', 'On the bench: <cause>.', '<Worker> found <cause>.', 'Cause: <cause>.', 'Opened: <cause>.', 'After {ten minutes|a long look|taking off the cover}: <cause>.', '{Simple|Not what one would think|As expected}: <cause>.', '<Worker> {listened|shook it} and knew: <cause>.', 'Looked at by <worker>: <cause>.'];
export const DONE = ['Done: <remedy>.', 'Done by <worker>: <remedy>.', 'Remedy: <remedy>.', '<Worker>: <remedy>.', 'Repair: <remedy>.', 'So: <remedy>.', '<Worker> made it good: <remedy>.', 'Work: <remedy>.'];

export const REMARKS = [
  '<C.he> {will come on <weekday>|fetches it on <weekday>}.', 'Paid {in cash|in coins|at once}.', 'To pay on <weekday>.', 'Waited for it {and read the paper|with a cup of tea|in the yard}.',
  'Told <c.him> to {oil it twice a year|keep it dry|clean it more often|bring it in spring}.', 'The old part {goes back in a bag|is in the scrap box}.', 'Brought {a cake|a bag of pears|a jar of honey} {for all|as thanks}.',
  '<C.he> had {tried glue|tried wire|hit it} first.', 'Delivered to <c.street>{| by Sanna| with the cart}.', 'Six months on the work.', 'Urgent: {school fair|market day|wedding|harvest} on <weekday>.', 'No hurry, says <c.he_>.',
  'The rest of the machine is {sound|better than it looks|tired}.', 'Two screws were {missing|wrong}; {replaced|no charge}.', 'Asked whether it is worth it. It is.', 'Next time {the bearings|the cable|the paint}.',
  'A <c.trade> needs it every day, so done {first|the same evening}.', 'Label tied on.', 'Cleaned, no charge.', 'Dropped once, one can see it.',
  '<C.he> {learned on it|had it from an aunt|bought it second hand|won it in a raffle} and {will not hear of a new one|keeps it under a cloth|lends it to nobody}.', 'Smells of {smoke|soap|hay|oranges}; {no harm|aired in the yard}.',
  'Inside lay {a coin|a button|a love letter|a dead wasp|a tooth}; {given back|in the bag with the bill|<c.he_> was glad}.', 'Name scratched below: {Anna|property of the school|do not open}. {We opened it.|Not asked about.}',
  '{Bruno|Imre|Tilda|Sanna} {wants one like it|had never seen one so old|drew a picture of the inside}.', 'The {price|bill} was {thought fair|talked about|paid with a sigh}.', '<C.he> {stayed to watch|asked three times|held the lamp}, which {helped|did not help}.',
  'It is the {second|third} of this kind {this month|this week}; {same fault|same maker}.', 'Came wrapped in {a blanket|newspaper|a child coat}. {Went back the same way.|The wrapping stays here till <weekday>.}',
  'Could be {painted|polished} as well; {not wanted|perhaps in autumn}.', '{A neat|A stubborn|An honest} machine.',
];
export const AGAIN = ['Was here on <last> with the <lastMachine>.', 'Last visit <last>, the <lastMachine>: {still good|no trouble since}.', 'Known customer, last on <last>.'];

export const NOTES = [
  { title: 'Day note', lines: [
    '{Rain|Frost|Heat|Wind|Fog} today; {the door stays shut|the door stands open|the stove is lit|few people came|the roof drips on bench two}.', 'Tilda {sharpened the small drivers|sorted springs by length|mended her own glasses}.',
    'Bruno {let an engine run until the cups moved on the shelf|lost a nut and found three|burned his thumb, nothing bad}.', 'Imre {measured every cable in the house|built a lamp out of a pump|said that nothing is broken, only tired}.',
    'Sanna, the apprentice, {trued her first wheel alone|swept and found the nut of Bruno|asked why left hand threads exist}.', 'The cat slept {in the toolbox|on the warm radio|in a hat}.',
    'Somebody left {an umbrella|a glove|a single shoe|a violin case} here. It {hangs|lies} by the door.', 'The compressor {leaks|was filled|is loud again}.', 'Tea at four. {Honey from Mrs Reed.|Cake from Mrs Elm.|No biscuits left.}',
    '"{Can it be saved|Is it worth the money}?" asked {a boy|a stranger|Mr Sorrel}. "{We will see|Everything has screws|Leave it here}," said {Tilda|Bruno|Imre}.', '"Who had the {small hammer|blue tape|good pliers}?" "{Not me|Look in your pocket|It is where it belongs}."',
    'Nothing came in before ten, and then {five people at once|everything had wheels|it was all clocks}.', 'A child asked {how a clock knows the time|where the music is in the radio}. Tilda {took an hour to explain|opened one up}.',
    'The stove {smokes|was swept|ate a whole box of old handles}.', '{Swallows|Mice|Bees} in the {roof|store}; {left alone|Tilda is pleased|Bruno is not}.', 'Bench two was {planed|cleared|lost under paper}. {One can see wood.|It will not last.}',
    'Mr Sorrel came {to talk|with a riddle|about nothing} and {stayed an hour|mended a chair while he was here}.', 'Swept, {locked|lamps out} at {six|seven}. {A good day.|Feet tired.|Nine machines on the shelf.}',
    'A traveller wanted to sell us {a miracle oil|a drill that sings|forty left shoes}. {We bought tea.|No.}', 'Sanna wrote on the board: {righty tighty is not always true|clean first|who took my pencil}.', 'The sign over the door was {painted|straightened|hit by a ladder}.', 'Power was off {from two to three|all morning}; {we worked by hand|Imre enjoyed it|Sanna lit the lamps}.',
  ] },
  { title: 'Stock', lines: [
    'Left on the shelf: <#2-30> of <part>, <#2-30> of <part2>.', 'Ordered <#5-40/5> of <part> and <#5-20/5> of <part2>.', '<Part>: {box empty|last one used|three left}. {Order.|Ordered.|Ask by letter.}', 'Came today: <#5-40/5> of <part>, {all good|two bent|one short}.',
    'Price of <part> stays at <partPrice>.', 'Price list: <part> <partPrice>, <part2> <part2Price>.', 'Grease {low|in the red tin|filled}, oil {low|enough until summer}, rags {washed|all gone}.',
  ] },
  { title: 'Bench rules', lines: [
    'Disconnect {the cable|the plug} first. {Always.|Then look.}', 'Screws go into {the tin with the number of the job|a row, in the order they came out}.', 'Listen, {then look, then open|before you open it}.', 'Write down {what you found|the part and the time}, not what you think.',
    'The customer tells you the fault, {not the cause|and it is true, but not all of it}.', 'Never {force a thread|oil a belt|trust a new fuse}.', 'Test it {as it is used at home|twice}, then {call|tie on the label}.', 'Give the old parts back if {asked|they want them}.',
  ] },
];

/** Stories that run through the day notes. Each is told in order, some days apart, and only once. */
export const STORIES = [
  ['The town hall asks about its tower clock, which has shown ten past two since the flood.', 'Tilda climbed up to the tower clock and counted forty-one dead pigeons.', 'The wheels of the tower clock lie on bench one. The largest is as wide as a table.', 'Bruno turned a new axle for the tower clock. It took him two days and much bread.', 'The tower clock runs. People stood in the square at noon and counted aloud.'],
  ['A grey parcel came without a name. Inside is a machine that nobody knows.', 'Imre says the grey machine peels eggs. Tilda says it sharpens pencils.', 'The grey machine was connected and made a small, sad tone.', 'The owner of the grey machine came: it is a doorbell for a very long house.'],
  ['Sanna is to pass her first test in June. She practises on the old vice.', 'Sanna filed a cube with six equal sides, nearly.', 'The test of Sanna: one lock, one bell, one hour. She needed fifty minutes.', 'Sanna passed. There was cake, and Bruno made a speech of four words.'],
  ['The lathe has a new sound.', 'The sound of the lathe is worse. Bruno walks round it and says nothing.', 'It was a bird nest in the cover of the lathe. The lathe rests until the young can fly.', 'The birds are gone, the lathe runs again.'],
  ['Mrs Ivy wants all twelve locks of the guest house to open with one key.', 'Nine of the locks for Mrs Ivy are done. The cellar lock was made by an angry man.', 'All twelve locks done. Mrs Ivy has lost the one key.'],
  ['Mr Hazel plays in the square on Sunday and his accordion has a cold, he says.', 'The accordion of Mr Hazel is dry again. Never leave bellows in a wet tent.', 'We all went to hear Mr Hazel. One could not hear the glue.'],
  ['A boy brought a robot of tin with one arm.', 'The tin robot needs a wheel that nobody makes. Imre cut one from a jar lid.', 'The tin robot walks in a circle. The boy says that is how it always walked.'],
  ['The floor under the drill gives way a little.', 'Mr Umber looked at the floor: a hollow, and in it a box.', 'In the box under the floor are forty files in oiled paper, as good as new. The floor is closed.'],
  ['Bruno bets that he can start any engine with three pulls.', 'Mr Ash brought a saw that lay in the pond for a year. One, two, and on the third pull it ran.', 'Nobody bets with Bruno now.'],
  ['The roof leaks over bench two. A bucket stands there.', 'Two buckets.', 'Mr Larch laid new boards on the roof and took a mended clock for it.', 'Heavy rain and no bucket.'],
  ['Mrs Maple is writing a book about a workshop and sits by the stove with a pencil.', 'Mrs Maple asked what a washer is, and got three different answers.', 'In the book of Mrs Maple the cat can speak. Imre thinks this is an error.'],
  ['A bicycle was left at the door at night, with no name on it.', 'Sanna mended the nameless bicycle anyway and hung a note on it.', 'The nameless bicycle is gone. In its place stood a basket of plums.'],
  ['Imre wants to catch a station from across the sea. The wire goes from the roof to the pear tree.', 'Only noise on the wire, and once a hymn.', 'At two in the morning Imre heard a voice say good evening. It was Mr Juniper, trying his own set.'],
  ['Tilda has found a watch in the scrap box and will not throw it away.', 'The watch from the scrap box has ninety-six parts. All but one are here.', 'The last part of the watch was in the ear of the felt bear. It ticks.'],
];
