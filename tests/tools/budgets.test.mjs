// A size budget is only worth something if a file can break it.
import assert from 'node:assert/strict';
import {budgets, first_visit_kilobytes, over_budget} from '../../tools/budgets.mjs';
import {test} from '../web/registry.mjs';

test('budgets: a file at its budget passes, one byte more is named with budget and reason', async () => {
    assert.deepEqual(over_budget(new Map([['fonts/mono.ttf', 20_000], ['page.js', 3000]])), []);
    const [sentence, ...more] = over_budget(new Map([['fonts/mono.ttf', 20_001]]));
    assert.deepEqual(more, []);
    assert.match(sentence, /^fonts\/mono\.ttf weighs .* its budget is 20 kB \(.+\)\.$/);
});

test('budgets: a file that no budget knows is a complaint, not a gap', async () => {
    assert.match(over_budget(new Map([['picture.webp', 1]]))[0], /picture\.webp has no budget/);
});

test('budgets: each has a size and a reason, and the program alone leaves a first visit its room', async () => {
    for (const it of budgets) assert.ok(it.kilobytes > 0 && it.why.length > 10, String(it.files));
    const [program] = budgets.filter((it) => it.files.test('terrarium.wasm'));
    assert.ok(program.kilobytes < first_visit_kilobytes);
});
