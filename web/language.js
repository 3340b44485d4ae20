// What only the browser knows about languages: how they write numbers, and the letters of the device's own fonts; and the
// words of the page itself, from the same locale file as those of the program (keys are the English sentences).
'use strict';

Terrarium.language = (function () {
    let words = {};
    /** The sentence in the learner's language; {0}, {1} are the values. Before a locale file is here, English. */
    Terrarium.say = (english, ...values) => {
        const kind = (/^en-(x-\w+)$/.exec(document.documentElement.lang) || [])[1];
        return (kind ? `[${english}]` : words[english] || english).replace(/\{(\d)\}/g, (hole, at) => at in values ? values[at] : hole);
    };
    /** What index.html says by itself, for as long as the program is on its way. */
    const translate_page = () => document.querySelectorAll('[data-say]').forEach((el) => {
        el.dataset.say = el.dataset.say || el.textContent.replace(/\s+/g, ' ').trim();
        el.textContent = Terrarium.say(el.dataset.say);
    });

    /** A locale file that the program or the loader has fetched; bytes that are none, or of English, leave English. */
    const use = (bytes) => {
        try {
            words = JSON.parse(new TextDecoder().decode(bytes)).words || {};
        } catch (error) {
            words = {};
        }
        translate_page();
    };

    /** The signs of a language's numbers, read off two numbers that Intl wrote. An unknown tag is English. */
    const number_signs = (tag) => {
        const format = (options) => {
            try {
                return new Intl.NumberFormat([tag, 'en'], {numberingSystem: 'latn', ...options});
            } catch (error) {
                return new Intl.NumberFormat('en', options);
            }
        };
        const parts = (number, options) => format(options).formatToParts(number);
        const value = (list, type, other) => (list.find((part) => part.type === type) || {value: other}).value;
        const large = parts(1234567.5, {});
        const percent = parts(0.5, {style: 'percent'}).map((part) =>
            part.type === 'integer' ? '{0}' : part.value).join('');
        return {
            decimal: value(large, 'decimal', '.'), group: value(large, 'group', ','), percent,
            min_grouped: parts(1234, {}).some((part) => part.type === 'group') ? 1000 : 10000,
        };
    };

    // ---- letters -----------------------------------------------------------------------------------------------------

    let canvas = null, context = null;
    /**
     * One letter, white on nothing, in a picture of side * side around the pen; cut to what is not empty. Emoji bring
     * colours of their own.
     */
    const draw_glyph = (character, em, is_bold, is_mono, side) => {
        if (!context) {
            canvas = document.createElement('canvas');
            context = canvas.getContext('2d', {willReadFrequently: true});
            if (!context) return {width: 0, height: 0, left: 0, top: 0, advance: em / 2};
        }
        if (canvas.width < side || canvas.height < side) canvas.width = canvas.height = side;
        const pen = [Math.round(side / 3), Math.round(side * 2 / 3)];
        context.clearRect(0, 0, side, side);
        context.font = `${is_bold ? 600 : 400} ${em}px ${is_mono ? 'ui-monospace, monospace' : 'system-ui, sans-serif'}`;
        context.fillStyle = '#fff';
        const letter = String.fromCodePoint(character);
        const advance = context.measureText(letter).width;
        context.fillText(letter, ...pen);
        const image = context.getImageData(0, 0, side, side).data;
        let left = side, right = -1, top = side, bottom = -1, is_colored = false;
        for (let y = 0, at = 0; y < side; ++y) {
            for (let x = 0; x < side; ++x, at += 4) {
                if (image[at + 3] === 0) continue;
                left = Math.min(left, x);
                right = Math.max(right, x);
                top = Math.min(top, y);
                bottom = Math.max(bottom, y);
                if (image[at + 3] > 128 && Math.min(image[at], image[at + 1], image[at + 2]) < 200) is_colored = true;
            }
        }
        if (right < 0) return {width: 0, height: 0, left: 0, top: 0, advance};
        const width = right - left + 1, height = bottom - top + 1;
        const data = new Uint8Array(width * height * 4);
        for (let y = 0; y < height; ++y) {
            const from = ((top + y) * side + left) * 4;
            data.set(image.subarray(from, from + width * 4), y * width * 4);
        }
        for (let at = 0; !is_colored && at < data.length; at += 4) data[at] = data[at + 1] = data[at + 2] = 255;
        return {width, height, left: left - pen[0], top: top - pen[1], advance, is_colored, data};
    };

    return {number_signs, draw_glyph, use};
})();
