// The four ways in which a course page can embed a lab; the host page belongs to another site.
import {assert, open_page, ready, serve, serve_host, shot, test, train} from './harness.mjs';

/** Opens a foreign page with text above and below a frame of ours; resolves to our frame. */
const open_embedded = async (t, attributes, hash = '', server_options = {}) => {
    const server = await serve(t, server_options);
    const host = await serve_host(t, `<!doctype html><html lang="en"><meta charset="utf-8"><title>A course</title>
        <style>body { font: 16px sans-serif; margin: 16px } iframe { width: 100%; height: 640px; border: 0 }</style>
        <h1>Chapter 3</h1><p><label>Your name <input id="name"></label></p><p style="height: 300px">Some text.</p>
        <iframe id="lab" title="Lab" src="${server.url}${hash && '#' + hash}" ${attributes}></iframe>
        <p style="height: 1500px">More text.</p><script>window.heard = [];
        addEventListener('message', (event) => heard.push(event.data));</script></html>`);
    const opened = await open_page(t, {url: host});
    const handle = await opened.page.waitForSelector('#lab');
    return {...opened, frame: await handle.contentFrame(), server, host};
};

const modes = [
    ['a third-party frame', 'allow="clipboard-write; fullscreen"'],
    ['a sandboxed frame with its own origin', 'sandbox="allow-scripts allow-same-origin allow-downloads allow-popups"'],
    ['a sandboxed frame without an origin', 'sandbox="allow-scripts"'],
];
for (const [name, attributes] of modes) {
    test(`trains in ${name}`, async (t) => {
        const {page, frame, log, server, host} = await open_embedded(t, attributes);
        await ready(frame);
        await train(frame, 20);  // only a worker can make the number of steps grow
        if (attributes === 'sandbox="allow-scripts"') await shot(page, 'embedded');
        log.assert_clean();
        log.assert_own_requests(server.url, host);
    });
}

test('starts in a sandboxed frame of a host that sends no CORS header', async (t) => {
    const {frame} = await open_embedded(t, 'sandbox="allow-scripts"', '', {cors: false});
    await ready(frame, 30_000);
});

test('an embedded lab leaves wheel, keys and focus to the page around it', async (t) => {
    const {page, frame} = await open_embedded(t, 'sandbox="allow-scripts"');
    await ready(frame);
    assert.equal(await page.evaluate(() => document.activeElement.id), '', 'starting takes no focus');
    await page.locator('#name').click();
    await page.keyboard.type('Ada w s 1');
    assert.equal(await page.locator('#name').inputValue(), 'Ada w s 1');
    assert.equal(await page.evaluate(() => scrollY), 0, 'and does not scroll the host');
});

test('tells its host that it is ready, as an object', async (t) => {
    const {page, frame} = await open_embedded(t, 'sandbox="allow-scripts"');
    await ready(frame);
    await page.waitForFunction(() => window.heard.some((it) => it && it.ns === 'terrarium' && it.type === 'ready'));
    const heard = await page.evaluate(() => window.heard);
    assert.ok(heard.every((it) => it && typeof it === 'object'), 'never a string, never null');
});

test('survives hostile messages from its host', async (t) => {
    const {page, frame, log} = await open_embedded(t, 'sandbox="allow-scripts"');
    await ready(frame);
    await page.evaluate(() => {
        const lab = document.getElementById('lab').contentWindow;
        const shapes = [null, 1, 'set', {}, [], {ns: 'terrarium'}, {ns: 'terrarium', v: 1, seq: 1, type: 'set'},
            {ns: 'terrarium', v: 1, seq: -1, type: 'nonsense'}, {ns: 'terrarium', v: 2, seq: 2, type: 'start'},
            {ns: 'terrarium', v: 1, seq: 3, type: 'set', values: {__proto__: {x: 1}, seed: 1e999}}, new Blob(['x'])];
        for (let i = 0; i < 300; ++i) for (const shape of shapes) lab.postMessage(shape, '*');
    });
    await ready(frame);
    await train(frame);
    log.assert_clean();
});
