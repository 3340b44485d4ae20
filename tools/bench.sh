# Speed and size, in one run, so that ratios hold; sourced by ./lab. Never part of the tests.

# run_peers DIR: other libraries that train the same model in the same session (tiny: 120k parameters). DIR holds a
# run.mjs that prints {peer, what, value, unit} lines; it is copied, because it installs packages beside its files.
run_peers() {
    [[ -e $1/run.mjs ]] || fail "there is no run.mjs in $1." "--peers wants the folder of the peer benchmark."
    mkdir -p build/peers
    cp -r "$1"/. build/peers/
    chmod -R u+w build/peers
    if [[ ! -d build/peers/node_modules ]]; then
        say "installing the peers"
        (cd build/peers && in_log_here npm install --no-fund --no-audit --ignore-scripts) || return 1
    fi
    (cd build/peers && node run.mjs --rounds 2 --only jaxjs-wasm,tfjs-wasm,torch,ref-native-128,ref-wasm-simd) |
        grep -E '"what":"(train_tok_s_best|infer_tok_s_best_kvcache|loss_step10|error)"' | grep -v _vs_
}

in_log_here() { "$@" >install.log 2>&1 || fail "the peers could not be installed." "$(tail -n 3 install.log)"; }

bench() {
    local name= peers=
    while [[ $# -gt 0 ]]; do
        case $1 in
            --peers) peers=${2:?"--peers wants a folder"} && shift ;;
            -*) fail "./lab bench does not know \"$1\"." "It knows a name (training, inference) and --peers DIR." ;;
            *) name=$1 ;;
        esac
        shift
    done
    build_native
    build_page
    in_log build-bench build_preset web terrarium_bench
    say "native"
    build/release/terrarium bench $name --json
    say "WebAssembly in Node"
    node build/web/terrarium_bench.js $name
    if [[ -z $name ]]; then
        say "the page, in a browser's worker"
        CHROMIUM=$(find_chromium) node tests/web/bench.mjs --json
        cat dist/sizes.txt
    fi
    [[ -z $peers ]] || { say "peers" && run_peers "$peers"; }
}
