# Speed and size, in one run, so that ratios hold; sourced by ./lab. Never part of the tests. Prints JSON lines.

# copy_peers DIR: other libraries that train the same model. DIR is copied, because packages are installed beside its files.
copy_peers() {
    [[ -e $1/common.mjs ]] || fail "there is no common.mjs in $1." "--peers wants the folder of the peer benchmark."
    mkdir -p build/peers
    cp -r "$1"/. build/peers/
    chmod -R u+w build/peers
    if [[ ! -d build/peers/node_modules ]]; then
        say "installing the peers"
        (cd build/peers && npm install --no-fund --no-audit --ignore-scripts >install.log 2>&1) ||
            fail "the peers could not be installed." "$(tail -n 3 build/peers/install.log)"
    fi
}

bench() {
    local name= peers= table=()
    while [[ $# -gt 0 ]]; do
        case $1 in
            --peers) peers=${2:?"--peers wants a folder"} && shift ;;
            --table) table=(--table README.md) ;;
            training | inference | page) name=$1 ;;
            *) fail "./lab bench does not know \"$1\"." "It knows training, inference, page, --peers DIR and --table." ;;
        esac
        shift
    done
    CHROMIUM=$(find_chromium)
    export CHROMIUM
    if [[ -n $peers ]]; then
        [[ $name != page ]] || fail "the page has no peers." "Use ./lab bench page alone."
        say "building what is compared"
        in_log build-release build_preset release terrarium_peer
        in_log build-bench build_preset web terrarium_peer terrarium_peer_turbo
        copy_peers "$peers"
        node tools/bench_peers.mjs build/peers $name "${table[@]}"
        return
    fi
    if [[ $name != page ]]; then
        build_native
        in_log build-bench build_preset web terrarium_bench
        say "native"
        build/release/terrarium bench $name --json
        say "WebAssembly in Node"
        node build/web/terrarium_bench.js $name
    fi
    if [[ -z $name || $name == page ]]; then
        build_page
        say "the page, in a browser"
        node tests/web/bench.mjs --json
        node tests/web/bench_page.mjs
        cat dist/sizes.txt >&2
    fi
}
