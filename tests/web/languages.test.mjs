// Ready for languages: no word that nobody can translate, nothing cut when words are longer, letters that no shipped font
// has, a language that is chosen on the page, and words of a script that the browser must shape.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {make_release, read_release, write_release} from '../../tools/release.mjs';
import {assert, by_key, dist, open_page, painted, predict, press, ready, sleep, test, until} from './harness.mjs';
import {screen_ids, section_ids, small_run} from './screens.mjs';

/** Runs in the page: what has two letters side by side outside of brackets, is on screen, and is neither data nor a name. */
const bare_words = () => {
    const data = /^(brand|text_smaller|text_larger|sample\.|written|walk|guesses|attention|about\.(sources|aws|build|licence)|simplified\.sources\.list|settings\.language\.en|.*\.(csv|png)$)/;
    const is_bare = (words) => {
        let depth = 0, letters = 0;
        for (const c of words) {
            depth += c === '[' ? 1 : c === ']' ? -1 : 0;
            letters = depth <= 0 && /[a-z]/i.test(c) ? letters + 1 : 0;
            if (letters > 1) return true;
        }
        return false;
    };
    return [...document.querySelectorAll('#twin [data-key]')].filter((el) => !data.test(el.dataset.key) && !el.querySelector('[data-key]'))
        .map((el) => [el.dataset.key, el.getAttribute('aria-label') || el.innerText || ''])
        .filter(([, words]) => is_bare(words)).map((it) => it.join(': '));
};

/** Runs in the page: what makes it scroll sideways, or stands outside of it. */
const too_wide = () => [
    ...[document.getElementById('scroller'), document.documentElement].filter((el) => el.scrollWidth > el.clientWidth + 1).map((el) => el.id || 'page'),
    ...[...document.querySelectorAll('[data-key]')].filter((el) => {
        const box = el.getBoundingClientRect();
        return box.width && (box.right > innerWidth + 1 || box.left < -1);
    }).map((el) => el.dataset.key)];

const widths = [1280, 360, 320];
const check_widths = async (page, where) => {
    for (const width of widths) {
        await page.setViewportSize({width, height: 740});
        await until(`the canvas follows to ${width} px`, () => page.evaluate((width) => document.getElementById('canvas').width === width, width));
        await sleep(200);
        assert.deepEqual(await page.evaluate(too_wide), [], `${where} at ${width} px is not too wide`);
        assert.deepEqual(await page.evaluate(bare_words), [], `${where} at ${width} px has no word that cannot be translated`);
    }
};

test('languages: 40 % longer words fit into the lab from 320 to 1280 px, before and after a run, and all are translated', async (t) => {
    const {page, log} = await open_page(t, {hash: `${small_run}&lang=x-long`});
    await ready(page);
    await check_widths(page, 'the lab');
    await page.setViewportSize({width: 1280, height: 800});
    await predict(page);
    await press(page, 'train');
    await until('the run is over', () => page.evaluate(() =>
        /^\[?60 .*60 /.test(document.querySelector('[data-key="progress"]')?.getAttribute('aria-valuetext') || '')));
    await sleep(300);
    await check_widths(page, 'the lab after a run');
    log.assert_clean();
}, {timeout: 90_000});

test('languages: 40 % longer words fit into every screen from 320 to 1280 px, and all are translated', async (t) => {
    const {page, log} = await open_page(t, {hash: 'page=map&lang=x-long'});
    await ready(page);
    for (const id of screen_ids.filter((it) => it !== 'gallery')) {
        await page.evaluate((id) => { location.hash = `page=${id}&lang=x-long`; }, id);
        await by_key(page, id === 'search' ? 'search.words' : 'page.title').waitFor({state: 'attached'});
        await painted(page);
        await check_widths(page, id);
    }
    log.assert_clean();
}, {timeout: 120_000});

for (const lang of ['x-long', 'x-cjk']) {
    test(`languages: words of ${lang} fit into every widget of the gallery at 360 and 1280 px`, async (t) => {
        const {page, log} = await open_page(t, {hash: `lab=ui.gallery&item=${section_ids[0]}&lang=${lang}`});
        await ready(page);
        for (const id of section_ids) {
            await page.evaluate((hash) => { location.hash = hash; }, `lab=ui.gallery&item=${id}&lang=${lang}`);
            await by_key(page, `gallery.${id}`).waitFor({state: 'attached'});
            for (const width of [1280, 360]) {
                await page.setViewportSize({width, height: 740});
                await until(`the canvas follows to ${width} px`, () => page.evaluate((width) => document.getElementById('canvas').width === width, width));
                await painted(page);
                assert.deepEqual(await page.evaluate(too_wide), [], `${id} at ${width} px is not too wide`);
            }
        }
        log.assert_clean();
    }, {timeout: 120_000});
}

/** A picture of the heading's first letters on the canvas. */
const picture_of = async (page, key) => {
    const box = await by_key(page, key).boundingBox();
    return (await page.screenshot({clip: {x: box.x, y: box.y, width: 60, height: box.height}})).toString('base64');
};

/** Runs before the page's scripts: every letter of the device is a square of `share` of the line's height. */
const squares_for_glyphs = (share) => `{
    const draw_glyph = (character, em) => {
        const side = Math.round(em * ${share});
        return {width: side, height: side, left: 0, top: -side, advance: em, is_colored: false, data: new Uint8Array(side * side * 4).fill(255)};
    };
    let program, language;
    Object.defineProperty(window, 'Terrarium', {configurable: true, get: () => program, set: (value) => {
        program = value;
        Object.defineProperty(value, 'language', {get: () => language, set: (real) => { language = {...real, draw_glyph}; }});
    }});
}`;

test('languages: letters that no shipped font has are drawn as the device draws them', async (t) => {
    const pictures = [];
    for (const before of [undefined, squares_for_glyphs(0.3), squares_for_glyphs(0.8)]) {
        const {page, log} = await open_page(t, {hash: 'lang=x-cjk', before: before && {content: before}});
        await ready(page);
        await painted(page);
        assert.match(await by_key(page, 'lesson.title').textContent(), /^[学习模型数据训练语言 ]+$/);
        pictures.push(await picture_of(page, 'lesson.title'));
        log.assert_clean();
    }
    assert.equal(new Set(pictures).size, 3, 'three devices with other letters give three pictures');
});

/** A release that speaks German a little. */
const german_release = (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-de-'));
    t.after(() => rmSync(folder, {recursive: true, force: true}));
    const {files, build} = read_release(dist);
    const put = (name, value) => files.set(`content/locales/${name}.json`, Buffer.from(JSON.stringify({schema: 1, ...value})));
    put('index', {languages: [{tag: 'en', name: 'English'}, {tag: 'de', name: 'Deutsch'}]});
    put('de', {words: {'Settings': 'Einstellungen', 'A transformer learns to read': 'Ein Transformer lernt lesen',
        'Please check the connection and try again.': 'Bitte die Verbindung prüfen.'}});
    write_release(folder, make_release(files, build));
    return folder;
};

test('languages: what is chosen in the settings is spoken at once, by lesson and page, and again on the next visit', async (t) => {
    const {page, log} = await open_page(t, {hash: 'page=settings&lang=en', server: {root: german_release(t)}});
    await ready(page);
    await press(page, 'settings.language.de');
    await until('the title is German', async () => await by_key(page, 'page.title').textContent() === 'Einstellungen', 5000);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'de');
    assert.equal(await page.evaluate(() => Terrarium.say('Please check the connection and try again.')), 'Bitte die Verbindung prüfen.');
    await until('the address asks for English no more', () => page.evaluate(() => !/lang=en/.test(location.hash)), 5000);
    await press(page, 'nav.back');
    await until('the lesson is German', async () => await by_key(page, 'lesson.title').textContent() === 'Ein Transformer lernt lesen', 5000);
    await sleep(800);  // until it is saved
    await page.reload();
    await ready(page);
    await until('the next visit is German', async () => await by_key(page, 'lesson.title').textContent() === 'Ein Transformer lernt lesen', 5000);
    log.assert_clean();
});

test('languages: the words of the page itself are known before the program runs', async (t) => {
    const {page} = await open_page(t, {hash: 'lang=de', server: {root: german_release(t), intercept: (request, response, path) => {
        if (!path.endsWith('.wasm')) return false;
        setTimeout(() => request.socket.destroy(), 1000);
        return true;
    }}});
    await page.locator('#boot-problem').waitFor({state: 'visible'});
    assert.match(await page.locator('#boot-problem').innerText(), /Bitte die Verbindung prüfen\./);
});

test('languages: what the page says before the program runs and beside it can be translated to the last word', async (t) => {
    const {page: cover} = await open_page(t, {hash: 'lang=x-long', server: {intercept: (request, response, path) => {
        if (!path.endsWith('.wasm')) return false;
        setTimeout(() => request.socket.destroy(), 1500);
        return true;
    }}});
    const all_in_brackets = (words) => words.length > 0 && words.every((it) => /^\[.*\]$/s.test(it));
    await until('the cover is translated', async () =>
        all_in_brackets(await cover.locator('#boot [data-say]').allTextContents()), 5000);
    assert.equal(await cover.locator('.boot-card > p:not([data-say], .stages)').count(), 0, 'no paragraph of the cover is English');
    await cover.locator('#boot-problem').waitFor({state: 'visible'});
    assert.ok(all_in_brackets(await cover.locator('#boot-problem *').allTextContents()), 'the problem is translated');

    const {page, log} = await open_page(t, {hash: 'lang=x-long&p.text=own'});
    await ready(page);
    await page.evaluate(() => Terrarium.files.take('own.file', new File(['7'.repeat(3000)], '7.txt'), 1000));
    await until('the refusal', async () => await by_key(page, 'own.note').textContent() === '[“7.txt” has [3 kB]; at most [1 kB] fit in here.]', 5000);
    assert.equal(await page.evaluate(() => Terrarium.say('{1} and {0}', '$&', 0)), '[0 and $&]', 'values stay what they are');
    log.assert_clean();
});

test('languages: Arabic that a learner types stands in the text layer as it is, to be shaped by the browser', async (t) => {
    const {page, log} = await open_page(t, {hash: small_run});
    await ready(page);
    await predict(page);
    await press(page, 'train');
    await by_key(page, 'sentence').waitFor({state: 'attached'});
    const words = 'السلام عليكم';
    const field = page.locator('[data-key="sentence"]:is(input, textarea), [data-key="sentence"] :is(input, textarea)').first();
    await field.fill(words);
    await painted(page);
    assert.equal(await field.inputValue(), words);
    await page.keyboard.press('Tab');
    await sleep(300);
    assert.ok(await page.evaluate((words) => [...document.querySelectorAll('#twin input, #twin textarea, #twin [data-key]')].some((el) =>
        `${el.value} ${el.textContent}`.includes(words)), words), 'the twin has the words');
    log.assert_clean();
});
