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

/** The produce that go by these names, whatever their capitals, accents and plurals. What is unknown is left out. */
export function produceNamed(names: readonly string[], produce: readonly Named[]): number[] {
  const wanted = new Set(names.map(sameAs));
  return produce.filter(({ name }) => wanted.has(sameAs(name))).map(({ id }) => id);
}

/** The produce that a text names, in the order of the list. The longest name wins: « pommes de terre » are no apples. */
export function produceIn(text: string, produce: readonly Named[]): number[] {
  let left = ` ${text
    .split('\n')
    .map((line) => wordsOf(line).join(' '))
    .join(' | ')} `;
  const found = new Set<number>();
  for (const { id, name } of produce.toSorted((a, b) => b.name.length - a.name.length)) {
    const key = ` ${sameAs(name)} `;
    if (key.trim() === '' || !left.includes(key)) continue;
    found.add(id);
    left = left.replaceAll(key, ' | ');
  }
  return produce.filter(({ id }) => found.has(id)).map(({ id }) => id);
}
