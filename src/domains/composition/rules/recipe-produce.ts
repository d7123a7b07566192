/** Something a recipe may be made with. */
export type Named = { id: number; name: string };

/** Lower case, no accents, each word without its plural: « Pommes de terre » → pomme, de, terre. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe');
  return (plain.match(/[a-z0-9]+/g) ?? []).map((word) => (word.length > 3 ? word.replace(/[sx]$/, '') : word));
}

/** What two gardens may write otherwise and mean the same by: « Carottes » and « carotte ». */
export const sameAs = (name: string): string => wordsOf(name).join(' ');

/** Without what tells kinds of one vegetable apart: « Pomme de terre à purée », « Carotte en botte », « Œufs (boîte de 6) ». */
const plainName = (name: string): string => sameAs(name.split(/ (?:à|en) | \(/)[0]!);

/** The produce that go by these names, whatever their capitals, accents, plurals and kinds. What is unknown is left out. */
export function produceNamed(names: readonly string[], produce: readonly Named[]): number[] {
  const ids = names.flatMap((name) => {
    const same = produce.filter((one) => sameAs(one.name) === sameAs(name));
    return same.length ? same : produce.filter((one) => plainName(one.name) === plainName(name));
  });
  return produce.filter((one) => ids.includes(one)).map(({ id }) => id);
}

/**
 * The produce that a text names, in the order of the list. The longest name wins: « pommes de terre » are no apples. A plain name takes all its
 * kinds.
 */
export function produceIn(text: string, produce: readonly Named[]): number[] {
  let left = ` ${text
    .split('\n')
    .map((line) => wordsOf(line).join(' '))
    .join(' | ')} `;
  const byKey = new Map<string, number[]>();
  for (const { id, name } of produce)
    for (const key of new Set([sameAs(name), plainName(name)])) if (key) byKey.set(key, [...(byKey.get(key) ?? []), id]);
  const found = new Set<number>();
  for (const [key, ids] of [...byKey].toSorted(([a], [b]) => b.length - a.length)) {
    if (!left.includes(` ${key} `)) continue;
    for (const id of ids) found.add(id);
    left = left.replaceAll(` ${key} `, ' | ');
  }
  return produce.filter(({ id }) => found.has(id)).map(({ id }) => id);
}
