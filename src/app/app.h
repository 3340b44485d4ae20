// The shell: takes events from the platform, draws one frame, and is the only sender of commands.
//
// frame() reads like the page: header, notes, lesson beside experiment, challenge. The parts live in their own files:
//   player.h   the lesson player (predict, run, explain, challenge)
//   runs.h     one run in a worker
//   panels.cpp header, settings, glossary, results

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/platform.h"
#include "app/player.h"
#include "app/runs.h"
#include "core/io/url_state.h"
#include "labs/content.h"
#include "labs/lab.h"
#include "ui/ui.h"

namespace terrarium::app {

class App {
public:
    explicit App(Platform& platform);

    /// Facts of the device and the address; names as in the platform contract of web/page.js.
    void start(const json& facts);
    void event(const json& event);
    void asset(const std::string& name, std::string bytes, int status);
    void file(const std::string& key, const std::string& name, std::string bytes, int status);

    /// Draws one frame. Returns the milliseconds until the next one is wanted: 0 at once, negative only on events.
    double frame();

    ui::Context& ui_context() { return ui_; }
    bool is_ready() const { return view_ != nullptr; }
    const labs::AnyView* view() const { return view_.get(); }
    const Runs* runs() const { return runs_.get(); }

private:
    // ---- events ----
    void take_address(const std::string& fragment);
    void take_preferences(const json& facts);
    void take_pointer(const json& event);
    void take_host(const json& message);
    void open_lab_when_ready();
    void apply_address_to_lab();

    // ---- frame ----
    void draw_page();
    void draw_header();
    void draw_notes();
    void draw_loading();
    void draw_lab();
    void draw_lesson_column();
    void draw_challenge();
    void draw_result();
    void draw_experiment();
    void draw_sticky_line();
    void draw_glossary_note();
    void apply(const labs::Intents& intents);
    void start_run();
    void update_address();
    void report_to_host();
    labs::Artefacts artefacts_for(const json& config) const;
    std::string share_link() const;
    bool may_start() const;

    Platform& platform_;
    ui::Context ui_;
    core::io::UrlState address_;
    std::string theme_ = "system", mirror_ = "normal";
    bool device_is_dark_ = false;
    std::map<std::string, std::string> assets_;
    std::vector<std::string> notes_;
    std::string failure_;  ///< the page cannot go on

    const labs::LabEntry* lab_ = nullptr;
    labs::Course course_;
    labs::Glossary glossary_;
    labs::Content content_;
    std::unique_ptr<labs::AnyView> view_;
    std::unique_ptr<Runs> runs_;
    Player player_;
    std::string open_term_;
    std::string written_address_;
    labs::Verdict verdict_;
    bool was_passed_ = false;
    int hints_shown_ = 0;
    bool show_settings_ = false;
    float challenge_top_ = 0, challenge_bottom_ = 0;
    int frames_left_ = 2;
    bool send_everything_ = true;
    int64_t host_sequence_ = 0;
    float told_height_ = 0;
    std::string told_status_, told_theme_;
};

}  // namespace terrarium::app
