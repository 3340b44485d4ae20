// Every lab of the registry lies in exactly one volume of the page, in the same order.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {test} from '../web/registry.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '../..');

const labs_in = (file) => [...readFileSync(file, 'utf8').matchAll(/&(\w+)::entry/g)].map((it) => it[1]);

test('volumes: each lab of the registry is in exactly one volume', () => {
    const folder = join(top, 'src/labs/volumes');
    const all = labs_in(join(top, 'src/labs/registry.cpp'));
    const inside = readdirSync(folder).filter((name) => name.endsWith('.cpp')).flatMap((name) => labs_in(join(folder, name)));
    assert.ok(all.length >= 6);
    assert.deepEqual([...inside].sort(), [...all].sort());
});
