// Pictures of the lab and of every widget, in three sizes and two themes, compared with approved ones; and what a screen
// reader finds there, compared with approved texts. A change is looked at, approved with APPROVE=1, and its reason stands
// in the commit.
//
//   node tests/web/run.mjs --only pictures            what differs is shown in build/shots/ (…-differs.png)
//   APPROVE=1 node tests/web/run.mjs --only pictures  takes what is seen now
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import pixelmatch from 'pixelmatch';
import {PNG} from 'pngjs';
import {assert, open_page, shots, test, top} from './harness.mjs';
import {all_states, settle} from './screens.mjs';

const approved = join(top, 'tests/web/approved');
const sizes = [[1280, 800], [820, 1180], [360, 740]];
const is_approving = process.env.APPROVE === '1';
// Letters are drawn a little differently by other versions of the browser; a moved or missing widget is far more than this.
const kColourTolerance = 0.15;
const kDifferentShare = 0.004;
const kTallest = 2400;  // of a picture, and half of it for plots, which pack badly: no file above 400 kB

const states = [...all_states].filter(([name]) => name.startsWith('lab') || name.startsWith('gallery'));

/** Share of the pixels that differ, and a picture of where. */
const difference = (seen, wanted) => {
    if (seen.width !== wanted.width || seen.height !== wanted.height) return {share: 1};
    const picture = new PNG({width: seen.width, height: seen.height});
    const count = pixelmatch(seen.data, wanted.data, picture.data, seen.width, seen.height, {threshold: kColourTolerance});
    return {share: count / (seen.width * seen.height), picture};
};

/** The same picture in fewer bytes: the repository keeps every version of it. */
const packed = (bytes) => PNG.sync.write(PNG.sync.read(bytes), {colorType: 2, deflateLevel: 9});

for (const [name, state] of states) {
    for (const theme of ['light', 'dark']) {
        test(`pictures: ${name}, ${theme}, as approved at three sizes`, async (t) => {
            mkdirSync(shots, {recursive: true});
            mkdirSync(approved, {recursive: true});
            const {page, log} = await open_page(t, {theme, viewport: sizes[0], hash: state.hash});
            await settle(page, state);
            const wrong = [];
            for (const [width, height] of sizes) {
                // A gallery section is shown whole, the lab as its first window.
                await page.setViewportSize({width, height});
                await settle(page, {});
                if (name.startsWith('gallery')) {
                    const whole = await page.evaluate(() => document.getElementById('scroller').scrollHeight);
                    await page.setViewportSize({width, height: Math.min(Math.max(whole, 200), name === 'gallery-plots' ? kTallest / 2 : kTallest)});
                    await settle(page, {});
                }
                const file = `${name}-${theme}-${width}.png`;
                const bytes = await page.screenshot();
                writeFileSync(join(shots, file), bytes);
                const target = join(approved, file);
                if (is_approving) {
                    const is_known = existsSync(target) &&
                        difference(PNG.sync.read(bytes), PNG.sync.read(readFileSync(target))).share === 0;
                    if (!is_known) writeFileSync(target, packed(bytes));
                    continue;
                }
                if (!existsSync(target)) {
                    wrong.push(`${file} was never approved`);
                    continue;
                }
                const {share, picture} = difference(PNG.sync.read(bytes), PNG.sync.read(readFileSync(target)));
                if (share <= kDifferentShare) continue;
                if (picture) writeFileSync(join(shots, file.replace('.png', '-differs.png')), PNG.sync.write(picture));
                wrong.push(picture ? `${file}: ${(100 * share).toFixed(2)} % of the pixels differ` : `${file}: another size`);
            }
            assert.deepEqual(wrong, []);
            log.assert_clean();
        }, {timeout_ms: 120_000});
    }
}

for (const [name, state] of all_states) {
    test(`twin: what a screen reader finds on ${name} is as approved`, async (t) => {
        mkdirSync(approved, {recursive: true});
        const {page, log} = await open_page(t, {hash: state.hash});
        await settle(page, state);
        // What is measured on this device is no part of the comparison.
        const words = (await page.locator('#terrarium').ariaSnapshot())
            .replaceAll(/[\d.,]+k? (tokens|steps)\/s/g, 'N $1/s').replaceAll(/\b[0-9a-f]{12}\b/g, 'BUILD').replaceAll(/127\.0\.0\.1:\d+/g, 'HOST') + '\n';
        const target = join(approved, `${name}.twin.txt`);
        if (is_approving) writeFileSync(target, words);
        assert.ok(existsSync(target), `${name} was never approved`);
        assert.equal(words, readFileSync(target, 'utf8'));
        log.assert_clean();
    });
}
