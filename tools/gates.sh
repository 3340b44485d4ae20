#!/usr/bin/env bash
# The house rules that a search through the sources can check: each prints a line, and where it is broken. Ends with
# "N passed, N failed".
set -uo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"

passed=0
failed=0
skipped=0

# gate RULE HITS: the rule holds when there are no hits.
gate() {
    if [[ -z $2 ]]; then
        passed=$((passed + 1))
        echo "ok    $1"
    else
        failed=$((failed + 1))
        echo "FAIL  $1"
        printf '%s\n' "$2" | head -n 12 | sed 's/^/          /'
    fi
}

# Every file of the project, tracked or about to be.
mapfile -t files < <(git ls-files --cached --others --exclude-standard | while read -r file; do [[ -f $file ]] && echo "$file"; done)

# of PATTERN: the files whose path matches.
of() { printf '%s\n' "${files[@]}" | grep -E "$1" || true; }
# search PATTERN PATHS: file:line of each match. found does the same without what stands in // comments.
search() {
    [[ -z $2 ]] || printf '%s\n' "$2" | xargs -r -d '\n' perl -e '
        my ($pattern, $comments_count) = (shift, shift);
        while (<>) {
            chomp(my $line = $_);
            $line =~ s#(^|[^:])//.*#$1# unless $comments_count;
            print "$ARGV:$.: $_" . (/\n\z/ ? "" : "\n") if $line =~ /$pattern/;
            close ARGV if eof;
        }' -- "$1" "${3:-}"
}
found() { search "$1" "$2" ''; }
found_anywhere() { search "$1" "$2" yes; }

headless=$(of '^src/core/.*\.(h|cpp)$|^src/labs/[^/]*/[^/]*/lab[^/]*\.(h|cpp)$')
cpp=$(of '^src/.*\.(h|cpp)$')
core=$(of '^src/core/.*\.(h|cpp)$')
shipped=$(of '^(src|web|content)/.*\.(h|cpp|js|mjs|css|html|json|txt)$')

gate "the core and the labs' logic know no screen and no browser" \
    "$(found_anywhere 'imgui|implot|SDL|emscripten' "$headless")"
gate "the core includes only itself and the standard library (nlohmann/json in io/)" \
    "$(found '#include "(app|ui|worker|labs|platform)/|#include <nlohmann' "$(printf '%s\n' "$core" | grep -v '^src/core/io/')")"
gate "JavaScript stands in web/ and in src/platform/browser.cpp" \
    "$(found 'EM_JS|EM_ASM' "$(printf '%s\n' "$cpp" | grep -v '^src/platform/browser.cpp$')")"
gate "labs and the app draw through ui:: alone, so that everything has a twin" \
    "$(found 'ImGui::|ImPlot::' "$(of '^src/(labs|app)/.*\.(h|cpp)$')")"
gate "text is never a format string" "$(found 'ImGui::(Text|TextColored|TextWrapped|TextDisabled|BulletText|SetTooltip)\(' "$cpp")"

gate "no hidden randomness" "$(found '\b(s?rand|drand48)\(|random_device|mt19937|default_random_engine' "$cpp")"
gate "no distribution, shuffle or hash of the standard library in the core (they differ between platforms)" \
    "$(found 'std::[a-z_]*_distribution|std::shuffle|std::hash<' "$core")"
gate "no function of the C library's mathematics where numbers are computed (ours are the same everywhere)" \
    "$(found '(\bstd::|[^\w:]::|__builtin_)(exp2?|expm1|log(2|10|1p)?|pow|a?(tan|sin|cos)h?|atan2|erfc?|[lt]gamma|fma|cbrt|hypot)f?\b' "$headless")"
gate "no unordered container in the core (its order differs between platforms)" "$(found 'unordered_(map|set|multimap|multiset)' "$headless")"
gate "no clock and no thread in the core" "$(found '#include <(chrono|thread|ctime|time\.h|mutex|atomic|future)>|std::chrono' "$headless")"
gate "nothing asks the compiler for inexact arithmetic" \
    "$(found_anywhere '-ffast-math|-Ofast|-funsafe-math|fp-contract=(fast|on)|-march=native' "$(of '^(src/|cmake/|CMake)')")"
gate "no mutable global or static state in the core" \
    "$(found '^\s*(static|thread_local|inline static)\s+(?!const|inline const)[\w:<>,* ]+\s+[a-z_]\w*\s*(=|;|\{)' "$headless")"
gate "outside data is caught at its doors alone" \
    "$(found '\bcatch\s*\(' "$(printf '%s\n' "$cpp" | grep -vE '^src/(core/io/|app/course|worker/|platform/)')")"
gate "the page builds its elements from text, never from markup" \
    "$(found 'innerHTML|outerHTML|insertAdjacentHTML|document\.write|[^.]eval\(|new Function' "$(of '^web/.*\.(js|mjs)$')")"

gate "no file of src/ or web/ is longer than 500 lines" \
    "$(of '^(src|web)/.*\.(cpp|h|js|mjs|css)$' | xargs -r -d '\n' wc -l | awk '$2 != "total" && $1 > 500 { print $2 " (" $1 " lines)" }')"
gate "nothing is left for later" "$(found_anywhere 'TODO|FIXME|XXX|HACK' "$(of '^(src|web|content|tests|tools|cmake)/|^lab$|^CMake' | grep -vE '^tools/gates.sh$|\.png$')")"
gate "no spaces at line ends, no tabs, no missing newline in sources" \
    "$(found_anywhere '\s$|\t' "$(of '\.(cpp|h|js|mjs|css|html|sh|cmake|md)$|^lab$|^CMake')" | grep -v '^tools/gates.sh' | cut -c1-100
       of '\.(cpp|h|js|mjs|css|html|sh|cmake|md|json)$|^lab$' | while read -r file; do [[ -s $file && -n $(tail -c 1 "$file") ]] && echo "$file: no newline at the end"; done)"
# The list of all sentences grows with every lab; it is written by a program, and read by translators.
gate "no binary, and nothing larger than 400 kB, in the repository" \
    "$(printf '%s\n' "${files[@]}" | xargs -r -d '\n' stat -c '%s %n' | awk '$1 > ($2 ~ /^content\/locales\// ? 800000 : 400000) { print $2 " (" $1 " bytes)" }')"

# What must not stand in the tree is read off this machine: its package hosts and its home.
unwanted=$( { npm config get registry; apt-get indextargets --format '$(SITE)'; } 2>/dev/null | sed -nE 's#^[a-z]+://([^/]+).*#\1#p' | sort -u
            printf '%s/\n' "$HOME"; [[ $(dirname "$top") == / ]] || printf '%s/\n' "$(dirname "$top")")
gate "no package host and no path of one machine in the tree" \
    "$(printf '%s\n' "${files[@]}" | xargs -r -d '\n' grep -nHF "$unwanted" -- 2>/dev/null | cut -c1-160)"
gate "the lock file names no host" "$(found_anywhere '"resolved"' "$(of '^package-lock.json$')")"

# Scripts and data must at least be readable by what reads them.
gate "every shell script parses" "$(of '\.sh$|^lab$|^\.ci/run$' | while read -r file; do bash -n "$file" 2>&1 | head -n 1; done)"
gate "every script of the page and of the tools parses" \
    "$(of '^(web|tools|tests)/.*\.(js|mjs)$' | while read -r file; do node --check "$file" 2>&1 | head -n 1; done)"
gate "every JSON file parses" \
    "$(of '\.json$' | while read -r file; do node -e 'JSON.parse(require("fs").readFileSync(process.argv[1]))' "$file" 2>/dev/null || echo "$file"; done)"
gate "content/locales/en.json has every sentence of the code (tools/locales.mjs --write)" "$(node tools/locales.mjs --check)"
gate "what people run has its run bit" "$(for file in lab .ci/run tools/setup.sh tools/gates.sh tools/test.sh; do [[ -x $file ]] || echo "$file"; done)"

differing=$(tools/format.sh --check 2>&1)
case $? in
    3) skipped=$((skipped + 1)) && echo "skip  the sources are formatted: $differing" ;;
    *) gate "the sources are formatted (./lab format does it)" "$differing" ;;
esac

# Not a rule, but a hint: one thing per file usually fits into 400 lines.
of '^(src|web)/.*\.(cpp|h|js|mjs|css)$' | xargs -r -d '\n' wc -l | awk '$2 != "total" && $1 > 400 { print "note  " $2 " has " $1 " lines; is it one thing?" }'

echo "$passed passed, $failed failed$([[ $skipped == 0 ]] || echo ", $skipped skipped")"
[[ $failed == 0 ]]
