// Search over labs, glossary and pages; results come as one types, and Enter opens the first. `item` holds the words,
// so a search can be linked.

#include "app/search.h"

#include "app/course_parts.h"
#include "app/screen.h"
#include "ui/markup.h"
#include "ui/tiles.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

constexpr size_t kMaxResults = 12;
constexpr int kMaxWords = 100;

class Search final : public Screen {
public:
    void draw(Desk& desk) override {
        if (desk.place().item != shown_) words_ = shown_ = desk.place().item;
        ui::heading("page.title", 1, ui::tr("Search"), ui::Type::Title);
        const bool has_changed = ui::text_field("search.words", ui::tr("Search labs, terms and help"), words_,
                                                {.max_length = kMaxWords, .placeholder = "attention"});
        const bool opens_first = ui::context().twin.take("search.words", "key").has_value();
        if (has_changed) {
            shown_ = words_;
            desk.go({.page = "search", .item = words_, .lab = {}});
        }
        const std::vector<Findable> all = everything(desk);
        const std::vector<size_t> found = find(all, words_, kMaxResults);
        if (words_.empty()) {
            ui::note("search.count", ui::tr("Results appear while you type. Enter opens the first one."),
                     ui::Ink::Muted);
        } else if (found.empty()) {
            ui::note("search.count", ui::tr("Nothing is called that. Try another word, for example “loss”."),
                     ui::Ink::Warn);
        } else {
            ui::note("search.count", ui::tr("Results: {0}", {std::to_string(found.size())}), ui::Ink::Muted);
        }
        for (size_t i = 0; i < found.size(); ++i) {
            const bool is_chosen = draw_result("search.result." + std::to_string(i), all[found[i]]);
            if (is_chosen || (opens_first && i == 0)) open(desk, all[found[i]]);
        }
    }

private:
    static std::vector<Findable> everything(Desk& desk) {
        std::vector<Findable> all;
        for (const labs::Module& module : desk.course().modules) {
            for (const std::string& lab : module.labs) {
                const labs::Content* content = desk.content(lab);
                all.push_back({Findable::Kind::Lab, lab, lab_title(desk, lab),
                               content ? content->subtitle + " " + content->idea : std::string()});
            }
            for (const labs::PlannedLab& lab : module.planned)
                all.push_back({Findable::Kind::Planned, module.id, lab.title, lab.about});
        }
        for (const labs::Term& term : desk.glossary().terms)
            all.push_back({Findable::Kind::Term, term.id, term.term, ui::plain_words(term.text)});
        for (const ScreenEntry& screen : all_screens()) {
            if (screen.is_listed)
                all.push_back({Findable::Kind::Page, std::string(screen.id), ui::tr(screen.title), {}});
        }
        return all;
    }

    static bool draw_result(const std::string& key, const Findable& what) {
        std::string kind;
        switch (what.kind) {
            case Findable::Kind::Lab:
                kind = ui::tr("Lab");
                break;
            case Findable::Kind::Planned:
                kind = ui::tr("Planned lab");
                break;
            case Findable::Kind::Term:
                kind = ui::tr("Term");
                break;
            case Findable::Kind::Page:
                kind = ui::tr("Page");
                break;
        }
        return ui::tile(key, {.title = what.title, .about = what.text, .badge = kind});
    }

    static void open(Desk& desk, const Findable& what) {
        switch (what.kind) {
            case Findable::Kind::Lab:
                return desk.go({.page = {}, .item = {}, .lab = what.id});
            case Findable::Kind::Planned:
                return desk.go({.page = "lessons", .item = what.id, .lab = {}});
            case Findable::Kind::Term:
                return desk.show_term(what.id);
            case Findable::Kind::Page:
                return desk.go({.page = what.id, .item = {}, .lab = {}});
        }
    }

    std::string words_, shown_;
};

}  // namespace

std::unique_ptr<Screen> make_search() { return std::make_unique<Search>(); }

}  // namespace terrarium::app
