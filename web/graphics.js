// The graphics context: it may be lost at any time and come back, stay away for good, or be given back by us while nobody
// sees the canvas. Browsers keep about sixteen for a whole tab (eight on some phones), fewer than labs on a course page.
'use strict';

(function () {
    const {say} = Terrarium;
    const kWait_ms = 3000;      // for a lost context to come back by itself
    const kGiveBack_ms = 1000;  // after the canvas went off the screen

    let lose = null;            // WEBGL_lose_context of the one context
    let is_given_up = false, is_lost = false, is_given_back = false, lost_timer = 0, away_timer = 0;

    /**
     * The renderer asks for the state that it puts back after each frame (scissor box, blending). In a browser such a
     * question waits for the graphics process to finish everything before it: 80 ms a frame without a graphics card.
     * Nobody else draws here, so each is asked once.
     */
    const ask_state_once = (canvas) => {
        const kPutBack = [0x0c10, 0x80c8, 0x80c9, 0x80ca, 0x80cb, 0x8009, 0x883d];
        const make_context = canvas.getContext.bind(canvas);
        canvas.getContext = (...asked) => {
            const gl = make_context(...asked);
            if (!gl || Object.hasOwn(gl, 'getParameter')) return gl;
            lose = gl.getExtension('WEBGL_lose_context');
            const known = new Map(), ask = gl.getParameter.bind(gl);
            gl.getParameter = (name) => {
                if (!kPutBack.includes(name)) return ask(name);
                if (known.get(name) == null) known.set(name, ask(name));  // null while the context is lost
                return known.get(name);
            };
            return gl;
        };
    };

    /** `page`: what it does when the context is lost, restored, given up (the lab goes on as plain page), and back after that. */
    const watch = (canvas, page) => {
        const give_up = () => {
            is_given_up = true;
            page.given_up();
            Terrarium.note('graphics', say('Graphics stopped; your work is kept. The lab goes on below as a plain page. Loading ' +
                'the page again brings the pictures back.'), say('Load the page again'), () => location.reload());
        };
        canvas.addEventListener('webglcontextlost', (event) => {
            event.preventDefault();  // without it the browser never gives the context back
            is_lost = true;
            page.lost();
            clearTimeout(lost_timer);
            if (!is_given_back) lost_timer = setTimeout(give_up, kWait_ms);
        });
        canvas.addEventListener('webglcontextrestored', () => {
            is_lost = false;
            clearTimeout(lost_timer);
            page.restored();
            if (!is_given_up) return;
            is_given_up = false;
            Terrarium.unnote('graphics');
            page.back();
        });
        /** Off the screen the context is given back; nobody sees the canvas then, and it is drawn anew on its return. */
        Terrarium.graphics.on_screen = (is_on_screen) => {
            clearTimeout(away_timer);
            if (!lose || is_given_up) return;
            if (!is_on_screen) {
                away_timer = setTimeout(() => {
                    is_given_back = true;
                    clearTimeout(lost_timer);
                    if (!is_lost) lose.loseContext();
                }, kGiveBack_ms);
            } else if (is_given_back) {
                is_given_back = false;
                lost_timer = setTimeout(give_up, kWait_ms);
                lose.restoreContext();
            }
        };
    };

    Terrarium.graphics = {ask_state_once, watch, is_given_up: () => is_given_up, on_screen: () => {}};
})();
