// The page's side of the program: makes the instance, owns the clock of frames, the size of the canvas and the learner's
// preferences, and answers what src/platform/browser.cpp asks.
'use strict';

(function () {
    const $ = (id) => document.getElementById(id);
    const root = $('terrarium'), canvas = $('canvas'), scroller = $('scroller');
    const kMaxCanvasSide = 4096;  // more than a screen shows, less than any WebGL2 limit
    const encoder = new TextEncoder();

    // ---- calling the program ----------------------------------------------------------------------------------------

    /** Instantiates the compiled module; rejects also where the glue alone would wait for ever (a mixed version). */
    Terrarium.instantiate = (compiled, options) => new Promise((done, failed) => {
        const instantiateWasm = (imports, success) => {
            WebAssembly.instantiate(compiled, imports).then((it) => success(it, compiled)).catch(failed);
            return {};
        };
        createTerrarium({...options, instantiateWasm}).then(done, failed);
    });

    /** Lends `bytes` to one call inside the module. */
    Terrarium.with_bytes = (module, bytes, call, ...more) => {
        const at = module._malloc(bytes.length || 1);
        if (!at) throw new RangeError('out of memory');
        module.HEAPU8.set(bytes, at);
        try {
            return call(at, bytes.length, ...more);
        } finally {
            module._free(at);
        }
    };

    let module = null;
    let depth = 0;  // > 0 while the program runs: DOM events caused by it wait until it has returned
    const held = [];

    /** Runs `call` in the program. A trap ends the page's program for good, said in words. */
    const enter = (call) => {
        if (!module) return undefined;
        ++depth;
        try {
            return call();
        } catch (error) {
            module = null;
            pool.end();
            turbo_pool.end();
            console.error('Terrarium stopped:', error);
            Terrarium.host.send({type: 'error', message: String(error.message || error)});
            Terrarium.fail('crashed', String(error.message || error).slice(0, 200));
            return undefined;
        } finally {
            --depth;
        }
    };
    const later = (call) => {
        if (depth > 0) held.push(call);
        else call();
    };
    const flush = () => { while (depth === 0 && held.length) held.shift()(); };
    const tell = (json) => Terrarium.with_bytes(module, encoder.encode(JSON.stringify(json)), module._terrarium_page_event);

    /** Sends one event and asks for a frame. */
    Terrarium.event = (event) => later(() => { enter(() => tell(event)); schedule(0); });

    /** Bytes with one or two names in front, for assets and files: every string gets its own room in the module. */
    const with_names = (names, bytes, call) => {
        const parts = names.map((name) => encoder.encode(name)).concat([bytes]);
        const places = [];
        try {
            for (const part of parts) {
                const at = module._malloc(part.length || 1);
                if (!at) throw new RangeError('out of memory');
                places.push(at, part.length);
                module.HEAPU8.set(part, at);
            }
            call(...places);
        } finally {
            for (let i = 0; i < places.length; i += 2) module._free(places[i]);
        }
    };
    Terrarium.give_file = (key, name, bytes, status) => later(() => {
        enter(() => with_names([key, name], bytes, (...places) => module._terrarium_page_file(...places, status)));
        schedule(0);
    });
    /** One value of the store, while the program is asked what to do with it. */
    Terrarium.give_stored = (key, bytes) =>
        enter(() => with_names([key], bytes, (...places) => module._terrarium_page_stored(...places)));
    Terrarium.tell_at_once = (event) => enter(() => tell(event));
    const give_asset = (name, bytes, status) => later(() => {
        enter(() => with_names([name], bytes, (...places) => module._terrarium_page_asset(...places, status)));
        schedule(0);
    });

    // ---- frames: only when something asks for one, never while hidden -------------------------------------------------

    let frame_request = 0, frame_timer = 0, timer_due = 0, is_on_screen = true, frame_count = 0;
    let is_shown = false;
    const kNewsEvery_ms = 100;  // what workers report is drawn ten times a second; input is drawn at once
    let has_news = false, news_drawn_ms = -kNewsEvery_ms;
    let after_frame = [];  // work that has to read the pixels in the task that drew them
    const is_hidden = () => document.hidden || !is_on_screen;

    const frame = () => {
        cancelAnimationFrame(frame_request);
        clearTimeout(frame_timer);
        frame_request = frame_timer = 0;
        if (!module) return;
        if (window.devicePixelRatio !== seen_ratio) resize(null);
        const begin = performance.now();
        if (has_news) news_drawn_ms = begin;
        has_news = false;
        const wait = enter(() => module._terrarium_page_frame(begin));
        if (!module) return;
        // Tests read the marks: how often is drawn, and the time on the main thread.
        performance.mark('terrarium-frame', {detail: performance.now() - begin});
        if (++frame_count % 500 === 0) performance.clearMarks('terrarium-frame');
        Terrarium.mirror.apply_waiting();
        if (!is_shown && Terrarium.mirror.has_nodes()) {
            is_shown = true;  // the first picture stands; until now the boot card covered an empty canvas
            Terrarium.ready();
            Terrarium.offline.start();
        }
        after_frame.splice(0).forEach((work) => work());
        flush();
        if (wait >= 0) schedule(wait);
    };
    const schedule = (wait_ms) => {
        if (!module || is_hidden()) return;
        if (wait_ms > 16) {
            const due = performance.now() + wait_ms;
            if (frame_request || (frame_timer && timer_due <= due)) return;
            clearTimeout(frame_timer);
            timer_due = due;
            frame_timer = setTimeout(() => { frame_timer = 0; schedule(0); }, wait_ms);
            return;
        }
        if (frame_request) return;
        clearTimeout(frame_timer);
        frame_timer = 0;
        frame_request = requestAnimationFrame(frame);
    };
    Terrarium.wake = () => schedule(0);
    Terrarium.after_frame = (work) => { after_frame.push(work); schedule(0); };

    let was_hidden = false;
    const visibility_changed = () => {
        if (is_hidden() === was_hidden) return;
        was_hidden = is_hidden();
        Terrarium.event({t: 'visibility', hidden: was_hidden});
        if (!was_hidden) return schedule(0);
        cancelAnimationFrame(frame_request);
        clearTimeout(frame_timer);
        frame_request = frame_timer = 0;
    };

    // ---- size: CSS decides the box, the canvas gets exactly its device pixels ------------------------------------------

    const size = {width: 1, height: 1, dpr: 1};
    let seen_ratio = 0;  // some ratio changes come without any event; the next frame notices them
    const resize = (device_box) => {
        seen_ratio = window.devicePixelRatio;
        // As a plain page the box grows with its content, so there the window is the measure.
        const is_page = Terrarium.mirror.mode() === 'visible';
        const box = is_page ? {width: document.documentElement.clientWidth, height: window.innerHeight} :
            root.getBoundingClientRect();
        const width = Math.max(1, Math.round(box.width)), height = Math.max(1, Math.round(box.height));
        const ratio = Math.min(window.devicePixelRatio || 1, kMaxCanvasSide / Math.max(width, height));
        let pixels = [Math.round(width * ratio), Math.round(height * ratio)];
        // The exact box is a rounding apart at most; under emulation (and old bugs) it ignores the ratio, then it is wrong.
        if (device_box && device_box.every((side, i) => side > 0 && Math.abs(side - pixels[i]) <= 2)) pixels = device_box;
        const dpr = pixels[0] / width;
        const same = canvas.width === pixels[0] && canvas.height === pixels[1] && size.width === width &&
            size.height === height && size.dpr === dpr;
        if (same) return;
        if (size.width !== width && module && !is_page) Terrarium.touch.hold_place();
        if (canvas.width !== pixels[0]) canvas.width = pixels[0];
        if (canvas.height !== pixels[1]) canvas.height = pixels[1];
        Object.assign(size, {width, height, dpr});
        if (!module) return;
        Terrarium.event({t: 'resize', ...size});
        if (!is_hidden() && depth === 0) frame();  // in the same task: a resized canvas is empty until drawn
    };
    const watch_size = () => {
        const observer = new ResizeObserver((entries) => {
            const box = entries[0].devicePixelContentBoxSize;
            resize(box && box[0] ? [box[0].inlineSize, box[0].blockSize] : null);
        });
        try {
            observer.observe(canvas, {box: 'device-pixel-content-box'});
        } catch (error) {
            observer.observe(canvas);  // Safari
        }
        window.addEventListener('resize', () => { if (Terrarium.mirror.mode() === 'visible') resize(null); });
        // A move to another screen may change the ratio without a resize; the query is only good for one change.
        const arm = () => {
            const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
            query.addEventListener('change', () => { resize(null); arm(); }, {once: true});
        };
        arm();
    };

    // ---- preferences ---------------------------------------------------------------------------------------------------

    const media = {
        dark: matchMedia('(prefers-color-scheme: dark)'),
        still: matchMedia('(prefers-reduced-motion: reduce)'),
        forced: matchMedia('(forced-colors: active)'),
        contrast: matchMedia('(prefers-contrast: more)'),
        coarse: matchMedia('(pointer: coarse)'),
    };
    const parameters = () => new URLSearchParams(location.hash.slice(1));
    let theme_choice = 'system';
    const device_theme = () => media.dark.matches ? 'dark' : 'light';
    const theme = () => theme_choice === 'system' ? device_theme() : theme_choice;
    /** What a forced-colours mode shows, read off a probe: system colours have no other way to the program. */
    const system_colors = () => {
        const probe = document.createElement('i'), colors = {};
        probe.style.forcedColorAdjust = 'none';
        document.body.append(probe);
        for (const name of ['Canvas', 'CanvasText', 'LinkText', 'ButtonText', 'Highlight', 'GrayText']) {
            probe.style.color = name;
            const [red, green, blue] = (getComputedStyle(probe).color.match(/[\d.]+/g) || []).map(Number);
            if (blue !== undefined) colors[name] = (red << 16 | green << 8 | blue) >>> 0;
        }
        probe.remove();
        return colors;
    };
    // The program is told what the device prefers; its own choice comes back through set_theme.
    const preferences = () => ({theme: device_theme(), reduced_motion: media.still.matches,
        system_colors: media.forced.matches ? system_colors() : null, contrast: media.contrast.matches,
        touch: media.coarse.matches, mirror: Terrarium.mirror.mode()});
    const set_theme = (name) => {
        theme_choice = ['light', 'dark'].includes(name) ? name : 'system';
        document.documentElement.dataset.theme = theme();
    };
    const preferences_changed = () => {
        if (!['light', 'dark'].includes(parameters().get('theme'))) theme_choice = 'system';
        document.documentElement.dataset.theme = theme();
        Terrarium.event({t: 'prefs', ...preferences()});
    };

    const set_mirror = (mode) => {
        const wanted = can_draw() ? mode : 'visible';
        const is_change = wanted !== Terrarium.mirror.mode();
        if (is_change) Terrarium.mirror.set_mode(wanted);
        if (is_change || wanted !== mode) later(() => {
            resize(null);
            if (wanted !== mode || depth === 0) Terrarium.event({t: 'mirror', mode: wanted});
        });
    };

    // On paper the twin is a plain page in light colours, however it looked on screen (print rules in page.css).
    const watch_print = () => {
        let before = null;
        addEventListener('beforeprint', () => {
            before = Terrarium.mirror.mode();
            Terrarium.mirror.set_mode('visible');
        });
        addEventListener('afterprint', () => {
            if (before) Terrarium.mirror.set_mode(before);
            before = null;
            later(() => resize(null));
        });
    };

    // ---- graphics: a lost context comes back, or the page goes on as a document ------------------------------------------

    const can_draw = () => Terrarium.can.webgl2 && !Terrarium.graphics.is_given_up();
    let mode_before = 'normal';
    const watch_graphics = () => Terrarium.graphics.watch(canvas, {
        lost: () => later(() => enter(() => module._terrarium_page_gl_lost())),
        restored: () => later(() => { enter(() => module._terrarium_page_gl_restored()); schedule(0); }),
        given_up: () => {
            mode_before = Terrarium.mirror.mode();
            if (module) set_mirror('visible');
        },
        back: () => set_mirror(mode_before),
    });

    // ---- what the program may ask for ------------------------------------------------------------------------------------

    // Workers 0 to 63 run the module of the page, those from 64 on the turbo module (src/app/platform.h).
    const kTurboWorkers = 64;
    let pool = {end: () => {}}, turbo_pool = pool;
    const bridge = {
        twin: (json) => Terrarium.mirror.receive(JSON.parse(json)),
        to_worker: (index, bytes) => index < kTurboWorkers ? pool.send(index, bytes) :
            turbo_pool.send(index - kTurboWorkers, bytes),
        request_workers: (count) => pool.request(count),
        request_turbo_workers: (count) => turbo_pool.request(count),
        request_asset: (name) => Terrarium.asset(name).then(
            (bytes) => {
                if (/^content\/locales\/(?!index)/.test(name)) Terrarium.language.use(bytes);
                give_asset(name, bytes, 200);
            },
            (error) => {
                // Before the first picture there is no program to tell it; afterwards it is the program's to say.
                // Without its locale file the page speaks English.
                if (!is_shown && !name.startsWith('content/locales/')) return Terrarium.fail(error.code, name);
                give_asset(name, encoder.encode(error.message), error.status || 500);
            }),
        draw_glyph: Terrarium.language.draw_glyph,
        number_signs: Terrarium.language.number_signs,
        set_hash: (hash) => Terrarium.input.set_hash(hash),
        open_page: (name) => window.open(new URL(name, location.href.split('#')[0]).href, '_blank', 'noopener'),
        print: () => setTimeout(() => window.print()),  // not inside a frame: the dialog stops everything
        open_link: (url) => Terrarium.files.open_link(url),
        save_file: (name, mime, bytes) => Terrarium.files.save(name, mime, bytes),
        save_png: (name, x, y, w, h) =>
            Terrarium.after_frame(() => Terrarium.files.save_png(name, [x, y, w, h], size.dpr)),
        copy_text: (text) => Terrarium.files.copy(text),
        pick_file: (key, accept, max_bytes) => Terrarium.files.pick(key, accept, max_bytes),
        wake: () => schedule(0),
        to_host: (json) => Terrarium.host.send(JSON.parse(json)),
        set_cursor: (css) => { root.style.cursor = css; },
        set_mirror,
        set_theme,
        scroll_to: (y) => scroller.scrollTo({top: y}),
        now_ms: () => performance.now(),
        load_progress: () => { Terrarium.store.load(); },
        save_progress: () => Terrarium.store.save(),
        forget_progress: () => { Terrarium.store.forget(); },
        keep_progress: () => Terrarium.store.keep(),
        put_stored: (key, bytes) => Terrarium.store.put(key, bytes),
    };

    /** What the module says it was made from; page, workers and lessons must come from the same. */
    const build_of = (instance) => {
        const at = instance._terrarium_build_id();
        return new TextDecoder().decode(instance.HEAPU8.subarray(at, instance.HEAPU8.indexOf(0, at)));
    };

    /** Starts the program with the compiled module; load.js calls it once everything is there. */
    Terrarium.start_page = async (compiled, build) => {
        const asked = parameters();
        set_theme(asked.get('theme'));
        root.hidden = false;  // it needs a size before the first frame; the boot card still covers it
        const wanted = asked.get('mirror');
        Terrarium.mirror.set_mode(can_draw() ? wanted : 'visible');
        resize(null);
        Terrarium.graphics.ask_state_once(canvas);
        try {
            module = await Terrarium.instantiate(compiled, {canvas, bridge, role: 'page'});
        } catch (error) {
            const code = error instanceof WebAssembly.LinkError || error instanceof TypeError ? 'mixed' :
                error instanceof RangeError ? 'memory' : 'crashed';
            throw Object.assign(new Error(error.message), {code, detail: error.message});
        }
        if (build && build_of(module) !== build) {
            const detail = `${build_of(module)} and ${build}`;
            module = null;
            throw Object.assign(new Error('mixed: ' + detail), {code: 'mixed', detail});
        }
        const make_pool = (source, in_page, first) => Terrarium.make_pool(source, in_page,
            (index, bytes) => later(() => {
                enter(() => Terrarium.with_bytes(module, bytes,
                    (at, length) => module._terrarium_page_from_worker(first + index, at, length)));
                has_news = true;
                schedule(Math.max(0, news_drawn_ms + kNewsEvery_ms - performance.now()));
            }),
            (index, reason) => Terrarium.event({t: 'worker_failed', index: first + index, reason}));
        pool = make_pool(() => Terrarium.glue_text().then((glue) => ({compiled, glue})), compiled, 0);
        turbo_pool = make_pool(Terrarium.turbo, null, kTurboWorkers);
        const start = {
            hash: location.hash.slice(1), address: location.href.split('#')[0], ...size, ...preferences(),
            lang: asked.get('lang') || navigator.language || 'en', webgl: can_draw(),
            workers: Math.max(1, Math.min(asked.get('workers') | 0 || (navigator.hardwareConcurrency || 2) - 1, 8)),
            writer: Array.from(crypto.getRandomValues(new Uint8Array(8)), (it) => it.toString(16).padStart(2, '0')).join(''),
            turbo: Terrarium.can_turbo(), embedded: window.parent !== window, mac: /Mac|iPhone|iPad/.test(navigator.platform),
        };
        watch_graphics();
        watch_print();
        enter(() => Terrarium.with_bytes(module, encoder.encode(JSON.stringify(start)), module._terrarium_page_start));
        if (!module) return;
        watch_size();
        Object.values(media).forEach((query) => query.addEventListener('change', preferences_changed));
        document.addEventListener('visibilitychange', visibility_changed);
        new IntersectionObserver((entries) => {
            is_on_screen = entries[entries.length - 1].isIntersecting;
            Terrarium.graphics.on_screen(is_on_screen);
            visibility_changed();
        }).observe(root);  // as a plain page the lab is taller than the body
        Terrarium.input.listen();
        Terrarium.touch.listen();
        Terrarium.files.listen();
        Terrarium.host.listen();
        resize(null);  // SDL gave the canvas a size of its own when it made its window
        flush();
        frame();
        visibility_changed();  // the page may have been opened in a background tab
    };
})();
