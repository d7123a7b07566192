import iconv from 'iconv-lite';

export type Decoded = { text: string; encoding: string };

/** The old ones, which no mark tells apart: Windows, the Macintosh before 2001, DOS and its Access databases. */
const oldEncodings = ['windows-1252', 'macintosh', 'cp850'];

/**
 * Bytes → text, whatever they were written in. A byte order mark decides; then text that is valid UTF-8 is UTF-8;
 * otherwise the encoding under which the accents fall where French puts them.
 */
export function decode(content: Uint8Array): Decoded {
  const marked = markedEncoding(content) ?? unmarkedUtf16(content);
  if (marked) return decodeAs(content, marked);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(content), encoding: 'utf-8' };
  } catch {
    // UTF-8 stays a candidate: one broken character must not garble all the others.
    const candidates = ['utf-8', ...oldEncodings].map((encoding) => decodeAs(content, encoding));
    return candidates.reduce((best, other) => (plausibility(other.text) > plausibility(best.text) ? other : best));
  }
}

const decodeAs = (content: Uint8Array, encoding: string): Decoded => ({ text: iconv.decode(content, encoding), encoding });

function markedEncoding([first, second, third]: Uint8Array): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xef && second === 0xbb && third === 0xbf ? 'utf-8' : null;
}

/** Every second byte of western text in UTF-16 is zero, and no other text has any. */
function unmarkedUtf16(content: Uint8Array): string | null {
  const zeros = [0, 0];
  const sample = content.subarray(0, 2000);
  for (const [index, byte] of sample.entries()) if (byte === 0) zeros[index % 2]! += 1;
  const enough = sample.length * 0.3;
  return zeros[1]! > enough && zeros[0]! < zeros[1]! / 10
    ? 'utf-16le'
    : zeros[0]! > enough && zeros[1]! < zeros[0]! / 10
      ? 'utf-16be'
      : null;
}

const lower = 'éèêëàâçîïôûùüœ';
const upper = 'ÉÈÊËÀÂÇÎÏÔÛÙŒ';
const signs = '°–—’‘“”«»…€²½· \u00a0\u202f';
const foreign = 'áíóúñäöåìòßÁÍÓÚÑÄÖÜÅ';
const small = /\p{Ll}/u;
const capital = /[A-Z]/;

/** How French a text looks, from its characters beyond ASCII. A capital within a small word, or the reverse, is another letter misread. */
function plausibility(text: string): number {
  let score = 0;
  for (const { 0: character, index } of text.matchAll(/[^\0-\x7f]/g)) {
    if (lower.includes(character)) score += amidCapitals(text, index) ? -4 : 3;
    else if (upper.includes(character)) score += small.test(text[index - 1] ?? '') ? -4 : 2;
    else if (signs.includes(character)) score += 1;
    else score -= foreign.includes(character) ? 1 : character === '\ufffd' ? 12 : 3;
  }
  return score;
}

const amidCapitals = (text: string, index: number): boolean =>
  capital.test(text[index + 1] ?? '') || /^[A-Z]{2}$/.test(text.slice(Math.max(0, index - 2), index));
