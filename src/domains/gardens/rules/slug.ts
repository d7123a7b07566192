/** « Jardin de l'Étang » → « jardin-de-l-etang »: the garden's name in addresses. 40 characters at most, never empty. */
export function slugOf(name: string): string {
  const plain = name
    .replace(/œ/gi, 'oe')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^-+|-+$/g, '');
  return plain || 'jardin';
}

/** Whether a text may stand for a garden in addresses as it is. */
export const isSlug = (text: string): boolean => text !== '' && slugOf(text) === text;

/** The first of « slug », « slug-2 », « slug-3 »… that is free. */
export function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? wanted : `${wanted}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
