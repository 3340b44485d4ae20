#!/usr/bin/env node
// Runs tests: every *.test.mjs below a folder, two tests at a time; a line for each, and "N passed, N failed" at the end.
//
//   node tests/web/run.mjs [FOLDER] [--only TEXT] [--jobs N] [--list]
//
// A test file calls test(name, body, options) of registry.mjs when it is loaded. --only runs the tests whose file or name
// contains the text. What a test prints or throws is shown below its line. A test that fails beside another one runs once
// more alone, and the last lines say how many did: only the second result counts, the first stays visible.
import {readdirSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {registered} from './registry.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const option = (name, fallback) => args.includes(name) ? args[args.indexOf(name) + 1] : fallback;
const folder = resolve(args[0] && !args[0].startsWith('--') ? args[0] : here);
const only = option('--only', '').toLowerCase();
const jobs = Number(option('--jobs', 2));

const files = readdirSync(folder, {recursive: true}).filter((name) => name.endsWith('.test.mjs')).sort();
for (const file of files) {
    registered.file = relative(join(here, '../..'), join(folder, file));
    await import(pathToFileURL(join(folder, file)).href);
}
const tests = registered.tests.filter((it) => `${it.file} ${it.name}`.toLowerCase().includes(only));
if (args.includes('--list')) {
    for (const it of tests) console.log(`${it.file}: ${it.name}`);
    process.exit(0);
}

let passed = 0, failed = 0;
const again = [];  // what failed beside other tests; two browsers share the machine, and a deadline may be theirs

/** Runs one body against its deadline, and everything that it asked to have cleaned up afterwards. */
const run = async (it, is_last_try = true) => {
    const began = Date.now();
    const cleanups = [];
    const after = (work) => cleanups.push(work);
    let error, timer;
    const deadline = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not done after ${it.timeout_ms / 1000} s`)), it.timeout_ms);
    });
    try {
        await Promise.race([it.body({after}), deadline]);
    } catch (thrown) {
        error = thrown;
    }
    clearTimeout(timer);
    for (const work of cleanups.reverse()) await Promise.resolve().then(work).catch((thrown) => { error = error || thrown; });
    if (error && !is_last_try) again.push(it);
    else error ? ++failed : ++passed;
    const words = error && String(error.stack || error).split('\n').filter((line) => !/node_modules|node:internal/.test(line));
    console.log(`${error ? 'FAIL' : 'ok  '}  ${it.file}: ${it.name}  (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    if (words) console.log(words.slice(0, 30).map((line) => '        ' + line).join('\n'));
};

// Tests that measure time or processor use run alone, after the others.
const skipped = tests.filter((it) => it.skip);
for (const it of skipped) console.log(`skip  ${it.file}: ${it.name}: ${it.skip}`);
const alone = tests.filter((it) => it.alone && !it.skip);
const queue = tests.filter((it) => !it.alone && !it.skip);
await Promise.all(Array.from({length: jobs}, async () => {
    while (queue.length) await run(queue.shift(), false);
}));
for (const it of alone) await run(it);
const n_again = again.length;
if (n_again) console.log(`\nonce more, alone:`);
while (again.length) await run(again.shift());
for (const work of registered.at_end.reverse()) await work();

if (n_again) console.log(`${n_again} failed beside others and ran once more alone, as said above`);
console.log(`${passed} passed, ${failed} failed${skipped.length ? `, ${skipped.length} skipped` : ''}`);
process.exit(failed || !passed ? 1 : 0);
