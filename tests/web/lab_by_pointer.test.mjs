// The main path with a mouse alone, at places of the canvas: wheel to scroll, press, drag. No element is addressed; the
// twin only says where things are, and afterwards whether the canvas reacted.
import {assert, by_key, open_page, painted, ready, run_words, sleep, steps_done, test, trained, until} from './harness.mjs';

/** Waits until the page has scrolled: a wheel turned while it still moves would overshoot. */
const stands_still = async (page) => {
    const top = () => page.evaluate(() => document.getElementById('scroller').scrollTop);
    for (let before = -1, now = await top(); now !== before;) {
        before = now;
        await painted(page);
        now = await top();
    }
};

const hand = (page) => {
    const box = (key) => by_key(page, key).boundingBox();
    /** Turns the wheel until the thing is well inside the window, as a person would. */
    const bring_into_sight = async (key) => {
        for (let turns = 0; turns < 60; ++turns) {
            const at = await box(key);
            assert.ok(at, `${key} is somewhere`);
            if (at.y > 70 && at.y + at.height < 730) return at;
            await page.mouse.move(640, 400);
            const off = at.y + at.height / 2 - 400;
            await page.mouse.wheel(0, Math.sign(off) * Math.min(300, Math.abs(off)));
            await stands_still(page);
        }
        assert.fail(`the wheel brings ${key} into sight`);
    };
    const press = async (key, x_fraction = 0.5) => {
        const at = await bring_into_sight(key);
        await page.mouse.move(at.x + at.width * x_fraction, at.y + at.height / 2);
        await painted(page);
        await page.mouse.down();
        await sleep(40);
        await page.mouse.up();
        await painted(page);
    };
    return {box, bring_into_sight, press};
};

test('predict, lock in, train, drag the learning rate, step, pause and stop with a mouse on the canvas', async (t) => {
    // A run that outlasts the hand, however slowly the pictures come: else it would be over before it is paused.
    const {page, log} = await open_page(t, {hash: 'p.max_steps=5000&p.batch_size=64'});
    await ready(page);
    const mouse = hand(page);
    assert.equal(await page.locator('#terrarium').getAttribute('data-mirror'), 'normal', 'the canvas is what one presses');
    // Every press below must land on the picture: no control of the twin takes it.
    await page.evaluate(() => {
        window.taken = [];
        document.addEventListener('click', (event) => {
            if (event.target.closest('button, input, select')) window.taken.push(event.target.dataset.key);
        }, true);
    });

    await mouse.press('predict.beats_bigram.much', 0.1);
    await until('the guess is chosen', () => by_key(page, 'predict.beats_bigram.much').isChecked());
    const steps_before = await by_key(page, 'predict.crossing_step').getAttribute('aria-valuetext');
    await mouse.press('predict.crossing_step', 0.2);
    await until('a press on the track moves the guess', async () =>
        await by_key(page, 'predict.crossing_step').getAttribute('aria-valuetext') !== steps_before);
    await mouse.press('predict.commit');
    await until('Train is unlocked', async () => await by_key(page, 'train').getAttribute('aria-disabled') !== 'true');
    await mouse.press('train');
    await trained(page, 10);

    const rate = () => by_key(page, 'learning_rate').getAttribute('aria-valuetext').then(Number);
    assert.equal(await rate(), 0.003);
    const track = await mouse.bring_into_sight('learning_rate');
    const y = track.y + track.height / 2;
    const start = track.x + track.width * (Number(await by_key(page, 'learning_rate').inputValue()) / 1000);
    await page.mouse.move(start, y);
    await painted(page);
    await page.mouse.down();
    const seen = new Set();
    for (let i = 1; i <= 6; ++i) {
        await page.mouse.move(start - i * track.width * 0.03, y + i);
        await painted(page);
        seen.add(await rate());
    }
    await page.mouse.up();
    await painted(page);
    const dragged = await rate();
    assert.ok(dragged > 0.0001 && dragged < 0.002, `dragging left lowers the learning rate: ${[...seen, dragged]}`);
    assert.ok(seen.size >= 3, `and it follows the pointer: ${[...seen]}`);
    await page.mouse.move(start, y + 60);
    await painted(page);
    assert.equal(await rate(), dragged, 'let go, it stays');

    await mouse.press('learning_rate.more');
    await until('the plus raises it', async () => await rate() > dragged);
    await mouse.press('learning_rate.less');
    await until('the minus lowers it again', async () => Math.abs(await rate() / dragged - 1) < 0.2);

    await mouse.press('train');
    await until('it pauses', async () => await by_key(page, 'train').textContent() === 'Continue');
    const at_pause = await steps_done(page);
    await sleep(500);
    assert.equal(await steps_done(page), at_pause, 'and stands still');
    await mouse.press('step_once');
    await until('Step takes one step', async () => await steps_done(page) === at_pause + 1);
    await mouse.press('train');
    await trained(page, at_pause + 10);
    await mouse.press('stop');
    await until('Stop ends the run', async () => await by_key(page, 'train').textContent() === 'Train again');
    assert.match(await run_words(page), /of 5,000 steps/);
    assert.deepEqual(await page.evaluate(() => window.taken), [], 'all of it on the canvas');
    log.assert_clean();
}, {timeout_ms: 180_000});

test('heads, tokens and the attention map answer the mouse', async (t) => {
    const {page} = await open_page(t, {hash: 'hide=predict&p.width=16&p.n_layers=1&p.context=16&p.max_steps=60'});
    await ready(page);
    const mouse = hand(page);
    await mouse.press('train');
    await trained(page, 60);
    await until('the map is there', () => by_key(page, 'attention').count());
    const words = () => by_key(page, 'attention').evaluate((el) => `${el.ariaLabel}: ${el.ariaValueText}`);
    await mouse.press('head.2');
    await until('another head is shown', async () => /head 1\.3/.test(await by_key(page, 'attention').getAttribute('aria-label')));
    const before = await words();
    const map = await mouse.bring_into_sight('attention');
    await page.mouse.click(map.x + map.width * 0.3, map.y + map.height * 0.4);
    await until('a row of the map is chosen', async () => await words() !== before);
    const chosen = await words();
    await mouse.press('walk.2');
    await until('a token is chosen', async () => await words() !== chosen);
    const sentence = await by_key(page, 'sentence').inputValue();
    await mouse.press('walk.next.0');
    await until('a guess is added to the sentence', async () => await by_key(page, 'sentence').inputValue() !== sentence);
});

test('a click counts however fast it is, with nothing after it', async (t) => {
    const {page} = await open_page(t);
    await ready(page);
    const at = await hand(page).bring_into_sight('challenge.hint');
    await sleep(500);
    await page.mouse.click(at.x + at.width / 2, at.y + at.height / 2);
    await until('the hint opens', () => by_key(page, 'challenge.hint.0').count(), 3000);
});
