// The dishes of the kitchen book. Each kind of dish picks what goes in; each step offers several ways of saying it.

import * as larder from './kitchen_larder.mjs';

const grams = (rng, low, high, step = 50) => `${rng.between(low, high, step)} g`;

/** Values shared by the savoury dishes. */
function savoury(rng) {
  const [v, w] = rng.some(larder.VEGETABLES, 2);
  return {
    v, w, g: rng.pick(larder.GRAINS), h: rng.pick(larder.HERBS), s: rng.pick(larder.SPICES), c: rng.pick(larder.CHEESES),
    fat: rng.pick(['butter', 'oil', 'butter', 'bacon fat']), fish: rng.pick(larder.FISH), nut: rng.pick(larder.NUTS.slice(0, 4)),
  };
}

function sweet(rng) {
  const f = rng.pick(larder.FRUITS);
  const grain = rng.pick(larder.FLOURS);
  return { f, grain, flour: `${grain} flour`, s: rng.pick(larder.SWEET_SPICES), nut: rng.pick(larder.NUTS), h: rng.pick(['mint', 'lemon balm', 'thyme']) };
}

/** Bread always has wheat flour as well, so its other flour is never wheat. */
function bread(rng) {
  const grain = rng.pick(larder.FLOURS.slice(1));
  return { ...sweet(rng), grain, flour: `${grain} flour` };
}

const ONION_START = [
  'Chop the onion{| fine} and {soften it|let it turn gold} in the <fat>.',
  'Warm the <fat> in the {big|heavy|iron} pot and cook the chopped onion {until it smells sweet|for five minutes|without letting it brown}.',
  'The onion first, {in rings|in cubes|as fine as you can}, and the <fat> {not too hot|hot, but not smoking}.',
  '{Warm|Heat} the <fat>, and in it the onion, {with a lid|stirring now and then}, {until you can see through it|until the kitchen smells of it}.',
  'Start with the onion: chop it, and give it {ten slow minutes|time} in the <fat>.',
];
const VEGETABLE_IN = [
  '<v.prep>. {When the onion is ready, add <v.it>|Then into the pot with <v.it>}.',
  '<v.prep>. {Add <v.it> to the pot and turn <v.it> over once|Stir <v.it> in}.',
  '<v.prep>; {put <v.it> in next|put <v.it> in with a pinch of salt}.',
  '<v.prep>. {Add <v.it>|Tip <v.it> in} with the <s> and stir {for a minute|well|until all of it shines}.',
];
const RUB_IN = [
  'Rub the butter into the <flour> {with cold hands|with the tips of your fingers|quickly} until it looks like crumbs.',
  'Cut the butter into the <flour> with a knife, then rub it fine.',
  'Butter in {flakes|small pieces} over the <flour>, and {rub them together|work it with two knives} {until it is like sand|quickly, before it melts}.',
];
const SEASON = [
  'Season with salt and <s>.', 'Taste, and {salt it|add salt|think before you salt}; <s> {as you like|with a light hand}.', 'Salt at the end, {not before|never at the start}, and {grind|strew} the <s> over it.',
  'Taste it. {If it is flat, add vinegar and <s>.|It may want more <s>.|Salt, <s>, taste again.}', 'Now salt and <s>, {a pinch|two pinches} of each.', 'It should be {a little sharp|mild}: salt and <s> {with care|until it is}.',
];
const HERB = [
  'Strew the <h> over it {and serve|and carry it in|just before it goes to the table}.', 'Chop the <h> and {stir it in|put it on top|do not cook it}.', '<H> on top{|, as much as a hand will hold|, and a piece of butter}.',
  'Last the <h>.', 'A little <h> {in the pot|in every plate}, {and it is done|and call the others}.',
];

export const DISHES = [
  { weight: 4, pick: savoury, titles: ['<V.one> soup with <g.name>', '<V.one> and <w.one> soup', 'Thick <v.one> soup', 'Clear soup with <v.name> and <g.name>'],
    take: (c, r) => [`<v.grams> g <v.name>`, `<w.grams> g <w.name>`, grams(r, 50, 150) + ' <g.name>', '1 onion', '30 g <fat>', r.pick(['1 litre of water', '2 litres of water', '1500 ml water']), 'salt', '<s>', '<h>'],
    steps: [ONION_START, VEGETABLE_IN, ['<w.prep>; {add <w.it> too|put <w.it> in as well}.', '<w.prep>. Put <w.it> with the rest.', 'Now the second one. <w.prep>, and {put <w.it> in|let <w.it> follow}.', '<w.prep>. {Two turns of the spoon|Stir}, and {go on|wait a minute}.'],
      ['Pour in the {hot |}water, add the <g.name> and {simmer|cook gently} for <g.minutes> minutes.', 'Add the water and bring it to the boil. Count <g.minutes> minutes for the <g.name>.', 'In go the water and the <g.name>. Cover the pot and wait <g.minutes> minutes.', '{Hot|Cold} water on top, the <g.name> into it, and <g.minutes> minutes {by the clock|over a small flame}.', 'When the water boils, {strew in|add} the <g.name>; {after|in} <g.minutes> minutes {it is soft|you can eat}.'],
      SEASON, HERB, ['', '', 'Mash part of it with a fork to make it thick.', 'Press it through a sieve if you want it smooth.', 'It is better on the second day.']] },
  { weight: 3, pick: savoury, titles: ['<V.one> stew with <w.name>', 'Winter stew of <v.name> and <w.name>', '<V.one> pot', 'Slow <v.name> with <h>'],
    take: (c, r) => [`<v.grams> g <v.name>`, `<w.grams> g <w.name>`, '1 onion', '40 g <fat>', '1 spoon of flour', 'half a litre of stock', 'salt', '<s>', '<h>'],
    steps: [ONION_START, VEGETABLE_IN, ['<w.prep>. Add <w.it> {to the pot|after five minutes}.', '<w.prep>. Into the pot with <w.it>.', '<w.prep>. {Later|After that} add <w.it> {too|as well}.'],
      ['Dust with the flour, stir, and pour on the stock {little by little|in a thin stream}.', 'Stir in the flour and then the stock, so that there are no lumps.', 'Flour over it, {one turn|two turns} of the spoon, then the stock{|, a ladle at a time}.'],
      ['Cover and cook {over a low flame|at the back of the stove} for <#30-60/10> minutes; {for <v.name>, not less than <v.minutes>|shake the pot, do not stir}.', 'Let it {murmur|cook} under a lid for <#30-60/10> minutes.', '<#30-60/10> minutes {with the lid on|in the oven, covered|at the edge of the stove}, {and no peeping|then look}.'],
      SEASON, HERB, ['', 'Eat with {bread|boiled potatoes|a spoon and no hurry}.', 'If it is too thin, {leave the lid off|crush a piece of potato into it}.']] },
  { weight: 3, pick: bread, titles: ['<Grain> loaf', 'Loaf with <nut>', 'Slow <grain> bread', 'Two day bread with <nut>', '<Grain> loaf with <nut>', 'Dark <grain> bread'],
    take: (c, r) => [grams(r, 400, 700) + ' <flour>', grams(r, 100, 200) + ' wheat flour', `${r.between(300, 450, 25)} ml warm water`, '10 g salt', '15 g yeast', grams(r, 50, 100, 25) + ' <nut>'],
    steps: [['1. Stir the yeast into the {warm|lukewarm} water with a spoon of flour and leave it until it foams.', '1. Yeast and water into {the big bowl|a jug}, a spoon of flour on top, and wait for the {foam|first bubbles}.', '1. Wake the yeast in {half of the water|the water}; after ten minutes there must be bubbles.'],
      ['2. Add the flours and the salt and knead for {ten|twelve} minutes.', '2. Put {both flours|the flours} and the salt on the table, {make a hollow|pour the yeast into the middle}, and knead {until your arms are warm|for a good ten minutes}.', '2. Mix it with the flours and the salt. Knead until the dough {comes off the hands|is smooth|no longer sticks to the table}.'],
      ['3. Work in the <nut>. Cover and let it rise for <~1-3> {hours in a warm place|hours, or overnight in the cellar}.', '3. Add the <nut>, {press the dough flat and fold it|knead once more}, and leave it {by the stove|in the warm} for <~1-3> hours.', '3. Now the <nut>. Then a cloth over the bowl, and leave it until it is {twice as high|twice the size}.'],
      ['4. Shape a {round|long} loaf, {cut it across|cut a cross into it|dust it with flour}, and let it rest for half an hour.', '4. Knock it down, {make it round|make it long}, put it {on a tray|in a basket} and wait {half an hour|until it springs back}.', '4. Turn it out, fold it {three|four} times, shape it and let it rest again.'],
      ['5. Bake at 220 degrees for <#35-50/5> minutes; {tap it below, it must sound hollow|put a bowl of water in the oven}.', '5. Bake <#35-50/5> minutes at 220 degrees, {turn it once|the first ten with steam}, and {let it cool on a rack|put it where the children cannot reach}.', '5. Into the oven at 220 degrees. After <#35-50/5> minutes {it is brown and sings|knock on it: a hollow sound means done}.'],
      ['', 'Do not cut it warm.', 'Good with {butter and salt|cheese|soup}.', 'It keeps for {four|five|six} days in a linen cloth.', 'The crust is the best part.']] },
  { weight: 3, pick: sweet, titles: ['<F.one> cake with <s>', '<F.one> cake', 'Plain cake with <f.name>', 'Sunday cake with <f.name>'],
    take: (c, r) => [grams(r, 200, 300) + ' <flour>', grams(r, 100, 200) + ' butter', grams(r, 100, 200, 25) + ' sugar', `${r.between(2, 4)} eggs`, grams(r, 300, 600, 100) + ' <f.name>', '1 spoon of baking powder', '<s>'],
    steps: [['1. <f.prep>.', '1. First the fruit. <f.prep>.', '1. <f.prep> and {strew a spoon of sugar over the fruit|set the fruit aside}.'], ['2. Beat the butter with the sugar until it is {pale|white|soft as cream}.', '2. Butter and sugar into the bowl, and {beat|stir} {until the spoon stands|hard}.', '2. Stir butter and sugar for {a long time|as long as your arm allows}.'],
      ['3. Beat in the eggs one by one.', '3. Then the eggs, {each with a spoon of flour|not all at once}, {beating well|and rest your arm between them}.', '3. Add the eggs, one after the other, and do not worry if it curdles.'], ['4. Fold in the <flour> with the baking powder and the <s>.', '4. <Flour>, baking powder, <s>: {mix them dry, then stir them in|in with them, and no more stirring than needed}.', '4. Sift the <flour>, the baking powder and the <s> over it and {fold them in|stir only until you see no more flour}.'],
      ['5. Half of the batter, then the <f.name>, then the rest.', '5. {Fill|Butter and fill} the tin and {hide the <f.name> in it|push in the <f.name>, the round side up}.', '5. Spread it in a {buttered|round} tin and {press the <f.name> into it|lay the <f.name> on top in rings}.'],
      ['6. Bake at 180 degrees for <#35-55/5> minutes.', '6. <#35-55/5> minutes at 180 degrees. {It is done when it leaves the edge.|The smell will tell you.}', '6. The oven stands at 180 degrees; allow <#35-55/5> minutes, and {do not open the door early|try it with a needle}.'], ['', 'Sugar on top when it is cold.', 'Good with {cream|nothing|a cup of coffee}.']] },
  { weight: 2, pick: sweet, titles: ['<S> biscuits', 'Biscuits with <nut>', '<Grain> biscuits with <s>', 'Thin biscuits with <nut> and <s>'],
    take: (c, r) => [grams(r, 200, 350) + ' <flour>', grams(r, 100, 200, 25) + ' butter', grams(r, 75, 150, 25) + ' sugar', '1 egg', grams(r, 50, 100, 25) + ' <nut>', 'a little <s>'],
    steps: [RUB_IN, ['Add the sugar, the <nut>, the <s> and the egg and {press it together|make a ball}.', 'Stir in sugar, <nut> and <s>; bind with the egg.'], ['Leave it in the cold for {an hour|half an hour|the night}.', 'The dough must rest {in the cellar|under a plate}{| for an hour| while you wash up}.', 'Wait {an hour|two hours}; {warm dough sticks|cold dough is easier}.'],
      ['Roll it as thin as {a coin|cardboard} and cut out {rounds|stars|squares|moons}.', 'Roll it {between two sheets|on flour} and cut {strips|hearts|what the children like}.', 'Make {small balls|a roll and slice it} and press them flat with a fork.'], ['Bake at 190 degrees for <#8-14/2> minutes. {They brown fast.|Stay by the oven.}', 'Ten minutes at 190 degrees, {no more|and watch them}.'],
      ['', 'They get hard in the tin and soft again after {three days|a week}.', 'Makes about <#30-60/5>, {or fewer with children in the house|if nobody passes by}.']] },
  { weight: 2, pick: sweet, titles: ['<F.one> jam', 'Jam of <f.name>', '<F.one> jam with <s>', 'Dark <f.one> jam'],
    take: (c, r) => [r.pick(['1 kg', '1500 g', '2 kg']) + ' <f.name>', grams(r, 500, 900, 100) + ' sugar', 'juice of 1 lemon', '<s>'],
    steps: [['<f.prep>.', 'Pick them ripe but not soft, in <f.month>. <f.prep>.'], ['Strew the sugar over the fruit and let it stand {overnight|until there is juice}.', 'Put fruit, sugar and lemon juice into the wide pan.'],
      ['Boil it with the <s>, {stirring all the time|in no hurry}, for <#12-30/2> minutes. {Take off the foam.|It spits.}', 'Bring it slowly to the boil with the <s>, then cook it fast for <#12-30/2> minutes.'], ['Take it off when {the bubbles are slow and large|it falls from the spoon in sheets}.', 'It is ready when a drop {stays on a cold plate|does not run}.', 'Test a drop on a cold plate: {it must wrinkle|if it runs, cook on}.'],
      ['Fill it hot into clean jars and turn them over for {five|ten} minutes.', 'Into the jars, lids on, label, cellar.', '{Boil the jars|Warm the jars} first, fill them {to the edge|to a finger below the edge}, and {close them at once|cover them with a cloth}.'], ['', '<~4-9> jars.', 'Opened jars go {to the cold shelf|quickly in this house}.']] },
  { weight: 2, pick: savoury, titles: ['<V.one> pie', '<V.one> pie with <c>', 'Pie of <v.name> and <w.name>', 'Supper pie with <v.name> and <h>'],
    take: (c, r) => [grams(r, 200, 300) + ' wheat flour', grams(r, 100, 150) + ' butter', `<v.grams> g <v.name>`, `${r.between(2, 4)} eggs`, '200 ml cream', grams(r, 80, 160, 20) + ' <c>', '<h>', '<s>', 'salt'],
    steps: [['Make a short dough of flour, butter, salt and a little cold water; {let it rest|put it in the cold}.', 'First the dough: flour, butter, salt, {three|four} spoons of cold water. Do not knead it long.'], ['<v.prep>. Cook <v.it> for <v.minutes> minutes.', '<v.prep>. Steam <v.it> for <v.minutes> minutes and let <v.it> drain.'],
      ['Roll out the dough, line a tin with it and {prick it with a fork|press up the edge}.', 'Line the tin with the dough{| and cut off what hangs over|, thin in the middle}.', '{Press the dough into the tin with your fingers|Lay the dough in the tin}; {holes can be patched|keep a little for the top}.'], ['Beat the eggs with the cream, the <c>, the <h> and the <s>.', '{Whisk|Mix} cream and eggs, {crumble|grate} the <c> into them, {add|and} <h>, <s> and salt.', 'Stir eggs, cream and <c> together; <h> and <s> as you like.'],
      ['Fill the tin with the vegetables, {then|slowly} pour on the egg, and give it <#30-45/5> minutes at 200 degrees{|, on the lowest shelf}.', 'Vegetables in, egg over it, and bake at 200 degrees for <#30-45/5> minutes.', 'Fill it and bake it at 200 degrees until it is {gold and firm|set in the middle}, about <#30-45/5> minutes.'], ['', 'Good {warm|cold} and better {cold|warm}, depending on whom you ask.', 'Cut it {at the table|when it has stopped trembling}.']] },
  { weight: 2, pick: savoury, titles: ['<V.one> salad with <nut>', 'Salad of <v.name> and <w.name>', 'Warm <v.one> salad', '<V.one> salad with <c>'],
    take: (c, r) => [`<v.grams> g <v.name>`, `<w.grams> g <w.name>`, grams(r, 50, 150) + ' <c>', 'a handful of <nut>', '3 spoons of oil', '1 spoon of vinegar', '<h>', 'salt'],
    steps: [['<v.prep>. Cook <v.it> for <v.minutes> minutes{ and let <v.it> cool|, no longer}.', '<v.prep>. Boil <v.it> in salted water: <v.minutes> minutes.'], ['<w.prep>. {Cook <w.it> for <w.minutes> minutes|Give <w.it> <w.minutes> minutes}.'],
      ['Beat the oil and the vinegar with {salt|salt and a little mustard|a spoon of honey}.', '{Oil, vinegar and salt|Vinegar, salt and oil}, {in that order|beaten with a fork}, {make the dressing|and taste it on a leaf}.', 'For the dressing shake oil, vinegar and salt in a jar.'], ['Mix it all while it is {still warm|cool}, crumble the <c> over it and add <nut> and <h>.', 'Turn everything over {with two spoons|with your hands}; <c>, <nut> and <h> on top.'],
      ['', 'Let it stand for {half an hour|an hour}.', 'More <h> than you think.']] },
  { weight: 2, pick: savoury, titles: ['<V.one> dumplings', 'Dumplings with <h> and <v.name>', '<V.one> dumplings with <c>', 'Bread dumplings with <v.name>'],
    take: (c, r) => [grams(r, 200, 400) + ' old bread', `<v.grams> g <v.name>`, '200 ml milk', `${r.between(2, 3)} eggs`, '1 onion', '20 g <fat>', '<h>', '<s>', 'salt'],
    steps: [['Cut the bread small and pour the warm milk over it.', '{Tear|Cut} the bread into pieces, {warm|heat} the milk, pour it on and {press it down|leave it}.', 'Old bread, cut into cubes, warm milk on it, a plate on top, {wait|twenty minutes}.'], ONION_START, ['<v.prep>. Cook <v.it> soft and press out the water.', '<v.prep>. Cook <v.it> for <v.minutes> minutes and dry <v.it> well.'],
      ['Knead everything with the eggs, the <h> and the <s>. {Too wet? Add crumbs.|The mass should be soft, but hold.}', 'Mix it with your hands, <h> and <s> too. If it falls apart, add {flour|crumbs}; if it is hard, {milk|an egg}.'], ['With wet hands shape <~6-12> dumplings.', 'Form dumplings as big as {an egg|a small apple}.'],
      ['Let them draw in hot salted water for {fifteen|twenty} minutes; it must not boil.', 'Slide them into water that {smiles but does not laugh|hardly moves}. {Fifteen|Twenty} minutes.'], ['', 'Fry the leftovers in slices the next day.', 'Try one alone first.']] },
  { weight: 2, pick: sweet, titles: ['Oat porridge with <f.name>', 'Porridge with <f.name> and <nut>', 'Morning porridge with <s>', 'Winter porridge with <nut>'],
    take: (c, r) => [grams(r, 100, 200, 25) + ' oats', 'half a litre of milk', grams(r, 100, 300) + ' <f.name>', '1 spoon of honey', 'a handful of <nut>', '<s>', 'a pinch of salt'],
    steps: [['Warm the milk with the <s>{| and the salt| in the small pot}.', '{Milk|The milk}, {a pinch of salt|salt}, <s>: {bring it nearly to the boil|heat it slowly}.', 'Put the milk on a {low|small} flame; do not go away.'], ['Strew in the oats and stir {with a wooden spoon|to the left, as we do it here} for ten minutes.', 'Oats in, stir, ten minutes, {keep stirring|scrape the bottom}.'], ['<f.prep>. Add {half now, half at the end|the fruit last}.', '<f.prep>. The fruit goes on top.'],
      ['Honey, <nut>, {a piece of butter if it is cold outside|done}.', 'Finish with honey and <nut>{| and a little cold milk| while it is hot}.', '{Chop|Toast} the <nut>, {strew them over|put them on top}, and let the honey run.'], ['', 'It waits for nobody.', 'A burned pot is cleaned with {salt|ash and patience}.']] },
  { weight: 2, pick: savoury, titles: ['<Fish> with <v.name>', 'Baked <fish> with <h>', '<Fish> in <s> sauce with <v.name>', 'Friday <fish> with <v.name>'],
    take: (c, r) => [grams(r, 600, 1000, 100) + ' <fish>', `<v.grams> g <v.name>`, '1 lemon', '50 g butter', '100 ml cream', '<h>', '<s>', 'salt'],
    steps: [['{Ask for the <fish> cleaned|Scale the <fish>}; {salt and lemon inside|rub in salt}, and {let it wait|into the cold with it}.', 'Wash the <fish>, dry it, salt it {inside and out|lightly} and rub it with lemon.', 'Salt the <fish> and let it lie with lemon juice for {ten|fifteen} minutes.'], ['<v.prep>. {Boil <v.it> for <v.minutes> minutes|Cook <v.it> in the butter for <v.minutes> minutes} and lay <v.it> in a dish.', '<v.prep>. {Half cook <v.it>; the oven does the rest|Give <v.it> <v.minutes> minutes in butter}.'],
      ['Lay the <fish> on top, {the butter on it in pieces|a spoon of butter on each piece}, and bake at 200 degrees for <#18-30/2> minutes.', 'Bake the <fish> on the vegetables at 200 degrees. After <#18-30/2> minutes {the flesh comes off the bone|it is white through}.'],
      ['Boil the cream with the <s> {and a little flour|for a sauce}.', '{Warm|Heat} the cream with <s> and {a spoon of butter|what is in the dish}, and {pour it over|carry it in beside}.', 'For the sauce: cream, <s>, the juice from the dish.'], HERB, ['', '', 'Mind the bones.', 'Heads and bones make {stock for tomorrow|soup for Saturday}.']] },
  { weight: 2, pick: savoury, titles: ['Pancakes with <v.name>', '<V.one> cakes from the pan', '<V.one> omelette with <h>', 'Thick pancakes with <c> and <v.name>'],
    take: (c, r) => [grams(r, 150, 250) + ' wheat flour', `${r.between(3, 6)} eggs`, '300 ml milk', `<v.grams> g <v.name>`, grams(r, 50, 120, 10) + ' <c>', '<fat> for the pan', '<h>', 'salt'],
    steps: [['Beat flour, milk, eggs and salt {smooth|until there are no lumps} and let the batter stand for {twenty|thirty} minutes.', '{Whisk|Stir} the flour into the milk, then the eggs, then salt; {leave it alone for half an hour|let it stand}.', 'Make a batter of eggs, milk, flour and salt. It has to {rest|think} for half an hour.'], ['<v.prep>. Cook <v.it> in a little <fat>, <v.minutes> minutes.', '<v.prep>. Fry <v.it> until {soft|brown at the edges}.'],
      ['Mix it with the batter, the <c> and the <h>.', 'Stir <c>, <h> and the vegetables into it.', '{Vegetables|Everything} into the batter, with <h> and the <c> {in crumbs|in small pieces}.'], ['Bake {small cakes|one large cake} in hot <fat>, {three|four} minutes on each side.', '{Hot pan|Iron pan}, <fat>, {two spoons of batter for each|batter to the edge}, {turn once|turn when it lets go}.', 'A spoon of <fat>, a ladle of batter, turn when {the edge is brown|the top is dry}.'], ['', 'The first one always fails. {The cook eats it.|It goes to the hens.}', 'Keep them warm under a {lid|cloth}.']] },
  { weight: 1, pick: sweet, titles: ['<F.one> syrup', '<F.one> drink with <h>', 'Cold <f.one> soup', '<F.one> syrup with <h>'],
    take: (c, r) => [grams(r, 500, 1000, 100) + ' <f.name>', grams(r, 100, 300) + ' sugar', '1 litre of water', '<h>', 'juice of 1 lemon'],
    steps: [['<f.prep>.', 'Take soft, even bruised fruit. <f.prep>.'], ['Cook the fruit in the water until it falls apart and {let it drip through a cloth overnight|pass it through a sieve}.', 'Simmer fruit and water for twenty minutes, then strain it. {Do not squeeze, or it turns cloudy.|Be patient.}'], ['Sweeten it, add lemon and <h> and {cool it|bring it to the boil once more}.', 'Dissolve the sugar in it; lemon and <h> at the end.'], ['', 'With cold water from the pump {it is the best thing in <f.month>|on a hot day}.', 'Keeps for {two weeks|a month} in the cellar.']] },
];
