// What the browser tests share: the page served as a host would, Chromium, and records of everything that went wrong.
//
// A typical test:
//   test('the lab starts', async (t) => {
//       const {page, log} = await open_page(t, {viewport: [360, 740], theme: 'dark'});
//       await ready(page);
//       await by_key(page, 'train').click({force: true});
//       log.assert_clean();
//   });
import assert from 'node:assert/strict';
import {existsSync, mkdirSync} from 'node:fs';
import {createServer} from 'node:http';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {chromium} from 'playwright-core';
import {plain_name} from '../../tools/release.mjs';
import {start_server} from '../../tools/serve.mjs';
import {registered, test} from './registry.mjs';

export {assert, test};

export const top = join(dirname(fileURLToPath(import.meta.url)), '../..');
export const dist = join(top, 'dist');
export const shots = join(top, 'build', 'shots');

const chromium_flags = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', '--disable-background-timer-throttling', '--disable-renderer-backgrounding',
    '--disable-backgrounding-occluded-windows'];
// WebGL2 without a graphics card.
const webgl_flags = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];

/** For browsers that a test starts and kills by itself. */
export const kill_flags = [...chromium_flags, ...webgl_flags];
export const chromium_path = () => find_chromium();

const find_chromium = () => {
    const wanted = process.env.CHROMIUM;
    if (wanted && wanted.includes('/')) return wanted;
    const names = [wanted, 'chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'].filter(Boolean);
    const folders = (process.env.PATH || '').split(':');
    const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
    if (!found) throw new Error('no Chromium was found: install it, or name it in the variable CHROMIUM');
    return found;
};

const browsers = new Map();  // flags -> promise of a browser; one is shared by all tests with the same flags
/** A browser. `webgl` false takes every 3D context away. */
export const launch = ({webgl = true, flags = []} = {}) => {
    const all = [...chromium_flags, ...webgl ? webgl_flags : ['--disable-3d-apis'], ...flags];
    const key = all.join(' ');
    if (!browsers.has(key)) browsers.set(key, chromium.launch({executablePath: find_chromium(), headless: true, args: all}));
    return browsers.get(key);
};
registered.at_end.push(async () => {
    for (const browser of browsers.values()) await (await browser).close();
});

/** Serves dist/ (or another root) on a free port until the test ends. See start_server for csp, cors and intercept. */
export const serve = async (t, options = {}) => {
    const server = await start_server({root: dist, ...options});
    t.after(server.close);
    return server;
};

/** A page of another site that embeds ours: same machine, but another host name, so Chromium treats it as a third party. */
export const serve_host = async (t, html) => {
    const server = createServer((request, response) => {
        const is_page = request.url.split('?')[0] === '/';
        response.writeHead(is_page ? 200 : 204, {'Content-Type': 'text/html; charset=utf-8'});
        response.end(is_page ? html : undefined);
    });
    await new Promise((done) => server.listen(0, '127.0.0.1', done));
    t.after(() => new Promise((closed) => { server.close(closed); server.closeAllConnections(); }));
    return `http://localhost:${server.address().port}/`;
};

const logs = new WeakMap();  // page -> its log

/** Everything a page complained about or fetched (`requests` without the hashes in names). */
const start_log = (page) => {
    const log = {console: [], errors: [], requests: [], failed: []};
    page.on('console', (message) => {
        log.console.push(`${message.type()}: ${message.text()}`);
        if (message.type() === 'error') log.errors.push(`console: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => log.errors.push(`uncaught: ${error.stack || error}`));
    page.on('request', (request) => log.requests.push(plain_name(request.url())));
    page.on('requestfailed', (request) => log.failed.push(`${request.url()}: ${request.failure().errorText}`));
    page.on('crash', () => log.errors.push('the page crashed'));
    logs.set(page, log);
    log.assert_clean = () => assert.deepEqual(log.errors, [], 'no error in the console');
    log.assert_own_requests = (...origins) => {
        const foreign = log.requests.filter((url) => !/^(data|blob|about):/.test(url) && !origins.some((it) => url.startsWith(it)));
        assert.deepEqual(foreign, [], 'no request leaves the site');
    };
    return log;
};

/**
 * A fresh page of its own browser context; with `url` undefined it opens the product from a server of its own.
 * Options: hash ('lab=...' goes behind #), viewport [width, height], dpr, theme 'light' or 'dark', motion 'reduce',
 * contrast 'more', forced_colors, touch, javascript false, webgl false, flags, server options, before (script in the
 * page before ours).
 */
export const open_page = async (t, options = {}) => {
    const {hash = '', viewport = [1280, 800], dpr = 1, theme = 'light', motion, contrast, forced_colors, touch = false,
        javascript = true, webgl = true, flags = [], server: server_options = {}, before, url, open = true} = options;
    const browser = await launch({webgl, flags});
    const context = await browser.newContext({
        viewport: {width: viewport[0], height: viewport[1]}, deviceScaleFactor: dpr, colorScheme: theme,
        reducedMotion: motion || 'no-preference', forcedColors: forced_colors ? 'active' : 'none', contrast,
        hasTouch: touch, javaScriptEnabled: javascript, acceptDownloads: true,
    });
    t.after(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const log = start_log(page);
    if (javascript) await page.addInitScript(count_frames);
    if (before) await page.addInitScript(before);
    const server = url ? undefined : await serve(t, server_options);
    const address = (url || server.url) + (hash ? '#' + hash : '');
    if (open) await page.goto(address, {waitUntil: 'load'});
    return {page, log, context, server, address};
};

/** Runs in the page: keeps a record of the frames that the program draws, as web/page.js marks them. */
const count_frames = () => {
    window.frames_drawn = [];
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
            if (entry.name === 'terrarium-frame') window.frames_drawn.push({at_ms: entry.startTime, took_ms: entry.detail});
    }).observe({entryTypes: ['mark']});
};

/** Waits until the program is on screen; a boot page that says what is missing fails at once, with its words. */
export const ready = async (page_or_frame, timeout = 20_000) => {
    await page_or_frame.waitForFunction(() => ['running', 'failed'].includes(document.documentElement.dataset.state),
        undefined, {timeout});
    const words = await page_or_frame.evaluate(() => document.documentElement.dataset.state === 'failed' ?
        document.getElementById('boot-problem').innerText : '');
    const page = page_or_frame.page ? page_or_frame.page() : page_or_frame;
    assert.equal(words, '', ['the program starts', ...logs.get(page)?.errors || []].join('\n'));
    // The first picture may still say that the lesson is loading. Where an author hid Train there is nothing to wait for.
    await page_or_frame.waitForSelector('[data-key="train"], #twin h1, [data-key="failure.title"]', {state: 'attached', timeout: 5000})
        .catch(() => {});
};

/** Number of frames drawn within the next `ms`. */
export const frames_within = async (page_or_frame, ms) => {
    const before = await page_or_frame.evaluate(() => window.frames_drawn.length);
    await new Promise((done) => setTimeout(done, ms));
    return await page_or_frame.evaluate(() => window.frames_drawn.length) - before;
};

/**
 * What each draw within the next `ms` cost the page's main thread, in ms of processor time, sorted. That is frame() and
 * everything of ours around it (the twin's elements too), but neither the browser's own layout nor the (software) GPU.
 * The clock would also count other programs and the worker, with which two processors are shared.
 */
export const draws_cpu_ms = async (page, ms) => {
    const session = await page.context().newCDPSession(page);
    const events = [];
    session.on('Tracing.dataCollected', ({value}) => events.push(...value));
    const complete = new Promise((done) => session.once('Tracing.tracingComplete', done));
    await session.send('Tracing.start', {transferMode: 'ReportEvents', traceConfig: {includedCategories: ['devtools.timeline']}});
    await sleep(ms);
    await session.send('Tracing.end');
    await complete;
    await session.detach();
    const draws = events.filter((it) => it.name === 'FireAnimationFrame' && it.ph === 'X').map((it) => it.tdur / 1000);
    assert.ok(draws.length && draws.every((it) => it >= 0), 'the trace tells processor time');
    return draws.sort((a, b) => a - b);
};

/** The element of the twin with that key, which is also its name in hide=, lock= and Config. */
export const by_key = (page_or_frame, key) => page_or_frame.locator(`[data-key="${key}"]`);

/** What the line under the progress bar says, "206 of 1,500 steps · 27 s left · 25k tokens/s"; "" without a run. */
export const run_words = (page_or_frame) => page_or_frame.evaluate(() =>
    document.querySelector('[data-key="progress"]')?.getAttribute('aria-valuetext') || '');

/** Optimiser steps that the run on screen has finished; 0 without a run. */
export const steps_done = async (page_or_frame) => {
    const match = (await run_words(page_or_frame)).match(/^([\d,]+) of [\d,]+ steps/);
    return match ? Number(match[1].replaceAll(',', '')) : 0;
};

/** Waits until `probe` resolves to something true, and returns it; fails with `words` and what it last saw. */
export const until = async (words, probe, timeout = 20_000) => {
    const deadline = Date.now() + timeout;
    for (;;) {
        const seen = await probe();
        if (seen) return seen;
        assert.ok(Date.now() < deadline, `${words}, within ${timeout / 1000} s`);
        await sleep(50);
    }
};

/** A real pointer press in the middle of what has that key, scrolled into sight; on the canvas in the normal mode. */
export const press = async (page_or_frame, key) => {
    const control = by_key(page_or_frame, key);
    // A page that has just started may lay its parts out anew; a person would look for the button again, too.
    await control.scrollIntoViewIfNeeded().catch(() => control.scrollIntoViewIfNeeded());
    await painted(page_or_frame);
    await control.click({force: true});
};

/** Waits for two pictures, as a person does: what has just scrolled or moved is where it will be pressed. */
export const painted = (page_or_frame) => page_or_frame.evaluate(() =>
    new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 30)))));

/** How far the page is scrolled, in CSS pixels. */
export const scrolled = (page) => page.evaluate(() => document.getElementById('scroller').scrollTop);

/** The middle of a control, brought between the bars at the edges. */
export const middle_of = async (page, key) => {
    await by_key(page, key).evaluate((el) => el.scrollIntoView({block: 'center'}));
    await painted(page);
    await sleep(200);
    const box = await by_key(page, key).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
};

/** Locks in a prediction, which unlocks Train. */
export const predict = async (page_or_frame) => {
    await press(page_or_frame, 'predict.beats_bigram.much');
    await until('the answer is taken', () => by_key(page_or_frame, 'predict.commit').getAttribute('aria-disabled')
        .then((it) => it !== 'true'));
    await press(page_or_frame, 'predict.commit');
    await until('Train is unlocked', () => by_key(page_or_frame, 'train').getAttribute('aria-disabled').then((it) => it !== 'true'));
};

/** Waits until a worker has finished `steps` optimiser steps. */
export const trained = async (page_or_frame, steps, timeout = 20_000) => {
    const deadline = Date.now() + timeout;
    while (await steps_done(page_or_frame) < steps) {
        assert.ok(Date.now() < deadline, `${steps} steps within ${timeout / 1000} s of pressing Train; ` +
            `it stands at ${await steps_done(page_or_frame)}`);
        await sleep(50);
    }
};

/** Locks in a prediction where one is asked for, presses Train, and waits for `steps` steps. */
export const train = async (page_or_frame, steps = 1, timeout = 20_000) => {
    await by_key(page_or_frame, 'train').waitFor({state: 'attached'});
    // What another tab locked in arrives with the record; a page without one asks on after three seconds of silence.
    await page_or_frame.waitForFunction(() => document.documentElement.dataset.progress, undefined, {timeout: 8000}).catch(() => {});
    await painted(page_or_frame);
    if (await by_key(page_or_frame, 'predict.commit').count()) await predict(page_or_frame);
    await press(page_or_frame, 'train');
    await trained(page_or_frame, steps, timeout);
};

/** Clicks what a sighted person sees there: a real pointer event that lands on the canvas. */
export const click_canvas_at = async (page, key) => {
    const box = await by_key(page, key).boundingBox();
    assert.ok(box, `${key} is on the page`);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
};

/** A picture of the page in build/shots/, for people to look at. */
export const shot = async (page, name, options = {}) => {
    mkdirSync(shots, {recursive: true});
    await page.screenshot({path: join(shots, name + '.png'), ...options});
};

/** axe-core's findings in a page or frame, as lines; an empty list is good. */
export const accessibility_findings = async (page, {include = 'html', disabled_rules = []} = {}) => {
    // Evaluated through the debugger, because the page's own policy would refuse the script.
    await page.evaluate((await import('node:fs')).readFileSync(join(top, 'node_modules/axe-core/axe.min.js'), 'utf8'));
    return page.evaluate(async ([include, disabled]) => {
        const result = await window.axe.run(include, {rules: Object.fromEntries(disabled.map((it) => [it, {enabled: false}]))});
        return result.violations.flatMap((it) => it.nodes.map((node) => `${it.id}: ${it.help}: ${node.target.join(' ')}`));
    }, [include, disabled_rules]);
};

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
