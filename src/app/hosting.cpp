// What the page that embeds the lab may ask for, and what it is told.

#include <cmath>

#include "app/app.h"
#include "ui/messages.h"

namespace terrarium::app {

void App::take_host(const json& message) {
    const std::string type = message.value("type", std::string());
    if (!view_) return;
    if (type == "start" && may_start()) start_run();
    if (type == "stop") runs_.send(labs::Stop{});
    if (type == "reset") take_address(written_address_);
    if (type == "set" && message.contains("values") && message["values"].is_object()) {
        std::vector<core::Error> notes;
        json overrides = view_->config();
        for (const auto& [name, value] : message["values"].items()) overrides[name] = value;
        const auto config = lab_->read_config(overrides, content_, false, notes);
        if (config)
            view_->set_config(config.value());
        else
            platform_.tell_host({{"type", "error"}, {"message", ui::tr(config.error())}});
    }
    if (type == "getState") {
        platform_.tell_host({{"type", "state"},
                             {"lab", lab_->id},
                             {"config", view_->config()},
                             {"address", share_link()},
                             {"status", view_->status()},
                             {"steps", view_->steps_done()},
                             {"passed", was_passed_}});
    }
}

void App::report_to_host() {
    if (std::abs(told_height_ - ui_.content_height) > 1) {
        told_height_ = ui_.content_height;
        platform_.tell_host({{"type", "height"}, {"height", ui_.content_height}});
    }
    if (!view_) return;
    const std::string status = json(view_->status()).get<std::string>();
    if (status != told_status_) {
        told_status_ = status;
        platform_.tell_host({{"type", "progress"}, {"status", status}, {"steps", view_->steps_done()}});
    }
    if (verdict_.passed && !was_passed_) {
        was_passed_ = true;
        ui_.twin.say(ui::tr("Challenge passed. {0}", {ui::tr(verdict_.reason)}));
        platform_.tell_host({{"type", "score"}, {"score", 1}, {"max", 1}});
        platform_.tell_host({{"type", "completed"}, {"lab", lab_->id}});
    }
}

}  // namespace terrarium::app
