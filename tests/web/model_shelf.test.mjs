// The shelf of models in a real browser: made in the worker, read card by card, and judged when all six are chosen.
import {assert, by_key, open_page, press, ready, test, until} from './harness.mjs';

const unlocked = (page, key) => until(`${key} is unlocked`, async () =>
    await by_key(page, key).getAttribute('aria-disabled') !== 'true');

test('thirteen models are made, six needs come, and the choices are judged', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m2.model_shelf&p.max_steps=20'});
    await ready(page);
    await press(page, 'predict.best_is_allowed.few');
    await unlocked(page, 'predict.commit');
    await press(page, 'predict.commit');
    await unlocked(page, 'train');
    await press(page, 'train');
    await until('the shelf is full', async () =>
        /13 of 13/.test(await by_key(page, 'progress').getAttribute('aria-valuetext') ?? ''), 60_000);
    await until('the needs are there', () => by_key(page, 'need.card').count());
    assert.equal(await by_key(page, 'review').count(), 0, 'nothing is judged before all six are chosen');
    const choices = {ticket_machine: 'pairs', reading_room: 'scribe_l', pocket_diary: 'scribe_m8', post_room: 'three_pairs',
        gate_camera: 'stamps', school_robot: 'net'};
    for (const [need, card] of Object.entries(choices)) {
        await press(page, `need.${need}`);
        await until(`${need} is open`, async () => (await by_key(page, `need.${need}`).getAttribute('aria-selected')) === 'true');
        await press(page, `choose.${card}`);
        await until(`${need} has its choice`, async () => /✓/.test(await by_key(page, `need.${need}`).textContent() +
            (await by_key(page, `need.${need}`).getAttribute('aria-label') ?? '')));
    }
    await until('the choices are judged', () => by_key(page, 'review').count());
    const words = await by_key(page, 'review').textContent();
    assert.match(words, /licence/, 'the post room may not use answers of the three pair counters');
    assert.deepEqual(log.errors ?? [], []);
}, {timeout_ms: 150_000});
