/** A piece of text that one font file can write. */
export type Run = { text: string; extended: boolean };

const french =
  /[\u0020-\u007e\u00a0-\u00ac\u00ae-\u00b4\u00b6-\u00ff\u0131\u0152\u0153\u2013\u2014\u2018-\u201a\u201c-\u201e\u2022\u2026\u2039\u203a\u2044\u20ac\u2122\u2212]/;
const european =
  /[\u0100-\u0107\u010a-\u0113\u0116-\u011b\u011e-\u0123\u0126\u0127\u012a\u012b\u012e-\u0130\u0136\u0137\u0139-\u013e\u0141-\u0148\u0150\u0151\u0154\u0155\u0158-\u015b\u015e-\u0165\u016a\u016b\u016e-\u017e\u0192\u0218-\u021b\u1e80-\u1e85\u1e9e\u1ef2\u1ef3]/;
const onlyFrench = new RegExp(`^${french.source}*$`);

/** Signs people paste from a spreadsheet, and what paper shows for them ('' when nothing). */
const lookalikes: Record<string, string> = {
  '\u202f': '\u00a0',
  '\u2009': '\u00a0',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '–',
  '\u2032': '’',
  '\u00b5': 'u',
};
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** A character as the fonts can write it: itself, a look-alike, its letter without the accent, or « ? ». */
function writable(character: string): string {
  if (french.test(character) || european.test(character)) return character;
  const replacement = lookalikes[character];
  if (replacement !== undefined) return replacement;
  const base = character.normalize('NFD').charAt(0);
  return french.test(base) ? base : '?';
}

/** Text as it can be printed: one line, composed accents, no invisible sign, nothing the fonts lack. */
export function printable(text: string): string {
  const line = text
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/[\s\p{Cc}]+/gu, (gap) => (gap === '\u00a0' ? gap : ' '));
  return onlyFrench.test(line) ? line : Array.from(line, writable).join('');
}

/** Cuts printable text where the font file must change: « Łukasz » → Ł, ukasz. */
export function runsOf(text: string): Run[] {
  if (onlyFrench.test(text)) return [{ text, extended: false }];
  const runs: Run[] = [];
  for (const character of text) {
    const extended = !french.test(character);
    const last = runs.at(-1);
    if (last?.extended === extended) last.text += character;
    else runs.push({ text: character, extended });
  }
  return runs;
}
