// What the chronicle says about weather, boats, the fish hall and the end of a day.

export const WEATHER = {
  calm: [
    '{Not a breath of wind|The air did not move} {until the evening|before noon}; sounds of {a saw|a hammer|a child at her scales} came over the water.',
    'A {blue|golden|mild} {morning|evening}, <temp> degrees, and {the sea like a floor|hardly a wave on the sand|every window open}.',
    'A calm {morning|day}, the water flat from the sea wall to Sundry Point.',
    'No wind {at all|to speak of}. {Smoke went straight up from the chimneys.|The flags hung down.|The gulls sat on the water.}',
    'Light air from the <dir>, {a clear sky|thin cloud}, good weather for {drying nets|painting hulls|a long row}.',
    'Sun {all day|from early on|after a pale start}. <temp> degrees at noon.',
    '{Bright|Mild} and still. From the quay one could hear the bell of the buoy off Sundry Point.',
    'A quiet sea and {a pale sun|a high sky}. <temp> degrees in the shade of the fish hall.',
    'The harbour lay like glass {until noon|all day}, and every boat stood on its own picture.',
  ],
  breeze: [
    '{A merry|An honest|A helpful} wind from the <dir>; {clouds like sheep|quick shadows on the hill|the sea dark blue with white in it}.',
    'Cool and {clear|bright|changeable}, <temp> degrees. {The flag on the office stood out straight.|A good day for sails.|Gulls hung over the quay without moving a wing.}',
    'In the morning <dir> wind, {at noon sun|by noon cloud|later a short shower}, {a fair day all in all|nothing to complain of|and so to evening}.',
    'A {fresh|steady|fair} breeze from the <dir>, <temp> degrees.',
    'Wind <dir>, {small waves|white caps} beyond the sea wall, {dry|some cloud}.',
    'Clouds in the morning, sun {later|after dinner}. The wind stayed in the <dir>.',
    'Good sailing weather: wind from the <dir>, <temp> degrees, {a sea that lets you work|a long easy sea}.',
    'The wind went round to the <dir> {in the night|before breakfast|at noon} and the day turned {clear|cool|bright}.',
    '{Half sun, half cloud|Sun in the streets, cloud over the sea|A changing sky}. A breeze from the <dir> {moved the washing on Bell Hill|turned the weather cock|brought the smell of weed}.',
    '<temp> degrees and a {light|lively} wind from the <dir>, so the sails on the south quay dried in an hour.',
  ],
  rain: [
    'A wet {night|morning} and a {wetter|grey} {noon|evening}. {Everything drips.|The frogs on Bell Hill were loud.|Even the gulls stood under a roof.}',
    'Rain on {the roofs|the water|the barrels} and {no sign of an end|a little blue at the edge}; wind <dir>, <temp> degrees.',
    'It {began to rain|cleared and rained again|poured} {at breakfast|while the church bell rang|just as the fish was sold}.',
    'Rain {from the <dir>|all morning|from first light}, <temp> degrees.',
    '{Steady|Thin|Heavy} rain. Water ran down Rope Lane {like a brook|and into the harbour}.',
    'Showers {and sun by turns|one after another}; wind <dir>.',
    'Grey and wet. The barrels under the roofs were full by {noon|evening}.',
    'It rained {before dawn|until three|twice}, and {the quay was empty|nobody stood about on the quay|the children stayed indoors}.',
    'Low cloud, drizzle, <temp> degrees. {The nets will not dry.|No day for paint.|The stones of the quay were slippery.}',
  ],
  fog: [
    'Fog. From the north quay one could not see the south quay.',
    'Thick fog {until ten|until noon|all day}; the horn on Sundry Point called every two minutes.',
    'Sea fog came in {at dawn|with the tide|before breakfast} and stayed {until the wind rose|till late}.',
    'White all round, <temp> degrees, {no wind|hardly a breath}. People found the fish hall by its smell.',
    'Fog again. {The lamps burned at midday.|The boats felt their way out with the bell.|Voices carried over the water, but no faces.}',
  ],
  wind: [
    'Strong wind from the <dir>; {spray over the sea wall|a rough sea}.',
    'Hard wind from the <dir> {since midnight|all day}. The small boats were moved to the inner side.',
    'The <dir> wind {pulled at every rope|rattled the shutters on Tar Street|took two tiles from the net loft}.',
    'Rough outside the harbour, {cold for the season|grey sky}, wind <dir>, <temp> degrees.',
    'A day of wind. {Hats were lost on the quay.|Doors banged all along Rope Lane.|Nobody could keep a lamp alight outdoors.}',
  ],
  gale: [
    'Gale from the <dir>. No boat left the harbour.',
    'A full gale {in the night|from noon on}. Waves broke over the sea wall as far as the old crane.',
    'Storm. The glass fell {all day|faster than it has this year}, and every rope was doubled.',
    'The gale from the <dir> blew {for a second day|until the evening}. {Nell Tarrow closed the sea wall.|The red flag flew at the harbour office.}',
  ],
  frost: [
    'Frost on the {ropes|quay|decks}. <temp> degrees at {dawn|eight}, clear.',
    'A cold {clear|sharp} morning, wind <dir>, ice in the buckets.',
    'White roofs at dawn, <temp> degrees. {Gloves on every hand.|The pump on Tar Street was frozen.|The decks were scraped before work.}',
  ],
  heat: [
    'Hot. <temp> degrees at noon, and {no shade on the quay|the tar went soft between the planks}.',
    'A hot {still|heavy} day; {the children swam off the slipway|the dogs lay under the carts|the ice house sold all it had}.',
    '<temp> degrees. Work began at four and stopped at noon, as it does in {such heat|high summer}.',
  ],
};

/** Small things seen in the town that belong to nobody's trade. Each is used once or twice in the whole chronicle. */
export const SCENES = [
  'A {red|blue|striped} {scarf|cap|mitten} hangs on the fence of the ferry hut. {It has been there a week.|Whose is it?}',
  'Two gulls fought over {a fish head|half a bun|a piece of string}, and a third one took it.',
  'Someone has drawn {a whale|a long ship|a very small house} in chalk on the sea wall.',
  'The swallows {are back under the roof of the fish hall|sit on the rope of the old crane|flew low all evening}.',
  'Biscuit the ginger cat {slept in a coil of rope|sat by the crab pots as if he had ordered them|was put out of the bakery twice}.',
  'A cart lost a wheel on Bell Hill, and <#20-90/10> {onions|apples|turnips} rolled down to the quay.',
  'The steps at berth 4 are green again and should be {scrubbed|walked with care}.',
  'On the north quay {an argument about a barrel|a game of marbles|a lesson in whistling} lasted until the tide took the place away.',
  'A family from Grayle came to look at {the sea|the lighthouse|the boats} and {stayed for soup|lost a shoe|bought a basket}.',
  'Grass grows between the stones by the old crane. {Let it.|The goat has been told.}',
  'The lamp at the corner of Rope Lane {smokes|has new glass|was left burning}.',
  'At low water one could see {the ribs of the old wreck|a lost anchor|the chain of the buoy} off the slipway.',
  'A kite {got caught in the mast of the Heron|flew higher than the church bell|fell into a pot of tar}.',
  'The first {violets|lambs|strawberries|blackberries} {were brought down from the hill|are here}, and {no one talks of anything else|they are dear}.',
  'Washing was stolen by the wind on Bell Hill: {one shirt is still missing|a sheet was seen going out to sea|all of it came back but one sock}.',
  'Late in the evening somebody played {an old song|two tunes at once|the same four notes} on {a fiddle|a tin whistle|an accordion} by the water.',
  'The tide left {a jellyfish as wide as a table|a heap of weed|a plank with foreign letters} on the slipway.',
  'A boy {counted the fish boxes aloud|asked how deep the sea is|fished all day for one small crab}. {He was content.|No one could tell him.}',
  'Mist on the hill, sun on the water; {a strange light|a good sign, say the old people|the painters of the world were somewhere else}.',
  'The wheel of the water cart squeaks in {two notes|a way that the dogs answer}. {Oil was promised.|It is said to be lucky.}',
  'A ladder was {borrowed and brought back|left out in the wet|too short for every roof on Tar Street}.',
  'The notice board at the fish hall says: {lost, one glove, left|wanted, a boy who can row|for sale, a stove, hardly any rust|found, a key, ask at the office}.',
  'Geese went over, going <dir>, {high and loud|forty at least|for longer than it takes to drink a cup of tea}.',
  'The moon was {so bright that one could read on the quay|red over Hask Island|thin as a hook}.',
  'Three men needed an hour to {move a barrel|hang a sign|catch a hen}; {the hen has not been caught|everyone gave advice}.',
  'Nothing happened today on the south quay, and <~5-9> people watched it.',
];

export const GOES_OUT = [
  '{Ropes off|Lamps out} at <time> on the <b.name>; {<b.first> means to try for <fish>|a long trip is planned|back tomorrow, says <b.first>}.',
  '{Past the sea wall|Round Sundry Point|Out of sight} by <time>: the <b.name>, {bound for the <fish>|with a new boy on deck|in good order}.',
  'The <b.name> went out at <time>.',
  '<b.skipper> took the <b.name> out {with the morning tide|before it was light|at <time>} {for <fish>|to the near grounds|to the grounds off Hask Island}.',
  'The {<b.colour> <b.kind>|<b.name>} left berth <b.berth> at <time>.',
  'Out: the <b.name>, at <time>{|, with fresh ice|, with new nets}.',
  'The <b.name> sailed {late|early|alone} and {was|stayed} in sight {until noon|for an hour|as far as Sundry Point}.',
];

export const COMES_IN = [
  '{Well after dark|With the tide, at <time>,|Between two showers} the <b.name> was back with <#9-33> boxes of <fish>.',
  'Landed from the <b.name>: <#7-38> boxes of <fish>{|, half of it for Grayle|, one box for The Lantern|, and an old boot}.',
  '<b.skipper> counted <#11-42> boxes of <fish> on the deck of the <b.name>, {counted again, and smiled|and the buyer counted one less|and gave one to the night watch}.',
  'The <b.name> came in with <#6-40> boxes of <fish>.',
  'The <b.name> landed <#6-40> boxes of <fish>, {all sound|good size|small but clean|sold by noon}.',
  '<b.skipper> brought in <#6-36> boxes of <fish> and {tied up at|went straight to} berth <b.berth>.',
  'At <time> the <b.name> came round Sundry Point, low in the water: <#24-48> boxes of <fish>.',
  'A {poor|thin|short} day for the <b.name>: {only|no more than} <~3-7> boxes of <fish>.',
  'The <b.name>, <b.skipper>, <#8-36> boxes of <fish>. {Good work.|Tired crew.|Ice lasted well.|Two boxes kept for the town.}',
  'In from the <dir> with the last light: the {<b.colour> <b.kind>|<b.name>}, <#8-30> boxes of <fish>.',
  'When the <b.name> was tied up, {the gulls came before the buyers did|<b.first> slept on the nets|half the quay came to look}: <#20-44> boxes of <fish>.',
  '<B.first> had hoped for <fish> and found them; the <b.name> brought <#14-34> boxes.',
];

export const STAYS_IN = [
  '{No work at sea for|A day in harbour for} the <b.name>; {the crew went home to bed|the deck was scrubbed instead|<b.first> cut new wooden pins}.',
  '<b.first> looked at the sea {from the wall|for a long minute|through the glass} and went {back to bed|for a second breakfast|home again}.',
  'The <b.name> stayed at berth <b.berth>.',
  '<b.skipper> {did not like the sky|waited for the wind to turn} and kept the <b.name> in.',
  'The <b.name> turned back {at Sundry Point|after an hour} with {wet decks|a torn net|nothing but wet ropes}.',
  '{All boats|The whole fleet} stayed in{| except the <b.name>, which came home by noon}.',
  'On the <b.name> they {mended nets|painted the wheelhouse|greased the winch|washed the hold|sorted hooks} and {drank tea|told old stories|said little}.',
];

export const FERRY_LINES = [
  'The Kittiwake made <~3-6> crossings to Hask Island with <#18-90> people{| and two dogs| and a goat| and a piano| and nine sheep| and the post}.',
  'Hanna Brisk ran the ferry {on time|to the minute|without a break}: <#20-80> people over, <#20-80> people back.',
  'The white ferry carried {a school class|a wedding party|hay|<#4-12> sheep|the doctor|a stove|a new door} to Hask Island.',
  'Ferry: <#20-95> people, <#2-14> bicycles{|, one cow|, a box of hens}.',
  'The first ferry left at 7.10 and the last came home at <lateTime>.',
];
export const FERRY_HELD = [
  'No ferry until {noon|the afternoon|evening}; the people for Hask Island {waited at The Lantern|played cards in the ferry hut}.',
  'The Kittiwake stayed at berth 1, and {the post for Hask Island|the bread for Hask Island|a load of hay} stayed with it.',
  'Hanna Brisk made one crossing only, {slowly|with the bell ringing|with two men at the bow}.',
];

export const COASTER_IN = [
  'The Dorothea came in from Grayle at <time> with <goods>.',
  'The brown coaster Dorothea {tied up at berth 2|was made fast by noon|came in under two sails}. Landed: <goods>.',
  'Off the Dorothea, {in an hour|before the rain|with the old crane}: <goods>.',
  'Captain Bram Oster brought the Dorothea in {on the evening tide|with the wind behind him|in good time}: <goods>.',
];
export const COASTER_OUT = [
  'The Dorothea sailed for Grayle with <exports>.',
  'Loaded on the Dorothea for Grayle: <exports>.',
  'Captain Oster left at <time> with <exports>, {and not a plank of free deck|and a letter for his sister}.',
];

export const TUG_LINES = [
  'The Old Tom {pulled|brought} {a barge of stone|a raft of timber|a barge of gravel} to the {sea wall|south quay|slipway}.',
  'Gus Merrin and the Old Tom turned the Dorothea {in the narrow water|in one try|before the tide fell}.',
  'The black tug {was scraped and tarred|had her boiler cleaned|lay with her fire out} {today|until noon}.',
  'Gus Merrin towed {a yacht|a stone barge|a boat from Tolm|a stranger} {in with a rope round her screw|to berth 9 with a cold engine|off the sand at low water}.',
];

export const LIFEBOAT_LINES = [
  'The Swift was launched at <time> for {a rowing boat|a yacht|two boys on a raft|a small sail} off {Sundry Point|Hask Island|the sand bank}. {All safe.|All safe and cold.|A false alarm.|Home by dark.}',
  'Dag Rowan had the crew of the Swift {at the oars|on the slipway} for practice: {eleven|ten|nine} minutes from bell to water.',
  'The orange lifeboat was {washed|painted|oiled} and {shown to the school|put back on her rails}.',
];

export const PRICE_LINES = [
  'Prices in the fish hall: <prices>.',
  'Fish hall, crowns a box: <prices>.',
  'Carl Dunn bought <fish> at <price> crowns a box, {a crown more than he liked|and said it was a fair price|for the smoke house|and wanted more}.',
  'At the {morning|noon} sale <fish> {stood at|went for|made} <price> crowns a box.',
  '{Much|Plenty of} <cheap> and few buyers{, so the box went down to|: no more than|, and those who waited paid} <cheapPrice> crowns.',
  '{Little|Hardly any} <dear> {this week|to be had}, and the box {went up to|now costs|was fought over at} <dearPrice> crowns.',
  'The dearest box today was <highest> at <highestPrice> crowns, the cheapest <lowest> at <lowestPrice>.',
];

export const TALK = [
  '"{Will it hold|Will the weather hold}?" asked <a>. "{Until dark|Until tomorrow|Long enough}," said <b>.',
  '"That was <~3-9> boxes more than last week," said <a>. "{And the price is lower|And I am older|Do not say it so loud}," said <b>.',
  '<a> asked <b> for {a hand with the ropes|the loan of a lamp|a good knife|news from Tolm}, and got {it|half an hour of talk as well|a promise}.',
  '"You are late," said <b>. "{The tide was late|I was talking to the cat|Then the bread is cold}," said <a>.',
  '"{Who left a barrow|Who put a bucket|Who tied a goat} in the middle of the quay?" called <a>. Nobody knew, but <b> moved it.',
  '"I have seen {worse|a higher sea|more fish in a bucket}," said <a>. "{You always have|When|So you tell us every year}," said <b>.',
  '<b> told <a> that {the glass was rising|the herring were early|the Dorothea was due|the lamp oil was short}. <a> {wrote it down|did not believe it|had heard it already}.',
  '"{Two crowns for that|Four crowns for that}?" said <a>. "It is the last one," said <b>, and that settled it.',
  '<a> and <b> carried {a table|a mast|a stove|two benches} up Bell Hill and {rested three times|sang most of the way}.',
  '"How is the {knee|hand|roof|dog}?" asked <a>. "{Better|No worse|Ask me in spring}," said <b>.',
  '"What do you call that?" said <a>. "{A knot|Supper|An honest mistake}," said <b>.',
  '<a> and <b> {shared a bench and an apple|met on the steps and blocked them for an hour|are not on speaking terms, but they wave}.',
  '"{Have you seen|Did you hear about} the {new bench|high tide|strange ship}?" asked <a>. "{Before you did|No, but I can guess|Twice already}," said <b>.',
  '<a> says it will be {a wet summer|an early winter|a good year for herring}, and <b> says the opposite{|, as always}.',
  '"Come in, you are wet," said <a>. "{I am always wet|Only the outside|It is only weather}," said <b>, and sat by the stove.',
  '"{A quiet week|A long day|A good tide}," said <a>. <b> {nodded|thought about it|was asleep}.',
  '<a> lost {a bet|a game of draughts|a race up the steps} to <b> and paid with {a herring|a pot of tea|a loaf}.',
];

export const CLOSING = [
  'High water at <tide>.',
  'High water <tide>; {all ropes checked|all well|quay clear by nine}.',
  'The light on Sundry Point was lit at <lamp>.',
  'Quiet evening.',
  '{Lamps out|Gates shut} at ten.',
  'In port tonight: <port>.',
  'Berths taken tonight: <port>.',
  'Music from The Lantern {until ten|until late}.',
  'Stars {over the sea wall|all night}.',
  'Lit at <lamp>, says Otto Grane, and not a sail in sight.',
];

export const SUNDAYS = [
  'Sunday. {Three boys and a plank|The choir|Two families from the hill} {had their picnic on the slipway|were taken round the bay by Ada Lorne|sat along the sea wall with pies}.',
  'Sunday, and {the only work was the ferry|a christening on Bell Hill|nobody hurried}. {Bess Tolliver made <~5-12> pies and kept one.|Otto Grane walked in for company.|Old Pim Garrow told the long story again.}',
  'Sunday. A football match, {quay against hill|skippers against shops}: {<~2-4> to one|a draw|stopped when the ball went out to sea}.',
  'Sunday. Bells, {clean shirts|a slow breakfast}, and no nets.',
  'Sunday. The band played on the {south quay|steps of Bell Hill}; <#30-120/10> people {listened|stayed to the end}.',
  'Sunday. {Families|Half the town} walked out to Sundry Point and back.',
  'A Sunday of {visits|sleep|cards|soup}. The boats lay side by side and the cat Biscuit walked over all of them.',
  'Sunday. Nothing landed, nothing sold. {Jory Penn slept in the sun.|The gulls complained.|Even the forge was cold.}',
  'Sunday. {Boat race for the children|Rowing in the harbour}: {first Mina Corrie, second Pip Lorne|first Pip Lorne, second Mina Corrie|Pip Lorne and Mina Corrie together, to the inch}.',
];
