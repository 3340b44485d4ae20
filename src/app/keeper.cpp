#include "app/keeper.h"

#include <algorithm>
#include <utility>

#include "core/io/progress_merge.h"
#include "core/io/sha256.h"

namespace terrarium::app {
namespace {

constexpr std::string_view kLeaving = "leaving.", kQuarantine = "quarantine.";

/// Something that would hurt to lose, as opposed to having opened a page.
bool is_real(const core::io::Progress& progress) {
    return std::any_of(progress.labs.begin(), progress.labs.end(), [](const auto& entry) {
        const core::io::LabProgress& lab = entry.second;
        return lab.is_predicted || lab.is_run || lab.is_passed || !lab.items.empty();
    });
}

}  // namespace

void Keeper::start(std::string writer) {
    writer_ = std::move(writer);
    if (writer_.size() > core::io::kWriterLength) writer_.resize(core::io::kWriterLength);
    platform_.load_progress();
}

void Keeper::changed(const core::io::Progress& progress) {
    ++revision_;
    was_forgotten_ = false;
    if (is_read_only() || home_ == Home::Looking || home_ == Home::Session) return;
    platform_.save_progress();
    if (!has_asked_to_keep_ && is_real(progress)) {
        has_asked_to_keep_ = true;
        platform_.keep_progress();
    }
}

void Keeper::stored(const std::string& key, std::string bytes) {
    if (key == "0")
        slots_[0] = std::move(bytes);
    else if (key == "1")
        slots_[1] = std::move(bytes);
    else if (key.starts_with(kLeaving))
        left_.push_back({key, std::move(bytes)});
    else if (key.starts_with(kQuarantine))
        quarantined_.push_back({key, std::move(bytes)});
}

void Keeper::put_away(const std::string& bytes) {
    const std::string key = std::string(kQuarantine) + core::io::sha256_hex(bytes).substr(0, 16);
    const bool is_known =
        std::any_of(quarantined_.begin(), quarantined_.end(), [&](const Quarantined& one) { return one.key == key; });
    if (is_known) return;
    quarantined_.push_back({key, bytes});
    is_quarantine_new_ = true;
}

bool Keeper::load(core::io::Progress& progress) {
    core::io::SlotsRead found = core::io::read_slots(slots_);
    for (const std::string& bytes : found.damaged) put_away(bytes);
    if (found.is_newer_version) trouble_ = Trouble::Newer;
    if (found.newest) {
        seen_ = {found.newest->generation, found.newest->writer};
        progress = core::io::merge(progress, found.newest->progress);
    }
    for (const Quarantined& one : std::exchange(left_, {})) {
        auto record = core::io::read_record(one.bytes);
        if (!record && record.error().code == "progress.newer") {
            trouble_ = Trouble::Newer;
            continue;
        }
        if (record)
            progress = core::io::merge(progress, record.value().progress);
        else
            put_away(one.bytes);
        taken_in_.push_back(one.key);
        ++revision_;
    }
    return true;
}

void Keeper::leave(const core::io::Progress& progress) {
    if (is_read_only() || is_saved()) return;
    const auto bytes = core::io::write_record({seen_.generation + 1, writer_, progress});
    if (!bytes) return;
    // If the page lives on after all, its next save contains this and removes it.
    taken_in_.push_back(std::string(kLeaving) + writer_ + "." + std::to_string(++n_left_));
    platform_.put_stored(taken_in_.back(), bytes.value());
}

bool Keeper::write(core::io::Progress& progress) {
    writing_.reset();
    if (is_read_only()) return false;
    auto plan = core::io::plan_save(slots_, progress, writer_, seen_);
    if (!plan) {
        trouble_ = plan.error().code == "progress.newer" ? Trouble::Newer : Trouble::Failed;
        return false;
    }
    core::io::SavePlan save = std::move(plan).value();
    for (const std::string& bytes : save.quarantine) put_away(bytes);
    for (const Quarantined& one : quarantined_) platform_.put_stored(one.key, one.bytes);
    for (const std::string& key : taken_in_) platform_.put_stored(key, {});
    n_removed_ = taken_in_.size();
    platform_.put_stored(std::to_string(save.slot), save.bytes);
    writing_ = core::io::SeenRecord{save.record.generation, save.record.writer};
    in_writing_ = revision_;
    if (!save.has_merged) return false;
    is_open_elsewhere_ = is_open_elsewhere_ || save.merged_writer != writer_;
    progress = std::move(save.record.progress);
    return true;
}

bool Keeper::event(const json& event, core::io::Progress& progress) {
    const std::string what = event.value("what", std::string());
    if (what == "loaded") {
        const std::string home = event.value("home", std::string());
        home_ = home == "browser" ? Home::Browser : home == "host" ? Home::Host : Home::Session;
        const bool has_more = home_ != Home::Session && load(progress);
        if (revision_ > acknowledged_) changed(progress);  // made while we were still looking
        return has_more;
    }
    if (what == "write") return write(progress);
    if (what == "leave") leave(progress);
    if (what == "saved" && writing_) {
        seen_ = *std::exchange(writing_, std::nullopt);
        acknowledged_ = in_writing_;
        taken_in_.erase(taken_in_.begin(),
                        taken_in_.begin() + static_cast<std::ptrdiff_t>(std::exchange(n_removed_, 0)));
        if (!is_read_only()) trouble_ = Trouble::None;
    } else if (what == "failed" && !is_read_only()) {
        trouble_ = event.value("reason", std::string()) == "full" ? Trouble::Full : Trouble::Failed;
    } else if (what == "cleared") {
        ++revision_;  // the next change saves everything; not this: whoever cleared it may have meant to
        seen_ = {};
    } else if (what == "outdated") {
        trouble_ = Trouble::Outdated;
    } else if (what == "forgotten_elsewhere") {
        trouble_ = Trouble::Forgotten;
        progress = {};
        return true;
    }
    return false;
}

void Keeper::forget(core::io::Progress& progress) {
    progress = {};
    quarantined_.clear();
    left_.clear();
    taken_in_.clear();
    n_removed_ = 0;
    slots_ = {};
    seen_ = {};
    writing_.reset();
    acknowledged_ = revision_;
    if (!is_read_only()) trouble_ = Trouble::None;
    is_open_elsewhere_ = is_quarantine_new_ = false;
    was_forgotten_ = true;
    platform_.forget_progress();
}

}  // namespace terrarium::app
