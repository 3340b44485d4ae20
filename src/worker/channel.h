// How commands reach a worker and events come back: the only place where page and worker touch.

#pragma once

#include <memory>
#include <vector>

#include "worker/host.h"

namespace terrarium::worker {

struct Channel {
    virtual ~Channel() = default;
    virtual void send(const Command& command) = 0;
    virtual std::vector<Event> poll() = 0;  ///< what arrived since the last call
};

/// Works inside poll(): tests and the command line.
std::unique_ptr<Channel> make_inline_channel(Find find, Clock clock, double budget_ms);

#ifndef __EMSCRIPTEN__
/// A native thread with its own host. `wake` is called from that thread when something arrived.
std::unique_ptr<Channel> make_thread_channel(Find find, Clock clock, void (*wake)());
#endif

}  // namespace terrarium::worker
