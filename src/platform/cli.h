// The command line (design: terrarium list | run | sweep | check | verify | golden | bench). Exit status 0 ok, 1 a
// check failed, 2 bad input. Headless: the same labs as in the browser.

#pragma once

#include <map>
#include <string>
#include <vector>

#include "labs/lab.h"

namespace terrarium::platform {

inline constexpr int kOk = 0, kFailed = 1, kBadInput = 2;

/// What stands behind a command: "--seed 7", "--set a=b" (repeatable), flags, and plain words.
struct Arguments {
    std::vector<std::string> words;
    std::multimap<std::string, std::string> options;
    bool has(const std::string& name) const { return options.contains(name); }
    std::string get(const std::string& name, const std::string& fallback = {}) const;
    std::vector<std::string> all(const std::string& name) const;
    std::string problem;  ///< not empty: an option lacks its value or is unknown
};
Arguments parse_arguments(int count, char** values, const std::vector<std::string>& with_value,
                          const std::vector<std::string>& flags);

int run_command(int count, char** values);    ///< terrarium run
int sweep_command(int count, char** values);  ///< terrarium sweep
int verify_command(int count, char** values);
int check_command(int count, char** values);
int golden_command(int count, char** values);
int bench_command(int count, char** values);
int list_command(int count, char** values);
int world_command(int count, char** values);
int print_problem(const core::Error& error);

/// Opens the lab in a desktop window.
int open_window(const std::string& address);

}  // namespace terrarium::platform
