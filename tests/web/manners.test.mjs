// A guest on somebody's page: wheel, keys, touch and focus stay the host's, the picture is crisp, the box is followed, and
// lost graphics come back.
import {assert, by_key, frames_within, open_page, press, ready, serve, serve_host, sleep, steps_done, test, train, trained,
    until} from './harness.mjs';

const small = 'hide=predict&p.width=8&p.n_layers=1&p.context=16';

/** A course page with a text field before and after a frame of ours; the page is higher than the window. */
const open_course = async (t, {hash = '', height = 600, ...options} = {}) => {
    const server = await serve(t);
    const host = await serve_host(t, `<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title>
        <meta name="viewport" content="width=device-width"><style>body { font: 16px sans-serif; margin: 16px }
        iframe { width: 100%; height: ${height}px; border: 0 }</style>
        <p><label>Your name <input id="before"></label></p>
        <iframe id="lab" title="Lab" src="${server.url}#${hash}" allow="clipboard-write"></iframe>
        <p><label>Your answer <input id="after"></label></p><p style="height: 1500px">More text.</p>`);
    const opened = await open_page(t, {url: host, ...options});
    const frame = await (await opened.page.waitForSelector('#lab')).contentFrame();
    await ready(frame);
    return {...opened, frame};
};
const scrolled = (page) => page.evaluate(() => scrollY);
const inner = (frame) => frame.evaluate(() => document.getElementById('scroller').scrollTop);

test('the wheel scrolls the lab first, and the page around it when the lab is at its end', async (t) => {
    const {page, frame} = await open_course(t, {hash: small});
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, 200);
    await until('the lab scrolls', async () => await inner(frame) > 100);
    assert.equal(await scrolled(page), 0, 'and the page around it stays');
    await frame.evaluate(() => document.getElementById('scroller').scrollTo(0, 1e6));
    await sleep(800);  // a new gesture: a browser keeps one gesture at one target
    for (let i = 0; i < 4; ++i) await page.mouse.wheel(0, 200);
    await until('then the page around it scrolls', async () => await scrolled(page) > 100);
});

test('a lab that fits its frame never holds the wheel', async (t) => {
    const {page, frame} = await open_course(t, {hash: small + '&hide=lesson,challenge', height: 2400});
    assert.ok(await frame.evaluate(() => document.getElementById('scroller').scrollHeight <= innerHeight + 1), 'it fits');
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, 300);
    await until('the page around it scrolls', async () => await scrolled(page) > 200);
});

test('typing in the page around it is not heard by the lab', async (t) => {
    const {page, frame} = await open_course(t, {hash: small});
    await page.locator('#before').click();
    await page.keyboard.type('a b 1 2 ');
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('#before').inputValue(), 'a b 1 2 ');
    assert.equal(await steps_done(frame), 0);
});

test('Tab goes into the lab, through it, and out again', async (t) => {
    const {page, frame} = await open_course(t, {hash: small});
    await page.locator('#before').focus();
    const seen = [];
    let is_out = false;
    for (let i = 0; i < 250 && !is_out; ++i) {
        await page.keyboard.press('Tab');
        is_out = await page.evaluate(() => document.activeElement.id) === 'after';
        if (!is_out) seen.push(await frame.evaluate(() => document.activeElement?.dataset.key || document.activeElement?.id || ''));
    }
    assert.ok(is_out, `the field after the lab is reached; seen: ${seen}`);
    assert.ok(seen.includes('train') && seen.includes('learning_rate'), `${seen}`);
    await page.keyboard.press('Shift+Tab');
    // The frame is a process of its own, so the focus arrives there a moment after the key.
    await until('and back in', async () => await page.evaluate(() => document.activeElement.id) === 'lab', 5000);
    await until('at its last control', async () => await frame.evaluate(() => document.activeElement?.dataset.key) === seen.filter(Boolean).at(-1), 5000);
});

test('a finger pans the lab, also when it begins on a slider', async (t) => {
    // A tablet: phones fold the settings into a sheet.
    const {page, context} = await open_page(t, {hash: small, viewport: [820, 740], touch: true});
    await ready(page);
    const session = await context.newCDPSession(page);
    const pan = async (x, y, distance) => {
        const touch = (type, ...points) => session.send('Input.dispatchTouchEvent', {type, touchPoints: points});
        await touch('touchStart', {x, y});
        for (let i = 1; i <= 10; ++i) {
            await touch('touchMove', {x, y: y - distance * i / 10});
            await sleep(16);
        }
        await touch('touchEnd');
    };
    await pan(180, 500, 300);
    await until('it scrolls', async () => await inner(page) > 200);
    await by_key(page, 'learning_rate').scrollIntoViewIfNeeded();
    await sleep(300);
    const before = await inner(page);
    const value = await by_key(page, 'learning_rate').getAttribute('aria-valuetext');
    const at = await by_key(page, 'learning_rate').boundingBox();
    await pan(at.x + at.width / 2, at.y + at.height / 2, at.y > 370 ? 200 : -200);
    await until('a pan that begins on a slider scrolls too', async () => Math.abs(await inner(page) - before) > 100);
    await sleep(300);
    assert.equal(await by_key(page, 'learning_rate').getAttribute('aria-valuetext'), value, 'and leaves the slider alone');
});

test('a flick goes on after the finger has left, slows down, and a touch stops it', async (t) => {
    const {page, context} = await open_page(t, {hash: small, viewport: [820, 740], touch: true});
    await ready(page);
    const session = await context.newCDPSession(page);
    // With times of its own: how fast the finger was must not depend on how busy this machine is.
    const touch = (type, at_ms, ...points) =>
        session.send('Input.dispatchTouchEvent', {type, touchPoints: points, timestamp: at_ms / 1000});
    const flick = async () => {
        const begin = Date.now();
        await touch('touchStart', begin, {x: 180, y: 600});
        for (let i = 1; i <= 6; ++i) await touch('touchMove', begin + 10 * i, {x: 180, y: 600 - 50 * i});
        await touch('touchEnd', begin + 62);
    };
    await flick();
    const places = [];
    for (let i = 0; i < 14; ++i) {
        places.push(await inner(page));
        await sleep(150);
    }
    assert.ok(places.at(-1) > places[0] + 50, `it goes on: ${places}`);
    const half = places.length >> 1;
    assert.ok(places[half] - places[0] > places.at(-1) - places[half], `and slows down: ${places}`);

    await page.evaluate(() => document.getElementById('scroller').scrollTo(0, 0));
    await sleep(300);
    await flick();
    await touch('touchStart', Date.now(), {x: 180, y: 400});
    await sleep(100);
    const held = await inner(page);
    await sleep(500);
    assert.ok(Math.abs(await inner(page) - held) <= 1, 'held');
    await touch('touchEnd', Date.now());
});

for (const dpr of [1, 1.25, 2, 3]) {
    test(`the canvas has exactly the device's pixels at devicePixelRatio ${dpr}`, async (t) => {
        const {page} = await open_page(t, {dpr, viewport: [900, 600], hash: small});
        await ready(page);
        const [pixels, box] = await page.evaluate(() => {
            const canvas = document.getElementById('canvas'), rect = canvas.getBoundingClientRect();
            return [[canvas.width, canvas.height], [rect.width, rect.height]];
        });
        assert.deepEqual(pixels, box.map((side) => Math.round(side * dpr)));
    });
}

test('follows its box, and never scrolls sideways from 320 to 1280 px', async (t) => {
    const {page} = await open_page(t, {hash: small + '&p.max_steps=20'});
    await ready(page);
    await train(page, 20);
    for (const width of [1280, 820, 360, 320, 1000]) {
        await page.setViewportSize({width, height: 700});
        await until(`the canvas follows to ${width} px`, () => page.evaluate((width) =>
            document.getElementById('canvas').width === width, width));
        await sleep(200);
        const found = await page.evaluate(() => ({
            sideways: [document.getElementById('scroller'), document.documentElement]
                .filter((el) => el.scrollWidth > el.clientWidth + 1).map((el) => el.id || 'page'),
            outside: [...document.querySelectorAll('[data-key]')].filter((el) => {
                const box = el.getBoundingClientRect();
                return box.width && (box.right > innerWidth + 1 || box.left < -1);
            }).map((el) => el.dataset.key),
        }));
        assert.deepEqual(found, {sideways: [], outside: []}, `at ${width} px`);
    }
});

/** How many different colours the middle of the canvas shows, read from a picture of the page. */
const is_drawn = (page) => page.evaluate(() => new Promise((done) => Terrarium.after_frame(() => {
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [200, 200];
    copy.getContext('2d').drawImage(document.getElementById('canvas'), 100, 60, 600, 600, 0, 0, 200, 200);
    done(new Set(new Uint32Array(copy.getContext('2d').getImageData(0, 0, 200, 200).data.buffer)).size > 20);
})));

test('graphics lost in mid-training: the run goes on, and the picture comes back', async (t) => {
    const {page, log} = await open_page(t, {hash: 'hide=predict&p.max_steps=5000'});
    await ready(page);
    await train(page, 20);
    assert.ok(await is_drawn(page), 'there is a picture');
    await page.evaluate(() => {
        window.lose = document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context');
        window.lose.loseContext();
    });
    const at = await steps_done(page);
    await trained(page, at + 10);
    await page.evaluate(() => window.lose.restoreContext());
    await until('the picture is back', () => is_drawn(page));
    await trained(page, at + 30);
    assert.deepEqual(log.errors.filter((it) => !/CONTEXT_LOST|context lost/i.test(it)), []);
});

test('graphics lost for good: the lab goes on as a plain page, and says so', async (t) => {
    const {page} = await open_page(t, {hash: 'hide=predict&p.max_steps=5000'});
    await ready(page);
    await train(page, 20);
    await page.evaluate(() => document.getElementById('canvas').getContext('webgl2').getExtension('WEBGL_lose_context').loseContext());
    await until('it says so', () => page.getByText('Graphics stopped').isVisible());
    const at = await steps_done(page);
    await trained(page, at + 10);
    assert.equal(await page.locator('#terrarium').getAttribute('data-mirror'), 'visible');
});

test('a worker that hangs is noticed, and a new one starts', async (t) => {
    const {page} = await open_page(t, {hash: 'hide=predict&p.max_steps=5000'});
    await ready(page);
    await train(page, 20);
    page.workers()[0].evaluate(() => { for (;;); }).catch(() => {});  // it never answers again
    const problem = by_key(page, 'run.problem');
    await until('it says so', () => problem.count());
    assert.match(await problem.textContent(), /has not answered for 5 seconds\. Press Train to start a new one/);
    await press(page, 'train');
    await until('the new run begins', async () => await problem.count() === 0);
    await trained(page, 20);
});

test('a worker that is slow to answer because the tab was frozen does not count as hanging', async (t) => {
    const {page, context} = await open_page(t, {hash: 'hide=predict&p.max_steps=5000'});
    await ready(page);
    await train(page, 20);
    const session = await context.newCDPSession(page);
    await session.send('Page.setWebLifecycleState', {state: 'frozen'});
    await sleep(8000);
    await session.send('Page.setWebLifecycleState', {state: 'active'});
    await sleep(2500);
    assert.equal(await by_key(page, 'run.problem').count(), 0);
    const at = await steps_done(page);
    await trained(page, at + 20);
}, {timeout_ms: 90_000});

test('idle after a run: at most two draws a second', async (t) => {
    const {page} = await open_page(t, {hash: small + '&p.max_steps=20'});
    await ready(page);
    await train(page, 20);
    await sleep(3000);
    const count = await frames_within(page, 4000);
    assert.ok(count <= 8, `${count} draws in 4 s`);
}, {alone: true});
