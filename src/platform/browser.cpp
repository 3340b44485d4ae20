#include "platform/browser.h"

#include <emscripten/em_js.h>

// Each function passes pointer and length; the page sees strings and its own copies of bytes. A role without a bridge
// function (a worker has hardly any) ignores the call, so that shared code needs no #if.
// clang-format off
EM_JS_DEPS(terrarium_browser, "$UTF8ToString");

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

void open_page(std::string_view name) { send_text("open_page", name); }
void print() { terrarium_js_number("print", 0); }

void wake() { terrarium_js_number("wake", 0); }
void set_hash(std::string_view hash) { send_text("set_hash", hash); }
void to_host(std::string_view json) { send_text("to_host", json); }
double now_ms() { return terrarium_js_now_ms(); }

}  // namespace terrarium::platform::browser
