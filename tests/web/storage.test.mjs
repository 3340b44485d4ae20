// The browser's own refusals, made by the browser itself: no room, cleared by the browser, blocked by the person's settings.
import {cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';
import {assert, by_key, chromium_path, dist, kill_flags, open_page, ready, serve, serve_host, sleep, test, train, until} from './harness.mjs';
import {click, crc32, import_labs, newest, page_hash, put, save, started, stored, text_of} from './progress_hands.mjs';

/** Ids that no compression makes small: a hundred of them are 20 kB of record. */
const many_ids = (name) => Array.from({length: 100}, (_, i) => `${name}.${i}.` +
    Array.from(crypto.getRandomValues(new Uint8Array(24)), (byte) => byte.toString(36)).join(''));

test('storage: a full disk is said, nothing is acknowledged, export goes on, and saving comes back by itself', async (t) => {
    // Set before the page opens: Chromium remembers for half a minute how much room it found.
    const {page, context, server} = await open_page(t, {open: false});
    const session = await context.newCDPSession(page);
    const origin = new URL(server.url).origin;
    await session.send('Storage.overrideQuotaForOrigin', {origin, quotaSize: 1000});
    await page.goto(server.url + '#' + page_hash);
    await started(page);
    const ids = many_ids('full');
    await import_labs(page, ids);
    await until('it is said', async () => /no room left/.test(await text_of(page, 'trouble.words')));
    assert.equal(await save(page), false, 'nothing is acknowledged');
    assert.equal(newest(await stored(page))?.progress.labs[ids[0]], undefined);
    const download = page.waitForEvent('download');
    await click(page, 'where.export');
    assert.match((await download).suggestedFilename(), /progress.*json$/);
    await session.send('Storage.overrideQuotaForOrigin', {origin});
    await until('it is saved by itself', async () => newest(await stored(page))?.progress.labs[ids[99]], 15_000);
    await until('and nothing is said any more', async () => await by_key(page, 'trouble.words').count() === 0);
});

test('storage: cleared while the page is open: it is said, and the next change writes everything again', async (t) => {
    const {page, context, server, log} = await open_page(t, {hash: page_hash});
    await started(page);
    await import_labs(page, ['before.clearing']);
    assert.equal(await save(page), true);
    const session = await context.newCDPSession(page);
    await session.send('Storage.clearDataForOrigin', {origin: new URL(server.url).origin, storageTypes: 'all'});
    await until('it is said', () => page.evaluate(() => document.getElementById('twin').textContent.includes('cleared')));
    assert.match(await text_of(page, 'progress.home.saved'), /[Nn]ot saved|[Ss]aving|not yet/);
    await import_labs(page, ['after.clearing']);
    await until('both are there', async () => {
        const labs = newest(await stored(page))?.progress.labs || {};
        return labs['before.clearing'] && labs['after.clearing'];
    }, 5000);
    log.assert_clean();
});

/** A browser whose person has switched off all data of sites, as in its settings. */
const open_blocked = async (t, url) => {
    const profile = mkdtempSync(join(tmpdir(), 'terrarium-blocked-'));
    mkdirSync(join(profile, 'Default'));
    writeFileSync(join(profile, 'Default/Preferences'), JSON.stringify({profile: {default_content_setting_values: {cookies: 2}}}));
    const context = await chromium.launchPersistentContext(profile, {executablePath: chromium_path(), headless: true, args: kill_flags});
    t.after(async () => {
        await context.close();
        rmSync(profile, {recursive: true, force: true, maxRetries: 5});
    });
    const page = await context.newPage();
    const errors = [];
    page.on('pageerror', (error) => errors.push(String(error)));
    await page.goto(url);
    return {page, context, errors};
};
const tiny = 'hide=predict&p.n_layers=1&p.width=8&p.n_heads=1&p.context=8&p.batch_size=2&p.max_steps=60';

for (const where of ['in a tab of its own', 'in the frame of another site']) {
    test(`storage: all site data blocked, ${where}: the lab says that nothing is kept, and trains without a network`, async (t) => {
        const server = await serve(t);
        const address = `${server.url}#${tiny}`;
        const is_framed = where.includes('frame');
        const host = is_framed && await serve_host(t, `<!doctype html><html lang="en"><title>A course</title>
            <iframe id="lab" title="Lab" style="width:100%;height:700px" src="${address}"></iframe></html>`);
        const {page, context, errors} = await open_blocked(t, host || address);
        const lab = is_framed ? await (await page.waitForSelector('#lab')).contentFrame() : page;
        await ready(lab, 30_000);
        assert.notEqual(await lab.evaluate(() => { try { return localStorage.length; } catch (error) { return error.name; } }), 0,
            'it really is blocked');
        await until('it is said', async () => /only in this page/.test(await text_of(lab, 'where.words')));
        await sleep(1500);  // the text and the worker's script come right after the first picture
        await context.setOffline(true);  // N15: and no network either
        await train(lab, 20);
        await click(lab, 'where.export');
        assert.deepEqual(errors, []);
    });
}

/** The newest record as a newer version of the program would write it: another schema, the next generation, a true checksum. */
const by_newer_version = (slots) => {
    const {generation} = newest(slots);
    const bytes = Buffer.from(slots[generation % 2]);
    bytes.writeUInt32LE(99, 8);
    bytes.writeBigUInt64LE(BigInt(generation + 1), 16);
    bytes.writeUInt32LE(crc32(bytes.subarray(0, bytes.length - 4)), bytes.length - 4);
    return {[(generation + 1) % 2]: Array.from(bytes)};
};

test('versions: once a newer version has saved, an older tab only reads, says so, and takes nothing away', async (t) => {
    const {page, context, server, log} = await open_page(t, {hash: page_hash});
    await started(page);
    await import_labs(page, ['by.the_older']);
    assert.equal(await save(page), true);
    const newer = by_newer_version(await stored(page));
    await put(page, newer);  // by another tab, while this one is open
    const before = await stored(page);
    await import_labs(page, ['after.the_newer']);
    await until('it is said', async () => /newer version.*Load the page again/s.test(await text_of(page, 'trouble.words')));
    assert.equal(await save(page), false, 'nothing is acknowledged');
    assert.deepEqual(await stored(page), before, 'nothing was written');
    await page.close({runBeforeUnload: true});  // nor when it is closed

    const again = await context.newPage();
    await again.goto(server.url + '#' + page_hash);
    await started(again);
    await until('a later visit says it too', async () => /newer version/.test(await text_of(again, 'trouble.words')));
    assert.deepEqual(await stored(again), before);
    log.assert_clean();
});

test('versions: a copy on a disk starts from what lies beside it; without that it explains what is missing', async (t) => {
    const {page} = await open_page(t, {url: pathToFileURL(join(dist, 'index.html')).href, hash: tiny});
    await ready(page, 30_000);
    await train(page, 5);

    const copy = mkdtempSync(join(tmpdir(), 'terrarium-disk-'));
    t.after(() => rmSync(copy, {recursive: true, force: true}));
    cpSync(dist, copy, {recursive: true, filter: (name) => !name.includes('inline.js')});
    const other = await open_page(t, {url: pathToFileURL(join(copy, 'index.html')).href});
    const words = other.page.locator('#boot-problem');
    await words.waitFor({state: 'visible'});
    assert.match(await words.innerText(), /web server/);
});
