import { addDays, type Day, sayDayAndYear, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';
import { monthNames } from './labels-charges.ts';
import type { Movement, Period, Received } from './rules/statement.ts';

/** The words of a statement, the same on screen and on paper. */

/** What remains at the end of something, in words: « Reste à régler », 12,50 € ; « D’avance », 8,00 € ; « À jour », 0,00 €. */
export const remains = (cents: Cents): { label: string; amount: string } => ({
  label: cents > 0 ? 'Reste à régler' : cents < 0 ? 'D’avance' : 'Tout est réglé',
  amount: formatEuros(Math.abs(cents)),
});

/** « Octobre 2025 », « Octobre 2025, du 17 au 31 » when it is a part of it. */
export function sayMonth({ from, until }: Pick<Period, 'from' | 'until'>): string {
  const [year, month, first] = from.split('-').map(Number) as [number, number, number];
  const last = Number(until.slice(8));
  const name = monthNames[month - 1]!;
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)} ${year}`;
  const whole = first === 1 && last === new Date(Date.UTC(year, month, 0)).getUTCDate();
  return whole ? title : `${title}, du ${first === 1 ? '1er' : first} au ${last}`;
}

/** A line of a statement: the day, what it is, an amount in cents. */
export type StatementLine = { day: Day; what: string; cents: Cents; document: number | null };
export type StatementPart = { title: string; lines: StatementLine[]; total: Cents; totalLabel: string };

/** « 1 Simple, 2 Pain » of a day, with what they are worth. */
function receivedLines(received: readonly Received[]): StatementLine[] {
  return [...Map.groupBy(received, ({ day }) => day)].map(([day, some]) => ({
    ...{ day, document: null, what: some.map(({ product, quantity }) => `${quantity} ${product}`).join(', ') },
    cents: some.reduce((total, { cents }) => total + cents, 0),
  }));
}

/** What was brought over says which way it goes: a sign alone would not. */
const sayMovement = ({ label, kind, cents }: Movement): string =>
  kind === 'brought' ? `${label} (${cents > 0 ? 'à régler' : 'd’avance'})` : label;

const moved = (movements: readonly Movement[], kinds: readonly Movement['kind'][], sign: 1 | -1): StatementLine[] =>
  movements
    .filter(({ kind }) => kinds.includes(kind))
    .map((movement) => ({ day: movement.day, what: sayMovement(movement), cents: sign * movement.cents, document: movement.document }));

/** What a period tells, part by part; those of which there is nothing left out. What was paid is above zero; a rejection below. */
export function partsOf({ received, movements, totals }: Period): StatementPart[] {
  const parts: StatementPart[] = [
    { title: 'Reçu', lines: receivedLines(received), total: totals.received, totalLabel: 'Valeur de ce qui a été reçu' },
    { title: 'Solde repris et corrections', lines: moved(movements, ['brought', 'other'], 1), total: totals.other, totalLabel: 'En tout' },
    { title: 'Facturé', lines: moved(movements, ['billed'], 1), total: totals.billed, totalLabel: 'Facturé ce mois' },
    { title: 'Réglé', lines: moved(movements, ['paid'], -1), total: totals.paid, totalLabel: 'Réglé ce mois' },
  ];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** « du 17/10/2025 au 22/11/2025 » */
export const sayPeriodOf = ({ from, until }: { from: Day; until: Day }): string => `du ${shortDay(from)} au ${shortDay(until)}`;

/** Where the account stood the day before, in a sentence; '' when a balance was brought over on the first day, which tells it better. */
export function sayBefore({
  from,
  opening,
  periods,
}: {
  from: Day;
  opening: Cents;
  periods: readonly Pick<Period, 'movements'>[];
}): string {
  if (opening === 0 && periods.some(({ movements }) => movements.some(({ kind, day }) => kind === 'brought' && day === from))) return '';
  const { label, amount } = remains(opening);
  return `Le ${sayDayAndYear(addDays(from, -1))} : ${label.toLowerCase()}${opening === 0 ? '' : ` ${amount}`}.`;
}

/** What was billed before it is received, in a sentence; '' when there is nothing. */
export const sayAhead = (cents: Cents): string =>
  cents > 0 ? `Des paniers déjà facturés, pour ${formatEuros(cents)}, sont encore à recevoir.` : '';
