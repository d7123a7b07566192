import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { readInGarden } from '#platform/db/tenancy.ts';
import type { DonorKind, Nature } from '../rules/eligibility.ts';

/** How a list of gifts is asked for: a page, an order, filters of the address. */
export type GiftsAsked = {
  search: string;
  sort: string;
  direction: 'asc' | 'desc';
  page: number;
  perPage: number;
  /** `annee`, `etat`, `collecte`, `nature`, `recu`. */
  filters: Record<string, string>;
};
export const giftSorts = ['date', 'donateur', 'montant'] as const;

export type GiftRow = {
  id: number;
  day: Day;
  donor: number;
  name: string;
  kind: DonorKind;
  nature: Nature;
  origin: string;
  cents: Cents;
  state: 'promised' | 'received' | 'cancelled';
  counterpart: boolean;
  label: string;
  campaign: string | null;
  receipt: number | null;
  receiptNumber: string | null;
};
export type GiftList = { rows: GiftRow[]; total: number; cents: Cents };

const orders: Record<string, RawBuilder<unknown>> = {
  date: sql`g.day`,
  donateur: sql`search_text(d.last_name || ' ' || d.first_name)`,
  montant: sql`g.cents`,
};

function where({ search, filters }: Pick<GiftsAsked, 'search' | 'filters'>): RawBuilder<unknown> {
  const { annee = '', etat = '', collecte = '', nature = '', recu = '' } = filters;
  const year = /^\d{4}$/.test(annee) ? Number(annee) : null;
  const campaign = /^\d+$/.test(collecte) ? Number(collecte) : null;
  return sql`g.garden_id = app_garden()
    and (${search} = '' or search_text(d.last_name || ' ' || d.first_name || ' ' || d.email) like '%' || search_text(${search}) || '%')
    and (${year}::int is null or extract(year from g.day) = ${year}::int)
    and (${etat} = '' or g.state = ${etat}) and (${etat} <> '' or g.state <> 'cancelled')
    and (${campaign}::bigint is null or g.campaign_id = ${campaign}::bigint)
    and (${nature} = '' or g.nature = ${nature})
    and (${recu} = '' or (g.receipt_id is not null) = (${recu} = 'oui'))`;
}

/** Gifts, a page at a time, those that were cancelled only when asked for; `cents`: what they all come to. Two queries. */
export function giftList(actor: Actor, asked: GiftsAsked): Promise<GiftList> {
  requireRight(actor, 'giving:read');
  const held = where(asked);
  return readInGarden(actor, async (tx) => {
    const [rows, counts] = await Promise.all([
      sql<GiftRow>`
        select g.id, g.day, g.donor_id as donor, trim(d.last_name || ' ' || d.first_name) as name, d.kind, g.nature, g.origin, g.cents, g.state, g.counterpart, g.label,
          c.title as campaign, g.receipt_id as receipt, r.number as "receiptNumber"
        from gift g
        join donor d on d.garden_id = g.garden_id and d.id = g.donor_id
        left join campaign c on c.garden_id = g.garden_id and c.id = g.campaign_id
        left join receipt r on r.garden_id = g.garden_id and r.id = g.receipt_id
        where ${held}
        order by ${orders[asked.sort] ?? orders.date!} ${asked.direction === 'asc' ? sql`asc` : sql`desc`}, g.id desc
        limit ${asked.perPage} offset ${(asked.page - 1) * asked.perPage}`.execute(tx),
      sql<{ total: number; cents: Cents }>`
        select count(*)::int as total, coalesce(sum(g.cents) filter (where g.state = 'received'), 0)::bigint as cents
        from gift g join donor d on d.garden_id = g.garden_id and d.id = g.donor_id where ${held}`.execute(tx),
    ]);
    return { rows: rows.rows, ...counts.rows[0]! };
  });
}

/** All the gifts of a list, for a file. */
export const giftsToExport = (actor: Actor, asked: GiftsAsked): Promise<GiftRow[]> =>
  giftList(actor, { ...asked, page: 1, perPage: 100_000 }).then(({ rows }) => rows);
