// What the tests of labs, shell and widgets share: the shipped content, a page without a browser, and ways to act on
// it.
//
// A test acts by key, role or name, as people and screen readers do; nothing here reaches into the app. The worker is
// the inline channel, so a run advances only while frames are drawn, by a clock that counts its own questions.

#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/app.h"
#include "labs/content.h"
#include "labs/lab.h"
#include "worker/channel.h"

namespace terrarium::tests {

using nlohmann::json;

inline constexpr std::string_view kPretraining = "m2.pretraining";

// ---- content -------------------------------------------------------------------------------------------------------

/// Bytes of a file of the sources ("content/course.json"); throws when it is not there.
std::string source_file(const std::string& path);
/// Bytes of "inter-regular.otf" and its like.
std::string font_file(const std::string& name);

labs::Content lab_content(std::string_view lab_id = kPretraining);
/// The built-in texts of a lab by artefact name, each cut to its first `max_bytes` (at a line end).
labs::Artefacts lab_corpora(const labs::Content& content, size_t max_bytes = 1'000'000);
const labs::LabEntry& lab_entry(std::string_view lab_id = kPretraining);
/// The content's defaults with these changes, through the lab's own reader; throws its sentence when it refuses.
json lab_config(const labs::Content& content, const json& changes);

/// The whole text up to the last line end within `max_bytes`.
std::string cut_at_line(const std::string& text, size_t max_bytes);

// ---- a page without a browser --------------------------------------------------------------------------------------

/// Stands in for the browser: remembers what the app sent, answers assets from the disk.
class FakePlatform final : public app::Platform {
public:
    FakePlatform();

    double now_ms() override { return 0; }
    void request_asset(const std::string& name) override { wanted_assets.push_back(name); }
    worker::Channel* channel(int index) override;
    void send_twin(const json& message) override { twins.push_back(message); }
    void set_address(const std::string& fragment) override { addresses.push_back(fragment); }
    std::string address() override { return "https://lab.example/"; }
    void open_link(const std::string& url) override { links.push_back(url); }
    void open_page(const std::string& name) override { pages.push_back(name); }
    void print() override { ++times_printed; }
    void save_file(const std::string& name, const std::string& mime, const std::string& bytes) override;
    void save_picture(const std::string& name, const ui::Rect& viewport_rect) override;
    void copy_text(const std::string& words) override { copied.push_back(words); }
    void pick_file(const std::string& key, int64_t) override { picked.push_back(key); }
    void set_mirror(const std::string& mode) override { mirrors.push_back(mode); }
    void set_theme(const std::string& name) override { themes.push_back(name); }
    void scroll_to(float y) override { scrolls.push_back(y); }
    ui::NumberSigns number_signs(const std::string& tag) override {
        number_tags.push_back(tag);
        const auto found = numbers.find(tag);
        return found == numbers.end() ? ui::NumberSigns{} : found->second;
    }
    void tell_host(const json& message) override { told.push_back(message); }
    void load_progress() override { ++loads; }
    void save_progress() override { ++saves; }
    void forget_progress() override { store.clear(); }
    void keep_progress() override { ++keeps; }
    void put_stored(const std::string& key, const std::string& bytes) override { put[key] = bytes; }

    struct Saved {
        std::string name, mime, bytes;
    };
    struct Asset {
        std::string bytes;
        int status = 200;
    };

    std::map<std::string, Asset> assets;  ///< answers that differ from the disk
    size_t max_corpus_bytes = 8000;       ///< built-in texts are cut to this, to keep tests fast
    bool has_workers = true;
    double budget_ms = 40;  ///< of one poll, in questions to the clock
    std::vector<std::string> wanted_assets;
    std::vector<json> twins, told;
    std::map<std::string, ui::NumberSigns> numbers;  ///< languages that write numbers unlike English
    std::vector<std::string> number_tags;
    std::vector<std::string> addresses, links, pages, copied, picked, mirrors, themes;
    int times_printed = 0;
    std::vector<Saved> saved;
    std::vector<std::pair<std::string, ui::Rect>> pictures;
    std::vector<float> scrolls;

    std::map<std::string, std::string> store;  ///< what the browser keeps, by key
    std::map<std::string, std::string> put;    ///< of the transaction that is open
    std::string store_home = "browser";        ///< browser | session
    int loads = 0, saves = 0, keeps = 0;       ///< asked for and not answered; LabPage answers

    /// All workers end; the next one that is asked for is new.
    void lose_workers() { channels_.clear(); }
    Asset answer(const std::string& name) const;

private:
    std::vector<std::unique_ptr<worker::Channel>> channels_;
};

/// The app on a page of its own. Draws frames only when asked to.
class LabPage {
public:
    /// facts are merged over {width 1280, height 800, has_dom, ...}; before_start may prepare the platform.
    explicit LabPage(const json& facts = json::object(), const std::function<void(FakePlatform&)>& before_start = {});
    ~LabPage();

    void event(const json& event);
    /// Loads and saves what was asked for, as web/store.js does it.
    void keep_progress();
    /// Delivers what was asked for, then draws one frame. Returns what the app answers: ms until the next one.
    double frame();
    /// Draws frames until the app wants no more, at most `max_frames`.
    void settle(int max_frames = 60);
    /// Draws frames until `is_done`; false when it did not come true within `max_frames`.
    bool run_until(const std::function<bool()>& is_done, int max_frames = 3000);

    const std::deque<ui::Node>& nodes() { return app->ui_context().twin.nodes(); }
    const ui::Node* find(std::string_view key) { return app->ui_context().twin.find(key); }
    bool has(std::string_view key) { return find(key) != nullptr; }
    /// The node with this key; throws a sentence when it is not on the page.
    const ui::Node& node(std::string_view key);
    const ui::Node& node_named(std::string_view role, std::string_view name);
    std::string name_of(std::string_view key) { return node(key).properties.value("n", std::string()); }
    bool is_enabled(std::string_view key) { return !node(key).properties.value("disabled", false); }
    /// Words of every node, for "the page says ...".
    bool says(std::string_view words);

    /// What the twin's element sends back, followed by frames until it is quiet.
    void act(std::string_view key, std::string_view kind, const json& value = nullptr);
    void click(std::string_view key) { act(key, "click"); }
    void set(std::string_view key, const json& value) { act(key, "set", value); }
    /// A real press of the pointer in the middle of a node, scrolled into view first.
    void click_with_pointer(std::string_view key);
    void move_pointer(float x, float y);

    /// Opens what is folded away at the start.
    void show_all_settings();
    /// Answers both predictions and locks them in.
    void predict();
    /// Trains to the end, or until `is_done`.
    bool train(const std::function<bool()>& is_done = {});
    labs::Status status() { return app->view()->status(); }

    FakePlatform platform;
    std::unique_ptr<app::App> app;
};

/// The address of a run that is over at once: one layer, width 8.
std::string tiny_address(const std::string& more = "");

/// Only widgets, drawn by a function of the test's own.
class WidgetPage {
public:
    explicit WidgetPage(std::function<void()> draw, float width = 900);
    WidgetPage(const WidgetPage&) = delete;
    WidgetPage& operator=(const WidgetPage&) = delete;

    json frame();
    void act(std::string_view key, std::string_view kind, const json& value = nullptr);
    void click(std::string_view key) { act(key, "click"); }
    void click_with_pointer(std::string_view key);
    /// Presses at one fraction of the node's width, moves to another, releases.
    void drag(std::string_view key, float from, float to);
    const ui::Node& node(std::string_view key);

    ui::Context context;

private:
    void pointer(float x, float y);
    std::function<void()> draw_;
};

}  // namespace terrarium::tests
