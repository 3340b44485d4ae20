#!/usr/bin/env bash
# Formats the C++ sources, or says which ones are not. One pinned clang-format decides, because versions disagree.
#
#   tools/format.sh --check     prints the files that differ; exit status 1 when there are any, 3 without a clang-format
#   tools/format.sh --write     formats them
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
cd "$top"

wanted=19
formatter=
for name in "${TERRARIUM_CLANG_FORMAT:-}" "$kit/compiler/usr/lib/llvm-$wanted/bin/clang-format" "clang-format-$wanted" clang-format; do
    [[ -n $name ]] && has "$name" && "$name" --version 2>/dev/null | grep -q "version $wanted\." && formatter=$name && break
done
if [[ -z $formatter ]]; then
    say "There is no clang-format $wanted here; tools/setup.sh web brings one."
    exit 3
fi

mapfile -t sources < <(find src tests -name '*.cpp' -o -name '*.h' 2>/dev/null | LC_ALL=C sort)
[[ ${#sources[@]} -gt 0 ]] || exit 0
case ${1:---check} in
    --write) "$formatter" -i "${sources[@]}" ;;
    --check)
        differing=$("$formatter" --dry-run "${sources[@]}" 2>&1 | sed -nE 's/^([^:]+):[0-9]+:[0-9]+: warning: .*/\1/p' | sort -u)
        [[ -z $differing ]] || { printf '%s\n' "$differing"; exit 1; }
        ;;
    *) fail "format.sh does not know \"$1\"." "It knows --check and --write." ;;
esac
