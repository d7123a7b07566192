/** Words alone, lower case, without accents: « Prélèvement impayé – N° 12 » → « prelevement impaye n 12 ». Banks write capitals, people do not. */
export const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/œ/gi, 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

/** What a label always says, its figures (dates, references, amounts) left out: two months' bank fees read alike. At most 60 signs. */
export const stem = (label: string): string =>
  fold(label)
    .split(' ')
    .filter((word) => !/\d/.test(word) && word.length > 1)
    .join(' ')
    .slice(0, 60);

/** Texts in one, without those that another one holds already: banks say the same twice. At most 500 signs. */
export function together(texts: readonly string[]): string {
  const folded = texts.map(fold);
  const heldBy = (other: number, at: number) => folded[other]!.includes(folded[at]!) && (other < at || folded[other] !== folded[at]);
  const kept = texts.filter((_, at) => folded[at] && !folded.some((_, other) => other !== at && heldBy(other, at)));
  return kept
    .map((text) => text.replace(/\s+/g, ' ').trim())
    .join(' · ')
    .slice(0, 500);
}
