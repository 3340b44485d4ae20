// Before the program runs, and when it cannot: there is always something to read, and a way on.
import {assert, by_key, open_page, ready, shot, test, train} from './harness.mjs';

const problem_text = async (page) => {
    await page.waitForFunction(() => document.documentElement.dataset.state, undefined, {timeout: 20_000});
    const box = page.locator('#boot-problem');
    await box.waitFor({state: 'visible'});
    assert.equal(await box.getByRole('button').count(), 1, 'there is a way on');
    return box.innerText();
};

/** A server that answers `path` in its own way. */
const answering = (path, answer) => ({intercept: (request, response, asked) => {
    if (asked !== path) return false;
    answer(response);
    return true;
}});

test('starts without a word of complaint', async (t) => {
    const {page, log, server} = await open_page(t);
    await ready(page);
    assert.match(await page.title(), /Terrarium/);
    await shot(page, 'start');
    log.assert_clean();
    log.assert_own_requests(server.url);
    assert.deepEqual(log.failed, []);
});

test('without JavaScript the title and what to do are readable', async (t) => {
    const {page} = await open_page(t, {javascript: false});
    assert.equal(await page.getByRole('heading', {level: 1}).innerText(), 'Terrarium');
    assert.match(await page.locator('body').innerText(), /JavaScript/);
    assert.ok(await page.locator('noscript p').isVisible(), 'what to do is said');
});

test('text is on screen before any script has arrived', async (t) => {
    const held = [];
    const {page, address} = await open_page(t, {open: false,
        server: {intercept: (request, response, path) => path.endsWith('.js') && held.push(response) > 0}});
    await page.goto(address, {waitUntil: 'commit'});
    await page.getByRole('heading', {level: 1}).waitFor({state: 'visible', timeout: 5000});
    assert.ok(held.length > 0, 'the scripts were indeed held back');
    held.forEach((response) => response.destroy());
});

test('a missing module is said, with a button that tries again and then succeeds', async (t) => {
    let broken = true;
    const {page} = await open_page(t, {server: {intercept: (request, response, path) => {
        if (!broken || !path.endsWith('.wasm')) return false;
        response.writeHead(404, {'Content-Type': 'text/html'});
        response.end('<h1>gone</h1>');
        return true;
    }}});
    assert.match(await problem_text(page), /terrarium\.wasm/);
    await shot(page, 'module-missing');
    broken = false;
    await page.locator('#boot-problem').getByRole('button').click();
    await page.waitForFunction(() => document.documentElement.dataset.state === 'running');
});

test('a missing script is said', async (t) => {
    const {page} = await open_page(t, {server: answering('/page.js', (response) => { response.writeHead(404); response.end(); })});
    assert.match(await problem_text(page), /page\.js/);
});

test('a web page instead of the module is recognised', async (t) => {
    const {page} = await open_page(t, {server: answering('/terrarium.wasm', (response) => {
        response.writeHead(200, {'Content-Type': 'text/html'});
        response.end('<!doctype html><title>Sign in to the network</title>' + ' '.repeat(5000));
    })});
    assert.match(await problem_text(page), /web page|sign/i);
});

test('a module that arrives cut short is recognised', async (t) => {
    const {page} = await open_page(t, {server: answering('/terrarium.wasm', (response) => {
        response.writeHead(200, {'Content-Type': 'application/wasm'});
        response.end(Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]));
    })});
    assert.match(await problem_text(page), /incomplete|damaged/);
});

test('a server that names the wrong type for wasm does no harm', async (t) => {
    const {page, log} = await open_page(t, {server: {intercept: (request, response, path) => {
        if (path.endsWith('.wasm')) {
            const set = response.setHeader.bind(response);
            response.setHeader = (name, value) => set(name, name === 'Content-Type' ? 'application/octet-stream' : value);
        }
        return false;
    }}});
    await ready(page);
    assert.deepEqual(log.errors, []);
});

test('without WebAssembly it is said, and nothing breaks', async (t) => {
    const {page, log} = await open_page(t, {before: () => { delete globalThis.WebAssembly; }});
    assert.match(await problem_text(page), /WebAssembly/);
    await shot(page, 'no-webassembly');
    log.assert_clean();
});

test('a host whose policy forbids wasm gets the missing directive named', async (t) => {
    const {page} = await open_page(t, {server: {csp: "default-src 'none'; script-src 'self'; worker-src blob:; " +
        "connect-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self' blob:"}});
    assert.match(await problem_text(page), /wasm-unsafe-eval/);
});

test('without WebGL the lab is a usable page', async (t) => {
    const {page, log} = await open_page(t, {webgl: false});
    await ready(page);
    assert.equal(await page.locator('#canvas').isVisible(), false, 'no dead canvas');
    await page.getByRole('heading').first().waitFor({state: 'visible'});
    const button = by_key(page, 'train');
    await button.waitFor({state: 'visible'});
    await train(page, 5);
    await shot(page, 'no-webgl', {fullPage: true});
    log.assert_clean();
});

test('without SIMD the scalar module starts', async (t) => {
    const {page, log} = await open_page(t, {before: () => {
        // Answers like a browser of 2021: modules with a vector instruction are not valid.
        const validate = WebAssembly.validate;
        WebAssembly.validate = (bytes) => !new Uint8Array(bytes.buffer || bytes).includes(253) && validate(bytes);
    }});
    await ready(page);
    assert.ok(log.requests.some((url) => /terrarium-scalar\.wasm(\?|$)/.test(url)), 'the scalar module was asked for');
    assert.ok(!log.requests.some((url) => /terrarium\.wasm(\?|$)/.test(url)), 'and the other one was not');
    log.assert_clean();
});

test('a second visit loads almost nothing', async (t) => {
    const {page, context, server} = await open_page(t);
    await ready(page);
    const again = await context.newPage();
    const session = await context.newCDPSession(again);
    await session.send('Network.enable');
    let bytes = 0;
    session.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
    await again.goto(server.url);
    await ready(again);
    assert.ok(bytes < 60_000, `${bytes} bytes`);
});
