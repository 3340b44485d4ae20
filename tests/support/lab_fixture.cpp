#include "support/lab_fixture.h"

#include <implot.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "ui/headless.h"

namespace terrarium::tests {
namespace {

/// Each question takes a millisecond: budgets and report intervals are counts of work, the same on every machine.
double counting_clock() {
    static double now_ms = 0;
    return now_ms += 1;
}

std::string whole_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("The test needs the file " + path + ".");
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

[[noreturn]] void no_such_node(const std::deque<ui::Node>& nodes, std::string_view key) {
    std::string words = "No node " + std::string(key) + " is on the page. There are:";
    for (const ui::Node& node : nodes) words += " " + node.key;
    throw std::runtime_error(words);
}

}  // namespace

// ---- content -------------------------------------------------------------------------------------------------------

std::string source_file(const std::string& path) { return whole_file(std::string(TERRARIUM_SOURCE_DIR) + "/" + path); }
std::string font_file(const std::string& name) { return whole_file(std::string(TERRARIUM_FONT_DIR) + "/" + name); }

std::string cut_at_line(const std::string& text, size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    const size_t end = text.rfind('\n', max_bytes - 1);
    return text.substr(0, end == std::string::npos ? max_bytes : end + 1);
}

labs::Content lab_content(std::string_view lab_id) {
    const std::string path = "content/" + labs::content_path(lab_id);
    auto content = labs::read_content(source_file(path), path);
    if (!content) throw std::runtime_error(content.error().place.english() + ": " + content.error().message.english());
    return std::move(content).value();
}

labs::Artefacts lab_corpora(const labs::Content& content, size_t max_bytes) {
    labs::Artefacts corpora;
    for (const labs::CorpusInfo& corpus : content.corpora) {
        corpora["corpus:" + corpus.id] = cut_at_line(source_file("content/" + corpus.file), max_bytes);
    }
    return corpora;
}

const labs::LabEntry& lab_entry(std::string_view lab_id) {
    const labs::LabEntry* lab = labs::find_lab(lab_id);
    if (lab == nullptr) throw std::runtime_error("There is no lab " + std::string(lab_id) + ".");
    return *lab;
}

json lab_config(const labs::Content& content, const json& changes) {
    std::vector<core::Error> notes;
    auto config = lab_entry(content.id).read_config(changes, content, false, notes);
    if (!config) throw std::runtime_error(config.error().place.english() + ": " + config.error().message.english());
    return config.value();
}

std::string tiny_address(const std::string& more) {
    return "#v=1&p.n_layers=1&p.width=8&p.n_heads=1&p.context=8&p.batch_size=2&p.max_steps=60" + more;
}

// ---- the platform --------------------------------------------------------------------------------------------------

FakePlatform::FakePlatform() = default;

worker::Channel* FakePlatform::channel(int index) {
    if (!has_workers) return nullptr;
    while (std::ssize(channels_) <= index) {
        channels_.push_back(worker::make_inline_channel([](std::string_view id) { return labs::find_lab(id); },
                                                        &counting_clock, budget_ms));
    }
    return channels_[static_cast<size_t>(index)].get();
}

void FakePlatform::save_file(const std::string& name, const std::string& mime, const std::string& bytes) {
    saved.push_back({name, mime, bytes});
}

void FakePlatform::save_picture(const std::string& name, const ui::Rect& viewport_rect) {
    pictures.emplace_back(name, viewport_rect);
}

FakePlatform::Asset FakePlatform::answer(const std::string& name) const {
    if (const auto given = assets.find(name); given != assets.end()) return given->second;
    if (name.starts_with("fonts/")) return {font_file(name.substr(6))};
    std::string bytes = source_file(name);
    if (name.ends_with(".txt")) bytes = cut_at_line(bytes, max_corpus_bytes);
    return {std::move(bytes)};
}

// ---- the page ------------------------------------------------------------------------------------------------------

LabPage::LabPage(const json& facts, const std::function<void(FakePlatform&)>& before_start) {
    if (before_start) before_start(platform);
    app = std::make_unique<app::App>(platform);
    ui::use_no_renderer();
    json all = {{"width", 1280}, {"height", 800}, {"dpr", 1}, {"has_dom", true}, {"webgl", true}, {"hash", ""}};
    all.update(facts);
    app->start(all);
    settle();
    if (has("shape.show") && !has("n_layers")) click("shape.show");  // all settings, as a curious learner has them
}

LabPage::~LabPage() = default;

void LabPage::event(const json& event) { app->event(event); }

void LabPage::keep_progress() {
    if (std::exchange(platform.loads, 0) > 0) {
        for (const auto& [key, bytes] : platform.store) app->stored(key, bytes);
        event({{"t", "store"}, {"what", "loaded"}, {"home", platform.store_home}});
    }
    if (std::exchange(platform.saves, 0) > 0) {
        for (const char* slot : {"0", "1"}) app->stored(slot, platform.store[slot]);
        platform.put.clear();
        event({{"t", "store"}, {"what", "write"}});
        for (const auto& [key, bytes] : platform.put) platform.store[key] = bytes;
        if (!platform.put.empty()) event({{"t", "store"}, {"what", "saved"}});
    }
}

double LabPage::frame() {
    keep_progress();
    for (const std::string& name : std::exchange(platform.wanted_assets, {})) {
        const FakePlatform::Asset asset = platform.answer(name);
        app->asset(name, asset.bytes, asset.status);
    }
    const double wait_ms = app->frame();
    ui::finish_textures_without_renderer();
    return platform.wanted_assets.empty() ? wait_ms : 0;
}

void LabPage::settle(int max_frames) {
    // As the page does it: one frame after an event, and more only while the app says so.
    for (int i = 0; i < max_frames; ++i) {
        if (frame() < 0) return;
    }
}

bool LabPage::run_until(const std::function<bool()>& is_done, int max_frames) {
    for (int i = 0; i < max_frames; ++i) {
        if (is_done()) return true;
        frame();
    }
    return is_done();
}

const ui::Node& LabPage::node(std::string_view key) {
    const ui::Node* found = find(key);
    if (found == nullptr) no_such_node(nodes(), key);
    return *found;
}

const ui::Node& LabPage::node_named(std::string_view role, std::string_view name) {
    for (const ui::Node& one : nodes()) {
        if (one.role == role && one.properties.value("n", std::string()) == name) return one;
    }
    no_such_node(nodes(), std::string(role) + " “" + std::string(name) + "”");
}

bool LabPage::says(std::string_view words) {
    for (const ui::Node& one : nodes()) {
        if (one.properties.value("n", std::string()).find(words) != std::string::npos) return true;
    }
    return false;
}

void LabPage::act(std::string_view key, std::string_view kind, const json& value) {
    event({{"t", "action"}, {"k", std::string(key)}, {"a", std::string(kind)}, {"v", value}});
    settle();
}

void LabPage::move_pointer(float x, float y) {
    event({{"t", "pointer"}, {"kind", "move"}, {"x", x}, {"y", y}, {"button", 0}, {"type", "mouse"}});
    settle();
}

void LabPage::click_with_pointer(std::string_view key) {
    const ui::Node& target = node(key);
    if (!target.is_fixed) {
        const float middle = target.rect.y + target.rect.height / 2;
        event({{"t", "scroll"}, {"x", 0}, {"y", std::max(0.0f, middle - app->ui_context().env.height / 2)}});
        settle();
    }
    const ui::Rect rect = node(key).rect;
    const float scrolled = node(key).is_fixed ? 0 : app->ui_context().env.scroll_y;
    const float x = rect.x + rect.width / 2;
    const float y = rect.y + rect.height / 2 - scrolled;
    for (const char* kind : {"move", "down", "up", "leave"}) {
        event({{"t", "pointer"}, {"kind", kind}, {"x", x}, {"y", y}, {"button", 0}, {"type", "mouse"}});
    }
    settle();
}

void LabPage::show_all_settings() {
    if (has("shape.show") && name_of("shape.show").starts_with("More")) click("shape.show");
}

void LabPage::predict() {
    click("predict.beats_bigram.much");
    click("predict.commit");
}

bool LabPage::train(const std::function<bool()>& is_done) {
    click("train");
    return run_until(is_done ? is_done : [this] { return app->runs()->has_run() && !app->runs()->info().is_active; });
}

// ---- widgets alone -------------------------------------------------------------------------------------------------

WidgetPage::WidgetPage(std::function<void()> draw, float width) : draw_(std::move(draw)) {
    ui::use_no_renderer();
    context.env.width = width;
    context.env.has_dom = true;
    context.load_fonts(font_file("inter-regular.otf"), font_file("inter-semibold.otf"), font_file("mono.ttf"));
    frame();
    frame();
}

json WidgetPage::frame() {
    context.begin_frame();
    draw_();
    json message = context.end_frame(false);
    ui::finish_textures_without_renderer();
    return message;
}

const ui::Node& WidgetPage::node(std::string_view key) {
    const ui::Node* found = context.twin.find(key);
    if (found == nullptr) no_such_node(context.twin.nodes(), key);
    return *found;
}

void WidgetPage::act(std::string_view key, std::string_view kind, const json& value) {
    context.twin.queue(std::string(key), {std::string(kind), value});
    frame();
    frame();
}

void WidgetPage::pointer(float x, float y) {
    ImGui::GetIO().AddMousePosEvent(x, y);
    frame();
}

void WidgetPage::click_with_pointer(std::string_view key) { drag(key, 0.5f, 0.5f); }

void WidgetPage::drag(std::string_view key, float from, float to) {
    const ui::Rect rect = node(key).rect;
    const float y = rect.y + rect.height / 2 - (node(key).is_fixed ? 0 : context.env.scroll_y);
    pointer(rect.x + rect.width * from, y);
    ImGui::GetIO().AddMouseButtonEvent(0, true);
    frame();
    if (to != from) pointer(rect.x + rect.width * to, y);
    ImGui::GetIO().AddMouseButtonEvent(0, false);
    frame();
    pointer(-1000, -1000);
    frame();
}

}  // namespace terrarium::tests
