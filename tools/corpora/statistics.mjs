// What a text looks like to a model that only counts: size, alphabet, entropies, repetition.

import { brotliCompressSync } from 'node:zlib';

function counted(items) {
  const counts = new Map();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}

/** Mean surprise in nats per character when only the frequency of each character is known. */
function unigramNats(text) {
  let nats = 0;
  for (const count of counted(text).values()) nats -= (count / text.length) * Math.log(count / text.length);
  return nats;
}

/** The same when the character before is known too: the entropy of a character given the one before it. */
function bigramNats(text) {
  const before = counted(text.slice(0, -1));
  const pairs = counted(Array.from({ length: text.length - 1 }, (_, i) => text.slice(i, i + 2)));
  let nats = 0;
  for (const [pair, count] of pairs) nats -= (count / (text.length - 1)) * Math.log(count / before.get(pair[0]));
  return nats;
}

/** Share of the non-empty lines that stand in the text already, letter for letter. */
function repeatedLines(text) {
  const lines = text.split('\n').filter((line) => line !== '');
  return 1 - new Set(lines).size / lines.length;
}

export function statistics(text) {
  return {
    bytes: text.length,
    characters: new Set(text).size,
    unigram_nats: Number(unigramNats(text).toFixed(3)),
    bigram_nats: Number(bigramNats(text).toFixed(3)),
    repeated_lines_percent: Number((100 * repeatedLines(text)).toFixed(2)),
    words: new Set(text.toLowerCase().match(/[a-z]+/g)).size,
    brotli_bytes: brotliCompressSync(Buffer.from(text)).length,
  };
}
