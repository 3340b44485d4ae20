// What reaches the page from outside while it runs: pointer, keys, sizes, answers of the browser, messages of the host
// page.

#include <algorithm>

#include "app/app.h"
#include "app/replayer.h"

namespace terrarium::app {

void App::event(const json& event) {
    const std::string type = event.value("t", std::string());
    frames_left_ = std::max(frames_left_, 2);
    if (type == "pointer") {
        frames_left_ = 4;  // ImGui spreads a press, its release and a leaving finger over several frames
        take_pointer(event);
    } else if (type == "action") {
        ui_.twin.queue(event.value("k", std::string()), {event.value("a", std::string()), event.value("v", json())});
    } else if (type == "resize") {
        ui_.env.width = event.value("width", ui_.env.width);
        ui_.env.height = event.value("height", ui_.env.height);
        ui_.env.dpr = event.value("dpr", ui_.env.dpr);
    } else if (type == "scroll") {
        ui_.env.scroll_y = event.value("y", 0.0f);
    } else if (type == "key") {
        if (event.value("down", false)) {
            ui_.keys.push_back({.name = event.value("key", std::string()),
                                .code = event.value("code", std::string()),
                                .has_modifier = event.value("ctrl", false) || event.value("meta", false),
                                .has_alt = event.value("alt", false)});
        }
    } else if (type == "prefs") {
        take_preferences(event);
    } else if (type == "hash") {
        if (event.value("hash", std::string()) != written_address_) take_address(event.value("hash", std::string()));
    } else if (type == "worker_failed") {
        const std::string reason = event.value("reason", std::string());
        if (reason == "in-page") {
            remark(core::Message(
                "This page may not start a worker, so training runs in the page itself, in small slices."));
        } else if (reason == "no module") {
            device_.has_turbo = false;
            runs_.fail(ui::tr("The fast module could not be loaded. Press Train: the usual one goes on."));
        } else if (const int index = event.value("index", 0); index == Replayer::kWorker) {
            for (auto& [id, screen] : screens_) screen->worker_failed(*this, index, reason);
        } else if (runs_.lose(index)) {
            platform_.channel(index);  // a new one, for the next run
            runs_.fail(ui::tr("The worker stopped: {0} Press Train to start a new one.", {reason}));
        }
    } else if (type == "copied") {
        ui_.twin.say(event.value("ok", false) ? ui::tr("Copied.")
                                              : ui::tr("Copying was not allowed here: select the text instead."));
    } else if (type == "mirror") {
        mirror_ = event.value("mode", mirror_);
        send_everything_ = true;
    } else if (type == "store") {
        take_stored(event);
    } else if (type == "host") {
        take_host(event.value("message", json::object()));
    }
}

void App::take_pointer(const json& event) {
    const std::string kind = event.value("kind", std::string());
    const bool is_touch = event.value("type", std::string()) == "touch";
    ui_.pointer_source(is_touch);
    if (kind == "leave" || kind == "cancel") {
        // A cancelled press must not count as a click: the pointer leaves before the button rises.
        ui_.pointer_leave();
        if (kind == "cancel") ui_.pointer_button(false);
        return;
    }
    ui_.pointer_move(event.value("x", 0.0f), event.value("y", 0.0f));
    if (event.value("button", 0) != 0) return;
    if (kind == "down") ui_.pointer_button(true);
    if (kind == "up") ui_.pointer_button(false);
    if (kind == "up" && is_touch) ui_.pointer_leave();  // no hover stays behind a finger
}

}  // namespace terrarium::app
