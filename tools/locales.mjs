#!/usr/bin/env node
// content/locales/en.json lists every sentence that code shows, collected from tr("...") in src/: what a translator
// starts from. --check says what is missing or gone (a gate), --write puts the file in order.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(top, 'content/locales/en.json');

/** The sentences of one source text: literals right behind tr(, also such as are written in several parts. */
export const sentences_of = (source) => {
    const found = [];
    for (const match of source.matchAll(/\btr\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)/g)) {
        const parts = match[1].match(/"(?:[^"\\]|\\.)*"/g).map((part) => JSON.parse(part));
        found.push(parts.join(''));
    }
    return found;
};

const main = () => {
    const all = new Set();
    for (const name of readdirSync(join(top, 'src'), {recursive: true})) {
        if (!/\.cpp$/.test(name)) continue;
        const code = readFileSync(join(top, 'src', name), 'utf8').replace(/^\s*\/\/.*$/gm, '');
        sentences_of(code).forEach((it) => all.add(it));
    }
    const words = Object.fromEntries([...all].sort().map((it) => [it, it]));
    const wanted = JSON.stringify({schema: 1, words}, null, 2) + '\n';
    if (process.argv.includes('--write')) return writeFileSync(file, wanted);
    if (!process.argv.includes('--check')) return console.log('usage: tools/locales.mjs --check | --write');
    const known = new Set(Object.keys(JSON.parse(readFileSync(file, 'utf8')).words));
    for (const it of all) if (!known.has(it)) console.log(`content/locales/en.json lacks: ${it}`);
    for (const it of known) if (!all.has(it)) console.log(`content/locales/en.json has what no code says: ${it}`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
