// Our engine among the peers, in Node and in a browser's worker: the same weights, batches and timing as theirs.
// tools/bench_peers.mjs puts this file beside theirs, where common.mjs is.
//
//   node peer_terrarium.mjs MODULE.wasm NAME
import {SPEC, batch, emit, genBench, initParams, PROMPT, trainBench} from './common.mjs';

const instantiate = async (bytes) => {
    const module = await WebAssembly.compile(bytes), imports = {};
    for (const it of WebAssembly.Module.imports(module)) (imports[it.module] ??= {})[it.name] = () => 0;
    const {exports} = await WebAssembly.instantiate(module, imports);
    if (exports._initialize) exports._initialize();
    return exports;
};

/** Best rate of training one of the sizes that learners use, on tokens made up here, in tokens per second. */
const trained_per_second = (it, [vocab, context, width, heads, layers, size]) => {
    it.open_model(vocab, context, width, heads, layers, size);
    const n = context * size;
    const weights = new Float32Array(it.memory.buffer, it.params(), it.n_params());
    for (let i = 0; i < weights.length; ++i) weights[i] = Math.sin(i * 12.9898) * 0.05;
    for (const at of [it.x_ids(), it.y_ids()])
        new Int32Array(it.memory.buffer, at, n).forEach((_, i, ids) => { ids[i] = (i * 7 + (i >> 3)) % vocab; });
    let best_ms = Infinity;
    for (const end = performance.now() + 700; performance.now() < end;) {
        const begin = performance.now();
        for (let i = 0; i < 10; ++i) it.train_step();
        best_ms = Math.min(best_ms, (performance.now() - begin) / 10);
    }
    return {rate: n / best_ms * 1e3, n_params: it.n_params()};
};

export const run_terrarium = async (peer, bytes, bench = {}) => {
    const it = await instantiate(bytes);
    it.open_model(SPEC.vocab, SPEC.T, SPEC.C, SPEC.H, SPEC.L, SPEC.B);
    let at = it.params() / 4;
    for (const {data} of Object.values(initParams())) {
        new Float32Array(it.memory.buffer).set(data, at);
        at += data.length;
    }
    for (const [infer, note] of [[it.infer_token, '_kvcache'], [it.infer_token_int8, '_kvcache_int8']]) {
        const write = (n) => {
            const out = [];
            let id = PROMPT[0];
            for (let position = 0; position < PROMPT.length + n - 1; ++position) {
                const next = infer(id, position);
                id = position < PROMPT.length - 1 ? PROMPT[position + 1] : next;
                if (position >= PROMPT.length - 1) out.push(next);
            }
            return out;
        };
        // Four texts at a time: a clock in browsers ticks every 0.1 ms, which is a quarter of one text.
        const four_texts = (n) => {
            for (let i = 1; i < 4; ++i) write(n / 4);
            return write(n / 4);
        };
        await genBench(peer, four_texts, {note, n: 192, minSec: 0.5, ...bench.gen});
    }
    await new Promise((done) => setTimeout(done, 200));  // the optimising compiler finishes
    await trainBench(peer, (i) => {
        const {x, y} = batch(i), ids = new Int32Array(it.memory.buffer);
        ids.set(x, it.x_ids() / 4);
        ids.set(y, it.y_ids() / 4);
        return it.train_step();
    }, {warm: 10, minSec: 2, ...bench.train});
    for (const [name, shape] of [['28k', [64, 32, 32, 4, 2, 16]], ['8k', [64, 32, 16, 4, 2, 16]]]) {
        const {rate, n_params} = trained_per_second(it, shape);
        emit(peer, `train_tok_s_best_${name}`, rate, 'token/s');
        emit(peer, `train_6nd_gflops_${name}`, rate * 6 * n_params / 1e9, 'GFLOP/s');
    }
};

if (typeof process === 'object' && process.argv[1]?.endsWith('peer_terrarium.mjs')) {
    const {readFileSync} = await import('node:fs');
    await run_terrarium(process.argv[3], readFileSync(process.argv[2]));
}
