// The text layer: prose as transparent, selectable text exactly over the drawn letters, as PDF.js does it. One <span> per
// drawn line; the width of each piece is fitted with letter-spacing, so a selection matches what one sees.
//
// The lines stay inline and wrap by themselves at the drawn breaks (a line that was broken greedily cannot fit together
// with the next one). So copying gives one paragraph instead of one per line, and find-in-page finds words across lines.
'use strict';

(function () {
    const kFonts = {
        body: '400 {0}px "Terrarium Sans", system-ui, sans-serif',
        bold: '600 {0}px "Terrarium Sans", system-ui, sans-serif',
        mono: '400 {0}px "Terrarium Mono", ui-monospace, monospace',
    };
    let context = null;
    const widths = new Map();  // font and text -> natural width; prose repeats a lot

    const natural_width = (text, font, size) => {
        const name = `${font} ${size} ${text}`;
        let width = widths.get(name);
        if (width === undefined) {
            context = context || document.createElement('canvas').getContext('2d');
            context.font = (kFonts[font] || kFonts.body).replace('{0}', size);
            context.fontKerning = 'none';  // ImGui does not kern
            width = context.measureText(text).width;
            if (widths.size > 4000) widths.clear();
            widths.set(name, width);
        }
        return width;
    };
    const px = (number) => `${Math.round(number * 1000) / 1000}px`;

    /** Pieces [x, y, w, h, text, font, shown?] to rows: pieces of different fonts may stand in one drawn line. */
    const to_rows = (lines) => {
        const rows = [];
        for (const [x, y, w, h, text, font, shown] of lines) {
            const last = rows[rows.length - 1];
            const piece = {x, w, text, font: kFonts[font] ? font : 'body', shown};
            if (!last || Math.abs(last.y - y) > h / 2 || x < last.end - 1) {
                rows.push({x, y, h, end: x + w, pieces: [piece]});
                continue;
            }
            const before = last.pieces[last.pieces.length - 1];
            const gap = x - last.end;
            // A drawn gap is a space to the reader, also when neither piece carries it.
            if (gap > h * 0.12 && !/\s$/.test(before.text) && !/^\s/.test(text)) {
                before.text += ' ';
                before.w += gap;
                last.end += gap;
            }
            piece.gap = x - last.end;
            last.pieces.push(piece);
            last.end = x + w;
        }
        return rows;
    };

    const reuse = (parent, index, tag) => {
        const present = parent.childNodes[index];
        if (present && present.nodeName === tag) return present;
        const made = tag === '#text' ? document.createTextNode('') : document.createElement(tag);
        if (present) present.replaceWith(made);
        else parent.append(made);
        return made;
    };
    const set_text = (node, text) => { if (node.textContent !== text) node.textContent = text; };
    const trim_children = (parent, count) => { while (parent.childNodes.length > count) parent.lastChild.remove(); };

    /** Writes the rows into `box` (a span that only the text layer uses). Nodes are reused, so a selection survives. */
    const fill = (box, node) => {
        const rows = to_rows(node.lines);
        const [left, top, width] = node.rect;
        const size = node.size || 16;
        const pitch = rows.length > 1 ? rows[1].y - rows[0].y : rows[0] ? rows[0].h : size * 1.5;
        box.style.setProperty('--pitch', px(pitch));
        box.style.setProperty('--size', px(size));
        let at = 0;
        rows.forEach((row, index) => {
            const line = reuse(box, at++, 'SPAN');
            line.className = 'row-of-text';
            line.style.setProperty('--dx', px(row.x - left));
            line.style.setProperty('--dy', px(row.y + row.h / 2 - (top + index * pitch + pitch / 2)));
            row.pieces.forEach((piece, number) => {
                const span = reuse(line, number, 'SPAN');
                // What the browser alone can shape is seen here, not on the canvas; spacing would tear its letters apart.
                span.className = `piece ${piece.font}${piece.shown ? ' shown' : ''}`;
                set_text(span, piece.text);
                const letters = Array.from(piece.text).length || 1;
                span.style.setProperty('--fit', piece.shown ? '0px' : px((piece.w - natural_width(piece.text, piece.font, size)) / letters));
                span.style.setProperty('--gap', px(piece.gap || 0));
            });
            trim_children(line, row.pieces.length);
            const next = rows[index + 1];
            if (!next) return;
            const would_fit = row.end - row.x + size * 0.2 + next.end - next.x <= width + 2;
            // A line break that the width does not explain was written by the author; it needs its own <br>.
            if (would_fit) reuse(box, at++, 'BR');
            else set_text(reuse(box, at++, '#text'), ' ');
        });
        trim_children(box, at);
    };

    Terrarium.lines = {fill, forget_widths: () => widths.clear()};
})();
