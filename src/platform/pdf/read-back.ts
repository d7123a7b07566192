import { execFileSync, spawnSync } from 'node:child_process';

/** A word as it stands on a page, in points from the top left corner. */
export type Word = { text: string; left: number; right: number; top: number; bottom: number };
export type ReadPage = { width: number; height: number; words: Word[] };

/** Whether poppler's `pdftotext` is on this machine; tests that read PDFs back say they are skipped when it is not. */
export const canReadBack = spawnSync('pdftotext', ['-v']).status === 0;

const read = (pdf: Buffer, option: string): string =>
  execFileSync('pdftotext', [option, '-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 28 });

/** The text of each page in the order it was drawn, with single spaces. */
export const pagesOf = (pdf: Buffer): string[] =>
  read(pdf, '-raw')
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' ').trim());

/** Every word of each page with its place. */
export function wordsOf(pdf: Buffer): ReadPage[] {
  const pages: ReadPage[] = [];
  for (const line of read(pdf, '-bbox').split('\n')) {
    const numbers = [...line.matchAll(/="([\d.-]+)"/g)].map((match) => Number(match[1]));
    if (line.includes('<page ')) pages.push({ width: numbers[0]!, height: numbers[1]!, words: [] });
    const word = /<word .*>(.*)<\/word>/.exec(line);
    if (word) pages.at(-1)!.words.push({ text: word[1]!, left: numbers[0]!, top: numbers[1]!, right: numbers[2]!, bottom: numbers[3]! });
  }
  return pages;
}

/** What `pdffonts` says of each font: embedded, and whether its text can be copied (ToUnicode). */
export function fontsOf(pdf: Buffer): { name: string; embedded: boolean; unicode: boolean }[] {
  const rows = execFileSync('pdffonts', ['-'], { input: pdf, encoding: 'utf8' }).trim().split('\n').slice(2);
  return rows.map((row) => {
    const [, name, embedded, unicode] = /^(\S+) .* (yes|no) +(?:yes|no) +(yes|no) +\d+ +\d+$/.exec(row.trim())!;
    return { name: name!, embedded: embedded === 'yes', unicode: unicode === 'yes' };
  });
}

/** What is wrong with where words stand: those that leave the margins, and those written over one another. */
export function untidy(pages: readonly ReadPage[]): string[] {
  return pages.flatMap(({ width, height, words }, index) => {
    const outside = words.filter((word) => !(word.left > 33 && word.right < width - 33 && word.top > 24 && word.bottom < height - 28));
    const over = words.flatMap((one, at) =>
      words
        .slice(at + 1)
        .filter((other) => overlap(one, other))
        .map((other) => `${one.text} / ${other.text}`),
    );
    return [
      ...outside.map((word) => `page ${index + 1}: « ${word.text} » leaves the margins`),
      ...over.map((two) => `page ${index + 1}: ${two}`),
    ];
  });
}

/** Whether two words collide, leaving aside the empty space around letters: lines set close, level or upwards, share some of it. */
function overlap(one: Word, other: Word): boolean {
  const shrink = ({ left, right, top, bottom }: Word) => {
    const space = Math.min(right - left, bottom - top) * 0.16;
    return { left: left + space, right: right - space, top: top + space, bottom: bottom - space };
  };
  const [a, b] = [shrink(one), shrink(other)];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
