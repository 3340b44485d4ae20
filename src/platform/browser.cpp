#include "platform/browser.h"

#include <emscripten/em_js.h>

#include <cmath>

// Each function passes pointer and length; the page sees strings and its own copies of bytes. A role without a bridge
// function (a worker has hardly any) ignores the call, so that shared code needs no #if.
// clang-format off
EM_JS_DEPS(terrarium_browser, "$UTF8ToString,$stringToUTF8");

EM_JS(void, terrarium_js_text, (const char* what, const char* text, size_t length), {
    const f = Module.bridge[UTF8ToString(what)];
    if (f) f(UTF8ToString(text, length));
});

EM_JS(void, terrarium_js_number, (const char* what, double number), {
    const f = Module.bridge[UTF8ToString(what)];
    if (f) f(number);
});

EM_JS(void, terrarium_js_bytes, (const char* what, int index, const uint8_t* bytes, size_t length), {
    const f = Module.bridge[UTF8ToString(what)];
    if (f) f(index, HEAPU8.slice(bytes, bytes + length));
});

EM_JS(void, terrarium_js_pick_file, (const char* key, size_t key_length, const char* accept, size_t accept_length,
                                     double max_bytes), {
    if (Module.bridge.pick_file)
        Module.bridge.pick_file(UTF8ToString(key, key_length), UTF8ToString(accept, accept_length), max_bytes);
});

EM_JS(void, terrarium_js_save_file, (const char* name, size_t name_length, const char* mime, size_t mime_length,
                                     const uint8_t* bytes, size_t length), {
    if (Module.bridge.save_file)
        Module.bridge.save_file(UTF8ToString(name, name_length), UTF8ToString(mime, mime_length),
                                HEAPU8.slice(bytes, bytes + length));
});

EM_JS(void, terrarium_js_save_png, (const char* name, size_t name_length, double x, double y, double w, double h), {
    if (Module.bridge.save_png) Module.bridge.save_png(UTF8ToString(name, name_length), x, y, w, h);
});

// The picture goes into `pixels` (room for side * side), its measures into `out`: width, height, left, top, advance,
// coloured.
EM_JS(void, terrarium_js_glyph, (int character, double em_pixels, int is_bold, int is_mono, uint8_t* pixels, int side,
                                 float* out), {
    if (!Module.bridge.draw_glyph) return;
    const glyph = Module.bridge.draw_glyph(character, em_pixels, is_bold, is_mono, side);
    HEAPF32.set([glyph.width, glyph.height, glyph.left, glyph.top, glyph.advance, glyph.is_colored ? 1 : 0], out >> 2);
    if (glyph.data) HEAPU8.set(glyph.data, pixels);
});

EM_JS(void, terrarium_js_number_signs, (const char* tag, size_t length, char* out, int capacity), {
    const f = Module.bridge.number_signs;
    stringToUTF8(f ? JSON.stringify(f(UTF8ToString(tag, length))) : "", out, capacity);
});

EM_JS(void, terrarium_js_put_stored, (const char* key, size_t key_length, const uint8_t* bytes, size_t length), {
    if (Module.bridge.put_stored)
        Module.bridge.put_stored(UTF8ToString(key, key_length), HEAPU8.slice(bytes, bytes + length));
});

// Names of graphics objects are places in tables that only grow. What stands at their end and is gone is cut off.
EM_JS(void, terrarium_js_tidy_graphics_names, (), {
    const tables = [ GL.buffers, GL.programs, GL.framebuffers, GL.renderbuffers, GL.textures, GL.shaders, GL.vaos ];
    while (GL.counter > 1 && tables.every((table) => !table[GL.counter - 1])) --GL.counter;
    for (const table of tables) table.length = Math.min(table.length, GL.counter);
});

EM_JS(double, terrarium_js_now_ms, (), { return performance.now(); });
// clang-format on

namespace terrarium::platform::browser {
namespace {

void send_text(const char* what, std::string_view text) { terrarium_js_text(what, text.data(), text.size()); }

}  // namespace

void twin(std::string_view json) { send_text("twin", json); }
void scroll_to(double y_css_px) { terrarium_js_number("scroll_to", y_css_px); }
void set_mirror(std::string_view mode) { send_text("set_mirror", mode); }
void set_theme(std::string_view name) { send_text("set_theme", name); }
void set_cursor(std::string_view css) { send_text("set_cursor", css); }

void request_workers(int count) { terrarium_js_number("request_workers", count); }
void request_turbo_workers(int count) { terrarium_js_number("request_turbo_workers", count); }
void to_worker(int index, std::span<const uint8_t> bytes) {
    terrarium_js_bytes("to_worker", index, bytes.data(), bytes.size());
}
void from_worker(int index, std::span<const uint8_t> bytes) {
    terrarium_js_bytes("from_worker", index, bytes.data(), bytes.size());
}

void request_asset(std::string_view name) { send_text("request_asset", name); }
void pick_file(std::string_view key, std::string_view accept, double max_bytes) {
    terrarium_js_pick_file(key.data(), key.size(), accept.data(), accept.size(), max_bytes);
}
void save_file(std::string_view name, std::string_view mime, std::span<const uint8_t> bytes) {
    terrarium_js_save_file(name.data(), name.size(), mime.data(), mime.size(), bytes.data(), bytes.size());
}
void save_png(std::string_view name, double x, double y, double width, double height) {
    terrarium_js_save_png(name.data(), name.size(), x, y, width, height);
}
void copy_text(std::string_view text) { send_text("copy_text", text); }
void open_link(std::string_view url) { send_text("open_link", url); }

void load_progress() { terrarium_js_number("load_progress", 0); }
void save_progress() { terrarium_js_number("save_progress", 0); }
void put_stored(std::string_view key, std::span<const uint8_t> bytes) {
    terrarium_js_put_stored(key.data(), key.size(), bytes.data(), bytes.size());
}
void forget_progress() { terrarium_js_number("forget_progress", 0); }
void keep_progress() { terrarium_js_number("keep_progress", 0); }

void open_page(std::string_view name) { send_text("open_page", name); }
void print() { terrarium_js_number("print", 0); }
void tidy_graphics_names() { terrarium_js_tidy_graphics_names(); }

void wake() { terrarium_js_number("wake", 0); }
void set_hash(std::string_view hash) { send_text("set_hash", hash); }
void to_host(std::string_view json) { send_text("to_host", json); }

std::string number_signs(std::string_view tag) {
    char text[400] = "";
    terrarium_js_number_signs(tag.data(), tag.size(), text, sizeof text);
    return text;
}

ui::DeviceGlyph draw_glyph(const ui::DeviceGlyphAsk& ask) {
    const int side = static_cast<int>(std::ceil(ask.em_pixels * 3));
    ui::DeviceGlyph glyph;
    glyph.rgba.resize(static_cast<size_t>(side) * static_cast<size_t>(side) * 4);
    float out[6] = {};
    terrarium_js_glyph(static_cast<int>(ask.character), static_cast<double>(ask.em_pixels), ask.is_bold, ask.is_mono,
                       glyph.rgba.data(), side, out);
    glyph.width = static_cast<int>(out[0]);
    glyph.height = static_cast<int>(out[1]);
    glyph.left = out[2];
    glyph.top = out[3];
    glyph.advance = out[4];
    glyph.is_colored = out[5] != 0;
    return glyph;
}

double now_ms() { return terrarium_js_now_ms(); }

}  // namespace terrarium::platform::browser
