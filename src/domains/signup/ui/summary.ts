import { sayPlanBilling } from '#domains/plans/labels.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { sayPlace, sayWanted } from '../labels.ts';
import type { QuoteLine, QuotePayment } from '../rules/quote.ts';
import type { Progress } from '../server/progress.ts';

/** What was chosen so far, beside every step. */
export type Summary = {
  wanted: string;
  priceCents: Cents | null;
  place: { said: string; address: string; pickup: string } | null;
  waits: boolean;
  /** Days of the baskets, as far as the calendar goes; null while they are not known. */
  dates: Day[] | null;
  /** Baskets bought that have no day yet. */
  unplaced: number;
  endsOn: Day | null;
  calendarUntil: Day | null;
  /** Null until a first basket can be told. `settled`: the first basket was chosen. */
  settled: boolean;
  lines: QuoteLine[];
  totalCents: Cents | null;
  payments: QuotePayment[];
  alongCents: Cents;
  billing: string;
  trial: number | null;
  renews: number | null;
};

export function summaryOf({ plan, place, preview, quote, answers, journey }: Progress): Summary | null {
  if (!plan) return null;
  const { rythme } = answers;
  const drafted = preview?.ok ? preview.value : null;
  const told = journey.waits ? null : drafted;
  return {
    wanted: rythme ? sayWanted(plan.name, { quantity: rythme.quantite, wished: rythme.frequence }) : plan.name,
    priceCents: drafted?.priceCents ?? plan.priceCents,
    place: place && {
      said: sayPlace(place),
      address: [place.address, `${place.postcode} ${place.city}`.trim()].filter(Boolean).join(', '),
      pickup: place.pickup,
    },
    waits: journey.waits,
    dates: told?.baskets.map(({ date }) => date) ?? null,
    unplaced: told?.unplaced ?? 0,
    endsOn: told?.endsOn ?? null,
    calendarUntil: told && drafted && drafted.basketCount === null && drafted.calendarUntil < drafted.endsOn ? drafted.calendarUntil : null,
    settled: answers.debut !== null,
    lines: told ? (quote?.lines ?? []) : [],
    totalCents: told ? (quote?.totalCents ?? null) : null,
    payments: told ? (quote?.payments ?? []) : [],
    alongCents: quote?.alongCents ?? 0,
    billing: sayPlanBilling(drafted?.parts ? { ...plan, billingCount: drafted.parts } : plan),
    trial: plan.trialBaskets,
    renews: plan.tacitRenewal ? plan.noticeDays : null,
  };
}
