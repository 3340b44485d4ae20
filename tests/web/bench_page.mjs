#!/usr/bin/env node
// What the page itself costs, in a real browser, beside what bench.mjs measures:
//   idle       processor time of the renderer, points of one core above a blank page, 3 s after the last input
//   latency    from the message that a press on Pause sends, until the worker's answer that it rests is here
//   long tasks main-thread tasks over 50 ms while something trains
//
//   node tests/web/bench_page.mjs [--seconds N]
import {launch, open_page, press, ready, sleep, train} from './harness.mjs';
import {registered} from './registry.mjs';

const at = process.argv.indexOf('--seconds');
const seconds = at < 0 ? 10 : Number(process.argv[at + 1]);
const cleanups = [];
const t = {after: (work) => cleanups.push(work)};
const say = (what, value, unit) => console.log(JSON.stringify({what, value: Number(value.toPrecision(3)), unit}));

/** Processor seconds that each renderer of the browser has used so far, by process id. */
const renderers = async (session) => new Map((await session.send('SystemInfo.getProcessInfo')).processInfo
    .filter((it) => it.type === 'renderer').map((it) => [it.id, it.cpuTime]));
/** Points of one core that the renderers used; the smaller of two goes, because a browser also tidies up after its start. */
const points_over = async (session) => {
    const goes = [];
    for (let i = 0; i < 2; ++i) {
        const before = await renderers(session);
        await sleep(seconds * 1000);
        let used_s = 0;
        for (const [id, cpu_s] of await renderers(session)) used_s += cpu_s - (before.has(id) ? before.get(id) : cpu_s);
        goes.push(used_s / seconds * 100);
    }
    return Math.min(...goes);
};

/** Notes what goes to workers and what comes back, in the page before ours. */
const watch_workers = () => {
    window.sent = [];
    window.came = [];
    window.long_tasks = [];
    new PerformanceObserver((list) => list.getEntries().forEach((it) => window.long_tasks.push(it.duration)))
        .observe({entryTypes: ['longtask']});
    const words = (bytes) => new TextDecoder('latin1').decode(bytes);
    const Real = window.Worker;
    window.Worker = class extends Real {
        constructor(...args) {
            super(...args);
            this.addEventListener('message', ({data}) => {
                if (!data.bytes) return;
                const text = words(data.bytes);
                // A CBOR true stands behind the name.
                window.came.push({at_ms: performance.now(), is_paused: text.includes('paused\xf5')});
            });
        }
        postMessage(data, ...rest) {
            if (data && data.bytes) window.sent.push({at_ms: performance.now(), text: words(data.bytes).slice(0, 400)});
            super.postMessage(data, ...rest);
        }
    };
};

try {
    const browser = await launch();
    const session = await browser.newBrowserCDPSession();
    const blank = await browser.newPage();
    await blank.goto('about:blank');
    await sleep(3000);
    const blank_points = await points_over(session);
    await blank.close();
    const {page} = await open_page(t, {hash: 'v=1&lab=m2.pretraining&workers=1&p.max_steps=5000', before: watch_workers});
    await ready(page);
    await page.mouse.move(300, 300);
    await page.mouse.wheel(0, 100);
    await sleep(3000);
    const idle = await points_over(session);
    say('idle, above a blank page', idle - blank_points, 'points of one core');
    say('a blank page', blank_points, 'points of one core');

    await page.evaluate(() => { window.long_tasks.length = 0; });
    await train(page, 100);
    await sleep(4000);
    const tasks = await page.evaluate(() => window.long_tasks);
    say('main-thread tasks over 50 ms while training, in 5 s', tasks.length, 'tasks');
    if (tasks.length) say('the longest of them (software GPU included)', Math.max(...tasks), 'ms');
    const waits = [];
    for (let i = 0; i < 5; ++i) {
        await page.evaluate(() => { window.sent.length = window.came.length = 0; });
        await press(page, 'train');  // says Pause while it trains, then Continue
        await page.waitForFunction(() => window.came.some((it) => it.is_paused), undefined, {timeout: 5000}).catch(() => {});
        waits.push(await page.evaluate(() => {
            const command = window.sent.find((it) => it.text.includes('pause'));
            const answer = command && window.came.find((it) => it.at_ms >= command.at_ms && it.is_paused);
            return answer ? answer.at_ms - command.at_ms : NaN;
        }));
        await press(page, 'train');
        await sleep(700);
    }
    const known = waits.filter((it) => it === it).sort((a, b) => a - b);
    if (known.length) say('from the message "pause" to the answer, median of ' + known.length, known[known.length >> 1], 'ms');
    else console.log(JSON.stringify({what: 'pause', error: 'no answer was recognised'}));
} finally {
    for (const work of cleanups.reverse()) await work();
    for (const work of registered.at_end) await work();
}
