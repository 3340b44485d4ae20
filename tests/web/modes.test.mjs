// The same lab as a picture, as labelled controls over it, and as a plain page; with and without graphics and network.
import {accessibility_findings, assert, by_key, open_page, ready, sleep, test, train, trained, until} from './harness.mjs';

const small = 'p.width=8&p.n_layers=1&p.context=16&p.max_steps=60';
const click = (page, key) => by_key(page, key).evaluate((el) => el.click());
const text_of = (page, key) => by_key(page, key).textContent();
/** Nothing that axe-core finds; its words say where and in which state. */
const assert_accessible = async (page, when) => {
    const findings = await accessibility_findings(page);
    assert.deepEqual(findings, [], when);
};

for (const mirror of ['visible', 'overlay']) {
    for (const [theme, width] of [['light', 1280], ['dark', 1280], ['light', 360], ['dark', 360]]) {
        test(`axe-core finds nothing: mirror=${mirror}, ${theme}, ${width} px wide`, async (t) => {
            const {page, log} = await open_page(t, {hash: `mirror=${mirror}&${small}`, viewport: [width, 800], theme});
            await ready(page);
            assert.equal(await page.locator('#terrarium').getAttribute('data-mirror'), mirror);
            await assert_accessible(page, 'before training');
            await click(page, 'predict.beats_bigram.much');
            await until('the guess is taken', async () => await by_key(page, 'predict.commit').getAttribute('aria-disabled') !== 'true');
            await click(page, 'predict.commit');
            await until('Train is unlocked', async () => await by_key(page, 'train').getAttribute('aria-disabled') !== 'true');
            await click(page, 'train');
            await trained(page, 60);
            await until('the map is there', () => by_key(page, 'attention').count());
            await assert_accessible(page, 'after training');
            // On a phone the settings are folded into a sheet.
            if (width < 700) await click(page, 'settings.open');
            else await click(page, 'shape.show');
            await until('the settings are open', () => by_key(page, 'shape.show').count());
            await assert_accessible(page, 'with all settings open');
            if (width < 700) await click(page, 'settings.sheet.close');
            await until('the settings sheet is closed', async () => await by_key(page, 'settings.sheet').count() === 0);
            for (const key of ['loss.table', 'attention.table', 'challenge.hint']) await click(page, key);
            await until('the tables are open', () => by_key(page, 'attention.rows').count());
            await assert_accessible(page, 'with tables and a hint open');
            log.assert_clean();
        });
    }
}

test('without WebGL the lab trains, and the challenge sees it', async (t) => {
    const {page, log} = await open_page(t, {webgl: false, hash: 'p.max_steps=200&p.learning_rate=0.02&p.n_layers=1&p.width=16'});
    await ready(page);
    assert.match(await text_of(page, 'challenge.verdict'), /Start a run first/);
    await train(page, 200, 30_000);
    await until('the challenge counts what was learned', async () => /so far/.test(await text_of(page, 'challenge.below_bigram')));
    assert.doesNotMatch(await text_of(page, 'challenge.verdict'), /Start a run first/);
    await until('a sample is there to read', () => by_key(page, 'sample.0').count());
    await click(page, 'loss.table');
    await until('the curve can be read as a table', () => by_key(page, 'loss.rows').locator('tbody tr').count());
    assert.equal(await by_key(page, 'loss.png').count(), 0, 'no picture to save, so no button for it');
    log.assert_clean();
});

test('with the network cut after load: training, own text and other settings go on, and what is missing is said', async (t) => {
    const {page, context, log} = await open_page(t, {hash: small});
    await ready(page);
    await sleep(1500);  // the text and the worker's script come right after the first picture
    await context.setOffline(true);
    await train(page, 60);

    await click(page, 'text.own');
    await by_key(page, 'own.draft').fill('The cat sat on the mat, and the dog saw the cat. '.repeat(40));
    await until('the text can be used', async () => await by_key(page, 'own.use').getAttribute('aria-disabled') !== 'true');
    await click(page, 'own.use');
    await until('the text is taken', async () => /Your text is ready/.test(await text_of(page, 'own.note')));
    await click(page, 'train');
    await until('it trains on it', async () => /1,\d\d\d training/.test(await text_of(page, 'facts')));

    const other = await page.evaluate(() => [...document.querySelectorAll('[data-key^="text.corpus"]')]
        .map((el) => el.dataset.key).find((key) => !key.endsWith('harbour')));
    await until('the run is over', async () => await text_of(page, 'train') === 'Train again');
    await click(page, other);
    await sleep(300);
    await click(page, 'train');
    await until('a sentence says what could not be loaded', async () =>
        /could not|offline|connection|loaded/i.test(await page.locator('[data-role=status], #say-status, #say-alert').allTextContents()
            .then((all) => all.join(' '))), 10_000);
    assert.equal(await by_key(page, 'train').count(), 1, 'the lab is still there');
    await click(page, 'text.corpus:harbour');
    await sleep(300);
    await click(page, 'train');
    await trained(page, 60);
    assert.deepEqual(log.errors.filter((it) => !/ERR_INTERNET_DISCONNECTED|Failed to load resource/.test(it)), []);
});
