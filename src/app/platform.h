// What the app asks of the place it runs in: a browser page, a desktop window, or a test.

#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "ui/numbers.h"
#include "ui/twin.h"
#include "worker/channel.h"

namespace terrarium::app {

using nlohmann::json;

/// Workers from this index on run the turbo module: the same program, faster, whose runs cannot be repeated elsewhere.
inline constexpr int kTurboWorkers = 64;

struct Platform {
    virtual ~Platform() = default;
    virtual double now_ms() = 0;
    /// Fetches a file below the page ("content/course.json"); the answer comes as App::asset().
    virtual void request_asset(const std::string& name) = 0;
    /// The worker with this index, started when first asked for; null when none can be had.
    virtual worker::Channel* channel(int index) = 0;
    virtual void send_twin(const json& message) = 0;
    virtual void set_address(const std::string& fragment) = 0;  ///< the part after the hash
    virtual std::string address() = 0;                          ///< the whole address of the page, for sharing
    virtual void open_link(const std::string& url) = 0;
    virtual void open_page(const std::string& name) = 0;  ///< a file beside this page, in a new tab
    virtual void print() = 0;                             ///< what is on screen, as a plain page on paper
    virtual void save_file(const std::string& name, const std::string& mime, const std::string& bytes) = 0;
    virtual void save_picture(const std::string& name, const ui::Rect& viewport_rect) = 0;
    virtual void copy_text(const std::string& words) = 0;
    virtual void pick_file(const std::string& key, int64_t max_bytes) = 0;
    virtual void set_mirror(const std::string& mode) = 0;  ///< normal | overlay | visible
    virtual void set_theme(const std::string& name) = 0;   ///< light | dark, of the page around the canvas
    virtual void scroll_to(float y) = 0;                   ///< document scroll, CSS pixels
    /// How a language writes numbers; asked once per language.
    virtual ui::NumberSigns number_signs(const std::string& tag) = 0;
    virtual void tell_host(const json& message) = 0;  ///< the page that embeds us

    // The learner's progress (keeper.h). Answers come as App::stored() and events {t: "store"}, never inside a call.
    virtual void load_progress() = 0;
    virtual void save_progress() = 0;    ///< within a second, in one transaction
    virtual void forget_progress() = 0;  ///< empties every store and cache of this program
    virtual void keep_progress() = 0;    ///< asks the browser not to clear it when room gets short
    /// One value of the transaction that asks for it, with event `write` or `leave`. No bytes: the key is removed.
    virtual void put_stored(const std::string& key, const std::string& bytes) = 0;
};

}  // namespace terrarium::app
