#!/usr/bin/env bash
# Sets up what the project is built with: system packages by name, a pinned compiler and pinned libraries in the user's
# cache. Each step leaves a stamp, so a broken run goes on where it stopped and a second clone starts at once.
#
#   tools/setup.sh web      what ./lab serve needs
#   tools/setup.sh native   what the native program needs
#   tools/setup.sh test     both, and the browser tests
#
# Prints the folder that was made; `env.sh` in it is sourced by ./lab. Environment:
#   TERRARIUM_CACHE          the cache (default: terrarium/ in XDG_CACHE_HOME or ~/.cache)
#   TERRARIUM_DEPS           a folder with imgui/ implot/ include/ fonts/ of your own; then no library is fetched
#   TERRARIUM_IMGUI_ARCHIVE  a Dear ImGui source archive of the pinned version, when no source can be reached
#   EMSDK, PATH              an Emscripten of 3.1.69 or later found there is used instead of the pinned one
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
source "$top/tools/packages.sh"
source "$top/tools/libraries.sh"

goal=${1:-test}
case $goal in
    web | native | test) ;;
    -h | --help | help) sed -n '2,/^set -/{/^#/s/^# \{0,1\}//p}' "$0" && exit 0 ;;
    *) fail "setup.sh does not know \"$goal\"." "Use web, native or test; --help says more." ;;
esac

step_number=0
step_count=7
# step NAME SENTENCE FUNCTION: runs the function unless its stamp says that it was done.
step() {
    step_number=$((step_number + 1))
    [[ -e $kit/stamps/$1 ]] && return 0
    say "[$step_number/$step_count] $2"
    "$3"
    touch "$kit/stamps/$1"
}

# --- the pinned compiler ---------------------------------------------------------------------------------------------

unpack_compiler() {
    download_debs compiler
    rm -rf "$kit/compiler" "$kit/compiler.partial"
    mkdir -p "$kit/compiler.partial"
    local deb
    for deb in "$kit"/debs/compiler/*.deb; do
        # Left out: threads, wasm workers, 64-bit, position-independent and sanitizer variants of the system libraries,
        # which no build of ours links (1.2 GB), documents, and tools that only LLVM's own developers call.
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$kit/compiler.partial" \
            --exclude='*/wasm32-emscripten/*-mt*.a' --exclude='*/wasm32-emscripten/*-ww*.a' \
            --exclude='*/wasm32-emscripten/pic' --exclude='*/wasm32-emscripten/lto-pic' --exclude='*/wasm64-emscripten' \
            --exclude='*asan*.a' --exclude='*lsan*.a' --exclude='*ubsan*.a' --exclude='*sanitizer*.a' \
            --exclude='*wasmfs*.a' --exclude='*webgpu*.a' --exclude='*/emscripten/test' --exclude='*/emscripten/media' \
            --exclude='*/emscripten/docs' --exclude='*/emscripten/ChangeLog.*' --exclude='*/usr/share/man' \
            --exclude='*/usr/share/lintian' --exclude='*/usr/lib/debug' --exclude='*/gconv' --exclude='*/llvm-exegesis' \
            --exclude='*/llvm-jitlink*' --exclude='*/llvm-mca' --exclude='*/llvm-reduce' --exclude='*/lli*' ||
            fail "could not unpack $(basename "$deb")." "Is the disk full? $(df -h "$kit" | awk 'END { print $4 }') are free; 2 GB are needed." \
                "Then run the same command again: it goes on from here."
    done
    mv "$kit/compiler.partial" "$kit/compiler"
    rm -rf "$kit/debs/compiler"
}

# The programs come from a newer Debian than the machine's: each is told to use the C library unpacked beside it.
link_compiler() {
    local lib llvm loader file
    lib=$(dirname "$(find "$kit/compiler/usr/lib" -name 'libstdc++.so.6' | head -n 1)")
    llvm=$kit/compiler/usr/lib/llvm-19
    loader=$(find "$lib" -name 'ld-linux*.so.*' | head -n 1)
    [[ -n $loader ]] || fail "the C library in $kit/compiler is incomplete." "Delete $kit and run the same command again."
    for file in "$kit"/compiler/usr/bin/wasm-* "$llvm"/bin/* "$lib"/*.so*; do
        [[ -L $file || $file == "$loader" || $file == "$lib"/libc.so* ]] && continue
        [[ $(head -c 4 "$file" | tr -d '\0') == $'\x7fELF' ]] || continue
        patchelf --force-rpath --set-rpath "$lib:$llvm/lib" "$file"
        [[ $file == "$lib"/* ]] || patchelf --set-interpreter "$loader" "$file" 2>/dev/null ||
            fail "could not make $(basename "$file") independent of the system." "Delete $kit and run the same command again."
    done
    local em=$kit/compiler/usr/share/emscripten
    cat >"$em/.emscripten" <<CONFIG
LLVM_ROOT = '$llvm/bin'
BINARYEN_ROOT = '$kit/compiler/usr'
NODE_JS = '$(command -v node)'
CACHE = '$em/cache'
CONFIG
    # Emscripten reads its own JavaScript with acorn, which the package leaves to the system.
    local acorn
    acorn=$(pinned npm acorn)
    npm install --silent --no-fund --no-audit --no-save --ignore-scripts --prefix "$em" "acorn@$acorn" >"$kit/log/npm" 2>&1 ||
        fail "npm could not install acorn $acorn." "Is npm's registry reachable? $kit/log/npm has its words."
}

# SDL2 through Emscripten's own recipe, from our source instead of a download. Built once, now: builds that run side by
# side would otherwise each start it. The marker tells the recipe that its source is there, so nothing asks again.
build_sdl2() {
    local em=$kit/compiler/usr/share/emscripten recipe url tag
    export EM_CONFIG=$em/.emscripten
    EMCC_LOCAL_PORTS="sdl2=$kit/deps/SDL2" "$em/embuilder" build sdl2 >"$kit/log/sdl2" 2>&1 ||
        fail "SDL2 could not be compiled." "$(tail -n 3 "$kit/log/sdl2")" "The whole log: $kit/log/sdl2"
    recipe=$em/tools/ports/sdl2.py
    tag=$(sed -n "s/^TAG = '\(.*\)'/\1/p" "$recipe")
    url=$(sed -n "s/.*fetch_project('sdl2', f'\([^']*\)'.*/\1/p" "$recipe")
    printf '%s\n' "${url/\{TAG\}/$tag}" >"$em/cache/ports/sdl2/.emscripten_url"
}

# One program with everything that the build uses: exceptions, SIMD, SDL2. Also fills Emscripten's cache.
try_compiler() {
    local em=$kit/compiler/usr/share/emscripten work=$kit/trial
    export EM_CONFIG=$em/.emscripten
    mkdir -p "$work"
    cat >"$work/trial.cpp" <<'CODE'
#include <SDL.h>
#include <stdexcept>
#include <string>
int main() {
    try {
        throw std::runtime_error("ready");
    } catch (const std::exception& error) {
        return std::string(error.what()) == "ready" && SDL_MAJOR_VERSION == 2 ? 42 : 1;
    }
}
CODE
    "$em/em++" -std=c++20 -O1 -fwasm-exceptions -sSUPPORT_LONGJMP=0 -msimd128 --use-port=sdl2 -sENVIRONMENT=node \
        -sEXIT_RUNTIME=1 "$work/trial.cpp" -o "$work/trial.js" >"$kit/log/trial" 2>&1 ||
        fail "the compiler that was just set up does not compile." "$(tail -n 3 "$kit/log/trial")" "The whole log: $kit/log/trial"
    local status=0
    node "$work/trial.js" >>"$kit/log/trial" 2>&1 || status=$?
    [[ $status == 42 ]] || fail "a program made by the new compiler answers $status instead of 42." "Its words: $kit/log/trial"
    rm -rf "$work"
}

write_env() {
    local root=$1 deps=$2
    {
        echo "# Made by tools/setup.sh; sourced by ./lab. To build by hand: source it, then use the CMake presets."
        [[ -z $root ]] || printf 'export EMSCRIPTEN_ROOT=%q\n' "$root"
        [[ $root != "$kit"/* ]] || printf 'export EM_CONFIG=%q\n' "$root/.emscripten"
        [[ -z $deps ]] || printf 'export TERRARIUM_DEPS=%q\n' "$deps"
        [[ $root != "$kit"/* ]] || printf 'export TERRARIUM_CLANG_FORMAT=%q\n' "$kit/compiler/usr/lib/llvm-19/bin/clang-format"
    } >"$kit/env.sh.partial"
    mv "$kit/env.sh.partial" "$kit/env.sh"
}

# --- the run ---------------------------------------------------------------------------------------------------------

mkdir -p "$kit/stamps" "$kit/log"
exec 9>"$cache_home/lock"
if ! flock -n 9; then
    say "Another set-up is at work in $cache_home; waiting for it."
    flock 9
fi

started=$SECONDS
step_number=1
install_system_packages "$goal" "[1/$step_count]"
[[ $goal != test ]] || install_second_browser "[1/$step_count]"
emsdk=$(find_emsdk || true)
given_deps=${TERRARIUM_DEPS:-}
[[ $given_deps == "$kit/deps" ]] && given_deps=

if [[ -z $emsdk && $goal != native ]]; then
    step compiler "unpacking the compiler (Emscripten $(pinned compiler emscripten); 330 MB to fetch, once)" unpack_compiler
    step compiler-linked "making the compiler independent of the system" link_compiler
else
    step_number=$((step_number + 2))
fi
if [[ -z $given_deps ]]; then
    step libraries "fetching Dear ImGui, ImPlot, SDL2, md4c, nlohmann/json, doctest" fetch_libraries
    step cut-fonts "cutting the fonts down to the signs in use" make_fonts
else
    step_number=$((step_number + 2))
    for needed in imgui/imgui.cpp implot/implot.cpp md4c/md4c.c include/nlohmann/json.hpp include/doctest/doctest.h fonts/inter-regular.otf; do
        [[ -e $given_deps/$needed ]] || fail "TERRARIUM_DEPS names $given_deps, but $needed is not there." \
            "Add it, or unset TERRARIUM_DEPS and let this script fetch the libraries."
    done
fi
if [[ -z $emsdk && $goal != native ]]; then
    if [[ -n $given_deps && ! -e $kit/deps/SDL2 ]]; then
        [[ -e $given_deps/SDL2/include/SDL.h ]] || fail "TERRARIUM_DEPS has no SDL2/, which the web build needs." \
            "Add SDL's source there, or unset TERRARIUM_DEPS."
        mkdir -p "$kit/deps" && ln -s "$given_deps/SDL2" "$kit/deps/SDL2"
    fi
    step sdl2 "compiling SDL2 for the web" build_sdl2
    step trial "trying the compiler" try_compiler
else
    step_number=$((step_number + 2))
fi
compiler_root=$emsdk
[[ -n $emsdk || ! -e $kit/stamps/trial ]] || compiler_root=$kit/compiler/usr/share/emscripten
write_env "$compiler_root" "${given_deps:-$kit/deps}"
[[ $goal == native ]] || install_node_packages
rm -rf "$kit/apt" "$kit/sources" # package lists and archives, of no use once unpacked
[[ $((SECONDS - started)) -lt 3 ]] || say "Set up in $((SECONDS - started)) s: $kit"
printf '%s\n' "$kit"
