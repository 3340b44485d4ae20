#!/usr/bin/env python3
"""Writes src/core/text/unicode_tables.cpp: general categories and lower-case forms of all characters, as ranges.

    python3 tools/unicode_tables.py > src/core/text/unicode_tables.cpp

The data is the Unicode Character Database of the version that Python's unicodedata has; the file says which.
"""

import sys
import unicodedata

LAST = 0x10FFFF
CATEGORIES = "Cn Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co".split()


def category_starts():
    """[(first character, category)], each valid up to the next."""
    starts = []
    for code in range(LAST + 1):
        category = unicodedata.category(chr(code))
        if not starts or starts[-1][1] != category:
            starts.append((code, category))
    return starts


def alternations_apart(starts):
    """Runs of single characters "upper, lower, upper, lower" become one entry with the category "LuLl"."""
    packed = []
    i = 0
    while i < len(starts):
        j = i
        while (j + 2 < len(starts) and starts[j][1] == "Lu" and starts[j + 1][1] == "Ll"
               and starts[j + 1][0] == starts[j][0] + 1 and starts[j + 2][0] == starts[j][0] + 2):
            j += 2
        if j - i > 2:
            packed.append((starts[i][0], "LuLl"))
            i = j
        else:
            packed.append(starts[i])
            i += 1
    return packed


def lower_ranges():
    """[(first, last, step, lower - upper)] of the characters whose lower-case form is one other character."""
    ranges = []
    for code in range(LAST + 1):
        lower = chr(code).lower()
        if len(lower) != 1 or ord(lower) == code:
            continue
        delta = ord(lower) - code
        if ranges:
            first, last, step, known = ranges[-1]
            if known == delta and (code - last == step or (first == last and code - last <= 2)):
                ranges[-1] = (first, code, code - last, delta)
                continue
        ranges.append((code, code, 1, delta))
    return ranges


def lines(items, width=108):
    line = ""
    for item in items:
        if len(line) + len(item) + 2 > width:
            yield "    " + line.rstrip()
            line = ""
        line += item + ", "
    yield "    " + line.rstrip()


def main():
    starts = [f"0x{code << 8 | (30 if category == 'LuLl' else CATEGORIES.index(category)):x}"
              for code, category in alternations_apart(category_starts())]
    lower = [f"{{0x{first:x}, 0x{last:x}, {step}, {delta}}}" for first, last, step, delta in lower_ranges()]
    out = sys.stdout
    out.write(f"""// Written by tools/unicode_tables.py; do not edit. Source: Unicode Character Database {unicodedata.unidata_version}.

#include "core/text/unicode_tables.h"

namespace terrarium::core {{

// clang-format off
const uint32_t kCategoryStarts[] = {{
""")
    out.write("\n".join(lines(starts)) + "\n};\n")
    out.write(f"const std::size_t kCategoryStartCount = {len(starts)};\n\nconst LowerRange kLowerRanges[] = {{\n")
    out.write("\n".join(lines(lower)) + "\n};\n")
    out.write(f"""const std::size_t kLowerRangeCount = {len(lower)};
// clang-format on

}}  // namespace terrarium::core
""")


main()
