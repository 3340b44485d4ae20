// The list of everything that can be on screen, for tests that look at all of it, and how to get there.
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {assert, painted, press, ready, run_words, sleep, top, train, until} from './harness.mjs';

const ids_in = (file, pattern) => {
    const found = [...readFileSync(join(top, file), 'utf8').matchAll(pattern)].map((it) => it[1]);
    assert.ok(found.length, `${file} lists what there is`);
    return found;
};

/** Screens of the shell, in the order of src/app/screens.cpp. */
export const screen_ids = ids_in('src/app/screens.cpp', /ScreenEntry\{\s*"([a-z_]+)"/g);
/** Sections of the gallery. */
export const section_ids = ids_in('src/app/gallery/gallery.cpp', /\bEntry\{\s*"([a-z_]+)"/g);

/** A run that is over at once and gives the same numbers everywhere. */
export const small_run = 'p.width=8&p.n_layers=1&p.context=16&p.max_steps=60';

/** Trains the whole grid of a small budget. */
const train_grid = async (page) => {
    await press(page, 'train');
    await until('all models are trained', async () => /^29 of 29 models/.test(await run_words(page)), 30_000);
};

/** Learns the merges, and waits until the text is shown in tokens. */
const learn_merges = async (page) => {
    await press(page, 'train');
    await until('all merges are made', async () => /^60 of 60 merges/.test(await run_words(page)), 30_000);
    await until('the text is cut', () => page.locator('[data-key="opening"]').count());
};

/** name -> {hash, prepare}: the lab before and after a run, each screen, each section of the gallery. */
export const all_states = new Map([
    ['lab', {hash: small_run}],
    ['lab-trained', {hash: small_run, prepare: (page) => train(page, 60)}],
    ['lab-scaling', {hash: 'lab=m2.scaling_laws&p.budget_mflop=10&hide=predict', prepare: train_grid}],
    ['lab-tokens', {hash: 'lab=m0.tokens&p.n_merges=60&hide=predict', prepare: learn_merges}],
    ...screen_ids.filter((id) => id !== 'gallery').map((id) => [`page-${id}`, {hash: `page=${id}`}]),
    ...section_ids.map((id) => [`gallery-${id}`, {hash: `lab=ui.gallery&item=${id}`}]),
]);

/** Brings a page that is open on `hash` into its state, and lets it come to rest. */
export const settle = async (page, state) => {
    await ready(page);
    if (state.prepare) await state.prepare(page);
    await page.evaluate(() => {
        document.activeElement?.blur?.();
        document.getElementById('scroller').scrollTo(0, 0);
    });
    await page.mouse.move(1, 1);
    await sleep(500);
    await painted(page);
};
