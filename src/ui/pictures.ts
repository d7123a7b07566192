import sprite from './pictures.svg?url&no-inline';

/** What pictures.svg holds, by code point (scripts/pictures.ts writes it; a test compares). */
export const drawn: ReadonlySet<string> = new Set([
  ...'1f330 1f331 1f336 1f33d 1f33e 1f33f 1f344 1f345 1f346 1f347 1f348 1f349 1f34e 1f350 1f351 1f352 1f353 1f35e 1f360 1f36f'.split(' '),
  ...'1f383 1f490 1f952 1f954 1f955 1f957 1f95a 1f95d 1f966 1f96c 1f9c0 1f9c3 1f9c4 1f9c5 1f9fa 1fad0 1fad1 1fad8 1fadb'.split(' '),
]);

/** Where an emoji is drawn, or null when it is left to the fonts of who looks. */
export function pictureOf(emoji: string): string | null {
  const code = emoji.codePointAt(0)?.toString(16) ?? '';
  return drawn.has(code) ? `${sprite}#${code}` : null;
}
