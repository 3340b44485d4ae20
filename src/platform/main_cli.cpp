// Commands that do not train: list, check, verify; and how arguments are read.

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/content_check.h"
#include "core/io/locale.h"
#include "core/io/module_code.h"
#include "labs/replay.h"
#include "labs/services.h"
#include "platform/cli.h"
#include "platform/content_files.h"

namespace terrarium::platform {

namespace fs = std::filesystem;
using labs::json;

std::string Arguments::get(const std::string& name, const std::string& fallback) const {
    const auto found = options.find(name);
    return found == options.end() ? fallback : found->second;
}

std::vector<std::string> Arguments::all(const std::string& name) const {
    std::vector<std::string> values;
    const auto [begin, end] = options.equal_range(name);
    for (auto at = begin; at != end; ++at) values.push_back(at->second);
    return values;
}

Arguments parse_arguments(int count, char** values, const std::vector<std::string>& with_value,
                          const std::vector<std::string>& flags) {
    Arguments arguments;
    const auto is_in = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (int i = 0; i < count; ++i) {
        const std::string word = values[i];
        if (!word.starts_with("--")) {
            arguments.words.push_back(word);
        } else if (is_in(flags, word.substr(2))) {
            arguments.options.emplace(word.substr(2), "");
        } else if (is_in(with_value, word.substr(2)) && i + 1 < count) {
            arguments.options.emplace(word.substr(2), values[++i]);
        } else if (is_in(with_value, word.substr(2))) {
            arguments.problem = word + " needs a value.";
        } else {
            arguments.problem = "There is no option " + word + " here.";
        }
    }
    return arguments;
}

int print_problem(const core::Error& error) {
    std::fprintf(stderr, "%s\n", core::english(error).c_str());
    return kBadInput;
}

int list_command(int count, char** values) {
    const Arguments arguments = parse_arguments(count, values, {}, {"json"});
    if (!arguments.problem.empty()) return print_problem({"usage", "", arguments.problem, "See terrarium help."});
    json listed = json::array();
    for (const labs::LabEntry* lab : labs::all_labs()) {
        const auto files = load_lab(*lab, data_folder() + "/content");
        if (!files) return print_problem(files.error());
        const labs::Content& content = files.value().content;
        if (arguments.has("json")) {
            listed.push_back({{"id", content.id}, {"title", content.title}, {"module", content.module}});
        } else {
            std::printf("%-24s %-40s %s\n", content.id.c_str(), content.title.c_str(), content.module.c_str());
        }
    }
    if (arguments.has("json")) std::printf("%s\n", listed.dump(2).c_str());
    return kOk;
}

namespace {

/// A lab may name only services that the list has.
std::optional<core::Error> missing_service_of(const labs::Content& content, const fs::path& folder,
                                              const std::string& name) {
    if (content.aws.empty()) return std::nullopt;
    const std::string list_name = (folder / "services.json").string();
    const auto services = labs::read_services(read_file(list_name).value_or("{}"), list_name);
    if (!services) return services.error();
    const std::string missing = labs::missing_service(content, services.value());
    if (missing.empty()) return std::nullopt;
    return core::Error{"service", name + ", at /aws", "The list of services has no " + missing + ".",
                       "Add it to services.json, or correct the id."};
}

/// Checks one content file by what it is called; adds to the counts.
void check_file(const fs::path& path, int& passed, int& failed) {
    const std::string name = path.string();
    const auto bytes = read_file(name);
    const auto count = [&](const core::Error* error, const std::vector<std::string>& warnings) {
        for (const std::string& warning : warnings) std::printf("note: %s\n", warning.c_str());
        if (error == nullptr) {
            ++passed;
            return;
        }
        ++failed;
        std::printf("%s%s\n", error->place.empty() ? (name + ": ").c_str() : "", core::english(*error).c_str());
    };
    if (!bytes) {
        const core::Error missing{"file.missing", name, "This file cannot be read.", "Check its name and rights."};
        return count(&missing, {});
    }
    if (path.filename() == "course.json") {
        const auto course = labs::read_course(*bytes, name);
        return count(course ? nullptr : &course.error(), {});
    }
    if (path.filename() == "glossary.json") {
        const auto glossary = labs::read_glossary(*bytes, name);
        return count(glossary ? nullptr : &glossary.error(), {});
    }
    if (path.filename() == "services.json") {
        const auto services = labs::read_services(*bytes, name);
        return count(services ? nullptr : &services.error(), {});
    }
    if (path.parent_path().filename() == "locales") {
        if (path.filename() == "index.json") {
            const auto languages = core::io::read_languages(*bytes, name);
            return count(languages ? nullptr : &languages.error(), {});
        }
        const auto words = core::io::read_locale(*bytes, name);
        return count(words ? nullptr : &words.error(), {});
    }
    const auto content = labs::read_content(*bytes, name);
    if (!content) return count(&content.error(), {});
    const labs::LabEntry* lab = labs::find_lab(content.value().id);
    if (lab == nullptr) {
        const core::Error unknown{"lab.unknown", name + ", at /id",
                                  "This program has no lab called " + content.value().id + ".",
                                  "Correct the id, or use a newer program."};
        return count(&unknown, {});
    }
    std::vector<std::string> notes = content.value().warnings;
    std::vector<core::Error> of_config;
    const auto config = lab->read_config(json::object(), content.value(), false, of_config);
    for (const core::Error& one : of_config) notes.push_back(core::english(one));
    if (!config) return count(&config.error(), notes);
    const fs::path folder = path.parent_path().parent_path();
    const auto files = load_lab(*lab, folder.string());
    if (!files) return count(&files.error(), notes);
    const std::string glossary_name = (folder / "glossary.json").string();
    const auto glossary_bytes = read_file(glossary_name);
    const auto glossary = labs::read_glossary(glossary_bytes.value_or("{}"), glossary_name);
    if (!glossary) return count(&glossary.error(), notes);
    if (const auto missing = missing_service_of(content.value(), folder, name)) return count(&*missing, notes);
    const auto problem = app::check_words(content.value(), glossary.value(), *bytes, name);
    count(problem ? &*problem : nullptr, notes);
}

}  // namespace

int check_command(int count, char** values) {
    const Arguments arguments = parse_arguments(count, values, {}, {});
    if (!arguments.problem.empty() || arguments.words.size() != 1) {
        return print_problem(
            {"usage", "", "terrarium check wants one folder or file.", "For example: terrarium check content"});
    }
    const fs::path root = arguments.words[0];
    if (!fs::exists(root))
        return print_problem({"file.missing", root.string(), "There is no such file or folder.", "Check the name."});
    std::vector<fs::path> paths;
    if (fs::is_regular_file(root)) paths.push_back(root);
    if (fs::is_directory(root)) {
        for (const auto& entry : fs::recursive_directory_iterator(root)) {
            const bool is_schema = entry.path().string().find("/schema/") != std::string::npos;
            if (entry.is_regular_file() && entry.path().extension() == ".json" && !is_schema)
                paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    int passed = 0;
    int failed = 0;
    for (const fs::path& path : paths) check_file(path, passed, failed);
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? kOk : kFailed;
}

namespace {

/// Runs one result again.
core::Result<labs::Verification> verify_one(const core::io::ResultCode& code) {
    const labs::LabEntry* lab = labs::find_lab(code.lab);
    if (lab == nullptr) {
        return core::Error{"lab.unknown", "", "This program has no lab called " + code.lab + ".",
                           "Use the version that made the code."};
    }
    const auto files = load_lab(*lab, data_folder() + "/content");
    if (!files) return files.error();
    return labs::verify(code, *lab, files.value().content, files.value().corpora);
}

}  // namespace

int verify_command(int count, char** values) {
    const Arguments arguments = parse_arguments(count, values, {}, {});
    std::string text;
    for (const std::string& word : arguments.words) text += word;
    const auto code = core::io::decode_any_code(text);
    if (!code) return print_problem(code.error());
    int64_t n_holding = 0;
    for (const core::io::ResultCode& result : code.value().results) {
        const auto found = verify_one(result);
        if (!found) return print_problem(found.error());
        n_holding += found.value().holds ? 1 : 0;
        if (code.value().module.empty()) {
            std::printf("%s\n", found.value().words.english().c_str());
        } else {
            std::printf("%s: %s\n", result.lab.c_str(), found.value().words.english().c_str());
        }
    }
    const auto n_results = std::ssize(code.value().results);
    if (!code.value().module.empty()) {
        std::printf("Module %s: %lld of %lld results confirmed.\n", code.value().module.c_str(),
                    static_cast<long long>(n_holding), static_cast<long long>(n_results));
    }
    return n_holding == n_results ? kOk : kFailed;
}

}  // namespace terrarium::platform
