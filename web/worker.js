// Workers. Page and worker run the same compiled module: the page posts it, the worker instantiates it again (about a
// millisecond, no second download) and then only exchanges bytes. In turbo they run a module of their own.
//
// A worker is made from a blob: address, because sandboxed frames and pages from a disk may not start one by URL: the
// text of Emscripten's glue script, then the text of worker_main below.
'use strict';

(function () {
    const kPatience_s = 5;  // of the page with a worker that says nothing

    /**
     * The whole of a worker's own code. It becomes text in a blob, so it must not use anything from outside except
     * `createTerrarium`, which stands in the same blob.
     */
    function worker_main() {
        'use strict';
        let module = null;
        const waiting = [];
        const channel = new MessageChannel();
        let is_awake = false;

        const report = (error) => {
            postMessage({failed: String(error && error.message || error)});
            close();
        };
        const deliver = (bytes) => {
            const at = module._malloc(bytes.length || 1);
            if (!at) throw new Error('out of memory');
            module.HEAPU8.set(bytes, at);
            module._terrarium_worker_receive(at, bytes.length);
            module._free(at);
        };
        // Yields through a MessageChannel (0.01 ms), not setTimeout (4 ms and more), so that messages get in between.
        const wake = () => {
            if (is_awake) return;
            is_awake = true;
            channel.port2.postMessage(0);
        };
        channel.port1.onmessage = () => {
            is_awake = false;
            try {
                while (waiting.length) deliver(waiting.shift());
                if (module._terrarium_worker_work(8)) wake();
            } catch (error) {
                report(error);
            }
        };
        onmessage = async (event) => {
            if (event.data.bytes) {
                waiting.push(event.data.bytes);
                if (module) wake();
                return;
            }
            if (event.data.ping) return postMessage({});
            try {
                const compiled = event.data.module;
                const bridge = {
                    from_worker: (index, bytes) => postMessage({bytes}, [bytes.buffer]),
                    wake,
                };
                const instance = new Promise((done, failed) => {
                    const instantiateWasm = (imports, success) => {
                        WebAssembly.instantiate(compiled, imports).then((it) => success(it, compiled)).catch(failed);
                        return {};
                    };
                    createTerrarium({instantiateWasm, bridge, role: 'worker'}).then(done, failed);
                });
                module = await instance;
                module._terrarium_worker_start();
                postMessage({ready: true});
                if (waiting.length) wake();
            } catch (error) {
                report(error);
            }
        };
    }

    const worker_address = (glue) =>
        URL.createObjectURL(new Blob([glue, '\n;(', worker_main.toString(), ')();\n'], {type: 'text/javascript'}));

    /**
     * A real worker. `handlers`: bytes(Uint8Array), failed(reason). `is_alive` turns false once; after that nothing is
     * reported any more, so a late message of a dead worker cannot confuse anyone.
     */
    const start_worker = (compiled, glue, handlers) => {
        const address = worker_address(glue);
        const worker = new Worker(Terrarium.script_address(address), {name: 'terrarium'});
        const self = {is_alive: true};
        let unanswered = 0, watch_timer = 0, last_watch_ms = 0;
        const end = (reason) => {
            if (!self.is_alive) return;
            self.is_alive = false;
            clearInterval(watch_timer);
            worker.terminate();
            URL.revokeObjectURL(address);
            if (reason) handlers.failed(reason, self.was_ready);
        };
        // A worker yields every few milliseconds, so one that leaves pings unanswered hangs. Watched from a message to it
        // until it has said something; a page that was frozen meanwhile (its own timer stood still) starts over.
        const watch = () => {
            const now = performance.now();
            if (now - last_watch_ms > 3000) unanswered = Math.min(unanswered, 1);
            last_watch_ms = now;
            if (!unanswered) {
                clearInterval(watch_timer);
                watch_timer = 0;
            } else if (unanswered++ > kPatience_s) end(Terrarium.say('It has not answered for {0} seconds.', kPatience_s));
            else worker.postMessage({ping: true});
        };
        const expect_answer = () => {
            if (!self.was_ready) return;
            unanswered = unanswered || 1;
            last_watch_ms = performance.now();
            watch_timer = watch_timer || setInterval(watch, 1000);
        };
        worker.onmessage = (event) => {
            if (!self.is_alive) return;
            unanswered = 0;
            if (event.data.bytes) handlers.bytes(event.data.bytes);
            else if (event.data.failed) end(event.data.failed);
            else if (event.data.ready) {
                self.was_ready = true;
                URL.revokeObjectURL(address);
            }
        };
        worker.onerror = (event) => {
            event.preventDefault();
            end(event.message || Terrarium.say('The browser did not start it.'));
        };
        worker.onmessageerror = () => end(Terrarium.say('A message of its own could not be read.'));
        worker.postMessage({module: compiled});
        self.post = (bytes) => {
            worker.postMessage({bytes}, [bytes.buffer]);
            expect_answer();
        };
        self.end = () => end(null);
        return self;
    };

    /** The same work without a worker: a second instance on the page, in slices of at most 8 ms with room for drawing. */
    const start_in_page = (compiled, handlers) => {
        const self = {is_alive: true};
        const waiting = [];
        let module = null;
        let timer = 0;
        const work = () => {
            timer = 0;
            if (!self.is_alive || !module) return;
            try {
                while (waiting.length) Terrarium.with_bytes(module, waiting.shift(), module._terrarium_worker_receive);
                if (module._terrarium_worker_work(8)) wake();
            } catch (error) {
                self.is_alive = false;
                handlers.failed(String(error.message || error), true);
            }
        };
        const wake = () => { timer = timer || setTimeout(work, 4); };
        const bridge = {
            // Asynchronous as from a real worker, so that the page's program is never entered from inside this one.
            from_worker: (index, bytes) => queueMicrotask(() => { if (self.is_alive) handlers.bytes(bytes); }),
            wake,
        };
        Terrarium.instantiate(compiled, {bridge, role: 'worker'}).then((it) => {
            module = it;
            module._terrarium_worker_start();
            wake();
        }).catch((error) => {
            self.is_alive = false;
            handlers.failed(String(error.message || error), true);
        });
        self.post = (bytes) => { waiting.push(bytes); wake(); };
        self.end = () => { self.is_alive = false; };
        return self;
    };

    /**
     * A pool of one page. `source()` resolves to {compiled, glue}; `compiled`: the module that can work in the page, too,
     * or null when there is none. `on_bytes(index, bytes)`, `on_failed(index, reason)`; reason "in-page" means that the
     * work goes on, only slower and on the page, and "no module" that `source` failed.
     */
    Terrarium.make_pool = (source, compiled, on_bytes, on_failed) => {
        const workers = [];
        let can_work_apart = Terrarium.can.worker;

        const start = (index) => {
            const sent = [];  // until the worker runs: if it never does, the page's own instance gets them again
            let worker = null, was_ended = false;
            const self = {
                get is_alive() { return !was_ended && (!worker || worker.is_alive); },
                post: (bytes) => {
                    if (!worker || !worker.was_ready) sent.push(bytes.slice());
                    if (worker) worker.post(bytes);
                },
                end: () => { was_ended = true; if (worker) worker.end(); },
            };
            workers[index] = self;
            const on_bytes_here = (bytes) => on_bytes(index, bytes);
            const work_in_page = () => {
                can_work_apart = false;
                worker = start_in_page(compiled, {bytes: on_bytes_here, failed: (reason) => on_failed(index, reason)});
                sent.splice(0).forEach((bytes) => worker.post(bytes));
                on_failed(index, 'in-page');
            };
            const failed = (reason, was_ready) => {
                if (was_ended) return;
                if (was_ready || !compiled) return on_failed(index, reason);
                console.warn('Terrarium works without a worker:', reason);
                work_in_page();
            };
            if (!can_work_apart) return queueMicrotask(work_in_page);
            source().then((it) => {
                if (was_ended) return;
                worker = start_worker(it.compiled, it.glue, {bytes: on_bytes_here, failed});
                sent.forEach((bytes) => worker.post(bytes.slice()));
            }).catch((error) => {
                failed(compiled ? String(error.message || error) : 'no module', false);
                if (!compiled) self.end();
            });
        };

        return {
            /** Brings the pool to `count` workers: ends surplus ones, starts missing and failed ones. */
            request: (count) => {
                const wanted = Math.max(0, Math.min(64, Math.floor(count)));
                workers.splice(wanted).forEach((worker) => worker.end());
                for (let index = 0; index < wanted; ++index)
                    if (!workers[index] || !workers[index].is_alive) start(index);
            },
            send: (index, bytes) => {
                const worker = workers[index];
                if (worker && worker.is_alive) worker.post(bytes);
                else on_failed(index, 'not running');
            },
            end: () => workers.splice(0).forEach((worker) => worker.end()),
        };
    };
})();
