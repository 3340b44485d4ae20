// One native element per role of the twin. Native ones bring keyboard, focus, names and states by themselves; what a person
// does with them is handed on as an action and nothing else.
//
// make(node, act) -> {el, control, update(node)}: `el` is placed and ordered, `control` has the role and the focus.
'use strict';

(function () {
    const create = (tag, class_name) => {
        const element = document.createElement(tag);
        if (class_name) element.className = class_name;
        return element;
    };
    const set_text = (element, text) => {
        const words = text === undefined || text === null ? '' : String(text);
        if (element.textContent !== words) element.textContent = words;
    };
    /** Sets or removes an attribute; undefined, null and "" mean that the program said nothing. */
    const attribute = (element, name, value) => {
        if (value === undefined || value === null || value === '') element.removeAttribute(name);
        else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
    };
    const common = (control, node) => {
        attribute(control, 'aria-pressed', node.pressed);
        attribute(control, 'aria-expanded', node.expanded);
        attribute(control, 'lang', node.lang);
    };
    let ids = 0;

    // ---- words -------------------------------------------------------------------------------------------------------

    /** An element whose content is text: drawn lines when known, else its name. Children of the twin come after it. */
    const words = (tag_of, extra) => (node) => {
        const el = create(tag_of(node), 'words');
        const box = create('span', 'own text-layer');
        el.append(box);
        const update = (now) => {
            el.classList.toggle('has-lines', !!(now.lines && now.lines.length));
            if (now.lines && now.lines.length) Terrarium.lines.fill(box, now);
            else set_text(box, now.n !== undefined ? now.n : now.v);
            if (now.size) el.style.setProperty('--size', `${now.size}px`);
            if (extra) extra(el, now);
        };
        return {el, control: el, update};
    };

    // ---- boxes ---------------------------------------------------------------------------------------------------------

    const box = (tag, role) => () => {
        const el = create(tag, 'box');
        if (role) el.setAttribute('role', role);
        return {el, control: el, update: (now) => {
            attribute(el, 'aria-label', now.n);
            common(el, now);
        }};
    };

    /** A panel above the page. It scrolls by itself and tells the program how far; the rest cannot be reached meanwhile. */
    const dialog = (node, act) => {
        const made = box('div', 'dialog')();
        made.el.classList.add('dialog');
        made.el.setAttribute('aria-modal', 'true');
        made.el.tabIndex = -1;
        made.el.addEventListener('scroll', () => act('scroll', made.el.scrollTop), {passive: true});
        return made;
    };

    const radiogroup = () => {
        const el = create('div', 'box');
        const caption = create('span', 'own caption');
        caption.id = `twin-caption-${++ids}`;
        el.append(caption);
        el.setAttribute('role', 'radiogroup');
        el.setAttribute('aria-labelledby', caption.id);
        return {el, control: el, update: (now) => set_text(caption, now.n)};
    };

    // ---- controls --------------------------------------------------------------------------------------------------------

    /** A control with a caption, a value in words and a description beside it; those show outside the normal mode. */
    const field = (control, kind) => {
        const el = create('div', `field ${kind}`);
        const label = create('label', 'caption'), value = create('output', 'value'), description = create('p', 'description');
        const id = ++ids;
        control.id = `twin-control-${id}`;
        label.htmlFor = control.id;
        value.setAttribute('aria-hidden', 'true');  // the control's aria-valuetext says the same
        value.setAttribute('for', control.id);
        description.id = `twin-description-${id}`;
        el.append(label, control, value, description);
        return {el, control, update: (now) => {
            set_text(label, now.n);
            set_text(value, now.vt);
            set_text(description, now.d);
            description.hidden = !now.d || !!now.cap;  // still what aria-describedby reads
            value.hidden = now.vt === undefined || now.vt === '';
            attribute(control, 'aria-describedby', now.d ? description.id : '');
            common(control, now);
            control.disabled = !!now.disabled;
        }};
    };
    const extend = (base, update) => ({...base, update: (now) => { base.update(now); update(now); }});

    const button = (role) => (node, act) => {
        const el = create('button', 'control');
        el.type = 'button';
        if (role) el.setAttribute('role', role);
        el.onclick = (event) => {
            event.stopPropagation();
            // Not `disabled`: a button that goes out while it has the focus would throw the focus away.
            if (el.getAttribute('aria-disabled') !== 'true') act('click');
        };
        return {el, control: el, update: (now) => {
            set_text(el, now.n);
            attribute(el, 'aria-disabled', now.disabled ? 'true' : '');
            attribute(el, 'aria-description', now.d);
            el.classList.toggle('primary', now.look === 'primary');
            el.classList.toggle('term', !!now.term);
            common(el, now);
        }};
    };
    const tab = (node, act) => {
        const made = button('tab')(node, act);
        return extend(made, (now) => {
            made.el.setAttribute('aria-selected', String(!!now.selected));
            made.el.tabIndex = now.selected ? 0 : -1;
        });
    };
    const file = (node, act) => {
        const made = button()(node, act);
        let last = node;
        made.el.onclick = () => { if (!last.disabled) Terrarium.files.pick(last.k, last.accept, last.max_bytes); };
        return extend(made, (now) => { last = now; });
    };

    const toggle = (node, act) => {
        const input = create('input', 'control');
        input.type = 'checkbox';
        if (node.sw) input.setAttribute('role', 'switch');
        input.onchange = () => act('set', input.checked);
        return extend(field(input, 'toggle'), (now) => { input.checked = !!now.checked; });
    };
    const radio = (node, act) => {
        const input = create('input', 'control');
        input.type = 'radio';
        input.onchange = () => { if (input.checked) act('set', true); };
        return extend(field(input, 'radio'), (now) => { input.checked = !!(now.checked || now.selected); });
    };

    const range = (input, now) => {
        attribute(input, 'min', now.min);
        attribute(input, 'max', now.max);
        input.step = now.step > 0 ? now.step : 'any';
    };
    const slider = (node, act) => {
        const input = create('input', 'control');
        input.type = 'range';
        input.oninput = () => act('set', input.valueAsNumber);
        return extend(field(input, 'slider'), (now) => {
            range(input, now);
            if (input.valueAsNumber !== Number(now.v)) input.value = now.v;
            attribute(input, 'aria-valuetext', now.vt);
        });
    };

    /** Text the learner is typing is never overwritten, except by a value that the program itself chose meanwhile. */
    const typed = (input, kind, act) => {
        let told = [], known = null, composing = false;  // told: what was typed since the program last answered
        const tell = () => {
            if (composing) return;
            told.push(input.value);
            act('set', input.value);
        };
        input.oninput = tell;
        input.addEventListener('compositionstart', () => { composing = true; });
        input.addEventListener('compositionend', () => { composing = false; tell(); });
        input.addEventListener('keydown', (event) => {
            if (event.key === 'Enter' && input.tagName === 'INPUT' && !event.isComposing) act('key', 'Enter');
        });
        return extend(field(input, kind), (now) => {
            attribute(input, 'placeholder', now.placeholder);
            if (now.max_length > 0) input.maxLength = now.max_length;
            input.classList.toggle('mono', !!now.mono);
            if (now.size) input.style.setProperty('--size', `${Math.max(16, now.size)}px`);
            const value = now.v === undefined || now.v === null ? '' : String(now.v);
            // An answer may be a few letters behind the fingers.
            const at = told.lastIndexOf(value), is_echo = at >= 0 || value === known;
            if (at >= 0) told = told.slice(at);
            known = value;
            if (composing || value === input.value || (document.activeElement === input && is_echo)) return;
            input.value = value;
        });
    };
    const textbox = (node, act) => {
        const input = create(node.multiline ? 'textarea' : 'input', 'control');
        if (!node.multiline) input.type = 'text';
        input.autocapitalize = 'off';
        input.autocomplete = 'off';
        input.spellcheck = false;
        return typed(input, 'textbox', act);
    };
    /** A number is told after a pause, on Enter and on leaving: halfway through "128" the learner did not mean 1. */
    const number = (node, act) => {
        const input = create('input', 'control');
        input.type = 'number';
        input.inputMode = 'decimal';
        input.autocomplete = 'off';
        let timer = 0, last = node;
        const show = () => {
            const value = last.v === undefined || last.v === null ? '' : String(last.v);
            if (Number(input.value) !== Number(value) || input.value === '') input.value = value;
        };
        const tell = () => {
            clearTimeout(timer);
            if (input.value !== '' && Number(input.value) !== Number(last.v)) act('set', input.valueAsNumber);
        };
        input.oninput = () => { clearTimeout(timer); timer = setTimeout(tell, 500); };
        input.onchange = tell;
        input.addEventListener('keydown', (event) => { if (event.key === 'Enter') tell(); });
        input.addEventListener('blur', () => { tell(); setTimeout(show, 200); });
        return extend(field(input, 'number'), (now) => {
            last = now;
            range(input, {...now, step: 0});
            if (document.activeElement !== input) show();
        });
    };

    const select = (node, act) => {
        const input = create('select', 'control');
        input.onchange = () => act('set', input.selectedIndex);
        let shown = '';
        return extend(field(input, 'select'), (now) => {
            const options = (now.options || []).map((it) => typeof it === 'object' ? it.words || it.n : String(it));
            if (JSON.stringify(options) !== shown) {
                shown = JSON.stringify(options);
                input.replaceChildren(...options.map((text) => Object.assign(create('option'), {textContent: text})));
            }
            input.selectedIndex = typeof now.v === 'number' ? now.v : options.indexOf(String(now.v));
        });
    };

    const progress = () => {
        const bar = create('progress', 'control');
        return extend(field(bar, 'progress'), (now) => {
            bar.max = now.max || 1;
            attribute(bar, 'aria-label', now.n);  // not every reader takes a label for a progress bar
            if (now.v === undefined || now.v === null) bar.removeAttribute('value');
            else bar.value = now.v;
            attribute(bar, 'aria-valuetext', now.vt);
        });
    };

    const link = (node, act) => {
        const made = words(() => 'a')(node);
        made.el.classList.add('control');
        made.el.onclick = (event) => {
            event.stopPropagation();
            if (made.el.target === '_blank') return;  // the browser opens it, with all its habits (middle click, menus)
            event.preventDefault();
            act('click');
        };
        return extend(made, (now) => {
            const address = now.href && Terrarium.files.safe_address(now.href);
            made.el.href = address || '#';
            attribute(made.el, 'target', address ? '_blank' : '');
            attribute(made.el, 'rel', address ? 'noopener noreferrer' : '');
        });
    };

    // ---- data ------------------------------------------------------------------------------------------------------------

    const table = () => {
        const el = create('div', 'field table'), inner = create('table', 'control');
        el.append(inner);
        let shown = '';
        const row = (cells, tag, first_tag) => {
            const tr = create('tr');
            cells.forEach((text, index) => {
                const cell = create(index === 0 ? first_tag : tag);
                if (cell.tagName === 'TH') cell.scope = tag === 'th' ? 'col' : 'row';
                set_text(cell, text);
                tr.append(cell);
            });
            return tr;
        };
        return {el, control: inner, update: (now) => {
            const content = JSON.stringify([now.n, now.cols, now.rows]);
            if (content === shown) return;
            shown = content;
            const caption = create('caption'), head = create('thead'), body = create('tbody');
            set_text(caption, now.n);
            head.append(row(now.cols || [], 'th', 'th'));
            (now.rows || []).forEach((cells) => body.append(row(cells, 'td', 'th')));
            inner.replaceChildren(caption, head, body);
        }};
    };

    /**
     * A picture with a sentence. Arrow keys walk along it, so it is a slider that calls itself a plot: its name stays and its
     * value is what the program says about the place, and a reader speaks only that. Without places it is just a picture.
     */
    const kPlotKeys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown', 'Enter', ' ',
        '+', '-', '=', '0', 'Escape'];
    const plot = (node, act) => {
        const el = create('div', 'field plot'), picture = create('div', 'control'), description = create('p', 'description');
        description.id = `twin-description-${++ids}`;
        picture.tabIndex = 0;
        picture.addEventListener('keydown', (event) => {
            if (!kPlotKeys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === 'Escape' && !last.vt) return;  // it means something else then
            event.preventDefault();
            act('key', event.key);
        });
        el.append(picture, description);
        let last = node;
        return {el, control: picture, update: (now) => {
            last = now;
            const walks = now.max !== undefined;
            attribute(picture, 'role', walks ? 'slider' : 'img');
            attribute(picture, 'aria-label', now.n || Terrarium.say('Plot'));
            attribute(picture, 'aria-roledescription', walks ? now.kind : '');
            attribute(picture, 'aria-valuemin', walks ? 0 : '');
            attribute(picture, 'aria-valuemax', now.max);
            attribute(picture, 'aria-valuenow', walks ? now.v : '');
            attribute(picture, 'aria-valuetext', walks ? now.vt || now.hint : '');
            attribute(picture, 'aria-describedby', now.d ? description.id : '');
            set_text(description, now.d);
            description.hidden = !now.d;
            picture.dataset.name = [now.n, now.vt].filter(Boolean).join(': ');  // shown by CSS where no canvas is
        }};
    };

    /** A picture without keys: its name says what it shows. */
    const img = () => {
        const el = create('div', 'field plot'), picture = create('div', 'control');
        picture.setAttribute('role', 'img');
        el.append(picture);
        return {el, control: picture, update: (now) => {
            attribute(picture, 'aria-label', now.n);
            picture.dataset.name = now.n || '';  // shown by CSS where no canvas is
        }};
    };

    const makers = {
        button: button(), tab, file, toggle, radio, slider, textbox, number, select, choice: select, progress, link, table,
        plot, radiogroup, tablist: box('div', 'tablist'), tabpanel: box('div', 'tabpanel'), region: box('section'),
        group: box('div', 'group'), dialog,
        list: (node) => box(node.ordered ? 'ol' : 'ul')(node),
        heading: words((node) => `h${Math.min(6, Math.max(1, node.level || 2))}`),
        paragraph: words(() => 'p'), listitem: words(() => 'li'), text: words(() => 'span'),
        status: words(() => 'div', (el) => el.setAttribute('role', 'status')),
        math: words(() => 'span', (el) => el.setAttribute('role', 'math')), img,
        separator: () => { const el = create('hr'); return {el, control: el, update: () => {}}; },
    };

    Terrarium.elements = {
        makers,  // elements_data.js adds more
        parts: {create, button: button(), extend},
        make: (node, act) => (makers[node.r] || makers.text)(node, act),
        /** What cannot change on a living element; a node that differs in it gets a new one. */
        shape: (node) => [node.r, node.level, !!node.multiline, !!node.ordered, !!node.sw].join(' '),
    };
})();
