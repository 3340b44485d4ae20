#!/usr/bin/env node
// docs/full-tests.md: what became of every stored strategy on all seeds. Written by ./lab test --full from the lines
// that the tests leave (tests/support/challenge_record.h).
//
//   full_report.mjs LOG COMPILER   prints the page
import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';

/** Lab, strategy, honest or wrong, seed, passed or failed, seconds: one object for each line. */
export const lines_of = (log) => log.split('\n').filter(Boolean).map((line) => {
    const [lab, strategy, kind, seed, verdict, seconds] = line.split('\t');
    return {lab, strategy, is_honest: kind === 'honest', seed: Number(seed), has_passed: verdict === 'passed',
        seconds: Number(seconds)};
});

/** One row for each strategy, labs and strategies in the order in which they were played. */
export const table_of = (lines) => {
    const rows = new Map();
    for (const line of lines) {
        const key = `${line.lab}\t${line.strategy}`;
        const row = rows.get(key) || {...line, passed: 0, failed: 0, seconds: 0};
        row[line.has_passed ? 'passed' : 'failed'] += 1;
        row.seconds += line.seconds;
        rows.set(key, row);
    }
    return [...rows.values()];
};

export const page_of = (lines, {date, commit, compiler}) => {
    const rows = table_of(lines);
    const wrong = lines.filter((line) => line.has_passed !== line.is_honest);
    const minutes = rows.reduce((sum, row) => sum + row.seconds, 0) / 60;
    return `# All seeds

Every challenge, played with its stored strategies on all seeds: honest ones have to pass, careless ones to fail. Written by \`./lab test --full\`.

${date}, commit ${commit}, ${compiler}. ${lines.length} games in ${minutes.toFixed(1)} minutes; ${wrong.length === 0
    ? 'all ended as they have to.' : `**${wrong.length} ended otherwise**: ${wrong.map((it) =>
        `${it.lab}, ${it.strategy}, seed ${it.seed}`).join('; ')}.`}

| lab | strategy | has to | passed | failed | seconds |
|---|---|---|---|---|---|
${rows.map((row) => `| \`${row.lab}\` | ${row.strategy} | ${row.is_honest ? 'pass' : 'fail'} | ${row.passed} | ${row.failed} | ${row.seconds.toFixed(0)} |`).join('\n')}
`;
};

if (process.argv[1]?.endsWith('full_report.mjs')) {
    const [log, compiler] = process.argv.slice(2);
    if (!log) {
        console.log('Usage: full_report.mjs LOG COMPILER');
        process.exit(2);
    }
    const commit = execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], {encoding: 'utf8'}).trim();
    const date = new Date().toISOString().slice(0, 10);
    process.stdout.write(page_of(lines_of(readFileSync(log, 'utf8')), {date, commit, compiler}));
}
