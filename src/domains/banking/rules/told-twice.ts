import { type Day, daysBetween } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { BankLine } from './statement.ts';
import { fold } from './words.ts';

/** One movement of an account, as one file tells it: its lines, one or as many as its parts. */
export type Movement<L extends BankLine = BankLine> = { lines: L[]; amount: Cents; days: Day[] };

/** What is told by its parts is one movement. */
export const movementsOf = <L extends BankLine>(lines: readonly L[]): Movement<L>[] =>
  [...Map.groupBy(lines, ({ entryKey, key }) => entryKey || key).values()].map((some) => {
    const [{ day, valueDay, entryCents, amount }] = some as [L, ...L[]];
    return { lines: some, amount: some.length > 1 ? entryCents : amount, days: [...new Set([day, valueDay ?? day])] };
  });

/**
 * The movements of a file that a file of the other kind told: a table and a camt file have no reference in common. Same amount, same day, and words that agree;
 * each is paired once at most, so that the second of two equal movements stays one more, whichever file tells it. What agrees more closely goes first; among equals,
 * the first with the first. Those that are alike without that are left to people (`mayBeSame`).
 */
export function toldTwice<A extends BankLine, B extends BankLine>(
  fresh: readonly Movement<A>[],
  kept: readonly Movement<B>[],
): { fresh: Movement<A>; kept: Movement<B> }[] {
  const byAmount = Map.groupBy(kept, ({ amount }) => amount);
  const pairs = fresh.flatMap((one) =>
    (byAmount.get(one.amount) ?? []).flatMap((other) => {
      const weight = one.days[0] === other.days[0] || sharesDay(one, other) ? agreement(one, other) : 0;
      // Days of the account that are the same come before one that is a day of value of the other.
      return weight > 0 ? [{ fresh: one, kept: other, weight: weight + (one.days[0] === other.days[0] ? 1 : 0) }] : [];
    }),
  );
  const taken = new Set<Movement>();
  return pairs
    .sort((a, b) => b.weight - a.weight)
    .filter(({ fresh: one, kept: other }) => {
      if (taken.has(one) || taken.has(other)) return false;
      taken.add(one).add(other);
      return true;
    });
}

/** Whether two lines of files of different kinds may be one movement: same amount, some days apart at most. People decide. */
export const mayBeSame = (one: Movement, other: Movement): boolean =>
  one.amount === other.amount && one.days.some((day) => other.days.some((its) => Math.abs(daysBetween(day, its)) <= 3));

const sharesDay = (one: Movement, other: Movement) => one.days.some((day) => other.days.includes(day));

/** How well what is said agrees: 0 when it does not, up to 1. */
function agreement(one: Movement, other: Movement): number {
  const [a, b] = [said(one), said(other)];
  if (a.references.some((reference) => b.squeezed.includes(reference)) || b.references.some((reference) => a.squeezed.includes(reference)))
    return 1;
  if (a.names.length && b.names.length && !named(a, b) && !named(b, a)) return 0;
  const [small, large] = a.words.size <= b.words.size ? [a.words, b.words] : [b.words, a.words];
  const shared = [...small].filter((word) => large.has(word)).length;
  // Two payments of one person on one day: the invoice that each cites tells them apart.
  if (named(a, b) || named(b, a)) return 0.8 + (0.1 * shared) / Math.max(1, large.size);
  return small.size > 0 && shared === small.size ? 0.5 + (0.3 * shared) / large.size : 0;
}

type Said = ReturnType<typeof said>;
/** The other side's name, whole, in what the other says: a bank's « M. Martin Claire » is the label's « VIR MARTIN CLAIRE ». */
const named = (a: Said, b: Said): boolean => a.names.length > 0 && a.names.every((word) => b.words.has(word) || b.squeezed.includes(word));

/** What labels of banks say of every movement of a kind, and says nothing of one. */
const usual = new Set(
  'vir virement virements sepa recu emis inst instantane prlv prelevement prelevements europeen de du des la le les en au par pour m mme mlle mr monsieur madame ou et cb carte'.split(
    ' ',
  ),
);

function said({ lines }: Movement) {
  const texts = lines.map(({ label, counterparty, endToEnd }) => fold(`${label} ${counterparty} ${endToEnd}`));
  const distinct = (text: string) => text.split(' ').filter((word) => word.length > 1 && !usual.has(word));
  return {
    words: new Set(texts.flatMap(distinct)),
    squeezed: texts.join(' ').replaceAll(' ', ''),
    names: lines.length > 1 ? [] : distinct(fold(lines[0]!.counterparty)),
    references: lines.map(({ endToEnd }) => fold(endToEnd).replaceAll(' ', '')).filter((reference) => reference.length >= 6),
  };
}
