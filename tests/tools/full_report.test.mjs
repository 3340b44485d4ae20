// What the tests leave of every game becomes one page with a row for each strategy.
import assert from 'node:assert/strict';
import {lines_of, page_of, table_of} from '../../tools/full_report.mjs';
import {test} from '../web/registry.mjs';

const log = ['m2.a\treads the bars\thonest\t1\tpassed\t2.5', 'm2.a\tguesses\twrong\t1\tfailed\t0.5',
    'm2.a\treads the bars\thonest\t2\tpassed\t2.5', 'm2.a\tguesses\twrong\t2\tfailed\t0.5', ''].join('\n');
const about = {date: '2026-11-27', commit: 'abc', compiler: 'c++ 12'};

test('full report: one row for each strategy, with its counts and time', () => {
    const rows = table_of(lines_of(log));
    assert.deepEqual(rows.map((row) => [row.strategy, row.passed, row.failed, row.seconds]),
        [['reads the bars', 2, 0, 5], ['guesses', 0, 2, 1]]);
    const page = page_of(lines_of(log), about);
    assert.match(page, /2026-11-27, commit abc, c\+\+ 12\. 4 games in 0\.1 minutes; all ended as they have to\./);
    assert.match(page, /\| `m2\.a` \| guesses \| fail \| 0 \| 2 \| 1 \|/);
});

test('full report: a game that ended otherwise is named, with its seed', () => {
    const page = page_of(lines_of(log.replace('wrong\t2\tfailed', 'wrong\t2\tpassed')), about);
    assert.match(page, /\*\*1 ended otherwise\*\*: m2\.a, guesses, seed 2\./);
});
