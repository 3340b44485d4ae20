// The web program as a worker calls it (the exports that web/worker.js knows): it makes a Host and computes. Page and
// worker share one module; the turbo module (cmake/web.cmake) has only this half.

#include <emscripten.h>

#include <memory>
#include <vector>

#include "labs/lab.h"
#include "labs/replay.h"
#include "platform/browser.h"
#include "worker/codec.h"
#include "worker/host.h"

namespace terrarium::platform {
namespace {

std::unique_ptr<worker::Host>& host() {
    static std::unique_ptr<worker::Host> instance;
    return instance;
}

/// The page knows the worker's index itself.
void post(const std::vector<worker::Event>& events) {
    for (const worker::Event& event : events) browser::from_worker(0, worker::encode(event));
}

}  // namespace
}  // namespace terrarium::platform

using namespace terrarium;

extern "C" {

EMSCRIPTEN_KEEPALIVE const char* terrarium_build_id() { return build_id(); }

EMSCRIPTEN_KEEPALIVE void terrarium_worker_start() {
    platform::host() = std::make_unique<worker::Host>([](std::string_view id) { return labs::find_lab(id); },
                                                      [] { return platform::browser::now_ms(); });
    platform::post({worker::Ready{build_id()}});
}

EMSCRIPTEN_KEEPALIVE void terrarium_worker_receive(const uint8_t* bytes, int length) {
    std::vector<worker::Event> events;
    if (const auto command = worker::decode_command({bytes, static_cast<size_t>(length)})) {
        platform::host()->handle(*command, events);
    }
    platform::post(events);
}

EMSCRIPTEN_KEEPALIVE int terrarium_worker_work(double budget_ms) {
    std::vector<worker::Event> events;
    const bool has_more = platform::host()->work(budget_ms, events);
    platform::post(events);
    return has_more ? 1 : 0;
}

}  // extern "C"
