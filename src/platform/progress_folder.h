// Where the desktop program keeps the learner's progress: a folder of the person's own, with one file for each value of
// the browser's store (two slots in turn, and bytes that could not be read). The records are the same, byte for byte.
//
// A file is written under another name, pushed to the disk, and then renamed over the old one: whenever the power goes,
// each slot is whole, old or new. A lock makes reading and writing one step, also for two windows.

#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/io/progress_record.h"

namespace terrarium::platform {

class ProgressFolder {
public:
    using Value = std::pair<std::string, std::string>;  ///< key and bytes; without bytes the key is removed
    enum class Outcome {
        Written,
        Nothing,    ///< the program had nothing to write
        Full,       ///< no room on the disk, or beyond the person's share of it
        Failed,     ///< some other error of the disk
        Forgotten,  ///< what was there has been deleted by another window
    };

    explicit ProgressFolder(std::string path) : path_(std::move(path)) {}

    /// Whether something can be kept there, found out by trying.
    bool is_usable() const;
    /// Everything that is kept: slots "0" and "1", and others.
    std::vector<Value> read_all();
    /// Reads both slots, lets the program decide what is to be written, and writes it: all of it or, at an error, at
    /// most the values before it. Order counts: what is to be put away comes before the slot that it stood in.
    Outcome transact(const std::function<std::vector<Value>(const core::io::Slots&)>& decide);
    /// Removes everything that this program keeps there.
    void forget();

private:
    std::string path_;
    bool had_something_ = false;
};

}  // namespace terrarium::platform
