#include "worker/channel.h"

#ifndef __EMSCRIPTEN__
#include <condition_variable>
#include <mutex>
#include <thread>
#endif

namespace terrarium::worker {
namespace {

class InlineChannel final : public Channel {
public:
    InlineChannel(Find find, Clock clock, double budget_ms) : host_(std::move(find), clock), budget_ms_(budget_ms) {}
    void send(const Command& command) override { host_.handle(command, events_); }
    std::vector<Event> poll() override {
        host_.work(budget_ms_, events_);
        return std::exchange(events_, {});
    }

private:
    Host host_;
    double budget_ms_;
    std::vector<Event> events_;
};

#ifndef __EMSCRIPTEN__
class ThreadChannel final : public Channel {
public:
    ThreadChannel(Find find, Clock clock, void (*wake)())
        : wake_(wake), thread_([this, find = std::move(find), clock](const std::stop_token& stop) {
              run(stop, Host(find, clock));
          }) {}
    ~ThreadChannel() override {
        thread_.request_stop();
        arrived_.notify_all();
    }

    void send(const Command& command) override {
        {
            const std::lock_guard lock(mutex_);
            commands_.push_back(command);
        }
        arrived_.notify_all();
    }
    std::vector<Event> poll() override {
        const std::lock_guard lock(mutex_);
        return std::exchange(events_, {});
    }

private:
    void run(const std::stop_token& stop, Host host) {
        constexpr double kSlice_ms = 8;
        std::vector<Event> fresh;
        bool has_more = false;
        while (!stop.stop_requested()) {
            std::vector<Command> commands;
            {
                std::unique_lock lock(mutex_);
                if (!has_more) {
                    arrived_.wait(lock, [&] { return stop.stop_requested() || !commands_.empty(); });
                }
                commands = std::exchange(commands_, {});
            }
            for (const Command& command : commands) host.handle(command, fresh);
            has_more = host.work(kSlice_ms, fresh);
            if (fresh.empty()) continue;
            {
                const std::lock_guard lock(mutex_);
                for (Event& event : fresh) events_.push_back(std::move(event));
            }
            fresh.clear();
            wake_();
        }
    }

    void (*wake_)();
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::vector<Command> commands_;
    std::vector<Event> events_;
    std::jthread thread_;  // last: it uses everything above
};
#endif

}  // namespace

std::unique_ptr<Channel> make_inline_channel(Find find, Clock clock, double budget_ms) {
    return std::make_unique<InlineChannel>(std::move(find), clock, budget_ms);
}

#ifndef __EMSCRIPTEN__
std::unique_ptr<Channel> make_thread_channel(Find find, Clock clock, void (*wake)()) {
    return std::make_unique<ThreadChannel>(std::move(find), clock, wake);
}
#endif

}  // namespace terrarium::worker
