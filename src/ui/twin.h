// The canvas's twin: every widget that is drawn also leaves a node here. The page keeps one real DOM element per node
// (web/mirror.js); what people do there comes back as actions that the widget takes in its next call, so mouse,
// keyboard, screen reader, URL and tests run the same code.

#pragma once

#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace terrarium::ui {

using nlohmann::json;

/// CSS pixels; document coordinates, or those of the viewport for a node that does not scroll.
struct Rect {
    float x = 0, y = 0, width = 0, height = 0;
    bool operator==(const Rect&) const = default;
};

/// What a person did on the DOM element of a node.
struct Action {
    std::string kind;  ///< click | set | focus | blur | key
    json value;
};

/// A few named values. Made for every widget in every frame and compared with the last one, so it is not a json object.
class Properties {
public:
    /// `name` must be a literal: it is kept by reference.
    json& operator[](std::string_view name);
    const json& operator[](std::string_view name) const;  ///< null when it is not there
    bool contains(std::string_view name) const;
    template <typename T>
    T value(std::string_view name, T fallback) const {
        return contains(name) ? (*this)[name].get<T>() : std::move(fallback);
    }
    const auto& all() const { return values_; }
    bool operator==(const Properties&) const = default;

private:
    std::vector<std::pair<std::string_view, json>> values_;
};

/// One drawn line of prose, or a piece of it in one font, for the text layer.
struct TextLine {
    Rect rect;
    std::string words;
    std::string_view font;  ///< body | bold | mono
    bool operator==(const TextLine&) const = default;
};

/// One widget of one frame. `properties` holds what its role needs, under the short names of the page (mirror.js):
/// n name, d description, v value, vt value in words, min, max, step, checked, selected, disabled, level, rows, cols
/// ...
struct Node {
    std::string key;  ///< stable, not the label: twin id, hide/lock name, test handle, parameter name
    std::string role;
    std::string parent;  ///< "" is the root
    Rect rect;
    bool is_fixed = false;  ///< in viewport coordinates
    Properties properties;
    std::vector<TextLine> lines;
    bool operator==(const Node&) const = default;
};

class Twin {
public:
    void begin_frame();
    /// A second node with the same key in a frame is a bug of ours (TERRARIUM_CHECK).
    Node& add(Node node);
    void push_parent(std::string key) { parents_.push_back(std::move(key)); }
    void pop_parent() { parents_.pop_back(); }
    const std::string& parent() const;

    /// Says something politely (progress, results) or at once (problems). At most one of each a frame.
    void say(std::string words) { status_ = std::move(words); }
    void alert(std::string words) { alert_ = std::move(words); }
    void focus(std::string key) { focus_ = std::move(key); }

    /// Ends the frame and returns what changed since the last message, or null. `everything` sends all nodes again.
    json end_frame(float content_height, bool everything);

    void queue(std::string key, Action action);
    std::optional<Action> take(std::string_view key, std::string_view kind);
    bool has_waiting_actions() const { return !waiting_.empty(); }

    const std::deque<Node>& nodes() const { return now_.nodes; }
    const Node* find(std::string_view key) const;
    /// The element that has DOM focus; its widget is drawn highlighted.
    const std::string& focused() const { return focused_; }

private:
    struct Frame {
        std::deque<Node> nodes;                         // a deque keeps its elements in place, so that
        std::map<std::string_view, const Node*> index;  // the keys can be those of the nodes
        const Node* find(std::string_view key) const;
    };

    Frame now_, sent_;
    std::vector<std::string> parents_;
    float sent_height_ = -1;
    std::multimap<std::string, Action, std::less<>> waiting_;
    std::multimap<std::string, Action, std::less<>> expiring_;  // waited for one whole frame already
    std::string focused_, status_, alert_, focus_;
};

}  // namespace terrarium::ui
