#!/usr/bin/env node
// Our engine and other libraries side by side: the same model from the same weights on the same batches, in one
// interleaved run, so that ratios hold on a machine whose speed drifts. Prints {peer, size, what, value, unit} lines (the
// best of all rounds), then ratios with their goals.
//
//   node tools/bench_peers.mjs DIR [training|inference] [--rounds N] [--sizes tiny,mid] [--places node,chromium] [--table FILE]
//
// DIR is a copy of the peer benchmark with its packages installed; build/ must have the modules (./lab bench builds both).
// --table puts the ratios into FILE, between the lines <!-- peers --> and <!-- end of peers -->.
import {spawnSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {dirname, extname, join, resolve, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const words = process.argv.slice(2);
const option = (name, otherwise) => {
    const at = words.indexOf('--' + name);
    return at < 0 ? otherwise : words.splice(at, 2)[1];
};
const rounds = Number(option('rounds', 2)), sizes = option('sizes', 'tiny,mid').split(',');
const places = option('places', 'node,chromium').split(','), table_file = option('table', '');
const [folder, what = ''] = words;
if (!folder || !existsSync(join(folder, 'common.mjs'))) {
    console.error('Stopped: the first word must be the folder of the peers.\n  For example: node tools/bench_peers.mjs build/peers');
    process.exit(2);
}
const here = resolve(folder);
for (const name of ['peer_terrarium.mjs', 'peer_worker.js']) copyFileSync(join(top, 'tests/bench', name), join(here, name));
const modules = {'terrarium': join(top, 'build/web/terrarium_peer.wasm'), 'terrarium-turbo': join(top, 'build/web/terrarium_peer_turbo.wasm')};
const relaxed = Number(process.versions.node.split('.')[0]) >= 22 ? [] : ['--experimental-wasm-relaxed-simd'];

// ---- one measurement ---------------------------------------------------------------------------------------------------

const best = new Map();  // "size|peer|what" -> value
const take = (size, line) => {
    const it = JSON.parse(line);
    const peer = it.peer.replace(/^torch-.*/, 'torch');
    const key = [size, peer, it.what].join('|');
    if (typeof it.value !== 'number') {
        if (it.what === 'error') console.log(JSON.stringify({...it, size}));
        else best.set(key, it.value);
        return;
    }
    const is_time = it.unit === 'ms';
    const before = best.get(key);
    best.set(key, before === undefined ? it.value : (is_time ? Math.min : Math.max)(before, it.value));
};
const run = (size, program, args) => {
    const {stdout, stderr, error} = spawnSync(program, args, {cwd: here, encoding: 'utf8', timeout: 280_000,
        env: {...process.env, PEER_SIZE: size}, maxBuffer: 1 << 26});
    const lines = (stdout || '').split('\n').filter((it) => it.startsWith('{'));
    lines.forEach((line) => take(size, line));
    if (!lines.length) console.error(`${program} ${args.join(' ')}: ${error ? error.message : (stderr || '').slice(-200)}`);
};

const python = () => ['python3', '/usr/bin/python3'].find((it) => spawnSync(it, ['-c', 'import torch']).status === 0);
const with_torch = python();
const data_folder = (size) => size === 'tiny' ? 'build' : 'build/' + size;
const outside_browsers = (size) => {
    const data = [join(data_folder(size), 'weights.bin'), join(data_folder(size), 'batches.bin')];
    if (!existsSync(join(here, data[0]))) spawnSync(process.execPath, ['dump.mjs', data_folder(size)], {cwd: here, env: {...process.env, PEER_SIZE: size}});
    const native = join(top, 'build/release/terrarium_peer');
    const jobs = [];
    if (existsSync(native)) jobs.push([native, [size, ...data]]);
    if (with_torch && what !== 'inference') jobs.push([with_torch, ['peer_torch.py', ...data]]);
    if (places.includes('node')) {
        jobs.push([process.execPath, ['peer_terrarium.mjs', modules.terrarium, 'terrarium']],
            [process.execPath, [...relaxed, 'peer_terrarium.mjs', modules['terrarium-turbo'], 'terrarium-turbo']]);
        if (what !== 'inference') jobs.push([process.execPath, ['peer_jaxjs.mjs']], [process.execPath, ['peer_tfjs_wasm.mjs']]);
        if (what !== 'training') jobs.push([process.execPath, ['peer_ort.mjs']]);
    }
    return jobs;
};

// ---- in Chromium: one plain worker, no cross-origin isolation -------------------------------------------------------------

const types = {'.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json'};
const serve = async () => {
    const server = createServer((request, response) => {
        const path = decodeURIComponent(request.url.split('?')[0]);
        const file = path.startsWith('/modules/') ? modules[path.slice(9)] : join(here, path);
        const is_ours = file && (path.startsWith('/modules/') || file.startsWith(here + sep)) && existsSync(file) && statSync(file).isFile();
        if (path === '/') return response.writeHead(200, {'Content-Type': 'text/html'}).end('<!doctype html><title>peers</title>');
        if (!is_ours) return response.writeHead(404).end();
        response.writeHead(200, {'Content-Type': types[extname(file)] || 'application/octet-stream'}).end(readFileSync(file));
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    return server;
};

const chromium_program = process.env.CHROMIUM || spawnSync('which', ['chromium'], {encoding: 'utf8'}).stdout.trim();
const flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--disable-gpu', '--disable-background-timer-throttling', '--disable-renderer-backgrounding'];
const with_page = async (server, work) => {
    const browser = await chromium.launch({executablePath: chromium_program, headless: true, args: flags});
    try {
        const page = await browser.newPage();
        await page.goto(`http://127.0.0.1:${server.address().port}/`);
        return await work(page);
    } finally {
        await browser.close();
    }
};

const in_browser = (server, size, peer) => with_page(server, async (page) => {
    await page.exposeFunction('out', (line) => take(size, line));
    await Promise.race([page.evaluate(async ([peer, size]) => {
        const is_ours = peer.startsWith('terrarium');
        const worker = new Worker(is_ours ? 'peer_worker.js' : 'browser_worker.js');
        const bytes = is_ours ? await (await fetch('/modules/' + peer)).arrayBuffer() : null;
        await new Promise((done, failed) => {
            worker.onerror = (event) => failed(new Error(event.message));
            worker.onmessage = (event) => { event.data.done ? done() : window.out(event.data.line); };
            worker.postMessage(is_ours ? {what: 'bench', peer, size, bytes} : {peer, size, bench: {}});
        });
    }, [peer, size]), new Promise((_, failed) => setTimeout(() => failed(new Error('it took more than 240 s')), 240_000))]);
}).catch((error) => console.error(`${peer} in Chromium: ${error.message}`));

// ---- what comes of all rounds ------------------------------------------------------------------------------------------

const train = 'train_tok_s_best', write = 'infer_tok_s_best_kvcache';
const wanted = [  // words, size, numerator [peer, what], denominator, goal
    ['training against jax-js, in Chromium', 'tiny', ['chromium/terrarium', train], ['chromium/jaxjs-wasm', train], 3],
    ['training against TensorFlow.js, in Chromium', 'tiny', ['chromium/terrarium', train], ['chromium/tfjs-wasm', train], 13],
    ['training against native PyTorch, one thread', 'tiny', ['chromium/terrarium', train], ['torch', train], 1],
    ['training against our own native 128-bit build', 'tiny', ['chromium/terrarium', train], ['terrarium-native', train], 0.75],
    ['training against jax-js, in Chromium', 'mid', ['chromium/terrarium', train], ['chromium/jaxjs-wasm', train], 2],
    ['training against native PyTorch, one thread', 'mid', ['chromium/terrarium', train], ['torch', train], 0.6],
    ['training against our own native 128-bit build', 'mid', ['chromium/terrarium', train], ['terrarium-native', train], 0.75],
    ['turbo: training against jax-js, in Chromium', 'tiny', ['chromium/terrarium-turbo', train], ['chromium/jaxjs-wasm', train], 4],
    ['turbo: training against jax-js, in Chromium', 'mid', ['chromium/terrarium-turbo', train], ['chromium/jaxjs-wasm', train], 3],
    ['writing against onnxruntime-web, in Chromium', 'tiny', ['chromium/terrarium', write], ['chromium/ort-wasm', write], 10],
    ['writing against onnxruntime-web, in Chromium', 'mid', ['chromium/terrarium', write], ['chromium/ort-wasm', write], 2.5],
    ['writing with weights of 8 bits against float', 'mid', ['chromium/terrarium', write + '_int8'], ['chromium/terrarium', write], 1.4],
];
const report = () => {
    for (const [key, value] of [...best].sort()) {
        const [size, peer, name] = key.split('|');
        if (/best|loss_step10|first_tokens|gflops/.test(name)) console.log(JSON.stringify({size, peer, what: name, value}));
    }
    const rows = ['| what | size | ratio | goal |', '|---|---|---|---|'];
    for (const [text, size, above, below, goal] of wanted) {
        const [a, b] = [above, below].map((it) => best.get([size, ...it].join('|')));
        if (!a || !b) continue;
        const ratio = a / b, is_reached = ratio >= goal;
        console.log(JSON.stringify({size, what: text, ratio: Number(ratio.toPrecision(3)), goal: goal, is_reached}));
        rows.push(`| ${text} | ${size} | ${ratio.toPrecision(2)} | ≥ ${goal}${is_reached ? '' : ' (not reached)'} |`);
    }
    if (table_file) {
        const text = readFileSync(table_file, 'utf8');
        const marked = /(<!-- peers -->\n)[^]*?(\n<!-- end of peers -->)/;
        if (!marked.test(text)) {
            console.error(`Stopped: ${table_file} has no lines <!-- peers --> and <!-- end of peers -->.`);
            process.exit(1);
        }
        writeFileSync(table_file, text.replace(marked, (_, begin, end) => begin + rows.join('\n') + end));
    }
};

mkdirSync(join(here, 'build/mid'), {recursive: true});
const server = await serve();
process.once('SIGTERM', () => { report(); process.exit(1); });  // a run that is cut short still tells what it has
for (let round = 0; round < rounds; ++round) {
    for (const size of sizes) {
        for (const [program, args] of outside_browsers(size)) run(size, program, args);
        if (!places.includes('chromium')) continue;
        const peers = ['terrarium', 'terrarium-turbo', ...what === 'inference' ? [] : ['jaxjs-wasm', 'tfjs-wasm'], ...what === 'training' ? [] : ['ort-wasm']];
        for (const peer of peers) await in_browser(server, size, peer);
    }
}
server.close();
report();
