// The twin: real elements for everything the canvas shows, kept in step with messages of the program.
//
// A message: {full, nodes: [node...], removed: [key...], order: [[key, parent]...], height, status, alert, focus, colors,
// title, lang}. A node: {k key, r role, n name, rect [x, y, w, h] in CSS px (of the document, or of the viewport with fx),
// d description, v value, vt value in words, min, max, step, checked, selected, disabled, pressed, expanded, level, href,
// rows, cols, lines [[x, y, w, h, text, font]...], size, multiline, accept, max_bytes, max_length, placeholder, options,
// keys [names that the program answers], look "primary", ordered, term, hint (in place of vt, before there is one), sw (a toggle that is a switch), touch "none" (drags are the program's), zoom (so are
// two fingers on it, and the wheel with Ctrl), cap (the description d stands beside it as well)}.
// A node of the role dialog lies above all others: while there is one, nothing else can be reached. `keys` names those that
// the program takes from the page now.
//
// An element lives as long as its key: it is moved and updated, never rebuilt, so focus, selection and a half-typed word
// survive. Three modes: "normal" (transparent over the canvas), "overlay" (opaque, in place), "visible" (a plain page).
'use strict';

(function () {
    const $ = (id) => document.getElementById(id);
    const root = $('terrarium'), twin = $('twin'), scroller = $('scroller'), fixed = $('fixed'), fixed_end = $('fixed-end');
    const kControls = ['button', 'tab', 'file', 'toggle', 'radio', 'slider', 'select', 'choice', 'link', 'plot', 'textbox',
        'number', 'grip'];

    const items = new Map();  // key -> {node, shape, el, control, update, placed}
    let order = [];           // [[key, parent]...] in reading order
    let is_rearranged = false;  // elements came, or their order changed
    let waiting = [];         // messages that arrived inside a frame
    const recheck = new Map();  // key -> frames until the element must show the program's value again
    let applying = false;     // DOM events caused by ourselves are not the learner's
    let mode = 'normal';

    const act = (key, kind, value) => {
        if (applying) return;
        if (kind === 'set') recheck.set(key, 3);
        Terrarium.event(value === undefined ? {t: 'action', k: key, a: kind} : {t: 'action', k: key, a: kind, v: value});
    };

    // ---- elements ------------------------------------------------------------------------------------------------------

    const make = (node) => {
        const item = Terrarium.elements.make(node, (kind, value) => act(node.k, kind, value));
        item.shape = Terrarium.elements.shape(node);
        item.el.classList.add('node');
        item.el.dataset.role = node.r;
        item.control.dataset.key = node.k;
        item.control.addEventListener('focus', () => act(node.k, 'focus'));
        item.control.addEventListener('blur', () => act(node.k, 'blur'));
        if (node.zoom) Terrarium.touch.zooms(item.el, () => mode === 'normal', (value) => act(node.k, 'zoom', value));
        return item;
    };
    const drop = (key) => {
        const item = items.get(key);
        if (!item) return;
        if (item.el.contains(document.activeElement)) {
            scroller.focus({preventScroll: true});  // keys stay with the lab
            Terrarium.event({t: 'action', k: key, a: 'blur'});
        }
        item.el.remove();
        items.delete(key);
        recheck.delete(key);
    };
    const put = (node) => {
        let item = items.get(node.k);
        if (item && item.shape !== Terrarium.elements.shape(node)) {
            drop(node.k);
            item = null;
        }
        if (!item) {
            item = make(node);
            items.set(node.k, item);
            is_rearranged = true;
        }
        item.node = node;
        item.update(node);
        item.el.classList.toggle('fx', !!node.fx);
        if (node.touch) item.el.dataset.touch = node.touch;
        else delete item.el.dataset.touch;
        item.el.classList.toggle('zooms', !!node.zoom);
    };

    // ---- order: as few moves as possible, because a moved element loses its focus --------------------------------------

    const move = (parent, el, before) => {
        // moveBefore (newer browsers) keeps focus and selection; it only works inside the living document.
        if (parent.moveBefore && el.isConnected && parent.isConnected) parent.moveBefore(el, before);
        else parent.insertBefore(el, before);
    };
    const arrange = () => {
        const children = new Map([[twin, []], [fixed, []], [fixed_end, []]]);
        let content_began = false;
        for (const [key, parent_key] of order) {
            const item = items.get(key);
            if (!item) continue;
            let parent = parent_key && items.has(parent_key) ? items.get(parent_key).el : null;
            // Bars above the content come before it for Tab and for readers, bars below it after it.
            if (!parent) parent = !item.node.fx ? twin : content_began ? fixed_end : fixed;
            if (parent === twin) content_began = true;
            item.parent = parent_key;
            if (!children.has(parent)) children.set(parent, []);
            children.get(parent).push(item.el);
            if (item.node.r === 'radio') item.control.name = `twin ${parent_key}`;
        }
        hold_back();
        const focused = document.activeElement;
        for (const [parent, wanted] of children) {
            let at = parent.firstChild;
            while (at && at.classList && at.classList.contains('own')) at = at.nextSibling;
            for (const el of wanted) {
                if (el === at) at = at.nextSibling;
                else move(parent, el, at);
            }
        }
        if (focused && focused !== document.activeElement && focused.isConnected && root.contains(focused))
            focused.focus({preventScroll: true});
    };

    const open_dialog = () => [...items.values()].find((item) => item.node.r === 'dialog');
    /** Behind a dialog nothing takes focus, pointer or wheel. */
    const hold_back = () => {
        const dialog = open_dialog();
        scroller.inert = !!dialog;
        for (const bar of [fixed, fixed_end]) for (const el of bar.children) el.inert = !!dialog && el !== dialog.el;
    };

    /** Positions relative to the nearest placed ancestor. Custom properties, so that the modes decide in CSS alone. */
    const place = ([view_width, view_height]) => {
        let top_bar = 0, bottom_bar = 0;
        for (const [key] of order) {
            const item = items.get(key);
            if (!item || !item.node.rect) continue;
            let [x, y, w, h] = item.node.rect;
            const above = item.parent && items.get(item.parent);
            if (above && above.node.rect) {
                x -= above.node.rect[0];
                y -= above.node.rect[1];
            } else if (item.node.fx && item.node.r !== 'dialog' && w > view_width / 2 && h < view_height * 0.4) {
                if (y <= 1) top_bar = Math.max(top_bar, y + h);
                else if (y > view_height / 2) bottom_bar = Math.max(bottom_bar, view_height - y);
            }
            const text = `${x} ${y} ${w} ${h}`;
            if (item.placed === text) continue;
            item.placed = text;
            const style = item.el.style;
            style.setProperty('--x', `${x}px`);
            style.setProperty('--y', `${y}px`);
            style.setProperty('--w', `${w}px`);
            style.setProperty('--h', `${h}px`);
        }
        // A focused element must not end up behind a bar (WCAG 2.4.11).
        scroller.style.scrollPaddingTop = `${top_bar}px`;
        scroller.style.scrollPaddingBottom = `${bottom_bar}px`;
        bar_height = bottom_bar;
        bar_from = view_height - bottom_bar;
        clip_fields();
    };
    let bar_from = Infinity, bar_height = 0;  // where the bar at the bottom begins, in the viewport, and how high it is
    addEventListener('resize', () => {
        bar_from = root.clientHeight - bar_height;
        clip_fields();
    });
    /** Fields are real and lie above the canvas: what is under the bar must not be seen or pressed through it. */
    let scroll_top = 0;  // as the last event said: asking the element after a write would cost a layout
    const clip_fields = () => {
        for (const {node, el} of items.values()) {
            if (!['textbox', 'number', 'select'].includes(node.r) || !node.rect || node.fx || el.closest('.scrollbox')) continue;
            const hidden = node.rect[1] + node.rect[3] - scroll_top - bar_from;
            el.style.clipPath = mode === 'normal' && hidden > 0 ? `inset(-3px -3px ${Math.min(hidden, node.rect[3] + 3)}px)` : '';
        }
    };
    scroller.addEventListener('scroll', () => {
        scroll_top = scroller.scrollTop;
        clip_fields();
    }, {passive: true});

    // ---- messages --------------------------------------------------------------------------------------------------------

    const announce = (id, words) => {
        const box = $(id);
        box.textContent = box.textContent === words ? words + '\u00a0' : words;  // the same words again are news too
    };
    const colors = (named) => {
        for (const [name, value] of Object.entries(named))
            if (/^[a-z0-9-]+$/.test(name) && CSS.supports('color', value)) document.documentElement.style.setProperty(`--${name}`, value);
    };
    const apply = (message) => {
        const nodes = message.nodes || [];
        const view = [root.clientWidth, root.clientHeight];  // before any write: afterwards it would cost a layout
        if (message.full) {
            const present = new Set(nodes.map((node) => node.k));
            for (const key of [...items.keys()]) if (!present.has(key)) drop(key);
        }
        const removed = message.removed || [];
        if (removed.some((key) => items.has(key) && items.get(key).node.r === 'dialog')) scroller.inert = false;
        removed.forEach(drop);
        nodes.forEach(put);
        if (message.order) {
            order = message.order;
            is_rearranged = true;
        }
        if (is_rearranged) arrange();
        is_rearranged = false;
        if (message.order || nodes.length) place(view);
        if (message.height !== undefined) twin.style.setProperty('--height', `${message.height}px`);
        if (message.colors) colors(message.colors);
        if (message.keys) Terrarium.input.take_keys(message.keys);
        if (message.title) document.title = message.title;
        if (message.lang) document.documentElement.lang = message.lang;
        if (/^en/.test(message.lang)) Terrarium.language.use();
        // The canvas keeps its order; the plain page is the browser's to lay out.
        if (message.dir) twin.dir = mode === 'visible' ? message.dir : 'ltr';
        if (message.status) announce('say-status', message.status);
        if (message.alert) announce('say-alert', message.alert);
        return message.focus;
    };

    const apply_waiting = () => {
        // An element shows at once what the learner did; if the program did not agree, it goes back.
        for (const [key, frames] of recheck) {
            if (frames > 0) recheck.set(key, frames - 1);
            else {
                recheck.delete(key);
                const item = items.get(key);
                if (item) item.update(item.node);
            }
        }
        if (recheck.size) Terrarium.wake();
        if (!waiting.length) return;
        applying = true;
        let focus = null, height = null;
        try {
            for (const message of waiting.splice(0)) {
                if (message.height !== undefined) height = message.height;
                focus = apply(message) || focus;
            }
        } finally {
            applying = false;
        }
        if (height !== null || mode === 'visible') Terrarium.host.height(mode === 'visible' ? root.scrollHeight : height);
        wanted_focus = focus || wanted_focus;
        if (!wanted_focus || !items.has(wanted_focus)) return;
        const control = items.get(wanted_focus).control;
        focus_item(control);
        if (document.activeElement === control) wanted_focus = null;
    };
    let wanted_focus = null;  // what lies behind a dialog takes it only when that is gone, one message later
    const focus_item = (control) => {
        if (!control.matches('button, a, input, select, textarea, [tabindex]')) control.tabIndex = -1;
        control.focus();
    };

    // ---- tabs: one stop for Tab, arrows inside ---------------------------------------------------------------------------

    root.addEventListener('keydown', (event) => {
        const list = event.target.getAttribute('role') === 'tab' && event.target.closest('[role=tablist]');
        if (!list || event.ctrlKey || event.altKey || event.metaKey) return;
        const tabs = [...list.querySelectorAll('[role=tab]')];
        const at = tabs.indexOf(event.target), last = tabs.length - 1;
        const next = {ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last}[event.key];
        if (next === undefined) return;
        event.preventDefault();
        tabs[next].focus();
        tabs[next].click();
    });

    Terrarium.mirror = {
        receive: (message) => { if (message) waiting.push(message); },
        apply_waiting,
        has_nodes: () => items.size > 0,
        mode: () => mode,
        set_mode: (wanted) => {
            mode = ['overlay', 'visible'].includes(wanted) ? wanted : 'normal';
            root.dataset.mirror = mode;
            document.documentElement.dataset.mirror = mode;
        },
        fonts_changed: () => {
            Terrarium.lines.forget_widths();
            for (const item of items.values()) if (item.node.lines) item.update(item.node);
        },
        /** The focusable element at a place of the viewport; the canvas draws it, so geometry decides, not the DOM. */
        control_at: ({x, y}) => {
            let found = null;
            const dialog = open_dialog();
            for (const [key] of order) {
                const item = items.get(key);
                if (!item || !item.node.rect || !kControls.includes(item.node.r) || item.node.disabled) continue;
                const [left, top, width, height] = item.node.rect;
                if (dialog && !dialog.el.contains(item.el)) continue;
                const dx = item.node.fx ? 0 : scroller.scrollLeft;
                const dy = dialog ? dialog.el.scrollTop : item.node.fx ? 0 : scroller.scrollTop;
                const inner = item.el.parentElement.closest('.scrollbox');
                const frame = inner && items.get(inner.dataset.key).node.rect;
                if (frame && (y + dy < frame[1] || y + dy >= frame[1] + frame[3])) continue;
                const below = y + dy + (inner ? inner.scrollTop : 0);
                const is_inside = x + dx >= left && below >= top && x + dx < left + width && below < top + height;
                if (is_inside && (item.node.fx || !found || !found.node.fx)) found = item;
            }
            return found && found.control;
        },
        /** The file field for something dropped on `target` at a height: its own, else the one that begins last above it. */
        file_field: (target, y) => {
            const files = [...items.values()].filter((item) => item.node.r === 'file' && !item.node.disabled);
            const own = files.find((item) => item.el.contains(target)) ||
                files.filter((item) => item.el.getBoundingClientRect().top <= y).pop() || files[0];
            return own && own.node;
        },
    };
})();
