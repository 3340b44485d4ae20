// Notes over the lab in real DOM, and what keeps the page usable without a network: the service worker (sw.js), and the
// offer to load a newer version. Where the frame, the address or the browser allows no service worker there is none, and
// nobody is told: the lab itself does not need it.
'use strict';

(function () {
    const {say} = Terrarium;
    const place = document.getElementById('notes');
    const notes = new Map();  // id -> its element

    /** Shows a sentence with a button above the lab, until unnote(id). With `later` it can be put away. */
    Terrarium.note = (id, words, button, action, later) => {
        Terrarium.unnote(id);
        const box = document.createElement('div');
        box.className = 'note';
        const add = (tag, text, pressed) => {
            const element = document.createElement(tag);
            element.textContent = text;
            if (pressed) element.onclick = pressed;
            box.append(element);
        };
        box.setAttribute('role', later ? 'status' : 'alert');
        add('p', words);
        add('button', button, action);
        if (later) add('button', later, () => Terrarium.unnote(id));
        notes.set(id, box);
        place.append(box);
        place.hidden = false;
    };
    Terrarium.unnote = (id) => {
        if (notes.has(id)) notes.get(id).remove();
        notes.delete(id);
        place.hidden = !notes.size;
    };

    // ---- a newer version ------------------------------------------------------------------------------------------------

    const kLookEvery_ms = 10 * 60 * 1000;
    let looked_at = performance.now(), offered = '';

    /**
     * Compares with the server, and offers its version once. Nothing is replaced while someone works: only the button
     * loads the page again, and this page goes on with its own files until then.
     */
    const look_for_update = async () => {
        looked_at = performance.now();
        if (!Terrarium.can.fetch) return;
        const there = await Terrarium.version_on_server();
        if (!there || there === Terrarium.version || there === offered) return;
        offered = there;
        Terrarium.note('update', say('A newer version of Terrarium is ready. Your settings stay in the address; a run that is ' +
            'going on now would end.'), say('Load the new version'), () => location.reload(), say('Later'));
    };

    /** Tabs tell each other their version. Which of two is the older one, only the server can say. */
    const compare_tabs = () => {
        if (typeof BroadcastChannel !== 'function') return;
        const channel = new BroadcastChannel('terrarium-version');
        channel.onmessage = ({data}) => {
            if (data.version === Terrarium.version) return;
            if (data.is_new) channel.postMessage({version: Terrarium.version});
            look_for_update();
        };
        channel.postMessage({version: Terrarium.version, is_new: true});
    };

    // ---- the service worker -----------------------------------------------------------------------------------------------

    let registering = null;  // promise of the registration, once asked for
    let is_over = false;     // everything was deleted: nothing is cached any more until the page is loaded again
    const watch_worker = async () => {
        const container = navigator.serviceWorker;
        registering = container.register(Terrarium.script_address('sw.js'), {updateViaCache: 'none'});
        const registration = await registering;
        const tell = () => {  // what the page has loaded before there was a worker to see it
            if (registration.active && !is_over) registration.active.postMessage({type: 'keep', files: Terrarium.loaded_files()});
        };
        // From the moment it controls the page it sees every file itself.
        container.addEventListener('controllerchange', tell);
        if (container.controller) tell();
        const installed = (worker) => {
            look_for_update();
            worker.postMessage({type: 'take_over_if_alone', version: Terrarium.version});
        };
        if (registration.waiting) installed(registration.waiting);
        registration.addEventListener('updatefound', () => {
            const worker = registration.installing;
            worker.addEventListener('statechange', () => {
                if (worker.state === 'installed' && container.controller) installed(worker);
            });
        });
        document.addEventListener('visibilitychange', () => {
            if (is_over || document.hidden || performance.now() - looked_at < kLookEvery_ms) return;
            registration.update().catch(() => {});
            look_for_update();
        });
    };

    /** Sandboxed frames throw already when asked; plain http and a disk have none. */
    const may_have_worker = () => {
        try {
            return isSecureContext && /^https?:$/.test(location.protocol) && !!navigator.serviceWorker;
        } catch (error) {
            return false;
        }
    };

    /** Resolves when this worker has deleted its caches and will write no more. */
    const silence = (worker) => new Promise((done) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        worker.postMessage({type: 'forget'}, [channel.port2]);
    });
    /**
     * Ends the service worker and removes all caches. Deleting caches alone would be a race: a worker that is just being
     * installed, or keeping a file, makes them anew.
     */
    const forget = async () => {
        is_over = true;
        if (may_have_worker()) {
            await (registering || Promise.resolve()).catch(() => {});
            for (const registration of await navigator.serviceWorker.getRegistrations()) {
                if (registration.scope !== new URL('./', document.baseURI).href) continue;  // not ours
                const workers = [registration.installing, registration.waiting, registration.active].filter(Boolean);
                await Promise.all(workers.map(silence));
                await registration.unregister();
            }
        }
        for (const name of await caches.keys()) if (name.startsWith('terrarium')) await caches.delete(name);
    };

    Terrarium.offline = {
        look_for_update, forget,
        /** Once the lab is on screen: nothing here may slow its first picture down. */
        start: () => setTimeout(() => {
            try {
                compare_tabs();
            } catch (error) {
                // Storage is denied to this frame, and with it the channel between tabs.
            }
            if (may_have_worker() && !is_over) watch_worker().catch(() => {});  // denied or failed: the lab works without
        }, 1000),
    };
})();
