// <terrarium-lab lab="m2.pretraining" seed="7" hide="nav"></terrarium-lab>: a lab inside any page, in a frame of its own.
//
// Attributes: `src` (where the lab lies; default: beside this file), `name` (title of the frame for screen readers),
// `height` (CSS pixels until the lab says its own), `opaque` (no storage for the lab: the strictest sandbox); every other
// attribute becomes a parameter of the lab's address. Methods: start(), stop(), reset(), set({name: value}), getState() ->
// Promise of {hash}. Events (CustomEvent, detail = the message): ready, height, progress, completed, score, error.
//
// Where the browser keeps nothing for the lab's frame, this page keeps the learner's progress: in a database of its own
// site, shared by all labs from the same place. keep="no" switches that off. An author may keep it elsewhere, on a course's
// server for example: set the property `keeper` to {load(key), save(key, value)} before the element is on the page; both may
// return promises, load() what save() was given last (a JSON value up to 750 kB) or null, and throwing means "not saved".
//
// What is inside the element is shown until the script runs, in print-outs and without JavaScript: put a link there.

const kEvents = ['ready', 'height', 'progress', 'completed', 'score', 'error'];
const kOwnAttributes = ['src', 'name', 'height', 'opaque', 'keep', 'class', 'id', 'style', 'slot', 'title', 'hidden', 'lang', 'dir',
    'role', 'tabindex'];
const kMaxHeight = 20000, kAnswerMs = 5000;

const kMaxSlotLength = 360000;  // a record of 256 KB as letters
const kMaxWaiting = 8;          // questions about progress, of one lab

/** This site's own database; reading and writing in one transaction, so that two labs or tabs never overwrite each other. */
const in_this_browser = (key, decide) => new Promise((done, failed) => {
    const request = indexedDB.open('terrarium-kept', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('progress');
    request.onerror = () => failed(request.error);
    request.onsuccess = () => {
        const db = request.result;
        const tx = db.transaction('progress', 'readwrite', {durability: 'strict'}), store = tx.objectStore('progress');
        let answer;
        const end = (work) => () => { db.close(); work(); };
        tx.oncomplete = end(() => done(answer));
        tx.onabort = end(() => failed(tx.error));
        store.get(key).onsuccess = ({target}) => {
            const [given, value] = decide(target.result || null);
            answer = given;
            if (value) store.put(value, key);
        };
    };
});
let queue = Promise.resolve();
/** The author's own place; one after the other, as far as this page goes. */
const in_place = (keeper) => (key, decide) => queue = queue.catch(() => {}).then(async () => {
    const [answer, value] = decide(await keeper.load(key) || null);
    if (value) await keeper.save(key, value);
    return answer;
});

const is_slots = (slots) => Array.isArray(slots) && slots.length === 2 &&
    slots.every((it) => typeof it === 'string' && it.length <= kMaxSlotLength && /^[A-Za-z0-9+/=]*$/.test(it));
/** Called with what is kept now: the answer to the lab, and what is to be kept from now on, if anything. */
const load = (kept) => [{type: 'progressLoaded', slots: kept ? kept.slots : ['', ''], revision: kept ? kept.revision : 0}];
const save = ({slots, revision = 0}) => (kept) => {
    const now = kept ? kept.revision : 0;
    const is_forgetting = slots.every((it) => !it);  // needs no look at what is deleted
    if (revision !== now && !is_forgetting) return [{type: 'progressRefused', reason: 'changed'}];
    return [{type: 'progressSaved', revision: now + 1}, {slots, revision: now + 1}];
};

export class TerrariumLab extends HTMLElement {
    #frame = null;
    #origin = '';
    #seq = 0;
    #waiting = new Map();  // seq of a question -> what to do with the answer
    #is_ready = false;
    #later = [];
    #listener = (event) => this.#receive(event);
    #place = '';  // of the lab: what progress is kept under
    #n_waiting = 0;
    keeper = null;

    connectedCallback() {
        const src = this.getAttribute('src');
        const address = src ? new URL(src, document.baseURI) : new URL('index.html', import.meta.url);
        const parameters = new URLSearchParams({v: '1'});
        for (const {name, value} of this.attributes)
            if (!kOwnAttributes.includes(name) && !/^(on|aria-|data-)/.test(name)) parameters.set(name, value);
        if (this.lang) parameters.set('lang', this.lang);
        parameters.set('origin', location.origin);  // whom the lab obeys and tells
        address.hash = parameters.toString();
        this.#place = new URL('.', address).href;

        // A frame of our own origin that may both run scripts and be same-origin could take its sandbox off.
        const is_opaque = this.hasAttribute('opaque') || address.origin === location.origin;
        this.#origin = is_opaque ? 'null' : address.origin;
        const frame = document.createElement('iframe');
        frame.setAttribute('sandbox', `allow-scripts allow-downloads allow-popups${is_opaque ? '' : ' allow-same-origin'}`);
        frame.setAttribute('allow', 'fullscreen; clipboard-write');
        frame.title = this.getAttribute('name') || `Terrarium ${this.getAttribute('lab') || ''}`.trim();
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

    async #keep(message, port) {
        if (!port || this.getAttribute('keep') === 'no') return;  // no answer: the lab looks no further after three seconds
        const is_load = message.type === 'loadProgress';
        const exchange = this.keeper ? in_place(this.keeper) : in_this_browser;
        let answer = {type: 'progressRefused', reason: 'failed'};
        if ((is_load || is_slots(message.slots)) && this.#n_waiting < kMaxWaiting) {
            ++this.#n_waiting;
            try {
                answer = await exchange(this.#place, is_load ? load : save(message));
            } catch (error) {  // the lab tells the learner, and tries again
                if (error && error.name === 'QuotaExceededError') answer.reason = 'full';
                if (is_load) return;
            } finally {
                --this.#n_waiting;
            }
        }
        port.postMessage({...answer, ns: 'terrarium', v: 1});
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
        if (message.type === 'loadProgress' || message.type === 'saveProgress') return this.#keep(message, event.ports[0]);
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
