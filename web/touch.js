// Phones and tablets: the on-screen keyboard does not cover the field one types in, and turning the device keeps the place
// that one was reading.
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

    Terrarium.touch = {
        hold_place,
        listen: () => {
            if (window.visualViewport) window.visualViewport.addEventListener('resize', view_changed);
            window.addEventListener('resize', view_changed);
            root.addEventListener('focusin', () => { if (keyboard_height()) view_changed(); });
        },
    };
})();
