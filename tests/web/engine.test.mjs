// The engine computes the same bits everywhere: one number over 10 seeds of 1,000 training steps, from optimised native
// code, from Node, and from a worker of two browsers. The unit tests compare it in the builds that they are part of.
import assert from 'node:assert/strict';
import {execFileSync, spawn} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {launch, top} from './harness.mjs';
import {test} from './registry.mjs';

const known = '0x' + readFileSync(join(top, 'tests/bench/engine_hash.h'), 'utf8').match(/kEngineHash = 0x([0-9a-f]{16})/)[1];
const hash_in = (words) => '0x' + words.trim();

/** Runs in a page: starts a worker with Emscripten's script, and tells the server what it prints. */
const page = `<!doctype html><title>engine</title><script>
const code = "self.Module = {print: (line) => self.postMessage(line), locateFile: () => '" + location.origin + "/FOLDER/terrarium_engine.wasm'};" +
    "importScripts('" + location.origin + "/FOLDER/terrarium_engine.js');";
const worker = new Worker(URL.createObjectURL(new Blob([code], {type: 'text/javascript'})));
const tell = (words) => fetch('/told', {method: 'POST', body: words});
worker.onmessage = (event) => tell(event.data);
worker.onerror = (event) => tell('error: ' + event.message);
</script>`;

/** Serves the engine's files and resolves `told` with what the page reports. */
const serve_engine = async (t) => {
    let tell;
    const told = new Promise((done) => { tell = done; });
    const server = createServer((request, response) => {
        const [, folder, file] = request.url.match(/^\/(web|web-scalar)\/(\w[\w.]*)?$/) || [];
        if (request.url === '/told') {
            let words = '';
            request.on('data', (part) => { words += part; });
            request.on('end', () => { response.end(); tell(words); });
        } else if (folder && !file) {
            response.setHeader('Content-Type', 'text/html');
            response.end(page.replaceAll('FOLDER', folder));
        } else if (folder) {
            response.setHeader('Content-Type', file.endsWith('.wasm') ? 'application/wasm' : 'text/javascript');
            response.end(readFileSync(join(top, 'build', folder, file)));
        } else {
            response.statusCode = 404;
            response.end();
        }
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    t.after(() => new Promise((done) => { server.closeAllConnections(); server.close(done); }));
    return {told, address: `http://127.0.0.1:${server.address().port}`};
};

test('optimised native code without sanitizers computes the known number', async () => {
    assert.equal(hash_in(execFileSync(join(top, 'build/native/terrarium_engine'), {encoding: 'utf8'})), known);
});

for (const folder of ['web', 'web-scalar']) {
    test(`WebAssembly computes the known number in Node (${folder})`, async () => {
        const script = join(top, 'build', folder, 'terrarium_engine.js');
        assert.equal(hash_in(execFileSync(process.execPath, [script], {encoding: 'utf8'})), known);
    });

    test(`WebAssembly computes the known number in a worker of Chromium (${folder})`, async (t) => {
        const {told, address} = await serve_engine(t);
        const browser = await launch({webgl: false, flags: []});
        const tab = await browser.newPage();
        t.after(() => tab.close());
        await tab.goto(`${address}/${folder}/`);
        assert.equal(hash_in(await told), known);
    }, {timeout_ms: 120_000});
}

const firefox = [process.env.FIREFOX, 'firefox-esr', 'firefox'].find((name) => {
    try {
        return name && execFileSync(name, ['--version'], {stdio: 'ignore'}) === null;
    } catch {
        return false;
    }
});
test('WebAssembly computes the known number in a worker of Firefox', async (t) => {
    const {told, address} = await serve_engine(t);
    const profile = mkdtempSync(join(tmpdir(), 'terrarium-firefox-'));
    const browser = spawn(firefox, ['--headless', '--no-remote', '--profile', profile, `${address}/web/`],
        {stdio: 'ignore', env: {...process.env, HOME: profile, MOZ_HEADLESS: '1'}});
    const ended = new Promise((_, failed) => {
        browser.on('error', failed);
        browser.on('exit', (code) => failed(new Error(`${firefox} ended with ${code} before it said anything`)));
    });
    ended.catch(() => {});
    t.after(async () => {
        browser.kill('SIGKILL');
        await ended.catch(() => {});
        rmSync(profile, {recursive: true, force: true, maxRetries: 5, retryDelay: 200});
    });
    assert.equal(hash_in(await Promise.race([told, ended])), known);
}, {timeout_ms: 180_000, skip: firefox ? '' : 'there is no Firefox on this machine'});
