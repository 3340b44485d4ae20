// What a screen of the shell may use: the course, what the learner has done and set, and ways to ask for something.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/keeper.h"
#include "app/platform.h"
#include "core/io/locale.h"
#include "core/io/progress.h"
#include "labs/content.h"

namespace terrarium::app {

/// Where the learner is, or wants to be. Both empty: the open lab.
struct Place {
    std::string page;  ///< id of a screen, "" for the lab itself
    std::string item;  ///< what the page is about: a lab's id, a term, a search
    std::string lab;   ///< the lab to open, "" for the one that is open
    bool operator==(const Place&) const = default;
};

/// The fast module, whose runs cannot be repeated bit by bit.
struct Turbo {
    bool is_possible = false;  ///< this browser can run it, and it is there
    bool is_wanted = false;    ///< by the address, else by the learner
    bool is_on = false;        ///< both
};

class Desk {
public:
    virtual ~Desk() = default;

    virtual Platform& platform() = 0;
    virtual const labs::Course& course() const = 0;
    virtual const labs::Glossary& glossary() const = 0;
    /// Content of a lab; null until its file is here (asking for it fetches it) or when there is no such lab.
    virtual const labs::Content* content(std::string_view lab_id) = 0;
    /// A file below the page; null until it is here (asking for it fetches it).
    virtual const std::string* asset(const std::string& name) = 0;
    virtual std::string_view open_lab() const = 0;  ///< id of the lab that is open behind the screen

    virtual const Place& place() const = 0;
    /// Goes there after this frame.
    virtual void go(Place place) = 0;
    /// Opens a glossary term beside what is on screen.
    virtual void show_term(std::string_view term_id) = 0;

    /// system | light | dark, for this page and for the next visits.
    virtual void set_theme(const std::string& name) = 0;
    /// What there is to choose from; asking for it fetches the list.
    virtual const std::vector<core::io::Language>& languages() = 0;
    /// A tag, or "" for the one of the browser; for this page and for the next visits.
    virtual void set_language(const std::string& tag) = 0;
    virtual bool has_two_views() const = 0;            ///< as a picture and as an ordinary page
    virtual const std::string& view_mode() const = 0;  ///< normal | overlay | visible
    virtual void set_view_mode(const std::string& mode) = 0;
    virtual Turbo turbo() const = 0;
    virtual void set_turbo(bool is_wanted) = 0;  ///< for the next run, and for the next visits
    /// Shows the open lab to a class (present.cpp).
    virtual void present() = 0;

    /// What the learner has done and set. After changing it, say so: it is then saved and the page follows.
    virtual core::io::Progress& progress() = 0;
    virtual void progress_changed() = 0;
    /// Where it is kept and whether that works.
    virtual const Keeper& keeper() const = 0;
    virtual void forget_progress() = 0;
};

}  // namespace terrarium::app
