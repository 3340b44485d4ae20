// The learner's progress in a real browser: it stays, nothing gets lost between two tabs, and every way in which a
// browser refuses to keep something is said and survived.
import {assert, by_key, open_page, ready, serve, serve_host, sleep, test, train, until} from './harness.mjs';
import {click, export_with, give, import_labs, newest, page_hash, put, save, started, stored, text_of} from './progress_hands.mjs';

const tiny = 'p.n_layers=1&p.width=8&p.n_heads=1&p.context=8&p.batch_size=2&p.max_steps=60';

test('progress: what was done is there after a reload', async (t) => {
    const {page, log} = await open_page(t, {hash: tiny});
    await ready(page);
    await train(page, 60);
    await until('the run is saved', async () => newest(await stored(page))?.progress.labs['m2.pretraining']?.is_run);
    await page.reload();
    await ready(page);
    await page.evaluate(() => { location.hash = 'page=progress'; });
    await until('the page shows it', async () => /Trained/.test(await text_of(page, 'progress.done.labs')));
    await until('it says so', async () => /Everything is saved/.test(await text_of(page, 'progress.home.saved')));
    log.assert_clean();
});

test('progress: a tab that is closed right after a change has saved it', async (t) => {
    const {page, context, server} = await open_page(t, {hash: page_hash});
    await started(page);
    // A browser that is slow to open its database is asked again; until then the page says that it keeps nothing.
    await until('the browser keeps it', async () => /this browser/.test(await text_of(page, 'where.words')));
    await import_labs(page, ['closed.at_once']);
    const closed = page.waitForEvent('close');
    await page.close({runBeforeUnload: true});  // returns before it is closed
    await closed;
    const again = await context.newPage();
    await again.goto(server.url + '#' + page_hash);
    await until('it is there', async () => newest(await stored(again))?.progress.labs['closed.at_once']);
    await until('what was left beside the slots is tidied up', async () =>
        !Object.keys(await stored(again)).some((key) => key.startsWith('leaving.')));
});

test('progress: two tabs with a hundred saves each lose nothing', async (t) => {
    const {page, context, server, log} = await open_page(t, {hash: page_hash, webgl: false});
    await started(page);
    const other = await context.newPage();
    await other.goto(server.url + '#' + page_hash);
    await started(other);
    const kChanges = 10, kSaves = 100;
    const work = async (tab, name) => {
        const file = await Promise.all(Array.from({length: kChanges}, (_, i) => export_with([`${name}.${i}`])));
        // All in the page, as fast as it goes; each save is acknowledged before the next.
        return tab.evaluate(async ([files, n_saves]) => {
            const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            const shown = async (key) => {
                for (let i = 0; i < 200 && !document.querySelector(`[data-key="${key}"]`); ++i) await frame();
                return document.querySelector(`[data-key="${key}"]`);
            };
            let n_saved = 0;
            for (const file of files) {
                Terrarium.give_file('progress.import', 'progress.json', new TextEncoder().encode(file), 200);
                (await shown('progress.import.apply')).click();
                while (document.querySelector('[data-key="progress.import.apply"]')) await frame();
                for (let i = 0; i < n_saves; ++i) if (await Terrarium.store.save_now()) ++n_saved;
            }
            return n_saved;
        }, [file, kSaves / kChanges]);
    };
    await page.bringToFront();
    const saved = await Promise.all([work(page, 'one'), work(other, 'two')]);
    assert.deepEqual(saved, [kSaves, kSaves], 'every save was acknowledged');
    const labs = Object.keys(newest(await stored(page)).progress.labs).filter((id) => /^(one|two)\./.test(id));
    assert.equal(labs.length, 2 * kChanges, 'nothing is lost');
    await until('one of them says that there is another', async () =>
        await by_key(page, 'progress.home.tabs').count() + await by_key(other, 'progress.home.tabs').count());
    log.assert_clean();
}, {timeout_ms: 240_000});

test('progress: a full store is said, export goes on, and saving comes back by itself', async (t) => {
    const {page} = await open_page(t, {hash: page_hash});
    await started(page);
    await save(page);
    // As a browser reports it: the transaction is aborted, and its error has this name.
    await page.evaluate(() => {
        const put = IDBObjectStore.prototype.put;
        const error = new DOMException('full', 'QuotaExceededError');
        const real = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
        IDBObjectStore.prototype.put = function (...given) {
            const request = put.apply(this, given);
            this.transaction.abort();
            return request;
        };
        Object.defineProperty(IDBTransaction.prototype, 'error', {get: () => error, configurable: true});
        window.make_room = () => {
            IDBObjectStore.prototype.put = put;
            Object.defineProperty(IDBTransaction.prototype, 'error', real);
        };
    });
    await import_labs(page, ['when.full']);
    assert.equal(await save(page), false, 'nothing is acknowledged');
    await until('it is said', async () => /no room left/.test(await text_of(page, 'trouble.words')));
    await click(page, 'where.export');
    await page.evaluate(() => window.make_room());
    await until('it is saved by itself', async () => newest(await stored(page))?.progress.labs['when.full'], 15_000);
    await until('and nothing is said any more', async () => await by_key(page, 'trouble.words').count() === 0);
});

test('progress: a sandboxed frame keeps nothing, says so, and gives the export as text', async (t) => {
    const server = await serve(t);
    const host = await serve_host(t, `<!doctype html><html lang="en"><title>A course</title>
        <iframe id="lab" title="Lab" style="width:100%;height:700px" src="${server.url}#${page_hash}" sandbox="allow-scripts"></iframe></html>`);
    const {page, log} = await open_page(t, {url: host});
    const frame = await (await page.waitForSelector('#lab')).contentFrame();
    await ready(frame, 30_000);
    await until('it is said', async () => /only in this page/.test(await text_of(frame, 'where.words')));
    await click(frame, 'where.export');
    const text = await frame.locator('dialog textarea').inputValue();
    assert.equal(JSON.parse(text).format, 'Terrarium progress');
    log.assert_clean();
});

test('progress: a host that was named keeps it where the browser does not', async (t) => {
    const server = await serve(t);
    const host = await serve_host(t, `<!doctype html><html lang="en"><title>A course</title>
        <iframe id="lab" title="Lab" style="width:100%;height:700px" sandbox="allow-scripts"></iframe><script>
        window.slots = ['', '']; window.saves = 0;
        addEventListener('message', ({data, source}) => {
            const answer = (message) => source.postMessage({ns: 'terrarium', v: 1, ...message}, '*');
            if (data.type === 'loadProgress') answer({type: 'progressLoaded', slots: window.slots});
            if (data.type === 'saveProgress') { window.slots = data.slots; ++window.saves; answer({type: 'progressSaved'}); }
        });
        const show = () => { lab.src = 'about:blank'; lab.src = '${server.url}#${page_hash}&origin=' + location.origin; };
        show();</script></html>`);
    const {page} = await open_page(t, {url: host});
    const frame_of = async () => (await page.waitForSelector('#lab')).contentFrame();
    const frame = await frame_of();
    await ready(frame, 30_000);
    await until('it lives with the host', async () => /course page/.test(await text_of(frame, 'where.words')));
    await import_labs(frame, ['kept.by_host']);
    await until('the host has it', () => page.evaluate(() => window.slots.some((it) => atob(it).includes('kept.by_host'))));
    await page.evaluate(() => show());
    await until('it is there after a reload', async () =>
        /kept\.by_host/.test(await by_key(await frame_of(), 'progress.done.labs').textContent({timeout: 2000}).catch(() => '')));
});

test('progress: a database that never answers costs three seconds, and is merged when it does', async (t) => {
    const {page} = await open_page(t, {hash: page_hash, before: () => {
        const open = indexedDB.open.bind(indexedDB);
        window.let_it_open = null;
        indexedDB.open = (name, version) => {
            if (name !== 'terrarium' || version === undefined) return version ? open(name, version) : open(name);
            const request = {};
            window.let_it_open = () => {
                indexedDB.open = open;
                const real = open(name, version);
                for (const event of ['onupgradeneeded', 'onsuccess', 'onerror'])
                    real[event] = (it) => { request.result = real.result; request[event](it); };
            };
            return request;
        };
    }});
    await started(page);
    await until('it says that nothing is kept', async () => /only in this page/.test(await text_of(page, 'where.words')), 8000);
    await import_labs(page, ['while.silent']);
    await page.evaluate(() => window.let_it_open());
    await until('what was done meanwhile is saved', async () => newest(await stored(page))?.progress.labs['while.silent']);
    await until('and the page says where', async () => /this browser/.test(await text_of(page, 'where.words')));
});

for (const [name, stub] of [
    ['indexedDB.open throws', () => { indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }; }],
    ['there is no indexedDB', () => { Object.defineProperty(window, 'indexedDB', {value: undefined}); }],
]) {
    test(`progress: ${name}: the lab starts and says that nothing is kept`, async (t) => {
        const {page, log} = await open_page(t, {before: stub, hash: tiny});
        await ready(page);
        await until('it is said', async () => /only in this page/.test(await text_of(page, 'where.words')));
        await train(page, 20);
        log.assert_clean();
    });
}

test('progress: both slots damaged: the bytes are put away, offered, and a fresh start is saved', async (t) => {
    const {page, server} = await open_page(t, {open: false});
    await page.goto(server.url + 'notices.txt');
    await put(page, {0: [1, 2, 3], 1: Array.from(Buffer.from('TERRAPRG and then nothing'))});
    await page.goto(server.url + '#' + page_hash);
    await started(page);
    await until('it is said', () => by_key(page, 'trouble.quarantine').count());
    assert.equal(await by_key(page, 'progress.quarantine.1').count(), 1);
    await until('all is kept', async () => {
        const all = await stored(page);
        const away = Object.keys(all).filter((key) => key.startsWith('quarantine.')).map((key) => all[key].length).sort();
        return away.join() === '25,3' && newest({0: all[0]?.length > 40 && all[0], 1: all[1]?.length > 40 && all[1]});
    });
    const download = page.waitForEvent('download');
    await click(page, 'progress.quarantine.0');
    assert.match((await download).suggestedFilename(), /^terrarium-quarantine\..*\.txt$/);
    await page.reload();
    await started(page);
    await until('they are still offered', () => by_key(page, 'progress.quarantine.1').count());
    assert.equal(await by_key(page, 'trouble.quarantine').count(), 0, 'but not as news');
});

test('progress: an exported file brings everything to an empty browser', async (t) => {
    const first = await open_page(t, {hash: page_hash});
    await started(first.page);
    await import_labs(first.page, ['lab.one', 'lab.two']);
    const download = first.page.waitForEvent('download');
    await click(first.page, 'progress.export');
    const stream = await (await download).createReadStream();
    let text = '';
    for await (const part of stream) text += part;
    const second = await open_page(t, {hash: page_hash});
    await started(second.page);
    await give(second.page, text);
    await until('the preview is there', () => by_key(second.page, 'progress.preview').count());
    assert.match(await text_of(second.page, 'progress.preview.passed'), /\+2/);
    await click(second.page, 'progress.import.apply');
    await until('the labs are there', async () => /lab\.two/.test(await text_of(second.page, 'progress.done.labs')));
    await until('and saved', async () => newest(await stored(second.page))?.progress.labs['lab.one']?.is_passed);
});

/** What this origin holds of ours: nothing, after "forget me". */
const left_over = (page) => page.evaluate(async () => ({
    caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length,
    databases: (await indexedDB.databases()).map((it) => it.name), local: localStorage.length}));
const kNothing = {caches: [], workers: 0, databases: [], local: 0};
const forget = async (page) => {
    await click(page, 'progress.forget');
    await until('it asks again', () => by_key(page, 'progress.forget.yes').count());
    await click(page, 'progress.forget.yes');
    await until('it is done', () => by_key(page, 'progress.forgotten').count());
};

// The service worker may be anywhere when it happens: not yet asked for, half way through its installation, or done.
for (const [when, is_there] of [
    ['at once', async () => true],
    ['while the pages are being stored for offline use', (page) => page.evaluate(async () =>
        !!(await navigator.serviceWorker.getRegistration())?.installing && (await caches.keys()).some((it) => it.includes('manifest')))],
    ['with everything stored', (page) => page.evaluate(() => !!navigator.serviceWorker.controller)],
]) {
    test(`progress: forget me leaves nothing, here and in a second tab, ${when}`, async (t) => {
        const held = [];  // the installation asks for the start page last, and waits for it until all is forgotten
        const {page, context, server} = await open_page(t, {hash: page_hash, server: {intercept: (request, response, path) =>
            when.startsWith('while') && path === '/' && request.headers['sec-fetch-dest'] === 'empty' && held.push(response) > 0}});
        await started(page);
        await import_labs(page, ['to.be_forgotten']);
        await save(page);
        const other = await context.newPage();
        await other.goto(server.url + '#' + page_hash);
        await started(other);
        await page.evaluate(() => caches.open('terrarium-test'));
        await until('the service worker is where it should be', () => is_there(page));
        await forget(page);
        assert.deepEqual(await left_over(page), kNothing);
        await until('the other tab says so', async () => /another tab/.test(await text_of(other, 'trouble.words')));
        await save(other);
        held.forEach((response) => response.writeHead(503).end());
        await sleep(2500);  // whatever was under way has ended
        assert.deepEqual(await left_over(other), kNothing, 'and nothing comes back');
        await page.reload();
        await started(page);
        assert.doesNotMatch(await page.locator('#twin').textContent(), /to\.be_forgotten/);
    });
}

test('progress: an old tab lets a newer version change the database, and says so', async (t) => {
    const {page} = await open_page(t, {hash: page_hash});
    await started(page);
    await save(page);
    const opened = await page.evaluate(() => new Promise((done) => {
        const request = indexedDB.open('terrarium', 2);
        request.onsuccess = () => { request.result.close(); done('opened'); };
        request.onblocked = () => done('blocked');
        request.onerror = () => done('error');
    }));
    assert.equal(opened, 'opened', 'the old tab does not hold on');
    await until('it is said', async () => /newer version/.test(await text_of(page, 'trouble.words')));
});
