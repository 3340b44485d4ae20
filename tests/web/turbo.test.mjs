// Turbo: the fast module is fetched only when wanted, says what it is, trains the same model, and proves nothing.
import {readFileSync} from 'node:fs';
import {assert, by_key, open_page, press, ready, test, train, trained, until} from './harness.mjs';

const short = 'v=1&lab=m2.pretraining&p.max_steps=60&p.width=16';
const turbo_files = (log) => log.requests.filter((it) => it.includes('terrarium-turbo'));
const text_of = (page, key) => by_key(page, key).first().textContent();
/** The loss in training after each of the first 20 steps, as the plot saves it. */
const first_losses = async (page) => {
    const download = page.waitForEvent('download');
    await press(page, 'loss.csv');
    const rows = readFileSync(await (await download).path(), 'utf8').trim().split(/\r?\n/).slice(1).map((it) => it.split(','));
    const losses = rows.slice(1, 21).map((row) => Number(row[1]));
    assert.ok(losses.length === 20 && losses.every((it) => it > 0), 'twenty losses are in the file: ' + rows.slice(0, 3).join(' / '));
    return losses;
};

test('turbo: switched on in the settings, it is marked, close to the provable run, and gives no result code', async (t) => {
    const {page, log} = await open_page(t, {hash: short});
    await ready(page);
    await train(page, 60);
    const provable = await first_losses(page);
    assert.deepEqual(turbo_files(log), [], 'nobody asked for the fast module, so it is not fetched');

    await page.evaluate(() => { location.hash += '&page=settings'; });
    await by_key(page, 'settings.turbo').waitFor({state: 'attached'});
    await press(page, 'settings.turbo');
    await until('turbo is on', () => by_key(page, 'settings.turbo').isChecked());
    await page.evaluate(() => { location.hash = location.hash.replace('&page=settings', ''); });
    await by_key(page, 'turbo.mark').waitFor({state: 'attached'});
    await press(page, 'train');
    await until('the fast module comes', () => turbo_files(log).some((it) => it.endsWith('.wasm')));
    await trained(page, 60);
    const fast = await first_losses(page);
    fast.forEach((loss, step) => assert.ok(Math.abs(loss - provable[step]) <= 1e-3, `step ${step}: ${loss} is close to ${provable[step]}`));
    assert.match(await text_of(page, 'turbo.mark'), /not provable/);
    await until('the challenge says why it does not count', async () => /turbo/.test(await text_of(page, 'challenge.verdict')));
    assert.equal(await by_key(page, 'result.code').count(), 0, 'no result code');
    log.assert_clean();
});

test('turbo: the address switches it on, and a browser without relaxed SIMD says so and trains without it', async (t) => {
    const {page, log} = await open_page(t, {hash: short + '&turbo=1', before: () => {
        const validate = WebAssembly.validate;
        WebAssembly.validate = (bytes) => bytes.length < 100 && [...bytes].join().includes('253,133,2') ? false : validate(bytes);
    }});
    await ready(page);
    assert.match(await text_of(page, 'turbo.mark'), /cannot run it here/);
    await train(page, 20);
    assert.deepEqual(turbo_files(log), []);
    log.assert_clean();
});

test('turbo: when its module cannot be fetched, the page says so and the next run is the usual one', async (t) => {
    const {page, log} = await open_page(t, {hash: short + '&turbo=1', server: {intercept: (request, response, path) => {
        if (!path.includes('terrarium-turbo')) return false;
        response.writeHead(503).end();
        return true;
    }}});
    await ready(page);
    await until('the page knows that it cannot', async () => /cannot run it here/.test(await text_of(page, 'turbo.mark')));
    await train(page, 20);
    assert.ok(turbo_files(log).length, 'it was asked for');
});
