// The token lab in a real browser: guesses, merges one at a time, an own sentence and an own text; then the whole of it
// by role and name alone, with keys, until the challenge is passed.
import {readFileSync} from 'node:fs';
import {assert, by_key, open_page, press, ready, run_words, test, until} from './harness.mjs';

const enabled = (page, key) => until(`${key} can be used`, async () =>
    await by_key(page, key).getAttribute('aria-disabled') !== 'true');
const n_boxes = (page) => page.locator('input[data-key^="pieces."]').count();

test('the token lab: guess, learn, walk merge by merge, type an emoji', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m0.tokens'});
    await ready(page);
    await press(page, 'predict.first_pair.he');
    await press(page, 'predict.new_word.spelled');
    await enabled(page, 'predict.commit');
    await press(page, 'predict.commit');
    await enabled(page, 'train');
    const began = Date.now();
    await press(page, 'train');
    await until('all merges are made', async () => /^200 of 200 merges/.test(await run_words(page)));
    await until('the text is cut', () => by_key(page, 'opening').count());
    console.log(`      from the press to 200 merges on screen: ${Date.now() - began} ms (goal 3,000)`);
    assert.match(await by_key(page, 'run.outcome.first_pair').innerText(), /he stood [\d,]+ times/);

    // Back to the bytes, and one merge forward.
    await by_key(page, 'at.number').fill('0');
    await page.keyboard.press('Enter');
    await until('no merge is shown', async () => /every byte is a token/.test(await by_key(page, 'stepper.made').innerText()));
    const sentence = by_key(page, 'sentence');
    await sentence.fill('the 🦊');
    await until('eight bytes are eight boxes', async () => await n_boxes(page) === 8);
    await by_key(page, 'at').focus();
    await page.keyboard.press('ArrowRight');
    await until('one merge is shown', async () => /joined h and e/.test(await by_key(page, 'stepper.made').innerText()));
    await until('he is one box', async () => await n_boxes(page) === 7);

    const download = page.waitForEvent('download');
    await press(page, 'compression.csv');
    const lines = readFileSync(await (await download).path(), 'utf8').trim().split(/\r?\n/);
    assert.equal(lines.length, 202, 'a line for each number of merges, and the head');
    log.assert_clean();
}, {timeout_ms: 90_000});

test('the token lab learns from a text that was pasted', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m0.tokens&hide=predict&p.n_merges=20'});
    await ready(page);
    await press(page, 'text.own');
    await by_key(page, 'own.draft').waitFor({state: 'attached'});
    await by_key(page, 'own.draft').fill('xyxyxyxy zzz '.repeat(80));
    await press(page, 'own.use');
    await enabled(page, 'train');
    await press(page, 'train');
    await until('the pasted text decides', async () =>
        /x y|xy/.test(await by_key(page, 'vocabulary').innerText().catch(() => '')) || /xy/.test(await by_key(page, 'stepper.made').innerText()));
    log.assert_clean();
}, {timeout_ms: 60_000});

test('the token lab by role and name, with keys, until its challenge is passed', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m0.tokens&seed=7&p.seed=7'});
    await ready(page);
    const find = (role, name) => page.getByRole(role, {name, exact: typeof name === 'string'});
    const use = async (role, name, ...keys) => {
        const it = find(role, name).first();
        await it.waitFor();
        await it.focus();
        for (const key of keys) await page.keyboard.press(key);
        return it;
    };
    await use('radio', /t and h, as in/, ' ');
    await use('radio', /It spells it with shorter tokens/, ' ');
    await until('the guesses can be locked in', async () =>
        await find('button', 'Lock in my prediction').getAttribute('aria-disabled') !== 'true');
    await use('button', 'Lock in my prediction', 'Enter');
    await until('learning is unlocked', async () =>
        await find('button', 'Learn the merges').getAttribute('aria-disabled') !== 'true');
    await use('button', 'Learn the merges', 'Enter');
    const verdict = () => find('region', 'Challenge').innerText();
    await until('200 merges are too many', async () => /200 merges, and 60 are allowed/.test(await verdict()));
    const letter = await by_key(page, 'letter').innerText();
    const kind = /def |return|assert/.test(letter) ? 'A program in Python' : /[ñáéíó]| el | los /.test(letter) ?
        'Harbour notes, Spanish' : 'Harbour notes, German';
    await use('radio', kind, ' ');
    const merges = await use('spinbutton', 'Merges');
    await merges.fill('60');
    await page.keyboard.press('Enter');
    await use('button', 'Learn them again', 'Enter');
    await until('the challenge is passed', async () => /became [\d.]+ % shorter, and no token/.test(await verdict()));
    log.assert_clean();
}, {timeout_ms: 90_000});
