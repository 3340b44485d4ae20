// First script of the page: shows what is going on until the program runs, and says in plain words what is missing when
// it cannot. It needs nothing but the static page, so it works where everything else fails.
//
// Terrarium is the one global name of all scripts here. Words reach the DOM through textContent only.
'use strict';

var Terrarium = {say: (english, value) => english.replace('{0}', () => value)};  // language.js knows more languages

(function () {
    const $ = (id) => document.getElementById(id);
    const say = (english, value) => Terrarium.say(english, value);

    let broken = null;  // the first script that did not arrive, or arrived damaged
    const plain_name = (address) => address.replace(/^.*\//, '').replace(/\.[0-9a-f]{12}(?=\.\w+$)/, '');

    // A script that does not arrive reports itself here; resource errors do not bubble, hence the capture phase. One that
    // does not even parse, or does not fit the others, reports itself too.
    const script_failed = (event) => {
        const src = event.target && event.target.tagName === 'SCRIPT' && event.target.src;
        if (src) broken = broken || {code: 'missing', name: plain_name(src)};
        else if (event.filename) broken = broken || {code: 'damaged', name: plain_name(event.filename)};
    };
    addEventListener('error', script_failed, true);

    // Terrarium.problems: code -> [what happened, what to do]. {0} is a detail such as a file's name.
    const problems = {
        wasm: ['This browser has no WebAssembly, which the models are trained with.',
            'Please use a current Chrome, Edge, Firefox or Safari (15.2 or newer). Some school or company settings ' +
            'switch WebAssembly off; then the administrator has to allow it for this site.'],
        csp: ['The page around this lab forbids WebAssembly.',
            'Whoever runs the site has to add \'wasm-unsafe-eval\' to script-src in its Content-Security-Policy.'],
        exceptions: ['This browser is too old for the program.',
            'Please update it: Chrome or Edge 95, Firefox 100, Safari 15.2, or anything newer.'],
        missing: ['The server does not have the file {0}.', 'The upload may be incomplete. Please try again later.'],
        server: ['The server could not deliver {0}.', 'Please try again in a moment.'],
        html: ['Instead of {0} a web page came back.',
            'Often this is the sign-in page of a network. Open any other site, sign in there, then try again.'],
        truncated: ['{0} arrived incomplete.', 'The connection probably broke. Please try again.'],
        damaged: ['{0} arrived damaged, or belongs to another version of this page.', 'Please try again.'],
        offline: ['{0} could not be reached.', 'Please check the connection and try again.'],
        disk: ['{0} could not be read.',
            'Opened from a disk, the page needs the file inline.js beside it; otherwise serve the folder with any web server.'],
        mixed: ['Two versions of the program got mixed ({0}).', 'Loading the page again fetches a matching set.'],
        memory: ['There is not enough free memory to start.', 'Please close other tabs or programs and try again.'],
        crashed: ['The program has stopped because of an error of its own ({0}).',
            'The address of this page still holds the settings of your lab. Load the page again to go on from there.'],
    };

    // ---- versions ------------------------------------------------------------------------------------------------------

    /** The version that this page belongs to: its manifest's name, which is made from every byte of it. */
    Terrarium.version = document.querySelector('meta[name="terrarium-manifest"]').content;

    /** The version that the server hands out now; '' when it cannot be asked. */
    Terrarium.version_on_server = async () => {
        const control = new AbortController();
        const timer = setTimeout(() => control.abort(), 5000);
        try {
            const response = await fetch(location.href.split('#')[0], {cache: 'no-cache', signal: control.signal});
            const found = response.ok && (await response.text()).match(/name="terrarium-manifest" content="([\w.]+)"/);
            return found ? found[1] : '';
        } catch (error) {
            return '';
        } finally {
            clearTimeout(timer);
        }
    };

    /** Addresses of the files that this page has loaded, of those that are named by their content. */
    Terrarium.loaded_files = () => {
        const folder = new URL('.', document.baseURI).href;
        return [...new Set(performance.getEntriesByType('resource').map((it) => it.name)
            .filter((it) => it.startsWith(folder) && /\.[0-9a-f]{12}\.\w+$/.test(it)))];
    };

    const reloaded_for = () => (history.state || {}).terrarium_reloaded;
    const note_reload = (version) => history.replaceState({...history.state, terrarium_reloaded: version}, '');

    /**
     * Mends what a reload can mend: this page is older than the server's (its files may be gone there), or a cache holds
     * damaged copies. Once for each version, noted in the tab's history, so it cannot go round in circles. Resolves to
     * true when the page is about to be replaced.
     */
    const heal = async (code) => {
        if (!Terrarium.can.fetch || !['missing', 'damaged', 'mixed'].includes(code)) return false;
        const there = await Terrarium.version_on_server();
        const is_newer = there !== Terrarium.version;
        if (!there || reloaded_for() === there || (code === 'missing' && !is_newer)) return false;
        try {
            note_reload(there);
        } catch (error) {
            return false;  // without the note it might never end
        }
        Terrarium.progress(is_newer ? say('Another version is there now; loading it …') : say('Fetching clean copies …'));
        if (!is_newer) {
            await Promise.all(Terrarium.loaded_files().map((it) => fetch(it, {cache: 'reload'}).then((answer) => answer.arrayBuffer()).catch(() => {})));
        }
        location.reload();
        return true;
    };

    /** Heals, or shows the problem. */
    Terrarium.give_up = async (code, detail, retry) => {
        if (!await heal(code)) Terrarium.fail(code, detail, retry);
    };

    // ---- words on the screen --------------------------------------------------------------------------------------------

    /** Shows a problem with a way on. `retry` runs at the button; without it the page is loaded again. */
    Terrarium.fail = (code, detail, retry) => {
        const [what, next] = problems[code] || problems.crashed;
        const box = $('boot-problem');
        const line = (tag, words) => {
            const element = document.createElement(tag);
            element.textContent = words;
            box.append(element);
            return element;
        };
        box.textContent = '';
        line('h2', Terrarium.say(what, detail || say('a file')));
        line('p', say(next));
        line('button', retry ? say('Try again') : say('Load the page again')).onclick = () => {
            if (!retry) return location.reload();
            Terrarium.progress(say('Trying again …'));
            retry();
        };
        box.hidden = false;
        box.dataset.code = code;
        $('boot-wait').hidden = true;
        $('boot').hidden = false;
        $('terrarium').hidden = true;
        document.documentElement.classList.add('booting');
        document.documentElement.dataset.state = 'failed';
    };

    let moved_at = Date.now();

    /** Says what happens now; `fraction` 0..1 moves the bar, without it the bar only shows that something happens. */
    Terrarium.progress = (words, fraction) => {
        moved_at = Date.now();
        $('boot-text').textContent = words;
        if (fraction === undefined) $('boot-bar').removeAttribute('value');
        else $('boot-bar').value = fraction;
        $('boot-problem').hidden = true;
        $('boot-wait').hidden = false;
        $('boot-wait').classList.remove('late');
    };

    // The CSS shows the "takes longer" line by itself after 10 s; from here on it depends on progress, not on time.
    $('boot-wait').classList.add('watched');
    const watchdog = setInterval(() => {
        if (!document.documentElement.classList.contains('booting')) return clearInterval(watchdog);
        $('boot-wait').classList.toggle('late', Date.now() - moved_at > 10000);
    }, 1000);

    /** The program is on screen. */
    Terrarium.ready = () => {
        document.documentElement.classList.remove('booting');
        document.documentElement.dataset.state = 'running';
        $('boot').hidden = true;
        $('terrarium').hidden = false;
        removeEventListener('error', script_failed, true);
        if (reloaded_for()) note_reload(undefined);
    };

    const probe = (test) => {
        try {
            return !!test();
        } catch (error) {
            return false;
        }
    };
    const module_bytes = (...body) => new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, ...body]);
    // Smallest functions with one instruction of each kind: v128.const and i8x16.popcnt; an empty try/catch_all block.
    const simd = module_bytes(1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11);
    // And f32x4.relaxed_madd, which the turbo module needs.
    const relaxed_simd = module_bytes(1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 19, 1, 17, 0, 65, 0, 253, 15, 65, 0, 253, 15,
        65, 0, 253, 15, 253, 133, 2, 11);
    const exceptions = module_bytes(1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 8, 1, 6, 0, 6, 64, 25, 11, 11);

    Terrarium.can = {
        wasm: probe(() => typeof WebAssembly === 'object' && WebAssembly.validate(module_bytes())),
        simd: probe(() => WebAssembly.validate(simd)),
        relaxed_simd: probe(() => WebAssembly.validate(relaxed_simd)),
        exceptions: probe(() => WebAssembly.validate(exceptions)),
        webgl2: probe(() => {
            const context = document.createElement('canvas').getContext('webgl2');
            // Browsers keep few contexts; the probe gives its own back at once.
            const lose = context && context.getExtension('WEBGL_lose_context');
            if (lose) lose.loseContext();
            return context;
        }),
        worker: probe(() => typeof Worker === 'function' && typeof Blob === 'function' && URL.createObjectURL),
        fetch: probe(() => typeof fetch === 'function' && location.protocol !== 'file:'),
    };

    // Where Trusted Types are demanded, script addresses need a named policy: only our own folder and our own blobs pass.
    const check_address = (address) => {
        const url = new URL(address, document.baseURI);
        const folder = new URL('.', document.baseURI);
        if (url.protocol === 'blob:' || url.href.startsWith(folder.href)) return url.href;
        throw new TypeError('not a script of this page: ' + url.href);
    };
    const policy = window.trustedTypes && trustedTypes.createPolicy('terrarium', {createScriptURL: check_address});
    Terrarium.script_address = (address) => policy ? policy.createScriptURL(address) : check_address(address);

    /**
     * Adds a classic script of our folder; works without CORS and from a disk, unlike fetch. With `integrity` ("sha256-...")
     * it runs only if its bytes are the right ones; that needs CORS again where the page has no origin.
     */
    Terrarium.add_script = (name, integrity) => new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = Terrarium.script_address(name);
        if (integrity) Object.assign(script, {integrity, crossOrigin: 'anonymous'});
        script.onload = done;
        script.onerror = () => failed(Object.assign(new Error(name), {code: 'missing', detail: name}));
        document.head.append(script);
    });

    const start = () => {
        if (broken) return Terrarium.give_up(broken.code, broken.name);
        if (!Terrarium.can.wasm) return Terrarium.fail('wasm');
        if (!Terrarium.can.exceptions) return Terrarium.fail('exceptions');
        Terrarium.load();
    };
    // Deferred scripts are all there, or known to be missing, when this event comes.
    addEventListener('DOMContentLoaded', start);
})();
