#include "labs/services.h"

#include <algorithm>

#include "core/io/fields.h"
#include "core/io/json_door.h"

namespace terrarium::labs {

using core::io::FieldReport;
using core::io::Fields;
using core::io::Item;

namespace {

/// YYYY-MM.
std::string read_month(Fields& from, const Item& item) {
    const std::string month = from.text("as_of", 7, 7);
    bool is_month = month.size() == 7 && month[4] == '-';
    for (const size_t i : {0u, 1u, 2u, 3u, 5u, 6u}) is_month = is_month && month[i] >= '0' && month[i] <= '9';
    if (is_month) {
        const int number = (month[5] - '0') * 10 + month[6] - '0';
        is_month = number >= 1 && number <= 12;
    }
    if (!is_month) item.refuse("date", "The date must be a year and a month.", "Write it like 2026-10.");
    return month;
}

Service read_service(const Item& item, FieldReport& report) {
    Fields from = item.object();
    Service service;
    service.id = from.id("id");
    service.name = from.text("name", 1, 80);
    service.about = from.text("about", 1, 300);
    const std::string word = from.choice("availability", {"open", "closed", "unconfirmed"});
    service.availability = word == "open"     ? Service::Availability::Open
                           : word == "closed" ? Service::Availability::Closed
                                              : Service::Availability::Unconfirmed;
    service.as_of = read_month(from, item);
    service.source_title = from.text_or("source_title", 0, 160, "");
    service.source = from.text_or("source", 0, 300, "");
    if (service.source_title.empty() != service.source.empty() ||
        (!service.source.empty() && !service.source.starts_with("https://"))) {
        item.refuse("source", "A source is the title of a page and its https address.", "Write both, or neither.");
    }
    report.check_unique("service", service.id, item.path() + "/id");
    from.finish();
    return service;
}

}  // namespace

const Service* Services::find(std::string_view id) const {
    for (const Service& service : services) {
        if (service.id == id) return &service;
    }
    return nullptr;
}

core::Result<Services> read_services(std::string_view bytes, const std::string& file_name) {
    auto tree = core::io::read_json(bytes, file_name, {});
    if (!tree) return tree.error();
    FieldReport report(file_name, bytes);
    Fields from(tree.value(), report);
    Services list;
    (void)from.text_or("$schema", 0, 200, "");
    from.schema_version(1);
    from.list("services", 1, 200, [&](const Item& item) { list.services.push_back(read_service(item, report)); });
    from.finish();
    if (!report.ok()) return report.error();
    for (const Service& service : list.services) list.as_of = std::max(list.as_of, service.as_of);
    return list;
}

std::string missing_service(const Content& content, const Services& services) {
    for (const ServiceUse& use : content.aws) {
        if (services.find(use.service) == nullptr) return use.service;
    }
    return {};
}

}  // namespace terrarium::labs
