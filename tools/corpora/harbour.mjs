// "Harbour chronicle": a year in a small harbour town, written day by day.
//
// A small simulation decides what is true (weather, who is at sea, what a box costs, when the tide is high) and the
// sentences only report it. So a boat that is at sea comes home before it sails again, a gale keeps the fleet in,
// and a lot of fish makes fish cheap.

import { Decks, Rng, expand, listed } from './grammar.mjs';
import { BOATS, CARGOES, COASTER, EXPORTS, FERRY, MONTHS, PRICES, TOWN, TUG, WEEKDAYS } from './harbour_world.mjs';
import * as say from './harbour_sentences.mjs';
import { PEOPLE, STORIES } from './harbour_people.mjs';

const WINDS = ['north', 'north-east', 'east', 'south-east', 'south', 'south-west', 'west', 'north-west'];

/** What follows what: tomorrow's weather is drawn from the row of today's. */
const NEXT_WEATHER = {
  calm: ['calm', 'calm', 'breeze', 'breeze', 'fog', 'breeze', 'rain'],
  breeze: ['breeze', 'breeze', 'calm', 'rain', 'rain', 'wind', 'calm', 'breeze'],
  rain: ['rain', 'breeze', 'wind', 'calm', 'fog', 'breeze'],
  fog: ['fog', 'calm', 'breeze', 'breeze'],
  wind: ['wind', 'gale', 'rain', 'breeze', 'breeze'],
  gale: ['gale', 'wind', 'rain', 'rain'],
  frost: ['calm', 'breeze', 'fog'],
  heat: ['calm', 'calm', 'breeze', 'rain'],
};

/** Mean temperature at noon in degrees Celsius, March to November. */
const MONTH_TEMPERATURE = [7, 11, 15, 19, 21, 21, 17, 13, 8];

/** Things that nobody does in bad weather. */
const FAIR_ONLY = /were laid out|too good|benches outside|draw the boats|count gulls|little boat|slept on the ice|along the north quay|clear view|painted|launched a small|seals|held on the quay|slept in the sun|flags and lifted|whale|slipway and went home|band played|walked out to|football|the children: |picnic|fair on/;

const pad = (number) => String(number).padStart(2, '0');
const clock = (minutes) => `${Math.floor(minutes / 60) % 24}.${pad(minutes % 60)}`;

class Harbour {
  constructor(seed) {
    this.rng = new Rng(seed);
    this.decks = new Decks(this.rng);
    this.weather = 'breeze';
    this.wind = 6;
    this.prices = { ...PRICES };
    this.boats = Object.values(BOATS).map((boat) => ({ ...boat, atSea: boat.home !== 'Pellhaven' }));
    this.coasterIn = false;
    this.coasterDays = 2;
    this.waiting = this.rng.shuffled(STORIES);
    this.running = [];
    this.month = 0;
    this.dayOfMonth = 1;
    this.dayNumber = 0;
  }

  nextDay() {
    this.dayNumber += 1;
    this.dayOfMonth += 1;
    if (this.dayOfMonth > MONTHS[this.month][1]) {
      this.dayOfMonth = 1;
      this.month += 1;
    }
    this.weather = this.rng.pick(NEXT_WEATHER[this.weather]);
    this.wind = (this.wind + this.rng.pick([7, 0, 0, 1, 1, 2])) % 8;
    for (const fish of Object.keys(this.prices)) {
      const start = PRICES[fish];
      const moved = this.prices[fish] + this.rng.pick([-1, 0, 0, 0, 1]);
      this.prices[fish] = Math.min(Math.max(moved, Math.ceil(start * 0.6)), Math.floor(start * 1.6));
    }
  }

  isRough() {
    return this.weather === 'gale' || this.weather === 'wind';
  }

  /** Values that any sentence of the day may use. */
  context(extra = {}) {
    const cold = this.weather === 'frost';
    const warm = this.weather === 'heat';
    const mean = MONTH_TEMPERATURE[this.month];
    const temp = cold ? this.rng.between(0, 2) : warm ? this.rng.between(28, 31) : mean + this.rng.between(0, 6) - 3;
    const fish = this.rng.pick(Object.keys(this.prices));
    const dear = this.priceMoved(1);
    const cheap = this.priceMoved(-1);
    const byPrice = Object.keys(this.prices).sort((a, b) => this.prices[a] - this.prices[b]);
    const tide = (370 + this.dayNumber * 50) % 745;
    const summer = this.dayNumber < 112 ? 1100 + Math.floor(this.dayNumber * 1.8) : 1302 - Math.floor((this.dayNumber - 112) * 1.9);
    return {
      dir: WINDS[this.wind],
      temp,
      fish,
      price: this.prices[fish],
      dear,
      dearPrice: this.prices[dear] ?? '',
      cheap,
      cheapPrice: this.prices[cheap] ?? '',
      lowest: byPrice[0],
      lowestPrice: this.prices[byPrice[0]],
      highest: byPrice.at(-1),
      highestPrice: this.prices[byPrice.at(-1)],
      prices: this.rng.some(Object.keys(this.prices), this.rng.between(2, 4)).map((kind) => `${kind} ${this.prices[kind]}`).join(', '),
      tide: `${clock(tide)} and ${clock(tide + 745)}`,
      lamp: clock(summer),
      lateTime: clock(this.rng.between(1080, 1230, 5)),
      time: clock(this.rng.between(540, 1080, 5)),
      port: this.port(),
      ...extra,
    };
  }

  /** A kind of fish that costs more (1) or less (-1) than at the start, or NONE, which no sentence may contain. */
  priceMoved(direction) {
    const moved = Object.keys(this.prices).filter((kind) => direction * (this.prices[kind] - PRICES[kind]) > 0);
    return moved.length === 0 ? 'NONE' : this.rng.pick(moved);
  }

  port() {
    const here = this.boats.filter((boat) => !boat.atSea);
    const all = this.coasterIn ? [...here, COASTER, FERRY] : [...here, FERRY];
    return listed([...all, TUG].sort((a, b) => a.berth - b.berth).map((boat) => `${boat.name} at ${boat.berth}`));
  }

  /** A sentence from the list that does not contradict the state of the day. */
  sentence(list, extra = {}) {
    for (let attempt = 0; attempt < 20; ++attempt) {
      const text = expand(this.rng, this.decks.draw(list), this.context(extra));
      if (this.fits(text)) return text;
    }
    return '';
  }

  fits(text) {
    if (text.includes('NONE')) return false;
    if (FAIR_ONLY.test(text) && !['calm', 'breeze', 'frost', 'heat'].includes(this.weather)) return false;
    if (/Dorothea was due/.test(text)) return !this.coasterIn;
    if (/the Dorothea|Captain Oster/.test(text) && !this.coasterIn) return false;
    if (/Bright Star/.test(text) && this.boats[4].atSea) return false;
    if (/Stars|moon was/.test(text) && !['calm', 'breeze', 'frost', 'heat'].includes(this.weather)) return false;
    if (/pears|apples|mushroom|blackberries/i.test(text) && this.month < 5) return false;
    if (/violets|lambs/.test(text) && this.month > 2) return false;
    if (/strawberries|Summer fair/.test(text) && (this.month < 3 || this.month > 5)) return false;
    for (const boat of this.boats.slice(0, 4)) {
      const onBoard = new RegExp(`(hull|plank|net|anchor|crew|mast|under) (of )?the ${boat.name}`);
      if (boat.atSea && onBoard.test(text)) return false;
    }
    return true;
  }

  weatherLine() {
    const season = this.month === 0 || this.month === 8 ? 'frost' : this.month >= 3 && this.month <= 5 ? 'heat' : '';
    if (this.weather === 'calm' && season !== '' && this.rng.chance(35)) this.weather = season;
    return this.sentence(say.WEATHER[this.weather]);
  }

  boatLine(boat) {
    const context = {
      b: boat,
      fish: boat.catches.length > 1 && this.rng.chance(25) ? listed(this.rng.some(boat.catches, 2)) : this.rng.pick(boat.catches),
    };
    if (boat.atSea) {
      boat.atSea = false;
      const landed = this.sentence(say.COMES_IN, context);
      for (const fish of boat.catches) if (landed.includes(fish)) this.prices[fish] = Math.max(this.prices[fish] - 1, Math.ceil(PRICES[fish] * 0.6));
      return landed;
    }
    if (this.isRough() || this.weather === 'fog' && this.rng.chance(50)) return this.stay(boat);
    boat.atSea = true;
    return this.sentence(say.GOES_OUT, { ...context, time: clock(this.rng.between(195, 470, 5)) });
  }

  stay(boat) {
    const line = this.sentence(say.STAYS_IN, { b: boat });
    const others = this.boats.some((other) => other.atSea);
    return /All boats|whole fleet/.test(line) && (others || this.fleetMentioned) ? `The ${boat.name} stayed in.` : line;
  }

  coasterLine() {
    this.coasterDays -= 1;
    if (this.coasterDays > 0 || this.weather === 'gale') return '';
    this.coasterIn = !this.coasterIn;
    this.coasterDays = this.coasterIn ? this.rng.between(1, 3) : this.rng.between(3, 6);
    const parts = this.rng.some(this.coasterIn ? CARGOES : EXPORTS, this.rng.between(2, 3)).map((part) => expand(this.rng, part));
    if (this.coasterIn) return this.sentence(say.COASTER_IN, { goods: listed(parts.filter((part) => this.fits(part))) });
    this.coasterIn = true;
    const line = this.sentence(say.COASTER_OUT, { exports: listed(parts) });
    this.coasterIn = false;
    return line;
  }

  /** The next part of a story, when its day has come. */
  storyLine() {
    if (this.running.length < 2 && this.waiting.length > 0 && this.rng.chance(55)) {
      this.running.push({ parts: [...this.waiting.pop()], days: 0 });
    }
    for (const story of this.running) story.days -= 1;
    const due = this.running.find((story) => story.days < 0 && this.fits(story.parts[0]));
    if (!due) return '';
    const line = due.parts.shift();
    due.days = this.rng.between(1, 5);
    this.running = this.running.filter((story) => story.parts.length > 0);
    return line;
  }

  townLine() {
    return this.sentence(this.decks.draw(PEOPLE).says);
  }

  talkLine() {
    const [a, b] = this.rng.some(PEOPLE, 2);
    return this.sentence(say.TALK, { a: a.name, b: b.name });
  }

  ferryLine() {
    const held = this.weather === 'gale' || this.weather === 'fog';
    return this.sentence(held ? say.FERRY_HELD : say.FERRY_LINES);
  }

  workDay() {
    const coaster = this.coasterLine();
    const lines = [this.weatherLine()];
    const boats = this.rng.shuffled(this.boats).filter((boat) => boat.home === 'Pellhaven' || !this.isRough());
    const reported = boats.slice(0, this.rng.pick([1, 1, 2, 2, 3]));
    this.fleetMentioned = reported.length > 1;
    for (const boat of reported) lines.push(this.boatLine(boat));
    lines.push(coaster);
    const extras = [];
    if (this.rng.chance(28)) extras.push(this.ferryLine());
    if (this.dayNumber % 2 === 0) extras.push(this.sentence(say.PRICE_LINES));
    if (this.rng.chance(12)) extras.push(this.sentence(say.TUG_LINES));
    if (this.rng.chance(8) && this.weather !== 'gale') extras.push(this.sentence(say.LIFEBOAT_LINES));
    lines.push(...extras);
    const town = [this.townLine()];
    if (this.rng.chance(25)) town.push(this.townLine());
    if (this.rng.chance(24)) town.push(this.sentence(say.SCENES));
    town.push(this.storyLine());
    if (this.rng.chance(30)) town.push(this.talkLine());
    if (this.rng.chance(30)) town.push(this.sentence(say.CLOSING));
    return [lines, this.rng.chance(25) ? this.rng.shuffled(town.slice(0, 1)).concat(town.slice(1)) : town];
  }

  sunday() {
    const lines = [this.sentence(say.SUNDAYS), this.weatherLine()];
    if (this.weather === 'gale' || this.rng.chance(50)) lines.reverse();
    return [lines, [this.storyLine(), this.rng.chance(40) ? this.talkLine() : '', this.rng.chance(30) ? this.sentence(say.CLOSING) : '']];
  }

  /** One day: a date, what happened on the water, and what happened in the town. */
  entry() {
    const weekday = WEEKDAYS[this.dayNumber % 7];
    const date = `${weekday}, ${this.dayOfMonth} ${MONTHS[this.month][0]}`;
    const [water, town] = weekday === 'Sunday' ? this.sunday() : this.workDay();
    const paragraphs = [water, town].map((lines) => lines.filter((line) => line !== '').join(' ')).filter((text) => text !== '');
    const body = paragraphs.length > 1 && this.rng.chance(40) ? [paragraphs.join(' ')] : paragraphs;
    return [date, ...body].join('\n');
  }
}

/** The chronicle, from 1 March on, until it has at least `bytes` bytes. */
export function writeHarbour(seed, bytes) {
  const harbour = new Harbour(seed);
  let text = `THE HARBOUR CHRONICLE OF ${TOWN.toUpperCase()}\n`;
  while (text.length < bytes && harbour.month < MONTHS.length) {
    text += `\n${harbour.entry()}\n`;
    harbour.nextDay();
  }
  return text;
}
