// The server hands out what is below its folder, the way a good static host does, and nothing else.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {get} from 'node:http';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {brotliCompressSync} from 'node:zlib';
import {start_server} from '../../tools/serve.mjs';
import {test} from '../web/registry.mjs';

const serve_files = async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-serve-'));
    t.after(() => rmSync(folder, {recursive: true, force: true}));
    mkdirSync(join(folder, 'site/sub'), {recursive: true});
    writeFileSync(join(folder, 'secret.txt'), 'secret');
    writeFileSync(join(folder, 'site/.hidden'), 'hidden');
    writeFileSync(join(folder, 'site/index.html'), '<h1>start</h1>');
    writeFileSync(join(folder, 'site/a.wasm'), 'module');
    writeFileSync(join(folder, 'site/b.0123456789ab.wasm'), 'named by its content');
    writeFileSync(join(folder, 'site/a.wasm.br'), brotliCompressSync('module'));
    const server = await start_server({root: join(folder, 'site')});
    t.after(server.close);
    return server;
};

/** The path exactly as given: URL parsers would remove the dots. */
const raw = (server, path, {method = 'GET', headers = {}} = {}) => new Promise((done, failed) => {
    get({host: '127.0.0.1', port: server.port, path, method, headers}, (response) => {
        const parts = [];
        response.on('data', (part) => parts.push(part));
        response.on('end', () => done({status: response.statusCode, headers: response.headers, body: Buffer.concat(parts)}));
    }).on('error', failed);
});

test('server: types, policy, CORS, and brotli for those who accept it', async (t) => {
    const server = await serve_files(t);
    const plain = await raw(server, '/a.wasm');
    assert.equal(plain.headers['content-type'], 'application/wasm');
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(plain.body.toString(), 'module');
    assert.equal(plain.headers['access-control-allow-origin'], '*');
    const packed = await raw(server, '/a.wasm', {headers: {'accept-encoding': 'gzip, br'}});
    assert.equal(packed.headers['content-encoding'], 'br');
    assert.notEqual(packed.headers.etag, plain.headers.etag);
    const start = await raw(server, '/');
    assert.equal(start.body.toString(), '<h1>start</h1>');
    assert.match(start.headers['content-security-policy'], /script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:/);
});

test('server: asks caches to check, and answers 304 when nothing changed', async (t) => {
    const server = await serve_files(t);
    const first = await raw(server, '/a.wasm');
    assert.equal(first.headers['cache-control'], 'no-cache');
    assert.equal((await raw(server, '/a.wasm', {headers: {'if-none-match': first.headers.etag}})).status, 304);
    assert.match((await raw(server, '/b.0123456789ab.wasm')).headers['cache-control'], /immutable/);
});

test('server: nothing outside its folder, nothing hidden, nothing malformed', async (t) => {
    const server = await serve_files(t);
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/sub/../../secret.txt', '/..%2fsecret.txt', '/..\\secret.txt',
        '/.hidden', '/%00', '/%zz', '//secret.txt', '/sub', '/a.wasm/', '/nothing']) {
        const answer = await raw(server, path);
        assert.equal(answer.status, 404, path);
        assert.match(answer.body.toString(), /There is no such file here/, path);
    }
});

test('server: HEAD has no body, other methods are refused', async (t) => {
    const server = await serve_files(t);
    const head = await raw(server, '/a.wasm', {method: 'HEAD'});
    assert.deepEqual([head.status, head.body.length, head.headers['content-length']], [200, 0, '6']);
    assert.equal((await raw(server, '/a.wasm', {method: 'POST'})).status, 405);
});

test('server: listens on this machine only, and says what to do when the port is taken', async (t) => {
    const server = await serve_files(t);
    await new Promise((done, failed) => connect(server.port, '127.0.0.1', done).on('error', failed).unref());
    const script = join(dirname(fileURLToPath(import.meta.url)), '../../tools/serve.mjs');
    const second = spawnSync(process.execPath, [script, '--port', String(server.port)], {encoding: 'utf8', timeout: 10_000});
    assert.equal(second.status, 1);
    assert.match(second.stderr, /is taken.*\n.*--port \d+/);
    assert.equal(spawnSync(process.execPath, [script, '--port', 'x'], {encoding: 'utf8'}).status, 2);
});
