// "Kitchen book": recipes with ingredients, amounts and steps, and the notes of the cook between them.
//
// A recipe first decides what goes in; its steps may only use what its list names. The same amount, time and
// temperature rules hold on every page.

import { Decks, Rng, expand } from './grammar.mjs';
import { DISHES } from './kitchen_dishes.mjs';
import { TABLE } from './kitchen_larder.mjs';
import { PAGES } from './kitchen_pages.mjs';

const NUMBERS = ['two', 'three', 'four', 'five', 'six', 'eight'];

/** A note is used only where what it says can be true of the dish. */
function noteFits(note, ingredients, savoury) {
  if (/onions/.test(note)) return /onion/.test(ingredients);
  if (/eggs for this/.test(note)) return /egg/.test(ingredients);
  if (/coarser flour/.test(note)) return /flour/.test(ingredients);
  if (/salt|vegetables/.test(note)) return savoury;
  return true;
}

class Kitchen {
  constructor(seed) {
    this.rng = new Rng(seed);
    this.decks = new Decks(this.rng);
    this.dishes = DISHES.flatMap((dish) => Array(dish.weight).fill(dish));
    this.titles = new Set();
    this.page = 0;
  }

  /** A dish, its ingredients and a title that the book does not have yet. */
  chooseDish() {
    for (let attempt = 0; attempt < 200; ++attempt) {
      const dish = this.decks.draw(this.dishes);
      const context = dish.pick(this.rng);
      const title = expand(this.rng, this.decks.draw(dish.titles), context);
      if (this.titles.has(title)) continue;
      this.titles.add(title);
      return { dish, context, title };
    }
    throw new Error('the kitchen book has run out of titles');
  }

  recipe() {
    const { dish, context, title } = this.chooseDish();
    const fill = (template) => expand(this.rng, template, context);
    const ingredients = dish.take(context, this.rng).map(fill).join(', ');
    const steps = dish.steps.map((ways) => fill(this.decks.draw(ways))).filter((step) => step !== '');
    const serves = this.rng.pick(NUMBERS);
    const lead = this.rng.pick([`For ${serves}. Take`, `For ${serves}: `, 'Take', 'You need', `Serves ${serves}. You need`]).replace(/: $/, ':');
    const lines = [title, `${lead} ${ingredients}.`, capitaliseSentences(steps.join(' '))];
    if (this.rng.chance(45)) lines.push(this.note(ingredients, dish.steps.flat().some((way) => /<v/.test(way))));
    return lines.filter((line) => line !== '').join('\n');
  }

  note(ingredients, savoury) {
    for (let attempt = 0; attempt < 10; ++attempt) {
      const note = expand(this.rng, this.decks.draw(TABLE));
      if (noteFits(note, ingredients, savoury)) return note;
    }
    return '';
  }

  /**
   * A page of the cook's own notes: a heading with the page number, then three to five sentences. A calendar keeps its
   * order; a letter keeps its first and its last sentence.
   */
  notes() {
    const { title, lines, ordered, framed } = this.decks.draw(PAGES);
    const count = this.rng.between(3, 5);
    let chosen = this.rng.some(framed ? lines.slice(1, -1) : lines, framed ? count - 2 : count);
    if (ordered) chosen = lines.filter((line) => chosen.includes(line));
    if (framed) chosen = [lines[0], ...chosen, lines.at(-1)];
    return `${title}, page ${this.page}\n${chosen.map((line) => expand(this.rng, line)).join(' ')}`;
  }

  entry() {
    this.page += 1;
    return this.page % 4 === 0 ? this.notes() : this.recipe();
  }
}

/** "Peel it. slice it" becomes "Peel it. Slice it": steps are joined from parts that may begin in the middle. */
function capitaliseSentences(text) {
  return text.replace(/([.!?] )([a-z])/g, (_, end, letter) => end + letter.toUpperCase());
}

/** The kitchen book until it has at least `bytes` bytes. */
export function writeKitchen(seed, bytes) {
  const kitchen = new Kitchen(seed);
  let text = 'THE KITCHEN BOOK\n';
  while (text.length < bytes) text += `\n${kitchen.entry()}\n`;
  return text;
}
