// terrarium world: writes documents of the closed world to the standard output, for as long as one wants.

#include <algorithm>
#include <cstdio>

#include "core/io/number_text.h"
#include "core/io/world_lines.h"
#include "core/world/world.h"
#include "platform/cli.h"

namespace terrarium::platform {
namespace {

namespace world = core::world;

/// Options that are one number, by the name they have in options.h.
struct NamedOption {
    const char* name;
    double world::WorldOptions::* field;
};
constexpr NamedOption kNamedOptions[] = {
    {"dialect_of_group", &world::WorldOptions::dialect_of_group},
    {"pronoun_skew", &world::WorldOptions::pronoun_skew},
    {"outdated_fraction", &world::WorldOptions::outdated_fraction},
    {"false_fraction", &world::WorldOptions::false_fraction},
    {"duplicate_fraction", &world::WorldOptions::duplicate_fraction},
    {"near_duplicate_fraction", &world::WorldOptions::near_duplicate_fraction},
    {"boilerplate_fraction", &world::WorldOptions::boilerplate_fraction},
    {"junk_fraction", &world::WorldOptions::junk_fraction},
    {"pii_fraction", &world::WorldOptions::pii_fraction},
    {"toxic_fraction", &world::WorldOptions::toxic_fraction},
    {"secret_fraction", &world::WorldOptions::secret_fraction},
    {"poison_fraction", &world::WorldOptions::poison_fraction},
    {"no_consent_fraction", &world::WorldOptions::no_consent_fraction},
    {"closed_licence_fraction", &world::WorldOptions::closed_licence_fraction},
};

core::Error bad(const std::string& message, const std::string& next_step) { return {"usage", "", message, next_step}; }

/// "1GB", "20 MB" without the space, "100kB", "5000": bytes, counted in thousands.
core::Result<int64_t> read_size(const std::string& text) {
    const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
    const auto number = core::io::parse_int(text.substr(0, end));
    const std::string unit = text.substr(end);
    int64_t factor = 0;
    if (unit.empty() || unit == "B") factor = 1;
    if (unit == "kB" || unit == "KB") factor = 1'000;
    if (unit == "MB") factor = 1'000'000;
    if (unit == "GB") factor = 1'000'000'000;
    if (!number || factor == 0 || *number < 1 || *number > 1'000'000) {
        return bad("The size " + text + " cannot be read.",
                   "Write for example --size 100kB, --size 20MB or --size 1GB.");
    }
    return *number * factor;
}

core::Result<world::WorldOptions> read_options(const Arguments& arguments) {
    world::WorldOptions options = arguments.has("messy") ? world::messy_options() : world::WorldOptions{};
    if (arguments.has("domain")) {
        options.domain_share.fill(0);
        std::string left = arguments.get("domain") + ",";
        while (!left.empty()) {
            const std::string name = left.substr(0, left.find(','));
            left.erase(0, name.size() + 1);
            const auto found = std::find(world::kDomainNames.begin(), world::kDomainNames.end(), name);
            if (found == world::kDomainNames.end()) {
                return bad("There is no kind of text called \"" + name + "\".",
                           "There are chronicle, support, log, copy and caption.");
            }
            options.domain_share[static_cast<size_t>(found - world::kDomainNames.begin())] = 1;
        }
    }
    for (const std::string& setting : arguments.all("set")) {
        const size_t equals = std::min(setting.find('='), setting.size());
        const std::string name = setting.substr(0, equals);
        const auto found = std::find_if(std::begin(kNamedOptions), std::end(kNamedOptions),
                                        [&](const NamedOption& option) { return name == option.name; });
        if (found == std::end(kNamedOptions)) {
            return bad("A world has no option called \"" + name + "\".",
                       "For example --set pii_fraction=0.1; src/core/world/options.h lists them.");
        }
        const auto value = core::io::parse_number(setting.substr(std::min(equals + 1, setting.size())));
        if (!value || !(*value >= 0 && *value <= 1)) {
            return bad("The option " + name + " is a number from 0 to 1.", "For example --set " + name + "=0.1.");
        }
        options.*(found->field) = *value;
    }
    if (options.duplicate_fraction + options.near_duplicate_fraction > 1 ||
        options.outdated_fraction + options.false_fraction > 1 ||
        options.junk_fraction + options.pii_fraction + options.toxic_fraction + options.secret_fraction +
                options.poison_fraction >
            1 ||
        options.junk_fraction + options.boilerplate_fraction > 1) {
        return bad("These fractions leave no room for each other.", "Make some of them smaller.");
    }
    return options;
}

}  // namespace

int world_command(int count, char** values) {
    const Arguments arguments =
        parse_arguments(count, values, {"size", "seed", "first", "domain", "set"}, {"truth", "messy", "floor"});
    if (!arguments.problem.empty() || !arguments.words.empty()) {
        return print_problem(bad(arguments.problem.empty() ? "terrarium world has options only." : arguments.problem,
                                 "See terrarium help."));
    }
    const auto size = read_size(arguments.get("size", "100kB"));
    if (!size) return print_problem(size.error());
    const auto options = read_options(arguments);
    if (!options) return print_problem(options.error());
    const auto seed = core::io::parse_int(arguments.get("seed", "1"));
    const auto first = core::io::parse_int(arguments.get("first", "0"));
    if (!seed || *seed < 0 || !first || *first < 0) {
        return print_problem(bad("Seed and first document are whole numbers from 0 on.", "For example --seed 7."));
    }
    const world::World world(static_cast<uint64_t>(*seed), options.value());
    if (arguments.has("floor")) {
        const world::Floor floor = world.floor(*first, 2000);
        std::printf("%.5f nats per character (standard error %.5f), %.2f nats and %.1f characters per document\n",
                    floor.nats_per_character, floor.standard_error, floor.nats_per_document,
                    floor.characters_per_document);
        return kOk;
    }
    core::io::stream_world(world, {*first, size.value(), arguments.has("truth")}, [](std::string_view piece) {
        return std::fwrite(piece.data(), 1, piece.size(), stdout) == piece.size();
    });
    return std::fflush(stdout) == 0 ? kOk : kFailed;
}

}  // namespace terrarium::platform
