#include "app/services.h"

#include "ui/ui.h"

namespace terrarium::app {

using ui::tr;

namespace {

std::string availability_words(const labs::Service& service) {
    switch (service.availability) {
        case labs::Service::Availability::Open:
            return tr("yes");
        case labs::Service::Availability::Closed:
            return tr("no");
        case labs::Service::Availability::Unconfirmed:
            break;
    }
    return tr("not confirmed");
}

std::string source_words(const labs::Service& service) {
    if (service.source.empty()) return tr("{0}: not checked against a page of the provider.", {service.name});
    return service.name + ": [" + service.source_title + "](" + service.source + "), " + service.as_of;
}

}  // namespace

void draw_services(const labs::Content& content, const labs::Services* services) {
    if (content.aws.empty()) return;
    ui::heading("about.aws.title", 2, tr("The same on AWS"));
    if (services == nullptr) return ui::note("about.aws.wait", tr("The list of services is loading."), ui::Ink::Muted);
    std::vector<std::vector<std::string>> rows;
    std::vector<std::string> sources;
    for (const labs::ServiceUse& use : content.aws) {
        const labs::Service* const service = services->find(use.service);
        if (service == nullptr) continue;
        (void)ui::paragraph("about.aws." + use.service, "**" + service->name + "**: " + use.text);
        rows.push_back({service->name, service->about, availability_words(*service), service->as_of});
        sources.push_back(source_words(*service));
    }
    ui::table("about.aws.table", tr("Services, as of {0}", {services->as_of}),
              {tr("Service"), tr("What it is for"), tr("Open to new customers"), tr("As of")}, rows);
    (void)ui::list("about.aws.sources", sources);
    (void)ui::paragraph("about.aws.care",
                        tr("This list is of {0}, and services change: look at the provider’s own pages before you plan "
                           "with one. Terrarium is independent of AWS and uses none of these services.",
                           {services->as_of}),
                        ui::Ink::Muted, ui::Type::Small);
}

}  // namespace terrarium::app
