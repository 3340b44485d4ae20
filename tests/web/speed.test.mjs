// Times that a learner feels, for every lab, in one table: node tests/web/run.mjs --only speed_report
//
// "first result" is the time from Train to the first thing that the lab computed, at 1280 x 800. A phone cannot be had
// here. Chromium can slow the page down to a quarter, but not the worker that trains, so four times the whole is given
// beside it: no phone of a quarter of this machine's speed takes longer.
import {assert, draws_cpu_ms, open_page, press, ready, sleep, test, until} from './harness.mjs';

/** What to open, and what stands in the twin as soon as there is a result. */
const labs = {
    'm2.pretraining': {hash: 'p.max_steps=5000', result: '[data-key="sample.0"]'},
    'm2.inside_attention': {hash: 'p.max_steps=2000', result: '[data-key="tokens"]'},
    'm2.scaling_laws': {hash: '', result: '[data-key="grid"]', words: '[1-9]\\.\\d{3}'},
    'm2.model_shelf': {hash: '', result: '[data-key="shelf.cards"]', words: '%'},
    'm2.diffusion': {hash: 'p.max_steps=4000', result: '[data-key="path"]'},
};

/** Milliseconds from Train until the page shows a result. */
const first_result_ms = async (page, {result, words = ''}) => {
    await page.evaluate(([selector, words]) => {
        const look = () => {
            const found = document.querySelector(selector);
            if (!found || !new RegExp(words).test(found.textContent)) return;
            observer.disconnect();
            window.result_at = performance.now();
        };
        const observer = new MutationObserver(look);
        observer.observe(document.getElementById('twin'), {childList: true, subtree: true, characterData: true});
        window.addEventListener('click', () => { window.asked_at = performance.now(); }, {capture: true, once: true});
        window.asked_at = performance.now();
    }, [result, words]);
    await press(page, 'train');
    return until('a first result', () => page.evaluate(() => window.result_at && window.result_at - window.asked_at), 60_000);
};

const open_lab = async (t, lab, slowness) => {
    const {page, address} = await open_page(t, {open: false, hash: `lab=${lab}&hide=predict&${labs[lab].hash}`});
    if (slowness > 1) {
        const session = await page.context().newCDPSession(page);
        await session.send('Emulation.setCPUThrottlingRate', {rate: slowness});
    }
    const began = Date.now();
    await page.goto(address);
    await ready(page);
    const interactive_ms = Date.now() - began;
    await sleep(1500);
    return {page, interactive_ms};
};

test('speed_report: times that a learner feels, in every lab', async (t) => {
    const rows = [];
    for (const lab of Object.keys(labs)) {
        const {page, interactive_ms} = await open_lab(t, lab, 1);
        const result_ms = await first_result_ms(page, labs[lab]);
        const draws_ms = await draws_cpu_ms(page, 6000);
        const at = (share) => draws_ms[Math.floor((draws_ms.length - 1) * share)];
        await page.close();
        const slow = await open_lab(t, lab, 4);
        const slow_ms = await first_result_ms(slow.page, labs[lab]);
        await slow.page.close();
        rows.push({lab, 'ready, ms': interactive_ms, 'first result, ms': Math.round(result_ms),
            'page at 1/4, ms': Math.round(slow_ms), 'four times, ms': Math.round(4 * result_ms),
            'draw median, ms': at(0.5).toFixed(1), 'draw 95 %, ms': at(0.95).toFixed(1), draws: draws_ms.length});
    }
    const columns = Object.keys(rows[0]);
    const lines = [columns, ...rows.map((row) => columns.map((name) => String(row[name])))];
    const widths = columns.map((_, i) => Math.max(...lines.map((line) => line[i].length)));
    for (const line of lines) console.log('      ' + line.map((cell, i) => cell.padStart(widths[i])).join('  '));
    console.log('      goals: ready 2,000; first result 3,000, also at a quarter of the speed; draw 95 % 4, at most 8');
    // Several times the goals: this only catches a disaster, on any machine.
    for (const row of rows) {
        assert.ok(row['ready, ms'] <= 10_000 && row['first result, ms'] <= 15_000, `${row.lab}: no disaster`);
        assert.ok(Number(row['draw 95 %, ms']) <= 20, `${row.lab}: no disaster in drawing`);
    }
}, {alone: true, timeout_ms: 300_000});
