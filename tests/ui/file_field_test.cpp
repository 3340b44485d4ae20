#include "ui/file_field.h"

#include <doctest/doctest.h>

#include "support/lab_fixture.h"

using namespace terrarium;
using namespace terrarium::ui;
using terrarium::tests::WidgetPage;

namespace {

struct FilePage {
    FileKind kind{.limits = "Text, up to 1 kB.", .max_bytes = 1000};
    FileState state;
    int n_files = 0, n_drafts = 0;
    WidgetPage page{[this] {
        const FileWish wish = file_field("f", "A text", kind, state);
        n_files += wish.wants_file ? 1 : 0;
        n_drafts += wish.wants_draft ? 1 : 0;
    }};
    std::string note_of(FileState::Step step, std::string words, std::string name, int64_t n_bytes) {
        state.step = step;
        state.words = std::move(words);
        state.name = std::move(name);
        state.n_bytes = n_bytes;
        page.frame();
        const Node* node = page.context.twin.find("f.note");
        return node == nullptr ? "" : node->properties.value("n", std::string());
    }
};

}  // namespace

TEST_CASE("file_field: the limits stand before the button, which tells the page how large a file may be") {
    FilePage it;
    CHECK(it.page.node("f.limits").properties["n"] == "Text, up to 1 kB.");
    CHECK(it.page.node("f.limits").rect.y < it.page.node("f.file").rect.y);
    CHECK(it.page.node("f.file").role == "file");
    CHECK(it.page.node("f.file").properties["max_bytes"] == 1000);
    it.page.click_with_pointer("f.file");
    CHECK(it.n_files == 1);
}

TEST_CASE("file_field: pasted words can be used, but neither none nor while something is being read") {
    FilePage it;
    it.page.click("f.use");
    CHECK(it.n_drafts == 0);
    it.page.act("f.draft", "set", "A small boat");
    it.page.click_with_pointer("f.use");
    it.page.click("f.use");
    CHECK(it.n_drafts == 2);
    CHECK(it.state.draft == "A small boat");
    it.state.step = FileState::Step::Reading;
    it.page.frame();
    it.page.click("f.use");
    CHECK(it.n_drafts == 2);
}

TEST_CASE("file_field: what became of it is said, with name, size and reason") {
    FilePage it;
    using enum FileState::Step;
    CHECK(it.note_of(Empty, "", "", 0).empty());
    CHECK(it.note_of(Reading, "", "", 0) == "Reading …");
    CHECK(it.note_of(Refused, "It is no text. Choose another.", "", 0) == "It is no text. Choose another.");
    CHECK(it.note_of(Taken, "", "", 999) == "Your text is ready: 999 bytes.");
    CHECK(it.note_of(Taken, "", "a.txt", 3480) == "“a.txt” is ready: 3.4 kB.");
    CHECK(it.note_of(Taken, "One letter was repaired.", "a.txt", 1'048'576) ==
          "“a.txt” is ready: 1 MB. One letter was repaired.");
}

TEST_CASE("file_field: locked or hidden it asks for nothing") {
    FilePage it;
    it.state.draft = "words";
    it.page.context.locked = {"f", "f.use"};
    it.page.frame();
    for (const char* key : {"f.file", "f.draft", "f.use"}) CHECK(it.page.node(key).properties.value("disabled", false));
    it.page.click_with_pointer("f.file");
    it.page.click("f.use");
    it.page.act("f.draft", "set", "others");
    CHECK(it.n_files + it.n_drafts == 0);
    CHECK(it.state.draft == "words");
    CHECK(it.page.context.locked == std::set<std::string, std::less<>>{"f", "f.use"});  // what the address locks stays
    it.page.context.hidden.insert("f");
    it.page.frame();
    CHECK(it.page.context.twin.nodes().empty());
}
