import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import { afterOf, type Choice, chosen, type Figures, figuresBy, figuresOf, type HelpedBasket, monthOf, paidBy } from '../rules/report.ts';
import { endedStays, helpedBaskets, type Names, namesOf, namesOfPeople, type Period, type StayEnd } from './helped.ts';

/** `funder` null: the people themselves. */
export type PayerFigure = { funder: number | null; name: string | null; cents: Cents };
export type MonthFigure = Figures & { month: string; payers: PayerFigure[] };
export type NamedFigure = Figures & { id: number; name: string };
export type PlaceFigure = Figures & { place: string };
export type Report = Figures & {
  months: MonthFigure[];
  payers: PayerFigure[];
  places: PlaceFigure[];
  /** Where baskets were collected; 0: nowhere, they were given. */
  depots: NamedFigure[];
  programmes: NamedFigure[];
  /** Stays whose last day is in the period, by what came after, and how long they lasted (days, the mean). */
  after: ReturnType<typeof afterOf>;
};

/** What each payer paid of these baskets, with how it is called. */
export const namedPayers = (baskets: readonly HelpedBasket[], names: Names): PayerFigure[] =>
  paidBy(baskets).map(({ funder, cents }) => ({ funder, cents, name: funder === null ? null : (names.funder.get(funder) ?? '') }));

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name, 'fr');

/** What solidarity did between two days (included). No person's name is read. Four queries. */
export function report(actor: Actor, period: Period): Promise<Report> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const [baskets, stays, names] = [await helpedBaskets(tx, period), await endedStays(tx, period), await namesOf(tx)];
    const named = (keyOf: (one: HelpedBasket) => number, called: ReadonlyMap<number, string>) =>
      figuresBy(baskets, keyOf)
        .map(({ key, ...figures }) => ({ id: key, name: called.get(key) ?? '', ...figures }))
        .sort(byName);
    return {
      ...figuresOf(baskets),
      months: figuresBy(baskets, ({ day }) => monthOf(day)).map(({ key, ...figures }) => ({
        month: key,
        ...figures,
        payers: namedPayers(chosen(baskets, { month: key }), names),
      })),
      payers: namedPayers(baskets, names),
      places: figuresBy(baskets, ({ place }) => place)
        .map(({ key, ...figures }) => ({ place: key, ...figures }))
        .sort((a, b) => b.baskets - a.baskets),
      depots: named(({ depot }) => depot ?? 0, names.depot),
      programmes: named(({ programme }) => programme, names.programme),
      after: afterOf(stays),
    };
  });
}

export type BasketRow = HelpedBasket & { name: string; basket: string; depotName: string; programmeName: string };
export type ReportRows = Figures & {
  rows: BasketRow[];
  /** How what was chosen is called. */
  chosen: { funder: string | null; programme: string | null; depot: string | null };
};

/** The baskets behind figures, with whom they were for. Four queries. */
export function reportRows(actor: Actor, period: Period, choice: Choice): Promise<ReportRows> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const baskets = chosen(await helpedBaskets(tx, period), choice);
    const names = await namesOf(tx);
    const people = await namesOfPeople(
      tx,
      baskets.map(({ customer }) => customer),
    );
    const { funder, programme, depot } = choice;
    return {
      ...figuresOf(baskets),
      rows: baskets.map((one) => ({
        ...one,
        name: people.get(one.customer) ?? '',
        basket: names.product.get(one.product) ?? '',
        depotName: (one.depot !== null && names.depot.get(one.depot)) || '',
        programmeName: names.programme.get(one.programme) ?? '',
      })),
      chosen: {
        funder: (typeof funder === 'number' && names.funder.get(funder)) || null,
        programme: (programme !== undefined && names.programme.get(programme)) || null,
        depot: (depot !== undefined && names.depot.get(depot)) || null,
      },
    };
  });
}

/** The stays behind « what came after », with who they were. Three queries. */
export function stayRows(actor: Actor, period: Period): Promise<(StayEnd & { name: string; programmeName: string })[]> {
  requireRight(actor, 'solidarity:read');
  return readInGarden(actor, async (tx) => {
    const stays = await endedStays(tx, period);
    const names = await namesOf(tx);
    const people = await namesOfPeople(
      tx,
      stays.map(({ customer }) => customer),
    );
    return stays.map((one) => ({ ...one, name: people.get(one.customer) ?? '', programmeName: names.programme.get(one.programme) ?? '' }));
  });
}
