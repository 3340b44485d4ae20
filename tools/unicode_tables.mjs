// Writes src/core/text/unicode_tables.cpp: general categories and lower-case forms of all characters, as ranges.
//
//     node tools/unicode_tables.mjs > src/core/text/unicode_tables.cpp
//
// The data is the Unicode Character Database of the version that Node has; the file says which.

const LAST = 0x10ffff;
const CATEGORIES =
    "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co".split(" ");
const UPPER_LOWER_RUN = 30;

const patterns = CATEGORIES.map((name) => new RegExp(`^\\p{gc=${name}}$`, "u"));

// [first character, category], each valid up to the next.
function categoryStarts() {
    const starts = [];
    let known = -1;
    for (let code = 0; code <= LAST; ++code) {
        const character = String.fromCodePoint(code);
        if (known >= 0 && patterns[known].test(character)) continue;
        known = patterns.findIndex((pattern) => pattern.test(character));
        starts.push([code, known]);
    }
    return starts;
}

// Runs of single characters "upper, lower, upper, lower" become one entry.
function withRuns(starts) {
    const upper = CATEGORIES.indexOf("Lu");
    const lower = CATEGORIES.indexOf("Ll");
    const is = (i, category, code) => i < starts.length && starts[i][1] === category && starts[i][0] === code;
    const packed = [];
    for (let i = 0; i < starts.length; ) {
        let end = i;
        while (starts[end]?.[1] === upper && is(end + 1, lower, starts[end][0] + 1) &&
               starts[end + 2]?.[0] === starts[end][0] + 2) {
            end += 2;
        }
        packed.push(end - i > 2 ? [starts[i][0], UPPER_LOWER_RUN] : starts[i]);
        i = end - i > 2 ? end : i + 1;
    }
    return packed;
}

// [first, last, step, lower - upper] of the characters whose lower-case form is one other character.
function lowerRanges() {
    const ranges = [];
    for (let code = 0; code <= LAST; ++code) {
        if (code >= 0xd800 && code <= 0xdfff) continue;
        const lower = [...String.fromCodePoint(code).toLowerCase()];
        const delta = lower[0].codePointAt(0) - code;
        if (lower.length !== 1 || delta === 0) continue;
        const range = ranges.at(-1);
        const gap = range ? code - range[1] : 0;
        if (range && range[3] === delta && (gap === range[2] || (range[0] === range[1] && gap <= 2))) {
            range[1] = code;
            range[2] = gap;
        } else {
            ranges.push([code, code, 1, delta]);
        }
    }
    return ranges;
}

function lines(items, width = 108) {
    const result = [];
    let line = "";
    for (const item of items) {
        if (line.length + item.length + 2 > width) {
            result.push(`    ${line.trimEnd()}`);
            line = "";
        }
        line += `${item}, `;
    }
    result.push(`    ${line.trimEnd()}`);
    return result.join("\n");
}

const hex = (number) => `0x${number.toString(16)}`;
const starts = withRuns(categoryStarts()).map(([code, category]) => hex(code * 256 + category));
const lower = lowerRanges().map(([first, last, step, delta]) => `{${hex(first)}, ${hex(last)}, ${step}, ${delta}}`);
console.log(`// Written by tools/unicode_tables.mjs; do not edit. Source: Unicode Character Database ${process.versions.unicode}.

#include "core/text/unicode_tables.h"

namespace terrarium::core {

// clang-format off
const uint32_t kCategoryStarts[] = {
${lines(starts)}
};
const std::size_t kCategoryStartCount = ${starts.length};

const LowerRange kLowerRanges[] = {
${lines(lower)}
};
const std::size_t kLowerRangeCount = ${lower.length};
// clang-format on

}  // namespace terrarium::core`);
