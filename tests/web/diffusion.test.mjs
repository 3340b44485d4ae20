// The diffusion lab with real pointer events: guess, train, follow the samples from noise to picture, sample again with
// less guidance, and put noise on true examples.
import {readFileSync} from 'node:fs';
import {assert, by_key, open_page, press, ready, run_words, test, until} from './harness.mjs';

const lock_in = async (page) => {
    await press(page, 'predict.loss_at_end.between');
    await press(page, 'predict.commit');
    await until('training is unlocked', async () => await by_key(page, 'train').getAttribute('aria-disabled') !== 'true');
};

const train_all = async (page, steps) => {
    await press(page, 'train');
    await until('the run is over', async () => new RegExp(`^${steps} of ${steps} steps`).test(await run_words(page)) &&
        await by_key(page, 'fresh').count(), 60_000);
};

const set_number = async (page, key, value) => {
    await by_key(page, `${key}.number`).fill(String(value));
    await page.keyboard.press('Enter');
};

test('the diffusion lab: guess, train, walk from noise to picture, and sample again with less guidance', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m2.diffusion&p.max_steps=600&p.sampling_steps=20'});
    await ready(page);
    await lock_in(page);
    await train_all(page, '600');
    const download = page.waitForEvent('download');
    await press(page, 'path.csv');
    const csv = readFileSync(await (await download).path(), 'utf8');
    assert.ok(csv.trim().split(/\r?\n/).length > 2 * 384, 'true examples and samples are in the file');
    await set_number(page, 'guidance', 1);
    await press(page, 'fresh');
    await until('fresh samples are counted', async () => await by_key(page, 'fresh.coverage').count() &&
        /With guidance 1\.0: [5-8] of 8 parts/.test(await by_key(page, 'fresh.coverage').textContent()));
    log.assert_clean();
}, {timeout_ms: 120_000});

test('the diffusion lab: glyphs on a phone, and true ones melting into noise', async (t) => {
    const {page, log} = await open_page(t, {
        hash: 'lab=m2.diffusion&p.shape=glyphs&p.max_steps=200&p.sampling_steps=10&p.guidance=1', viewport: [360, 740], touch: true});
    await ready(page);
    await lock_in(page);
    await train_all(page, '200');
    await until('a level is shown', () => by_key(page, 'noised').count());
    await set_number(page, 'level', 60);
    // cos(0.6 * 90 degrees) of the picture is left, and the rest of the variance is noise: 0.81 of it.
    await until('the noise is said', async () => /plus 0\.81 times noise/.test(await page.locator('#twin').textContent()));
    log.assert_clean();
}, {timeout_ms: 120_000});
