import type { Place } from '../distance/port.ts';

export type Commune = Place & {
  name: string;
  /** `name` as it is compared. */
  plain: string;
  postcodes: string[];
  population: number;
  /** Its coordinates are those of its neighbours: a few kilometres off. */
  approximate: boolean;
};

/** A name as it is compared: « L’Haÿ-les-Roses », « st denis » → « l hay les roses », « saint denis ». */
export const plainName = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bst(e?)\b/g, 'saint$1')
    .replace(/\bcedex( \d{1,2})?\b/g, '')
    .trim();

/** « 57000 Metz », « metz », « 57 » → the digits that can begin a postcode, and the name. */
function split(text: string): { digits: string; name: string } {
  const plain = plainName(text).replace(/^(2[ab])\b/, '20');
  const digits = /(?:^| )(\d{5}|\d{2,3})(?= |$)/.exec(plain)?.[1] ?? '';
  return { digits, name: plain.replace(digits, '').replace(/\s+/g, ' ').trim() };
}

/** How well a commune answers a name: 3 it is its name, 2 its name begins so, 1 one of its words does, 0 not at all. */
function closeness({ plain }: Commune, name: string): number {
  if (plain === name) return 3;
  // « Le Ban-Saint-Martin » is asked for as « ban saint martin », « Metz » as « metz centre ».
  if (plain.replace(/^(le|la|les|l) /, '') === name) return 3;
  if (plain.startsWith(name)) return 2;
  return ` ${plain}`.includes(` ${name}`) ? 1 : 0;
}

const largestFirst = (a: Commune, b: Commune) => b.population - a.population || (a.plain < b.plain ? -1 : 1);

/**
 * Communes that answer what somebody typed: a postcode (« 57000 », also one of letter boxes: « 57014 »), a town (« metz », « St Julien »), both, or a
 * town and its department (« Saint-Denis 93 »). Best first: names that are the same, then the largest.
 */
export function searchCommunes(all: readonly Commune[], text: string, limit = 8): Commune[] {
  const { digits, name } = split(text);
  if (digits === '' && name.length < 2) return [];
  const named = (list: readonly Commune[]) =>
    list
      .map((commune) => ({ commune, score: closeness(commune, name) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score || largestFirst(a.commune, b.commune))
      .map(({ commune }) => commune);
  if (digits === '') return named(all).slice(0, limit);
  const within = (start: string) => all.filter(({ postcodes }) => postcodes.some((postcode) => postcode.startsWith(start)));
  const here = within(digits);
  const found = name ? named(here) : here.toSorted(largestFirst);
  if (found.length) return found.slice(0, limit);
  // The name may be a street, and the postcode one of letter boxes (« cedex »): what is near it in numbers is near it in the country.
  if (here.length) return here.toSorted(largestFirst).slice(0, limit);
  if (digits.length < 5) return [];
  const near = within(digits.slice(0, 3));
  const inDepartment = name ? named(within(digits.slice(0, 2))) : [];
  return (inDepartment.length ? inDepartment : near.toSorted(largestFirst)).slice(0, limit);
}
