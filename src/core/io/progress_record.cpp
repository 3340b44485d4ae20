#include "core/io/progress_record.h"

#include <algorithm>

#include "core/io/crc32.h"
#include "core/io/json_door.h"
#include "core/io/progress_json.h"
#include "core/io/progress_merge.h"

namespace terrarium::core::io {
namespace {

constexpr std::string_view kMagic = "TERRAPRG";
constexpr size_t kHeaderBytes = 40, kCrcBytes = 4;
constexpr uint64_t kMaxGeneration = uint64_t{1} << 62;  // so that counting on never wraps
constexpr const char* kName = tr_later("your saved progress");

void put(std::string& out, uint64_t value, int n_bytes) {
    for (int i = 0; i < n_bytes; ++i) out += static_cast<char>(value >> 8 * i & 255u);
}

uint64_t number_at(std::string_view bytes, size_t offset, int n_bytes) {
    uint64_t value = 0;
    for (int i = n_bytes - 1; i >= 0; --i)
        value = value << 8 | static_cast<uint8_t>(bytes[offset + static_cast<size_t>(i)]);
    return value;
}

Error damaged(const char* message) {
    return {"progress.damaged", kName, message, "Download the bytes, or import an exported file."};
}

bool is_writer(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

Result<std::string> write_record(const ProgressRecord& record) {
    TERRARIUM_CHECK(record.writer.size() <= kWriterLength && is_writer(record.writer),
                    "A writer's name has 16 letters.");
    Progress progress = record.progress;
    std::string payload;
    while (true) {
        payload = progress_to_json(progress).dump();
        if (payload.size() + kHeaderBytes + kCrcBytes <= kMaxRecordBytes) break;
        if (progress.passport.empty()) {
            return Error{"progress.too_large", kName, "There is more progress than one record can hold.",
                         "Export it to a file, and tell us."};
        }
        progress.passport.erase(progress.passport.begin());
    }
    std::string bytes(kMagic);
    put(bytes, kProgressSchema, 4);
    put(bytes, payload.size(), 4);
    put(bytes, record.generation, 8);
    bytes += record.writer;
    bytes.append(kWriterLength - record.writer.size(), ' ');
    bytes += payload;
    put(bytes, crc32(bytes), 4);
    return bytes;
}

Result<ProgressRecord> read_record(std::string_view bytes) {
    if (bytes.size() < kHeaderBytes + kCrcBytes || bytes.size() > kMaxRecordBytes || !bytes.starts_with(kMagic)) {
        return damaged(tr_later("The saved bytes are no progress record."));
    }
    const uint64_t length = number_at(bytes, 12, 4);
    if (length != bytes.size() - kHeaderBytes - kCrcBytes) return damaged(tr_later("The saved record is incomplete."));
    if (number_at(bytes, bytes.size() - kCrcBytes, 4) != crc32(bytes.substr(0, bytes.size() - kCrcBytes))) {
        return damaged(tr_later("The saved record is damaged: its checksum does not fit."));
    }
    const auto schema = static_cast<int64_t>(number_at(bytes, 8, 4));
    if (schema > kProgressSchema) {
        return Error{"progress.newer", kName, "Your progress was saved by a newer version of Terrarium.",
                     "Load the page again to get that version. Until then nothing is overwritten."};
    }
    if (schema < 1) return damaged(tr_later("The saved record has no version."));
    if (number_at(bytes, 16, 8) > kMaxGeneration)
        return damaged(tr_later("The saved record counts impossibly many saves."));
    auto tree = read_json(bytes.substr(kHeaderBytes, static_cast<size_t>(length)), kName,
                          {.max_bytes = static_cast<int64_t>(kMaxRecordBytes), .max_depth = 16, .max_nodes = 50'000});
    if (!tree) return tree.error();
    auto progress = progress_from_json(migrate_progress(std::move(tree).value(), schema, progress_migrations()), kName);
    if (!progress) return progress.error();
    std::string writer(bytes.substr(24, kWriterLength));
    if (!is_writer(writer)) return damaged(tr_later("The saved record does not say who wrote it."));
    writer.erase(writer.find_last_not_of(' ') + 1);
    return ProgressRecord{number_at(bytes, 16, 8), std::move(writer), std::move(progress).value()};
}

SlotsRead read_slots(const Slots& slots) {
    SlotsRead out;
    for (int slot = 0; slot < 2; ++slot) {
        const std::string& bytes = slots[static_cast<size_t>(slot)];
        if (bytes.empty()) continue;
        auto record = read_record(bytes);
        if (!record && record.error().code == "progress.newer") {
            out.is_newer_version = true;
        } else if (!record) {
            out.damaged.push_back(bytes);
        } else if (!out.newest || record.value().generation > out.newest->generation) {
            out.newest = std::move(record).value();
            out.newest_slot = slot;
        }
    }
    return out;
}

Result<SavePlan> plan_save(const Slots& slots, const Progress& mine, const std::string& writer,
                           const SeenRecord& seen) {
    SlotsRead found = read_slots(slots);
    if (found.is_newer_version) {
        return Error{"progress.newer", kName, "Your progress was saved by a newer version of Terrarium.",
                     "Load the page again to get that version. Until then nothing is overwritten."};
    }
    SavePlan plan;
    plan.record = {.generation = seen.generation + 1, .writer = writer, .progress = mine};
    if (found.newest) {
        const ProgressRecord& there = *found.newest;
        plan.has_merged = there.generation != seen.generation || there.writer != seen.writer;
        if (plan.has_merged) {
            plan.record.progress = merge(mine, there.progress);
            plan.merged_writer = there.writer;
        }
        plan.record.generation = std::max(plan.record.generation, there.generation + 1);
    }
    plan.slot = static_cast<int>(plan.record.generation % 2);
    if (plan.slot == found.newest_slot) {  // the newest stands where it does not belong: it is not overwritten either
        ++plan.record.generation;
        plan.slot = 1 - plan.slot;
    }
    auto bytes = write_record(plan.record);
    if (!bytes) return bytes.error();
    plan.bytes = std::move(bytes).value();
    // What could not be read again must not replace what can.
    if (auto again = read_record(plan.bytes); !again) return again.error();
    plan.quarantine = std::move(found.damaged);
    return plan;
}

}  // namespace terrarium::core::io
