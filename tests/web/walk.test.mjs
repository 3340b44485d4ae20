// Every screen by keyboard, by screen reader rules, and under random hands.
import {accessibility_findings, assert, by_key, open_page, ready, sleep, test, until} from './harness.mjs';
import {all_states, screen_ids, section_ids, settle} from './screens.mjs';

for (const [name, state] of all_states) {
    test(`keyboard: Tab walks through ${name} and out again, both ways`, async (t) => {
        const {page, log} = await open_page(t, {hash: state.hash});
        await settle(page, state);
        const stops = await page.evaluate(() => [...document.querySelectorAll('#terrarium :is(button, a[href], input, select, textarea, [tabindex="0"])')]
            .filter((el) => !el.disabled && el.tabIndex >= 0 && el.getClientRects().length).length);
        const limit = 2 * stops + 20;  // enough for a walk that begins anywhere; a trap never ends
        for (const keys of ['Tab', 'Shift+Tab']) {
            const seen = [];
            let is_out = false;
            await page.evaluate(() => document.activeElement?.blur?.());
            for (let i = 0; i < limit && !is_out; ++i) {
                await page.keyboard.press(keys);
                const at = await page.evaluate(() => document.activeElement === document.body ? '' :
                    document.activeElement.dataset.key || document.activeElement.id || document.activeElement.tagName);
                is_out = at === '' && seen.length > 0;
                if (at) seen.push(at);
            }
            assert.ok(is_out, `${keys} leaves the page within ${limit} presses; seen: ${seen.slice(-12)}`);
            assert.ok(seen.length >= Math.min(3, stops), `${keys} stops at controls: ${seen}`);
        }
        log.assert_clean();
    }, {timeout_ms: 90_000});
}

for (const mirror of ['visible', 'overlay']) {
    for (const [name, state] of all_states) {
        if (name.startsWith('lab')) continue;  // modes.test.mjs walks through the lab
        test(`axe-core finds nothing on ${name}, mirror=${mirror}`, async (t) => {
            const {page, log} = await open_page(t, {hash: `${state.hash}&mirror=${mirror}`, viewport: [mirror === 'visible' ? 1280 : 360, 800],
                theme: mirror === 'visible' ? 'light' : 'dark'});
            await settle(page, state);
            assert.deepEqual(await accessibility_findings(page), []);
            log.assert_clean();
        });
    }
}

/** The same stream of numbers 0..1 for the same seed (mulberry32), so that what was found is found again. */
const numbers = (seed) => () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let x = Math.imul(seed ^ seed >>> 15, 1 | seed);
    x = x + Math.imul(x ^ x >>> 7, 61 | x) ^ x;
    return ((x ^ x >>> 14) >>> 0) / 4294967296;
};

const kFuzz_s = 60;
test(`fuzz: ${kFuzz_s} s of random actions, and no error`, async (t) => {
    const seed = Number(process.env.FUZZ_SEED || 20261127);
    const random = numbers(seed);
    const pick = (list) => list[Math.floor(random() * list.length)];
    const places = ['lab=m2.pretraining&p.max_steps=200&p.width=8', ...screen_ids.map((id) => `page=${id}`), ...section_ids.map((id) => `lab=ui.gallery&item=${id}`)];
    // The module with the gallery has every place; the other one would load the page again for it.
    const {page, log} = await open_page(t, {hash: 'lab=ui.gallery&item=words'});
    // Saving a file or opening another page is not what is tried here.
    await page.route(/./, (route) => route.request().isNavigationRequest() && !route.request().url().includes('127.0.0.1') ?
        route.abort() : route.continue());
    await ready(page);
    const done = [];
    const actions = {
        twin: async () => page.evaluate(([a, b]) => {
            const controls = [...document.querySelectorAll('#terrarium [data-key]:is(button, input, select, textarea, a, [role=img], [role=slider])')];
            const el = controls[Math.floor(a * controls.length)];
            if (!el) return 'nothing';
            const set = (value) => {
                el.value = value;
                el.dispatchEvent(new Event('input', {bubbles: true}));
                el.dispatchEvent(new Event('change', {bubbles: true}));
            };
            if (el.type === 'file') return 'file';
            if (el.tagName === 'TEXTAREA' || el.type === 'text') set(['', 'the cat', 'ﬁ ½ 漢字 مرحبا 🙂', '9'.repeat(300)][Math.floor(b * 4)]);
            else if (el.type === 'number') set(['', '-1', '0.003', '1e9', '7'][Math.floor(b * 5)]);
            else if (el.type === 'range') set(String(Number(el.min) + b * (Number(el.max) - Number(el.min))));
            else if (el.tagName === 'SELECT') {
                el.selectedIndex = Math.floor(b * el.options.length);
                el.dispatchEvent(new Event('change', {bubbles: true}));
            } else el.click();
            return el.dataset.key;
        }, [random(), random()]),
        pointer: async () => {
            const size = page.viewportSize();
            const [x, y] = [random() * size.width, random() * size.height];
            await page.mouse.click(x, y);
            return `${x.toFixed(0)},${y.toFixed(0)}`;
        },
        drag: async () => {
            const size = page.viewportSize();
            await page.mouse.move(random() * size.width, random() * size.height);
            await page.mouse.down();
            await page.mouse.move(random() * size.width, random() * size.height, {steps: 4});
            await page.mouse.up();
            return '';
        },
        wheel: async () => { await page.mouse.wheel(0, random() * 1200 - 600); return ''; },
        key: async () => {
            const key = pick(['Tab', 'Tab', 'Shift+Tab', 'Enter', ' ', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Escape', 'Home',
                'End', 'PageDown', 'a', '7', 'Backspace']);
            await page.keyboard.press(key);
            return key;
        },
        size: async () => {
            const [width, height] = pick([[1280, 800], [820, 1180], [360, 740], [320, 568], [2560, 1440], [640, 200]]);
            await page.setViewportSize({width, height});
            return `${width}x${height}`;
        },
        place: async () => {
            const hash = pick(places);
            await page.evaluate((hash) => { location.hash = hash; }, hash);
            return hash;
        },
    };
    const weighted = ['twin', 'twin', 'twin', 'twin', 'pointer', 'pointer', 'drag', 'wheel', 'key', 'key', 'size', 'place'];
    const deadline = Date.now() + kFuzz_s * 1000;
    let pages = 0;
    page.context().on('page', (other) => { if (other !== page) ++pages, other.close().catch(() => {}); });
    while (Date.now() < deadline) {
        const kind = pick(weighted);
        done.push(`${kind} ${await actions[kind]()}`);
        if (await page.evaluate(() => document.documentElement.dataset.state) !== 'running' || log.errors.length) {
            // An offered update or a reload that the page itself asked for is no fault; a stopped program is.
            const state = await page.evaluate(() => document.documentElement.dataset.state);
            assert.deepEqual([state, log.errors], ['running', []], `seed ${seed}, after ${done.length} actions: ${done.slice(-8).join(' | ')}`);
        }
    }
    assert.ok(done.length > 100, `${done.length} actions`);
    console.log(`      ${done.length} actions with seed ${seed}`);
    // It still works.
    await page.setViewportSize({width: 1280, height: 800});
    await page.evaluate(() => { location.hash = 'hide=predict&p.max_steps=60&p.width=8'; });
    await until('the lab is there', () => by_key(page, 'train').count());
    await sleep(300);
    assert.deepEqual(log.errors, []);
}, {timeout_ms: 150_000});
