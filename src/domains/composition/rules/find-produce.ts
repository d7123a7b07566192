/** Finding produce by what somebody types of its name. */

type Named = { id: number; name: string };

/** « Épinard » → « epinard », « Bœuf » → « boeuf » */
const fold = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[’']/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Those whose name holds every word typed, those that begin with it first. */
export function matchingProduce<P extends Named>(all: readonly P[], typed: string): P[] {
  const text = fold(typed);
  const words = text.split(' ').filter(Boolean);
  const found = all.map((one) => ({ one, name: fold(one.name) })).filter(({ name }) => words.every((word) => name.includes(word)));
  const rank = (name: string) => (name === text ? 0 : name.startsWith(text) ? 1 : 2);
  return found.toSorted((a, b) => rank(a.name) - rank(b.name)).map(({ one }) => one);
}

/** The one that is meant: of that very name, or the only one that matches; else those it could be. */
export function meantProduce<P extends Named>(all: readonly P[], typed: string): { found: P } | { couldBe: P[] } {
  const matches = matchingProduce(all, typed);
  const [first] = matches;
  return first && (matches.length === 1 || fold(first.name) === fold(typed)) ? { found: first } : { couldBe: matches };
}
