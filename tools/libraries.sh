# The libraries and fonts for setup.sh: fetched as upstream's source archives, checked by hash, put side by side into
# the folder that the build knows as TERRARIUM_DEPS.

# check_hash FILE SHA256
check_hash() { [[ $(sha256sum "$1" | cut -c1-64) == "$2" ]]; }

# fetch_source NAME: upstream's archive of a Debian source package into sources/; prints its path. False when no suite has it.
fetch_source() {
    local name=$1 version suites file hash
    read -r version suites file hash < <(awk -v name="$name" '$1 == "source" && $2 == name { print $3, $4, $5, $6 }' "$pins")
    mkdir -p "$kit/sources"
    if ! { [[ -e $kit/sources/$file ]] && check_hash "$kit/sources/$file" "$hash"; }; then
        prepare_apt
        # --tar-only: the archive is all we need, and some .dsc files are missing on mirrors. apt-get answers an error for
        # these although the archive arrived, so the hash decides.
        (cd "$kit/sources" && private_apt source --tar-only --download-only "$name=$version") >"$kit/log/source-$name" 2>&1 || true
        [[ -e $kit/sources/$file ]] || return 1
        check_hash "$kit/sources/$file" "$hash" || fail "$file is not the file that was pinned: its SHA-256 differs." \
            "Delete $kit/sources and run the same command again; if it differs again, do not trust that mirror."
    fi
    printf '%s\n' "$kit/sources/$file"
}

# imgui_content FOLDER: one hash over the files that the build reads, whichever archive they came from.
imgui_content() {
    (cd "$1" && ls ./*.cpp ./*.h backends/imgui_impl_opengl3* backends/imgui_impl_sdl2* 2>/dev/null | sed 's#^\./##' |
        LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c1-64)
}

# Dear ImGui moves quickly through Debian's suites, so it has more than one source: each suite in pins.txt, an archive
# given by hand, upstream's release. Whatever comes must have the pinned content.
fetch_imgui() {
    local archive version
    version=$(pinned source imgui)
    version=${version%%+*}
    rm -rf "$1" && mkdir -p "$1"
    if [[ -n ${TERRARIUM_IMGUI_ARCHIVE:-} ]]; then
        archive=$TERRARIUM_IMGUI_ARCHIVE
    else
        archive=$(fetch_source imgui) || {
            say "      the Debian archive no longer has Dear ImGui $version; trying upstream's release"
            archive=$kit/sources/imgui-upstream.tar.gz
            has curl && curl -fsSL --retry 2 -o "$archive" \
                "https://github.com/ocornut/imgui/archive/refs/tags/v$version.tar.gz" 2>"$kit/log/source-imgui" || archive=
        }
    fi
    [[ -n $archive && -e $archive ]] || fail "Dear ImGui $version cannot be had: Debian has moved on, and upstream was not reached." \
        "Get the source archive of release v$version on any machine and run again with" \
        "TERRARIUM_IMGUI_ARCHIVE=/path/to/archive.tar.gz, or set TERRARIUM_DEPS to a folder that has imgui/."
    tar -xf "$archive" -C "$1" --strip-components=1
    [[ $(imgui_content "$1") == "$(pinned content imgui)" ]] ||
        fail "$archive does not hold the Dear ImGui $version that was pinned." "Its content hash differs from tools/pins.txt."
}

# patch_implot FOLDER: three edits, because ImGui 1.92 has fonts without a fixed size and this ImPlot is older.
patch_implot() {
    local file=$1/implot.cpp
    local old=('ImFont\* font = g.Font;' 'g.FontSize / font->FontSize;' 'ImGui::GetCurrentWindow()->CalcFontSize()')
    local new=('ImFontBaked* font = g.Font->GetFontBaked(g.FontSize);' 'g.FontSize / font->Size;' 'ImGui::GetFontSize()')
    local times=(1 1 2) i
    for i in 0 1 2; do
        [[ $(grep -c "${old[i]}" "$file") == "${times[i]}" ]] ||
            fail "ImPlot is not the version that was pinned: \"${old[i]}\" should occur ${times[i]} times." "Look at tools/libraries.sh."
        sed -i "s|${old[i]}|${new[i]}|" "$file"
    done
}

# slim_sdl FOLDER: of SDL the page needs a window and its GL context only; leaving out sound, gamepads, sensors and
# software drawing makes a first visit 40 kB smaller. The headers stay complete.
slim_sdl() {
    local file=$1/include/SDL_config_emscripten.h
    [[ $(tail -n 1 "$file") == '#endif /* _SDL_config_emscripten_h_ */' ]] ||
        fail "SDL is not the version that was pinned: $file ends differently." "Look at tools/libraries.sh."
    sed -i '$d' "$file"
    cat >>"$file" <<'CODE'
#undef SDL_AUDIO_DRIVER_DISK
#undef SDL_AUDIO_DRIVER_EMSCRIPTEN
#undef SDL_JOYSTICK_EMSCRIPTEN
#undef SDL_SENSOR_DUMMY
#undef SDL_VIDEO_RENDER_OGL_ES2
#define SDL_AUDIO_DISABLED 1
#define SDL_JOYSTICK_DISABLED 1
#define SDL_SENSOR_DISABLED 1
#define SDL_RENDER_DISABLED 1
#define SDL_LEAN_AND_MEAN 1
#endif /* _SDL_config_emscripten_h_ */
CODE
}

fetch_libraries() {
    local work=$kit/deps.partial sdl monado md4c deb
    rm -rf "$work" && mkdir -p "$work/include" "$work/licences"
    sdl=$(fetch_source libsdl2) && monado=$(fetch_source monado) && md4c=$(fetch_source md4c) || fail "a source archive could not be had from Debian." \
        "$(cat "$kit"/log/source-libsdl2 "$kit"/log/source-monado "$kit"/log/source-md4c 2>/dev/null | grep -m 3 '^E:' || true)" \
        "Check the network and run the same command again."
    mkdir -p "$work/SDL2" "$work/implot" "$work/md4c"
    # android-project-ant holds dangling links, on which Emscripten's copy of the source stumbles.
    tar -xf "$sdl" -C "$work/SDL2" --strip-components=1 --exclude='*/android-project*' --exclude='*/test' \
        --exclude='*/Xcode*' --exclude='*/VisualC*' --exclude='*/docs'
    slim_sdl "$work/SDL2"
    fetch_imgui "$work/imgui"
    tar -xf "$monado" -C "$work/implot" --strip-components=5 monado-v25.0.0/src/external/imgui/implot
    patch_implot "$work/implot"
    tar -xf "$md4c" -C "$work/md4c" --strip-components=2 --wildcards '*/src/md4c.[ch]'
    tar -xOf "$md4c" --exclude='*/test' --wildcards '*/LICENSE.md' >"$work/licences/md4c.txt"

    download_debs headers
    for deb in "$kit"/debs/headers/*.deb; do
        dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$work" --strip-components=2 --wildcards './usr/include/*' './usr/share/doc/*/copyright'
    done
    cp "$work/imgui/LICENSE.txt" "$work/licences/imgui.txt"
    cp "$work/implot/LICENSE" "$work/licences/implot.txt"
    cp "$work/SDL2/LICENSE.txt" "$work/licences/SDL2.txt"
    cp "$work/share/doc/nlohmann-json3-dev/copyright" "$work/licences/nlohmann-json.txt"
    cp "$work/share/doc/doctest-dev/copyright" "$work/licences/doctest.txt"
    # What Emscripten links into every module (its own runtime, musl, libc++, compiler-rt) is shipped, so it is named too.
    [[ ! -e $kit/compiler/usr/share/doc/emscripten/copyright ]] ||
        cp "$kit/compiler/usr/share/doc/emscripten/copyright" "$work/licences/emscripten.txt"
    rm -rf "$work/share" "$kit/debs/headers"
    [[ -e $work/include/doctest/doctest.h && -e $work/include/nlohmann/json.hpp ]] || fail "the header packages lack their headers."
    rm -rf "$kit/deps" && mv "$work" "$kit/deps"
    rm -f "$kit/stamps/cut-fonts"
}

# The signs that a lab in a Latin script can show: Latin-1, Latin Extended-A without its deprecated letters, general punctuation and money, arrows,
# mathematics, ticks, the controls of a player, the Greek letters of formulas, and the stand-ins for white space. Signs a font lacks are skipped.
font_signs=U+0020-007E,U+00A0-0131,U+0134-013E,U+0141-0148,U+014A-017E,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+2030
font_signs+=,U+2032-2033,U+2039-203A,U+20AC,U+0393,U+0394,U+0398,U+039B,U+03A0,U+03A3,U+03A6,U+03A8,U+03A9,U+03B1-03C9
font_signs+=,U+2070-2079,U+2080-2089,U+2190-2195,U+21B5,U+21D2,U+2202,U+2206-2208,U+220F,U+2211-2212,U+221A,U+221E,U+2248,U+2260
font_signs+=,U+2264-2265,U+22C5,U+23CE,U+23F8,U+2420,U+2423-2424,U+25A0-25A1,U+25B2,U+25B4,U+25B6,U+25B8,U+25BC,U+25BE,U+25C0
font_signs+=,U+25C2,U+25CB,U+25CF,U+2713,U+2717,U+275A,U+FFFD
# Headings and code need Latin Extended-A too seldom to let everybody load it: there the device's own letters stand in.
few_signs=${font_signs/U+00A0-0131,U+0134-013E,U+0141-0148,U+014A-017E/U+00A0-00FF,U+0131,U+0152-0153,U+0160-0161,U+0178,U+017D-017E}

# Kerning and ligatures go too: ImGui draws without them, and the text layer of the page must have the same widths.
make_fonts() {
    local work=$kit/fonts.partial deb source target
    download_debs fonts
    rm -rf "$work" && mkdir -p "$work/made"
    for deb in "$kit"/debs/fonts/*.deb; do dpkg-deb -x "$deb" "$work"; done
    while read -r source target signs; do
        PYTHONPATH=$work/usr/lib/python3/dist-packages python3 -m fontTools.subset \
            "$(find "$work/usr/share/fonts" -name "$source" | head -n 1)" --output-file="$work/made/$target" --unicodes="${!signs}" \
            --layout-features= --drop-tables+=GSUB,GPOS,GDEF,DSIG --no-hinting --notdef-outline \
            --name-IDs=0,1,2,3,4,5,6 >"$kit/log/fonts" 2>&1 ||
            fail "$source could not be cut down." "$(tail -n 2 "$kit/log/fonts")" "The whole log: $kit/log/fonts"
    done <<'FONTS'
Inter-Regular.otf inter-regular.otf font_signs
Inter-SemiBold.otf inter-semibold.otf few_signs
JetBrainsMono-Regular.ttf mono.ttf few_signs
FONTS
    cp "$work/usr/share/doc/fonts-inter/copyright" "$kit/deps/licences/inter.txt"
    cp "$work/usr/share/doc/fonts-jetbrains-mono/copyright" "$kit/deps/licences/jetbrains-mono.txt"
    rm -rf "$kit/deps/fonts" && mv "$work/made" "$kit/deps/fonts"
    rm -rf "$work" "$kit/debs/fonts"
}
