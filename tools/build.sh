# How ./lab and the tests build; sourced.

# TERRARIUM_WARNINGS_ARE_ERRORS=ON makes warnings errors, as .ci/run does: elsewhere a newer compiler must not stop anyone.
# build_preset PRESET TARGET...: configures when that was never done or the compiler or the libraries moved, then builds.
build_preset() {
    local preset=$1 folder=build/$1
    shift
    local made_with="${TERRARIUM_DEPS:-}"
    [[ $preset != web* ]] || made_with+=" $EMSCRIPTEN_ROOT"
    local strict=${TERRARIUM_WARNINGS_ARE_ERRORS:-OFF}
    made_with+=" warnings_are_errors=$strict"
    mkdir -p "$folder"
    if [[ ! -e $folder/build.ninja || $(cat "$folder/made_with" 2>/dev/null) != "$made_with" ]]; then
        local launcher=()
        [[ $preset == web* ]] || ! has ccache || launcher=(-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
        cmake --fresh --preset "$preset" ${TERRARIUM_DEPS:+-DTERRARIUM_DEPS="$TERRARIUM_DEPS"} "${launcher[@]}" \
            -DTERRARIUM_WARNINGS_ARE_ERRORS="$strict" || return 1
        printf '%s\n' "$made_with" >"$folder/made_with"
    fi
    cmake --build --preset "$preset" --parallel "$jobs" --target "$@"
}
