// The page that embeds the lab. Out: ready, height, progress, completed, score, error, state. In: set, start, stop, reset,
// getState. Where the browser keeps nothing for a frame, the course page may keep the learner's progress: out go
// loadProgress and saveProgress {slots, revision}, each with a port for the answer: progressLoaded {slots, revision},
// progressSaved {revision} or progressRefused {reason: full | changed | failed}. Slots are two opaque texts. `revision`
// is the host's: it refuses with `changed` when somebody else saved since. A host may leave it out, and answer by message.
// Everything is {ns: "terrarium", v: 1, seq, type, ...}.
//
// Whom to trust is said by the frame's own address: #origin=https://course.example (several with commas). Without it only
// `ready` and `height` leave the frame, which tell nothing about the learner, and nothing is obeyed.
'use strict';

(function () {
    const kOut = ['ready', 'height', 'progress', 'completed', 'score', 'error', 'state', 'loadProgress', 'saveProgress'];
    const kPublic = ['ready', 'height'];
    const kIn = ['set', 'start', 'stop', 'reset', 'getState', 'progressLoaded', 'progressSaved', 'progressRefused'];
    const kMaxSlotLength = 360000;  // a record of 256 KB as letters
    const kMaxLength = 65536, kMaxValues = 64, kPerSecond = 50;
    const is_framed = window.parent !== window;

    const exact_origin = (text) => {
        try {
            const url = new URL(text);
            return /^https?:$/.test(url.protocol) && url.origin === text ? text : null;
        } catch (error) {
            return null;
        }
    };
    const named = new URLSearchParams(location.hash.slice(1)).get('origin') || '';
    const allowed = named.split(',').map(exact_origin).filter(Boolean);

    /** The parent's origin, if it is on the list. Posting to a wrong one would only put an error in the console. */
    const guess_parent = () => {
        const above = location.ancestorOrigins;
        let origin = above && above.length ? above[0] : null;
        if (!origin && document.referrer) origin = new URL(document.referrer).origin;
        return allowed.includes(origin) ? origin : null;
    };
    let parent_origin = is_framed ? guess_parent() : null;

    let seq = 0, last_height = -1;
    const send = (message, ports) => {
        if (!is_framed || !message || !kOut.includes(message.type)) return;
        const target = kPublic.includes(message.type) ? '*' : parent_origin;
        if (!target) return;
        window.parent.postMessage({...message, ns: 'terrarium', v: 1, seq: ++seq}, target, ports);
    };

    // ---- in --------------------------------------------------------------------------------------------------------------

    const is_plain = (value) => ['number', 'boolean'].includes(typeof value) ? Number.isFinite(Number(value)) :
        typeof value === 'string' && value.length <= 1000;

    /** A message as we want it, copied field by field; null if anything is not as it should be. */
    const read = (data) => {
        if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
        if (data.ns !== 'terrarium' || data.v !== 1 || !kIn.includes(data.type)) return null;
        if (data.seq !== undefined && !Number.isSafeInteger(data.seq)) return null;
        const message = {type: data.type};
        if (data.seq !== undefined) message.seq = data.seq;
        if (data.type.startsWith('progress') && Number.isSafeInteger(data.revision)) message.revision = data.revision;
        if (data.type === 'progressRefused') message.reason = ['full', 'changed'].find((it) => it === data.reason) || 'failed';
        if (data.type === 'progressLoaded') {
            const slots = Array.isArray(data.slots) ? data.slots.slice(0, 2) : [];
            message.slots = slots.map((it) => typeof it === 'string' && it.length <= kMaxSlotLength ? it : '');
            return message;
        }
        if (data.type !== 'set') return message;
        if (typeof data.values !== 'object' || data.values === null || Array.isArray(data.values)) return null;
        const entries = Object.entries(data.values);
        if (entries.length > kMaxValues) return null;
        if (!entries.every(([name, value]) => /^[a-z0-9_.]{1,64}$/.test(name) && is_plain(value))) return null;
        message.values = Object.fromEntries(entries);
        return JSON.stringify(message).length <= kMaxLength ? message : null;
    };

    let second = 0, in_second = 0, last_seq = -1;
    const receive = (event) => {
        if (!is_framed || event.source !== window.parent || !allowed.includes(event.origin)) return;
        const now = Math.floor(performance.now() / 1000);
        if (now !== second) [second, in_second] = [now, 0];
        if (++in_second > kPerSecond) return;
        let message = null;
        try {
            message = read(event.data);
        } catch (error) {
            return;
        }
        if (!message) return;
        if (message.seq !== undefined) {
            if (message.seq <= last_seq) return;  // repeated or out of order
            last_seq = message.seq;
        }
        parent_origin = event.origin;
        // The address always says what is on screen, so it is the state.
        if (waiting[message.type]) waiting[message.type](message);
        else if (message.type.startsWith('progress')) return;
        else if (message.type === 'getState') send({type: 'state', reply: message.seq, hash: location.hash.slice(1)});
        else Terrarium.event({t: 'host', message});
    };

    /** Sends a question to a host that is known; resolves with the answer of that type, rejects where there is none. */
    const waiting = {};
    const question = (message, ...answers) => new Promise((done, failed) => {
        if (!parent_origin) return failed(new Error('no host that may keep anything'));
        // An answer through this port reaches this document and no other, whatever the frame may show by then.
        const channel = new MessageChannel();
        const answered = (given) => {
            channel.port1.close();
            for (const type of answers) delete waiting[type];
            done(given);
        };
        channel.port1.onmessage = ({data}) => {
            const given = read(data);
            if (given && answers.includes(given.type)) answered(given);
        };
        for (const type of answers) waiting[type] = answered;
        send(message, [channel.port2]);
    });

    Terrarium.host = {
        send,
        ask_progress: () => question({type: 'loadProgress'}, 'progressLoaded'),
        keep: (progress) => question({type: 'saveProgress', ...progress}, 'progressSaved', 'progressRefused'),
        /** The height of the content, not of the window: reporting the latter makes frames grow for ever. */
        height: (css_pixels) => {
            const height = Math.ceil(css_pixels);
            if (!is_framed || Math.abs(height - last_height) < 2 || height < 1) return;
            last_height = height;
            send({type: 'height', height});
            window.parent.postMessage({subject: 'lti.frameResize', height}, '*');  // the dialect of LTI platforms
        },
        listen: () => {
            window.addEventListener('message', receive);
            send({type: 'ready'});
        },
    };
})();
