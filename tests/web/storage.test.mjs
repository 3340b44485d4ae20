// The browser's own refusals, made by the browser itself: no room, cleared by the browser, blocked by the person's settings.
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';
import {assert, by_key, chromium_path, kill_flags, open_page, ready, serve, serve_host, test, train, until} from './harness.mjs';
import {click, import_labs, newest, page_hash, save, started, stored, text_of} from './progress_hands.mjs';

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
    return {page, errors};
};
const tiny = 'hide=predict&p.n_layers=1&p.width=8&p.n_heads=1&p.context=8&p.batch_size=2&p.max_steps=60';

for (const where of ['in a tab of its own', 'in the frame of another site']) {
    test(`storage: all site data blocked, ${where}: the lab trains and says that nothing is kept`, async (t) => {
        const server = await serve(t);
        const address = `${server.url}#${tiny}`;
        const is_framed = where.includes('frame');
        const host = is_framed && await serve_host(t, `<!doctype html><html lang="en"><title>A course</title>
            <iframe id="lab" title="Lab" style="width:100%;height:700px" src="${address}"></iframe></html>`);
        const {page, errors} = await open_blocked(t, host || address);
        const lab = is_framed ? await (await page.waitForSelector('#lab')).contentFrame() : page;
        await ready(lab, 30_000);
        assert.notEqual(await lab.evaluate(() => { try { return localStorage.length; } catch (error) { return error.name; } }), 0,
            'it really is blocked');
        await until('it is said', async () => /only in this page/.test(await text_of(lab, 'where.words')));
        await train(lab, 20);
        assert.deepEqual(errors, []);
    });
}
