// <terrarium-lab lab="m2.pretraining" seed="7" hide="nav"></terrarium-lab>: a lab inside any page, in a frame of its own.
//
// Attributes: `src` (where the lab lies; default: beside this file), `name` (title of the frame for screen readers),
// `height` (CSS pixels until the lab says its own), `opaque` (no storage for the lab: the strictest sandbox); every other
// attribute becomes a parameter of the lab's address. Methods: start(), stop(), reset(), set({name: value}), getState() ->
// Promise of {hash}. Events (CustomEvent, detail = the message): ready, height, progress, completed, score, error.
//
// What is inside the element is shown until the script runs, in print-outs and without JavaScript: put a link there.

const kEvents = ['ready', 'height', 'progress', 'completed', 'score', 'error'];
const kOwnAttributes = ['src', 'name', 'height', 'opaque', 'class', 'id', 'style', 'slot', 'title', 'hidden', 'lang', 'dir',
    'role', 'tabindex'];
const kMaxHeight = 20000, kAnswerMs = 5000;

export class TerrariumLab extends HTMLElement {
    #frame = null;
    #origin = '';
    #seq = 0;
    #waiting = new Map();  // seq of a question -> what to do with the answer
    #is_ready = false;
    #later = [];
    #listener = (event) => this.#receive(event);

    connectedCallback() {
        const src = this.getAttribute('src');
        const address = src ? new URL(src, document.baseURI) : new URL('index.html', import.meta.url);
        const parameters = new URLSearchParams({v: '1'});
        for (const {name, value} of this.attributes)
            if (!kOwnAttributes.includes(name) && !/^(on|aria-|data-)/.test(name)) parameters.set(name, value);
        if (this.lang) parameters.set('lang', this.lang);
        parameters.set('origin', location.origin);  // whom the lab obeys and tells
        address.hash = parameters.toString();

        // A frame of our own origin that may both run scripts and be same-origin could take its sandbox off.
        const is_opaque = this.hasAttribute('opaque') || address.origin === location.origin;
        this.#origin = is_opaque ? 'null' : address.origin;
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', `allow-scripts allow-downloads allow-popups${is_opaque ? '' : ' allow-same-origin'}`);
        frame.setAttribute('allow', 'fullscreen; clipboard-write');
        frame.title = this.getAttribute('name') || `Laboratory ${this.getAttribute('lab') || ''}`.trim();
        frame.loading = 'lazy';
        frame.style.cssText = `display:block;width:100%;border:0;height:${Number(this.getAttribute('height')) || 640}px`;
        frame.src = address.href;
        this.#frame = frame;
        this.#is_ready = false;
        window.addEventListener('message', this.#listener);
        (this.shadowRoot || this.attachShadow({mode: 'open'})).replaceChildren(frame);
        if (getComputedStyle(this).display === 'inline') this.style.display = 'block';
    }

    disconnectedCallback() {
        window.removeEventListener('message', this.#listener);
        this.#frame.remove();  // ends the lab with its workers
        this.#frame = null;
        this.#is_ready = false;
        this.#later = [];
        for (const {reject, timer} of this.#waiting.values()) {
            clearTimeout(timer);
            reject(new Error('the lab was removed'));
        }
        this.#waiting.clear();
    }

    start() { this.#post({type: 'start'}); }
    stop() { this.#post({type: 'stop'}); }
    reset() { this.#post({type: 'reset'}); }
    set(values) { this.#post({type: 'set', values: {...values}}); }
    getState() {
        return new Promise((resolve, reject) => {
            const seq = this.#post({type: 'getState'});
            const timer = setTimeout(() => {
                this.#waiting.delete(seq);
                reject(new Error('the lab did not answer'));
            }, kAnswerMs);
            this.#waiting.set(seq, {resolve, reject, timer});
        });
    }

    /** Sends now, or as soon as the lab is ready. Returns the number of the message. */
    #post(message) {
        const whole = {...message, ns: 'terrarium', v: 1, seq: ++this.#seq};
        if (this.#is_ready) this.#deliver(whole);
        else this.#later.push(whole);
        return whole.seq;
    }
    #deliver(message) {
        // An opaque frame has no origin to name; commands hold nothing about the learner.
        if (this.#frame) this.#frame.contentWindow.postMessage(message, this.#origin === 'null' ? '*' : this.#origin);
    }

    #receive(event) {
        if (!this.#frame || event.source !== this.#frame.contentWindow || event.origin !== this.#origin) return;
        const message = event.data;
        if (typeof message !== 'object' || message === null || message.ns !== 'terrarium' || message.v !== 1) return;
        if (message.type === 'state') {
            const question = this.#waiting.get(message.reply);
            if (!question) return;
            clearTimeout(question.timer);
            this.#waiting.delete(message.reply);
            return question.resolve({hash: String(message.hash)});
        }
        if (!kEvents.includes(message.type)) return;
        if (message.type === 'height' && message.height > 0)
            this.#frame.style.height = `${Math.min(Math.ceil(message.height), kMaxHeight)}px`;
        if (message.type === 'ready') {
            this.#is_ready = true;
            this.#later.splice(0).forEach((waiting) => this.#deliver(waiting));
        }
        this.dispatchEvent(new CustomEvent(message.type, {detail: message, bubbles: true, composed: true}));
    }
}

customElements.define('terrarium-lab', TerrariumLab);
