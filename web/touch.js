// Phones and tablets: the on-screen keyboard does not cover the field one types in, turning the device keeps the place that
// one was reading, and two fingers zoom a plot.
'use strict';

(function () {
    const root = document.getElementById('terrarium'), scroller = document.getElementById('scroller'),
        twin = document.getElementById('twin');
    const kMargin = 64;  // bars at the upper and lower edge lie over the scrolling part

    // ---- the keyboard ---------------------------------------------------------------------------------------------------

    // Most browsers make the page smaller themselves (interactive-widget in index.html). Where the keyboard only covers it
    // (iOS), the lab ends above the keyboard, and so do the bars at its lower edge.
    const keyboard_height = () => {
        const view = window.visualViewport;
        if (!view || Math.abs(view.scale - 1) > 0.01) return 0;  // magnified by two fingers: not a keyboard
        const covered = window.innerHeight - view.height - view.offsetTop;
        return covered > 80 ? Math.round(covered) : 0;
    };
    const is_field = (element) => !!element && element.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea');
    const reveal = () => {
        const field = document.activeElement;
        if (!is_field(field) || !root.contains(field)) return;
        const box = field.getBoundingClientRect();
        const bottom = window.innerHeight - keyboard_height();
        if (box.top < kMargin || box.bottom > bottom - kMargin) field.scrollIntoView({block: 'center', inline: 'nearest'});
    };
    const view_changed = () => {
        root.style.setProperty('--keyboard', `${keyboard_height()}px`);
        if (is_field(document.activeElement)) Terrarium.after_frame(() => requestAnimationFrame(reveal));
    };

    // ---- the place one was reading -----------------------------------------------------------------------------------------

    let is_holding = false;
    /** Call before a layout of another width: what stands at the top now will stand there afterwards. */
    const hold_place = () => {
        if (is_holding || scroller.scrollTop <= 0) return;
        const edge = scroller.getBoundingClientRect().top + kMargin;
        let held = null, offset = Infinity;
        for (const node of twin.querySelectorAll('.node[data-key]')) {
            const box = node.getBoundingClientRect();
            if (!box.height || box.top < edge || box.top >= offset) continue;
            held = node.dataset.key;
            offset = box.top;
        }
        if (!held) return;
        is_holding = true;
        const put = () => {
            const node = [...twin.querySelectorAll('.node[data-key]')].find((it) => it.dataset.key === held);
            if (node) scroller.scrollTop += node.getBoundingClientRect().top - offset;
        };
        // The new layout is complete after its second frame: heights of one frame place things in the next.
        Terrarium.after_frame(() => {
            put();
            Terrarium.after_frame(() => { put(); is_holding = false; });
        });
    };

    // ---- zoom ------------------------------------------------------------------------------------------------------------

    let is_pinching = false;
    /**
     * Two fingers on `el` zoom it and carry it along; so does the wheel with Ctrl, which is also how browsers report two
     * fingers on a touchpad. Tells [factor of the shown part, x, y, dx, dy], the places as shares of the element. One finger
     * and the wheel alone stay the page's.
     */
    const zooms = (el, is_wanted, tell) => {
        const share = (x, y) => {
            const box = el.getBoundingClientRect();
            return [(x - box.left) / box.width, (y - box.top) / box.height];
        };
        el.addEventListener('wheel', (event) => {
            if (!event.ctrlKey || !is_wanted()) return;
            event.preventDefault();
            const turned = event.deltaY * (event.deltaMode === 1 ? 16 : 1) / 100;
            tell([Math.exp(Math.max(-0.5, Math.min(0.5, turned))), ...share(event.clientX, event.clientY), 0, 0]);
        }, {passive: false});
        let last = null;
        const fingers = (event) => {
            const [a, b] = [...event.touches].filter((it) => el.contains(it.target));
            const was_pinching = is_pinching;
            is_pinching = !!b && event.touches.length === 2 && event.cancelable && is_wanted();
            if (!is_pinching) { last = null; return; }
            event.preventDefault();
            const [x, y] = share((a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
            const gap = Math.max(20, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY));
            if (last) tell([last.gap / gap, x, y, x - last.x, y - last.y]);
            last = {x, y, gap};
            // The first finger pressed what is below it; that press is over and no click.
            if (!was_pinching) Terrarium.event({t: 'pointer', kind: 'cancel', x: 0, y: 0, button: -1, type: 'touch'});
        };
        for (const name of ['touchstart', 'touchmove']) el.addEventListener(name, fingers, {passive: false});
        for (const name of ['touchend', 'touchcancel']) el.addEventListener(name, fingers);
    };

    Terrarium.touch = {
        hold_place,
        zooms,
        is_pinching: () => is_pinching,
        listen: () => {
            if (window.visualViewport) window.visualViewport.addEventListener('resize', view_changed);
            window.addEventListener('resize', view_changed);
            root.addEventListener('focusin', () => { if (keyboard_height()) view_changed(); });
        },
    };
})();
