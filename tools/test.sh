#!/usr/bin/env bash
# Every test of the project; called by ./lab test. Each part writes its own log and one line here; a part that fails shows
# the end of its log. Ends with one line, "N passed, N failed", and a matching exit status.
#
#   --full   also the long ones (TERRARIUM_FULL=1): every challenge on all seeds in the optimised build, under an hour of
#            one core, with the result in docs/full-tests.md, and the long tests of the browser
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"

full=
case ${1:-} in
    --full) full=1 ;;
    '') ;;
    *) fail "./lab test does not know \"$1\"." "It knows --full." ;;
esac

passed=0
failed=0
skipped=0
started=$SECONDS
mkdir -p build/log

# The counts in a log: the last "N passed, N failed[, N skipped]", or doctest's line of test cases.
counts_of() {
    sed -nE -e 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 \4/p' \
        -e 's/^\[doctest\] test cases: *[0-9]+ *\| *([0-9]+) passed *\| *([0-9]+) failed *\| *([0-9]+) skipped.*/\1 \2 \3/p' "$1" | tail -n 1
}

# What a log says about failures: the lines marked FAIL with what stands below them, else its end.
what_failed() {
    if grep -q '^FAIL' "$1"; then grep -A 12 '^FAIL' "$1" | grep -v '^ok' | head -n 80; else tail -n 40 "$1"; fi
}

# part COUNTED|STEP NAME COMMAND...: COUNTED must report how many tests it ran; a STEP (a build) counts as one.
part() {
    local kind=$1 name=$2 log status began ok bad left
    shift 2
    log=build/log/$(tr -cs 'A-Za-z0-9\n' - <<<"$name")
    began=$SECONDS
    printf '%-46s' "$name"
    "$@" >"$log" 2>&1
    status=$?
    if [[ $kind == STEP ]]; then
        read -r ok bad left <<<"$((status == 0)) $((status != 0)) 0"
    else
        read -r ok bad left <<<"$(counts_of "$log")"
        ok=${ok:-0} bad=${bad:-0} left=${left:-0}
        # A part that ran nothing, or broke off without counting its failure, has failed.
        if [[ $bad == 0 && ($status != 0 || $ok == 0) ]]; then bad=1; fi
    fi
    passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + left))
    printf '%5d passed, %d failed%s  (%d s)\n' "$ok" "$bad" "$([[ $left == 0 ]] || echo ", $left skipped")" $((SECONDS - began))
    [[ $bad == 0 ]] || { what_failed "$log" | sed 's/^/    | /'; echo "    the whole log: $log"; }
    [[ $bad == 0 ]]
}

finish() {
    say "$((SECONDS - started)) s"
    echo "$passed passed, $failed failed$([[ $skipped == 0 ]] || echo ", $skipped skipped")"
    [[ $failed == 0 ]]
    exit
}

# Every challenge on all seeds; what became of each goes into docs/full-tests.md, also when a test fails.
all_seeds() {
    local games=build/log/challenges.tsv status
    rm -f "$games"
    TERRARIUM_FULL=1 TERRARIUM_FULL_LOG=$games build/release/terrarium_tests
    status=$?
    node tools/full_report.mjs "$games" "$(c++ --version | head -n 1)" >build/log/full-tests.md &&
        mv build/log/full-tests.md docs/full-tests.md
    return $status
}

source tools/build.sh
if ! made=$(tools/setup.sh test); then
    failed=1
    finish
fi
source "$made/env.sh"

part COUNTED "house rules" tools/gates.sh
part COUNTED "tools" node tests/web/run.mjs tests/tools

if part STEP "build, native with sanitizers" build_preset native terrarium terrarium_tests terrarium_engine; then
    part COUNTED "unit tests, native with sanitizers" build/native/terrarium_tests
    part COUNTED "content" build/native/terrarium check content
fi
page_built=yes
for preset in web web-scalar; do
    part STEP "build, $preset" build_preset "$preset" terrarium_tests terrarium terrarium_engine || { page_built= && continue; }
    part COUNTED "unit tests, $preset in Node" node "build/$preset/terrarium_tests.js" --no-colors
done
if [[ -n $full ]]; then
    part STEP "build, optimised" build_preset release terrarium terrarium_tests &&
        part COUNTED "unit tests, optimised, all seeds" all_seeds
fi
if [[ -n $page_built ]] && part STEP "page, put together within its budget" node tools/dist.mjs --strict; then
    CHROMIUM=$(find_chromium) TERRARIUM_FULL=$full part COUNTED "browser" node tests/web/run.mjs
else
    failed=$((failed + 1))
    echo "The browser tests could not run, because there is no page. That counts as one failure."
fi
finish
