// The shell: takes events from the platform, draws one frame, and is the only sender of commands.
//
// frame() reads like the page: header, notes, lesson beside experiment, challenge. The parts live in their own files:
//   player.h         the lesson player (predict, run, explain, challenge)
//   runs.h           one run in a worker
//   events.cpp       what reaches the page from outside
//   page.cpp         notes, lesson beside experiment, challenge
//   header.cpp       the head of every page, and the menu
//   preferences.cpp  what device, learner and address want of the page
//   present.cpp      showing a lab to a class
//   navigation.cpp   the screens of the shell (screen.h) and what they may ask for (desk.h)

#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/desk.h"
#include "app/keeper.h"
#include "app/languages.h"
#include "app/platform.h"
#include "app/player.h"
#include "app/runs.h"
#include "app/screen.h"
#include "core/io/url_state.h"
#include "labs/content.h"
#include "labs/lab.h"
#include "labs/services.h"
#include "ui/ui.h"

namespace terrarium::app {

class App final : private Desk {
public:
    explicit App(Platform& platform);

    /// Facts of the device and the address; names as in the platform contract of web/page.js.
    void start(const json& facts);
    void event(const json& event);
    void asset(const std::string& name, std::string bytes, int status);
    /// One value of the store of progress; what to do with them says event {t: "store"}.
    void stored(const std::string& key, std::string bytes) { keeper_.stored(key, std::move(bytes)); }
    void file(const std::string& key, const std::string& name, std::string bytes, int status);

    /// Draws one frame. Returns the milliseconds until the next one is wanted: 0 at once, negative only on events.
    double frame();

    ui::Context& ui_context() { return ui_; }
    bool is_ready() const { return view_ != nullptr; }
    const labs::AnyView* view() const { return view_.get(); }
    const Runs* runs() const { return &runs_; }
    const core::io::Progress& progress_so_far() const { return progress_; }

private:
    // ---- events ----
    void take_address(const std::string& fragment);
    void take_preferences(const json& facts);
    void take_language();   ///< of the address, else of the settings, else of the device
    void adopt_language();  ///< the words of the course follow those of the page
    void take_pointer(const json& event);
    void take_host(const json& message);
    void open_lab_when_ready();
    void apply_address_to_lab();

    // ---- frame ----
    void draw_page();
    void draw_header();
    void draw_trail();
    void draw_theme_button();
    void draw_menu();
    void draw_presenter_bar();
    void draw_notes();
    void remark(core::Message words);  ///< among the notes
    void draw_loading();
    void draw_lab();
    void draw_lesson_column();
    void draw_challenge();
    void draw_turbo_mark();
    void draw_result();
    void draw_experiment();
    void draw_sticky_bar(bool is_lab);
    void draw_glossary_note();
    void draw_term_sheet();  ///< the same on a screen, where it would stand below everything else
    void take_stored(const json& event);
    void record_progress();
    void record_run();
    bool draw_screen();  ///< false: the lab itself is to be drawn
    void apply(const labs::Intents& intents);
    void save_waiting_picture();
    void start_run();
    Runs::Workers workers_for(const labs::LabEntry& lab);
    int first_worker() const { return turbo().is_on ? kTurboWorkers : 0; }
    void update_address();
    void report_to_host();
    labs::Artefacts artefacts_for(const json& config) const;
    std::string share_link() const;
    bool may_start() const;
    void take_settings();           ///< the learner's, the device's and the address's wishes, into the environment
    json palette_for_page() const;  ///< the palette under the names of web/style.css
    static std::string lab_file(std::string_view lab_id);
    const labs::Services* services();  ///< null until the list is here, and until somebody wants to see it
    core::Result<labs::Content> read_words(std::string_view lab_id) const;  ///< of a lab, in the language of the page
    void set_text_scale(double scale);
    void go_to(std::string_view page);

    // ---- presenting ----
    void set_presenting(bool is_presenting);
    core::io::LabProgress& kept_lesson();  ///< what the lesson stores, and where
    void stop_presenting();
    void turn_step(int by);
    std::string step_words() const;
    void reset_lab();
    void take_keys();

    // ---- the desk of the screens ----
    Platform& platform() override { return platform_; }
    const labs::Course& course() const override { return course_; }
    const labs::Glossary& glossary() const override { return glossary_; }
    const labs::Content* content(std::string_view lab_id) override;
    const std::string* asset(const std::string& name) override;
    std::string_view open_lab() const override { return lab_ == nullptr ? "" : lab_->id; }
    const Place& place() const override { return place_; }
    void go(Place place) override { wanted_place_ = std::move(place); }
    void show_term(std::string_view term_id) override { open_term_ = term_id; }
    void set_theme(const std::string& name) override;
    const std::vector<core::io::Language>& languages() override { return languages_.all(); }
    void set_language(const std::string& tag) override;
    bool has_two_views() const override;
    const std::string& view_mode() const override { return mirror_; }
    void set_view_mode(const std::string& mode) override;
    Turbo turbo() const override;
    void set_turbo(bool is_wanted) override;
    void present() override;
    core::io::Progress& progress() override { return progress_; }
    void progress_changed() override;
    const Keeper& keeper() const override { return keeper_; }
    void forget_progress() override;
    void move_to_wanted_place();

    Platform& platform_;
    ui::Context ui_;
    Languages languages_{platform_, ui_};
    std::string device_language_;
    core::io::UrlState address_;
    std::string theme_ = "system", mirror_ = "normal";
    /// What the device prefers.
    struct Device {
        bool is_dark = false, more_contrast = false, reduced_motion = false, has_turbo = false;
        std::optional<ui::Palette> forced;
    } device_;
    std::map<std::string, std::string> assets_;
    /// Said when they are drawn: the learner's language may arrive later than what there is to say.
    std::vector<core::Error> notes_;
    std::optional<core::Error> failure_;  ///< the page cannot go on

    Place place_;
    std::optional<Place> wanted_place_;
    std::map<std::string, std::unique_ptr<Screen>, std::less<>> screens_;  ///< made when first shown, by id
    std::map<std::string, labs::Content, std::less<>> contents_;           ///< of labs that are not open, by id
    std::set<std::string> asked_assets_;
    core::io::Progress progress_;
    core::io::Settings saved_settings_;  ///< as of the last change, to count revisions
    Keeper keeper_;
    uint32_t recorded_run_ = 0, coded_run_ = 0;

    const labs::LabEntry* lab_ = nullptr;
    bool is_leaving_ = false;  ///< for a lab of another volume: the page is about to be loaded again
    labs::Course course_;
    labs::Glossary glossary_;
    std::optional<labs::Services> services_;  ///< fetched when somebody wants to see it
    labs::Content content_;
    std::unique_ptr<labs::AnyView> view_;
    Runs runs_;
    int n_workers_ = 1;  ///< for one run
    Player player_;
    core::io::LabProgress class_lesson_;  ///< while presenting: what the class guesses is not the learner's record
    std::string open_term_;
    std::string written_address_;
    labs::Verdict verdict_;
    bool was_passed_ = false;
    bool show_settings_ = false;
    std::optional<labs::SavePicture> waiting_picture_;  ///< its y is of the document
    int frames_until_picture_ = 0;
    float challenge_top_ = 0;
    int frames_left_ = 2;
    bool send_everything_ = true;
    int64_t host_sequence_ = 0;
    float told_height_ = 0;
    std::string told_status_, told_theme_;
    json told_palette_;
    bool is_menu_open_ = false, is_presenting_ = false, told_presenting_ = false, wants_reset_ = false;
};

}  // namespace terrarium::app
