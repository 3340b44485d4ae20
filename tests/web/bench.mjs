#!/usr/bin/env node
// Training speed in a real browser, in one worker, as a learner gets it: tokens per second of the 28k-parameter model
// (width 32, 2 layers, context 32, batch 16), as the page itself measures and shows it.
//
//   node tests/web/bench.mjs [--json]
import {open_page, ready, run_words, sleep, train} from './harness.mjs';
import {registered} from './registry.mjs';

const cleanups = [];
const t = {after: (work) => cleanups.push(work)};
const settings = {width: 32, n_layers: 2, context: 32, batch_size: 16, max_steps: 5000};
const hash = 'v=1&lab=m2.pretraining&workers=1&' + Object.entries(settings).map(([name, value]) => `p.${name}=${value}`).join('&');

const rates = [];
let first_sample_ms = 0;
try {
    const {page} = await open_page(t, {hash});
    await ready(page);
    const begin = Date.now();
    await train(page, 20);
    first_sample_ms = Date.now() - begin;
    await sleep(3000);  // the browser's optimising compiler takes over in the first second
    for (let i = 0; i < 10; ++i) {
        const match = (await run_words(page)).match(/([\d.,]+)(k?) tokens\/s/);
        if (match) rates.push(Number(match[1].replaceAll(',', '')) * (match[2] ? 1000 : 1));
        await sleep(300);
    }
} finally {
    for (const work of cleanups.reverse()) await work();
    for (const work of registered.at_end) await work();
}
if (!rates.length) {
    console.error('The page did not show a speed. Does ./lab test pass?');
    process.exit(1);
}
rates.sort((a, b) => a - b);
const results = [
    {what: 'train, browser worker (width 32, 2 layers, context 32, batch 16)', value: rates[rates.length >> 1], unit: 'tokens/s'},
    {what: 'from pressing Train to 20 finished steps', value: first_sample_ms, unit: 'ms'},
];
for (const it of results)
    console.log(process.argv.includes('--json') ? JSON.stringify(it) : `${it.what}: ${it.value.toLocaleString('en')} ${it.unit}`);
