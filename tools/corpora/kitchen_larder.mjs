// The larder of the kitchen book: what there is, how it is prepared, how long it cooks, and who is at the table.
//
// Times and temperatures belong to the ingredient or to the dish and never change, so they can be counted as facts.

export const VEGETABLES = [
  { name: 'carrots', one: 'carrot', it: 'them', grams: '<#200-500/50>', prep: 'Peel the carrots and {slice them|cut them small|cut them into sticks}', minutes: 15 },
  { name: 'leeks', one: 'leek', it: 'them', grams: '<#200-400/50>', prep: 'Wash the leeks, {for there is sand between the leaves,|twice,} and {slice them|cut them into rings}', minutes: 12 },
  { name: 'potatoes', one: 'potato', it: 'them', grams: '<#400-900/100>', prep: 'Peel the potatoes and {cut them into cubes|cut them small|slice them}', minutes: 20 },
  { name: 'white cabbage', one: 'cabbage', it: 'it', grams: '<#300-800/100>', prep: 'Take off the outer leaves of the cabbage and cut it into {fine strips|strips|small pieces}', minutes: 25 },
  { name: 'beetroot', one: 'beetroot', it: 'it', grams: '<#300-600/100>', prep: '{Scrub|Wash} the beetroot, peel it and {cut it into cubes|slice it}', minutes: 40 },
  { name: 'pumpkin', one: 'pumpkin', it: 'it', grams: '<#400-900/100>', prep: 'Cut the pumpkin open, {spoon out|take out} the seeds and cut the flesh into cubes', minutes: 18 },
  { name: 'spinach', one: 'spinach', it: 'it', grams: '<#300-600/100>', prep: 'Wash the spinach {in cold water|well} and {chop it|pull off the hard stems}', minutes: 4 },
  { name: 'green peas', one: 'pea', it: 'them', grams: '<#200-400/50>', prep: 'Shell the peas{| and {eat only a few|count the pods for the hens}}', minutes: 8 },
  { name: 'mushrooms', one: 'mushroom', it: 'them', grams: '<#200-400/50>', prep: '{Brush the mushrooms clean|Wipe the mushrooms} and {slice them|break them into pieces|cut them in half}', minutes: 9 },
  { name: 'tomatoes', one: 'tomato', it: 'them', grams: '<#300-700/100>', prep: 'Pour boiling water over the tomatoes, pull off the skins and {chop them|cut them into quarters}', minutes: 14 },
  { name: 'turnips', one: 'turnip', it: 'them', grams: '<#300-500/50>', prep: 'Peel the turnips {thickly|well} and cut them into cubes', minutes: 22 },
  { name: 'parsnips', one: 'parsnip', it: 'them', grams: '<#300-500/50>', prep: 'Scrub the parsnips and {cut them into thick pieces|slice them}', minutes: 16 },
  { name: 'cauliflower', one: 'cauliflower', it: 'it', grams: '<#400-700/100>', prep: '{Break|Cut} the cauliflower into {small pieces|pieces as big as a walnut}', minutes: 11 },
  { name: 'green beans', one: 'bean', it: 'them', grams: '<#300-500/50>', prep: 'Cut off the ends of the beans and {break them in {two|three}|cut them slantwise}', minutes: 13 },
];

export const FRUITS = [
  { name: 'apples', one: 'apple', prep: 'Peel the apples, cut out the cores and {slice them|cut them small}', month: 'September' },
  { name: 'pears', one: 'pear', prep: 'Peel the pears and cut them into {quarters|thick slices}', month: 'September' },
  { name: 'plums', one: 'plum', prep: '{Cut the plums in half|Open the plums} and take out the stones', month: 'August' },
  { name: 'cherries', one: 'cherry', prep: 'Stone the cherries over a bowl, to keep the juice', month: 'June' },
  { name: 'rhubarb', one: 'rhubarb', prep: '{Wash|Wipe} the rhubarb and cut it into {short|thumb long} pieces', month: 'April' },
  { name: 'blackberries', one: 'blackberry', prep: 'Look through the blackberries and take out {the leaves|leaves and small guests}', month: 'August' },
  { name: 'apricots', one: 'apricot', prep: '{Cut the apricots in half|Halve the apricots} and {take out|keep} the stones', month: 'July' },
  { name: 'strawberries', one: 'strawberry', prep: '{Wash|Rinse} the strawberries and pull off the green', month: 'June' },
  { name: 'gooseberries', one: 'gooseberry', prep: '{Snip|Cut} both ends off the gooseberries{|, one by one}', month: 'July' },
];

export const GRAINS = [
  { name: 'barley', minutes: 35 }, { name: 'rice', minutes: 18 }, { name: 'millet', minutes: 20 },
  { name: 'red lentils', minutes: 12 }, { name: 'brown lentils', minutes: 30 }, { name: 'oats', minutes: 10 },
];
/** Each is ground from the grain that gives it its name. */
export const FLOURS = ['wheat', 'rye', 'spelt', 'barley', 'oat'];
export const HERBS = ['parsley', 'thyme', 'dill', 'chives', 'mint', 'sage', 'marjoram', 'lovage'];
export const SPICES = ['pepper', 'nutmeg', 'paprika', 'caraway', 'mustard seed', 'fennel seed'];
export const SWEET_SPICES = ['cinnamon', 'ginger', 'cloves', 'nutmeg', 'aniseed', 'lemon peel'];
export const CHEESES = ['hard cheese', 'goat cheese', 'sheep cheese', 'fresh cheese'];
export const NUTS = ['walnuts', 'hazelnuts', 'almonds', 'sunflower seeds', 'poppy seeds'];
export const FISH = ['trout', 'cod', 'herring', 'perch'];

/** Things that are always true of the people at the table. A note is about one of them. */
export const TABLE = [
  'I wrote this down {in the year of the long frost|at the table of neighbour Lund|on the back of a bill} and have {changed nothing|doubled the <~2-3> things I like|cooked it <#10-60> times since}.',
  'For {a feast|guests|the harvest} take {twice|three times} as much and {a bigger pot|somebody to help}. Uncle Piet can {carry|cut wood|tell stories}.',
  '{On a Monday|On washing day|When it rains} there is nothing better, says {Emil|Rosa|neighbour Lund|the miller}, and {I agree|I leave it at that|nobody has shown the contrary}.',
  'The {secret|whole art} of it is {time|a low flame|good water|not to talk}. {Grandmother Alma|Mrs Dorn} {told me so|never told anybody else}.',
  '{Once|One winter} {there was no butter|we had no stove|the eggs ran out}, and I made it all the same. {It was another dish.|Nobody noticed but Vera.|I do not advise it.}',
  'Rosa {cooked this alone when she was ten|can make it with her eyes shut|has copied it into her own book} and {it was better than mine|changed one thing, but which|burned one pan only}.',
  'Emil {took some to school|fed it to the neighbour dog|traded a plate of it for a knife} and {came back for more|says the price was fair|was sorry later}.',
  'The hens get {the peel|what is left|nothing of this}. They {know the sound of the bowl|wait at the door|lay no better for it}.',
  'Grandmother Alma {taught me this|cooked it on a wood stove|never measured anything for it} and {said that haste spoils it|I measured it for her while she worked|hers was better}.',
  'Uncle Piet {salts before he tastes|wants more salt|brought his own salt}, so {I put less in the pot|I hide the salt|the box stands by his plate}.',
  'Rosa does not eat onions. {Chop them so fine that she cannot find them.|I cook a small pan without them for her.|She found all of them.}',
  'Emil is fourteen and {ate three plates of it|asks for it twice a week|ate the rest cold from the pot}.',
  'Mrs Dorn from the farm {brings the eggs on Tuesday|gave me the eggs for this|came in with mud on her boots} and {took some home in return|had to taste it}.',
  'Hagen the miller {likes it|had two helpings|says it needs coarser flour}, and he {should know|is hard to please|does not give praise for nothing}.',
  'Neighbour Lund {smelled it through the window|asked for the recipe, and here it is|lent me the big pot for it}.',
  'Little Juna, who is four, {stirs|washes the vegetables|licks the spoon} and {calls it her own dish|wears half of it|counts the pieces aloud}.',
  'My sister Vera {makes it in half the time|does it quite differently|cooks it too long}, and we {do not speak of it|argue about it every winter|agree to differ}.',
  'The teacher {came to supper|stayed late} and {drew the pot in her notebook|wanted to know why it works}. {I could not say.|I think it is the heat.|It is the waiting.}',
];
