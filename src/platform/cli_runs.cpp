// Commands that train: run, sweep, bench.

#include <atomic>
#include <chrono>
#include <cstdio>
#include <mutex>
#include <thread>

#include "bench/bench.h"
#include "core/io/number_text.h"
#include "core/io/sha256.h"
#include "core/io/text_door.h"
#include "labs/replay.h"
#include "platform/cli.h"
#include "platform/content_files.h"

namespace terrarium::platform {
namespace {

using labs::json;

/// A value from the command line, in the type that the lab's config has.
json typed(const std::string& text, const json& like) {
    if (like.is_boolean())
        return text == "true" || text == "1" ? json(true) : text == "false" || text == "0" ? json(false) : json(text);
    if (like.is_number()) {
        const auto number = core::io::parse_number(text);
        const auto whole = core::io::parse_int(text);
        if (whole) return *whole;
        if (number) return *number;
    }
    return text;
}

core::Result<json> overrides_from(const Arguments& arguments, const labs::LabEntry& lab, const labs::Content& content) {
    std::vector<core::Error> notes;
    auto defaults = lab.read_config(json::object(), content, false, notes);
    if (!defaults) return defaults.error();
    json overrides = json::object();
    std::vector<std::string> settings = arguments.all("set");
    if (arguments.has("seed")) settings.push_back("seed=" + arguments.get("seed"));
    for (const std::string& setting : settings) {
        const size_t equals = setting.find('=');
        const std::string name = setting.substr(0, equals);
        if (equals == std::string::npos || !defaults.value().contains(name)) {
            return core::Error{"usage", "--set " + setting, "This lab has no setting called " + name + ".",
                               "Write --set name=value; the names are in the lab's content file under defaults."};
        }
        overrides[name] = typed(setting.substr(equals + 1), defaults.value()[name]);
    }
    return overrides;
}

struct Prepared {
    const labs::LabEntry* lab = nullptr;
    LabFiles files;
    json overrides;
};

core::Result<Prepared> prepare(const Arguments& arguments) {
    if (!arguments.problem.empty()) return core::Error{"usage", "", arguments.problem, "See terrarium help."};
    if (arguments.words.empty()) return core::Error{"usage", "", "Which lab?", "terrarium list shows them."};
    Prepared prepared{.lab = labs::find_lab(arguments.words[0]), .files = {}, .overrides = {}};
    if (prepared.lab == nullptr) {
        return core::Error{"lab.unknown", "", "There is no lab called " + arguments.words[0] + ".",
                           "terrarium list shows them."};
    }
    auto files = load_lab(*prepared.lab, data_folder() + "/content");
    if (!files) return files.error();
    prepared.files = std::move(files).value();
    auto overrides = overrides_from(arguments, *prepared.lab, prepared.files.content);
    if (!overrides) return overrides.error();
    prepared.overrides = std::move(overrides).value();
    if (arguments.has("text")) {
        const auto bytes = read_file(arguments.get("text"));
        if (!bytes)
            return core::Error{"file.missing", arguments.get("text"), "This text cannot be read.", "Check its name."};
        auto text = core::io::read_own_text(*bytes, arguments.get("text"), {.min_characters = 400});
        if (!text) return text.error();
        const std::string name = "artefact:" + core::io::sha256_hex(text.value().utf8);
        prepared.files.corpora[name] = text.value().utf8;
        prepared.overrides["text"] = name;
    }
    return prepared;
}

struct Outcome {
    json snapshot;
    labs::Verdict verdict;
    std::string evidence;
};

core::Result<Outcome> run_once(const Prepared& prepared, const json& overrides, int64_t max_steps) {
    std::vector<core::Error> notes;
    const auto config = prepared.lab->read_config(overrides, prepared.files.content, false, notes);
    if (!config) return config.error();
    auto job = prepared.lab->make_job(config.value(), prepared.files.corpora);
    if (!job) return job.error();
    labs::AnyJob& running = *job.value();
    while (running.step()) {
        if (max_steps >= 0 && running.at_boundary() && running.steps_done() >= max_steps) {
            if (const auto stopped = running.set("stop", nullptr); !stopped) return stopped.error();
            break;
        }
    }
    Outcome outcome{running.snapshot(), running.check(prepared.files.content.challenge.goal),
                    labs::evidence(running.series())};
    for (const labs::Series& series : running.series()) outcome.snapshot[series.name] = series.values;
    outcome.snapshot["evidence"] = outcome.evidence;
    return outcome;
}

int64_t steps_from(const Arguments& arguments) {
    return core::io::parse_int(arguments.get("steps", "-1")).value_or(-1);
}

/// The grid of a sweep, as one object of overrides per run.
core::Result<std::vector<json>> grid_from(const Arguments& arguments, const Prepared& prepared) {
    std::vector<json> runs{prepared.overrides};
    std::vector<std::string> axes = arguments.all("grid");
    if (const std::string seeds = arguments.get("seeds"); !seeds.empty()) {
        const size_t dots = seeds.find("..");
        const auto first = core::io::parse_int(seeds.substr(0, dots));
        const auto last = dots == std::string::npos ? first : core::io::parse_int(seeds.substr(dots + 2));
        if (!first || !last || *last < *first || *last - *first > 10'000) {
            return core::Error{"usage", "--seeds " + seeds, "Seeds are a number or a range.", "Write --seeds 1..20"};
        }
        std::string axis = "seed=";
        for (int64_t seed = *first; seed <= *last; ++seed) axis += (seed > *first ? "," : "") + std::to_string(seed);
        axes.push_back(axis);
    }
    for (const std::string& axis : axes) {
        std::vector<json> grown;
        const size_t equals = axis.find('=');
        if (equals == std::string::npos) return core::Error{"usage", "--grid " + axis, "A grid is name=a,b,c.", ""};
        for (const json& run : runs) {
            for (size_t at = equals + 1; at <= axis.size();) {
                const size_t end = std::min(axis.find(',', at), axis.size());
                Arguments one;
                one.options.emplace("set", axis.substr(0, equals) + "=" + axis.substr(at, end - at));
                auto value = overrides_from(one, *prepared.lab, prepared.files.content);
                if (!value) return value.error();
                json merged = run;
                merged.update(value.value());
                grown.push_back(std::move(merged));
                at = end + 1;
            }
        }
        runs = std::move(grown);
    }
    return runs;
}

}  // namespace

int run_command(int count, char** values) {
    const Arguments arguments = parse_arguments(count, values, {"set", "seed", "steps", "text"}, {"json"});
    const auto prepared = prepare(arguments);
    if (!prepared) return print_problem(prepared.error());
    const auto outcome = run_once(prepared.value(), prepared.value().overrides, steps_from(arguments));
    if (!outcome) return print_problem(outcome.error());
    if (arguments.has("json")) {
        std::printf("%s\n", outcome.value().snapshot.dump(2, ' ', false, json::error_handler_t::replace).c_str());
    } else {
        for (const auto& [name, value] : outcome.value().snapshot.items()) {
            if (value.is_array() && value.size() > 12) continue;
            std::printf("%-22s %s\n", name.c_str(), value.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
        }
        std::printf("%-22s %s\n", "challenge", outcome.value().verdict.reason.english().c_str());
    }
    return kOk;
}

int sweep_command(int count, char** values) {
    const Arguments arguments = parse_arguments(
        count, values, {"set", "seed", "steps", "text", "grid", "seeds", "jobs"}, {"json", "emit-commands"});
    const auto prepared = prepare(arguments);
    if (!prepared) return print_problem(prepared.error());
    const auto runs = grid_from(arguments, prepared.value());
    if (!runs) return print_problem(runs.error());
    if (arguments.has("emit-commands")) {
        for (const json& run : runs.value()) {
            std::printf("terrarium run %s --json", arguments.words[0].c_str());
            for (const auto& [name, value] : run.items()) {
                std::printf(" --set %s=%s", name.c_str(),
                            (value.is_string() ? value.get<std::string>() : value.dump()).c_str());
            }
            if (arguments.has("steps")) std::printf(" --steps %s", arguments.get("steps").c_str());
            std::printf("\n");
        }
        return kOk;
    }
    std::atomic<size_t> next{0};
    std::atomic<int> failures{0};
    std::mutex printing;
    const auto work = [&] {
        for (size_t i = next++; i < runs.value().size(); i = next++) {
            const auto outcome = run_once(prepared.value(), runs.value()[i], steps_from(arguments));
            const std::lock_guard lock(printing);
            if (!outcome) {
                ++failures;
                print_problem(outcome.error());
                continue;
            }
            json line = {{"set", runs.value()[i]},
                         {"evidence", outcome.value().evidence},
                         {"passed", outcome.value().verdict.passed}};
            for (const auto& [name, value] : outcome.value().snapshot.items()) {
                if (!value.is_array() && !value.is_object())
                    line[name] = value;
                else if (value.is_array() && !value.empty() && value.size() <= 64 && value[0].is_number())
                    line[name] = value;
                else if (value.is_array() && !value.empty() && value.back().is_number())
                    line[name + "_last"] = value.back();
            }
            std::printf("%s\n", line.dump(-1, ' ', false, json::error_handler_t::replace).c_str());
            std::fflush(stdout);
        }
    };
    const int64_t jobs = std::clamp<int64_t>(core::io::parse_int(arguments.get("jobs", "1")).value_or(1), 1, 64);
    {
        std::vector<std::jthread> threads;
        for (int64_t i = 0; i < jobs; ++i) threads.emplace_back(work);
    }
    return failures == 0 ? kOk : kBadInput;
}

int bench_command(int count, char** values) {
    const Arguments arguments = parse_arguments(count, values, {}, {"json"});
    if (!arguments.problem.empty()) return print_problem({"usage", "", arguments.problem, "See terrarium help."});
    const auto now_s = [] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
    };
    const auto results = bench::run_all(arguments.words.empty() ? "" : arguments.words[0], now_s);
    if (results.empty())
        return print_problem({"usage", "", "There is no benchmark of that name.", "Without a name all of them run."});
    for (const bench::Measurement& result : results) {
        const json line = {{"what", result.what}, {"value", result.value}, {"unit", result.unit}};
        if (arguments.has("json"))
            std::printf("%s\n", line.dump().c_str());
        else
            std::printf("%-40s %14.1f %s\n", result.what.c_str(), result.value, result.unit.c_str());
    }
    return kOk;
}

}  // namespace terrarium::platform
