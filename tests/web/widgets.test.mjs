// Every widget in both ways: its element of the twin by role and name with the keyboard, as a screen reader finds it, and a
// real pointer on the canvas at the place where it is drawn.
import {assert, by_key, open_page, painted, press, ready, sleep, test, until} from './harness.mjs';

const open_section = async (t, item, options = {}) => {
    const opened = await open_page(t, {hash: `lab=ui.gallery&item=${item}`, ...options});
    await ready(opened.page);
    await by_key(opened.page, `gallery.${item}`).waitFor({state: 'attached'});
    return opened;
};
/** Waits until `probe` gives `wanted`; says what it gave instead. */
const becomes = async (words, probe, wanted) => {
    let seen;
    await until(words, async () => (seen = await probe()) === wanted, 5000)
        .catch(() => assert.equal(seen, wanted, words));
};
const middle_of = async (page, key) => {
    const box = await by_key(page, key).boundingBox();
    return [box.x + box.width / 2, box.y + box.height / 2];
};
/** Presses at one place of the canvas, carries it to another and lets go. */
const drag = async (page, from, to) => {
    await page.mouse.move(...from);
    await painted(page);
    await page.mouse.down();
    for (let i = 1; i <= 5; ++i) {
        await page.mouse.move(from[0] + (to[0] - from[0]) * i / 5, from[1] + (to[1] - from[1]) * i / 5);
        await painted(page);
    }
    await page.mouse.up();
    await painted(page);
};
/** A press into a real field, which lies above the canvas. */
const press_field = async (page, key) => {
    await by_key(page, key).scrollIntoViewIfNeeded();
    await painted(page);
    const box = await by_key(page, key).boundingBox();
    await page.mouse.click(box.x + 20, box.y + box.height / 2);
};
const pressed = (locator) => locator.getAttribute('aria-pressed');
const text_of = (page, key) => () => by_key(page, key).textContent();

// ---- data -----------------------------------------------------------------------------------------------------------------

const rows_of = (page) => page.getByRole('group', {name: 'Ten thousand rows', exact: true});
const first_cell = (page) => () => rows_of(page).getByRole('table').locator('tbody tr').first().locator('th').textContent();
const where = (page) => text_of(page, 'gallery.rows.where');

test('widgets: a data table is sorted and filtered', async (t) => {
    const {page, log} = await open_section(t, 'data');
    await rows_of(page).getByRole('button', {name: /^Sort by Document/}).press('Enter');
    await becomes('sorted by name', first_cell(page), 'Document 1');
    assert.equal(await rows_of(page).getByRole('columnheader', {name: 'Document'}).getAttribute('aria-sort'), 'ascending');
    await press(page, 'gallery.rows.sort.name');
    await becomes('and the other way round', first_cell(page), 'Document 9999');
    await rows_of(page).getByRole('textbox', {name: 'Show rows with'}).fill('document 777');
    await becomes('filtered', where(page), 'Page 1 of 1, 11 rows, 1 selected');
    await press_field(page, 'gallery.rows.filter');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('LETTER');
    await becomes('what is typed on the picture counts too', where(page), 'Page 1 of 134, 6,666 rows, 1 selected');
    log.assert_clean();
});

test('widgets: a data table of ten thousand rows scrolls by itself, and the page of its twin follows', async (t) => {
    const {page, log} = await open_section(t, 'data');
    await rows_of(page).getByRole('button', {name: /^Sort by Document/}).press('Enter');
    await becomes('sorted by name', first_cell(page), 'Document 1');
    await by_key(page, 'gallery.rows.rows').evaluate((el) => el.scrollIntoView({block: 'center'}));
    await painted(page);
    const scrolled = () => page.evaluate(() => document.getElementById('scroller').scrollTop);
    const before = await scrolled();
    await page.mouse.move(...await middle_of(page, 'gallery.rows.rows'));
    await page.mouse.wheel(0, 2000);
    await page.mouse.wheel(0, 2000);
    await until('the twin has another page', async () => /^Page [34] of 200/.test(await where(page)()));
    assert.equal(await scrolled(), before, 'the page around it stays');

    // A press on the canvas chooses the row that is drawn there.
    const box = await by_key(page, 'gallery.rows.rows').boundingBox();
    await page.mouse.click(box.x + 17, box.y + box.height / 2);
    await until('a row in sight is selected', async () => / 2 selected/.test(await where(page)()));
    const chosen = await by_key(page, 'gallery.rows.rows').locator('input:checked').evaluateAll((all) =>
        all.map((it) => it.getBoundingClientRect().top));
    assert.ok(chosen.some((y) => Math.abs(y - box.y - box.height / 2) < 40), `where it was pressed: ${chosen}`);

    // By keys: the next page, and a row of it.
    const shown = async () => Number((await where(page)()).match(/^Page (\d+) of 200/)[1]);
    const at_first = await shown();
    await by_key(page, 'gallery.rows.previous').press('Enter');
    await becomes('back', shown, at_first - 1);
    await by_key(page, 'gallery.rows.next').press('Enter');
    await becomes('turned', shown, at_first);
    await painted(page);
    const row = by_key(page, await rows_of(page).getByRole('checkbox').first().getAttribute('data-key'));
    await row.focus();
    await page.keyboard.press('Space');
    await until('selected by keys', async () => / 3 selected/.test(await where(page)()));
    assert.equal(await row.isChecked(), true);
    const at = await row.boundingBox();
    const frame = await by_key(page, 'gallery.rows.rows').boundingBox();
    assert.ok(at.y >= frame.y - 1 && at.y + at.height <= frame.y + frame.height + 40, 'the row with the focus is in sight');
    log.assert_clean();
});

test('widgets: a cell of a data table is edited', async (t) => {
    const {page, log} = await open_section(t, 'data');
    await rows_of(page).getByRole('button', {name: /^Sort by Document/}).press('Enter');
    await becomes('sorted by name', first_cell(page), 'Document 1');
    await rows_of(page).getByRole('button', {name: 'Edit Document of row 1: Document 1'}).press('Enter');
    const field = by_key(page, 'gallery.rows.row.0.name.field');
    await until('the field has the focus', () => field.evaluate((el) => el === document.activeElement));
    await field.fill('Document 0');
    await page.keyboard.press('Enter');
    await becomes('it is written', first_cell(page), 'Document 0');
    await press(page, 'gallery.rows.row.0.name');
    await until('again', () => field.evaluate((el) => el === document.activeElement));
    await page.keyboard.press('Control+A');
    await page.keyboard.type('Document 00');
    await page.keyboard.press('Enter');
    await becomes('it is written', first_cell(page), 'Document 00');
    log.assert_clean();
});

test('widgets: a file field takes what is pasted and what is dropped', async (t) => {
    const {page, log} = await open_section(t, 'data');
    const field = page.getByRole('group', {name: 'Nothing yet', exact: true});
    const note = text_of(page, 'gallery.file.empty.note');
    await field.getByRole('textbox').fill('It rains.');
    await until('it can be used', async () => await by_key(page, 'gallery.file.empty.use').getAttribute('aria-disabled') !== 'true');
    await field.getByRole('button', {name: 'Use this text'}).press('Enter');
    await becomes('pasted', note, 'Your text is ready: 9 bytes.');
    await field.getByRole('textbox').fill('It rains again.');
    await painted(page);
    await press(page, 'gallery.file.empty.use');
    await becomes('with a press on the canvas', note, 'Your text is ready: 15 bytes.');
    const drop = async (name, n_bytes, clientY = 1) => {
        const files = await page.evaluateHandle(([name, n_bytes]) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File(['x'.repeat(n_bytes)], name, {type: 'text/plain'}));
            return transfer;
        }, [name, n_bytes]);
        for (const type of ['dragover', 'drop']) await page.dispatchEvent('#scroller', type, {dataTransfer: files, clientY});
    };
    await drop('rain.txt', 12);
    await becomes('dropped', note, '“rain.txt” is ready: 12 bytes.');
    const other = await page.getByRole('group', {name: 'Refused', exact: true}).getByRole('textbox').boundingBox();
    await drop('snow.txt', 7, other.y + other.height / 2);
    await becomes('dropped on another', text_of(page, 'gallery.file.refused.note'), '“snow.txt” is ready: 7 bytes.');
    await becomes('and on no other', note, '“rain.txt” is ready: 12 bytes.');
    await drop('much.txt', 3_000_000);
    await until('too much is refused with words', async () => /much\.txt.*at most/.test(await note()));
    log.assert_clean();
});

test('widgets: a price is changed, refused, and all are reset', async (t) => {
    const {page, log} = await open_section(t, 'data');
    const prices = page.getByRole('group', {name: 'Prices', exact: true});
    const changed = text_of(page, 'gallery.prices.changed');
    await becomes('one differs at the beginning', changed, '1 of 3 changed');
    await prices.getByRole('textbox', {name: /^Output tokens/}).fill('9');
    await becomes('a price by its field', changed, '2 of 3 changed');
    await press_field(page, 'gallery.prices.store');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('much');
    await until('nonsense is refused with words', async () => /no price/.test(await text_of(page, 'gallery.prices.store.refused')()));
    await press(page, 'gallery.prices.reset');
    await becomes('all are back', changed, '0 of 3 changed');
    await until('and nothing can be reset', async () => await by_key(page, 'gallery.prices.reset').getAttribute('aria-disabled') === 'true');
    assert.equal(await by_key(page, 'gallery.prices.locked.in').isDisabled(), true);
    log.assert_clean();
});

// ---- cards ----------------------------------------------------------------------------------------------------------------

test('widgets: documents of a deck are kept and dropped; a comparison is read and its words are selected', async (t) => {
    const {page, log} = await open_section(t, 'cards');
    const deck = page.getByRole('region', {name: 'Documents', exact: true});
    const here = text_of(page, 'gallery.deck.here');
    await deck.getByRole('button', {name: 'Keep'}).press('Enter');
    await becomes('kept', here, 'Document 2 of 2, not judged. Kept 1, dropped 0.');
    await press(page, 'gallery.deck.drop');
    await becomes('dropped on the canvas', here, 'Document 2 of 2, dropped. Kept 1, dropped 1.');
    await by_key(page, 'gallery.deck.here').focus();
    await page.keyboard.press('ArrowLeft');
    await becomes('back by key', here, 'Document 1 of 2, kept. Kept 1, dropped 1.');

    const marks = page.getByRole('group', {name: 'Two texts', exact: true}).getByRole('table', {name: 'What differs'});
    assert.deepEqual(await marks.locator('tbody tr').allTextContents(),
        ['changedharbourReference', 'missingthe stormReference', 'changedhavenModel', 'addedbigModel']);
    const line = by_key(page, 'gallery.compare.left').locator('.row-of-text').first();
    await line.scrollIntoViewIfNeeded();
    const at = await line.boundingBox();
    await page.mouse.dblclick(at.x + 8, at.y + at.height / 2);
    await becomes('a word is selected', () => page.evaluate(() => getSelection().toString().trim()), 'The');
    log.assert_clean();
});

test('widgets: chips, a stepper and steps', async (t) => {
    const {page, log} = await open_section(t, 'cards');
    const chips = page.getByRole('group', {name: 'Tags', exact: true});
    await chips.getByRole('button', {name: 'Plain', exact: true}).press('Enter');
    await becomes('chosen', () => pressed(by_key(page, 'gallery.chips.c')), 'true');
    await press(page, 'gallery.chips.a');
    await becomes('and not chosen on the canvas', () => pressed(by_key(page, 'gallery.chips.a')), 'false');
    await chips.getByRole('button', {name: 'Remove: Can be removed'}).press('Enter');
    await becomes('one is gone', () => by_key(page, 'gallery.chips.b').count(), 0);
    await press(page, 'gallery.chips.a.remove');
    await becomes('and another', () => by_key(page, 'gallery.chips.a').count(), 0);

    const number = by_key(page, 'gallery.stepper.number');
    await number.fill('5');
    await page.keyboard.press('Enter');
    await press(page, 'gallery.stepper.more');
    await becomes('one more', () => number.inputValue(), '6');
    await by_key(page, 'gallery.stepper.less').press('Enter');
    await by_key(page, 'gallery.stepper.less').press('Enter');
    await becomes('two less', () => number.inputValue(), '4');

    await page.getByRole('group', {name: 'How to', exact: true}).getByRole('button', {name: 'Step 3 of 4: Judge'}).press('Enter');
    await becomes('the third step', text_of(page, 'gallery.steps.title'), 'Step 3 of 4: Judge');
    await press(page, 'gallery.steps.1');
    await becomes('the first, on the canvas', text_of(page, 'gallery.steps.title'), 'Step 1 of 4: Plan');
    assert.equal(await by_key(page, 'gallery.steps.4').getAttribute('aria-disabled'), 'true', 'the fourth was not reached');
    log.assert_clean();
});

test('widgets: a run is paused, continued and stopped', async (t) => {
    const {page, log} = await open_section(t, 'cards');
    const main = text_of(page, 'train');
    const bar = page.getByRole('group', {name: 'Run', exact: true});
    await bar.getByRole('button', {name: 'Pause'}).press('Enter');
    await becomes('paused', main, 'Continue');
    await press(page, 'train');
    await becomes('continued on the canvas', main, 'Pause');
    await press(page, 'stop');
    await becomes('stopped', main, 'Train');
    assert.equal(await bar.getByRole('button', {name: 'Stop'}).getAttribute('aria-disabled'), 'true');
    await bar.getByRole('button', {name: 'Train'}).press('Enter');
    await becomes('started', main, 'Pause');
    log.assert_clean();
});

// ---- lists ----------------------------------------------------------------------------------------------------------------

test('widgets: a list is brought in order by drag, by its buttons and by keys', async (t) => {
    const {page, log} = await open_section(t, 'lists');
    const list = page.getByRole('group', {name: 'Bring the stages in order', exact: true});
    const order = () => list.getByRole('button', {name: /, number \d of 4$/}).evaluateAll((all) =>
        all.map((it) => it.dataset.key.split('.').at(-1)).join(' '));
    await becomes('as it begins', order, 'judge train collect clean');
    await list.getByRole('button', {name: 'Move up: Train'}).press('Enter');
    await becomes('by a button', order, 'train judge collect clean');
    await press(page, 'gallery.order.clean.up');
    await becomes('by a button on the canvas', order, 'train judge clean collect');
    await by_key(page, 'gallery.order.train').focus();
    await page.keyboard.press('ArrowDown');
    await becomes('by a key', order, 'judge train clean collect');
    await by_key(page, 'gallery.order.collect').scrollIntoViewIfNeeded();
    await painted(page);
    const [x, y] = await middle_of(page, 'gallery.order.collect');
    const [, to] = await middle_of(page, 'gallery.order.judge');
    await drag(page, [x, y], [x, to - 4]);
    await becomes('by drag', order, 'collect judge train clean');
    log.assert_clean();
});

test('widgets: pairs are matched by menus, by drag and by a press', async (t) => {
    const {page, log} = await open_section(t, 'lists');
    const list = page.getByRole('group', {name: 'What does each measure?', exact: true});
    const answer = (key) => () => by_key(page, `gallery.match.${key}`).locator('option:checked').textContent();
    await list.getByRole('combobox', {name: 'Learning rate'}).selectOption('how far each step goes');
    await becomes('by a menu', answer('lr'), 'how far each step goes');
    await press(page, 'gallery.match.answer.steps');
    await becomes('a press fills the first free place', answer('budget'), 'how long it learns');
    const from = await middle_of(page, 'gallery.match.answer.rate');
    const target = await by_key(page, 'gallery.match.loss').boundingBox();
    await drag(page, from, [target.x - 60, target.y + target.height / 2]);
    await becomes('by drag', answer('loss'), 'how far each step goes');
    await list.getByRole('combobox', {name: 'Budget of steps'}).selectOption('Choose …');
    await becomes('emptied', answer('budget'), 'Choose …');
    await list.getByRole('button', {name: 'how surprised it is'}).press('Enter');
    await becomes('and filled by a key', answer('budget'), 'how surprised it is');
    assert.equal(await by_key(page, 'gallery.match.locked.loss').isDisabled(), true);
    log.assert_clean();
});

// ---- diagram --------------------------------------------------------------------------------------------------------------

test('widgets: parts of a diagram are placed, moved, connected, attached, and the last change is undone', async (t) => {
    const {page, log} = await open_section(t, 'diagram');
    const diagram = page.getByRole('group', {name: 'A diagram to begin', exact: true}).first();
    const parts = () => page.evaluate(() => [...document.querySelectorAll('[data-key^="gallery.none.node."]')]
        .filter((it) => it.tagName === 'BUTTON').map((it) => it.textContent).join('; '));
    await diagram.getByRole('button', {name: 'Add Person, 0 of 1'}).press('Enter');
    await press(page, 'gallery.none.add.model');
    await becomes('one by key, one on the canvas', parts, 'Person: column 1, row 1; Model: column 2, row 1');
    const key = (index) => page.evaluate((index) => [...document.querySelectorAll('[data-key^="gallery.none.node."]')]
        .filter((it) => it.tagName === 'BUTTON')[index].dataset.key, index);
    const person = await key(0), model = await key(1);

    await by_key(page, person).focus();
    await page.keyboard.press('ArrowDown');
    await becomes('moved by key', parts, 'Person: column 1, row 2; Model: column 2, row 1');
    await by_key(page, model).scrollIntoViewIfNeeded();
    await painted(page);
    const [from_x, from_y] = await middle_of(page, model);
    const [person_x, person_y] = await middle_of(page, person);
    await drag(page, [from_x, from_y], [from_x + 2 * (from_x - person_x), person_y]);
    await becomes('moved by drag', parts, 'Person: column 1, row 2; Model: column 4, row 2');

    const edges = () => page.evaluate(() => document.querySelector('[data-key="gallery.none.edges"]').textContent);
    await press(page, 'gallery.none.connect');
    await press(page, person);
    await press(page, model);
    await until('connected on the canvas', async () => /Person leads to Model/.test(await edges()));
    const menu = (name) => by_key(page, `gallery.none.${name}`);
    await menu('from').selectOption('Model');
    await menu('to').selectOption('Person');
    await until('it may be joined', async () => await menu('join').getAttribute('aria-disabled') !== 'true');
    await menu('join').press('Enter');
    await until('connected by menus', async () => /Model leads to Person/.test(await edges()));
    await menu('separate').press('Enter');
    await until('and separated', async () => !/Model leads to Person/.test(await edges()));

    await menu('part').selectOption('Model');
    await until('its service can be chosen', async () => !await menu('service').isDisabled());
    await menu('service').selectOption('Our own computer');
    await becomes('attached', parts, 'Person: column 1, row 2; Model with Our own computer: column 4, row 2');
    await press(page, 'gallery.none.undo');
    await becomes('undone', parts, 'Person: column 1, row 2; Model: column 4, row 2');
    await by_key(page, person).focus();
    await page.keyboard.press('Delete');
    await becomes('removed by key', parts, 'Model: column 4, row 2');
    assert.equal(await by_key(page, 'gallery.locked.add.person').getAttribute('aria-disabled'), 'true', 'a locked one is not changed');
    log.assert_clean();
});
