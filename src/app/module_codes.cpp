#include "app/module_codes.h"

#include "core/io/module_code.h"

namespace terrarium::app {

OwnModuleCode code_of_module(Desk& desk, const labs::Module& module) {
    core::io::ModuleCode code{.module = module.id, .results = {}};
    for (const std::string& lab : module.labs) {
        const auto found = desk.progress().labs.find(lab);
        if (found == desk.progress().labs.end() || code.results.size() == core::io::kMaxModuleResults) continue;
        auto result = core::io::decode(found->second.result_code);
        if (result && result.value().lab == lab) code.results.push_back(std::move(result).value());
    }
    if (code.results.empty()) return {};
    return {core::io::encode(code), std::ssize(code.results)};
}

}  // namespace terrarium::app
