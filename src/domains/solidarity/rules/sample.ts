import type { Cents } from '#kernel/money.ts';
import { type PersonFacts, type PersonRule, rulesFor, type ShareRule, type Split, split } from './shares.ts';

/** Whom a programme tells apart, and who pays what of a basket of theirs at each price. */
export type Sample = { whom: PersonFacts; rows: (Split & { price: Cents })[] };

/**
 * Who would pay what of one basket, for each fund and commune that the rules name, and for everybody else: what an agreement comes to, before anybody is helped.
 * Prices in cents, each once, the least first; those whom the rules treat alike are told once, everybody else last.
 */
export function samples(person: PersonRule, rules: readonly ShareRule[], prices: readonly Cents[]): Sample[] {
  const different = [...new Set(prices)].sort((a, b) => a - b);
  const funds = [...new Set(['' as const, ...rules.map(({ affiliation }) => affiliation)])];
  const places = [...new Set(['', ...rules.map(({ place }) => place.trim())])];
  const all = places.flatMap((place) => funds.map((affiliation) => ({ affiliation, place })));
  const found = new Map<string, Sample>();
  for (const whom of all) {
    const rows = different.map((price) => ({ price, ...split(price, person, rulesFor(rules, whom)) }));
    const key = JSON.stringify(rows);
    if (!found.has(key)) found.set(key, { whom, rows });
  }
  const [everybody, ...named] = [...found.values()];
  return everybody ? [...named, everybody] : named;
}
