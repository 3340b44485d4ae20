// With fingers, on small screens: real touch events, an input method for Chinese, a keyboard on the screen, a turned device.
import {assert, by_key, middle_of, open_page, painted, press, ready, scrolled, serve, serve_host, shot, sleep, steps_done, test, train, until} from './harness.mjs';

const small = 'lab=m2.pretraining&hide=predict&p.width=8&p.n_layers=1&p.context=16&p.max_steps=30';
/** Wide enough that the settings stand beside the lab, not in a sheet. */
const tablet = (t, more = {}) => open_page(t, {hash: small, viewport: [820, 740], touch: true, ...more});
const phone = (t, more = {}) => open_page(t, {hash: small, viewport: [360, 740], touch: true, ...more});

/** A finger that moves from (x, y) by (dx, dy) in ten steps. */
const swipe = async (session, x, y, dx, dy) => {
    const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', {type, touchPoints: points});
    await touch('touchStart', {x, y});
    for (let i = 1; i <= 10; ++i) {
        await touch('touchMove', {x: x + dx * i / 10, y: y + dy * i / 10});
        await sleep(16);
    }
    await touch('touchEnd');
};

/** A thumb on a phone: swipes until the thing is in the middle third of the window, then taps it. */
const thumb = async (page, session) => {
    const {width, height} = page.viewportSize();
    const stands_still = async () => {  // a flick goes on for a while
        for (let before = -1, now = await scrolled(page); now !== before;) {
            before = now;
            await sleep(120);
            now = await scrolled(page);
        }
    };
    return async (key, x_fraction = 0.5) => {
        for (let swipes = 0; swipes < 80; ++swipes) {
            await stands_still();
            const at = await by_key(page, key).boundingBox();
            assert.ok(at, `${key} is somewhere`);
            const middle = at.y + at.height / 2;
            if (middle > height * 0.25 && middle < height * 0.75) {
                await page.touchscreen.tap(at.x + at.width * x_fraction, middle);
                return painted(page);
            }
            const by = Math.max(-height * 0.4, Math.min(height * 0.4, height / 2 - middle));
            await swipe(session, width - 3, height / 2 - by / 2, 0, by);
        }
        assert.fail(`swipes bring ${key} into sight`);
    };
};

test('touch: the first lab from the guess to the verdict with a thumb alone, on a phone', async (t) => {
    const {page, context, log} = await open_page(t, {viewport: [360, 740], touch: true, hash: 'p.max_steps=600&p.learning_rate=0.006'});
    await ready(page);
    const tap = await thumb(page, await context.newCDPSession(page));
    await tap('predict.beats_bigram.much');
    await tap('predict.crossing_step', 0.3);
    await tap('predict.commit');
    await tap('train');
    await until('the run is over', async () => await steps_done(page) === 600, 60_000);
    const shares = [];
    for (const layer of [1, 2]) {
        for (const head of [1, 2, 3, 4]) {
            await tap(`layer.${layer - 1}`);
            await tap(`head.${head - 1}`);
            shares.push({layer, head, percent: await until(`head ${layer}.${head} is shown`, async () => {
                const words = await page.evaluate(() => document.getElementById('twin').textContent);
                const found = words.match(/In this sentence head (\d)\.(\d) puts (\d+)\s?%/);
                return found && found[1] === `${layer}` && found[2] === `${head}` && 1 + Number(found[3]);
            })});
        }
    }
    shares.sort((a, b) => b.percent - a.percent);
    const passed = () => page.evaluate(() => /You beat the bigram line by/.test(
        document.querySelector('[data-key="challenge.verdict"]').textContent));
    for (const {layer, head} of shares.slice(0, 4)) {
        await tap(`layer.${layer - 1}`);
        await tap(`head.${head - 1}`);
        await tap('tag_head');
        if (await until('passed', passed, 10_000).then(() => true, () => false)) break;
    }
    assert.ok(await passed(), JSON.stringify(shares));
    await tap('result.copy');
    await until('it says that the code is copied, or how to copy it', () => page.evaluate(() =>
        /Copied|Copying was not allowed/.test(document.getElementById('say-status').textContent)));
    log.assert_clean();
}, {timeout_ms: 240_000});

test('touch: a swipe up scrolls also from a plot; a swipe along a slider moves the slider and not the page', async (t) => {
    const {page, context, log} = await tablet(t);
    await ready(page);
    await train(page, 10);
    const session = await context.newCDPSession(page);

    const [plot_x, plot_y] = await middle_of(page, 'loss');
    const before_plot = await scrolled(page);
    await swipe(session, plot_x, plot_y, 0, -150);
    await until('from a plot', async () => await scrolled(page) > before_plot + 80);

    const [x, y] = await middle_of(page, 'learning_rate');
    await sleep(600);
    const before = await scrolled(page), slider = by_key(page, 'learning_rate');
    const value = await slider.getAttribute('aria-valuetext');
    await swipe(session, x - 60, y, 120, 0);
    await until('the slider moves', async () => await slider.getAttribute('aria-valuetext') !== value);
    assert.equal(await scrolled(page), before);
    assert.equal(await page.evaluate(() => document.documentElement.scrollLeft + document.getElementById('scroller').scrollLeft), 0);
    log.assert_clean();
});

test('touch: controls are 44 px high under a finger, and follow when a mouse is attached', async (t) => {
    const {page, context} = await phone(t);
    await ready(page);
    const session = await context.newCDPSession(page);
    const height = () => by_key(page, 'train').evaluate((el) => el.getBoundingClientRect().height);
    assert.ok(await height() >= 44, `${await height()}`);
    assert.equal(await page.evaluate(() => matchMedia('(pointer: coarse)').matches), true);
    await session.send('Emulation.setTouchEmulationEnabled', {enabled: false});
    await until('the mouse has its own size', async () => await height() < 44);
});

test('touch: Chinese written with an input method arrives once, and nothing half-written is used', async (t) => {
    const {page, context, log} = await tablet(t);
    await ready(page);
    await press(page, 'text.own');
    const field = by_key(page, 'own.draft').locator('css=:is(textarea, input)').or(page.locator('textarea[data-key="own.draft"]')).first();
    await field.focus();
    const use = () => by_key(page, 'own.use').getAttribute('aria-disabled');
    const session = await context.newCDPSession(page);
    for (const text of ['n', 'ni', 'nih', '你好'])
        await session.send('Input.imeSetComposition', {text, selectionStart: text.length, selectionEnd: text.length});
    await painted(page);
    await sleep(300);
    assert.equal(await use(), 'true', 'half-written text is not told to the program');
    await session.send('Input.insertText', {text: '你好'});
    await until('the program has it', async () => await use() !== 'true');
    await session.send('Input.insertText', {text: '，世界'});
    await painted(page);
    assert.equal(await field.inputValue(), '你好，世界');
    log.assert_clean();
});

test('touch: the keyboard on the screen does not cover the field, nor the bar at the lower edge', async (t) => {
    const {page} = await tablet(t, {before: () => {
        // As on iOS: the keyboard covers the page without making it smaller; only the visual viewport tells.
        window.keyboard = 0;
        const height = Object.getOwnPropertyDescriptor(VisualViewport.prototype, 'height').get;
        Object.defineProperty(visualViewport, 'height', {get() { return height.call(visualViewport) - window.keyboard; }});
    }});
    await ready(page);
    await press(page, 'text.own');
    const field = page.locator('[data-key="own.draft"] textarea, textarea[data-key="own.draft"]').first();
    await field.evaluate((el) => { el.scrollIntoView({block: 'end'}); el.focus({preventScroll: true}); });
    await sleep(200);
    const bottom = () => field.evaluate((el) => el.getBoundingClientRect().bottom);
    assert.ok(await bottom() > 740 - 320, 'it would be covered');
    await page.evaluate(() => { window.keyboard = 320; visualViewport.dispatchEvent(new Event('resize')); });
    await until('it stands above the keyboard', async () => await bottom() <= 740 - 320);
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'TEXTAREA', 'and keeps the focus');
    assert.equal(await page.evaluate(() => document.getElementById('canvas').getBoundingClientRect().bottom), 740 - 320);
    await shot(page, 'keyboard');
    await page.evaluate(() => { window.keyboard = 0; visualViewport.dispatchEvent(new Event('resize')); });
    await until('and the room comes back', () => page.evaluate(() =>
        document.getElementById('canvas').getBoundingClientRect().bottom === 740));
});

test('touch: turning the device keeps the run and the place', async (t) => {
    const {page, log} = await phone(t);
    await ready(page);
    await train(page, 30);
    await middle_of(page, 'loss');
    const top = () => by_key(page, 'loss').evaluate((el) => el.getBoundingClientRect().top);
    const steps = await by_key(page, 'progress').getAttribute('aria-valuetext');
    await page.setViewportSize({width: 740, height: 360});
    await painted(page);
    await sleep(500);
    const seen = await top();
    assert.ok(seen > -360 && seen < 360, `the plot is still in sight: ${seen}`);
    await shot(page, 'turned');
    await page.setViewportSize({width: 360, height: 740});
    await painted(page);
    await sleep(500);
    assert.ok(await top() > -200 && await top() < 740, `and after turning back: ${await top()}`);
    assert.equal(await by_key(page, 'progress').getAttribute('aria-valuetext'), steps);
    log.assert_clean();
});

test('touch: in a frame 320 px wide nothing scrolls sideways, and a finger gets past it', async (t) => {
    const server = await serve(t);
    const host = await serve_host(t, `<!doctype html><meta name="viewport" content="width=device-width"><body style="margin:0">
        <p style="height:200px">Before</p><iframe src="${server.url}#${small}" width="320" height="500" style="border:0"></iframe>
        <p style="height:1500px">After</p>`);
    const {page, context} = await open_page(t, {url: host, viewport: [320, 600], touch: true});
    const frame = await until('the frame is there', () => page.frames()[1]);
    await ready(frame);
    assert.equal(await frame.evaluate(() => document.documentElement.scrollWidth), 320);
    assert.ok(await frame.evaluate(() => document.getElementById('scroller').scrollWidth) <= 320);
    const session = await context.newCDPSession(page);
    await frame.evaluate(() => { const it = document.getElementById('scroller'); it.scrollTop = it.scrollHeight; });
    await sleep(200);
    await swipe(session, 160, 500, 0, -300);
    await until('at its end the page around it scrolls', async () => await page.evaluate(() => scrollY) > 50);
    await shot(page, 'frame-320');
});

test('graphics: twenty labs on one page; those out of sight give their context back, and draw when they are seen', async (t) => {
    const server = await serve(t);
    const frames = `<iframe src="${server.url}#${small}" width="600" height="500" loading="lazy"></iframe><br>`.repeat(20);
    const host = await serve_host(t, `<!doctype html><body>${frames}`);
    const {page, log} = await open_page(t, {url: host, viewport: [640, 600]});
    const count = 20;
    for (let i = 0; i < count; ++i) {
        const element = page.locator('iframe').nth(i);
        await element.scrollIntoViewIfNeeded();
        const frame = await (await element.elementHandle()).contentFrame();
        await ready(frame, 40_000);
    }
    await page.locator('iframe').first().scrollIntoViewIfNeeded();
    const first = await (await page.locator('iframe').first().elementHandle()).contentFrame();
    await until('the first draws again', () => first.evaluate(() =>
        !document.getElementById('canvas').getContext('webgl2').isContextLost()));
    assert.equal(await first.evaluate(() => document.documentElement.dataset.mirror), 'normal', 'on the canvas, not as a plain page');
    const last = await (await page.locator('iframe').nth(count - 1).elementHandle()).contentFrame();
    await until('the last has given its back', () => last.evaluate(() =>
        document.getElementById('canvas').getContext('webgl2').isContextLost()));
    assert.deepEqual(log.errors.filter((it) => !/CONTEXT_LOST/.test(it)), []);
}, {timeout_ms: 180_000});
