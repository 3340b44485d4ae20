// The lab that opens a transformer, as a learner goes through it: predict, train, walk from token to prediction, turn
// parts off, and pass the challenge by what the bars say.
import {assert, by_key, open_page, press, ready, test, trained, until} from './harness.mjs';

const challenge = (page) => page.getByRole('region', {name: 'Challenge'});

test('inside a transformer: bars come after training, switches are measured, and reading the bars passes', async (t) => {
    const {page, log} = await open_page(t, {hash: 'lab=m2.inside_attention&p.seed=2'});
    await ready(page);
    await press(page, 'predict.hurts_most.mlp');
    await until('the prediction can be locked in', async () =>
        await by_key(page, 'predict.commit').getAttribute('aria-disabled') !== 'true');
    await press(page, 'predict.commit');
    await until('Train is unlocked', async () => await by_key(page, 'train').getAttribute('aria-disabled') !== 'true');
    await press(page, 'train');
    await trained(page, 20);

    // While it learns, the walk already shows the sentence.
    await by_key(page, 'walk.in').waitFor({state: 'attached'});
    await trained(page, 800, 90_000);
    await by_key(page, 'off.0').waitFor({state: 'attached', timeout: 20_000});

    // The bars as a table: sixteen parts, the MLP of layer 1 the costliest.
    await press(page, 'parts.table');
    const rows = await until('the table has all parts', async () => {
        const cells = await page.getByRole('table', {name: /as a table/}).locator('tr').evaluateAll((found) =>
            found.map((row) => [...row.querySelectorAll('td, th')].map((cell) => cell.textContent)));
        const found = cells.filter((row) => row.length === 2 && row[1] !== '' && Number.isFinite(Number(row[1])));
        return found.length >= 16 && found;
    });
    const costs = rows.map(([name, cost], part) => ({name, part, cost: Number(cost)}));
    assert.equal(costs.toSorted((a, b) => b.cost - a.cost)[0].name, 'MLP 1');

    // The walk: to the end, where probabilities stand.
    await press(page, 'place.out');
    await press(page, 'walk.out.3');
    await by_key(page, 'guesses').waitFor({state: 'attached'});

    // Five cheap heads at once; then two parts that stand in for each other.
    const tick = async (part, on) => {
        const key = costs[part].name.match(/^(Head 1\.\d|MLP 1)$/) ? 'off.0' : 'off.1';
        const box = by_key(page, `${key}.${part}`);
        if (await box.isChecked() !== on) await press(page, `${key}.${part}`);
        await until(`${costs[part].name} is ${on ? 'off' : 'on'}`, async () =>
            await box.isChecked() === on);
    };
    for (const {part} of costs.slice(0, 8).toSorted((a, b) => a.cost - b.cost).slice(0, 5)) await tick(part, true);
    await until('five heads count', async () => (await challenge(page).innerText()).includes('5 of 8 heads'));
    await press(page, 'off.none');
    await tick(8, true);
    await tick(9, true);
    await until('the challenge is passed', async () =>
        (await challenge(page).innerText()).includes('stand in for each other'));
    assert.deepEqual(log.errors, []);
}, {timeout_ms: 150_000});
