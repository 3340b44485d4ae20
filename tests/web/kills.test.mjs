// The whole browser is killed at random moments while it saves, as by a power cut: no save that was acknowledged is ever
// lost, and no record is ever torn. 30 kills, 300 with TERRARIUM_FULL=1.
import {spawn} from 'node:child_process';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {assert, chromium_path, kill_flags, serve, sleep, test} from './harness.mjs';
import {crc32} from './progress_hands.mjs';

const kCycles = process.env.TERRARIUM_FULL === '1' ? 300 : 30;

/** A Chromium of its own, spoken to through two pipes; resolves commands by their id and collects events. */
const start_browser = (profile) => {
    const child = spawn(chromium_path(), [...kill_flags, '--headless=new', '--remote-debugging-pipe',
        `--user-data-dir=${profile}`, 'about:blank'], {stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true});
    const waiting = new Map(), listeners = [];
    let next = 0, rest = '';
    child.stdio[4].on('data', (data) => {
        const parts = (rest + data).split('\0');
        rest = parts.pop();
        for (const part of parts) {
            const message = JSON.parse(part);
            if (message.id) waiting.get(message.id)?.(message);
            else listeners.forEach((it) => it(message));
        }
    });
    child.stdio[3].on('error', () => {});
    const send = (method, params = {}, sessionId) => new Promise((done) => {
        waiting.set(++next, done);
        child.stdio[3].write(JSON.stringify({id: next, method, params, sessionId}) + '\0');
    });
    const dead = new Promise((done) => child.on('exit', done));
    return {send, on: (listener) => listeners.push(listener),
        // The group: renderer, storage and GPU processes end in the same moment.
        kill: () => { process.kill(-child.pid, 'SIGKILL'); return dead; }};
};

/** Opens the page and saves without a pause; `heard` gets the generation of every acknowledged save. */
const saving_page = async (browser, url, heard) => {
    const {result: {targetId}} = await browser.send('Target.createTarget', {url: 'about:blank'});
    const {result: {sessionId}} = await browser.send('Target.attachToTarget', {targetId, flatten: true});
    browser.on((message) => {
        if (message.method === 'Runtime.bindingCalled') heard.push(JSON.parse(message.params.payload));
    });
    for (const domain of ['Page', 'Runtime']) await browser.send(`${domain}.enable`, {}, sessionId);
    await browser.send('Runtime.addBinding', {name: 'tell_test'}, sessionId);
    await browser.send('Page.addScriptToEvaluateOnNewDocument', {source: `(${in_page})()`}, sessionId);
    await browser.send('Page.navigate', {url}, sessionId);
};
/** Runs in the page: says what is there when it starts, then changes something and saves, again and again. */
const in_page = () => {
    const found = () => new Promise((done, failed) => {
        const request = indexedDB.open('terrarium', 1);
        request.onupgradeneeded = () => request.result.createObjectStore('progress');
        request.onerror = () => failed(request.error);
        request.onsuccess = () => {
            const store = request.result.transaction('progress').objectStore('progress');
            const keys = store.getAllKeys(), values = store.getAll();
            values.onsuccess = () => {
                request.result.close();
                done(Object.fromEntries(keys.result.map((key, i) => [key, Array.from(values.result[i])])));
            };
        };
    });
    let generation = 0;
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
        if (key === '0' || key === '1') generation = new DataView(value.buffer, value.byteOffset).getUint32(16, true);
        return put.call(this, value, key);
    };
    addEventListener('terrarium-saved', (event) => {
        if (event.detail) tell_test(JSON.stringify({acknowledged: generation}));
    });
    addEventListener('DOMContentLoaded', async () => {
        tell_test(JSON.stringify({found: await found()}));
        while (document.documentElement.dataset.state !== 'running') await new Promise((done) => setTimeout(done, 20));
        for (;;) if (!await Terrarium.store.save_now()) await new Promise((done) => setTimeout(done, 10));
    });
};

/** A second reader, which knows nothing of the program's: the generation of a whole record, or null. */
const generation_of = (list) => {
    const bytes = Buffer.from(list);
    if (bytes.length < 44 || bytes.toString('latin1', 0, 8) !== 'TERRAPRG') return null;
    if (crc32(bytes.subarray(0, bytes.length - 4)) !== bytes.readUInt32LE(bytes.length - 4)) return null;
    JSON.parse(bytes.toString('utf8', 40, bytes.length - 4));
    return Number(bytes.readBigUInt64LE(16));
};

test(`${kCycles} kills of the browser while it saves: no acknowledged save is lost, no record is torn`, async (t) => {
    const server = await serve(t);
    const profile = mkdtempSync(join(tmpdir(), 'terrarium-kills-'));
    t.after(() => rmSync(profile, {recursive: true, force: true, maxRetries: 5}));
    let acknowledged = 0, n_saves = 0, n_idle = 0;
    for (let cycle = 0; cycle < kCycles; ++cycle) {
        const browser = start_browser(profile);
        const heard = [];
        await saving_page(browser, server.url + '#page=progress', heard);
        const is_saving = () => heard.some((it) => it.acknowledged);
        for (let waited = 0; waited < 20_000 && !is_saving(); waited += 10) await sleep(10);
        await sleep(Math.random() * 300);
        await browser.kill();
        const start = heard.find((it) => it.found);
        assert.ok(start, `cycle ${cycle}: the page started`);
        const generations = ['0', '1'].filter((key) => start.found[key]).map((key) => generation_of(start.found[key]));
        assert.ok(!generations.includes(null), `cycle ${cycle}: a record is torn`);
        assert.deepEqual(Object.keys(start.found).filter((key) => key.startsWith('quarantine')), [], `cycle ${cycle}`);
        assert.ok(Math.max(0, ...generations) >= acknowledged,
            `cycle ${cycle}: save ${acknowledged} was acknowledged; the newest is ${generations}`);
        const now = heard.filter((it) => it.acknowledged).map((it) => it.acknowledged);
        n_saves += now.length;
        n_idle += now.length === 0;
        acknowledged = Math.max(acknowledged, ...now);
    }
    console.log(`        ${n_saves} acknowledged saves in ${kCycles} kills`);
    assert.ok(n_saves > kCycles, 'it did save');
    assert.equal(n_idle, 0, 'in every cycle');
}, {timeout_ms: kCycles * 20_000, alone: true});
