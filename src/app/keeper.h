// Keeps the learner's progress: what is saved where, what is not saved yet, and what went wrong with it.
//
// The page (web/store.js) moves bytes; every decision is made here and in core/io/progress_record.h. One save is one
// transaction: the page reads both slots, hands them over (stored()), asks for the writing (`write`), puts what
// Platform::put_stored() was given, and reports `saved` only when the browser says that all of it is complete.
//
// A page that is being closed has no time to read first. It puts its record beside the slots, under a name that nobody
// else uses (event `leave`); who loads next takes that in like another tab's save, and removes it with the next save.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/platform.h"
#include "core/io/progress.h"
#include "core/io/progress_record.h"

namespace terrarium::app {

class Keeper {
public:
    enum class Home {
        Looking,  ///< not known yet
        Browser,  ///< this browser's database for this page
        Host,     ///< the course page around us
        Session,  ///< nowhere: gone when the page is closed
    };
    enum class Trouble {
        None,
        Full,       ///< the browser has no room; tried again every ten seconds
        Failed,     ///< some other error; tried again, too
        Newer,      ///< a newer version's record is there: read only
        Outdated,   ///< a newer version runs in another tab: read only
        Forgotten,  ///< deleted in another tab: read only
    };
    /// Bytes that are no readable record, kept for the learner.
    struct Quarantined {
        std::string key, bytes;
    };

    explicit Keeper(Platform& platform) : platform_(platform) {}

    void start(std::string writer);  ///< asks for what was saved
    /// Something of `progress` is new: it is saved within a second.
    void changed(const core::io::Progress& progress);
    /// Bytes of the store: slot "0" or "1", "quarantine.*" or "leaving.*".
    void stored(const std::string& key, std::string bytes);
    /// An event {t: "store", what, ...}. True when `progress` has more than before.
    bool event(const json& event, core::io::Progress& progress);
    void forget(core::io::Progress& progress);

    Home home() const { return home_; }
    Trouble trouble() const { return trouble_; }
    bool is_saved() const { return acknowledged_ == revision_; }
    bool is_read_only() const { return trouble_ >= Trouble::Newer; }
    bool is_open_elsewhere() const { return is_open_elsewhere_; }
    bool was_forgotten() const { return was_forgotten_; }
    const std::vector<Quarantined>& quarantined() const { return quarantined_; }
    /// Whether bytes were put away at this visit, rather than at an earlier one.
    bool is_quarantine_new() const { return is_quarantine_new_; }

private:
    bool load(core::io::Progress& progress);
    bool write(core::io::Progress& progress);
    void leave(const core::io::Progress& progress);
    void put_away(const std::string& bytes);

    Platform& platform_;
    std::string writer_;
    core::io::Slots slots_;
    core::io::SeenRecord seen_;
    std::optional<core::io::SeenRecord> writing_;  ///< handed to the browser, not yet complete
    int64_t revision_ = 0, in_writing_ = 0, acknowledged_ = 0;
    Home home_ = Home::Looking;
    Trouble trouble_ = Trouble::None;
    bool is_open_elsewhere_ = false, has_asked_to_keep_ = false, was_forgotten_ = false, is_quarantine_new_ = false;
    std::vector<Quarantined> quarantined_, left_;  ///< left_: by pages that were closed
    std::vector<std::string> taken_in_;            ///< keys of those that the next save removes
    size_t n_removed_ = 0;                         ///< of them, by the save under way
    int n_left_ = 0;
};

}  // namespace terrarium::app
