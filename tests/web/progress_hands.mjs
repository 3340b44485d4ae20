// What the tests of saved progress share: acting on the page of progress, and reading the database without the program.
import {by_key, until} from './harness.mjs';

export const click = (page, key) => by_key(page, key).evaluate((el) => el.click());
export const text_of = (page, key) => by_key(page, key).first().textContent({timeout: 5000});
export const save = (page) => page.evaluate(() => Terrarium.store.save_now());
export const page_hash = 'page=progress';
/** The page of progress is on screen and knows where it saves. */
export const started = (page) => until('the page is there', async () =>
    !/Looking/.test(await text_of(page, 'where.words').catch(() => 'Looking')));

/** Everything in the database of this origin: key -> bytes as a plain list. */
export const stored = (page) => page.evaluate(() => new Promise(async (done, failed) => {
    if (!(await indexedDB.databases()).some((it) => it.name === 'terrarium')) return done({});
    const request = indexedDB.open('terrarium');
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
        const db = request.result;
        if (!db.objectStoreNames.contains('progress')) { db.close(); return done({}); }
        const store = db.transaction('progress').objectStore('progress');
        const keys = store.getAllKeys(), values = store.getAll();
        values.onsuccess = () => {
            db.close();
            done(Object.fromEntries(keys.result.map((key, i) => [key, Array.from(values.result[i])])));
        };
    };
}));
export const put = (page, entries) => page.evaluate((entries) => new Promise((done, failed) => {
    const request = indexedDB.open('terrarium', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('progress');
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
        const tx = request.result.transaction('progress', 'readwrite');
        for (const [key, bytes] of Object.entries(entries)) tx.objectStore('progress').put(new Uint8Array(bytes), key);
        tx.oncomplete = () => { request.result.close(); done(); };
    };
}), entries);
/** The newest record's generation and payload, read without the program. */
export const newest = (slots) => {
    const records = ['0', '1'].filter((key) => slots[key]).map((key) => {
        const bytes = Buffer.from(slots[key]);
        return {generation: Number(bytes.readBigUInt64LE(16)),
            progress: JSON.parse(bytes.subarray(40, bytes.length - 4).toString('utf8'))};
    });
    return records.sort((a, b) => b.generation - a.generation)[0];
};

/** An exported file in which the labs with these ids are passed. */
export const export_with = async (ids) => {
    const lab = {is_opened: true, is_predicted: false, is_run: false, is_passed: true, hints_shown: 0, result_code: '',
        predictions: {}, items: {}};
    const sorted = (value) => Array.isArray(value) || typeof value !== 'object' ? value :
        Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
    const progress = sorted({labs: Object.fromEntries(ids.map((id) => [id, lab]))});
    const bytes = new TextEncoder().encode(JSON.stringify(progress));
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex');
    return JSON.stringify({format: 'Terrarium progress', schema: 1, build: '', sha256: hash, progress});
};
export const give = (page, text) => page.evaluate((text) =>
    Terrarium.give_file('progress.import', 'progress.json', new TextEncoder().encode(text), 200), text);
/** Imports a file through the screen, as a learner does. */
export const import_labs = async (page, ids) => {
    await give(page, await export_with(ids));
    await until('the preview is there', () => by_key(page, 'progress.import.apply').count());
    await click(page, 'progress.import.apply');
    await until('it is added', async () => await by_key(page, 'progress.import.apply').count() === 0);
};

const crc_table = Array.from({length: 256}, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; ++bit) crc = crc & 1 ? crc >>> 1 ^ 0xEDB88320 : crc >>> 1;
    return crc >>> 0;
});
export const crc32 = (bytes) => {
    let crc = 0xFFFFFFFF;
    for (const byte of bytes) crc = crc >>> 8 ^ crc_table[(crc ^ byte) & 255];
    return (crc ^ 0xFFFFFFFF) >>> 0;
};
