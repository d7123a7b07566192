import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type PersonFacts, type PersonRule, rulesFor, type ShareRule, split } from './shares.ts';

/**
 * What is to write of who pays what: for each basket received, lines that add up to its public price, minus what is written. Pure: the same question asked
 * twice gives nothing the second time. The past is not split anew when an agreement changes; what was taken back is taken back by its mirror.
 */

export type Programme = { id: number; whenShort: 'stop' | 'next' | 'allow'; shares: readonly ShareRule[] };
/** What a funder gives between two days; null: without limit. `used` is what stands in lines. */
export type Envelope = {
  id: number;
  programme: number;
  funder: number;
  startsOn: Day;
  endsOn: Day | null;
  cents: Cents | null;
  baskets: number | null;
  usedCents: Cents;
  usedBaskets: number;
};
/** One basket that was received by somebody whose stay holds on that day. `own`: what billing asks of her. `unit`: 1, 2… of the day. */
export type Received = {
  subscription: number;
  day: Day;
  unit: number;
  path: number;
  programme: number;
  person: PersonFacts;
  product: number;
  price: Cents;
  own: Cents;
};
export type Payer = { funder: number | null; envelope: number | null; cents: Cents };
export type Line = Payer & { path: number; subscription: number; day: Day; unit: number; product: number; quantity: 1 | -1 };
/** A basket as lines say it: those of its payers that come to something. */
export type Written = Pick<Received, 'subscription' | 'day' | 'unit' | 'path' | 'product'> & { payers: readonly Payer[] };

/** A basket that nobody pays until somebody decides: this funder has not enough left. */
export type Waiting = Received & { funder: number };
/** The first day on which a funder has not enough left for a basket of a programme. */
export type Short = { programme: number; funder: number; day: Day };
export type Settling = { lines: Line[]; waiting: Waiting[]; short: Short[] };

const keyOf = ({ subscription, day, unit }: Pick<Received, 'subscription' | 'day' | 'unit'>) => `${subscription} ${day} ${unit}`;

export function settling(
  received: readonly Received[],
  written: readonly Written[],
  programmes: readonly Programme[],
  envelopes: readonly Envelope[],
): Settling {
  const purse = new Purse(envelopes);
  const known = new Map(programmes.map((one) => [one.id, one]));
  const wanted = new Map(received.map((one) => [keyOf(one), one]));
  const stands = new Set<string>();
  const lines: Line[] = [];
  for (const one of written) {
    const now = wanted.get(keyOf(one));
    if (now && agrees(one, now)) stands.add(keyOf(one));
    else lines.push(...one.payers.map((payer) => lineOf(one, { ...payer, cents: -payer.cents }, -1)));
  }
  purse.take(lines);
  const waiting: Waiting[] = [];
  for (const one of received.toSorted((a, b) =>
    a.day < b.day ? -1 : a.day > b.day ? 1 : a.subscription - b.subscription || a.unit - b.unit,
  )) {
    if (stands.has(keyOf(one))) continue;
    const paid = purse.pay(one, known.get(one.programme)!);
    if (Array.isArray(paid)) {
      const made = paid.map((payer) => lineOf(one, payer, 1));
      purse.take(made);
      lines.push(...made);
    } else waiting.push({ ...one, funder: paid.lacks });
  }
  return { lines, waiting, short: purse.short() };
}

/** The line of a payer of a basket; -1 takes it back. */
export const lineOf = (
  { path, subscription, day, unit, product }: Pick<Received, 'path' | 'subscription' | 'day' | 'unit' | 'product'>,
  payer: Payer,
  quantity: 1 | -1,
) => ({
  ...{ path, subscription, day, unit, product, quantity },
  ...{ funder: payer.funder, envelope: payer.envelope, cents: payer.cents || 0 },
});

/** A basket stands as it is written while it is the same basket, of the same stay, at the same price, and its customer owes the same of it. */
function agrees({ payers, path, product }: Written, now: Received): boolean {
  const total = payers.reduce((sum, { cents }) => sum + cents, 0);
  const own = payers.reduce((sum, { funder, cents }) => (funder === null ? sum + cents : sum), 0);
  return path === now.path && product === now.product && total === now.price && own === now.own;
}

/** Envelopes as they empty. */
export class Purse {
  readonly #of: Map<string, (Envelope & { usedCents: Cents; usedBaskets: number })[]>;
  readonly #byId: Map<number, Envelope>;
  readonly #short = new Map<string, Short>();

  constructor(envelopes: readonly Envelope[]) {
    const own = envelopes
      .map((one) => ({ ...one }))
      .sort((a, b) => ((a.endsOn ?? '9') < (b.endsOn ?? '9') ? -1 : (a.endsOn ?? '9') > (b.endsOn ?? '9') ? 1 : a.id - b.id));
    this.#of = Map.groupBy(own, ({ programme, funder }) => `${programme} ${funder}`);
    this.#byId = new Map(own.map((one) => [one.id, one]));
  }

  take(lines: readonly Line[]): void {
    for (const { envelope, cents, quantity } of lines) {
      const one = envelope === null ? undefined : this.#byId.get(envelope);
      if (!one) continue;
      one.usedCents += cents;
      one.usedBaskets += quantity;
    }
  }

  short = (): Short[] => [...this.#short.values()];

  /** Who pays a basket, or who lacks the money for it. */
  pay(one: Received, { shares, whenShort, id }: Programme): Payer[] | { lacks: number } {
    const rules = rulesFor(shares, one.person);
    const own: PersonRule = { cents: one.own, basisPoints: 10_000 };
    const { parts, left } = split(one.price, own, rules);
    const paid = new Map<string, Payer>([['person', { funder: null, envelope: null, cents: one.own }]]);
    const spent = (envelope: number) => paid.get(String(envelope))?.cents ?? 0;
    const add = (payer: Payer) => {
      const key = payer.envelope === null ? `f${payer.funder}` : String(payer.envelope);
      paid.set(key, { ...payer, cents: payer.cents + (paid.get(key)?.cents ?? 0) });
    };
    /** Draws as much as this funder has. @returns what is missing. */
    const draw = (funder: number, cents: Cents): Cents => {
      const { parts, missing } = this.draw(id, funder, one.day, cents, spent);
      for (const part of parts) add(part);
      return missing;
    };
    const order = [...new Set(rules.map(({ funder }) => funder))];
    for (const { funder, cents } of parts) {
      let missing = draw(funder, cents);
      if (missing === 0) continue;
      this.#tell(id, funder, one.day);
      if (whenShort === 'allow') {
        add({ funder, envelope: this.beyond(id, funder, one.day), cents: missing });
        continue;
      }
      if (whenShort === 'next') for (const next of order.slice(order.indexOf(funder) + 1)) if (missing > 0) missing = draw(next, missing);
      if (missing > 0) return { lacks: funder };
    }
    if (left > 0) return { lacks: order.at(-1) ?? 0 };
    return [...paid.values()];
  }

  /**
   * What a funder pays of an amount out of its envelopes for a programme, those that end first; one without envelopes pays all of it. Nothing is taken yet.
   * @param spent what the same basket drew of an envelope already. @returns its parts, and what is missing.
   */
  draw(programme: number, funder: number, day: Day, cents: Cents, spent: (envelope: number) => Cents = () => 0) {
    const all = this.#of.get(`${programme} ${funder}`);
    const parts: Payer[] = all ? [] : [{ funder, envelope: null, cents }];
    if (!all) return { parts, missing: 0 };
    let missing = cents;
    for (const envelope of all) {
      if (missing === 0) break;
      const part = Math.min(missing, roomOf(envelope, day, spent(envelope.id)));
      if (part > 0) parts.push({ funder, envelope: envelope.id, cents: part });
      missing -= part;
    }
    return { parts, missing };
  }

  #tell(programme: number, funder: number, day: Day): void {
    const key = `${programme} ${funder}`;
    if (!this.#short.has(key)) this.#short.set(key, { programme, funder, day });
  }

  /** The envelope that goes below zero: the last that covers the day, or the last of all. */
  beyond(programme: number, funder: number, day: Day): number {
    const all = this.#of.get(`${programme} ${funder}`)!;
    return (all.findLast((one) => covers(one, day)) ?? all.at(-1)!).id;
  }
}

const covers = ({ startsOn, endsOn }: Envelope, day: Day): boolean => startsOn <= day && (endsOn === null || day <= endsOn);

/** What an envelope still pays of a basket, in cents, so much being drawn of it for the same basket already. */
function roomOf(one: Envelope, day: Day, spent: Cents): Cents {
  if (!covers(one, day)) return 0;
  if (one.baskets !== null && one.usedBaskets >= one.baskets) return 0;
  return one.cents === null ? Number.MAX_SAFE_INTEGER : Math.max(0, one.cents - one.usedCents - spent);
}
