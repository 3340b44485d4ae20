#!/usr/bin/env node
// Writes the built-in corpora from their recipes: three long texts to learn from, and short ones in other languages. The same recipe gives the same bytes on every machine.

import { readFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { statistics } from './corpora/statistics.mjs';
import { writeHarbour } from './corpora/harbour.mjs';
import { LANGUAGES } from './corpora/languages.mjs';
import { writeKitchen } from './corpora/kitchen.mjs';
import { writeWorkshop } from './corpora/workshop.mjs';

const HELP = `Usage: node tools/make_corpora.mjs [--check | --stats | --help]

  (nothing)  write content/corpora/*.txt
  --check    write nothing; fail if a file differs from what its recipe gives
  --stats    write nothing; print size, alphabet, entropies and repetition of each text`;

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '..', 'content', 'corpora');
const LEAST_BYTES = 76000;
const SHORT_BYTES = 20000;
const RECIPES = { harbour: [writeHarbour, 20], kitchen: [writeKitchen, 31], workshop: [writeWorkshop, 43], ...LANGUAGES };

/** An English corpus is printable ASCII and newlines only, so that every host shows the same characters. */
function requirePlainText(name, text) {
  const strange = /[^\n -~]/.exec(text) ?? /[{}<>|#]/.exec(text) ?? / {2}|undefined/.exec(text);
  if (strange) throw new Error(`${name}: unexpected text at ${strange.index}: ${JSON.stringify(text.slice(strange.index - 40, strange.index + 20))}`);
}

function sameAsFile(path, text) {
  try {
    return readFileSync(path, 'utf8') === text;
  } catch {
    return false;
  }
}

const mode = process.argv[2] ?? '--write';
if (!['--write', '--check', '--stats'].includes(mode)) {
  console.log(HELP);
  process.exit(mode === '--help' ? 0 : 2);
}

let differing = 0;
for (const [name, [write, seed]] of Object.entries(RECIPES)) {
  const isShort = name in LANGUAGES;
  const text = write(seed, isShort ? SHORT_BYTES : LEAST_BYTES);
  const path = join(FOLDER, `${name}.txt`);
  if (!isShort) requirePlainText(name, text);
  if (mode === '--stats') {
    console.log(name, statistics(text));
  } else if (mode === '--write') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
    console.log(`content/corpora/${name}.txt: ${Buffer.byteLength(text)} bytes`);
  } else if (!sameAsFile(path, text)) {
    console.error(`content/corpora/${name}.txt differs from its recipe. Run: node tools/make_corpora.mjs`);
    differing += 1;
  }
}
if (mode === '--check') console.log(differing === 0 ? 'all corpora are what their recipes give' : `${differing} corpora differ`);
process.exit(differing === 0 ? 0 : 1);
