// Pointer, wheel, keys and address, from our own box only: the page around the lab keeps its keys, its wheel and its
// touches. Nothing is prevented here except what an engaged widget asked for.
'use strict';

(function () {
    const root = document.getElementById('terrarium'), scroller = document.getElementById('scroller');
    const place = (event) => {
        const box = root.getBoundingClientRect();
        return {x: event.clientX - box.left, y: event.clientY - box.top};
    };
    const draws = () => Terrarium.mirror.mode() === 'normal';
    const is_field = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName || '');
    /** Real DOM parts handle their own pointers: fields one types in, words one selects, notes. */
    const is_real = (element) => is_field(element) || !!element.closest('#notes, dialog');

    // ---- pointer -----------------------------------------------------------------------------------------------------

    const kinds = {pointerdown: 'down', pointermove: 'move', pointerup: 'up', pointercancel: 'cancel',
        pointerleave: 'leave'};
    let is_over_canvas = false;
    const pointer = (event) => {
        if (!draws() || !event.isPrimary || Terrarium.touch.is_pinching()) return;
        if (is_real(event.target)) {
            // Over a real field the canvas has no pointer; else a hover would stick to the widget beside it.
            if (is_over_canvas)
                Terrarium.event({t: 'pointer', kind: 'leave', ...place(event), button: -1, type: event.pointerType});
            is_over_canvas = false;
            return;
        }
        const kind = kinds[event.type];
        is_over_canvas = kind !== 'leave';
        Terrarium.event({t: 'pointer', kind, ...place(event), button: event.button, type: event.pointerType || 'mouse'});
        if (kind !== 'down') return;
        const on_words = event.target.closest('.words');
        // Without capture a drag that leaves the frame would never end. Words keep the pointer, or one could not select.
        if (!on_words && event.pointerType === 'mouse') {
            try {
                root.setPointerCapture(event.pointerId);
            } catch (error) {
                // The pointer is gone already; then there is nothing to capture.
            }
        }
        if (event.pointerType === 'mouse' && event.button === 0 && !on_words) focus_under(event);
    };
    /** Focus follows a click, as it does on any page, so that the arrow keys go on from the control that was clicked. */
    const focus_under = (event) => {
        pending_focus = Terrarium.mirror.control_at(place(event)) || scroller;
    };
    let pending_focus = null;
    root.addEventListener('mousedown', (event) => {
        if (!pending_focus) return;
        event.preventDefault();  // with the pointer captured the browser would drop the focus instead
        pending_focus.focus({preventScroll: true, focusVisible: false});
        pending_focus = null;
    });

    const wheel = (event) => {
        if (!draws() || event.ctrlKey) return;  // Ctrl and wheel zooms: a plot, or all in the browser
        const unit = event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? root.clientHeight : 1;
        Terrarium.event({t: 'wheel', ...place(event), dx: event.deltaX * unit, dy: event.deltaY * unit});
    };

    // ---- keys ----------------------------------------------------------------------------------------------------------

    let taken_keys = [];  // what the program uses now in place of the page (presenting)
    const key = (event) => {
        if (event.isComposing || event.defaultPrevented && event.key !== 'Escape') return;
        const target = event.target;
        const is_control = is_field(target) || /^(BUTTON|A|SUMMARY)$/.test(target.tagName);
        // A focused control answers its keys itself and reports an action; the program must not do it a second time. Fields
        // take all keys, buttons and links only those that press them.
        if (is_field(target) && event.key !== 'Escape' && !event.altKey) return;
        if (is_control && ['Enter', ' '].includes(event.key)) return;
        const down = event.type === 'keydown';
        const is_plain = !event.ctrlKey && !event.altKey && !event.metaKey;
        if (down && is_plain && taken_keys.includes(event.key)) event.preventDefault();  // it turns a step, not the page
        Terrarium.event({t: 'key', down, key: event.key, code: event.code, shift: event.shiftKey, ctrl: event.ctrlKey,
            alt: event.altKey, meta: event.metaKey});
        if (down && event.key.length === 1 && is_plain && !is_control)
            Terrarium.event({t: 'text', text: event.key});
    };

    // ---- address ---------------------------------------------------------------------------------------------------------

    // Parameters of the page itself, which the program does not know and must not lose.
    const first = new URLSearchParams(location.hash.slice(1));
    const own = ['origin'].filter((name) => first.has(name)).map((name) => [name, first.get(name)]);
    let next_hash = null, hash_timer = 0, written = null;
    const write_hash = () => {
        hash_timer = 0;
        const parts = new URLSearchParams(next_hash);
        const kept = own.filter(([name]) => !parts.has(name)).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
        written = '#' + [next_hash, ...kept].filter(Boolean).join('&');
        try {
            history.replaceState(history.state, '', written);
        } catch (error) {
            // Some embedders forbid it, and browsers limit how often; the address is then a little old.
        }
        Terrarium.check_volume();
    };

    Terrarium.input = {
        take_keys: (keys) => { taken_keys = keys; },
        /** Gathers writes: browsers allow about 200 in 30 s. */
        set_hash: (hash) => {
            next_hash = String(hash).replace(/^#/, '');
            hash_timer = hash_timer || setTimeout(write_hash, 250);
        },
        listen: () => {
            Object.keys(kinds).forEach((name) => root.addEventListener(name, pointer));
            root.addEventListener('wheel', wheel, {passive: true});
            root.addEventListener('keydown', key);
            root.addEventListener('keyup', key);
            // Before anything has the focus, keys go to the body; the document is ours alone, also in a frame.
            for (const name of ['keydown', 'keyup'])
                document.addEventListener(name, (event) => { if (event.target === document.body) key(event); });
            root.addEventListener('contextmenu', (event) => {
                // A long press on the canvas would open an empty menu over a drag; on words and fields it stays.
                if (draws() && event.target.closest('[data-touch]')) event.preventDefault();
            });
            scroller.addEventListener('scroll', () => {
                if (Terrarium.mirror.mode() !== 'visible')
                    Terrarium.event({t: 'scroll', x: scroller.scrollLeft, y: scroller.scrollTop});
            }, {passive: true});
            addEventListener('hashchange', () => {
                if (location.hash !== written) Terrarium.event({t: 'hash', hash: location.hash.slice(1)});
            });
            addEventListener('pagehide', () => { if (hash_timer) { clearTimeout(hash_timer); write_hash(); } });
        },
    };
})();
