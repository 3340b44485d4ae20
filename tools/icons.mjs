// The program's icon, drawn here so that no picture lies in the repository: five stages in a ring, the first one lit.
//
// icon.svg for browser tabs; PNG files for home screens, which do not all take SVG. "maskable" fills its square and
// keeps the drawing inside the circle of 80 % that every launcher leaves visible.
import {deflateSync} from 'node:zlib';

const kGround = [0x0b, 0x6e, 0x63], kLight = [0xe5, 0xf1, 0xef], kLit = [0xff, 0xd1, 0x66];
const kRing = 0.27, kDot = 0.098, kHole = 0.056;  // in sides of the icon
const kCorner = 0.22;

const stages = Array.from({length: 5}, (_, i) => {
    const angle = (i / 5 - 0.25) * 2 * Math.PI;
    return [0.5 + kRing * Math.cos(angle), 0.5 + kRing * Math.sin(angle)];
});
const hex = (color) => '#' + color.map((it) => it.toString(16).padStart(2, '0')).join('');

export const icon_svg = () => {
    const round = (value) => +(value * 64).toFixed(1);
    const dots = stages.map(([x, y], i) => i === 0 ?
        `<circle cx="${round(x)}" cy="${round(y)}" r="${round(kDot)}" fill="${hex(kLit)}"/>` :
        `<circle cx="${round(x)}" cy="${round(y)}" r="${round((kDot + kHole) / 2)}" fill="none" stroke="${hex(kLight)}" stroke-width="${round(kDot - kHole)}"/>`);
    return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="${round(kCorner)}" ` +
        `fill="${hex(kGround)}"/>${dots.join('')}</svg>\n`);
};

/** Colour and opacity of a point of the unit square; `soft` is the width of one pixel, for smooth edges. */
const color_at = (x, y, soft, is_maskable) => {
    const cover = (distance) => Math.min(1, Math.max(0, 0.5 - distance / soft));
    const scale = is_maskable ? 0.86 : 1;
    let color = kGround;
    for (const [i, [dot_x, dot_y]] of stages.entries()) {
        const from_dot = Math.hypot((x - 0.5) / scale + 0.5 - dot_x, (y - 0.5) / scale + 0.5 - dot_y);
        const part = cover(from_dot - kDot) * (i === 0 ? 1 : 1 - cover(from_dot - kHole));
        color = color.map((channel, k) => channel + ((i === 0 ? kLit : kLight)[k] - channel) * part);
    }
    const edge = [Math.abs(x - 0.5), Math.abs(y - 0.5)].map((it) => Math.max(0, it - 0.5 + kCorner));
    return [...color, is_maskable ? 255 : 255 * cover(Math.hypot(...edge) - kCorner)].map(Math.round);
};

const crc_table = Array.from({length: 256}, (_, n) => {
    for (let bit = 0; bit < 8; ++bit) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
    return n >>> 0;
});
const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    let crc = 0xffffffff;
    for (const byte of body) crc = crc_table[(crc ^ byte) & 255] ^ (crc >>> 8);
    const length = Buffer.alloc(4), check = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    check.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
    return Buffer.concat([length, body, check]);
};

/** A PNG of `side` x `side` pixels: 8-bit RGBA, rows unfiltered (PNG specification, 3rd edition). */
export const icon_png = (side, is_maskable) => {
    const rows = Buffer.alloc(side * (1 + side * 4));
    for (let y = 0; y < side; ++y)
        for (let x = 0; x < side; ++x)
            rows.set(color_at((x + 0.5) / side, (y + 0.5) / side, 1 / side, is_maskable), y * (1 + side * 4) + 1 + x * 4);
    const header = Buffer.alloc(13);
    header.writeUInt32BE(side, 0);
    header.writeUInt32BE(side, 4);
    header.set([8, 6, 0, 0, 0], 8);
    return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header),
        chunk('IDAT', deflateSync(rows, {level: 9})), chunk('IEND', Buffer.alloc(0))]);
};

/** Name in dist/ -> bytes; web/index.html and web/site.webmanifest name the same. */
export const make_icons = () => new Map([['icon.svg', icon_svg()], ['icons/icon-192.png', icon_png(192, false)],
    ['icons/icon-512.png', icon_png(512, false)], ['icons/icon-maskable-512.png', icon_png(512, true)]]);
