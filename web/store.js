// Where the learner's progress is kept: this browser's database, else the page around us, else only this session. Which
// of them works is found out by trying, not by asking: browsers say yes and then refuse.
//
// This file moves bytes. What they mean, which slot is written and what is merged is decided by the program
// (src/app/keeper.h), asked in the middle of the one transaction that reads and writes; so two tabs cannot overtake each
// other. A save counts when the browser says that the transaction is complete, not before.
'use strict';

(function () {
    const kDatabase = 'terrarium';  // never changes
    const kStore = 'progress';
    const kPatience_ms = 3000, kGather_ms = 300, kRetry_ms = 10000;

    let home = null;    // 'browser' | 'host' | 'session', once known
    let db = null;
    let is_dirty = false, is_closed = false, is_going = false;  // is_closed: nothing may be written by this page any more
    let running = null;  // promise of the save that is under way
    let timer = 0, retry = 0;

    const report = (what, more) => {
        if (what === 'loaded') document.documentElement.dataset.progress = more.home;  // until then the lab may show nothing done
        return Terrarium.event({t: 'store', what, ...more});
    };
    const patience = (promise, ms = kPatience_ms) => new Promise((done, failed) => {
        const clock = setTimeout(() => failed(Object.assign(new Error('no answer'), {name: 'TimeoutError'})), ms);
        promise.then(done, failed).finally(() => clearTimeout(clock));
    });

    // ---- this browser ----------------------------------------------------------------------------------------------------

    const open = () => new Promise((done, failed) => {
        const request = indexedDB.open(kDatabase, 1);  // throws where storage is denied: the promise then fails
        request.onupgradeneeded = () => request.result.createObjectStore(kStore);
        request.onsuccess = () => {
            const opened = request.result;
            if (!opened.objectStoreNames.contains(kStore)) {  // not made by us: an empty shell, from which nothing is lost
                opened.close();
                const removed = indexedDB.deleteDatabase(kDatabase);
                removed.onsuccess = () => open().then(done, failed);
                removed.onerror = () => failed(removed.error);
                return;
            }
            opened.onclose = () => {  // cleared or evicted, not by us: the next save opens it anew and writes everything
                if (db === opened) db = null;
                if (!is_going) report('cleared');
            };
            opened.onversionchange = (event) => {
                // A newer version wants to change the form, or another tab deletes everything. Holding on would block it.
                if (db === opened) db = null;
                if (is_going || event.newVersion !== null) opened.close();
                if (is_going) return;
                is_closed = true;
                report(event.newVersion === null ? 'forgotten_elsewhere' : 'outdated');
                // The other tab waits for the closing, and so for the end of everything that this one still caches.
                if (event.newVersion === null) patience(Terrarium.offline.forget()).catch(() => {}).then(() => opened.close());
            };
            done(opened);
        };
        request.onerror = () => failed(request.error);
    });

    /** Runs `work(store)` in one transaction; resolves when it is complete, and only then. */
    const transact = (opened, mode, work) => new Promise((done, failed) => {
        const tx = opened.transaction(kStore, mode, {durability: 'strict'});
        let result;
        tx.oncomplete = () => done(result);
        tx.onabort = () => failed(tx.error || new DOMException('aborted', 'AbortError'));
        work(tx.objectStore(kStore), (value) => { result = value; }, tx);
    });

    const read_all = async (opened) => transact(opened, 'readonly', (store, give) => {
        const keys = store.getAllKeys(), values = store.getAll();
        values.onsuccess = () => give(keys.result.map((key, i) => [String(key), values.result[i]]));
    });
    const as_bytes = (value) => value instanceof Uint8Array ? value :
        value instanceof ArrayBuffer ? new Uint8Array(value) :
        value === undefined ? new Uint8Array(0) : new TextEncoder().encode(String(value));

    let puts = null;  // what the program puts while it is asked
    /** Asks the program what to write over these slots. */
    const ask = (first, second) => {
        Terrarium.give_stored('0', as_bytes(first));
        Terrarium.give_stored('1', as_bytes(second));
        return asked('write');
    };
    const asked = (what) => {
        puts = [];
        Terrarium.tell_at_once({t: 'store', what});
        const writes = puts;
        puts = null;
        return writes;
    };
    const put_all = (store, writes) => {
        for (const [key, bytes] of writes) {
            if (bytes.length) store.put(bytes, key);
            else store.delete(key);
        }
    };

    const save_in_browser = async () => {
        if (!db) db = await open();
        return transact(db, 'readwrite', (store, give, tx) => {
            const first = store.get('0'), second = store.get('1');
            second.onsuccess = () => {
                if (is_closed) return tx.abort();
                const writes = ask(first.result, second.result);
                put_all(store, writes);
                give(writes.length);
            };
        });
    };

    /** The page goes away: nothing can be read any more, but what is put now still arrives. */
    const leave_in_browser = () => {
        const writes = asked('leave');
        if (!writes.length) return;
        const tx = db.transaction(kStore, 'readwrite', {durability: 'strict'});
        put_all(tx.objectStore(kStore), writes);
        tx.commit();
    };

    // ---- the page around us ----------------------------------------------------------------------------------------------

    const to_text = (bytes) => {
        let text = '';
        for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
        return btoa(text);
    };
    const from_text = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    let held = [undefined, undefined], revision;  // what the host holds, as last read or written
    const take_held = (message) => {
        const slots = Array.isArray(message.slots) ? message.slots.slice(0, 2) : [];
        held = [0, 1].map((i) => typeof slots[i] === 'string' && slots[i] ? from_text(slots[i]) : undefined);
        revision = message.revision;
    };
    const keep_at_host = (slots) => Terrarium.host.keep({slots: slots.map((it) => it ? to_text(it) : ''), revision});
    const save_at_host = async () => {
        for (let tries = 0;; ++tries) {
            const slots = held.slice();
            const writes = ask(...slots);
            for (const [key, bytes] of writes) if (key === '0' || key === '1') slots[Number(key)] = bytes;
            if (!writes.length) return 0;
            const answer = await patience(keep_at_host(slots));
            if (answer.type === 'progressSaved') {
                [held, revision] = [slots, answer.revision];
                return writes.length;
            }
            if (answer.reason !== 'changed' || tries >= 10)
                throw new DOMException('the host refused', answer.reason === 'full' ? 'QuotaExceededError' : 'AbortError');
            // Another lab of this learner has saved since, or had everything deleted.
            const had = held.some(Boolean);
            take_held(await patience(Terrarium.host.ask_progress()));
            if (had && revision > 0 && !held.some(Boolean)) {
                is_closed = true;
                report('forgotten_elsewhere');
                return 0;
            }
        }
    };

    // ---- saving ----------------------------------------------------------------------------------------------------------

    const failed = (error) => {
        report('failed', {reason: error && error.name === 'QuotaExceededError' ? 'full' : 'failed'});
        if (db && (!error || error.name !== 'QuotaExceededError')) {
            db.close();
            db = null;
        }
        is_dirty = true;
        clearTimeout(retry);
        retry = setTimeout(save_now, kRetry_ms);
    };

    /** Saves at once; resolves to true when the browser has acknowledged it. */
    const save_now = () => {
        clearTimeout(timer);
        timer = 0;
        if (is_closed || (home !== 'browser' && home !== 'host')) return Promise.resolve(false);
        if (running) {  // the one under way may have asked before the last change
            is_dirty = true;
            return running.then(() => is_dirty ? save_now() : true);
        }
        is_dirty = false;
        clearTimeout(retry);
        retry = 0;
        const work = (async () => {
            try {
                const n_written = await patience(home === 'host' ? save_at_host() : save_in_browser());
                report(n_written ? 'saved' : 'refused');  // by the program, which shows why with its next frame
                dispatchEvent(new CustomEvent('terrarium-saved', {detail: n_written}));
                return n_written > 0;
            } catch (error) {
                if (!is_closed) failed(error);
                return false;
            }
        })();
        running = work;
        work.finally(() => {
            running = null;
            if (is_dirty && !retry) soon();
        });
        return work;
    };
    const soon = () => { if (!timer) timer = setTimeout(save_now, kGather_ms); };

    // ---- start -----------------------------------------------------------------------------------------------------------

    const loaded_from = (entries) => {
        for (const [key, value] of entries) Terrarium.give_stored(key, as_bytes(value));
        report('loaded', {home});
    };

    const load = async () => {
        let opening = null;
        try {
            opening = open();
            db = await patience(opening);
            const entries = await patience(read_all(db));
            home = 'browser';
            return loaded_from(entries);
        } catch (error) {
            // Denied, broken or silent: any of these sends us one step down.
            if (opening && error.name === 'TimeoutError') opening.then(came_late, () => {});
            if (error.name === 'VersionError') {
                is_closed = true;
                report('outdated');
            }
        }
        try {
            const message = await patience(Terrarium.host.ask_progress());
            take_held(message);
            home = home || 'host';
            if (home === 'host') return loaded_from(held.map((bytes, i) => [String(i), bytes]));
        } catch (error) {
            home = home || 'session';
            if (home === 'session') report('loaded', {home});
        }
    };
    /** The database answered after all: from now on it is the home, and what it holds is merged. */
    const came_late = async (opened) => {
        try {
            const entries = await patience(read_all(opened));
            db = opened;
            home = 'browser';
            loaded_from(entries);
            save_now();
        } catch (error) {
            opened.close();
        }
    };

    const forget = async () => {
        clearTimeout(timer);
        clearTimeout(retry);
        timer = 0;
        is_dirty = false;
        is_going = true;
        await (running || Promise.resolve());
        if (db) db.close();
        db = null;
        held = [undefined, undefined];
        const remove = () => new Promise((done) => {
            const request = indexedDB.deleteDatabase(kDatabase);
            request.onsuccess = request.onerror = done;
        });
        const host_gone = async () => {
            if (home !== 'host') return;
            ({revision} = await keep_at_host(held));
        };
        // Other tabs end their part before the database goes; what they cached until then goes after it.
        for (const work of [Terrarium.offline.forget, remove, Terrarium.offline.forget, host_gone])
            await patience(Promise.resolve().then(work), 2 * kPatience_ms).catch(() => {});
        is_going = false;
        report('forgotten');
    };

    Terrarium.store = {
        load, forget, save_now,
        save: () => { is_dirty = true; soon(); },
        put: (key, bytes) => { if (puts) puts.push([key, bytes]); },
        keep: () => { if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {}); },
    };
    const leaving = () => {
        if (!is_dirty && !timer && !running) return;
        try {
            if (home === 'browser' && db && !is_closed) leave_in_browser();
        } catch (error) {
            // The connection was lost; the save opens a new one.
        }
        save_now();
    };
    document.addEventListener('visibilitychange', () => { if (document.hidden) leaving(); });
    addEventListener('pagehide', leaving);
})();
