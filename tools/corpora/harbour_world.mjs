// The facts of the harbour chronicle. A person keeps the trade, a boat keeps its colour, skipper, berth and home.
//
// The town, its people and its boats are invented. Everything that the chronicle says about them comes from here
// or from a sentence that belongs to one person, so that facts can be counted later.

export const TOWN = 'Pellhaven';

export const BOATS = {
  heron: { name: 'Heron', colour: 'grey', kind: 'trawler', skipper: 'Jory Penn', first: 'Jory', berth: 3, home: 'Pellhaven', catches: ['cod', 'haddock', 'plaice'] },
  marigold: { name: 'Marigold', colour: 'yellow', kind: 'crab boat', skipper: 'Ada Lorne', first: 'Ada', berth: 5, home: 'Pellhaven', catches: ['crab', 'lobster'] },
  patience: { name: 'Patience', colour: 'blue', kind: 'drifter', skipper: 'Sam Corrie', first: 'Sam', berth: 4, home: 'Pellhaven', catches: ['herring', 'mackerel'] },
  linnet: { name: 'Linnet', colour: 'green', kind: 'mussel boat', skipper: 'Wren Hallow', first: 'Wren', berth: 7, home: 'Pellhaven', catches: ['mussels'] },
  brightStar: { name: 'Bright Star', colour: 'red', kind: 'lugger', skipper: 'Ivo Strand', first: 'Ivo', berth: 8, home: 'Tolm', catches: ['mackerel', 'haddock'] },
};

export const FERRY = { name: 'Kittiwake', colour: 'white', kind: 'ferry', skipper: 'Hanna Brisk', first: 'Hanna', berth: 1, home: 'Pellhaven' };
export const COASTER = { name: 'Dorothea', colour: 'brown', kind: 'coaster', skipper: 'Bram Oster', first: 'Bram', berth: 2, home: 'Grayle' };
export const TUG = { name: 'Old Tom', colour: 'black', kind: 'tug', skipper: 'Gus Merrin', first: 'Gus', berth: 6, home: 'Pellhaven' };
export const LIFEBOAT = { name: 'Swift', colour: 'orange', kind: 'lifeboat', skipper: 'Dag Rowan', first: 'Dag', berth: 9, home: 'Pellhaven' };

/** Price of a box in crowns at the start; the chronicle lets it move with the landings. */
export const PRICES = { cod: 14, haddock: 12, plaice: 13, herring: 6, mackerel: 8, crab: 18, lobster: 31, mussels: 5 };

export const CARGOES = ['<#8-30> sacks of flour', '<#4-12> barrels of tar', '<#10-40> planks of pine', '<#6-20> sacks of salt', '<#2-9> coils of rope',
  '<#3-8> chests of tea', '<#20-60/5> sacks of coal', '<#5-15> crates of apples', '<#2-6> rolls of sailcloth', '<#3-9> boxes of nails', '<#2-5> barrels of lamp oil',
  '<#4-9> crates of window glass', '<#10-30> sacks of potatoes'];

export const EXPORTS = ['<#20-70/5> barrels of salt herring', '<#10-30> boxes of smoked mackerel', '<#8-25> sacks of mussels', '<#4-12> new crab pots', '<#3-8> mended sails',
  '<#12-40> boxes of cod on ice', '<#2-6> sacks of wool from Hask Island'];

export const MONTHS = [['March', 31], ['April', 30], ['May', 31], ['June', 30], ['July', 31], ['August', 31], ['September', 30], ['October', 31], ['November', 30]];
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
