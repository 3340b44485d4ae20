// More elements of the twin: what is carried about, and what scrolls.
'use strict';

(function () {
    const {makers, parts: {create, button, extend}} = Terrarium.elements;

    /** A button that can also be dragged, by its dots, and moved by the keys that the program names. */
    const grip = (node, act) => {
        const made = button(node, act);
        const el = create('div', 'field grip'), handle = create('span', 'handle');
        handle.dataset.touch = 'none';
        let keys = [];
        made.el.addEventListener('keydown', (event) => {
            if (!keys.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
            event.preventDefault();
            if (made.el.getAttribute('aria-disabled') !== 'true') act('key', event.key);
        });
        el.append(made.el, handle);
        return {...extend(made, (now) => {
            keys = now.keys || [];
            handle.hidden = !!(now.disabled || now.still);
        }), el};
    };

    /** A table whose columns of numbers stand to the right, and whose header says by which column it is sorted. */
    const plain_table = makers.table;
    const table = (node, act) => {
        const made = plain_table(node, act);
        return extend(made, (now) => {
            for (const row of made.control.rows) {
                [...row.cells].forEach((cell, index) => cell.classList.toggle('number', (now.numbers || []).includes(index)));
            }
            [...made.control.tHead.rows[0].cells].forEach((cell, index) => {
                if (now.sort === index) cell.setAttribute('aria-sort', now.falling ? 'descending' : 'ascending');
                else cell.removeAttribute('aria-sort');
            });
        });
    };

    /** A part that scrolls by itself: `tall` pixels, of which the twin has the elements near by. `to` [count, y] moves it. */
    const scrollbox = (node, act) => {
        const el = create('div', 'box scrollbox'), spacer = create('span', 'own spacer');
        el.append(spacer);
        el.setAttribute('role', 'group');
        el.addEventListener('scroll', () => act('scroll', el.scrollTop), {passive: true});
        let jumps = -1;
        return {el, control: el, update: (now) => {
            el.setAttribute('aria-label', now.n);
            spacer.style.height = `${now.tall}px`;
            if (now.to[0] === jumps) return;
            jumps = now.to[0];
            el.scrollTop = now.to[1];
            Terrarium.after_frame(() => { el.scrollTop = now.to[1]; });  // a new one has no height before it is placed
        }};
    };

    Object.assign(makers, {grip, table, scrollbox});
})();
