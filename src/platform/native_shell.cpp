// The desktop window: the same app, with files instead of fetches, threads instead of workers and SDL's own input.

#include <SDL.h>
#include <imgui_impl_sdl2.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <thread>
#include <vector>

#include "app/app.h"
#include "platform/cli.h"
#include "platform/content_files.h"
#include "platform/progress_folder.h"
#include "platform/sdl_window.h"

namespace terrarium::platform {
namespace {

using app::json;

double clock_ms() {
    return static_cast<double>(SDL_GetPerformanceCounter()) * 1000.0 /
           static_cast<double>(SDL_GetPerformanceFrequency());
}

/// A worker thread has news: SDL's queue is the one door that may be used from any thread.
void wake() {
    SDL_Event event{};
    event.type = SDL_USEREVENT;
    SDL_PushEvent(&event);
}

/// The person's own folder for this program; "" when the system has none. TERRARIUM_PROGRESS names another.
std::string progress_folder() {
    if (const char* given = std::getenv("TERRARIUM_PROGRESS")) return given;
    char* found = SDL_GetPrefPath("", "Terrarium");
    std::string path = found != nullptr ? found : "";
    SDL_free(found);
    return path;
}

/// A name for this window among others that are open: the moment at which it started, 16 digits.
std::string window_name() {
    std::string name;
    for (uint64_t rest = SDL_GetPerformanceCounter(); name.size() < core::io::kWriterLength; rest /= 16) {
        name += "0123456789abcdef"[rest % 16];
    }
    return name;
}

class NativePlatform final : public app::Platform {
public:
    explicit NativePlatform(std::string folder) : folder_(std::move(folder)) {}
    double now_ms() override { return clock_ms(); }
    void request_asset(const std::string& name) override { requested_.push_back(name); }
    worker::Channel* channel(int index) override {
        while (std::ssize(channels_) <= index) {
            channels_.push_back(
                worker::make_thread_channel([](std::string_view id) { return labs::find_lab(id); }, clock_ms, wake));
        }
        return channels_[static_cast<size_t>(index)].get();
    }
    void send_twin(const json&) override {}
    void set_address(const std::string&) override {}
    std::string address() override { return "terrarium open "; }
    void open_link(const std::string& url) override { SDL_OpenURL(url.c_str()); }
    void open_page(const std::string& name) override {
        std::printf("%s comes with the page for the web, beside its index.html\n", name.c_str());
    }
    void print() override { std::printf("printing works in the browser\n"); }
    void save_file(const std::string& name, const std::string&, const std::string& bytes) override {
        std::ofstream file(name, std::ios::binary);
        file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        std::printf(file ? "saved %s\n" : "could not save %s\n", name.c_str());
    }
    void save_picture(const std::string& name, const ui::Rect&) override {
        std::printf("pictures are saved in the browser; %s was not written\n", name.c_str());
    }
    void copy_text(const std::string& words) override { SDL_SetClipboardText(words.c_str()); }
    void pick_file(const std::string& key, int64_t) override { waiting_key_ = key; }
    void set_mirror(const std::string&) override {}
    void set_theme(const std::string&) override {}
    void scroll_to(float y) override { scroll_y = y; }
    ui::NumberSigns number_signs(const std::string&) override { return {}; }
    void tell_host(const json&) override {}
    void load_progress() override { is_asked_for_progress_ = true; }
    void save_progress() override {
        if (save_due_ms_ < 0) save_due_ms_ = clock_ms() + kGather_ms;
    }
    void forget_progress() override {
        progress_.forget();
        save_due_ms_ = -1;
    }
    void keep_progress() override {}
    void put_stored(const std::string& key, const std::string& bytes) override { puts_.emplace_back(key, bytes); }

    /// Loads and saves what was asked for; with `is_leaving` at once.
    void keep(app::App& app, bool is_leaving) {
        const auto say = [&](const char* what, const char* reason) {
            app.event({{"t", "store"}, {"what", what}, {"home", reason}, {"reason", reason}});
        };
        if (std::exchange(is_asked_for_progress_, false)) {
            const bool is_usable = progress_.is_usable();
            if (is_usable) {
                for (auto& [key, bytes] : progress_.read_all()) app.stored(key, std::move(bytes));
            }
            say("loaded", is_usable ? "browser" : "session");
        }
        if (save_due_ms_ < 0 || (!is_leaving && clock_ms() < save_due_ms_)) return;
        save_due_ms_ = -1;
        using Outcome = ProgressFolder::Outcome;
        const Outcome outcome = progress_.transact([&](const core::io::Slots& slots) {
            app.stored("0", slots[0]);
            app.stored("1", slots[1]);
            puts_.clear();
            say("write", "");
            return std::exchange(puts_, {});
        });
        if (outcome == Outcome::Written) say("saved", "");
        if (outcome == Outcome::Forgotten) say("forgotten_elsewhere", "");
        if (outcome != Outcome::Full && outcome != Outcome::Failed) return;
        say("failed", outcome == Outcome::Full ? "full" : "failed");
        save_due_ms_ = clock_ms() + kRetry_ms;
    }

    /// Answers what was asked for since the last frame.
    void deliver(app::App& app) {
        for (const std::string& name : std::exchange(requested_, {})) {
            auto bytes = read_file(folder_ + "/" + name);
            if (!bytes && name.starts_with("fonts/"))
                bytes = read_file(std::string(TERRARIUM_FONT_DIR) + name.substr(5));
            app.asset(name, bytes.value_or("there is no such file in " + folder_), bytes ? 200 : 404);
        }
    }

    float scroll_y = 0;
    std::string waiting_key_;

private:
    static constexpr double kGather_ms = 300, kRetry_ms = 10000;

    std::string folder_;
    ProgressFolder progress_{progress_folder()};
    std::vector<ProgressFolder::Value> puts_;  ///< of the transaction that is open
    bool is_asked_for_progress_ = false;
    double save_due_ms_ = -1;  ///< negative: nothing to save
    std::vector<std::string> requested_;
    std::vector<std::unique_ptr<worker::Channel>> channels_;
};

bool has_news(SDL_Event& event, double wait_ms) {
    return wait_ms == 0 ? SDL_PollEvent(&event) != 0
                        : SDL_WaitEventTimeout(&event, wait_ms < 0 ? 250 : static_cast<int>(wait_ms)) != 0;
}

}  // namespace

int open_window(const std::string& address) {
    const std::string folder = data_folder();
    if (folder.empty()) {
        return print_problem({"content.missing", "", "The content folder was not found.",
                              "Start the program inside the checkout, or set TERRARIUM_CONTENT to the folder."});
    }
    NativePlatform platform(folder);
    app::App app(platform);
    SdlWindow window;
    if (!window.open("Terrarium", 1280, 800)) {
        return print_problem({"window", "", "No window could be opened: " + window.problem() + ".",
                              "On a machine without a screen use the other commands; see terrarium help."});
    }
    ImGui_ImplSDL2_InitForOpenGL(window.window(), nullptr);
    ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    app.start({{"width", 1280},
               {"height", 800},
               {"has_dom", false},
               {"hash", address},
               {"writer", window_name()},
               {"workers", std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 1, 8)}});

    bool is_open = true;
    double wait_ms = 0;
    while (is_open) {
        SDL_Event event;
        bool is_fresh = false;
        while (has_news(event, is_fresh ? 0 : wait_ms)) {
            is_fresh = true;
            ImGui_ImplSDL2_ProcessEvent(&event);
            if (event.type == SDL_QUIT) is_open = false;
            if (event.type == SDL_MOUSEWHEEL) platform.scroll_y -= event.wheel.preciseY * 60;
            if (event.type == SDL_DROPFILE && event.drop.file != nullptr) {
                const auto bytes = read_file(event.drop.file);
                app.file("own.file", event.drop.file, bytes.value_or("The file could not be read."), bytes ? 200 : 500);
                SDL_free(event.drop.file);
            }
        }
        platform.deliver(app);
        platform.keep(app, false);
        int width = 0, height = 0, pixels = 0;
        SDL_GetWindowSize(window.window(), &width, &height);
        SDL_GL_GetDrawableSize(window.window(), &pixels, nullptr);
        const float limit = std::max(0.0f, app.ui_context().content_height - static_cast<float>(height));
        platform.scroll_y = std::clamp(platform.scroll_y, 0.0f, limit);
        if (is_fresh) {
            app.event({{"t", "resize"},
                       {"width", width},
                       {"height", height},
                       {"dpr", static_cast<float>(pixels) / static_cast<float>(std::max(width, 1))}});
            app.event({{"t", "scroll"}, {"y", platform.scroll_y}});
        }
        ImGui_ImplSDL2_NewFrame();
        wait_ms = app.frame();
        if (app.ui_context().fonts.regular != nullptr) window.draw(app.ui_context().color(ui::Ink::Background));
        if (!platform.waiting_key_.empty()) {
            platform.waiting_key_.clear();
            std::printf("drop a text file onto the window\n");
        }
    }
    platform.keep(app, true);
    ImGui_ImplSDL2_Shutdown();
    return kOk;
}

}  // namespace terrarium::platform
