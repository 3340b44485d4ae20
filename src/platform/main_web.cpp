// The web program as the page calls it (the exports that web/page.js knows): it makes an App and draws. The same module
// has a second role, that of a worker (worker_web.cpp); neither starts the other's half.

#include <emscripten.h>
#include <emscripten/console.h>

#include <memory>
#include <string>
#include <vector>

#include "app/app.h"
#include "platform/browser.h"
#include "platform/sdl_window.h"
#include "ui/headless.h"
#include "worker/codec.h"

namespace terrarium::platform {
namespace {

using app::json;

/// The page's end of one blob: worker.
class WebChannel final : public worker::Channel {
public:
    explicit WebChannel(int index) : index_(index) {}
    void send(const worker::Command& command) override { browser::to_worker(index_, worker::encode(command)); }
    std::vector<worker::Event> poll() override { return std::exchange(arrived_, {}); }
    void receive(std::span<const uint8_t> bytes) {
        if (auto event = worker::decode_event(bytes)) arrived_.push_back(std::move(*event));
    }

private:
    int index_;
    std::vector<worker::Event> arrived_;
};

class WebPlatform final : public app::Platform {
public:
    double now_ms() override { return browser::now_ms(); }
    void request_asset(const std::string& name) override { browser::request_asset(name); }
    worker::Channel* channel(int index) override {
        const bool is_turbo = index >= app::kTurboWorkers;
        Channels& channels = is_turbo ? turbo_channels_ : channels_;
        const int first = is_turbo ? app::kTurboWorkers : 0;
        while (std::ssize(channels) <= index - first)
            channels.push_back(std::make_unique<WebChannel>(first + static_cast<int>(channels.size())));
        (is_turbo ? browser::request_turbo_workers : browser::request_workers)(static_cast<int>(channels.size()));
        return channels[static_cast<size_t>(index - first)].get();
    }
    void send_twin(const json& message) override {
        browser::twin(message.dump(-1, ' ', false, json::error_handler_t::replace));
    }
    void set_address(const std::string& fragment) override { browser::set_hash(fragment); }
    std::string address() override { return address_; }
    void open_link(const std::string& url) override { browser::open_link(url); }
    void open_page(const std::string& name) override { browser::open_page(name); }
    void print() override { browser::print(); }
    void save_file(const std::string& name, const std::string& mime, const std::string& bytes) override {
        browser::save_file(name, mime, {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
    }
    void save_picture(const std::string& name, const ui::Rect& rect) override {
        browser::save_png(name, static_cast<double>(rect.x), static_cast<double>(rect.y),
                          static_cast<double>(rect.width), static_cast<double>(rect.height));
    }
    void copy_text(const std::string& words) override { browser::copy_text(words); }
    void pick_file(const std::string& key, int64_t max_bytes) override {
        browser::pick_file(key, ".txt,.md,.csv,.json,text/plain", static_cast<double>(max_bytes));
    }
    void set_mirror(const std::string& mode) override { browser::set_mirror(mode); }
    void set_theme(const std::string& name) override { browser::set_theme(name); }
    void scroll_to(float y) override { browser::scroll_to(static_cast<double>(y)); }
    ui::NumberSigns number_signs(const std::string& tag) override {
        const json signs = json::parse(browser::number_signs(tag), nullptr, false);
        if (!signs.is_object()) return {};
        return {.decimal = signs.value("decimal", std::string(".")),
                .group = signs.value("group", std::string(",")),
                .percent = signs.value("percent", std::string("{0} %")),
                .min_grouped = signs.value("min_grouped", int64_t{1000})};
    }
    void tell_host(const json& message) override {
        browser::to_host(message.dump(-1, ' ', false, json::error_handler_t::replace));
    }
    void load_progress() override { browser::load_progress(); }
    void save_progress() override { browser::save_progress(); }
    void forget_progress() override { browser::forget_progress(); }
    void keep_progress() override { browser::keep_progress(); }
    void put_stored(const std::string& key, const std::string& bytes) override {
        browser::put_stored(key, {reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
    }

    void receive(int index, std::span<const uint8_t> bytes) {
        const bool is_turbo = index >= app::kTurboWorkers;
        const Channels& channels = is_turbo ? turbo_channels_ : channels_;
        const int at = is_turbo ? index - app::kTurboWorkers : index;
        if (at >= 0 && at < std::ssize(channels)) channels[static_cast<size_t>(at)]->receive(bytes);
    }
    std::string address_;

private:
    using Channels = std::vector<std::unique_ptr<WebChannel>>;
    Channels channels_, turbo_channels_;
};

/// Everything of the page.
struct Program {
    WebPlatform platform;
    std::unique_ptr<app::App> app;
    std::unique_ptr<SdlWindow> window;
};

Program& program() {
    static Program instance;
    return instance;
}

json parse(const char* text, int length) {
    json value = json::parse(text, text + length, nullptr, false);
    return value.is_object() ? value : json::object();
}

std::string copy(const char* bytes, int length) { return {bytes, static_cast<size_t>(length)}; }

/// A fault of ours is named in the console before the page says that the program stopped.
template <class Work>
auto named(Work work) {
    try {
        return work();
    } catch (const std::exception& fault) {
        emscripten_console_error(fault.what());
        throw;
    }
}

}  // namespace
}  // namespace terrarium::platform

using namespace terrarium;
using platform::program;

extern "C" {

EMSCRIPTEN_KEEPALIVE void terrarium_page_start(const char* text, int length) {
    app::json facts = platform::parse(text, length);
    auto& p = program();
    p.platform.address_ = facts.value("address", std::string());
    p.app = std::make_unique<app::App>(p.platform);
    p.app->ui_context().device_glyphs = platform::browser::draw_glyph;
    if (facts.value("webgl", true)) {
        p.window = std::make_unique<platform::SdlWindow>();
        if (!p.window->open("Terrarium", 300, 150)) {
            p.window.reset();
            facts["webgl"] = false;
        }
    }
    if (!p.window) ui::use_no_renderer();
    facts["has_dom"] = true;
    platform::named([&] { p.app->start(facts); });
}

EMSCRIPTEN_KEEPALIVE void terrarium_page_event(const char* text, int length) {
    platform::named([&] { program().app->event(platform::parse(text, length)); });
}

EMSCRIPTEN_KEEPALIVE void terrarium_page_asset(const char* name, int name_length, const char* data, int length,
                                               int status) {
    platform::named(
        [&] { program().app->asset(platform::copy(name, name_length), platform::copy(data, length), status); });
}

EMSCRIPTEN_KEEPALIVE void terrarium_page_file(const char* key, int key_length, const char* name, int name_length,
                                              const char* data, int length, int status) {
    program().app->file(platform::copy(key, key_length), platform::copy(name, name_length),
                        platform::copy(data, length), status);
}

EMSCRIPTEN_KEEPALIVE void terrarium_page_stored(const char* key, int key_length, const char* data, int length) {
    platform::named([&] { program().app->stored(platform::copy(key, key_length), platform::copy(data, length)); });
}

EMSCRIPTEN_KEEPALIVE void terrarium_page_from_worker(int index, const uint8_t* bytes, int length) {
    program().platform.receive(index, {bytes, static_cast<size_t>(length)});
}

EMSCRIPTEN_KEEPALIVE double terrarium_page_frame(double) {
    auto& p = program();
    const double wait_ms = platform::named([&] { return p.app->frame(); });
    if (p.window)
        p.window->draw(p.app->ui_context().color(ui::Ink::Background));
    else
        ui::finish_textures_without_renderer();
    return wait_ms;
}

EMSCRIPTEN_KEEPALIVE void terrarium_page_gl_lost() {
    if (!program().window) return;
    program().window->lose_graphics();
    platform::browser::tidy_graphics_names();
}
EMSCRIPTEN_KEEPALIVE void terrarium_page_gl_restored() {
    if (program().window) program().window->restore_graphics();
}

}  // extern "C"
