// "Workshop log": repair entries with customer, machine, fault, remedy, parts, time and cost.
//
// Sums are true: labour is 24.00 an hour, a part has one price, the total is labour and parts, and the weekly sheet
// adds up the week. The log knows when a customer was here before.

import { Decks, Rng, capitalised, expand } from './grammar.mjs';
import { MACHINES, PARTS } from './workshop_bench.mjs';
import { AGAIN, CUSTOMERS, DONE, FOUND, NOTES, REMARKS, SAYS, STORIES, WORKERS } from './workshop_people.mjs';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = [['January', 31], ['February', 28], ['March', 31], ['April', 30], ['May', 31], ['June', 30], ['July', 31], ['August', 31], ['September', 30], ['October', 31], ['November', 30], ['December', 31]];
const CENTS_PER_MINUTE = 40;

const money = (cents) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
const cents = (part) => Math.round(PARTS[part] * 100);
const workerFor = (machine) => Object.keys(WORKERS).find((name) => WORKERS[name].includes(machine));

class Workshop {
  constructor(seed) {
    this.rng = new Rng(seed);
    this.decks = new Decks(this.rng);
    this.job = 200;
    this.day = 0;
    this.visits = new Map();
    this.kinds = this.ownedKinds();
    this.waiting = this.rng.shuffled(STORIES);
    this.running = [];
    this.week = { jobs: 0, cents: 0, minutes: 0 };
  }

  /** Which kind of machine each customer owns: Mr Pine always comes with the same bicycle. */
  ownedKinds() {
    const kinds = new Map();
    for (const customer of CUSTOMERS) {
      for (const machine of customer[4]) kinds.set(`${customer[0]} ${machine}`, this.decks.draw(MACHINES[machine].kinds));
    }
    return kinds;
  }

  /** The log begins on Monday, 4 January; Sundays are free. */
  date() {
    let rest = 3 + Math.floor(this.day / 6) * 7 + (this.day % 6);
    let month = 0;
    while (rest >= MONTHS[month % 12][1]) rest -= MONTHS[month++ % 12][1];
    return `${rest + 1} ${MONTHS[month % 12][0]}`;
  }

  weekday() {
    return WEEKDAYS[this.day % 6];
  }

  repair() {
    const [name, he, street, trade, owned] = this.decks.draw(CUSTOMERS);
    const machineId = this.rng.pick(owned);
    const machine = MACHINES[machineId];
    const [symptom, cause, remedy, parts, usualMinutes] = this.decks.draw(machine.faults);
    const minutes = usualMinutes + this.rng.pick([-5, 0, 0, 5, 10]);
    const customer = { name, he: capitalised(he), he_: he, him: he === 'he' ? 'him' : 'her', street, trade };
    const context = { c: customer, symptom, cause, remedy, worker: workerFor(machineId), weekday: this.rng.pick(WEEKDAYS) };
    const fill = (list) => expand(this.rng, this.decks.draw(list), context);

    this.job += 1;
    const head = `No. ${this.job}, ${this.weekday()}, ${this.date()}. ${name}, ${trade}, ${street}. ${capitalised(machine.name)}, ${this.kinds.get(`${name} ${machineId}`)}.`;
    const story = [fill(SAYS), fill(FOUND), fill(DONE)];
    if (this.rng.chance(45)) story.push(expand(this.rng, this.decks.draw(machine.tests)));
    const before = this.visits.get(name);
    if (before && before.machine !== machine.name && this.rng.chance(40)) story.push(expand(this.rng, this.decks.draw(AGAIN), { last: before.date, lastMachine: before.machine }));
    else if (this.rng.chance(75)) story.push(fill(REMARKS));
    this.visits.set(name, { date: this.date(), machine: machine.name });
    return [head, story.join(' '), this.bill(parts, minutes)].join('\n');
  }

  bill(parts, minutes) {
    const labour = minutes * CENTS_PER_MINUTE;
    const total = parts.reduce((sum, part) => sum + cents(part), labour);
    this.week.jobs += 1;
    this.week.cents += total;
    this.week.minutes += minutes;
    const listed = parts.map((part) => `${part} ${money(cents(part))}`).join(', ');
    return `Bill ${this.job}: ${listed}; ${minutes} min, labour ${money(labour)}; total ${money(total)}.`;
  }

  /** The next part of a running story, or nothing. */
  storyPart() {
    if (this.running.length < 2 && this.waiting.length > 0) this.running.push([...this.waiting.pop()]);
    if (this.running.length === 0) return [];
    const story = this.running[this.rng.below(this.running.length)];
    const part = story.shift();
    this.running = this.running.filter((parts) => parts.length > 0);
    return [part];
  }

  note() {
    const { title, lines } = this.rng.chance(60) ? NOTES[0] : this.rng.pick(NOTES.slice(1));
    const [part, part2] = this.rng.some(Object.keys(PARTS), 2);
    const context = { part, part2, partPrice: money(cents(part)), part2Price: money(cents(part2)) };
    const said = this.rng.some(lines, this.rng.between(2, 4)).map((line) => expand(this.rng, line, context));
    if (title === 'Day note') said.push(...this.storyPart());
    return `${title}, ${this.weekday()}, ${this.date()}\n${said.join(' ')}`;
  }

  /** The sheet of the week: the sums of everything written since the last one. */
  weekSheet() {
    const { jobs, cents: taken, minutes } = this.week;
    this.week = { jobs: 0, cents: 0, minutes: 0 };
    return `Week sheet, ${this.date()}\n${jobs} jobs, ${Math.floor(minutes / 60)} h ${minutes % 60} min at the bench, ${money(taken)} in the box.`;
  }

  /** One working day: one to three repairs, sometimes a note, and on Saturday the sum of the week. */
  dayEntries() {
    const entries = [];
    const count = this.rng.pick([1, 2, 2, 3]);
    for (let i = 0; i < count; ++i) entries.push(this.repair());
    if (this.rng.chance(45)) entries.splice(this.rng.below(entries.length + 1), 0, this.note());
    if (this.weekday() === 'Saturday') entries.push(this.weekSheet());
    this.day += 1;
    return entries;
  }
}

/** The log until it has at least `bytes` bytes; it ends with a whole day. */
export function writeWorkshop(seed, bytes) {
  const workshop = new Workshop(seed);
  let text = 'THE WORKSHOP LOG\n';
  while (text.length < bytes) for (const entry of workshop.dayEntries()) text += `\n${entry}\n`;
  return text;
}
