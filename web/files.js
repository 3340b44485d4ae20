// Files in and out, clipboard, links. Each has a way that still works in a sandboxed frame, where downloads, clipboard
// and new windows may all be refused without a sound.
'use strict';

(function () {
    const {say} = Terrarium;
    const root = document.getElementById('terrarium');
    const kDefaultMaxBytes = 64e6;  // the largest file that any reader of the program accepts
    const element = (tag, properties, ...children) => {
        const made = Object.assign(document.createElement(tag), properties);
        made.append(...children);
        return made;
    };
    const in_language = (number) => number.toLocaleString(document.documentElement.lang, {maximumFractionDigits: 1});
    const megabytes = (bytes) =>
        bytes >= 1e6 ? say('{0} MB', in_language(bytes / 1e6)) : say('{0} kB', in_language(Math.ceil(bytes / 1e3)));
    const is_framed = window.parent !== window;

    // ---- in ------------------------------------------------------------------------------------------------------------

    /** Reads one file for a field. The size is looked at before a single byte is read. */
    const take = async (key, file, max_bytes) => {
        const refuse = (words, status) => Terrarium.give_file(key, file.name, new TextEncoder().encode(words), status);
        const limit = max_bytes || kDefaultMaxBytes;
        if (file.size > limit)
            return refuse(say('“{0}” has {1}; at most {2} fit in here.', file.name, megabytes(file.size), megabytes(limit)), 413);
        try {
            Terrarium.give_file(key, file.name, new Uint8Array(await file.arrayBuffer()), 200);
        } catch (error) {
            // Folders and files that changed since they were chosen end up here.
            refuse(say('“{0}” could not be read. Please choose it again.', file.name), 500);
        }
    };

    const pick = (key, accept, max_bytes) => {
        const input = element('input', {type: 'file', accept: accept || ''});
        input.onchange = () => { if (input.files[0]) take(key, input.files[0], max_bytes); };
        input.click();
    };

    const has_files = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes('Files');
    const drag = (event) => {
        if (!has_files(event)) return;
        const field = Terrarium.mirror.file_field(event.target, event.clientY);
        if (!field) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        root.classList.add('dropping');
    };
    const drop = (event) => {
        root.classList.remove('dropping');
        if (!has_files(event)) return;
        event.preventDefault();  // else the browser leaves the lab and shows the file
        const field = Terrarium.mirror.file_field(event.target, event.clientY);
        if (field && event.dataTransfer.files[0]) take(field.k, event.dataTransfer.files[0], field.max_bytes);
    };

    // ---- out -----------------------------------------------------------------------------------------------------------

    /** A dialog with selectable text: the way out that nobody can forbid. */
    const show_text = (title, text, note) => {
        const area = element('textarea', {readOnly: true, value: text, rows: 10});
        area.setAttribute('aria-label', title);
        const close = element('button', {textContent: say('Close')});
        const copy = element('button', {textContent: say('Copy'), className: 'primary'});
        const dialog = element('dialog', {className: 'save-dialog'}, element('h2', {textContent: title}),
            element('p', {textContent: note}), area, element('div', {className: 'row'}, copy, close));
        dialog.setAttribute('aria-label', title);
        copy.onclick = async () => {
            copy.textContent = await to_clipboard(text, area) ? say('Copied') : say('Press Ctrl+C (or ⌘C)');
        };
        close.onclick = () => dialog.close();
        dialog.onclose = () => dialog.remove();
        root.append(dialog);
        if (dialog.showModal) dialog.showModal();
        else dialog.setAttribute('open', '');
        area.focus();
        area.select();
    };

    /** Downloads are refused silently in a sandbox without allow-downloads; an opaque origin is the sign that one is on. */
    const may_download = () => !(is_framed && self.origin === 'null');

    const download = (name, blob) => {
        const address = URL.createObjectURL(blob);
        const link = element('a', {href: address, download: name, rel: 'noopener'});
        link.click();
        setTimeout(() => URL.revokeObjectURL(address), 60000);
    };

    const save = (name, mime, bytes) => {
        const blob = new Blob([bytes], {type: mime || 'application/octet-stream'});
        if (may_download()) {
            download(name, blob);
            return Terrarium.event({t: 'saved', ok: true});
        }
        if (/^text\/|json|csv/.test(mime)) {
            show_text(name, new TextDecoder().decode(bytes),
                say('This frame may not save files. Copy the text and paste it where you need it.'));
            return Terrarium.event({t: 'saved', ok: true});
        }
        show_picture(name, blob);
    };

    const show_picture = (name, blob) => {
        const address = URL.createObjectURL(blob);
        const picture = element('img', {src: address, alt: name});
        const close = element('button', {textContent: say('Close')});
        const dialog = element('dialog', {className: 'save-dialog'}, element('h2', {textContent: name}), element('p', {
            textContent: say('This frame may not save files. Use the picture’s own menu (right click or long press) to keep it.'),
        }), picture, element('div', {className: 'row'}, close));
        dialog.setAttribute('aria-label', name);
        close.onclick = () => dialog.close();
        dialog.onclose = () => { dialog.remove(); URL.revokeObjectURL(address); };
        root.append(dialog);
        if (dialog.showModal) dialog.showModal();
        Terrarium.event({t: 'saved', ok: true});
    };

    /** Must run in the task that drew the frame: afterwards the canvas has no pixels to read. */
    const save_png = (name, [x, y, width, height], ratio) => {
        const source = document.getElementById('canvas');
        const pixels = (css) => Math.max(1, Math.round(css * ratio));
        const part = element('canvas', {width: pixels(width), height: pixels(height)});
        part.getContext('2d').drawImage(source, Math.round(x * ratio), Math.round(y * ratio), part.width, part.height,
            0, 0, part.width, part.height);
        part.toBlob((blob) => {
            if (!blob) return Terrarium.event({t: 'saved', ok: false});
            if (!may_download()) return show_picture(name, blob);
            download(name, blob);
            Terrarium.event({t: 'saved', ok: true});
        }, 'image/png');
    };

    // ---- clipboard and links ---------------------------------------------------------------------------------------------

    const to_clipboard = async (text, area) => {
        try {
            await navigator.clipboard.writeText(text);
            return true;
        } catch (error) {
            // No permission in this frame, or no secure context: the old command still works on a selection.
            if (!area) return false;
            area.focus();
            area.select();
            try {
                return document.execCommand('copy');
            } catch (refused) {
                return false;
            }
        }
    };

    const copy = async (text) => {
        const hidden = element('textarea', {value: text, readOnly: true, className: 'only-heard'});
        hidden.setAttribute('aria-label', say('Text to copy'));
        const before = document.activeElement;
        root.append(hidden);
        const ok = await to_clipboard(text, hidden);
        hidden.remove();
        if (before && before.focus && document.activeElement !== before) before.focus({preventScroll: true});
        if (!ok) show_text(say('Copy this'), text, say('The browser does not let this page use the clipboard.'));
        Terrarium.event({t: 'copied', ok});
    };

    /** The address if it is plain https, else null: content may name links, so nothing else may pass. */
    const safe_address = (text) => {
        try {
            const url = new URL(text);
            return url.protocol === 'https:' && !url.username && !url.password ? url.href : null;
        } catch (error) {
            return null;
        }
    };

    Terrarium.files = {
        pick, save, save_png, copy, take, safe_address,
        open_link: (text) => {
            const address = safe_address(text);
            if (address) window.open(address, '_blank', 'noopener,noreferrer');
        },
        listen: () => {
            document.addEventListener('dragover', drag);
            document.addEventListener('dragleave', (event) => {
                if (!event.relatedTarget) root.classList.remove('dropping');
            });
            document.addEventListener('drop', drop);
        },
    };
})();
