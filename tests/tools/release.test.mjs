// A release names its files by their content, and every link between them follows.
import assert from 'node:assert/strict';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {inflateSync} from 'node:zlib';
import {icon_png} from '../../tools/icons.mjs';
import {make_release, plain_name, read_release, sha256, write_release} from '../../tools/release.mjs';
import {test} from '../web/registry.mjs';

const small_page = (script = 'one') => new Map(Object.entries({
    'index.html': '<meta content="manifest.json"><script src="page.js"></script><a href="notices.txt"></a><a href="other.js"></a>\n',
    'sw.js': 'work\n', 'page.js': script, 'notices.txt': 'whose', 'content/course.json': '{}', 'terrarium.js': 'glue',
}).map(([name, text]) => [name, Buffer.from(text)]));

test('release: names follow the content, and the chain of links holds from the page to each file', async () => {
    const release = make_release(small_page(), 'abc');
    const at = (name) => release.get(name).at;
    assert.match(at('content/course.json'), /^content\/course\.[0-9a-f]{12}\.json$/);
    assert.equal(plain_name(at('content/course.json')), 'content/course.json');
    assert.equal(release.get('index.html').bytes.toString(),
        `<meta content="${at('manifest.json')}"><script src="${at('page.js')}"></script><a href="notices.txt"></a><a href="other.js"></a>\n`);
    const manifest = JSON.parse(release.get('manifest.json').bytes);
    assert.equal(manifest.build, 'abc');
    assert.deepEqual(manifest.files['page.js'], {bytes: 3, sha256: sha256('one')});
    assert.ok(!('notices.txt' in manifest.files), 'a name that stays promises no content');
    assert.ok(release.get('sw.js').bytes.toString().includes(at('manifest.json')));
    assert.ok(release.get('inline.js').bytes.toString().includes(`version:"${at('manifest.json')}"`));
});

test('release: another byte anywhere, also in the page itself, is another version', async () => {
    const version = (files) => make_release(files, 'abc').get('manifest.json').at;
    const first = version(small_page());
    assert.equal(version(small_page()), first);
    assert.notEqual(version(small_page('two')), first);
    const page = small_page();
    page.set('index.html', Buffer.from(page.get('index.html') + ' '));
    assert.notEqual(version(page), first);
});

test('release: read back from its folder it is the same again', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-release-'));
    t.after(() => rmSync(folder, {recursive: true, force: true}));
    write_release(folder, make_release(small_page(), 'abc'));
    const {files, build} = read_release(folder);
    assert.equal(build, 'abc');
    assert.deepEqual(new Map([...files].sort()), new Map([...small_page()].sort()));
});

test('icons: a PNG of the size it says, opaque to its corners only where a launcher cuts them', async () => {
    const pixels = (png) => inflateSync(png.subarray(png.indexOf('IDAT') + 4, png.indexOf('IEND') - 8));
    const plain = icon_png(32, false), maskable = icon_png(32, true);
    assert.equal(plain.readUInt32BE(16), 32);
    assert.equal(pixels(plain).length, 32 * (1 + 32 * 4));
    assert.equal(pixels(plain)[1 + 3], 0, 'rounded');
    assert.equal(pixels(maskable)[1 + 3], 255, 'filled');
});
