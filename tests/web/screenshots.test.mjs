// Pictures for people to look at, in build/shots/, and the one in the README; each must show something. And the times that
// a learner feels.
import {copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {assert, by_key, draws_cpu_ms, open_page, painted, press, ready, shot, shots, sleep, test, top, train, trained, until} from './harness.mjs';

const sizes = [[1280, 800], [820, 1180], [360, 740]];
const enough_colours = 500;  // a page with its canvas has 2,000 and more; fields and letters alone have far fewer

/** Number of different colours that the page shows now. */
const colours = async (page) => {
    const picture = (await page.screenshot()).toString('base64');
    return page.evaluate(async (base64) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
        const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        pen.drawImage(bitmap, 0, 0);
        return new Set(new Uint32Array(pen.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size;
    }, picture);
};
const to_top = async (page) => {
    await page.evaluate(() => document.getElementById('scroller').scrollTo(0, 0));
    await page.mouse.move(2, 2);
    await sleep(400);
    await painted(page);
};

for (const theme of ['light', 'dark']) {
    test(`pictures of the page, ${theme}, at three sizes, before and after training`, async (t) => {
        const {page} = await open_page(t, {theme, viewport: sizes[0], hash: 'p.max_steps=200'});
        await ready(page);
        for (const state of ['before', 'after']) {
            if (state === 'after') await train(page, 200, 30_000);
            for (const [width, height] of sizes) {
                await page.setViewportSize({width, height});
                await to_top(page);
                const found = await colours(page);
                assert.ok(found >= enough_colours, `${state}, ${width} px: ${found} colours`);
                await shot(page, `${state}-${theme}-${width}`);
                // What lies below the first window: one picture a window.
                if (state === 'before') continue;
                await page.evaluate(() => document.getElementById('scroller').scrollTo(0, innerHeight - 60));
                await sleep(300);
                await shot(page, `${state}-${theme}-${width}-below`);
            }
        }
    });
}

// Run with UPDATE_SHOTS=1 to renew docs/first-lab.png; without it no file of the tree changes.
if (process.env.UPDATE_SHOTS === '1') {
    test('the picture in the README', async (t) => {
        const {page} = await open_page(t, {viewport: [1280, 800]});
        await ready(page);
        await train(page, 900, 60_000);
        await press(page, 'train');
        await until('it rests', async () => await by_key(page, 'train').textContent() === 'Continue');
        await to_top(page);
        assert.ok(await colours(page) >= enough_colours);
        await shot(page, 'first-lab');
        mkdirSync(join(top, 'docs'), {recursive: true});
        copyFileSync(join(shots, 'first-lab.png'), join(top, 'docs', 'first-lab.png'));
    }, {timeout_ms: 120_000});
}

test('speed_report: times that a learner feels', async (t) => {
    const {page, address} = await open_page(t, {open: false, hash: 'hide=predict&p.max_steps=5000'});
    const began = Date.now();
    await page.goto(address);
    await ready(page);
    const interactive_ms = Date.now() - began;
    await sleep(1500);
    await page.evaluate(() => {
        new MutationObserver((_, observer) => {
            if (!document.querySelector('[data-key="sample.0"]')) return;
            observer.disconnect();
            window.sample_at = performance.now();
        }).observe(document.getElementById('twin'), {childList: true, subtree: true});
        window.trained_at = performance.now();
    });
    await press(page, 'train');
    const sample_ms = await until('a first sample', () => page.evaluate(() => window.sample_at && window.sample_at - window.trained_at));
    await trained(page, 50);
    const draws_ms = await draws_cpu_ms(page, 6000);
    const at = (share) => draws_ms[Math.floor((draws_ms.length - 1) * share)].toFixed(1);
    console.log(`      interactive after ${interactive_ms} ms (goal 2,000); first sample ${sample_ms.toFixed(0)} ms after Train ` +
        `(goal 3,000); processor time of a draw while training: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms of ` +
        `${draws_ms.length} draws (goal 4)`);
    // Five times the goals: this only catches a disaster, on any machine.
    assert.ok(interactive_ms <= 10_000 && sample_ms <= 15_000, 'no disaster');
    assert.ok(Number(at(0.95)) <= 20, 'no disaster in drawing');
}, {alone: true});
