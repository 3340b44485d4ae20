#include "core/io/cbor_check.h"

#include <optional>
#include <vector>

#include "core/io/bytes.h"

namespace terrarium::core::io {
namespace {

/// The major types of RFC 8949, section 3.1.
enum Major : uint8_t { kUnsigned, kNegative, kBytes, kText, kList, kMap, kTag, kSimple };

/// A list or map whose items are not all read yet. A map counts names and values.
struct Open {
    uint64_t n_left = 0;
    bool is_map = false;
};

class Walker {
public:
    Walker(std::string_view bytes, int64_t max_depth, bool is_own)
        : bytes_(bytes), max_depth_(max_depth), is_own_(is_own) {}

    bool run() {
        do {
            // Names are the 1st, 3rd, ... item of a map: an even number of items is still to come.
            const bool is_name = !open_.empty() && open_.back().is_map && open_.back().n_left % 2 == 0;
            if (!open_.empty()) --open_.back().n_left;
            if (!item(is_name)) return false;
            while (!open_.empty() && open_.back().n_left == 0) open_.pop_back();
        } while (!open_.empty());
        return at_ == bytes_.size();
    }

private:
    uint64_t n_left() const { return bytes_.size() - at_; }

    std::optional<uint64_t> big_endian(size_t n_bytes) {
        if (n_left() < n_bytes) return std::nullopt;
        uint64_t value = 0;
        for (size_t i = 0; i < n_bytes; ++i) value = value << 8 | static_cast<uint8_t>(bytes_[at_++]);
        return value;
    }

    bool item(bool is_name) {
        if (at_ == bytes_.size()) return false;
        const auto head = static_cast<uint8_t>(bytes_[at_++]);
        const auto major = static_cast<Major>(head >> 5);
        const uint8_t info = head & 31;
        if (is_name && major != kText) return false;
        if (major == kSimple) return simple(info);
        if (major == kTag || info > 27) return false;  // 28 to 30 mean nothing, 31 is "length not known"
        const std::optional<uint64_t> number = info < 24 ? info : big_endian(size_t{1} << (info - 24));
        if (!number) return false;
        switch (major) {
            case kBytes:
                return (is_own_ || (open_.size() == 1 && !open_[0].is_map)) && string(*number, false);
            case kText:
                return string(*number, !is_own_);
            case kList:
            case kMap:
                return open(*number, major == kMap);
            default:
                return true;
        }
    }

    bool string(uint64_t length, bool is_text) {
        if (length > n_left()) return false;
        const std::string_view content = bytes_.substr(at_, static_cast<size_t>(length));
        at_ += content.size();
        return !is_text || !find_invalid_utf8(content);
    }

    bool open(uint64_t count, bool is_map) {
        // Every item takes at least one byte, so a larger count cannot be meant; this also keeps 2 * count from
        // wrapping.
        if (count > n_left()) return false;
        open_.push_back(Open{is_map ? 2 * count : count, is_map});
        return static_cast<int64_t>(open_.size()) <= max_depth_;
    }

    /// false, true, null, or a number of 4 or 8 bytes whose exponent is not that of infinity and NaN.
    bool simple(uint8_t info) {
        if (info >= 20 && info <= 22) return true;
        if (is_own_ && info >= 25 && info <= 27) return big_endian(size_t{1} << (info - 24)).has_value();
        if (info != 26 && info != 27) return false;
        const std::optional<uint64_t> bits = big_endian(info == 26 ? 4 : 8);
        if (!bits) return false;
        return info == 26 ? (*bits >> 23 & 0xFF) != 0xFF : (*bits >> 52 & 0x7FF) != 0x7FF;
    }

    std::string_view bytes_;
    int64_t max_depth_;
    bool is_own_;
    size_t at_ = 0;
    std::vector<Open> open_;
};

}  // namespace

bool is_plain_cbor(std::string_view bytes, int64_t max_depth) { return Walker(bytes, max_depth, false).run(); }
bool is_message_cbor(std::string_view bytes, int64_t max_depth) { return Walker(bytes, max_depth, true).run(); }

}  // namespace terrarium::core::io
