import { addDays, type Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { firstDay, lastDay, monthOf } from './months.ts';
import { type StoredYear, yearAt } from './years.ts';

/** One receipt, or one that was given or taken back (below zero), as it stands in the ledger. */
export type Movement = { day: Day; method: string; kind: 'received' | 'given_back' | 'taken_back'; amount: Cents };
/** What was sold that day, by rate of VAT: documents issued and takings. */
export type Sold = { day: Day; vatBasisPoints: number; net: Cents; vat: Cents; gross: Cents };

export type MethodTotal = { method: string; received: Cents; givenBack: Cents; takenBack: Cents; payments: number };
export type RateTotal = { vatBasisPoints: number; net: Cents; vat: Cents; gross: Cents };
/** What a closing says, besides its days and sums. `upTo`: the last number of each journal that it looked at. */
export type TillTotals = { methods: MethodTotal[]; rates: RateTotal[]; late: number; upTo: Record<string, number> };

export type TillClosing = {
  kind: 'day' | 'month' | 'year';
  from: Day;
  until: Day;
  totals: TillTotals;
  total: Cents;
  perpetual: Cents;
  payments: number;
};

/** What was closed before: the day, the perpetual total, and by kind the last day that was closed. */
export type Before = { until: Day | null; perpetual: Cents; months: Day | null; years: Day | null; days: TillClosing[] };

/**
 * The closings that are missing up to a day (included), in the order in which they follow each other: a day on which something was received or sold, a
 * month and a financial year that are over. What was written late, for a day that was closed already, goes with the first day closed now: nothing
 * escapes, nothing is counted twice.
 */
export function closingsOf(
  movements: readonly Movement[],
  sold: readonly Sold[],
  before: Before,
  until: Day,
  upTo: Record<string, number>,
  years: readonly StoredYear[],
): TillClosing[] {
  const own = (day: Day): Day => (before.until !== null && day <= before.until ? nextOf(before.until) : day);
  const byDay = Map.groupBy(movements, ({ day }) => own(day));
  const soldByDay = Map.groupBy(sold, ({ day }) => own(day));
  const days = [...new Set([...byDay.keys(), ...soldByDay.keys()])].filter((day) => day <= until).sort();
  let perpetual = before.perpetual;
  let from = before.until === null ? days[0] : nextOf(before.until);
  const daily = days.map((day): TillClosing => {
    const some = byDay.get(day) ?? [];
    const total = some.reduce((sum, { amount }) => sum + amount, 0);
    perpetual += total;
    const late = some.filter((one) => one.day !== day).length;
    const totals = { methods: methodsOf(some), rates: ratesOf(soldByDay.get(day) ?? []), late, upTo };
    const made: TillClosing = { kind: 'day', from: from!, until: day, totals, total, perpetual, payments: some.length };
    from = nextOf(day);
    return made;
  });
  const all = [...before.days, ...daily];
  const months = periodsOf(
    all,
    before.months,
    until,
    (day) => ({ from: firstDay(monthOf(day)), until: lastDay(monthOf(day)) }),
    'month',
    upTo,
  );
  const yearly = periodsOf(all, before.years, until, (day) => yearDays(day, years), 'year', upTo);
  return [...daily, ...months, ...yearly].sort((a, b) => a.until.localeCompare(b.until) || order[a.kind] - order[b.kind]);
}

const order = { day: 0, month: 1, year: 2 };
const yearDays = (day: Day, years: readonly StoredYear[]) => {
  const { startsOn, endsOn } = yearAt(day, years);
  return { from: startsOn, until: endsOn };
};

const nextOf = (day: Day): Day => addDays(day, 1);

/** Closings of longer periods that are over: the sum of their days. */
function periodsOf(
  days: readonly TillClosing[],
  closed: Day | null,
  until: Day,
  period: (day: Day) => { from: Day; until: Day },
  kind: 'month' | 'year',
  upTo: Record<string, number>,
): TillClosing[] {
  const groups = Map.groupBy(days, (day) => period(day.until).until);
  return [...groups].flatMap(([end, some]) => {
    if (end > until || (closed !== null && end <= closed)) return [];
    const totals: TillTotals = {
      methods: sumMethods(some.flatMap((day) => day.totals.methods)),
      rates: sumRates(some.flatMap((day) => day.totals.rates)),
      late: some.reduce((sum, day) => sum + day.totals.late, 0),
      upTo,
    };
    const sum = (of: (day: TillClosing) => number) => some.reduce((total, day) => total + of(day), 0);
    return [
      {
        kind,
        from: period(some[0]!.until).from,
        until: end,
        totals,
        total: sum((day) => day.total),
        perpetual: some.at(-1)!.perpetual,
        payments: sum((day) => day.payments),
      },
    ];
  });
}

const methodsOf = (movements: readonly Movement[]): MethodTotal[] =>
  sumMethods(
    movements.map(({ method, kind, amount }) => ({
      method,
      received: kind === 'received' ? amount : 0,
      givenBack: kind === 'given_back' ? -amount : 0,
      takenBack: kind === 'taken_back' ? -amount : 0,
      payments: 1,
    })),
  );

const sumMethods = (some: readonly MethodTotal[]): MethodTotal[] =>
  [...Map.groupBy(some, ({ method }) => method)]
    .map(([method, own]) => ({
      method,
      received: own.reduce((sum, one) => sum + one.received, 0),
      givenBack: own.reduce((sum, one) => sum + one.givenBack, 0),
      takenBack: own.reduce((sum, one) => sum + one.takenBack, 0),
      payments: own.reduce((sum, one) => sum + one.payments, 0),
    }))
    .sort((a, b) => a.method.localeCompare(b.method));

const ratesOf = (sold: readonly Sold[]): RateTotal[] => sumRates(sold.map(({ day: _, ...rate }) => rate));
const sumRates = (some: readonly RateTotal[]): RateTotal[] =>
  [...Map.groupBy(some, ({ vatBasisPoints }) => vatBasisPoints)]
    .map(([vatBasisPoints, own]) => ({
      vatBasisPoints,
      net: own.reduce((sum, one) => sum + one.net, 0),
      vat: own.reduce((sum, one) => sum + one.vat, 0),
      gross: own.reduce((sum, one) => sum + one.gross, 0),
    }))
    .sort((a, b) => a.vatBasisPoints - b.vatBasisPoints);

/** The same text for the same closing, whatever order its keys come in (jsonb sorts them its own way): what is hashed. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical((value as Record<string, unknown>)[key])}`).join(',')}}`;
}
