#!/usr/bin/env node
// content/locales/en.json lists every sentence that learners see: what a translator starts from. Collected from
//   src/      tr("..."), and for words that reach tr() later Message("...") and tr_later("..."); of what a door refuses
//             or remarks (Error{...}, refuse(...), warn(...), fail(...)) every literal that is a sentence
//   web/      say('...'), the table of problems in boot.js, and what index.html marks with data-say
//   content/  the fields of lessons, course and glossary that hold words (labs/content_words.h)
// --check says what is missing or gone (a gate), --write puts the file in order.
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const file = join(top, 'content/locales/en.json');
const literals = /((?:"(?:[^"\\]|\\.)*"\s*)+)/.source;
/** Here every sentence is data: the page puts all of them through tr(). */
const only_words = ['labs/cards.cpp'];
/** Programs that speak English only. */
const is_for_the_page = (name) => !/^platform\/(cli|main_cli|main_native|content_files|file)/.test(name);

const joined = (parts) => parts.match(/"(?:[^"\\]|\\.)*"/g).map((part) => JSON.parse(part)).join('');

/** The sentences of one C++ text, also such as are written in several parts. */
export const sentences_of = (source) =>
    [...source.matchAll(new RegExp(`\\b(?:tr|tr_later|Message)\\(\\s*${literals}`, 'g'))].map((match) => joined(match[1]));

/** The sentences among the arguments of what refuses: in brackets that close where the call ends. */
export const refusals_of = (source) => [...source.matchAll(/\b(?:Error|refuse|warn|fail)\s*[({]/g)].flatMap((match) => {
    let depth = 0, end = match.index + match[0].length - 1;
    for (const part of source.slice(end).matchAll(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)'|[(){}]/g)) {
        if (part[0].length === 1) depth += '({'.includes(part[0]) ? 1 : -1;
        if (depth === 0) { end += part.index; break; }
    }
    return [...source.slice(match.index, end).matchAll(new RegExp(literals, 'g'))].map((it) => joined(it[1]))
        .filter((it) => /^[A-Z].* .*[.?]$/.test(it));
});

const capital_words_of = (source) => [...source.replace(/^#.*$/gm, '').matchAll(new RegExp(literals, 'g'))]
    .map((match) => joined(match[1])).filter((it) => /^[A-Z]/.test(it));

/** The sentences of a script of the page: say('...') or say(`...`) without values in it. */
export const said_in = (script) => [...script.matchAll(/\bsay\(\s*((?:'(?:[^'\\]|\\.)*'(?:\s*\+\s*)?)+)/g)].map((match) =>
    match[1].match(/'(?:[^'\\]|\\.)*'/g).map((part) => part.slice(1, -1).replace(/\\(.)/g, '$1')).join(''));

/** What a script keeps in its table of problems. */
export const problems_in = (script) => (/const problems = \{(.*?)\n {4}\};/s.exec(script) || ['', ''])[1]
    .match(/'(?:[^'\\]|\\.)*'(?:\s*\+\s*'(?:[^'\\]|\\.)*')*/g)?.flatMap((it) => said_in(`say(${it})`)) || [];

/** What the page itself says. */
export const marked_in = (html) => [...html.matchAll(/<(\w+)\b[^>]*\sdata-say[^>]*>(.*?)<\/\1>/gs)]
    .map((match) => match[2].replace(/\s+/g, ' ').trim());

const word_fields = new Set(['title', 'subtitle', 'idea', 'about', 'stage', 'term', 'text', 'task', 'hints', 'caption',
    'feedback', 'partner', 'explanation', 'unit', 'x_name', 'y_name', 'claim', 'correction', 'simplified', 'show', 'ask',
    'mistakes']);
const settings = new Set(['defaults', 'limits', 'goal']);
/** The words of one content file. */
export const words_of = (tree) => {
    if (Array.isArray(tree)) return tree.flatMap(words_of);
    if (tree === null || typeof tree !== 'object') return [];
    return Object.entries(tree).flatMap(([key, value]) => {
        if (settings.has(key)) return [];
        if (key === 'answer' && tree.ask) return [value];
        const own = !word_fields.has(key) ? [] : [value].flat().filter((it) => typeof it === 'string' && it);
        return [...own, ...words_of(value)];
    });
};

const files_of = (folder, ending) => readdirSync(join(top, folder), {recursive: true}).filter((name) => name.endsWith(ending))
    .map((name) => [name, readFileSync(join(top, folder, name), 'utf8').replace(/^\s*\/\/.*$/gm, '')]);

const main = () => {
    const all = new Set();
    for (const [name, text] of [...files_of('src', '.cpp'), ...files_of('src', '.h')].filter(([name]) => is_for_the_page(name))) {
        for (const it of [...sentences_of(text), ...refusals_of(text)]) all.add(it);
        if (only_words.includes(name)) for (const it of capital_words_of(text)) all.add(it);
    }
    for (const [, text] of files_of('web', '.js')) for (const it of [...said_in(text), ...problems_in(text)]) all.add(it);
    for (const [, text] of files_of('web', '.html')) for (const it of marked_in(text)) all.add(it);
    for (const [name, text] of files_of('content', '.json'))
        if (!/^(locales|schema)\b/.test(name)) for (const it of words_of(JSON.parse(text))) all.add(it);
    const words = Object.fromEntries([...all].sort().map((it) => [it, it]));
    const wanted = JSON.stringify({schema: 1, words}, null, 2) + '\n';
    if (process.argv.includes('--write')) return writeFileSync(file, wanted);
    if (!process.argv.includes('--check')) return console.log('usage: tools/locales.mjs --check | --write');
    const known = new Set(Object.keys(JSON.parse(readFileSync(file, 'utf8')).words));
    for (const it of all) if (!known.has(it)) console.log(`content/locales/en.json lacks: ${it}`);
    for (const it of known) if (!all.has(it)) console.log(`content/locales/en.json has what nothing says: ${it}`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
