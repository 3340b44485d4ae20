#include "ui/cards.h"

#include <algorithm>

#include "ui/internal.h"

namespace terrarium::ui {

using namespace internal;

namespace {

std::string verdict_words(CardVerdict verdict) {
    return verdict == CardVerdict::Keep ? tr("kept") : verdict == CardVerdict::Drop ? tr("dropped") : tr("not judged");
}

void draw_badges(const std::string& key, const std::vector<std::string>& badges) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const Row row(6);
    for (size_t i = 0; i < badges.size(); ++i) {
        const Rect rect = c.place(text_size(c.fonts.bold, size, badges[i]).x + 16, size * 1.7f);
        const ImRect box = to_box(rect);
        draw_list().AddRectFilled(box.Min, box.Max, c.color(Ink::Soft), 6);
        draw_text_centered(box, c.fonts.bold, size, c.color(Ink::Accent),
                           fitted(c.fonts.bold, size, badges[i], rect.width - 12));
        add_node(key + ".badge." + std::to_string(i), "text", badges[i], rect);
    }
}

/// Where the reader is, and what the arrow keys work on.
std::string draw_place(const std::string& key, const std::string& words, bool is_enabled) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Small));
    const auto lines = wrapped(c.fonts.regular, size, words, c.area().width);
    const float height = size * kLineHeight * static_cast<float>(lines.size());
    const Rect rect =
        c.place(c.area().width, std::max(height + size * 0.5f, c.env.is_touch ? c.control_height() : 0.0f));
    const Press p = press(key, rect, is_enabled);
    draw_lines({p.box.Min.x, (p.box.Min.y + p.box.Max.y - height) / 2}, c.fonts.regular, size, c.color(Ink::Muted),
               lines);
    Node& node = add_node(key, "grip", words, rect);
    node.properties["keys"] = {"ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"};
    node.properties["still"] = true;
    node.properties["d"] = tr("Left and right: previous and next. Up keeps, down drops.");
    if (!is_enabled) node.properties["disabled"] = true;
    const auto action = c.twin.take(key, "key");
    return action && is_enabled && action->value.is_string() ? action->value.get<std::string>() : "";
}

}  // namespace

namespace internal {

void plain_text(std::string_view key, std::string_view words, Ink ink) {
    Context& c = context();
    const float size = c.scaled(type_size(Type::Body));
    const float pitch = size * 1.5f;
    const auto lines = wrapped(c.fonts.regular, size, words, c.area().width);
    const Rect rect = c.place(c.area().width, pitch * static_cast<float>(lines.size()));
    Node& node = add_node(key, "paragraph", words, rect);
    node.properties["size"] = size;
    float y = rect.y;
    for (const std::string& line : lines) {
        const ImVec2 extent = text_size(c.fonts.regular, size, line);
        draw_text(c.to_screen(rect.x, y), c.fonts.regular, size, c.color(ink), line);
        node.lines.push_back({{rect.x, y, extent.x, extent.y}, line, "body"});
        y += pitch;
    }
}

}  // namespace internal

bool card_deck(std::string_view key, std::string_view name, const std::vector<DocumentCard>& cards, Deck& deck) {
    if (is_hidden(key)) return false;
    const std::string k(key);
    const Card card(key, name);
    if (cards.empty()) {
        note(k + ".empty", tr("There are no documents here."), Ink::Muted);
        return false;
    }
    const bool is_enabled = !is_locked(key);
    const int count = static_cast<int>(cards.size());
    deck.at = std::clamp(deck.at, 0, count - 1);
    deck.verdicts.resize(cards.size());
    const DocumentCard& shown = cards[static_cast<size_t>(deck.at)];
    CardVerdict& verdict = deck.verdicts[static_cast<size_t>(deck.at)];
    const auto kept = std::count(deck.verdicts.begin(), deck.verdicts.end(), CardVerdict::Keep);
    const auto dropped = std::count(deck.verdicts.begin(), deck.verdicts.end(), CardVerdict::Drop);
    const std::string pressed = draw_place(k + ".here",
                                           tr("Document {0} of {1}, {2}. Kept {3}, dropped {4}.",
                                              {std::to_string(deck.at + 1), std::to_string(count),
                                               verdict_words(verdict), std::to_string(kept), std::to_string(dropped)}),
                                           is_enabled);
    heading(k + ".title", 3, shown.title);
    if (!shown.badges.empty()) draw_badges(k, shown.badges);
    for (size_t i = 0; i < shown.fields.size(); ++i) {
        fact(k + ".field." + std::to_string(i), shown.fields[i].first, shown.fields[i].second);
    }
    plain_text(k + ".body", shown.body, Ink::Text);
    const int before = deck.at;
    CardVerdict given = CardVerdict::None;
    {
        const Row row;
        const auto look = [&](CardVerdict it) { return verdict == it ? Button::Selected : Button::Plain; };
        if (button(k + ".previous", tr("Previous"), Button::Quiet, is_enabled && deck.at > 0)) --deck.at;
        if (button(k + ".drop", tr("Drop"), look(CardVerdict::Drop), is_enabled)) given = CardVerdict::Drop;
        if (button(k + ".keep", tr("Keep"), look(CardVerdict::Keep), is_enabled)) given = CardVerdict::Keep;
        if (button(k + ".next", tr("Next"), Button::Quiet, is_enabled && deck.at + 1 < count)) ++deck.at;
    }
    if (pressed == "ArrowLeft") deck.at = std::max(0, deck.at - 1);
    if (pressed == "ArrowRight") deck.at = std::min(count - 1, deck.at + 1);
    if (pressed == "ArrowUp") given = CardVerdict::Keep;
    if (pressed == "ArrowDown") given = CardVerdict::Drop;
    const bool changed = given != CardVerdict::None && given != verdict;
    if (given != CardVerdict::None) {
        verdict = given;
        deck.at = std::min(count - 1, deck.at + 1);
    }
    if (deck.at != before) {
        context().twin.say(cards[static_cast<size_t>(deck.at)].title);
        context().frames_wanted = std::max(context().frames_wanted, 1);
    }
    return changed;
}

}  // namespace terrarium::ui
