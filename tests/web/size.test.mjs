// What a first visit costs: every byte that the network log shows until the first training step.
import {assert, open_page, press, ready, run_words, test, train, until} from './harness.mjs';

const budget_bytes = 700_000;
const begin = async (page) => {
    await press(page, 'train');
    await until('the run has begun', async () => /[1-9]/.test(await run_words(page)));
};

for (const [volume, hash] of [['the first volume', ''], ['the volume about data', 'lab=m0.tokens&hide=predict'],
    ['the volume about kinds of models', 'lab=m2.model_shelf&hide=predict']]) {
test(`a first visit to ${volume} loads at most 700 kB until training has begun`, async (t) => {
    const {page, context, address, log} = await open_page(t, {open: false});
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    const names = new Map(), sizes = new Map();
    session.on('Network.requestWillBeSent', (event) => names.set(event.requestId, event.request.url));
    session.on('Network.loadingFinished', (event) => sizes.set(event.requestId, event.encodedDataLength));
    await page.goto(hash ? `${address.split('#')[0]}#${hash}` : address);
    await ready(page);
    await (hash ? begin(page) : train(page));
    const rows = [...sizes].map(([id, bytes]) => [names.get(id) || '?', bytes]).filter(([url]) => url.startsWith('http'));
    const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
    const table = rows.sort((a, b) => b[1] - a[1]).map(([url, bytes]) => `${String(bytes).padStart(8)} ${new URL(url).pathname}`);
    assert.ok(rows.length > 5, 'the log saw the page load');
    assert.ok(total <= budget_bytes, `${total} bytes:\n${table.join('\n')}`);
    console.log(`      a first visit to ${volume}: ${total} bytes in ${rows.length} files`);
    log.assert_clean();
});
}
