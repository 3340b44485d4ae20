#include "app/course_parts.h"

#include "ui/tiles.h"
#include "ui/ui.h"

namespace terrarium::app {
namespace {

const core::io::LabProgress* done_in(Desk& desk, const std::string& lab_id) {
    const auto& labs = desk.progress().labs;
    const auto found = labs.find(lab_id);
    return found == labs.end() ? nullptr : &found->second;
}

}  // namespace

std::string lab_title(Desk& desk, const std::string& lab_id) {
    const labs::Content* content = desk.content(lab_id);
    return content == nullptr ? lab_id : content->title;
}

ModuleCount count_labs(Desk& desk, const labs::Module& module) {
    ModuleCount count{.ready = module.labs.size(), .planned = module.planned.size(), .passed = 0};
    for (const std::string& lab : module.labs) {
        const core::io::LabProgress* done = done_in(desk, lab);
        count.passed += done != nullptr && done->is_passed ? 1 : 0;
    }
    return count;
}

std::string count_words(const ModuleCount& count) {
    if (count.ready == 0) return ui::tr("{0} labs planned", {std::to_string(count.planned)});
    if (count.passed > 0) {
        return ui::tr("{0} of {1} labs passed", {std::to_string(count.passed), std::to_string(count.all())});
    }
    return ui::tr("{0} of {1} labs ready", {std::to_string(count.ready), std::to_string(count.all())});
}

bool lab_tile(Desk& desk, const std::string& key, const std::string& lab_id) {
    ui::Tile tile{.title = lab_title(desk, lab_id), .about = {}, .badge = ui::tr("Open")};
    if (const labs::Content* content = desk.content(lab_id)) tile.about = content->subtitle;
    if (const core::io::LabProgress* done = done_in(desk, lab_id)) {
        if (done->is_passed) {
            tile.badge = ui::tr("Passed ✓");
            tile.badge_ink = ui::Ink::Ok;
        } else if (done->is_predicted || done->is_run) {
            tile.badge = ui::tr("Begun");
        }
    }
    return ui::tile(key, tile);
}

}  // namespace terrarium::app
