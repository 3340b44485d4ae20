#include "ui/twin.h"

#include <cmath>

#include "core/support/check.h"

namespace terrarium::ui {
namespace {

const std::string kRoot;

float rounded(float css_pixels) { return std::round(css_pixels * 4) / 4; }  // steadier than the layout's last bits

json to_wire(const Node& node) {
    json out = node.properties;
    out["k"] = node.key;
    out["r"] = node.role;
    out["rect"] = {rounded(node.rect.x), rounded(node.rect.y), rounded(node.rect.width), rounded(node.rect.height)};
    if (node.is_fixed) out["fx"] = true;
    return out;
}

}  // namespace

const std::string& Twin::parent() const { return parents_.empty() ? kRoot : parents_.back(); }

void Twin::begin_frame() {
    nodes_.clear();
    index_.clear();
    parents_.clear();
    // An action that found no widget for two frames belongs to one that is gone.
    expiring_ = std::exchange(waiting_, {});
}

Node& Twin::add(Node node) {
    const bool is_new = index_.emplace(node.key, nodes_.size()).second;
    TERRARIUM_CHECK(is_new, ("two widgets share the key " + node.key).c_str());
    node.parent = parent();
    nodes_.push_back(std::move(node));
    return nodes_.back();
}

const Node* Twin::find(std::string_view key) const {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &nodes_[found->second];
}

void Twin::queue(std::string key, Action action) {
    if (action.kind == "focus") focused_ = key;
    if (action.kind == "blur" && focused_ == key) focused_.clear();
    waiting_.emplace(std::move(key), std::move(action));
}

std::optional<Action> Twin::take(std::string_view key, std::string_view kind) {
    for (auto* queue : {&expiring_, &waiting_}) {
        auto [at, end] = queue->equal_range(key);
        for (; at != end; ++at) {
            if (at->second.kind != kind) continue;
            Action action = std::move(at->second);
            queue->erase(at);
            return action;
        }
    }
    return std::nullopt;
}

json Twin::end_frame(float content_height, bool everything) {
    json changed = json::array();
    std::map<std::string, std::string, std::less<>> now;
    json order = json::array();
    for (const Node& node : nodes_) {
        json wire = to_wire(node);
        std::string text = wire.dump(-1, ' ', false, json::error_handler_t::replace);
        const auto before = sent_.find(node.key);
        if (everything || before == sent_.end() || before->second != text) changed.push_back(std::move(wire));
        now.emplace(node.key, std::move(text));
        order.push_back({node.key, node.parent});
    }
    json removed = json::array();
    for (const auto& [key, text] : sent_) {
        if (now.find(key) == now.end()) removed.push_back(key);
    }
    std::string order_text = order.dump(-1, ' ', false, json::error_handler_t::replace);

    json message = json::object();
    if (!changed.empty()) message["nodes"] = std::move(changed);
    if (!removed.empty()) message["removed"] = std::move(removed);
    if (everything || order_text != sent_order_) message["order"] = std::move(order);
    if (everything || content_height != sent_height_) message["height"] = content_height;
    if (!status_.empty()) message["status"] = std::exchange(status_, {});
    if (!alert_.empty()) message["alert"] = std::exchange(alert_, {});
    if (!focus_.empty()) message["focus"] = std::exchange(focus_, {});
    if (everything) message["full"] = true;
    sent_ = std::move(now);
    sent_order_ = std::move(order_text);
    sent_height_ = content_height;
    return message.empty() ? json() : message;
}

}  // namespace terrarium::ui
