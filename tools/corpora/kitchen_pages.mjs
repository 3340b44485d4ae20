// The pages between the recipes: market days, the larder, rules of the house, mishaps, letters, talk at the table.

export const PAGES = [
  { title: 'Market', lines: [
    'Thursday market. {Leeks|Carrots|Turnips|Beans} at <~2-6> pence the pound, {better than last week|muddy but fresh|and worth it}. I carried home <~3-8> pounds and {a hen|a bunch of dill|nothing sweet}.',
    'The fish woman had {trout|cod|herring|perch}, {so fresh that they looked back at me|and gave me the heads for stock}. I bought <~2-5>.',
    'Mrs Dorn sells <~10-12> eggs for <~8-11> pence. {The brown ones go first.|Two were broken; she gave me three.}',
    'The cheese man cut {goat cheese|sheep cheese|hard cheese} for tasting, and Emil went round {twice|three times with a different hat}.',
    'Hagen the miller had {rye|spelt|wheat|oat} flour, {ground yesterday|a little coarse}, <~9-12> pence a bag.',
    'Came home with {wet feet|a full basket|a cold}, and made {tea|soup|a list}.',
    'A {man|woman|boy} {sold brooms|played the fiddle|asked for bread} by the pump, and {I gave a bun|we stayed to listen|the basket was lighter afterwards}.',
    'Neighbour Lund {haggled|argued} over {a goose|a cabbage|two pounds of pears} until {the bell rang|it rained|she got it for half}.',
    'Nobody had {lemons|walnuts|plums} this week. {We wait.|Then it is apples again.}',
  ] },
  { title: 'In the larder', lines: [
    'On the shelf: <#4-20> jars of {plum|cherry|apricot|blackberry} jam, <#3-15> of {beans|beetroot|cabbage in salt}, <~2-9> strings of onions.',
    'A mouse was in the {flour|oats|barley}. {The cat was asleep.|We moved the sack to a hook.}',
    'The potatoes have {eyes|begun to grow} and must be eaten {this week|first}.',
    'Apples on straw, {no two of them touching|the small ones in front}. Turn out the bad ones every {Monday|second day}.',
    '{Dried|Hung up}: {<~3-9> bunches of thyme|sage and mint|apple rings on a thread|mushrooms}. {The ceiling smells of summer.|Mind your head.}',
    'The cabbage in the barrel {sings|has begun to work|wants a heavier stone}. {Skim it.|Leave it alone until the new moon.|In three weeks we taste it.}',
    'Salt is {damp|low}. Put {grains of rice|a crust} in the box.',
    'The {cellar|cold shelf} has <~6-11> degrees. {Good for cheese.|The milk keeps two days.}',
    'Labels! {Two|Three} jars without names: one is {plum|beetroot}, {I hope|the others are a surprise}.',
  ] },
  { title: 'Rules of the house', lines: [
    '{Wipe|Oil|Dry} the {iron pan|knives|boards}, {never leave them wet|and hang them up}.', 'Who cooks does not {wash up|carry the water}. {Who complains, cooks tomorrow.|This rule has no exceptions, Emil.}',
    'A spoon that has been in the mouth {does not go back into the pot|goes into the sink}.', 'First {read|gather everything}, then {light the stove|begin}.',
    'Bread is {broken|cut} by {the oldest|the one who baked it}. Grandmother Alma said so, and so it is.', 'Leave the lid {on the rice|off the cabbage}.', 'A {sharp|clean} knife cuts onions and not fingers.',
    'If it burns, {do not stir|take it off the fire and pour it into another pot, but leave the bottom}.',
  ] },
  { title: 'What went wrong', lines: [
    'I {forgot the salt in the bread|took the sugar for the salt|left the yeast on the stove}. {The hens were pleased.|We ate it all the same.|Once in a life is allowed.}', 'The cake {sank|stuck to the tin|rose on one side only}; {the oven door was opened early|too much butter|it was Juna who jumped}.',
    'The soup was {thin|too salt|grey}. A {potato|spoon of cream|little lemon} {saved it|did not save it}.', 'The milk {boiled over|burned} while I {talked to neighbour Lund|looked for the spoon}.', 'Jam that {would not set|set like stone}: call it {syrup|sweets} and say nothing.',
    'Uncle Piet tried to help and {cut his thumb|broke the blue bowl|fell asleep by the dough}.', '{Half|A third} of the dumplings {fell apart|floated away}. {Next time more egg.|It is now a soup.}',
  ] },
  { title: 'At the table', lines: [
    '"What is it?" asked {Rosa|Emil|Juna}. "{Supper|Wait and see|What we had on Monday, but better}," I said.', '"{Is there more|Who ate the last one|Can I have the crust}?" {That was Emil.|Nobody answered.}', '"{It wants salt|A pinch more salt}," said Uncle Piet, {with the fork still in the air|before he had tasted it}.',
    '"Are there onions in it?" said Rosa. "{Not many|You will not see them|Yes, and you have eaten three already}," I said.', 'Vera said it was {quite good|nearly right|good for a weekday}, and from Vera that is {praise|a great deal}.', 'Nobody spoke for {five|ten} minutes, {so it was good|which is how one knows}.', '"{When I was young|In my time}," said Grandmother Alma, "{we had this on feast days|one egg fed four}." {We took smaller pieces.|Then she took a second plate.}',
  ] },
  { title: 'Letter', framed: true, lines: [
    'Dear Vera, {your tin has come|I tried your cake|send me the recipe for the {dark|thin} biscuits again}.', 'The {oven|stove} {smokes|draws well} {since the wind turned|now that it is swept}.', '{Emil has grown out of his boots|Rosa cooks on Fridays now|Juna has learned to crack an egg}, and {the rest you can imagine|I sit and watch}.', 'We have so many {plums|apples|beans|pears} that I {give them away|dream of them}. {Bring jars.|Bring a cart.}', 'The miller asks {after you|when you will come}. {I told him spring.|I told him nothing.}', '{Write soon|Eat well}, {and do not cook it too long|and greet the children}.',
  ] },
  { title: 'Weights and times', lines: [
    'A {cup of flour is 120 g|cup of sugar is 200 g|spoon of butter is 15 g|cup of rice is 180 g}.', 'Barley takes 35 minutes, rice 18, millet 20.', 'Red lentils take 12 minutes and brown ones 30.', 'Bread 220 degrees, cake 180, biscuits 190, pie 200.', 'An egg: four minutes for soft, ten for hard.', 'Carrots 15 minutes, turnips 22, beetroot 40.', 'A handful is {what fits in my hand, not in that of Uncle Piet|30 g of nuts, about}.', 'Water for {noodles|dumplings}: {one litre|two litres} for each {plate|person}, and salt like the sea.',
  ] },
  { title: 'The year', ordered: true, lines: [
    'April: {rhubarb, and the first spinach|rhubarb under a bucket}.', 'June: {strawberries and peas|cherries, if the birds agree}.', 'July: {apricots, gooseberries, beans|too hot to bake, so salad}.', 'August: {plums and tomatoes|blackberries along the mill path|jam, jam, jam}.', 'September: {apples, pears, mushrooms after rain|the cellar fills}.', 'October: {pumpkins|cabbage into salt, fifty heads}.', 'In winter: {beetroot, leeks, what the cellar has|soup}.', 'The hens {stop laying in November|begin again in February}; plan the cakes.',
  ] },
];
