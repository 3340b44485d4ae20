// The whole lab by role and accessible name only, with the keyboard: what a learner does who sees no picture. At the end
// stands a result code, which the native program confirms by running it again.
import {spawnSync} from 'node:child_process';
import {existsSync, statSync} from 'node:fs';
import {join} from 'node:path';
import {assert, open_page, ready, sleep, test, top, until} from './harness.mjs';

/** Reaches for things by role and name alone, and works them with keys. */
const hands = (page) => {
    const find = (role, name) => page.getByRole(role, {name, exact: typeof name === 'string'});
    const reach = async (role, name) => {
        const it = find(role, name);
        await it.first().waitFor();
        assert.equal(await it.count(), 1, `there is one ${role} called ${name}`);
        await it.focus();
        assert.ok(await it.evaluate((el) => el === document.activeElement), `${role} ${name} takes the focus`);
        return it;
    };
    return {
        find, reach,
        use: async (role, name, ...keys) => {
            const it = await reach(role, name);
            for (const key of keys) await page.keyboard.press(key);
            return it;
        },
        /** What a screen reader would say of the progress bar. */
        progress: () => find('progressbar', 'Training progress').getAttribute('aria-valuetext'),
        steps: async () => Number(((await find('progressbar', 'Training progress').count() &&
            await find('progressbar', 'Training progress').getAttribute('aria-valuetext')) || '0')
            .match(/^[\d,]+/)[0].replaceAll(',', '')),
    };
};

/** The native program that was built last; it must be of the same sources as the page, or it does not know its codes. */
const native_program = () => ['build/release/terrarium', 'build/native/terrarium'].map((it) => join(top, it)).filter(existsSync)
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
const verify = (code) => spawnSync(native_program(), ['verify', code], {encoding: 'utf8', timeout: 60_000, cwd: top});

test('the whole lab by role and name, and the native program confirms its result', async (t) => {
    const {page, log, context, server} = await open_page(t, {hash: 'p.max_steps=600&p.learning_rate=0.01'});
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], {origin: new URL(server.url).origin});
    await ready(page);
    const lab = hands(page);

    // Predict. Train is there, and says that it is not to be had yet.
    assert.equal(await lab.find('button', 'Train').getAttribute('aria-disabled'), 'true', 'Train waits for a prediction');
    assert.equal(await lab.find('button', 'Lock in my prediction').getAttribute('aria-disabled'), 'true');
    await lab.use('radio', /No, counting pairs/, ' ', 'ArrowDown', 'ArrowDown');
    await until('the arrow keys chose the last answer', () => lab.find('radio', /by 0\.3 nats or more/).isChecked());
    const guess = await lab.reach('slider', 'Your guess, in steps');
    const guess_before = await guess.getAttribute('aria-valuetext');
    await page.keyboard.press('ArrowLeft');
    await until('an arrow key moves the guess', async () => await guess.getAttribute('aria-valuetext') !== guess_before);
    await until('the guess can be locked in', async () =>
        await lab.find('button', 'Lock in my prediction').getAttribute('aria-disabled') !== 'true');
    await lab.use('button', 'Lock in my prediction', 'Enter');
    await until('Train is unlocked', async () => await lab.find('button', 'Train').getAttribute('aria-disabled') !== 'true');

    // Train, pause, change the learning rate in mid-run, go on.
    await lab.use('button', 'Train', 'Enter');
    await until('the run begins', async () => await lab.steps() > 20);
    await lab.use('button', 'Pause', 'Enter');
    await lab.find('button', 'Continue').waitFor();
    const at_pause = await lab.steps();
    await sleep(600);
    assert.equal(await lab.steps(), at_pause, 'a paused run stands still');
    const rate = await lab.reach('spinbutton', 'Learning rate');
    await rate.fill('0.011');
    await page.keyboard.press('Enter');
    await until('the learning rate is taken', async () =>
        await lab.find('slider', 'Learning rate').getAttribute('aria-valuetext') === '0.011');
    await lab.use('button', 'Continue', ' ');
    await until('the run is over', async () => await lab.steps() === 600, 45_000);
    await lab.find('button', 'Train again').waitFor();

    // Look at every head, and name the one that looks one back the most.
    const sentence = await lab.reach('textbox', 'A sentence to look at');
    await sentence.fill('The boats came home in the rain');
    // In the challenge itself: what was announced once stays in the live region when it no longer holds.
    const verdict = lab.find('region', 'Challenge').getByText('You beat the bigram line by');
    let heads = [];
    const name_a_head = async () => {
        heads = [];
        for (const layer of [1, 2]) {
            for (const head of [1, 2, 3, 4]) {
                await lab.use('radio', `Layer ${layer}`, ' ');
                await lab.use('radio', `Head ${head}`, ' ');
                const words = await until(`head ${layer}.${head} is shown`, async () => {
                    const text = await page.getByRole('paragraph').filter({hasText: `In this sentence head ${layer}.${head} puts`})
                        .textContent({timeout: 500}).catch(() => '');
                    return text.match(/puts (\d+)\s?%/);
                });
                heads.push({layer, head, percent: Number(words[1])});
            }
        }
        heads.sort((a, b) => b.percent - a.percent);
        for (const {layer, head} of heads.slice(0, 4)) {  // one sentence may mislead; then the verdict says: compare the heads
            await lab.use('radio', `Layer ${layer}`, ' ');
            await lab.use('radio', `Head ${head}`, ' ');
            await lab.use('button', 'This head looks one back', 'Enter');
            await lab.find('button', `You named head ${layer}.${head}`).waitFor();
            if (await verdict.waitFor({timeout: 10_000}).then(() => true, () => false)) return true;  // the worker looks at all heads
        }
        return false;
    };
    if (!await name_a_head()) {
        // At which step the rate changed decides how strong the heads become. As a learner would: once more, at one rate.
        const steady = await lab.reach('spinbutton', 'Learning rate');
        await steady.fill('0.01');
        await page.keyboard.press('Enter');
        await lab.use('button', 'Train again', 'Enter');
        await until('the second run begins', async () => await lab.steps() < 600);
        await until('it is over', async () => await lab.steps() === 600, 45_000);
        await lab.find('button', 'Train again').waitFor();
        await name_a_head();
    }
    assert.ok(await verdict.count(), `the challenge is passed; heads ${JSON.stringify(heads)}; it says: ` +
        await lab.find('region', 'Challenge').innerText());

    // The code: shown, copied, confirmed, and refused when one character differs.
    const code = await (await lab.reach('textbox', 'Result code')).inputValue();
    assert.ok(code.length > 40, `a result code: ${code}`);
    await lab.use('button', 'Copy code', 'Enter');
    assert.equal(await until('the code is copied', () => page.evaluate(() => navigator.clipboard.readText())), code);
    assert.ok(native_program(), 'there is a native program: ./lab build native makes one');
    const confirmed = verify(code);
    assert.equal(confirmed.status, 0, `verify says: ${confirmed.stdout}${confirmed.stderr}`);
    const at = code.length >> 1;
    const other = verify(code.slice(0, at) + (code[at] === 'A' ? 'B' : 'A') + code.slice(at + 1));
    assert.equal(other.status, 2, `one changed character: ${other.stdout}${other.stderr}`);
    log.assert_clean();
}, {timeout_ms: 240_000});

test('Tab reaches every control once, in reading order, and Shift and Tab leads back', async (t) => {
    const {page} = await open_page(t);
    await ready(page);
    const stops = [];
    for (let i = 0; i < 80; ++i) {
        await page.keyboard.press('Tab');
        const key = await page.evaluate(() => document.activeElement?.dataset.key || '');
        if (!key && stops.length) break;
        if (key) stops.push(key);
    }
    assert.ok(stops.length >= 15, `stops: ${stops}`);
    assert.equal(new Set(stops).size, stops.length, 'none twice');
    for (const key of ['step.predict', 'predict.commit', 'train', 'learning_rate', 'learning_rate.number', 'loss'])
        assert.ok(stops.includes(key), `${key} is reached: ${stops}`);
    assert.ok(stops.indexOf('predict.commit') < stops.indexOf('train'), 'the lesson comes before the experiment');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.dataset.key), stops.at(-1), 'and back in again');
});
