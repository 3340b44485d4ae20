// The scaling lab with real pointer events: guess, a small grid in two workers, the forecast and what it uncovers; and
// the same losses from one worker.
import {readFileSync} from 'node:fs';
import {assert, by_key, open_page, press, ready, run_words, test, until} from './harness.mjs';

/** Guesses, trains the whole grid of the smallest budget, and returns the page and the losses as the plot saves them. */
const trained_grid = async (t, workers) => {
    const {page, log} = await open_page(t, {hash: `lab=m2.scaling_laws&p.budget_mflop=10&workers=${workers}`});
    await ready(page);
    await press(page, 'predict.best_place.middle');
    await press(page, 'predict.best_moves.larger');
    await press(page, 'predict.commit');
    await until('training is unlocked', async () =>
        await by_key(page, 'train').getAttribute('aria-disabled') !== 'true');
    await press(page, 'train');
    await until('all models are trained', async () => /^29 of 29 models/.test(await run_words(page)), 30_000);
    await until('the forecast is asked for', () => by_key(page, 'forecast.commit').count());
    return {page, log};
};

const uncover = async (page) => {
    await press(page, 'forecast.width.5');
    await until('a width is chosen', async () =>
        await by_key(page, 'forecast.commit').getAttribute('aria-disabled') !== 'true');
    await press(page, 'forecast.commit');
    await until('the covered budget is open', () => by_key(page, 'forecast.size').count());
    const download = page.waitForEvent('download');
    await press(page, 'valleys.csv');
    return readFileSync(await (await download).path(), 'utf8');
};

test('the scaling lab: guess, train the grid, forecast, uncover; two workers find the losses of one', async (t) => {
    const {page, log} = await trained_grid(t, 2);
    const covered = () => page.evaluate(() => [...document.querySelectorAll('#twin td')].filter((it) => it.textContent === 'covered').length);
    assert.equal(await covered(), 5, 'the fourth budget is trained and not shown');
    const shared = await uncover(page);
    assert.equal(await covered(), 0);
    assert.ok(shared.trim().split(/\r?\n/).length > 29, 'every model is in the file');
    assert.match(await by_key(page, 'forecast.loss').textContent(), /you said 2\.000/);
    log.assert_clean();
    const alone = await trained_grid(t, 1);
    assert.equal(await uncover(alone.page), shared);
    alone.log.assert_clean();
}, {timeout_ms: 120_000});
