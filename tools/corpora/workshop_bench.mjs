// The bench of the workshop log: machines, what goes wrong with them, what is found, what is done, and what parts cost.
//
// A fault is [what the customer says, what is found, what is done, parts, minutes]. A part has one price, always.

export const PARTS = {
  'chain': 9.5, 'brake cable': 3.2, 'brake blocks': 4.8, 'inner tube': 4.4, 'tyre': 12.9, 'two spokes': 1.6, 'pedal': 7.5, 'ball bearing': 5.6,
  'needle': 0.9, 'drive belt': 6.4, 'bobbin case': 8.2, 'foot spring': 2.1, 'carbon brushes': 5.2, 'spark plug': 3.9, 'starter cord': 4.1, 'air filter': 6.8,
  'fuel hose': 2.7, 'blade': 14.5, 'blade bolt': 1.8, 'pump seal': 3.6, 'piston ring': 11.4, 'foot valve': 9.9, 'gasket': 1.5, 'mainspring': 13.6, 'pendulum spring': 2.4,
  'clock gut line': 5.5, 'clock glass': 8.8, 'fuse': 0.6, 'capacitor': 2.9, 'mains cable': 5.8, 'plug': 2.2, 'switch': 3.4, 'lamp socket': 3.1, 'heating wire': 6.2,
  'thermostat': 10.8, 'door seal': 9.2, 'hose clip': 0.8, 'drain pump': 24.5, 'grinding ring': 12.2, 'crank handle': 6.6, 'ribbon': 4.6, 'type spring': 1.4, 'rubber feet': 2.5,
  'chisel handle': 3.3, 'axle': 8.4, 'wheel': 16.5, 'wood screws': 1.1, 'valve set': 7.9, 'bellows tape': 3.7, 'reed plate': 10.4, 'speaker': 13.2, 'dial cord': 1.9, 'tuning knob': 2.8,
  'hair spring': 9.1, 'stylus': 7.2, 'zinc hinge': 3.0, 'lock spring': 2.3, 'key blank': 1.7, 'saw chain': 17.8, 'oil pump': 12.6, 'cutter wheel': 8.6, 'rivets': 0.7, 'leather washer': 1.2,
};

export const MACHINES = {
  bicycle: { name: 'bicycle', kinds: ['black', 'green', 'with three gears', 'with a child seat', 'dark red'], tests: ['Rode it round the block.', 'Ten turns of the wheel, {no rub|true to a hair}.', 'Tried the brakes on the {hill|wet stones}.'], faults: [
    ['the chain {jumps|falls off}', 'chain {worn out|two links too long by wear}', 'new chain, gears set', ['chain'], 35],
    ['the brake {does nothing|howls}', 'brake {blocks down to the metal|cable frayed at the lever}', 'new cable and blocks, both brakes set', ['brake cable', 'brake blocks'], 40],
    ['{flat every morning|it loses air}', '{a thorn in the tyre|a hole by the valve}', 'new tube, tyre looked over from inside', ['inner tube'], 20],
    ['the back wheel {wobbles|rubs}', 'two spokes broken', 'two spokes, wheel trued on the stand', ['two spokes'], 50],
    ['it grinds when {pedalling|going uphill}', 'pedal bearing dry and pitted', 'new pedal, the other one greased', ['pedal'], 25],
    ['the {front|back} tyre is {bald|split}', '{cuts|glass} all round, canvas showing', 'new tyre, rim tape turned', ['tyre'], 30],
    ['it {clicks|knocks} in the {hub|middle}', 'bearing with {two|three} broken balls', 'new ball bearing, cone set with paper between', ['ball bearing'], 55]] },
  sewing: { name: 'sewing machine', kinds: ['black, with motor', 'with knee lever', 'white', 'in a wooden case'], tests: ['Sewed {two|four} layers of linen.', 'A test seam of one metre lies {in the box|with the bill}.', 'Runs {so that one hears only the needle|like new}.'], faults: [
    ['it skips stitches', 'needle bent, hook {late|out of time}', 'new needle, hook set', ['needle'], 35],
    ['the thread {breaks|knots below}', 'bobbin case {scratched|worn}', 'new bobbin case, thread path polished', ['bobbin case'], 40],
    ['it runs but does not sew', 'drive belt {slack|torn}', 'new belt, bearings oiled', ['drive belt'], 25],
    ['the foot does not {stay down|hold the cloth}', 'foot spring broken', 'new spring, lint cleaned out', ['foot spring'], 30],
    ['{it smells hot|sparks at the motor}', 'carbon brushes worn to the holder', 'new brushes, motor blown clean', ['carbon brushes'], 45],
    ['the wheel is {heavy|hard to turn}', 'thread {wound round the shaft|under the hook}, dry oil', 'thread cut out, washed, oiled, one new needle', ['needle'], 45]] },
  mower: { name: 'lawn mower', kinds: ['with petrol engine', 'red', 'green'], tests: ['Cut the grass behind the workshop.', 'Started at the {first|second} pull.'], faults: [
    ['it will not start', 'spark plug {black|wet}, {old petrol|stale fuel}', 'new plug, tank emptied and filled', ['spark plug'], 30],
    ['the cord {does not come back|came off in the hand}', 'starter cord broken', 'new cord, spring wound again', ['starter cord'], 35],
    ['it tears the grass', 'blade {bent on a stone|blunt and out of balance}', 'new blade and bolt', ['blade', 'blade bolt'], 40],
    ['it {coughs|dies in high grass}', 'air filter full of dust', 'new filter, carburettor cleaned', ['air filter'], 45],
    ['it {smokes|drinks petrol}', 'fuel hose {cracked|soft} and a wet filter', 'new hose, new filter, float set', ['fuel hose', 'air filter'], 55],
    ['it {shakes|jumps} over the grass', 'blade bolt {loose|half sheared}', 'new bolt, blade balanced on a nail', ['blade bolt'], 25]] },
  pump: { name: 'water pump', kinds: ['for the well', 'for the garden', 'cast iron'], tests: ['Drew water from the barrel in {nine|seven} strokes.', 'No drop in ten minutes.'], faults: [
    ['it {drips|leaks at the rod}', 'pump seal {hard|cracked}', 'new seal and gasket', ['pump seal', 'gasket'], 50],
    ['it {works|moves} and gives no water', 'piston ring {broken|worn by sand}', 'new piston ring, cylinder washed', ['piston ring'], 60],
    ['it loses the water overnight', 'foot valve {leaks|does not close}', 'new foot valve', ['foot valve'], 40],
    ['it sucks air', 'leather washer dry', 'new leather washer, soaked in oil', ['leather washer'], 25]] },
  clock: { name: 'wall clock', kinds: ['with pendulum', 'oak case', 'with painted dial', 'from the kitchen'], tests: ['Ran {three|five} days on the wall: {one minute slow|exact}.', 'Strikes the hours {and counts right|clearly}.'], faults: [
    ['it stops {at night|after an hour}', 'old oil, {dust in the pivots|thick as glue}', 'taken apart, cleaned, oiled, new pendulum spring', ['pendulum spring'], 90],
    ['it cannot be wound', 'mainspring broken', 'new mainspring, teeth checked', ['mainspring'], 80],
    ['it {does not strike|struck once and fell silent}', 'gut line of the strike worn through', 'new gut line', ['clock gut line'], 45],
    ['the glass is {broken|cracked}', '{a fall from its nail|a crack right across}', 'new glass, hands straightened', ['clock glass'], 30],
    ['it {ticks unevenly|limps}', 'pendulum spring {kinked|cracked}', 'new pendulum spring, hung level', ['pendulum spring'], 40],
    ['it strikes {five at noon|and does not stop}', 'rack {worn|one tooth off}', 'rack set back, rivets renewed', ['rivets'], 60]] },
  radio: { name: 'radio', kinds: ['table set', 'with wooden case', 'from the kitchen', 'with a green eye'], tests: ['Played {all afternoon|through the news}.', 'Three stations, {clear|hardly any noise}.'], faults: [
    ['it is silent', 'fuse blown, {capacitor leaking|capacitor dry}', 'new capacitor and fuse', ['capacitor', 'fuse'], 55],
    ['it {crackles|hums}', 'dry capacitor', 'new capacitor, contacts cleaned', ['capacitor'], 50],
    ['the pointer does not move', 'dial cord {slipped|torn}', 'new dial cord, three turns round the drum', ['dial cord'], 40],
    ['it sounds {like a tin|hoarse}', 'speaker cone torn', 'new speaker', ['speaker'], 35],
    ['the knob is gone', '{the knob split|the screw of the knob gone}', 'new knob', ['tuning knob'], 10],
    ['it works only when {hit|tilted}', 'switch {loose|burned}, one cold joint', 'new switch, joint soldered', ['switch'], 35],
    ['it {smells of fish|gets hot}', 'capacitor swollen', 'new capacitor, let it run two hours', ['capacitor'], 45]] },
  toaster: { name: 'toaster', kinds: ['two slots', 'folding', 'chrome'], tests: ['Four slices, {even brown|the last one eaten by Sanna}.'], faults: [
    ['only one side gets hot', 'heating wire broken', 'new heating wire', ['heating wire'], 40],
    ['the bread {does not come up|flies out}', 'crumbs under the slide, spring {tired|loose}', 'cleaned, foot spring fitted', ['foot spring'], 30],
    ['{it gave me a shock|it trips the fuse}', 'mains cable {burned|rubbed through}', 'new cable and plug, insulation measured', ['mains cable', 'plug'], 35],
    ['the lever does not {stay down|catch}', 'catch {bent|worn round}', 'catch filed, new rivets', ['rivets'], 25]] },
  grinder: { name: 'coffee grinder', kinds: ['with drawer', 'with long crank', 'for the wall'], tests: ['Ground {a handful|fifty grams}; {we drank it|fine and even}.'], faults: [
    ['it {crushes|tears} the beans', 'grinding ring {blunt|chipped}', 'new ring, gap set', ['grinding ring'], 35],
    ['the handle turns by itself', 'thread of the crank gone', 'new crank handle', ['crank handle'], 20],
    ['it {stands still|stops with a crack}', 'a {stone|nail} among the beans', 'taken out, new grinding ring', ['grinding ring'], 40],
    ['it {leaks coffee|loses half of it}', 'drawer {warped|without a stop}', 'drawer planed, wood screws', ['wood screws'], 20]] },
  typewriter: { name: 'typewriter', kinds: ['portable', 'wide carriage', 'grey'], tests: ['Typed the alphabet {twice|forwards and back}.', 'Typed this entry on it first.'], faults: [
    ['the {e|a|r} sticks', 'type {dirty|lever bent}', 'lever straightened, new type spring', ['type spring'], 35],
    ['it writes {grey|in two colours at once}', 'ribbon dry', 'new ribbon, types brushed', ['ribbon'], 20],
    ['it walks over the table', 'rubber feet hard', 'four new feet', ['rubber feet'], 15],
    ['the carriage does not move', 'carriage belt {torn|off its hook}', 'new belt, rail oiled', ['drive belt'], 55],
    ['the bell does not ring', 'hammer spring {gone|stretched}', 'new type spring for the bell', ['type spring'], 25]] },
  washer: { name: 'washing machine', kinds: ['front door', 'small', 'top door'], tests: ['One wash with our overalls.', 'Full run, {dry floor|no drop}.'], faults: [
    ['water on the floor', 'door seal {torn|cracked}', 'new door seal', ['door seal'], 50],
    ['it does not {empty|pump out}', '{a coin|a sock|a hair pin} in the drain pump', 'new drain pump, hose clip', ['drain pump', 'hose clip'], 60],
    ['the water stays cold', 'thermostat dead', 'new thermostat, wires tightened', ['thermostat'], 45],
    ['it {dances|hammers} when it spins', 'bearing {dry|broken}', 'new ball bearing, feet set level', ['ball bearing'], 95],
    ['it {does not start|clicks and waits}', 'door switch {broken|full of lint}', 'new switch, lint cleaned out', ['switch'], 35]] },
  lamp: { name: 'table lamp', kinds: ['brass', 'with glass shade', 'for the desk'], tests: ['Lit for an hour.', 'Insulation measured: good.'], faults: [
    ['it flickers', 'lamp socket {loose|burned}', 'new socket', ['lamp socket'], 20],
    ['the switch {does nothing|is hot}', 'switch contacts burned', 'new switch', ['switch'], 20],
    ['{the dog bit the cable|the cable is old}', 'mains cable open to the copper', 'new cable and plug', ['mains cable', 'plug'], 25]] },
  cart: { name: 'hand cart', kinds: ['two wheels', 'for the market', 'flat'], tests: ['Loaded with {four sacks|both apprentices of the smith} and pulled round the yard.'], faults: [
    ['one wheel {is gone|broke on the kerb}', 'rim split', 'new wheel, hub greased', ['wheel'], 45],
    ['it {pulls to the left|squeals}', 'axle {bent|dry and worn}', 'new axle', ['axle'], 55],
    ['the board is loose', 'screws pulled out', 'holes plugged, new screws', ['wood screws'], 25],
    ['the handle {came off|is split}', 'rivets {sheared|rusted through}', 'handle bound with iron, new rivets', ['rivets'], 40]] },
  accordion: { name: 'accordion', kinds: ['red', 'with 48 basses', 'old'], tests: ['Sanna played {a waltz|what she knows}.', 'All notes speak.'], faults: [
    ['one note {sounds alone|does not stop}', 'valve {curled|stuck}', 'new valve set', ['valve set'], 70],
    ['it loses air', 'corner of the bellows open', 'new bellows tape, glued overnight', ['bellows tape'], 60],
    ['the high {c|g} is false', 'reed cracked', 'new reed plate, tuned by ear', ['reed plate'], 85]] },
  chainsaw: { name: 'chain saw', kinds: ['orange', 'small', 'for the forest'], tests: ['Cut {three|five} slices off the oak log.'], faults: [
    ['it cuts {in a bow|dust, no chips}', 'chain blunt on one side', 'new saw chain', ['saw chain'], 20],
    ['the chain runs dry', 'oil pump {blocked|broken}', 'new oil pump', ['oil pump'], 65],
    ['it dies when {warm|tilted}', 'fuel hose {hard|split}', 'new fuel hose, filter rinsed', ['fuel hose'], 50],
    ['it will not start {cold|when it rains}', 'spark plug {wet|cracked}', 'new plug, gap set', ['spark plug'], 20]] },
  gramophone: { name: 'gramophone', kinds: ['with horn', 'in a case'], tests: ['Played both sides of {a march|a song about rain}.'], faults: [
    ['it {howls|slows down}', 'hair spring of the governor broken', 'new hair spring, speed set', ['hair spring'], 75],
    ['it {scratches|sounds far away}', 'stylus blunt', 'new stylus', ['stylus'], 10],
    ['it stops {before the end|in the middle}', 'mainspring {tired|broken at the eye}', 'new mainspring, greased', ['mainspring'], 85]] },
  lock: { name: 'door lock', kinds: ['of the cellar', 'of the shop', 'of a garden gate'], tests: ['Twenty turns, {no catch|smooth}.'], faults: [
    ['the key {is lost|broke off}', '{a worn key|nothing wrong but the key}', 'opened, new key cut', ['key blank'], 30],
    ['it {sticks in wet weather|does not spring back}', 'lock spring {broken|weak}', 'new spring, graphite', ['lock spring'], 35],
    ['two hands are needed to {turn|close} it', 'hinge of the plate {bent|torn out}', 'new zinc hinge, plate set straight', ['zinc hinge'], 40]] },
};
