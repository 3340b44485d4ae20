#include "ui/twin.h"

#include <algorithm>
#include <cmath>

#include "core/support/check.h"
#include "ui/scripts.h"

namespace terrarium::ui {
namespace {

const std::string kRoot;

float rounded(float css_pixels) { return std::round(css_pixels * 4) / 4; }  // steadier than the layout's last bits

json to_wire(const Node& node) {
    json out = json::object();
    for (const auto& [name, value] : node.properties.all()) out[std::string(name)] = value;
    out["k"] = node.key;
    out["r"] = node.role;
    out["rect"] = {node.rect.x, node.rect.y, node.rect.width, node.rect.height};
    if (node.is_fixed) out["fx"] = true;
    if (node.lines.empty()) return out;
    json& lines = out["lines"] = json::array();
    for (const TextLine& line : node.lines) {
        const Rect& r = line.rect;
        lines.push_back({r.x, r.y, r.width, r.height, line.words, std::string(line.font)});
        if (needs_shaping(line.words)) lines.back().push_back("shown");  // the canvas leaves it to the browser
    }
    return out;
}

}  // namespace

json& Properties::operator[](std::string_view name) {
    for (auto& [known, value] : values_) {
        if (known == name) return value;
    }
    return values_.emplace_back(name, json()).second;
}

const json& Properties::operator[](std::string_view name) const {
    static const json kNothing;
    for (const auto& [known, value] : values_) {
        if (known == name) return value;
    }
    return kNothing;
}

bool Properties::contains(std::string_view name) const {
    return std::any_of(values_.begin(), values_.end(), [&](const auto& it) { return it.first == name; });
}

const std::string& Twin::parent() const { return parents_.empty() ? kRoot : parents_.back(); }

const Node* Twin::Frame::find(std::string_view key) const {
    const auto found = index.find(key);
    return found == index.end() ? nullptr : found->second;
}

void Twin::begin_frame() {
    sent_ = std::exchange(now_, {});
    parents_.clear();
    // An action that found no widget for two frames belongs to one that is gone.
    expiring_ = std::exchange(waiting_, {});
}

Node& Twin::add(Node node) {
    node.parent = parent();
    node.rect = {rounded(node.rect.x), rounded(node.rect.y), rounded(node.rect.width), rounded(node.rect.height)};
    Node& added = now_.nodes.emplace_back(std::move(node));
    const bool is_new = now_.index.emplace(added.key, &added).second;
    TERRARIUM_CHECK(is_new, ("two widgets share the key " + added.key).c_str());
    return added;
}

const Node* Twin::find(std::string_view key) const { return now_.find(key); }

void Twin::queue(std::string key, Action action) {
    if (action.kind == "focus") focused_ = key;
    if (action.kind == "blur" && focused_ == key) focused_.clear();
    waiting_.emplace(std::move(key), std::move(action));
}

std::optional<Action> Twin::take(std::string_view key, std::string_view kind) {
    // A slow frame may find several. Of values only the newest is still wanted; of clicks and keys each one counts, so
    // what is left waits for the next frame: its widget is alive, or nobody would ask.
    const bool is_value = kind == "set";
    std::optional<Action> found;
    for (auto* queue : {&expiring_, &waiting_}) {
        auto [at, end] = queue->equal_range(key);
        while (at != end) {
            if (at->second.kind != kind) {
                ++at;
            } else if (!found || is_value) {
                found = std::move(at->second);
                at = queue->erase(at);
            } else if (queue == &expiring_) {
                const auto later = at++;
                waiting_.insert(waiting_.upper_bound(key), queue->extract(later));
            } else {
                return found;
            }
        }
    }
    return found;
}

json Twin::end_frame(float content_height, bool everything) {
    const bool is_same_order = std::equal(
        now_.nodes.begin(), now_.nodes.end(), sent_.nodes.begin(), sent_.nodes.end(),
        [](const Node& one, const Node& other) { return one.key == other.key && one.parent == other.parent; });
    json message = json::object();
    for (const Node& node : now_.nodes) {
        const Node* before = everything ? nullptr : sent_.find(node.key);
        if (before == nullptr || !(*before == node)) message["nodes"].push_back(to_wire(node));
    }
    if (!is_same_order) {
        for (const Node& node : sent_.nodes) {
            if (now_.find(node.key) == nullptr) message["removed"].push_back(node.key);
        }
    }
    if (everything || !is_same_order) {
        json& order = message["order"] = json::array();
        for (const Node& node : now_.nodes) order.push_back({node.key, node.parent});
    }
    if (everything || content_height != sent_height_) message["height"] = content_height;
    if (!status_.empty()) message["status"] = std::exchange(status_, {});
    if (!alert_.empty()) message["alert"] = std::exchange(alert_, {});
    if (!focus_.empty()) message["focus"] = std::exchange(focus_, {});
    if (everything) message["full"] = true;
    sent_height_ = content_height;
    return message.empty() ? json() : message;
}

}  // namespace terrarium::ui
