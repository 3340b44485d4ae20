// Pictures for people to look at, in build/shots/, and the one in the README; each must show something.
import {copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {assert, by_key, open_page, painted, press, ready, shot, shots, sleep, test, top, train, until} from './harness.mjs';

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
