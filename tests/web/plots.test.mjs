// Plots in a browser: two fingers and Ctrl with the wheel zoom them, one finger and the wheel alone scroll the page; a screen
// reader hears where the cursor is; thousands of points fit the frame budget.
import {assert, by_key, draws_cpu_ms, middle_of, open_page, ready, scrolled, sleep, test, until} from './harness.mjs';

const hash = 'lab=ui.gallery&item=plots';
const kLine = 'gallery.plots.line';
const is_zoomed = async (page, key) => await by_key(page, `${key}.zoom_out`).getAttribute('aria-disabled') !== 'true';

test('plots: the wheel scrolls the page also over a focused plot; with Ctrl it zooms the plot and not the page', async (t) => {
    const {page, log} = await open_page(t, {hash});
    await ready(page);
    const [x, y] = await middle_of(page, kLine);
    await page.mouse.click(x, y);
    await until('it has the focus', () => by_key(page, kLine).evaluate((el) => el === document.activeElement));
    const before = await scrolled(page);
    await page.mouse.wheel(0, 150);
    await until('the page scrolls', async () => await scrolled(page) > before + 100);
    assert.equal(await is_zoomed(page, kLine), false);

    const [x_now, y_now] = await middle_of(page, kLine);
    const at_rest = await scrolled(page);
    await page.mouse.move(x_now, y_now);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await until('the plot is zoomed', () => is_zoomed(page, kLine));
    await page.mouse.wheel(0, 300);
    await page.mouse.wheel(0, 300);
    await until('and back', async () => !await is_zoomed(page, kLine));
    await page.keyboard.up('Control');
    assert.equal(await scrolled(page), at_rest);
    log.assert_clean();
});

test('plots: two fingers zoom a plot while the page stays, one finger scrolls the page and leaves the plot', async (t) => {
    const {page, context, log} = await open_page(t, {hash, viewport: [360, 740], touch: true});
    await ready(page);
    const session = await context.newCDPSession(page);
    const touch = (type, ...points) => session.send('Input.dispatchTouchEvent',
        {type, touchPoints: points.map(([x, y], id) => ({x, y, id}))});
    const [x, y] = await middle_of(page, kLine);
    const before = await scrolled(page);
    await touch('touchStart', [x - 20, y]);
    await touch('touchStart', [x - 20, y], [x + 20, y]);
    for (let i = 1; i <= 8; ++i) {
        await touch('touchMove', [x - 20 - 10 * i, y - 2 * i], [x + 20 + 10 * i, y + 2 * i]);
        await sleep(16);
    }
    await touch('touchEnd');
    await until('the plot is zoomed', () => is_zoomed(page, kLine));
    assert.equal(await scrolled(page), before, 'the page stays');
    assert.equal(await page.evaluate(() => visualViewport.scale), 1, 'and is not magnified');

    // One finger: the page scrolls, the zoomed plot keeps what it shows. Its picture says so.
    await touch('touchStart', [x, y]);
    for (let i = 1; i <= 10; ++i) {
        await touch('touchMove', [x, y - 15 * i]);
        await sleep(16);
    }
    await touch('touchEnd');
    await until('the page scrolls', async () => await scrolled(page) > before + 80);
    log.assert_clean();
});

test('plots: the keys change the value that is read out and not the name; an empty plot is a picture', async (t) => {
    const {page} = await open_page(t, {hash});
    await ready(page);
    const plot = page.getByRole('slider', {name: 'Loss of three runs', exact: true});
    await plot.focus();
    assert.equal(await plot.getAttribute('aria-roledescription'), 'plot');
    assert.equal(await plot.getAttribute('aria-valuetext'), 'The arrow keys read out its values.');
    await page.keyboard.press('Home');
    await until('the first step', async () => /^step 1, training /.test(await plot.getAttribute('aria-valuetext')));
    await page.keyboard.press('End');
    await until('the last', async () => /^step 200, training /.test(await plot.getAttribute('aria-valuetext')));
    assert.equal(await plot.getAttribute('aria-valuenow'), '199');
    assert.equal(await plot.getAttribute('aria-label'), 'Loss of three runs');
    await page.keyboard.press('Escape');
    await until('nothing chosen', async () => /arrow keys/.test(await plot.getAttribute('aria-valuetext')));
    const empty = page.getByRole('img', {name: 'Empty', exact: true});
    assert.equal(await empty.count(), 1);
    for (const name of ['aria-valuetext', 'aria-valuenow', 'aria-roledescription']) assert.equal(await empty.getAttribute(name), null);
});

test('plots: fifty thousand points and values stay inside the frame budget while the pointer moves over them', async (t) => {
    const {page} = await open_page(t, {hash});
    await ready(page);
    for (const key of ['gallery.plots.scatter.many', 'gallery.plots.many']) {
        const [x, y] = await middle_of(page, key);
        const moving = (async () => {
            for (let i = 0; i < 120; ++i) {
                await page.mouse.move(x - 150 + i * 2, y + i % 20);
                await sleep(20);
            }
        })();
        const draws = await draws_cpu_ms(page, 2500);
        await moving;
        const p95 = draws[Math.floor(draws.length * 0.95)];
        console.log(`      ${key}: ${draws.length} draws, median ${draws[draws.length >> 1].toFixed(1)} ms, 95 % ${p95.toFixed(1)} ms`);
        assert.ok(draws.length > 20, 'it follows the pointer');
        assert.ok(p95 <= 8, `${p95} ms`);
    }
}, {alone: true});
