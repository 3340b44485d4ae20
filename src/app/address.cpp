// The address says what is on screen, and opens it again.

#include "app/app.h"
#include "ui/messages.h"

namespace terrarium::app {
namespace {

constexpr const char* kFirstLab = "m2.pretraining";
constexpr const char* kGallery = "ui.gallery";  ///< not a lab, but reached like one

}  // namespace

void App::take_address(const std::string& fragment) {
    address_ = core::io::parse_url(fragment);
    written_address_ = fragment;
    notes_.clear();
    for (const core::Message& note : address_.notes) remark(note);
    theme_ = address_.theme;
    mirror_ = address_.mirror;
    ui_.hidden = {address_.hide.begin(), address_.hide.end()};
    ui_.locked = {address_.lock.begin(), address_.lock.end()};
    take_language();
    set_presenting(address_.present);
    place_ = {.page = address_.page, .item = address_.item, .lab = {}};
    if (address_.lab == kGallery) place_.page = "gallery";
    if (!place_.page.empty() && find_screen(place_.page) == nullptr) {
        remark(core::Message("There is no page called {0} in this version; the lab is shown instead.", {place_.page}));
        place_ = {};
    }
    const std::string wanted = address_.lab.empty() || address_.lab == kGallery ? kFirstLab : address_.lab;
    const labs::LabEntry* found = labs::find_lab(wanted);
    if (found == nullptr && course_.has_lab(wanted)) {
        // It lies in another volume of the page: the browser loads that one when it sees the address.
        is_leaving_ = true;
        platform_.set_address(fragment);
        return;
    }
    if (found == nullptr) {
        remark(core::Message("There is no lab called {0} in this version; the first one opened instead.", {wanted}));
        found = labs::find_lab(kFirstLab);
        if (found == nullptr) found = labs::all_labs().front();
    }
    const bool is_other = found != lab_ && lab_ != nullptr;
    lab_ = found;
    if (is_other) {
        view_.reset();
        runs_.leave();
        platform_.request_asset(lab_file(lab_->id));
    } else if (view_) {
        apply_address_to_lab();
    }
    send_everything_ = true;
}

void App::apply_address_to_lab() {
    std::vector<core::Error> notes;
    json overrides = core::io::parameters_as_json(address_);
    if (address_.seed) overrides["seed"] = std::to_string(*address_.seed);
    const auto config = lab_->read_config(overrides, content_, true, notes);
    notes_.insert(notes_.end(), notes.begin(), notes.end());
    if (!config) {
        failure_ = config.error();
        view_.reset();
        return;
    }
    view_->set_config(config.value());
    for (const std::string& name : lab_->artefacts_of(config.value())) {
        for (const labs::CorpusInfo& corpus : content_.corpora) {
            if (name == "corpus:" + corpus.id) platform_.request_asset("content/" + corpus.file);
        }
        if (name.starts_with("artefact:")) {
            remark(core::Message(
                "This link was made with a text of its author's own. Open that file again under “Text”."));
        }
    }
}

std::string App::share_link() const {
    core::io::UrlState state = address_;
    state.notes.clear();
    state.parameters.clear();
    state.lab = std::string(lab_->id);
    state.page = place_.page;
    state.item = place_.item;
    state.theme = theme_;
    state.present = is_presenting_;
    state.mirror = ui_.env.has_canvas ? mirror_ : "normal";
    std::vector<core::Error> notes;
    const auto defaults = lab_->read_config(json::object(), content_, false, notes);
    const json config = view_->config();
    for (const auto& [name, value] : config.items()) {
        if (defaults && defaults.value().value(name, json()) == value) continue;
        if (name == "seed") continue;
        core::io::set_parameter(state, name, value.is_string() ? value.get<std::string>() : value.dump());
    }
    state.seed = config.value("seed", uint64_t{0});
    return core::io::format_url(state);
}

void App::update_address() {
    const std::string now = share_link();
    if (now == written_address_ || is_leaving_) return;
    written_address_ = now;
    platform_.set_address(now);
}

}  // namespace terrarium::app
