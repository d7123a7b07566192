import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { unpackWoff } from './woff.ts';

/** The typeface of every printed sheet, made for readers who struggle. Its letters come in two files: French, then the rest of Europe. */
export type Weight = 'regular' | 'bold';
export type FontName = Weight | 'regular-extended' | 'bold-extended';

const files: Record<FontName, string> = {
  regular: 'latin-400',
  bold: 'latin-700',
  'regular-extended': 'latin-ext-400',
  'bold-extended': 'latin-ext-700',
};

const loaded = new Map<FontName, Buffer>();

/** The font, read from disk once for the life of the process (about 40 KB each). */
export function fontFile(name: FontName): Buffer {
  let file = loaded.get(name);
  if (!file) {
    const path = `@fontsource/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${files[name]}-normal.woff`;
    file = unpackWoff(readFileSync(createRequire(import.meta.url).resolve(path)));
    loaded.set(name, file);
  }
  return file;
}
