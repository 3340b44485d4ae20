// Draws only when something changed: an idle page costs nothing, a hidden one even less.
import {assert, frames_within, open_page, ready, sleep, test, train} from './harness.mjs';

/** As if the tab were covered; headless tabs are always visible, so the page is told so. */
const set_hidden = (page, hidden) => page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
    Object.defineProperty(document, 'visibilityState', {configurable: true, get: () => hidden ? 'hidden' : 'visible'});
    document.dispatchEvent(new Event('visibilitychange', {bubbles: true}));
}, hidden);

test('idle: at most two draws a second', async (t) => {
    const {page} = await open_page(t);
    await ready(page);
    await sleep(3000);
    const count = await frames_within(page, 5000);
    assert.ok(count <= 10, `${count} draws in 5 s`);
    assert.ok(await page.evaluate(() => window.frames_drawn.length) > 0, 'it did draw before');
}, {alone: true});

test('hidden: no draw at all, also while training, and it goes on when seen again', async (t) => {
    const {page} = await open_page(t);
    await ready(page);
    await train(page, 10);
    await set_hidden(page, true);
    await sleep(300);
    assert.equal(await frames_within(page, 2000), 0);
    await set_hidden(page, false);
    assert.ok(await frames_within(page, 2000) > 2, 'draws again');
}, {alone: true});

// What a draw costs is the business of speed_report.
test('training: at most about ten draws a second', async (t) => {
    const {page} = await open_page(t);
    await ready(page);
    await sleep(1500);
    await train(page, 10);
    const count = await frames_within(page, 4000);
    assert.ok(count >= 4 && count <= 52, `${count} draws in 4 s`);
}, {alone: true});
