#!/usr/bin/env node
// Puts the page together: dist/ from the two web builds, web/, content/ and the fonts. Static files only, for any host.
//
//   node tools/dist.mjs [--quiet] [--strict]
//
// Scripts are minified, files are named by their content (tools/release.mjs), and every file gets a .br beside it. The
// size of a first visit, and of each file, is compared with a budget (tools/budgets.mjs); above one this warns, and fails
// with --strict. Does nothing when no input changed.
import {existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join, relative, sep} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {brotliCompress, constants} from 'node:zlib';
import {first_visit_kilobytes, over_budget} from './budgets.mjs';
import {make_icons} from './icons.mjs';
import {make_release, sha256} from './release.mjs';

const top = join(dirname(fileURLToPath(import.meta.url)), '..');
const out = join(top, 'dist');
const work = join(top, 'build', 'dist-new');
const brotli_cache = join(top, 'build', 'brotli');
const first_visit = 'first visit (*): ';
const quiet = process.argv.includes('--quiet');

const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(8);
const fail = (sentence, next) => {
    console.error(`\nStopped: ${sentence}\n  ${next}`);
    process.exit(1);
};

const files_below = (folder) => !existsSync(folder) ? [] :
    readdirSync(folder, {recursive: true, withFileTypes: true}).filter((entry) => entry.isFile())
        .map((entry) => relative(folder, join(entry.parentPath || entry.path, entry.name)).split(sep).join('/')).sort();

/** The folder with fonts/ and licences/: as ./lab exports it, or as CMake was told. */
const find_deps = () => {
    const cached = join(top, 'build/web/CMakeCache.txt');
    const line = existsSync(cached) && readFileSync(cached, 'utf8').match(/^TERRARIUM_DEPS:\w+=(.+)$/m);
    return process.env.TERRARIUM_DEPS || (line && line[1]) || join(top, 'build/web/deps');
};

/** Name in dist/ -> file that it comes from. */
const collect_inputs = () => {
    const inputs = new Map();
    for (const name of files_below(join(top, 'web'))) inputs.set(name, join(top, 'web', name));
    for (const name of files_below(join(top, 'content')).filter((it) => /\.(json|txt)$/.test(it) && !it.startsWith('schema/')))
        inputs.set('content/' + name, join(top, 'content', name));
    for (const [preset, stem, suffix] of [['web', 'terrarium', ''], ['web', 'terrarium-data', ''], ['web', 'terrarium-kinds', ''], ['web', 'terrarium-gallery', ''],
        ['web', 'terrarium-turbo', ''], ['web-scalar', 'terrarium', '-scalar']]) {
        for (const ending of ['js', 'wasm']) {
            const built = join(top, 'build', preset, `${stem}.${ending}`);
            if (!existsSync(built)) fail(`${relative(top, built)} is not there.`, 'Run ./lab build web.');
            inputs.set(`${stem}${suffix}.${ending}`, built);
        }
    }
    const deps = find_deps();
    for (const name of ['inter-regular.otf', 'inter-semibold.otf', 'mono.ttf']) {
        const font = join(deps, 'fonts', name);
        if (!existsSync(font)) fail(`the font ${name} is missing in ${join(deps, 'fonts')}.`, 'Run tools/setup.sh web.');
        inputs.set('fonts/' + name, font);
    }
    return {inputs, licences: files_below(join(deps, 'licences')).map((name) => join(deps, 'licences', name))};
};

/** Changes when any input, or these programs, did. */
const fingerprint = (paths) => sha256(paths.map((path) => {
    const {size, mtimeMs} = statSync(path);
    return `${path} ${size} ${mtimeMs}`;
}).join('\n'));

/** What is shipped and whose it is, in one text. */
const notices = (licences) => {
    const own = join(top, 'LICENSE');
    const parts = [...existsSync(own) ? [['Terrarium', own]] : [], ...licences.map((path) =>
        [path.split(sep).pop().replace(/\.txt$/, ''), path])];
    return parts.map(([name, path]) => `==== ${name} ====\n\n${readFileSync(path, 'utf8').trim()}\n`).join('\n\n');
};

/** The id of the code that computes, as the module itself reports it. */
const build_id = () => {
    const source = join(top, 'build/web/generated/build_id.cpp');
    const match = existsSync(source) && readFileSync(source, 'utf8').match(/return "([0-9a-f]+)"/);
    return match ? match[1] : 'unknown';
};

const compress = promisify(brotliCompress);
/** Brotli at its strongest takes seconds for a module, so results are kept by content. */
const brotli = async (bytes) => {
    const kept = join(brotli_cache, sha256(bytes));
    if (existsSync(kept)) return readFileSync(kept);
    const packed = await compress(bytes, {params: {
        [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    }});
    writeFileSync(kept, packed);
    return packed;
};

/** Files of a first visit up to the first training step: SIMD module, and the largest of the lessons and of the corpora. */
const first_load = (sizes) => {
    const names = [...sizes.keys()];
    const only_largest_of = (pattern) => {
        const some = names.filter((name) => pattern.test(name)).sort((a, b) => sizes.get(b).packed - sizes.get(a).packed);
        return new Set(some.slice(1));
    };
    const others = [only_largest_of(/^content\/.*\.txt$/), only_largest_of(/^content\/[^/]+\/.*\.json$/)];
    const never = /^(inline\.js|terrarium-(scalar|data|kinds|gallery|turbo)\..*|terrarium-lab\.js|notices\.txt|content\/locales\/.*|sw-kill\.js|icons\/.*\.png|lms\/.*)$/;
    return names.filter((name) => !never.test(name) && !others.some((them) => them.has(name))).sort();
};

const size_table = (sizes, counted) => {
    const rows = [...sizes.keys()].sort().map((name) => {
        const {plain, packed} = sizes.get(name);
        return `${kilobytes(plain)} ${kilobytes(packed)}  ${counted.includes(name) ? '*' : ' '} ${name}`;
    });
    const total = counted.reduce((sum, name) => sum + sizes.get(name).packed, 0);
    return ['      kB   brotli', ...rows, `${first_visit}${(total / 1000).toFixed(1)} kB with brotli`].join('\n') + '\n';
};

/** Shows the table of sizes, compares a first visit with the budget, and ends the program. */
const report = () => {
    const table = readFileSync(join(out, 'sizes.txt'), 'utf8').trimEnd();
    const total_kilobytes = Number(table.split(first_visit)[1].split(' ')[0]);
    const packed = new Map(table.split('\n').map((line) => line.match(/^ *[\d.]+ +([\d.]+) [ *]+ (\S+)$/)).filter(Boolean)
        .map(([, kilobytes, name]) => [name, Math.round(Number(kilobytes) * 1000)]));
    const complaints = over_budget(packed);
    if (total_kilobytes > first_visit_kilobytes) {
        complaints.unshift('A first visit loads more than we allow ourselves. ImGui code that is never called, and prose in C++, are the usual reasons.');
    }
    if (!quiet || complaints.length) console.log(`${table}, budget ${first_visit_kilobytes} kB`);
    if (!complaints.length) process.exit(0);
    for (const sentence of complaints) console.error(sentence);
    process.exit(process.argv.includes('--strict') ? 1 : 0);
};

const {inputs, licences} = collect_inputs();
const stamp = join(top, 'build', 'dist-stamp');
const mark = fingerprint([...inputs.values(), ...licences, join(top, 'package-lock.json'),
    ...['dist', 'budgets', 'icons', 'release'].map((name) => join(top, 'tools', name + '.mjs'))]);
if (existsSync(join(out, 'sizes.txt')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === mark) report();

const {transform} = await import('esbuild').catch(() => fail('esbuild is not installed.', 'Run tools/setup.sh web.'));
const minify = async (name, bytes) => {
    const loader = name.endsWith('.css') ? 'css' : name.endsWith('.js') ? 'js' : undefined;
    if (!loader) return bytes;
    const result = await transform(bytes.toString('utf8'), {loader, minify: true, target: 'es2020', charset: 'utf8',
        legalComments: 'none', sourcefile: name, logLevel: 'silent'}).catch((error) =>
        fail(`${name} has a mistake: ${error.message}`, 'Mend it and run the same command again.'));
    return Buffer.from(result.code);
};

const files = new Map();
for (const [name, path] of inputs) files.set(name, await minify(name, readFileSync(path)));
files.set('notices.txt', Buffer.from(notices(licences)));
for (const [name, bytes] of make_icons()) files.set(name, bytes);
const release = make_release(files, build_id());

rmSync(work, {recursive: true, force: true});
mkdirSync(brotli_cache, {recursive: true});
const sizes = new Map();
await Promise.all([...release].map(async ([name, {at, bytes}]) => {
    const target = join(work, at);
    mkdirSync(dirname(target), {recursive: true});
    const packed = await brotli(bytes);
    writeFileSync(target, bytes);
    writeFileSync(target + '.br', packed);
    sizes.set(name, {plain: bytes.length, packed: packed.length});
}));
writeFileSync(join(work, 'sizes.txt'), size_table(sizes, first_load(sizes)));

// The old page is served until the new one is complete.
const old = join(top, 'build', 'dist-old');
rmSync(old, {recursive: true, force: true});
if (existsSync(out)) renameSync(out, old);
renameSync(work, out);
rmSync(old, {recursive: true, force: true});
const used = new Set([...release.values()].map((it) => sha256(it.bytes)));
for (const name of readdirSync(brotli_cache)) if (!used.has(name)) rmSync(join(brotli_cache, name));
writeFileSync(stamp, mark);
report();
