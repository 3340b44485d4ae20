# Shared by the scripts of this folder: where things are, and how we talk. Sourced, never run.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cache_home=${TERRARIUM_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/terrarium}
pins=$top/tools/pins.txt
kit=$cache_home/$(sha256sum "$pins" | cut -c1-12) # everything that set-up makes lies here
jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '%s\n' "$*" >&2; }

# fail SENTENCE [NEXT STEP...]: the first says what is wrong, the others what to do about it.
fail() {
    say ""
    say "Stopped: $1"
    shift
    local line
    for line in "$@"; do say "  $line"; done
    exit 1
}

# has COMMAND...: true when one of them is there.
has() {
    local name
    for name in "$@"; do command -v "$name" >/dev/null 2>&1 && return 0; done
    return 1
}

# The first Chromium there is: CHROMIUM names one, else it is found by name.
find_chromium() {
    local name
    for name in ${CHROMIUM:+"$CHROMIUM"} chromium chromium-browser google-chrome-stable google-chrome; do
        command -v "$name" 2>/dev/null && return 0
    done
    return 1
}

# The Emscripten that a developer already has, when it is new enough; prints its folder.
find_emsdk() {
    local folder
    for folder in "${EMSDK:+$EMSDK/upstream/emscripten}" "$(dirname "$(command -v emcc 2>/dev/null || echo /)")"; do
        [[ -n $folder && -f $folder/cmake/Modules/Platform/Emscripten.cmake && -x $folder/em++ ]] || continue
        "$folder/em++" --version 2>/dev/null | head -n 1 | grep -oE '[0-9]+\.[0-9]+\.[0-9]+' | head -n 1 |
            awk -F. '{ exit !($1 * 1000000 + $2 * 1000 + $3 >= 3001069) }' && echo "$folder" && return 0
    done
    return 1
}
