// The page comes in volumes (src/labs/volumes/): each address loads the module that has its lab, and moving from a lab of
// one to a lab of another loads the page again, with what was done kept.
import {assert, by_key, open_page, press, ready, run_words, test, until} from './harness.mjs';

const asked = (log, name) => log.requests.filter((url) => new RegExp(`/${name}(\\.[0-9a-f]+)?\\.wasm(\\?|$)`).test(url)).length;
const begin = async (page) => {
    await press(page, 'train');
    await until('the run has begun', async () => /[1-9]/.test(await run_words(page)));
};
const title = (page) => page.locator('#twin h1').first().textContent();

test('volumes: an address loads the module with its lab and no other', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m0.tokens&hide=predict'});
    await ready(page);
    await begin(page);
    assert.equal(await title(page), 'What a token is');
    assert.equal(asked(log, 'terrarium-data'), 1);
    assert.equal(asked(log, 'terrarium'), 0);
    assert.deepEqual(log.errors, []);
});

test('volumes: the map leads from a lab of one to a lab of the other and back, and progress comes along', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m0.tokens&hide=predict'});
    await ready(page);
    await begin(page);
    await page.evaluate(() => { location.hash += '&page=lessons'; });
    await by_key(page, 'lab.m2.pretraining').waitFor({state: 'attached'});
    await press(page, 'lab.m2.pretraining');
    await until('the other lab is there', async () => await title(page).catch(() => '') === 'A transformer learns to read', 30_000);
    await ready(page);
    assert.ok(asked(log, 'terrarium') >= 1);
    await page.evaluate(() => { location.hash = 'page=lessons'; });
    await by_key(page, 'lab.m0.tokens').waitFor({state: 'attached'});
    // What was done in the other volume is known here.
    assert.match(await by_key(page, 'lab.m0.tokens').textContent(), /Begun/);
    await press(page, 'lab.m0.tokens');
    await until('the first lab is there again', async () => await title(page).catch(() => '') === 'What a token is', 30_000);
    assert.deepEqual(log.errors, []);
}, {timeout_ms: 120_000});
