// The shell as people use it in a browser: by keyboard alone, by pointer, with forced colours, on paper, on a phone.
import {accessibility_findings, assert, by_key, click_canvas_at, open_page, painted, press, ready, sleep, test, until} from './harness.mjs';

const focused = (page) => page.evaluate(() => document.activeElement?.dataset?.key || document.activeElement?.id || '');
const is_focused = (page, key) => until(`${key} has the focus`, async () => await focused(page) === key, 5000);
const text_of = (page, key) => by_key(page, key).textContent();
const parameters = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
/** Presses Tab until that control has the focus, as a person who looks for it. */
const tab_to = async (page, key, most = 40) => {
    for (let i = 0; i < most; ++i) {
        if (await focused(page) === key) return;
        await page.keyboard.press('Tab');
    }
    assert.fail(`${key} is reached with ${most} times Tab; the focus is on ${await focused(page)}`);
};

test('map by keyboard: from the lab to the map, to a module, and into its lab', async (t) => {
    const {page, log} = await open_page(t);
    await ready(page);
    await tab_to(page, 'brand');
    await page.keyboard.press('Enter');
    await is_focused(page, 'page.title');
    await tab_to(page, 'map.m2');
    await page.keyboard.press('Enter');
    await until('the module is there', () => by_key(page, 'lab.m2.pretraining').count());
    await is_focused(page, 'page.title');
    await tab_to(page, 'lab.m2.pretraining');
    await page.keyboard.press(' ');
    await until('the lab is there', () => by_key(page, 'train').count());
    log.assert_clean();
});

test('map by pointer: a press on the drawn stage opens its labs', async (t) => {
    const {page} = await open_page(t, {hash: 'page=map'});
    await ready(page);
    await by_key(page, 'map.m1').waitFor({state: 'attached'});
    await painted(page);
    await click_canvas_at(page, 'map.m1');
    await until('the module is there', () => by_key(page, 'planned.m1.0').count());
});

test('search by keyboard: results come while typing, Enter opens the first, Escape leads back', async (t) => {
    const {page, log} = await open_page(t);
    await ready(page);
    await tab_to(page, 'nav.search');
    await page.keyboard.press('Enter');
    await is_focused(page, 'search.words');
    await by_key(page, 'search.words').fill('perplex');
    await until('the term is found', async () => /^perplexity/.test(await text_of(page, 'search.result.0').catch(() => '')));
    await until('the address says it', async () => (await parameters(page)).item === 'perplex', 5000);
    await page.keyboard.press('Enter');
    await is_focused(page, 'glossary.close');
    assert.equal(await text_of(page, 'glossary.term'), 'perplexity');
    await page.keyboard.press('Escape');
    await is_focused(page, 'search.words');
    assert.equal(await by_key(page, 'search.words').inputValue(), 'perplex', 'what was typed is kept');
    log.assert_clean();
});

test('settings take effect at once: theme and contrast reach the page around the canvas, the size of letters the layout', async (t) => {
    const {page, log} = await open_page(t, {hash: 'page=settings'});
    await ready(page);
    await by_key(page, 'settings.theme.dark').waitFor({state: 'attached'});
    const variable = (name) => page.evaluate((it) => getComputedStyle(document.documentElement).getPropertyValue(it).trim(), name);
    await press(page, 'settings.theme.dark');
    await until('the page is dark', async () => await variable('--bg') === '#12161c');
    await press(page, 'settings.contrast.more');
    await until('with more contrast', async () => await variable('--bg') === '#000000' && await variable('--ink') === '#ffffff');
    const before = (await by_key(page, 'page.title').boundingBox()).height;
    await by_key(page, 'settings.size.number').fill('200');
    await page.keyboard.press('Enter');
    await until('letters are larger', async () => (await by_key(page, 'page.title').boundingBox()).height > before * 1.8);
    log.assert_clean();
});

test('menu: nothing behind it takes focus, Escape gives the focus back, and it can be pressed away', async (t) => {
    const {page, log} = await open_page(t, {viewport: [360, 740]});
    await ready(page);
    await press(page, 'nav.menu');
    await is_focused(page, 'menu.close');
    const seen = new Set();
    for (let i = 0; i < 30; ++i) {
        await page.keyboard.press('Tab');
        seen.add(await focused(page));
    }
    const behind = [...seen].filter((key) => key && !/^menu|^theme$|^text_|^mirror$/.test(key));
    assert.deepEqual(behind, [], 'the focus stays in the menu or leaves the page');
    await by_key(page, 'menu.help').focus();
    await page.keyboard.press('Escape');
    await is_focused(page, 'nav.menu');
    assert.equal(await by_key(page, 'menu').count(), 0);
    await press(page, 'nav.menu');
    await is_focused(page, 'menu.close');
    await painted(page);  // a person sees the menu before pressing beside it
    await page.mouse.click(180, 20);
    await until('the menu is gone', async () => await by_key(page, 'menu').count() === 0);
    log.assert_clean();
});

test('sheet on a phone: it scrolls by itself with the wheel, and a press lands where it is drawn', async (t) => {
    const {page, log} = await open_page(t, {viewport: [360, 640]});
    await ready(page);
    await by_key(page, 'settings.open').evaluate((el) => el.click());
    await is_focused(page, 'settings.sheet.close');
    await by_key(page, 'shape.show').evaluate((el) => el.click());
    await by_key(page, 'token_shift').waitFor({state: 'attached'});
    await painted(page);
    const sheet = await by_key(page, 'settings.sheet').boundingBox();
    await page.mouse.move(180, sheet.y + sheet.height / 2);
    await page.mouse.wheel(0, 3000);
    await until('it has scrolled', () => by_key(page, 'settings.sheet').evaluate((el) => el.scrollTop > 100));
    assert.equal(await page.evaluate(() => document.getElementById('scroller').scrollTop), 0, 'the page behind has not');
    await painted(page);
    const box = await by_key(page, 'token_shift').boundingBox();
    await page.mouse.click(box.x + 12, box.y + box.height / 2);
    await until('the switch is on', () => by_key(page, 'token_shift').isChecked());
    log.assert_clean();
});

test('presenting by keys: Alt+P begins, Page Down and arrows turn the steps also from a button, R begins again, Escape ends', async (t) => {
    const {page, log} = await open_page(t, {hash: 'p.width=8&p.n_layers=1&p.context=16&p.max_steps=60'});
    await ready(page);
    await page.keyboard.press('p');
    await page.keyboard.press('r');
    await sleep(200);
    assert.equal(await by_key(page, 'present').count(), 0, 'a bare letter does nothing');
    await page.keyboard.press('Alt+p');
    await is_focused(page, 'present.next');
    assert.equal(await by_key(page, 'header').count(), 0);
    await page.keyboard.press('PageDown');
    await until('step 2', async () => /^Step 2 /.test(await text_of(page, 'present.step')));
    await page.keyboard.press('ArrowRight');
    await until('step 3', async () => /^Step 3 /.test(await text_of(page, 'present.step')));
    assert.equal(await page.evaluate(() => document.getElementById('scroller').scrollTop), 0, 'the key did not scroll, too');
    await page.keyboard.press('PageUp');
    await until('step 2 again', async () => /^Step 2 /.test(await text_of(page, 'present.step')));
    await press(page, 'train');
    await until('it has trained', async () => await text_of(page, 'train') === 'Train again');
    await page.keyboard.press('r');
    await until('it begins again', async () => await text_of(page, 'train') === 'Train');
    assert.match(await text_of(page, 'present.step'), /^Step 2 /);
    await page.keyboard.press('Escape');
    await until('the header is back', () => by_key(page, 'header').count());
    log.assert_clean();
});

test('forced colours: the canvas is drawn in the system colours that the browser shows', async (t) => {
    const {page, log} = await open_page(t, {forced_colors: true, hash: 'page=about'});
    await ready(page);
    await by_key(page, 'about.notices').waitFor({state: 'attached'});
    await painted(page);
    const [canvas, at_corner, n_colours] = await page.evaluate(async (base64) => {
        const probe = document.createElement('i');
        probe.style.backgroundColor = 'Canvas';
        document.body.append(probe);
        const named = getComputedStyle(probe).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
        const pen = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
        pen.drawImage(bitmap, 0, 0);
        const drawn = [...pen.getImageData(bitmap.width / 2, bitmap.height - 10, 1, 1).data.slice(0, 3)];
        return [named, drawn, new Set(new Uint32Array(pen.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer)).size];
    }, (await page.screenshot()).toString('base64'));
    assert.deepEqual(at_corner, canvas, 'the background is the system\'s');
    assert.ok(n_colours > 20, 'and something is drawn on it');
    assert.equal(await by_key(page, 'theme').count(), 0, 'no button that could do nothing');
    log.assert_clean();
});

test('notes on paper: the answers as switched, no buttons, dark letters on white', async (t) => {
    const {page, log} = await open_page(t, {hash: 'page=notes', theme: 'dark'});
    await ready(page);
    await by_key(page, 'notes.answers').waitFor({state: 'attached'});
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({media: 'print'});
    assert.ok(await by_key(page, 'notes.show.0').isVisible(), 'the notes are on the paper');
    for (const key of ['notes.print', 'notes.present', 'notes.answers', 'header'])
        assert.ok(!await by_key(page, key).isVisible(), `${key} is not`);
    const ink = await by_key(page, 'notes.show.0').evaluate((el) => getComputedStyle(el).color);
    assert.equal(ink, 'rgb(0, 0, 0)');
    await page.emulateMedia({media: 'screen'});
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    assert.equal(await page.locator('#terrarium').getAttribute('data-mirror'), 'normal', 'the picture is back');
    log.assert_clean();
});

test('axe-core finds nothing in the menu, as a plain page and over the canvas', async (t) => {
    for (const mirror of ['visible', 'overlay']) {
        const {page} = await open_page(t, {hash: `mirror=${mirror}`});
        await ready(page);
        await by_key(page, 'nav.menu').evaluate((el) => el.click());
        await by_key(page, 'menu.close').waitFor({state: 'attached'});
        await sleep(300);
        assert.deepEqual(await accessibility_findings(page), [], mirror);
    }
});

test('bar below: on a phone it covers neither what has the focus nor lets a field be seen through it', async (t) => {
    for (const hash of ['hide=predict', 'page=progress']) {
        const {page, log} = await open_page(t, {viewport: [360, 740], hash});
        await ready(page);
        await painted(page);
        const bar = await by_key(page, 'sticky_bar').boundingBox();
        assert.ok(bar.x === 0 && bar.width === 360 && Math.abs(bar.y + bar.height - 740) < 1, JSON.stringify(bar));
        const covered = [];
        for (let i = 0; i < 60; ++i) {
            await page.keyboard.press('Tab');
            await painted(page);
            const seen = await page.evaluate((top) => {
                const el = document.activeElement, box = el && el.getBoundingClientRect();
                if (!el || !el.dataset.key || el.closest('[data-key=sticky_bar]') || box.height > top / 2) return '';
                return box.bottom > top + 1 ? el.dataset.key : '';
            }, bar.y);
            if (seen) covered.push(seen);
        }
        assert.deepEqual(covered, [], `${hash}: with the focus below the bar`);
        // A place where a field lies across the bar's edge.
        const field = page.locator('#twin .textbox').first();
        if (await field.count()) {
            await page.evaluate((top) => {
                const box = document.querySelector('#twin .textbox').getBoundingClientRect();
                const scroller = document.getElementById('scroller');
                scroller.scrollTop += (box.top + box.bottom) / 2 - top;
            }, bar.y);
            await painted(page);
            const under = await page.evaluate(([x, y]) => !!document.elementFromPoint(x, y)?.closest('.textbox'), [180, bar.y + 6]);
            assert.equal(under, false, `${hash}: a field lies over the bar`);
        }
        log.assert_clean();
    }
}, {timeout_ms: 60_000});
