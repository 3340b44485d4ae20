// The record that holds a learner's progress in the browser, and the two places where it is kept.
//
//     offset  bytes
//          0      8  "TERRAPRG"
//          8      4  schema version (progress_json.h)
//         12      4  length of the payload
//         16      8  generation: counts saves; the higher is the newer, no clock decides
//         24     16  who wrote it: 16 characters, one name per open page
//         40         payload: JSON
//        end      4  CRC-32 of everything before it
//
// All numbers little endian. This frame never changes, so that every version can tell "damaged" from "newer than me".
// Two slots are written in turn (generation modulo 2): a save that is torn by a crash leaves the one before it whole.

#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/progress.h"
#include "core/support/result.h"

namespace terrarium::core::io {

inline constexpr size_t kMaxRecordBytes = 256 * 1024;
inline constexpr size_t kWriterLength = 16;

struct ProgressRecord {
    uint64_t generation = 0;
    std::string writer;  ///< at most kWriterLength characters
    Progress progress;
    bool operator==(const ProgressRecord&) const = default;
};

/// The bytes. A passport that does not fit loses its oldest steps; a record that is too large without one is refused
/// (progress.too_large).
[[nodiscard]] Result<std::string> write_record(const ProgressRecord& record);

/// Reads one record. Never throws. Codes: progress.damaged (frame, length or checksum), progress.newer (whole, but from
/// a newer version), and those of the JSON door and of fields.h (whole, but with values that cannot be).
[[nodiscard]] Result<ProgressRecord> read_record(std::string_view bytes);

/// What the two slots hold; an empty string is an empty slot.
using Slots = std::array<std::string, 2>;

struct SlotsRead {
    std::optional<ProgressRecord> newest;  ///< of those that can be read
    int newest_slot = -1;
    bool is_newer_version = false;     ///< one of them was written by a newer version: nothing may be written
    std::vector<std::string> damaged;  ///< bytes that are no record; they are kept elsewhere, never thrown away
};
[[nodiscard]] SlotsRead read_slots(const Slots& slots);

/// One save, decided inside the transaction that read `slots`.
struct SavePlan {
    int slot = 0;
    std::string bytes;
    ProgressRecord record;                ///< as written: what was in the slots is merged in
    std::vector<std::string> quarantine;  ///< to be kept before the slot is overwritten
    bool has_merged = false;              ///< somebody else had written since `seen`
    std::string merged_writer;            ///< who that was
};

/// Who wrote last, as far as this page knows.
struct SeenRecord {
    uint64_t generation = 0;
    std::string writer;
};

/// mine    in  what this page knows
/// seen    in  the record that this page loaded or wrote last; anything else in the slots is merged
/// Codes: progress.newer (a newer version's record is there), progress.too_large.
[[nodiscard]] Result<SavePlan> plan_save(const Slots& slots, const Progress& mine, const std::string& writer,
                                         const SeenRecord& seen);

}  // namespace terrarium::core::io
