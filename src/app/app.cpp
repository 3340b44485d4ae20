#include "app/app.h"

#include <algorithm>
#include <array>

#include "app/replayer.h"
#include "core/io/text_door.h"
#include "labs/content_words.h"
#include "labs/replay.h"
#include "labs/text_config.h"
#include "ui/messages.h"

namespace terrarium::app {
namespace {

constexpr int kFramesForScrolling = 20;  ///< so many may pass until what was scrolled to stands there
constexpr int64_t kMaxTextBytes = 1'048'576;
constexpr std::array kFonts = {"fonts/inter-regular.otf", "fonts/inter-semibold.otf", "fonts/mono.ttf"};
const std::string kCourse = "content/course.json";
const std::string kGlossary = "content/glossary.json";
const std::string kServices = "content/services.json";

void translate(std::string& words) { words = ui::is_translated(words) ? ui::tr(words) : ui::localized_sentence(words); }

}  // namespace

std::string App::lab_file(std::string_view lab_id) { return "content/" + labs::content_path(lab_id); }

const labs::Services* App::services() {
    if (services_ || player_.tab() != "about") return services_ ? &*services_ : nullptr;
    const std::string* const bytes = asset(kServices);
    if (bytes == nullptr) return nullptr;
    auto read = labs::read_services(*bytes, kServices);
    services_ = read ? std::move(read).value() : labs::Services();
    labs::for_each_word(*services_, &translate);
    return &*services_;
}

App::App(Platform& platform) : platform_(platform), keeper_(platform) {}

// ---- events --------------------------------------------------------------------------------------------------------

void App::start(const json& facts) {
    ui_.env.width = facts.value("width", ui_.env.width);
    ui_.env.height = facts.value("height", ui_.env.height);
    ui_.env.dpr = facts.value("dpr", 1.0f);
    ui_.env.has_dom = facts.value("has_dom", true);
    ui_.env.has_canvas = facts.value("webgl", true);
    n_workers_ = std::max(1, facts.value("workers", 1));
    device_.has_turbo = facts.value("turbo", false);
    device_language_ = facts.value("lang", std::string());
    take_preferences(facts);
    take_address(facts.value("hash", std::string()));
    if (!ui_.env.has_canvas) mirror_ = "visible";
    keeper_.start(facts.value("writer", std::string("terrarium")));
    for (const char* font : kFonts) platform_.request_asset(font);
    for (const std::string& name : {kCourse, kGlossary, lab_file(lab_->id)}) platform_.request_asset(name);
}

void App::take_language() {
    const std::string& chosen = progress_.settings.language;
    languages_.want(!address_.lang.empty() ? address_.lang : !chosen.empty() ? chosen : device_language_);
    if (languages_.take_change()) adopt_language();
}

core::Result<labs::Content> App::read_words(std::string_view lab_id) const {
    const std::string file = lab_file(lab_id);
    auto content = labs::read_content(assets_.at(file), file);
    if (!content) return content.error();
    labs::Content words = std::move(content).value();
    labs::for_each_word(words, &translate);
    return words;
}

void App::adopt_language() {
    send_everything_ = true;
    ui_.frames_wanted = std::max(ui_.frames_wanted, 2);
    contents_.clear();
    services_.reset();
    if (!view_) return;
    // Read before, so without mistakes; in place, because the view of the lab refers to it.
    content_ = read_words(lab_->id).value();
    course_ = labs::read_course(assets_[kCourse], kCourse).value();
    glossary_ = labs::read_glossary(assets_[kGlossary], kGlossary).value();
    labs::for_each_word(course_, &translate);
    labs::for_each_word(glossary_, &translate);
}

void App::asset(const std::string& name, std::string bytes, int status) {
    frames_left_ = std::max(frames_left_, 2);
    if (languages_.asset(name, bytes, status)) return;
    if (status != 200 && name.starts_with("fonts/") && name != kFonts[0]) {
        remark(
            core::Message("A font could not be loaded ({0}), so the letters look plainer than they should.", {bytes}));
        assets_[name].clear();
        return;
    }
    if (status != 200 && view_) {
        remark(core::Message("The file {0} could not be loaded: {1} Check the connection, then press Train again.",
                             {name, bytes}));
        return;
    }
    if (status != 200) {
        failure_ =
            core::Error{"", "",
                        core::Message("The file {0} could not be loaded: {1} Check the connection and reload the page.",
                                      {name, bytes}),
                        ""};
        return;
    }
    assets_[name] = std::move(bytes);
    if (!name.starts_with("fonts/")) open_lab_when_ready();
}

void App::open_lab_when_ready() {
    const std::string file = lab_file(lab_->id);
    if (view_ || !assets_.contains(kCourse) || !assets_.contains(kGlossary) || !assets_.contains(file)) return;
    auto course = labs::read_course(assets_[kCourse], kCourse);
    auto glossary = labs::read_glossary(assets_[kGlossary], kGlossary);
    auto content = read_words(lab_->id);
    for (const core::Error* error : {course ? nullptr : &course.error(), glossary ? nullptr : &glossary.error(),
                                     content ? nullptr : &content.error()}) {
        if (error == nullptr) continue;
        failure_ = *error;
        return;
    }
    course_ = std::move(course).value();
    glossary_ = std::move(glossary).value();
    labs::for_each_word(course_, &translate);
    labs::for_each_word(glossary_, &translate);
    content_ = std::move(content).value();
    view_ = lab_->make_view(content_);
    platform_.channel(first_worker());  // starts while the learner reads
    player_.open(content_);
    recorded_run_ = coded_run_ = 0;
    if (core::io::LabProgress& lab = progress_.labs[std::string(lab_->id)]; !lab.is_opened) {
        lab.is_opened = true;
        progress_changed();
    }
    was_passed_ = false;
    apply_address_to_lab();
    if (view_) platform_.tell_host({{"type", "ready"}, {"lab", lab_->id}});
}

void App::file(const std::string& key, const std::string& name, std::string bytes, int status) {
    frames_left_ = std::max(frames_left_, 2);
    if (!place_.page.empty() && key.starts_with(place_.page + ".") && screens_.contains(place_.page)) {
        return screens_[place_.page]->receive_file(*this, key, name, bytes, status);
    }
    if (!view_) return;
    if (status != 200) return view_->receive_text(key, "", bytes);
    const auto text =
        core::io::read_own_text(bytes, name, {.min_characters = labs::kMinOwnCharacters, .max_bytes = kMaxTextBytes});
    if (!text) return view_->receive_text(key, "", ui::tr(text.error().message.then(text.error().next_step)));
    core::Message note;
    for (const core::Message& one : text.value().notes) note = note.then(one);
    view_->receive_text(key, text.value().utf8, ui::tr(note));
}

// ---- run -----------------------------------------------------------------------------------------------------------

labs::Artefacts App::artefacts_for(const json& config) const {
    labs::Artefacts artefacts = view_->own_artefacts();
    for (const std::string& name : lab_->artefacts_of(config)) {
        for (const labs::CorpusInfo& corpus : content_.corpora) {
            const auto found = assets_.find("content/" + corpus.file);
            if (name == "corpus:" + corpus.id && found != assets_.end()) artefacts[name] = found->second;
        }
    }
    return artefacts;
}

bool App::may_start() const { return player_.has_predicted() || ui_.hidden.contains("predict") || is_presenting_; }

void App::start_run() {
    const json config = view_->config();
    const labs::Artefacts artefacts = artefacts_for(config);
    for (const std::string& name : lab_->artefacts_of(config)) {
        if (artefacts.contains(name)) continue;
        if (!name.starts_with("corpus:"))
            return ui_.twin.say(ui::tr("Open the text first: it is not on this device yet."));
        for (const labs::CorpusInfo& corpus : content_.corpora) {
            if (name == "corpus:" + corpus.id) platform_.request_asset("content/" + corpus.file);
        }
        ui_.twin.say(ui::tr("The text is still loading. Try again in a moment."));
        return;
    }
    view_->clear();
    was_passed_ = false;
    told_status_.clear();
    runs_.start(*lab_, config, artefacts, workers_for(*lab_));
    if (player_.tab() == "predict") player_.show("run");
    ui_.twin.say(ui::tr("Training started."));
}

/// One worker, or for a sweep as many as the machine has room for. Number 1 belongs to replays, which are never turbo.
Runs::Workers App::workers_for(const labs::LabEntry& lab) {
    const int first = first_worker();
    Runs::Workers workers{{first, platform_.channel(first)}};
    while (std::ssize(workers) < std::min(lab.max_parts, n_workers_)) {
        const int index = first + Replayer::kWorker + static_cast<int>(workers.size());
        workers.push_back({index, platform_.channel(index)});
    }
    return workers;
}

void App::save_waiting_picture() {
    if (!waiting_picture_) return;
    const labs::SavePicture& it = *waiting_picture_;
    const ui::Rect rect{it.x, it.y - ui_.env.scroll_y, it.width, it.height};
    // Only what is on screen has pixels: a plot that its button was scrolled away from comes back into sight first.
    const bool is_in_sight = rect.y >= 0 && rect.y + rect.height <= ui_.env.height;
    if (is_in_sight || frames_until_picture_ == 0) {
        platform_.save_picture(it.name, rect);
        waiting_picture_.reset();
        return;
    }
    if (frames_until_picture_-- == kFramesForScrolling) platform_.scroll_to(std::max(0.0f, it.y - 16));
    ui_.frames_wanted = std::max(ui_.frames_wanted, 1);
}

void App::apply(const labs::Intents& intents) {
    for (const labs::Intent& intent : intents) {
        if (std::holds_alternative<labs::Start>(intent)) {
            if (may_start()) start_run();
        } else if (const auto* pick = std::get_if<labs::OpenFile>(&intent)) {
            platform_.pick_file(pick->key, kMaxTextBytes);
        } else if (const auto* own = std::get_if<labs::UseText>(&intent)) {
            file(own->key, ui::tr("Your text"), own->words, 200);
        } else if (const auto* save = std::get_if<labs::SaveFile>(&intent)) {
            platform_.save_file(save->name, save->mime, save->bytes);
        } else if (const auto* picture = std::get_if<labs::SavePicture>(&intent)) {
            waiting_picture_ = *picture;
            waiting_picture_->y += ui_.env.scroll_y;
            frames_until_picture_ = kFramesForScrolling;
        } else {
            runs_.send(intent);
        }
    }
}

// ---- frame ---------------------------------------------------------------------------------------------------------

double App::frame() {
    if (ui_.fonts.regular == nullptr) {
        for (const char* font : kFonts) {
            if (!assets_.contains(font)) return -1;  // nothing is drawn in the wrong letters
        }
        ui_.load_fonts(assets_[kFonts[0]], assets_[kFonts[1]], assets_[kFonts[2]]);
    }
    if (view_ && runs_.poll(*view_)) frames_left_ = std::max(frames_left_, 1);
    take_settings();
    ui_.frames_wanted = 0;
    take_language();
    take_keys();
    if (std::exchange(wants_reset_, false)) reset_lab();
    ui_.begin_frame();
    draw_page();
    if (is_presenting_ && ui_.take_key("Escape")) stop_presenting();
    save_waiting_picture();
    json twin = ui_.end_frame(send_everything_);
    record_progress();
    move_to_wanted_place();
    if (!ui_.wanted_link.empty()) platform_.open_link(std::exchange(ui_.wanted_link, {}));
    if (const std::string theme = ui_.env.is_dark ? "dark" : "light"; theme != told_theme_) {
        told_theme_ = theme;
        platform_.set_theme(theme);
    }
    if (json palette = palette_for_page(); send_everything_ || palette != told_palette_) {
        twin["colors"] = palette;
        told_palette_ = std::move(palette);
    }
    if (is_presenting_ != told_presenting_) {
        told_presenting_ = is_presenting_;
        twin["keys"] = is_presenting_ ? json{"PageDown", "PageUp", "ArrowLeft", "ArrowRight"} : json::array();
    }
    if (send_everything_) {
        platform_.set_mirror(mirror_);
        twin["title"] = view_ ? content_.title + " · Terrarium" : "Terrarium";
        twin["lang"] = ui_.locale.pseudo == ui::Pseudo::None ? ui_.locale.tag : "en-" + ui_.locale.tag;
        twin["dir"] = ui_.locale.is_right_to_left ? "rtl" : "ltr";
    }
    send_everything_ = false;
    if (!twin.is_null()) platform_.send_twin(twin);
    if (view_) update_address();
    report_to_host();
    if (frames_left_ > 0) --frames_left_;
    return ui_.frames_wanted > 0 || frames_left_ > 0 || ui_.twin.has_waiting_actions() ? 0 : -1;
}

}  // namespace terrarium::app
