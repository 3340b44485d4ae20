// What a release is: which of its files carry a hash in their names, and how they name each other.
//
// A release is a Map from plain name ("content/course.json") to bytes. On a host nearly every file is called
// "content/course.0123456789ab.json" after its content, so no cache between here and the learner can mix two versions.
// The chain that holds one version together, each link naming the next by its hash:
//
//   index.html  ->  the page's scripts and styles, and manifest.HASH.json  ->  everything else
//   sw.js       ->  manifest.HASH.json
//
// Tests use read_release() and write_release() to make a second, really different version of a built page.
import {createHash} from 'node:crypto';
import {mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join, relative, sep} from 'node:path';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Names that others link to, or that are asked for before any manifest can be known. Hosts must not let caches keep them. */
export const keeps_its_name = (name) =>
    /^(index\.html|sw\.js|sw-kill\.js|terrarium-lab\.js|inline\.js|site\.webmanifest|notices\.txt|sizes\.txt|icons\/.*|lms\/.*)$/.test(name);

/** "page.js" -> "page.0123456789ab.js" */
export const hashed_name = (name, bytes) => name.replace(/(?=\.\w+$)/, '.' + sha256(bytes).slice(0, 12));
/** "page.0123456789ab.js" -> "page.js" */
export const plain_name = (name) => name.replace(/\.[0-9a-f]{12}(?=\.\w+$)/, '');

/** Everything the program asks for by name, as one classic script for places where fetch is refused. */
const make_inline = (files, placed, version) => {
    const wanted = [...files.keys()].filter((name) => /^terrarium(-scalar)?\.wasm$|^fonts\/|^content\/|^terrarium(-scalar)?\.js$|^worker\.js$/.test(name));
    const entries = wanted.map((name) => `${JSON.stringify(name)}:"${files.get(name).toString('base64')}"`);
    const at = Object.fromEntries(wanted.map((name) => [name, placed.get(name).at]));
    return Buffer.from(`window.TerrariumInline={version:"${version}",at:${JSON.stringify(at)},files:{\n${entries.join(',\n')}\n}};\n`);
};

const kSetLine = /^self\.TerrariumRelease=.*\n/;

/**
 * Names everything. `files`: plain name -> bytes, with index.html and sw.js as they stand in web/; `build`: the id of the
 * code that computes. Returns a Map from plain name to {at, bytes}: where it lies, and what is in it.
 */
export const make_release = (files, build) => {
    const placed = new Map();
    for (const [name, bytes] of files) placed.set(name, {at: keeps_its_name(name) ? name : hashed_name(name, bytes), bytes});
    const described = [...files.keys()].filter((name) => !keeps_its_name(name)).sort();
    const manifest = Buffer.from(JSON.stringify({build, page: sha256(files.get('index.html')), files: Object.fromEntries(described.map((name) =>
        [name, {bytes: files.get(name).length, sha256: sha256(files.get(name))}]))}));
    const manifest_at = hashed_name('manifest.json', manifest);
    placed.set('manifest.json', {at: manifest_at, bytes: manifest});
    placed.set('inline.js', {at: 'inline.js', bytes: make_inline(files, placed, manifest_at)});

    const html = files.get('index.html').toString('utf8').replace(/(src|href|content)="([\w./-]+)"/g,
        (whole, attribute, name) => placed.has(name) ? `${attribute}="${placed.get(name).at}"` : whole);
    placed.set('index.html', {at: 'index.html', bytes: Buffer.from(html)});
    const release = {manifest: manifest_at, sha256: sha256(manifest)};
    placed.set('sw.js', {at: 'sw.js', bytes: Buffer.concat([Buffer.from(`self.TerrariumRelease=${JSON.stringify(release)};\n`),
        files.get('sw.js')])});
    return placed;
};

/** A folder with a release -> {files, build} as make_release() takes them. */
export const read_release = (folder) => {
    const names = readdirSync(folder, {recursive: true, withFileTypes: true}).filter((it) => it.isFile() && !it.name.endsWith('.br'))
        .map((it) => relative(folder, join(it.parentPath || it.path, it.name)).split(sep).join('/')).sort();
    const files = new Map(names.map((name) => [plain_name(name), readFileSync(join(folder, name))]));
    const {build} = JSON.parse(files.get('manifest.json'));
    const text_of = (name) => files.get(name).toString('utf8');
    files.set('index.html', Buffer.from(text_of('index.html').replace(/(?<=(?:src|href|content)=")[\w./-]+(?=")/g, plain_name)));
    files.set('sw.js', Buffer.from(text_of('sw.js').replace(kSetLine, '')));
    for (const name of ['manifest.json', 'inline.js', 'sizes.txt']) files.delete(name);
    return {files, build};
};

export const write_release = (folder, release) => {
    for (const {at, bytes} of release.values()) {
        mkdirSync(dirname(join(folder, at)), {recursive: true});
        writeFileSync(join(folder, at), bytes);
    }
};
