// Brings in what the program consists of: the wasm module (SIMD or scalar), its glue script, fonts, content. Shows real
// byte progress, and tells the ways in which a download goes wrong apart, because each has its own next step.
'use strict';

(function () {
    const say = (english, value) => Terrarium.say(english, value);
    const problem = (code, detail) => Object.assign(new Error(code + ': ' + detail), {code, detail});

    /** Names in the manifest: relative, inside our folder. Everything else is refused before it becomes a request. */
    const is_name = (name) => /^[a-z0-9][a-z0-9._/-]*$/i.test(name) && !name.includes('..') && !name.includes('//');

    let manifest = {};  // plain name -> {bytes, sha256}
    let build = '';     // the id of the code that computes, which the module must report too
    let inline = null;  // name -> base64, once inline.js was needed
    const files = new Map();  // name -> promise of bytes

    const from_base64 = (text) => {
        const binary = atob(text);
        const bytes = new Uint8Array(binary.length);
        for (let i = 0; i < binary.length; ++i) bytes[i] = binary.charCodeAt(i);
        return bytes;
    };

    /** Where fetch is refused (a page from a disk, a sandboxed frame without CORS) a script carries the same bytes. */
    const use_inline = async () => {
        if (!window.TerrariumInline) {
            Terrarium.progress(say('Reading the program …'));
            await Terrarium.add_script('inline.js?' + Terrarium.version).catch(() => {
                throw problem(location.protocol === 'file:' ? 'disk' : 'offline', say('The program'));
            });
        }
        if (!window.TerrariumInline) throw problem('damaged', 'inline.js');
        if (window.TerrariumInline.version !== Terrarium.version) throw problem('mixed', 'inline.js');
        inline = window.TerrariumInline.files;
    };

    const from_inline = (name) => {
        if (!(name in inline)) throw problem('missing', name);
        return from_base64(inline[name]);
    };

    /** Files lie under names made from their content, so that no cache on the way can mix two versions. */
    const address_of = (name) =>
        manifest[name] ? name.replace(/(?=\.\w+$)/, '.' + manifest[name].sha256.slice(0, 12)) : name;

    const request = async (name, options) => {
        let response;
        try {
            response = await fetch(address_of(name), options);
        } catch (error) {
            throw problem('offline', name);
        }
        if (!response.ok) throw problem(response.status === 404 ? 'missing' : 'server', `${name} (${response.status})`);
        return response;
    };

    /** All bytes of a response; `report(bytes so far)` as they come in. */
    const read = async (response, name, report) => {
        const chunks = [];
        let length = 0;
        try {
            if (!response.body) return new Uint8Array(await response.arrayBuffer());
            const reader = response.body.getReader();
            for (let part = await reader.read(); !part.done; part = await reader.read()) {
                chunks.push(part.value);
                length += part.value.length;
                if (report) report(length);
            }
        } catch (error) {
            throw problem('truncated', name);
        }
        const bytes = new Uint8Array(length);
        let at = 0;
        for (const chunk of chunks) {
            bytes.set(chunk, at);
            at += chunk.length;
        }
        return bytes;
    };

    const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

    /** Compares with the manifest. The hash needs a secure context; elsewhere length alone must do. */
    const check = async (bytes, name) => {
        const expected = manifest[name];
        const begin = String.fromCharCode(...bytes.subarray(0, 64)).trimStart().toLowerCase();
        if (!/\.html?$/.test(name) && (begin.startsWith('<!doctype') || begin.startsWith('<html')))
            throw problem('html', name);
        if (!expected) return;
        if (bytes.length < expected.bytes) throw problem('truncated', name);
        if (bytes.length !== expected.bytes) throw problem('damaged', name);
        if (!expected.sha256 || !self.crypto || !crypto.subtle) return;
        if (hex(await crypto.subtle.digest('SHA-256', bytes)) !== expected.sha256) throw problem('damaged', name);
    };

    /** The bytes of one file of the site, fetched once. Rejects with an error that has .code and .detail. */
    const file = (name) => {
        if (!is_name(name)) return Promise.reject(problem('missing', name));
        if (!files.has(name)) {
            const bytes = inline ? Promise.resolve().then(() => from_inline(name)) : (async () => {
                let got = await read(await request(name), name);
                // A wrong hash is mostly an old copy in a cache after an update: ask the server itself once.
                await check(got, name).catch(async (error) => {
                    if (error.code !== 'damaged') throw error;
                    got = await read(await request(name, {cache: 'reload'}), name);
                    await check(got, name);
                });
                return got;
            })();
            bytes.catch(() => files.delete(name));  // a failure may be tried again
            files.set(name, bytes);
        }
        return files.get(name);
    };

    const explain_compile_error = (error, name) => {
        if (error.code) return error;
        const words = String(error && error.message);
        if (/unsafe-eval|Content Security Policy|blocked by CSP|disallowed by embedder/i.test(words)) return problem('csp');
        if (error instanceof RangeError) return problem('memory');
        return problem('damaged', name);
    };

    /**
     * Compiles while the bytes arrive (the browser then also keeps the compiled code for the next visit) and reads a copy
     * of the stream for progress, for checking, and for servers that name the wrong type.
     */
    const compile = async (name, options) => {
        if (inline) return WebAssembly.compile(from_inline(name));
        const response = await request(name, options);
        const total = () => manifest[name] && manifest[name].bytes || 0;
        const copy = response.clone();
        const streaming = WebAssembly.compileStreaming && response.body ?
            WebAssembly.compileStreaming(response) : Promise.reject(new TypeError('no streaming'));
        streaming.catch(() => {});  // looked at below, after the bytes are known to be good
        const bytes = await read(copy, name, (length) => {
            const kilobytes = Math.round(length / 1000);
            if (total()) Terrarium.progress(say('Loading: {0} kB', `${kilobytes} / ${Math.round(total() / 1000)}`),
                Math.min(length / total(), 1));
            else Terrarium.progress(say('Loading: {0} kB', kilobytes));
        });
        await check(bytes, name);
        Terrarium.progress(say('Preparing the program …'), 1);
        return streaming.catch(() => WebAssembly.compile(bytes));
    };

    const load_manifest = async () => {
        const name = Terrarium.version;
        const hash = (name.match(/\.([0-9a-f]{12})\./) || [])[1];
        const get = async (options) => {
            const bytes = await read(await request(name, options), name);
            await check(bytes, name);
            const can_hash = hash && self.crypto && crypto.subtle;
            if (can_hash && !hex(await crypto.subtle.digest('SHA-256', bytes)).startsWith(hash)) throw problem('damaged', name);
            try {
                return JSON.parse(new TextDecoder().decode(bytes));
            } catch (error) {
                throw problem('damaged', name);
            }
        };
        const parsed = await get().catch((error) => {
            if (error.code !== 'damaged') throw error;
            return get({cache: 'reload'});
        });
        manifest = parsed.files;
        build = parsed.build;
    };

    /** The twin's text has the metrics of the canvas because both use the same font files. */
    const load_fonts = () => [['Terrarium Sans', 'inter-regular', '400'], ['Terrarium Sans', 'inter-semibold', '600'],
        ['Terrarium Mono', 'mono', '400']].map(async ([family, stem, weight]) => {
        const name = ['otf', 'ttf', 'woff2'].map((ending) => `fonts/${stem}.${ending}`)
            .find((it) => it in (inline || manifest));
        if (!name) return;
        const face = new FontFace(family, (await file(name)).slice().buffer, {weight, display: 'swap'});
        document.fonts.add(await face.load());
        if (Terrarium.mirror) Terrarium.mirror.fonts_changed();
    });

    const to_base64 = (hex_digits) => btoa(hex_digits.replace(/../g, (pair) => String.fromCharCode(parseInt(pair, 16))));

    const text_of = (name) => file(name).then((bytes) => new TextDecoder().decode(bytes));

    // The turbo module is for workers alone, and comes when somebody asks for it. What it computes no other device must
    // repeat, so nothing is proved with it.
    let turbo = null;
    Terrarium.can_turbo = () => Terrarium.can.relaxed_simd && Terrarium.can.worker && !inline && 'terrarium-turbo.wasm' in manifest;
    /** {compiled, glue} of the turbo module. */
    Terrarium.turbo = () => {
        turbo = turbo || Promise.all([file('terrarium-turbo.wasm').then((bytes) => WebAssembly.compile(bytes)),
            text_of('terrarium-turbo.js')]).then(([compiled, glue]) => ({compiled, glue}));
        turbo.catch(() => { turbo = null; });  // a failure may be tried again
        return turbo;
    };

    const load_glue = async (name) => {
        Terrarium.glue_text = () => text_of(name);  // workers get the same script as text
        if (typeof createTerrarium === 'function') return;
        await file(name);  // checked, and from now on in the browser's cache
        if (inline) await Terrarium.add_script(window.TerrariumInline.at[name]);
        else await Terrarium.add_script(address_of(name), 'sha256-' + to_base64(manifest[name].sha256));
        if (typeof createTerrarium !== 'function') throw problem('damaged', name);
    };

    /**
     * The program comes in volumes, each a module with the whole shell and some of the labs (src/labs/volumes/): nobody
     * waits for labs that were not asked for. The page of all widgets has all of them.
     */
    const volumes = [
        ['-gallery', /[#&](lab=ui\.gallery|page=gallery)(&|$)/],
        ['-data', /[#&]lab=m[01]\./],
        ['-kinds', /[#&]lab=m2\.(model_shelf|diffusion)(&|$)/],
        ['', /^/],
    ];
    const wanted_volume = () => volumes.find(([, pattern]) => pattern.test(location.hash))[0];
    let volume = null;  // null: a module that has all labs
    Terrarium.check_volume = () => {
        if (volume !== null && volume !== '-gallery' && wanted_volume() !== volume) location.reload();
    };
    addEventListener('hashchange', () => Terrarium.check_volume());

    const run = async (again) => {
        files.clear();
        manifest = {};
        try {
            if (!Terrarium.can.fetch) await use_inline();
            // An unreachable file has two reasons: no network, or a frame that may not fetch. inline.js tells them apart.
            if (!inline) await load_manifest().catch((error) => {
                if (error.code !== 'offline') throw error;
                return use_inline();
            });
            const asked = (/[#&]lang=([\w-]+)/.exec(location.hash) || [])[1] || navigator.language || '';
            if (asked.startsWith('x-')) {  // made up by say(); the program makes up its own
                document.documentElement.lang = 'en-' + asked;
                Terrarium.language.use();
            }
            const words = [asked, asked.split('-')[0]].map((it) => `content/locales/${it}.json`)
                .find((it) => it in (inline || manifest) && !it.endsWith('/en.json'));
            if (words) file(words).then(Terrarium.language.use, () => {});
            // inline.js has the first volume and the module without SIMD, which has all labs and is slower.
            const is_whole = !Terrarium.can.simd || (inline && wanted_volume() !== '');
            volume = is_whole ? null : inline ? '' : wanted_volume();
            const name = 'terrarium' + (is_whole ? '-scalar' : volume);
            const module = compile(name + '.wasm', again ? {cache: 'reload'} : undefined).catch((error) => {
                if (error.code === 'damaged' && !inline) return compile(name + '.wasm', {cache: 'reload'});
                throw error;
            });
            const glue = load_glue(name + '.js');
            glue.catch(() => {});
            // What the program asks for first can travel beside the module. The page is readable with the system's fonts too.
            load_fonts().forEach((font) => font.catch(() => {}));
            Object.keys(inline || manifest).filter((it) => /^content\/[^/]+\.json$/.test(it))
                .forEach((it) => file(it).catch(() => {}));
            const compiled = await module.catch((error) => { throw explain_compile_error(error, name + '.wasm'); });
            await glue;
            Terrarium.progress(say('Starting …'), 1);
            await Terrarium.start_page(compiled, build);
        } catch (error) {
            console.warn('Terrarium did not start:', error.message);
            const network = ['missing', 'server', 'html', 'truncated', 'damaged', 'offline'].includes(error.code);
            await Terrarium.give_up(error.code || 'crashed', error.detail || error.message, network ? () => run(true) : undefined);
        }
    };

    Terrarium.load = () => run(false);

    /** For the program: bytes, or a rejected promise whose message is a sentence for the learner. */
    Terrarium.asset = (name) => file(name).catch((error) => {
        // What an old page asks for may be gone from a server with a newer one; then that is offered.
        if (error.code === 'missing' || error.code === 'damaged') Terrarium.offline.look_for_update();
        const words = {
            missing: say('The server does not have the file {0}.', name),
            html: say('Instead of {0} a web page came back; the network may ask for a sign-in.', name),
            truncated: say('{0} arrived incomplete; please try again.', name),
            damaged: say('{0} arrived damaged or belongs to another version; please load the page again.', name),
            offline: say('{0} could not be reached; please check the connection and try again.', name),
        };
        const status = {missing: 404, server: 500}[error.code] || 502;
        throw Object.assign(new Error(words[error.code] || say('The server could not deliver {0}.', name)),
            {status, code: error.code, detail: name});
    });
})();
