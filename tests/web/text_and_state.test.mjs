// A text of one's own, good or bad; settings in the address; the same curve again; files that are saved.
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {assert, by_key, open_page, press, ready, run_words, sleep, steps_done, test, train, trained, until} from './harness.mjs';

const small = 'hide=predict&p.width=8&p.n_layers=1&p.context=16';
const click = (page, key) => by_key(page, key).evaluate((el) => el.click());
const note_of = (page) => by_key(page, 'own.note').textContent({timeout: 300}).catch(() => '');
const over = (page) => until('the run is over', async () => await by_key(page, 'train').textContent() === 'Train again');

const open_own_text = async (t) => {
    const opened = await open_page(t, {hash: small + '&p.max_steps=20'});
    await ready(opened.page);
    await click(opened.page, 'text.own');
    await by_key(opened.page, 'own.file').waitFor({state: 'attached'});
    return opened;
};
/** Gives a file as the file dialogue does; resolves to the sentence that follows. */
const give_file = async (page, name, bytes) => {
    const before = await note_of(page);
    const chooser = page.waitForEvent('filechooser');
    await press(page, 'own.file');
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-'));  // from the disk, as a learner's: 50 MB are slow as a message
    writeFileSync(join(folder, name), bytes);
    await (await chooser).setFiles(join(folder, name));
    return until(`a sentence about ${name}`, async () => {
        const now = await note_of(page);
        return now !== before && now;
    }, 10_000).finally(() => rmSync(folder, {recursive: true}));
};
const sentence = /^[A-Z“].{15,}[.!]$/s;

test('a file of one\'s own: each bad one gets a sentence, and the page keeps working', async (t) => {
    const {page, log} = await open_own_text(t);
    const cases = [
        ['empty.txt', '', /empty|character|short/i],
        ['one.txt', 'x', /character|short/i],
        ['huge.txt', Buffer.alloc(50_000_000, 'some text '), /large|MB|big/i],
        ['binary.txt', Buffer.concat([Buffer.from('plain words '.repeat(60)), Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x80])]), /UTF-8|text/i],
    ];
    for (const [name, bytes, expected] of cases) {
        const words = await give_file(page, name, bytes);
        assert.match(words, expected, name);
        assert.match(words, sentence, name);
    }
    assert.match(await give_file(page, 'good.txt', 'A small boat came home. '.repeat(40)), /Your text is ready: 960 bytes/);
    await train(page, 20);
    log.assert_clean();
});

test('one repeated character is a text: it trains, or a sentence says why not', async (t) => {
    const {page, log} = await open_own_text(t);
    const words = await give_file(page, 'same.txt', 'a'.repeat(3000));
    assert.match(words, sentence);
    if (!/ready/.test(words)) return;
    await press(page, 'train');
    await until('it trains, or says why not', async () => await steps_done(page) === 20 ||
        await by_key(page, 'run.problem').count() || await by_key(page, 'run.diverged').count());
    log.assert_clean();
});

test('a pasted text: too short is said, long enough trains', async (t) => {
    const {page, log} = await open_own_text(t);
    const draft = by_key(page, 'own.draft');
    await draft.fill('x');
    await until('it can be tried', async () => await by_key(page, 'own.use').getAttribute('aria-disabled') !== 'true');
    await press(page, 'own.use');
    assert.match(await until('a sentence', () => note_of(page)), /character|short/i);
    await draft.fill('Über den Fluß kommt ein Boot. 漁船が港に戻る。 '.repeat(30));
    await sleep(200);
    await press(page, 'own.use');
    await until('it is taken', async () => /ready/.test(await note_of(page)));
    await train(page, 20);
    log.assert_clean();
});

test('a learning rate of 1e9 diverges, is explained, and questions still get answers', async (t) => {
    const {page, log} = await open_page(t, {hash: small + '&p.max_steps=200'});
    await ready(page);
    await by_key(page, 'learning_rate.number').fill('1e9');
    await page.keyboard.press('Enter');
    await until('it is taken', async () => Number(await by_key(page, 'learning_rate').getAttribute('aria-valuetext')) === 1e9);
    await press(page, 'train');
    await by_key(page, 'run.diverged').waitFor({state: 'attached'});
    assert.match(await by_key(page, 'run.diverged').textContent(), /diverged at step \d+.*learning rate/s);
    assert.match(await by_key(page, 'challenge.verdict').textContent(), /lower the learning rate/);
    await until('the map still answers', () => by_key(page, 'attention').count());
    const before = await by_key(page, 'attention').getAttribute('aria-valuetext');
    await by_key(page, 'sentence').fill('another one');
    await until('for another sentence too', async () => await by_key(page, 'attention').getAttribute('aria-valuetext') !== before);
    assert.doesNotMatch(await by_key(page, 'attention').getAttribute('aria-valuetext'), /nan|inf/i);
    await press(page, 'write');
    await until('and it writes', () => by_key(page, 'written').count());
    await by_key(page, 'learning_rate.number').fill('0.003');
    await page.keyboard.press('Enter');
    await sleep(200);
    await train(page, 200);
    assert.equal(await by_key(page, 'run.diverged').count(), 0, 'the next run is fine');
    log.assert_clean();
});

const parameters = (page) => page.evaluate(() => Object.fromEntries(new URLSearchParams(location.hash.slice(1))));

test('every setting stands in the address, and a reload restores it', async (t) => {
    const {page} = await open_page(t);
    await ready(page);
    await click(page, 'shape.show');
    await by_key(page, 'width.number').waitFor({state: 'attached'});
    const wanted = {n_layers: '1', width: '24', n_heads: '2', context: '16', batch_size: '8', learning_rate: '0.0071', max_steps: '120', seed: '42'};
    for (const [name, value] of Object.entries(wanted)) {
        await by_key(page, `${name}.number`).fill(value);
        await page.keyboard.press('Enter');
        await until(`${name} is taken`, async () => await by_key(page, name).getAttribute('aria-valuetext') === value);
    }
    await click(page, 'tokenizer.word');
    await click(page, 'token_shift');
    await click(page, 'text.corpus:kitchen');
    await click(page, 'theme');
    const expected = {'p.tokenizer': 'word', 'p.token_shift': 'true', 'p.text': 'corpus:kitchen', theme: 'dark', seed: '42',
        ...Object.fromEntries(Object.entries(wanted).filter(([name]) => name !== 'seed').map(([name, value]) => ['p.' + name, value]))};
    const has_all = async () => {
        const now = await parameters(page);
        return Object.entries(expected).every(([name, value]) => now[name] === value);
    };
    await until('the address says all', async () => await has_all() || (await sleep(100), false), 5000)
        .catch(async (error) => assert.deepEqual(await parameters(page), {...await parameters(page), ...expected}, error.message));
    await page.reload();
    await ready(page);
    await click(page, 'shape.show');
    for (const [name, value] of Object.entries(wanted)) {
        assert.equal(await until(name, () => by_key(page, name).getAttribute('aria-valuetext')), value, name);
    }
    assert.ok(await by_key(page, 'tokenizer.word').isChecked() && await by_key(page, 'token_shift').isChecked());
    assert.ok(await by_key(page, 'text.corpus:kitchen').isChecked());
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    assert.ok(await has_all(), 'and the address is the same');
});

for (const [what, hash, expected] of [
    ['a number out of range', 'p.width=1000000', /width/], ['words for a number', 'p.width=wide', /width/],
    ['a lab that does not exist', 'lab=m9.flying', /m9\.flying/],
    ['a bad seed', 'seed=-3', /seed/],
]) {
    test(`an address with ${what} gets a note, and the lab opens`, async (t) => {
        const {page, log} = await open_page(t, {hash});
        await ready(page);
        await until('a note', () => by_key(page, 'notes.0').count(), 5000);
        assert.match(await by_key(page, 'notes.0').textContent(), expected);
        await until('the lab is there', () => by_key(page, 'train').count());
        await press(page, 'notes.close');
        await until('it can be closed', async () => await by_key(page, 'notes.0').count() === 0);
        log.assert_clean();
    });
}

const saved = async (page, key) => {
    const download = page.waitForEvent('download');
    await press(page, key);
    return readFileSync(await (await download).path());
};

/** Step, training and validation of the run itself: the columns of earlier runs beside them come and go. */
const own_curve = (csv) => csv.toString().trim().split(/\r?\n/).map((line) => line.split(',').slice(0, 3).join(',')).join('\n');

/** The curve once it has a heading, the start and a line for each of 60 steps: a run that begins again has fewer. */
const whole_curve = (page) => until('the curve is whole', async () => {
    const curve = own_curve(await saved(page, 'loss.csv'));
    return curve.split('\n').length === 62 && curve;
});

test('the same seed gives the same curve: again, and in another worker; another seed does not', async (t) => {
    const hash = small + '&p.max_steps=60&p.batch_size=4';
    const {page, context, address} = await open_page(t, {hash});
    await ready(page);
    const curves = [];
    for (let i = 0; i < 2; ++i) {
        await train(page, 60);
        await over(page);
        curves.push(await whole_curve(page));
    }
    const other = await context.newPage();
    await other.goto(address);
    await ready(other);
    await train(other, 60);
    await over(other);
    curves.push(await whole_curve(other));
    const lines = curves[0].trim().split(/\r?\n/);
    assert.equal(lines.length, 62, 'a heading, the start, and a line for each step');
    assert.match(lines[0], /step.*training.*validation/);
    assert.equal(curves[1], curves[0], 'again');
    assert.equal(curves[2], curves[0], 'in another worker');
    await by_key(page, 'seed.number').fill('8');
    await page.keyboard.press('Enter');
    await sleep(200);
    await press(page, 'train');
    await until('the new run is under way', async () => /^60 of/.test(await run_words(page)) &&
        await by_key(page, 'train').textContent() === 'Train again');
    await sleep(300);
    await until('another seed gives another curve', async () => await whole_curve(page) !== curves[0]);
});

test('CSV and PNG of the curves and of the attention map have content', async (t) => {
    const {page} = await open_page(t, {hash: small + '&p.max_steps=60'});
    await ready(page);
    await train(page, 60);
    await over(page);
    await until('the map is there', () => by_key(page, 'attention').count());
    assert.ok((await saved(page, 'attention.csv')).toString().trim().split('\n').length > 5);
    for (const key of ['loss', 'attention']) {
        const png = await saved(page, `${key}.png`);
        const found = await page.evaluate(async (base64) => {
            const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))]));
            const canvas = new OffscreenCanvas(picture.width, picture.height), pen = canvas.getContext('2d');
            pen.drawImage(picture, 0, 0);
            const pixels = new Uint32Array(pen.getImageData(0, 0, picture.width, picture.height).data.buffer);
            return {width: picture.width, height: picture.height, colours: new Set(pixels).size};
        }, png.toString('base64'));
        assert.ok(found.width > 200 && found.height > 150 && found.colours > 20, `${key}: ${JSON.stringify(found)}`);
    }
});
