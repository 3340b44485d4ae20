// The native program: without a command it opens the lab in a window; with one it works headless.

#include <cstdio>
#include <cstring>
#include <exception>

#include "platform/cli.h"

namespace {

constexpr const char* kHelp = R"(Usage: terrarium [COMMAND]

  (none)                       open the lab in a window
  open [ADDRESS]               the same, with settings: open '#lab=m2.pretraining&seed=3'
  list [--json]                labs with id, title, module
  run LAB [--set name=value ...] [--seed N] [--steps N] [--text FILE] [--json]
                               one run; prints the final snapshot
  sweep LAB --grid name=a,b,c ... --seeds 1..20 [--jobs N] [--emit-commands]
                               many runs, one line each; or the commands, for GNU parallel or a job array
  check PATH                   validates a content folder or file: file, line, path, sentence, next step
  verify CODE                  replays a result code and says whether it holds
  golden FILE... [--json]      recomputes the cases of golden files; a line for each that differs, and the counts
  world [--size 1GB] [--seed N] [--first N] [--domain NAME,...] [--messy] [--set name=value ...] [--truth] [--floor]
                               documents of the closed world, endless if one wants; --truth: JSON lines with all that is
                               known of each; --floor: what a perfect model would lose
  bench [NAME] [--json]        measures speed; each result as {what, value, unit}
  help                         this text

Exit status: 0 ok, 1 a check failed, 2 bad input.
)";

}  // namespace

int main(int count, char** values) {
    using namespace terrarium::platform;
    const char* command = count > 1 ? values[1] : "open";
    const auto is = [&](const char* name) { return std::strcmp(command, name) == 0; };
    try {
        if (is("open")) return open_window(count > 2 ? values[2] : "");
        if (is("list")) return list_command(count - 2, values + 2);
        if (is("run")) return run_command(count - 2, values + 2);
        if (is("sweep")) return sweep_command(count - 2, values + 2);
        if (is("check")) return check_command(count - 2, values + 2);
        if (is("verify")) return verify_command(count - 2, values + 2);
        if (is("golden")) return golden_command(count - 2, values + 2);
        if (is("world")) return world_command(count - 2, values + 2);
        if (is("bench")) return bench_command(count - 2, values + 2);
        if (is("help") || is("--help") || is("-h")) {
            std::fputs(kHelp, stdout);
            return kOk;
        }
        std::fprintf(stderr, "terrarium: there is no command \"%s\".\n\n%s", command, kHelp);
        return kBadInput;
    } catch (const std::exception& fault) {
        std::fprintf(stderr, "terrarium: a fault of the program: %s\n", fault.what());
        return kFailed;
    }
}
