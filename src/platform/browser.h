// What the program asks of the web page around it. Every function here is one call of `Module.bridge` in web/page.js,
// and this pair of files is the only place where C++ and JavaScript touch in that direction (the other direction are
// the exports terrarium_page_* and terrarium_worker_*).
//
// Only for the Emscripten build. Strings are UTF-8 and are copied before a call returns; the page answers later, as an
// event, never inside the call, so a frame is never entered twice.

#pragma once

#ifndef __EMSCRIPTEN__
#error "platform/browser.h is for the web build; native programs have platform/main_native.cpp"
#endif

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "ui/device_glyphs.h"

namespace terrarium::platform::browser {

// ---- the twin ------------------------------------------------------------------------------------------------------

/// Hands over what changed in the twin. `json` has the form that web/mirror.js describes at its top. The page applies
/// it after the frame has returned, in the same task, so pixels and elements change together.
void twin(std::string_view json);

/// Scrolls the content so that `y_css_px` is at the top of the viewport. A `scroll` event follows if that moved
/// anything.
void scroll_to(double y_css_px);

/// "normal", "overlay" or "visible". The page may refuse "normal" where WebGL is missing.
void set_mirror(std::string_view mode);

/// "light", "dark" or "system": the palette of the DOM parts, so that they match what the program draws.
void set_theme(std::string_view name);

/// The mouse cursor over the canvas, as a CSS keyword ("pointer", "ew-resize", "default").
void set_cursor(std::string_view css);

// ---- workers -------------------------------------------------------------------------------------------------------

/// Asks for `count` workers with the indices 0..count-1. Repeating the call replaces those that failed. A worker that
/// cannot be made arrives as event `worker_failed`; with reason "in-page" its work goes on, on the page, in slices.
void request_workers(int count);

/// The same for workers of the turbo module; their indices begin at app::kTurboWorkers.
void request_turbo_workers(int count);

/// Page to worker `index`: one message. Messages to a worker that still loads are kept and delivered in order.
void to_worker(int index, std::span<const uint8_t> bytes);

/// Worker to page: one message. To be called in a worker only; the page knows the worker's index itself.
void from_worker(int index, std::span<const uint8_t> bytes);

// ---- files, links, clipboard
// -----------------------------------------------------------------------------------------

/// Fetches a file of the site by its name in manifest.json; the answer is terrarium_page_asset().
void request_asset(std::string_view name);

/// Opens the file dialog for the field with this key; the answer is terrarium_page_file(). `accept` is a list as in
/// <input accept>; a file larger than `max_bytes` is refused before it is read. Call it in answer to a click or a key.
void pick_file(std::string_view key, std::string_view accept, double max_bytes);

/// Opens a file of this site in a new tab.
void open_page(std::string_view name);

/// The browser's print dialog; paper gets the twin as a plain page (web/print.css).
void print();

/// Saves bytes as a file, or, where a frame may not save, shows them as text to copy. Answer: event `saved`.
void save_file(std::string_view name, std::string_view mime, std::span<const uint8_t> bytes);

/// Saves a rectangle of the canvas (CSS pixels of the viewport) as PNG, read right after the current frame is drawn.
void save_png(std::string_view name, double x, double y, double width, double height);

/// After all graphics objects are gone with their context: the tables of their names are cut back.
void tidy_graphics_names();

/// Puts text on the clipboard, or shows it to be copied by hand. Answer: event `copied`.
void copy_text(std::string_view text);

/// Opens an https address in a new tab, without telling it who asked. Other addresses are ignored.
void open_link(std::string_view url);

// ---- the learner's progress (web/store.js) -------------------------------------------------------------------------

/// Looks for what was saved. Answers: terrarium_page_stored() for each value, then event `store`.
void load_progress();
/// Saves soon, in one transaction: the page hands over both slots, sends event `store` with what = "write" and puts
/// what put_stored() gives it during that call.
void save_progress();
void put_stored(std::string_view key, std::span<const uint8_t> bytes);
/// Deletes the database and every cache of this program.
void forget_progress();
/// Asks the browser to keep the data when room gets short. It may refuse; nothing depends on it.
void keep_progress();

// ---- page, host, time
// ------------------------------------------------------------------------------------------------

/// Asks for a frame soon, for example because something arrived outside an event.
void wake();

/// Replaces the part of the address after '#', without an entry in the history; writes are gathered for a moment.
void set_hash(std::string_view hash);

/// Sends {"type": "progress" | "completed" | "score" | "error" | "state" | "height", ...} to the page that embeds this
/// one.
void to_host(std::string_view json);

/// Milliseconds since the page began, monotonic; for time slices and display, never for results.
double now_ms();

// ---- language
// -----------------------------------------------------------------------------------------------

/// How a language writes numbers, as JSON {decimal, group, percent, min_grouped}; asks Intl once per call.
std::string number_signs(std::string_view tag);

/// A letter in the device's own fonts, drawn into a 2-D canvas; an empty one where none can be drawn.
ui::DeviceGlyph draw_glyph(const ui::DeviceGlyphAsk& ask);

}  // namespace terrarium::platform::browser
