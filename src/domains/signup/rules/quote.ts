import type { Payment } from '#domains/subscriptions/rules/schedule.ts';
import { type Day, shortDay } from '#kernel/day.ts';
import { type Cents, formatEuros } from '#kernel/money.ts';

/** What a sign-up comes to, all told, as it is shown at each step and agreed to at the end. */

export type Asked = {
  priceCents: Cents;
  /** Baskets in all; those bought by count without a day yet are among them. */
  baskets: number;
  /** Of those that have a day: in how many deliveries they come. */
  deliveries: number;
  /** For each basket, by the depot. */
  depotFeeCents: Cents;
  /** Given on top at each delivery. */
  topUpCents: Cents;
  membership: { name: string; startsOn: Day; endsOn: Day; amountCents: Cents } | null;
  container: { name: string; depositCents: Cents } | null;
  /** Of the baskets' price, with the plan's deposit and fee in the first one. */
  payments: readonly Payment[];
};

export type QuoteLine = { label: string; detail: string; cents: Cents };
export type QuotePayment = { dueOn: Day; cents: Cents; what: string };
export type Quote = {
  /** They add up to the total. */
  lines: QuoteLine[];
  totalCents: Cents;
  /** What is asked for, day by day: all but what is added to each delivery. */
  payments: QuotePayment[];
  /** Depot's fee and top-up, billed with the baskets that they go with. */
  alongCents: Cents;
};

const many = (count: number, one: string, several = `${one}s`) => `${count} ${count > 1 ? several : one}`;

/** Lines add up to the total; payments and what goes along with deliveries do too (quote.test.ts). */
export function quoteOf(asked: Asked): Quote {
  const { baskets, deliveries, priceCents, depotFeeCents, topUpCents, membership, container, payments } = asked;
  const sum = (pick: (payment: Payment) => Cents) => payments.reduce((total, payment) => total + pick(payment), 0);
  const [deposit, fee] = [sum((one) => one.depositCents), sum((one) => one.feeCents)];
  const lines: QuoteLine[] = [
    { label: many(baskets, 'panier'), detail: `à ${formatEuros(priceCents)}`, cents: sum((one) => one.cents) },
    { label: 'Livraison au point de dépôt', detail: `${formatEuros(depotFeeCents)} par panier`, cents: baskets * depotFeeCents },
    {
      label: membership?.name ?? '',
      detail: membership ? `du ${shortDay(membership.startsOn)} au ${shortDay(membership.endsOn)}` : '',
      cents: membership?.amountCents ?? 0,
    },
    { label: 'Caution', detail: 'rendue à la fin', cents: deposit },
    { label: 'Contenant', detail: 'une seule fois', cents: fee },
    { label: `Consigne : ${container?.name ?? ''}`, detail: 'rendue avec le contenant', cents: container?.depositCents ?? 0 },
    { label: 'Arrondi solidaire', detail: `${formatEuros(topUpCents)} à chaque livraison`, cents: deliveries * topUpCents },
  ].filter(({ cents }, index) => index === 0 || cents !== 0);
  return {
    lines,
    totalCents: lines.reduce((total, { cents }) => total + cents, 0),
    payments: paymentsOf(asked),
    alongCents: baskets * depotFeeCents + deliveries * topUpCents,
  };
}

/** What is taken once comes with the first payment. */
function paymentsOf({ payments, membership, container }: Asked): QuotePayment[] {
  return payments.map(({ dueOn, baskets, cents, depositCents, feeCents }, index) => {
    const once = index === 0 ? [membership?.amountCents ?? 0, container?.depositCents ?? 0] : [0, 0];
    const what = [
      baskets === null ? 'mensualité' : many(baskets, 'panier'),
      once[0] ? 'adhésion' : '',
      depositCents || once[1] ? 'caution' : '',
      feeCents ? 'contenant' : '',
    ];
    return { dueOn, cents: cents + depositCents + feeCents + once[0]! + once[1]!, what: what.filter(Boolean).join(', ') };
  });
}

/** The dates and amounts of an offer in a few signs: the same when, and only when, nothing that was shown differs. */
export const markOf = (shown: { quote: Quote; dates: readonly Day[]; startsOn: Day; endsOn: Day }): string => {
  let hash = 0xcbf29ce484222325n;
  for (const unit of JSON.stringify([shown.quote, shown.dates, shown.startsOn, shown.endsOn])) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(unit.codePointAt(0)!)) * 0x100000001b3n);
  }
  return hash.toString(36);
};
