# Packages of three kinds for setup.sh: the system's own (installed), pinned ones of newer suites (only downloaded, through
# apt lists of their own that leave the system's untouched), and npm's. Hosts are the ones this machine already uses.

# pinned KIND NAME: the version in pins.txt.
pinned() { awk -v kind="$1" -v name="$2" '$1 == kind && $2 == name { print $3 }' "$pins"; }

# --- installed with apt, when missing --------------------------------------------------------------------------------

# What is missing for a goal, as package names. Asked by what is needed, not by package: another source is as good.
missing_system_packages() {
    local goal=$1
    has cmake || echo cmake
    has ninja || echo ninja-build
    has python3 || echo python3
    has node || echo nodejs
    has npm || echo npm
    has xz || echo xz-utils
    has patchelf || echo patchelf
    if [[ $goal != web ]]; then
        has g++ || echo g++
        has make || echo make
        [[ -e /usr/include/SDL2/SDL.h || -e /usr/local/include/SDL2/SDL.h ]] || echo libsdl2-dev
        [[ -e /usr/include/GL/gl.h ]] || echo libgl-dev
    fi
    if [[ $goal == test ]]; then
        has git || echo git
        find_chromium >/dev/null || echo chromium
    fi
    return 0
}

# A second browser for one test, which says so when it is not there. Not having it stops nothing.
install_second_browser() {
    has firefox-esr || has firefox && return 0
    has apt-get && [[ $(id -u) == 0 ]] || return 0
    say "$1 installing from the system's archive: firefox-esr"
    { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends firefox-esr; } \
        >"$kit/log/apt-firefox" 2>&1 || say "Firefox could not be installed; its test is skipped. The log: $kit/log/apt-firefox"
}

install_system_packages() {
    local missing
    mapfile -t missing < <(missing_system_packages "$1")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    say "$2 installing from the system's archive: ${missing[*]}"
    has apt-get || fail "these are missing and there is no apt here: ${missing[*]}" "Install them, then run the same command again."
    [[ $(id -u) == 0 ]] || fail "these packages are missing, and only root may install them:" \
        "sudo apt-get update && sudo apt-get install --no-install-recommends ${missing[*]}" "Then run the same command again."
    local log=$kit/log/apt
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update && apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 ||
        fail "apt could not install them." "$(grep -m 3 '^E:' "$log" || tail -n 3 "$log")" "The whole log: $log"
    mapfile -t missing < <(missing_system_packages "$1")
    [[ ${#missing[@]} == 0 ]] || fail "still missing after the installation: ${missing[*]}" "The log: $log"
}

# --- pinned Debian packages ------------------------------------------------------------------------------------------

# apt with lists of its own. The archive is the one the machine uses; only the suites differ.
private_apt() {
    apt-get -qq -o Dir::State::Lists="$kit/apt/lists" -o Dir::Etc::SourceList="$kit/apt/sources.list" \
        -o Dir::Etc::SourceParts=/dev/null -o Dir::Cache="$kit/apt/cache" -o Dir::State::status=/dev/null \
        -o APT::Sandbox::User= -o Acquire::Retries=3 -o APT::Architecture="$(dpkg --print-architecture)" "$@"
}

# prepare_apt: reads the lists of every suite that pins.txt names, once per run.
apt_is_ready=
prepare_apt() {
    [[ -z $apt_is_ready ]] || return 0
    has apt-get dpkg-deb || fail "this machine has no apt, and the pinned compiler comes from Debian." \
        "Install emsdk 3.1.69 or later and put it on PATH (or set EMSDK); the libraries are then fetched by CMake." \
        "README.md, section on other machines, says how."
    local site targets=(apt-get indextargets --format '$(SITE)' 'Created-By: Packages')
    site=$("${targets[@]}" 2>/dev/null | grep -m 1 '/debian/\?$' || true)
    if [[ -z $site && $(id -u) == 0 ]]; then # a machine whose lists were never read
        apt-get update >"$kit/log/apt" 2>&1 || true
        site=$("${targets[@]}" 2>/dev/null | grep -m 1 '/debian/\?$' || true)
    fi
    [[ -n $site ]] || fail "no Debian archive is configured here." "Run apt-get update as root first;" \
        "on another system install emsdk 3.1.69 or later and put it on PATH."
    mkdir -p "$kit/apt/lists/partial" "$kit/apt/cache/archives/partial"
    local keyring=/usr/share/keyrings/debian-archive-keyring.gpg signed='' suite
    [[ ! -e $keyring ]] || signed="[signed-by=$keyring]"
    for suite in $(awk '$1 == "compiler" || $1 == "headers" || $1 == "fonts" { print $4 }' "$pins" | sort -u); do
        printf 'deb %s %s %s main\n' "$signed" "$site" "$suite"
    done >"$kit/apt/sources.list"
    for suite in $(awk '$1 == "source" { print $4 }' "$pins" | tr , '\n' | sort -u); do
        printf 'deb-src %s %s %s main\n' "$signed" "$site" "$suite"
    done >>"$kit/apt/sources.list"
    private_apt update >"$kit/log/apt-lists" 2>&1 || fail "the package lists of the Debian archive could not be read." \
        "$(grep -m 2 -E '^(E|W):' "$kit/log/apt-lists" || true)" "Check the network, then run the same command again."
    apt_is_ready=yes
}

# download_debs KIND: fetches the pinned packages of that kind into debs/KIND; apt checks their signed hashes.
download_debs() {
    local kind=$1 name version suite packages=()
    prepare_apt
    while read -r name version suite; do
        [[ $version == '*' ]] && packages+=("$name/$suite") || packages+=("$name=$version")
    done < <(awk -v kind="$kind" '$1 == kind { print $2, $3, $4 }' "$pins")
    mkdir -p "$kit/debs/$kind"
    (cd "$kit/debs/$kind" && private_apt download "${packages[@]}") >"$kit/log/download-$kind" 2>&1 ||
        fail "a pinned package could not be had from the Debian archive." \
            "$(grep -m 3 '^E:' "$kit/log/download-$kind" || tail -n 3 "$kit/log/download-$kind")" \
            "Run the same command again when it was the network. When the archive no longer has that version," \
            "raise it in tools/pins.txt and run ./lab test."
}

# --- npm -------------------------------------------------------------------------------------------------------------

# The tools of package.json, at the versions and hashes of the lock file, into node_modules/. No package's scripts are
# run and no browser is downloaded.
install_node_packages() {
    local lock stamp=$top/node_modules/.lock-hash
    lock=$(sha256sum "$top/package-lock.json" | cut -c1-64)
    [[ $(cat "$stamp" 2>/dev/null) != "$lock" ]] || return 0
    say "[$step_count/$step_count] fetching the tools of package.json with npm"
    (cd "$top" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-fund --no-audit) >"$kit/log/npm-ci" 2>&1 ||
        fail "npm could not fetch the tools of package.json." "$(grep -m 3 'npm error' "$kit/log/npm-ci" || tail -n 3 "$kit/log/npm-ci")" \
            "The whole log: $kit/log/npm-ci"
    printf '%s\n' "$lock" >"$stamp"
}
