// The service worker: everything that was opened once works again without a network. tools/release.mjs puts the version in
// front of this file, TerrariumRelease = {manifest, sha256}, so that a new release makes a new service worker.
//
//   terrarium-MANIFEST  one cache per version: all that the lab needs to start, put there completely or not at all
//   terrarium-kept      lessons and texts loaded on demand; named by their content, so any version may share them
//
// A page asks for files by names made from their content, so one page never gets files of two versions, whichever service
// worker answers. The start page comes from the network when there is one. A new service worker never takes over while
// more than one page is open. sw-kill.js is the way out if this file is ever published broken.
'use strict';

const release = self.TerrariumRelease;
const kOwnCache = 'terrarium-' + release.manifest;
const kKept = 'terrarium-kept';
const kPatience_ms = 4000;  // with a network that does not answer
const folder = new URL('./', self.location.href);
const start_page = folder.href;

const is_named_by_content = (url) => url.href.startsWith(folder.href) && /\.[0-9a-f]{12}\.\w+$/.test(url.pathname);
const hashed = (name, sha256) => name.replace(/(?=\.\w+$)/, '.' + sha256.slice(0, 12));
const integrity_of = (sha256) => 'sha256-' + btoa(String.fromCharCode(...sha256.match(/../g).map((pair) => parseInt(pair, 16))));
/** The same question as in boot.js: which of the two modules does this browser load? */
const has_simd = () => WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0,
    10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]));

// ---- forgetting -----------------------------------------------------------------------------------------------------------

/** A learner had everything deleted: from then on this worker, which lives until its pages close, writes nothing more. */
let is_over = false, stop = null;
const stopped = new Promise((_, reject) => { stop = reject; });
stopped.catch(() => {});
/** The only way to a cache to write to: the browser makes one that is asked for, and after the deletion none may be made. */
const open_cache = (name) => is_over ? stopped : caches.open(name);
const forget = async () => {
    is_over = true;
    stop(new Error('everything was deleted'));
    for (const name of await caches.keys()) if (name.startsWith('terrarium')) await caches.delete(name);
};

// ---- install: one version, completely or not at all -----------------------------------------------------------------------

/** Mostly out of the browser's cache, where the page has just put it: nothing is downloaded twice. */
const fetch_checked = async (at, sha256) => {
    const ask = (cache) => fetch(new URL(at, folder), {cache, integrity: integrity_of(sha256), credentials: 'same-origin'});
    const response = await ask('force-cache').catch(() => ask('reload'));
    if (!response.ok) throw new Error(`${at}: ${response.status}`);
    return response;
};

/** What the lab needs to start: page, module, fonts, course; not the single lessons' texts. */
const is_needed = (name) => {
    const module = has_simd() ? 'terrarium' : 'terrarium-scalar';
    if (/^terrarium(-\w+)?\.(js|wasm)$/.test(name)) return name.startsWith(module + '.');
    return /^[^/]+\.(js|css|svg)$|^fonts\/|^content\/[^/]+\.json$/.test(name);
};

const install = async () => {
    await caches.delete(kOwnCache);  // what an interrupted attempt left
    try {
        const cache = await open_cache(kOwnCache);
        const put = async (at, sha256) => cache.put(new URL(at, folder), await fetch_checked(at, sha256));
        const manifest = await fetch_checked(release.manifest, release.sha256);
        const {files} = await manifest.clone().json();
        await cache.put(new URL(release.manifest, folder), manifest);
        await Promise.all(Object.keys(files).filter(is_needed).map((name) => put(hashed(name, files[name].sha256), files[name].sha256)));
        const page = await fetch(start_page, {cache: 'no-cache'});
        if (!page.ok || !(await page.clone().text()).includes(release.manifest)) throw new Error('the page is of another version');
        await cache.put(start_page, page);
    } catch (error) {
        await caches.delete(kOwnCache);
        throw error;
    }
};

// ---- activate ----------------------------------------------------------------------------------------------------------

const windows = () => self.clients.matchAll({type: 'window', includeUncontrolled: true});

/** Removes other versions, but not while a page that may need them is open; kept files stay while this version has them. */
const tidy = async () => {
    if ((await windows()).length > 1) return;
    for (const name of await caches.keys())
        if (name.startsWith('terrarium-') && ![kOwnCache, kKept].includes(name)) await caches.delete(name);
    const manifest = await caches.match(new URL(release.manifest, folder), {cacheName: kOwnCache});
    if (!manifest) return;
    const {files} = await manifest.json();
    const known = new Set(Object.keys(files).map((name) => new URL(hashed(name, files[name].sha256), folder).href));
    const kept = await open_cache(kKept);
    for (const request of await kept.keys()) if (!known.has(request.url)) await kept.delete(request);
};

self.addEventListener('install', (event) => event.waitUntil(Promise.race([install(), stopped])));
self.addEventListener('activate', (event) => event.waitUntil(tidy().catch(() => {}).then(() => self.clients.claim())));

// ---- answers -------------------------------------------------------------------------------------------------------------

const find = (address) => caches.match(address, {ignoreVary: true});

/** Keeps a copy; a full disk only means that this file will need the network again. */
const keep = (address, response) =>
    open_cache(kKept).then((cache) => cache.put(address, response)).catch(() => {});

const answer_file = async (event) => {
    const {request} = event;
    // The page asks the server itself after it found a copy damaged.
    const found = ['reload', 'no-cache', 'no-store'].includes(request.cache) ? undefined : await find(request.url);
    if (found) return found;
    const response = await fetch(request);
    if (response.ok && response.type === 'basic') {
        const copy = response.clone();
        const cache_name = await caches.match(request.url, {cacheName: kOwnCache}) ? kOwnCache : kKept;
        event.waitUntil(open_cache(cache_name).then((cache) => cache.put(request.url, copy)).catch(() => {}));
    }
    return response;
};

const answer_page = async (event) => {
    const own = () => caches.match(start_page, {cacheName: kOwnCache});
    const from_network = fetch(event.request);
    let timer;
    const patience = new Promise((done) => { timer = setTimeout(done, kPatience_ms); });
    const response = await Promise.race([from_network.catch(() => undefined), patience]);
    clearTimeout(timer);
    if (response && response.status < 500) return response;
    return await own() || from_network;
};

self.addEventListener('fetch', (event) => {
    const {request} = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || request.headers.has('range')) return;
    const is_start_page = [start_page, start_page + 'index.html'].includes(url.origin + url.pathname);
    if (request.mode === 'navigate' && is_start_page) event.respondWith(answer_page(event));
    else if (is_named_by_content(url)) event.respondWith(answer_file(event));
});

// ---- words from pages ------------------------------------------------------------------------------------------------------

/** Files that a page loaded before there was a service worker to see it. */
const keep_all = async (files) => {
    for (const address of files) {
        if (!is_named_by_content(new URL(address)) || await find(address)) continue;
        const response = await fetch(address, {cache: 'force-cache'}).catch(() => undefined);
        if (response && response.ok) await keep(address, response);
    }
};

self.addEventListener('message', (event) => {
    const {type, files, version} = event.data || {};
    if (type === 'forget') event.waitUntil(forget().catch(() => {}).then(() => event.ports[0] && event.ports[0].postMessage('done')));
    if (type === 'keep' && Array.isArray(files)) event.waitUntil(keep_all(files.filter((it) => typeof it === 'string').slice(0, 1000)));
    // The page is of this version too, and no other page is open that might be at work.
    if (type === 'take_over_if_alone' && version === release.manifest)
        event.waitUntil(windows().then((open) => open.length <= 1 ? self.skipWaiting() : undefined));
});
