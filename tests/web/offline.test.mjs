// Without a network, and with two versions: what was opened before works, versions never mix, and there is always a way on.
// The second version is a real other release: the page built here with a changed lesson, named anew.
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {make_release, read_release, write_release} from '../../tools/release.mjs';
import {assert, by_key, dist, open_page, ready, serve, serve_host, shot, sleep, test, train, until} from './harness.mjs';

const small = 'lab=m2.pretraining&seed=3&p.width=16&p.layers=1&p.max_steps=60&hide=predict';

/** A folder with a release that differs from dist/: `change` may alter its Map of plain name -> bytes. */
const other_release = (t, change = () => {}) => {
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-release-'));
    t.after(() => rmSync(folder, {recursive: true, force: true}));
    const {files, build} = read_release(dist);
    files.set('lines.js', Buffer.concat([files.get('lines.js'), Buffer.from(';Terrarium.is_second_version=true;\n')]));
    files.set('content/glossary.json', Buffer.from(files.get('content/glossary.json').toString() + '\n'));
    change(files);
    const release = make_release(files, build);
    write_release(folder, release);
    return {folder, version: release.get('manifest.json').at, at: (name) => release.get(name).at};
};
const version_of = (page) => page.evaluate(() => Terrarium.version);
const has_worker = (page) => until('the service worker controls the page', () =>
    page.evaluate(() => !!navigator.serviceWorker.controller));
const cache_names = (page) => page.evaluate(() => caches.keys());
const problem = async (page) => {
    await page.locator('#boot-problem').waitFor({state: 'visible'});
    return page.locator('#boot-problem').innerText();
};
/** Hands out what `instead(path)` returns in place of the real bytes. */
const swapping = (instead) => ({intercept: (request, response, path) => {
    const bytes = instead(path, response);
    if (bytes === undefined) return false;
    response.writeHead(200, {'Content-Type': path.endsWith('.wasm') ? 'application/wasm' : 'text/javascript'});
    response.end(bytes);
    return true;
}});
const plain = (name) => read_release(dist).files.get(name);

test('offline: after one visit the lab opens and trains without a network, and nothing was downloaded twice', async (t) => {
    const {page, context, server, log, address} = await open_page(t, {hash: small});
    await ready(page);
    await train(page);
    await has_worker(page);
    await until('the text is kept', () => page.evaluate(async () =>
        (await (await caches.open('terrarium-kept')).keys()).some((it) => it.url.includes('harbour'))));
    const twice = server.requests.filter((it, i) => it !== '/' && server.requests.indexOf(it) !== i);
    assert.deepEqual(twice, []);
    assert.ok(server.requests.includes('/sw.js'));

    server.close();
    await context.setOffline(true);
    const again = await context.newPage();
    await again.goto(address);
    await ready(again);
    await train(again, 5);
    await shot(again, 'offline');
    log.assert_clean();
});

test('offline: a service worker does not come between a first visit without a network and its error', async (t) => {
    const {page, context, address} = await open_page(t, {open: false});
    await context.setOffline(true);
    await assert.rejects(page.goto(address), /ERR_INTERNET_DISCONNECTED/);
    await context.setOffline(false);
    await page.goto(address);
    await ready(page);
});

test('offline: a new version comes whole with the next load, takes over, and removes the old one', async (t) => {
    const second = other_release(t);
    const {page, context, server, address, log} = await open_page(t, {hash: small});
    await ready(page);
    await has_worker(page);
    const first = await version_of(page);
    server.root = second.folder;
    await page.reload();
    await ready(page);
    assert.equal(await version_of(page), second.version);
    assert.equal(await page.evaluate(() => Terrarium.is_second_version), true);
    await until('the old version is gone', async () => {
        const names = await cache_names(page);
        return names.includes('terrarium-' + second.version) && !names.includes('terrarium-' + first);
    });
    await context.setOffline(true);
    await page.goto('about:blank');
    await page.goto(address);
    await ready(page);
    assert.equal(await version_of(page), second.version, 'also without a network');
    log.assert_clean();
});

test('offline: an open page is not replaced; it offers the new version in words, and its button loads it', async (t) => {
    const second = other_release(t);
    const {page, context, server, log, address} = await open_page(t, {hash: small, viewport: [360, 740]});
    await ready(page);
    await has_worker(page);
    const first = await version_of(page);
    server.root = second.folder;
    const newer = await context.newPage();  // another tab: gets the new version, and says so to the first
    await newer.goto(address);
    await ready(newer);
    assert.equal(await version_of(newer), second.version);
    const note = page.locator('.note');
    await note.waitFor({state: 'visible'});
    assert.match(await note.innerText(), /newer version/);
    await shot(page, 'update-phone');
    assert.equal(await newer.locator('.note').count(), 0, 'the newer one has nothing to offer');
    assert.equal(await version_of(page), first);
    await train(page, 5);  // still works, with its own files
    assert.ok((await cache_names(page)).includes('terrarium-' + first), 'which stay while it is open');

    await note.getByRole('button', {name: 'Later'}).click();
    assert.equal(await note.count(), 0);
    await page.evaluate(() => Terrarium.note('update', 'x', 'Load the new version', () => location.reload(), 'Later'));
    await note.getByRole('button', {name: 'Load the new version'}).click();
    await until('it is loaded', () => page.evaluate((wanted) => window.Terrarium && Terrarium.version === wanted &&
        document.documentElement.dataset.state === 'running', second.version).catch(() => false));
    log.assert_clean();
});

test('offline: if the new version cannot be stored whole, the old one stays whole', async (t) => {
    const second = other_release(t);
    let is_broken = false;
    const {page, context, server, address} = await open_page(t, {hash: small, server: {intercept: (request, response, path) => {
        if (!is_broken || path !== '/fonts/mono.ttf') return false;
        response.writeHead(404);
        response.end();
        return true;
    }}});
    await ready(page);
    await has_worker(page);
    const first = await version_of(page);
    server.root = other_release(t, (files) => files.set('fonts/mono.ttf', Buffer.concat([files.get('fonts/mono.ttf'), Buffer.alloc(4)]))).folder;
    assert.ok(second.folder !== server.root);
    is_broken = true;
    const asked = server.requests.length;
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((it) => it.update()).catch(() => {}));
    await until('the install has failed', () => server.requests.slice(asked).includes('/fonts/mono.ttf'));
    await until('nothing of it is left', async () => (await cache_names(page)).filter((it) => it.includes('manifest')).length === 1);
    await context.setOffline(true);
    await page.goto('about:blank');
    await page.goto(address);
    await ready(page);
    assert.equal(await version_of(page), first);
});

test('offline: a broken service worker is removed by the kill switch', async (t) => {
    let published = "self.addEventListener('install', () => self.skipWaiting());" +
        "self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));" +
        "self.addEventListener('fetch', (event) => event.respondWith(new Response('broken')));";
    const {page, address} = await open_page(t, {server: swapping((path) => path === '/sw.js' ? published : undefined)});
    await ready(page);
    await has_worker(page);
    await page.evaluate(() => caches.open('terrarium-old'));
    await page.goto(address + '?again');
    assert.equal(await page.locator('body').innerText(), 'broken', 'the broken one is in the way');
    published = readFileSync(join(dist, 'sw-kill.js'));
    await until('the page is there again', async () => {
        await page.goto(address).catch(() => {});
        if (await page.locator('#boot').count()) return true;
        await sleep(2500);  // the browser looks for an update a second after a visit
        return false;
    });
    await ready(page);
    await until('everything of it is gone', async () => !(await cache_names(page)).length);
});

test('versions: files that vanish while the page loads lead to one reload, and then to the new version', async (t) => {
    const second = other_release(t);
    let host;
    const {page, server, address} = await open_page(t, {open: false, server: {intercept: (request, response, path) => {
        if (path === '/page.js' && host && host.root !== second.folder) host.root = second.folder;  // deployed just now
        return false;
    }}});
    host = server;
    await page.goto(address);
    await ready(page);
    assert.equal(await version_of(page), second.version);
    assert.equal(server.requests.filter((it) => it === '/').length, 3, 'the page, the question what is there now, the new page');
});

test('versions: a host that mixes an old module with new scripts is found out; one more try, then words', async (t) => {
    const old = Buffer.from(plain('terrarium.wasm'));
    const at = old.indexOf(Buffer.from(read_release(dist).build));
    old[at] ^= 1;  // the same length, another build id
    const {page, server} = await open_page(t, {server: swapping((path) => path === '/terrarium.wasm' ? old : undefined)});
    assert.match(await problem(page), /damaged, or belongs to another version/);
    assert.equal(await page.locator('#boot-problem button').innerText(), 'Try again');
    await sleep(1500);
    assert.ok(server.requests.filter((it) => it === '/').length <= 4, 'it does not go round in circles');
});

test('versions: without hashes (no secure context) the build id alone tells an old module', async (t) => {
    const old = Buffer.from(plain('terrarium.wasm'));
    old[old.indexOf(Buffer.from(read_release(dist).build))] ^= 1;
    const {page} = await open_page(t, {server: swapping((path) => path === '/terrarium.wasm' ? old : undefined),
        before: () => { Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined}); }});
    assert.match(await problem(page), /Two versions of the program got mixed/);
});

test('versions: a module damaged once on its way is fetched again, and the lab starts', async (t) => {
    let times = 0;
    const {page} = await open_page(t, {server: swapping((path) => {
        if (path !== '/terrarium.wasm' || times++) return undefined;
        const bytes = Buffer.from(plain('terrarium.wasm'));
        bytes[bytes.length >> 1] ^= 1;
        return bytes;
    })});
    await ready(page);
    assert.equal(times, 2);
});

test('versions: a script that arrives damaged is fetched again; if it stays so, it is said', async (t) => {
    let times = 0;
    const damaged = (limit) => swapping((path) => path === '/mirror.js' && times++ < limit ? 'const = damaged' : undefined);
    const {page} = await open_page(t, {server: damaged(1)});
    await ready(page);
    times = 0;
    const {page: other} = await open_page(t, {server: damaged(1000)});
    assert.match(await problem(other), /mirror\.js arrived damaged/);
});

test('offline: frames without storage, and hosts without https, get no service worker and no error', async (t) => {
    const server = await serve(t);
    const host = await serve_host(t, `<!doctype html><iframe sandbox="allow-scripts" src="${server.url}#${small}" width="800" height="600"></iframe>`);
    const {page, log} = await open_page(t, {url: host});
    const frame = await until('the frame is there', () => page.frames()[1]);
    await ready(frame);
    await sleep(1500);
    log.assert_clean();
    assert.ok(!server.requests.includes('/sw.js'), 'a sandboxed frame');

    const denied = await open_page(t, {before: () => {
        ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('denied', 'SecurityError'));
        window.BroadcastChannel = function () { throw new DOMException('denied', 'SecurityError'); };
    }});
    await ready(denied.page);
    await sleep(1500);
    denied.log.assert_clean();
    assert.equal(await denied.page.locator('.note').count(), 0);
});

test('the page can be installed: its manifest names icons that are there, in the sizes it says', async (t) => {
    const {page, context, server} = await open_page(t);
    await ready(page);
    const session = await context.newCDPSession(page);
    const {errors, data} = await session.send('Page.getAppManifest');
    assert.deepEqual(errors, []);
    for (const icon of JSON.parse(data).icons) {
        const size = await page.evaluate(async (src) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
        }, server.url + icon.src);
        assert.equal(size, icon.sizes);
    }
    const {installabilityErrors} = await session.send('Page.getInstallabilityErrors');
    assert.deepEqual(installabilityErrors.filter((it) => it.errorId !== 'in-incognito'), []);
});
