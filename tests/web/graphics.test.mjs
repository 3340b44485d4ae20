// Graphics that are lost and given back a hundred times: each time the picture is there again at once, and nothing grows.
import {assert, open_page, ready, test} from './harness.mjs';

const kTimes = process.env.TERRARIUM_FULL === '1' ? 1000 : 100;
const kWarmUp = 10;

/** Runs in the page before ours: remembers the memory of the program. */
const remember_memory = () => {
    window.wasm_bytes = () => 0;
    const remember = (result) => {
        const memory = Object.values((result.instance || result).exports).find((it) => it instanceof WebAssembly.Memory);
        if (memory) window.wasm_bytes = () => memory.buffer.byteLength;
        return result;
    };
    const instantiate = WebAssembly.instantiate;
    WebAssembly.instantiate = (...given) => instantiate(...given).then(remember);
};

/** Loses the context so many times, gets it back, and lists the ms until the middle of the canvas shows a picture again; -1: never. */
const lose_and_restore = async (times) => {
    const canvas = document.getElementById('canvas');
    const lose = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
    const copy = new OffscreenCanvas(200, 200), paper = copy.getContext('2d', {willReadFrequently: true});
    const is_drawn = () => {
        paper.clearRect(0, 0, 200, 200);
        paper.drawImage(canvas, 100, 60, 600, 600, 0, 0, 200, 200);
        return new Set(new Uint32Array(paper.getImageData(0, 0, 200, 200).data.buffer)).size > 20;
    };
    const once = () => new Promise((done) => {
        canvas.addEventListener('webglcontextlost', () => setTimeout(() => {
            let began = 0;
            canvas.addEventListener('webglcontextrestored', () => { began = performance.now(); }, {once: true});
            lose.restoreContext();
            const deadline = performance.now() + 5000;
            const look = () => {
                if (performance.now() > deadline) return done(-1);
                Terrarium.after_frame(() => { if (began && is_drawn()) done(performance.now() - began); else setTimeout(look); });
            };
            look();
        }), {once: true});
        lose.loseContext();
    });
    const took = [];
    for (let i = 0; i < times; ++i) took.push(await once());
    return took;
};

/**
 * What scripts and the page's own objects (of WebGL, too) hold, in bytes, without what the browser adds by itself while the test runs: code that it
 * compiles, and its records of slow frames.
 */
const bytes_of_objects = async (session) => {
    const parts = [], collect = ({chunk}) => parts.push(chunk);
    session.on('HeapProfiler.addHeapSnapshotChunk', collect);
    await session.send('HeapProfiler.takeHeapSnapshot', {reportProgress: false});
    session.off('HeapProfiler.addHeapSnapshotChunk', collect);
    const {snapshot: {meta}, nodes, strings} = JSON.parse(parts.join(''));
    const [type, name, size] = ['type', 'name', 'self_size'].map((it) => meta.node_fields.indexOf(it)), types = meta.node_types[type];
    const sum = {script: 0, page: 0};
    for (let i = 0; i < nodes.length; i += meta.node_fields.length) {
        const is_browsers = ['code', 'synthetic'].includes(types[nodes[i + type]]) ||
            /Performance|Timing|TaskAttribution|NativeModule|^system \//.test(strings[nodes[i + name]]);
        if (!is_browsers) sum[types[nodes[i + type]] === 'native' ? 'page' : 'script'] += nodes[i + size];
    }
    return sum;
};

test(`graphics lost and given back ${kTimes} times: the picture is back within half a second, and no memory is kept`, async (t) => {
    const {page, context, log} = await open_page(t, {hash: 'hide=predict&p.width=8&p.n_layers=1', before: remember_memory});
    await ready(page);
    const session = await context.newCDPSession(page);
    await session.send('HeapProfiler.enable');
    const memory = async () => {
        await page.evaluate(() => { window.frames_drawn.length = 0; performance.clearMarks(); });  // records for tests
        for (let i = 0; i < 3; ++i) await session.send('HeapProfiler.collectGarbage');
        return {...await bytes_of_objects(session), wasm: await page.evaluate(() => window.wasm_bytes())};
    };
    await page.evaluate(lose_and_restore, kWarmUp);
    const before = await memory();
    const took = [];
    for (let i = 0; i < kTimes; i += 50) took.push(...await page.evaluate(lose_and_restore, 50));
    const after = await memory();
    assert.deepEqual(took.filter((ms) => ms < 0), [], 'the picture is back each time');
    took.sort((a, b) => a - b);
    const p95 = took[Math.floor(took.length * 0.95)];
    const growth = after.script / before.script - 1, page_growth = after.page / before.page - 1;
    console.log(`        back after ${took[took.length >> 1].toFixed(0)} ms (median), ${p95.toFixed(0)} ms (p95); ` +
        `script heap ${(100 * growth).toFixed(2)} % of ${(before.script / 1e6).toFixed(1)} MB, page ${(100 * page_growth).toFixed(2)} % of ${(before.page / 1e6).toFixed(1)} MB, wasm ${after.wasm / 1e6} MB`);
    assert.ok(p95 <= 500, `${p95} ms`);
    assert.ok(before.wasm > 0);
    assert.equal(after.wasm, before.wasm, 'the memory of the program');
    assert.ok(growth < 0.01 * kTimes / 100, `the script heap grew by ${(100 * growth).toFixed(2)} %`);
    assert.ok(page_growth < 0.01 * kTimes / 100, `the page's objects grew by ${(100 * page_growth).toFixed(2)} %`);
    assert.equal(await page.locator('.note').count(), 0, 'and nobody was told that graphics stopped');
    assert.deepEqual(log.errors.filter((it) => !/CONTEXT_LOST|context lost/i.test(it)), []);
}, {timeout_ms: 120_000 + kTimes * 1000, alone: true});
