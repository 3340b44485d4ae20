// The page around the lab keeps the learner's progress where the browser keeps nothing for its frame: terrarium-lab.js does
// it by itself, or hands it to its author.
import {assert, by_key, open_page, ready, serve, serve_host, test, until} from './harness.mjs';
import {click, import_labs, save, started, text_of} from './progress_hands.mjs';

/** A course page of another site with labs that have no storage of their own. */
const open_course = async (t, {labs = '<terrarium-lab opaque page="progress" height="600"></terrarium-lab>', script = ''} = {}) => {
    const server = await serve(t);
    const host = await serve_host(t, `<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title>
        <script type="module">import '${server.url}terrarium-lab.js';</script><script>${script}</script>
        <div style="height: 600px; overflow: auto">${labs}</div></html>`);
    const opened = await open_page(t, {url: host});
    return {...opened, host};
};
const lab_of = async (page, index = 0) => {
    const element = page.locator('terrarium-lab').nth(index);
    await element.evaluate((it) => it.scrollIntoView());
    const frame = await (await element.locator('iframe').elementHandle()).contentFrame();
    await ready(frame, 30_000);
    await started(frame);
    return frame;
};
const done_labs = (frame) => by_key(frame, 'progress.done.labs').textContent({timeout: 2000}).catch(() => '');

test('a host that includes terrarium-lab.js keeps progress for a frame without storage, through a reload', async (t) => {
    const {page, log} = await open_course(t);
    const lab = await lab_of(page);
    assert.equal(await lab.evaluate(() => { try { return String(indexedDB.open('x')); } catch (error) { return error.name; } }),
        'SecurityError', 'the browser keeps nothing for it');
    assert.match(await text_of(lab, 'where.words'), /course page/);
    await import_labs(lab, ['kept.by_element']);
    assert.equal(await save(lab), true, 'acknowledged');
    await page.reload();
    const again = await lab_of(page);
    await until('it is there again', async () => /kept\.by_element/.test(await done_labs(again)));

    await click(again, 'progress.forget');
    await until('it asks again', () => by_key(again, 'progress.forget.yes').count());
    await click(again, 'progress.forget.yes');
    await until('it is done', () => by_key(again, 'progress.forgotten').count());
    const kept = await page.evaluate(() => new Promise((done) => {
        indexedDB.open('terrarium-kept').onsuccess = ({target}) => {
            target.result.transaction('progress').objectStore('progress').getAll().onsuccess = (it) => done(it.target.result);
        };
    }));
    assert.deepEqual(kept.map((it) => it.slots), [['', '']], 'and the page keeps nothing of it');
    log.assert_clean();
});

test('two labs on a course page, and a second tab of it: what they save is united, and forgotten together', async (t) => {
    const two = '<terrarium-lab opaque page="progress" height="600"></terrarium-lab>'.repeat(2);
    const {page, context, host, log} = await open_course(t, {labs: two});
    const other_tab = await context.newPage();
    await other_tab.goto(host);
    const labs = [await lab_of(other_tab), await lab_of(page, 0), await lab_of(page, 1)];
    const show = async (which) => {  // what nobody sees is not drawn
        const tab = which ? page : other_tab;
        await tab.bringToFront();
        await tab.locator('terrarium-lab').nth(which > 1 ? 1 : 0).evaluate((it) => it.scrollIntoView());
    };
    for (let i = 0; i < 2; ++i) {
        for (const [which, lab] of labs.entries()) {
            await show(which);
            await import_labs(lab, [`of.lab${which}.${i}`]);
        }
    }
    for (let i = 0; i < 20; ++i) await Promise.all(labs.map(save));
    await page.bringToFront();
    await page.reload();
    const again = await lab_of(page);
    const all = await until('they are there', () => done_labs(again));
    for (const which of [0, 1, 2]) for (const i of [0, 1]) assert.match(all, new RegExp(`of\\.lab${which}\\.${i}`));

    await click(again, 'progress.forget');
    await until('it asks again', () => by_key(again, 'progress.forget.yes').count());
    await click(again, 'progress.forget.yes');
    await until('it is done', () => by_key(again, 'progress.forgotten').count());
    assert.equal(await save(labs[0]), false, 'the other tab does not bring it back');
    await show(0);
    await until('and says so', async () => /deleted in another tab/.test(await text_of(labs[0], 'trouble.words')));
    log.assert_clean();
}, {timeout_ms: 120_000});

test('an author keeps progress elsewhere: a refusal is said and tried again; keep="no" keeps nothing', async (t) => {
    const {page} = await open_course(t, {script: `
        window.kept = new Map(); window.is_broken = false;
        addEventListener('DOMContentLoaded', () => { document.querySelector('terrarium-lab').keeper = {
            load: (key) => kept.get(key),
            save: async (key, value) => {
                if (is_broken) throw new DOMException('no room', 'QuotaExceededError');
                kept.set(key, JSON.parse(JSON.stringify(value)));
            }}; });`});
    const lab = await lab_of(page);
    await import_labs(lab, ['kept.by_author']);
    const is_kept = (words) => page.evaluate((words) =>
        [...kept.values()].some((it) => it.slots.some((slot) => atob(slot).includes(words))), words);
    await until('the author has it', () => is_kept('kept.by_author'));
    await page.evaluate(() => { window.is_broken = true; });
    await import_labs(lab, ['while.broken']);
    await until('it is said', async () => await by_key(lab, 'trouble.words').count() && /no room left/.test(await text_of(lab, 'trouble.words')));
    await page.evaluate(() => { window.is_broken = false; });
    await until('it is tried again', () => is_kept('while.broken'), 15_000);

    const off = await open_course(t, {labs: '<terrarium-lab opaque keep="no" page="progress" height="600"></terrarium-lab>'});
    assert.match(await text_of(await lab_of(off.page), 'where.words'), /only in this page/);
});

test('slots that are too long or no slots are refused by the element, without an error in the page', async (t) => {
    const {page, log} = await open_course(t);
    const lab = await lab_of(page);
    const answers = await lab.evaluate(async () => {
        const found = [];
        for (const slots of [['A'.repeat(360001), ''], ['<b>', ''], ['', '', ''], 'AAAA', null, [{}, '']])
            found.push((await Terrarium.host.keep({slots})).reason);
        return found;
    });
    assert.deepEqual(answers, Array(6).fill('failed'));
    log.assert_clean();
});
