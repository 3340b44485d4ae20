// A classic worker that runs our engine among the peers (tools/bench_peers.mjs).
'use strict';

const plain_log = console.log;
console.log = (...words) => {
    const line = words.join(' ');
    if (line.startsWith('{')) postMessage({line});
    else plain_log(...words);
};

onmessage = async ({data: {peer, size, bytes}}) => {
    self.PEER_SIZE = size;
    try {
        await (await import('/peer_terrarium.mjs')).run_terrarium('chromium/' + peer, bytes);
    } catch (error) {
        postMessage({line: JSON.stringify({peer: 'chromium/' + peer, what: 'error', value: String(error && error.message || error).slice(0, 200), unit: 'text'})});
    }
    postMessage({done: true});
};
