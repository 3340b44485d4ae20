// The dated list of a cloud provider's services (content/services.json). Names, availability and sources of services
// stand there and nowhere else: they change faster than lessons do.

#pragma once

#include <string>
#include <vector>

#include "labs/content.h"

namespace terrarium::labs {

struct Service {
    enum class Availability {
        Open,         ///< new customers can use it
        Closed,       ///< only those who have used it before
        Unconfirmed,  ///< no notice of an end was found, which proves nothing
    };
    std::string id, name;
    std::string about;  ///< what it is for
    Availability availability = Availability::Unconfirmed;
    std::string as_of;         ///< what the source said then: YYYY-MM
    std::string source_title;  ///< of the provider's page; "": not checked against one
    std::string source;        ///< its address
};

struct Services {
    std::string as_of;  ///< YYYY-MM of the whole list
    std::vector<Service> services;
    const Service* find(std::string_view id) const;
};

core::Result<Services> read_services(std::string_view bytes, const std::string& file_name);

/// The first service that a lab names and the list lacks; "" when all are there.
std::string missing_service(const Content& content, const Services& services);

}  // namespace terrarium::labs
