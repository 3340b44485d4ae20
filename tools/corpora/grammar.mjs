// The small toolbox behind the three corpora: seeded chance, shuffled decks and sentence templates.
//
// Everything is integer arithmetic on 32 bits, so the same seed gives the same bytes on every machine.
//
// A template is a sentence with three kinds of gaps:
//   {a|b|c}     one of the alternatives, each equally likely; they may be nested, and one may be empty
//   <name>      a value of the context; <Name> is the same value with a capital first letter; <boat.colour> looks inside
//   <#3-9>      a whole number from 3 to 9; <#20-90/5> goes in steps of 5; <~2-9> is the number as a word
// After expansion "a(n) egg" becomes "an egg".

const NUMBER_WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'];

/** Seeded chance (mulberry32): short, well mixed, and fast enough for a few hundred thousand draws. */
export class Rng {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  /** The next whole number in [0, 2^32). */
  next() {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let z = this.state;
    z = Math.imul(z ^ (z >>> 15), z | 1);
    z ^= z + Math.imul(z ^ (z >>> 7), z | 61);
    return (z ^ (z >>> 14)) >>> 0;
  }

  /** A whole number in [0, limit). The tiny bias of the remainder does not matter for text. */
  below(limit) {
    return this.next() % limit;
  }

  /** A whole number in [low, high], in steps counted from `low`. */
  between(low, high, step = 1) {
    return low + step * this.below(Math.floor((high - low) / step) + 1);
  }

  /** True in `percent` of 100 cases. */
  chance(percent) {
    return this.below(100) < percent;
  }

  pick(list) {
    return list[this.below(list.length)];
  }

  /** A shuffled copy (Fisher and Yates). */
  shuffled(list) {
    const copy = [...list];
    for (let i = copy.length - 1; i > 0; --i) {
      const j = this.below(i + 1);
      [copy[i], copy[j]] = [copy[j], copy[i]];
    }
    return copy;
  }

  /** `count` different members of the list. */
  some(list, count) {
    return this.shuffled(list).slice(0, count);
  }
}

/** Deals every item once before any comes back, so that a reader does not meet the same sentence twice in a row. */
export class Deck {
  constructor(rng, items) {
    this.rng = rng;
    this.items = items;
    this.pile = [];
    this.last = undefined;
  }

  draw() {
    if (this.pile.length === 0) {
      this.pile = this.rng.shuffled(this.items);
      const top = this.pile.length - 1;
      if (top > 0 && this.pile[top] === this.last) [this.pile[0], this.pile[top]] = [this.pile[top], this.pile[0]];
    }
    this.last = this.pile.pop();
    return this.last;
  }
}

/** One deck per list of templates, made on first use; lists are told apart by identity. */
export class Decks {
  constructor(rng) {
    this.rng = rng;
    this.byList = new Map();
  }

  draw(list) {
    if (!this.byList.has(list)) this.byList.set(list, new Deck(this.rng, list));
    return this.byList.get(list).draw();
  }
}

export function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "a, b and c" */
export function listed(items) {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

function lookUp(path, context) {
  const lower = path.charAt(0).toLowerCase() + path.slice(1);
  let value = context;
  for (const part of lower.split('.')) value = value?.[part];
  if (value === undefined) throw new Error(`template asks for <${path}>, which the context does not have`);
  const text = String(value);
  return lower === path ? text : capitalised(text);
}

function fillGap(rng, gap, context) {
  const range = /^([#~])(\d+)-(\d+)(?:\/(\d+))?$/.exec(gap);
  if (!range) return lookUp(gap, context);
  const number = rng.between(Number(range[2]), Number(range[3]), Number(range[4] ?? 1));
  return range[1] === '~' ? NUMBER_WORDS[number] : String(number);
}

function chooseAlternatives(rng, template) {
  let text = template;
  const innermost = /\{([^{}]*)\}/;
  for (let found = innermost.exec(text); found; found = innermost.exec(text)) {
    text = text.slice(0, found.index) + rng.pick(found[1].split('|')) + text.slice(found.index + found[0].length);
  }
  return text;
}

/** Turns a template into a sentence: innermost braces first, then the gaps; a value may itself be a template. */
export function expand(rng, template, context = {}) {
  let text = template;
  while (/[{<]/.test(text)) {
    text = chooseAlternatives(rng, text).replace(/<([^<>]+)>/g, (_, gap) => fillGap(rng, gap, context));
  }
  return text.replace(/\b([Aa])\(n\) (?=(.))/g, (_, article, next) => (/[aeiou8]/i.test(next) ? `${article}n ` : `${article} `));
}
