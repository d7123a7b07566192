import { sql } from 'kysely';
import { readSettings } from '#domains/gardens/index.server.ts';
import type { Day } from '#kernel/day.ts';
import type { Cents } from '#kernel/money.ts';
import type { Tx } from '#platform/db/index.ts';
import type { ReceiptContent } from '../documents/model.ts';
import { articlesFor, type Body, bodies, type DonorKind, formOn, type Nature, type Statement, whyNoReceipt } from '../rules/eligibility.ts';
import { amountInWords } from '../rules/words.ts';

/** What receipts say of the garden besides what it stated. */
export type GardenFacts = Omit<ReceiptContent['garden'], 'body' | 'object' | 'ruling'>;

export async function gardenFacts(tx: Tx, gardenId: number): Promise<GardenFacts> {
  const { settings, accent, ...garden } = await tx
    .selectFrom('garden')
    .select(['name', 'address', 'postcode', 'city', 'accent', 'settings'])
    .where('id', '=', gardenId)
    .executeTakeFirstOrThrow();
  const { legalName, legalForm, siret, rna } = readSettings(settings);
  return { ...garden, name: legalName || garden.name, legalForm, siren: siret.slice(0, 9), rna, accent: accent ?? '' };
}

export type StoredStatement = Statement & { id: number; createdAt: Date; by: string | null };

/** All that was stated, in the order it was. One query. */
export async function statementsOf(tx: Tx): Promise<StoredStatement[]> {
  const { rows } = await sql<StoredStatement>`
    select s.id, s.starts_on as "startsOn", s.eligible, s.body, s.articles, s.object, s.ruling, s.signer, s.signer_title as "signerTitle", s.created_at as "createdAt",
      (select p.name from auth."user" p where p.id = s.user_id) as by
    from giving_statement s where s.garden_id = app_garden() order by s.id`.execute(tx);
  return rows;
}

/** A gift with its donor, as receipts need them. */
export type GiftFacts = {
  id: number;
  donor: number;
  kind: DonorKind;
  day: Day;
  cents: Cents;
  nature: Nature;
  means: 'cash' | 'cheque' | 'transfer' | null;
  state: string;
  counterpart: boolean;
  label: string;
  valuation: string;
  wish: 'year' | 'once' | 'none';
  email: string;
  customer: number | null;
  lastName: string;
  firstName: string;
  legalForm: string;
  siren: string;
  address: string;
  postcode: string;
  city: string;
};

/** Gifts received that no receipt stands for, their rows locked when `lock`. @param asked those of a year, of a donor, or named. One query. */
export async function giftsWithoutReceipt(
  tx: Tx,
  asked: { year?: number; donor?: number; ids?: readonly number[] },
  { lock = false } = {},
): Promise<GiftFacts[]> {
  const { year = null, donor = null, ids = null } = asked;
  const { rows } = await sql<GiftFacts>`
    select g.id, g.donor_id as donor, d.kind, g.day, g.cents, g.nature, g.means, g.state, g.counterpart, g.label, g.valuation, d.receipts as wish, d.email,
      d.customer_id as customer, d.last_name as "lastName", d.first_name as "firstName", d.legal_form as "legalForm", d.siren, d.address, d.postcode, d.city
    from gift g join donor d on d.garden_id = g.garden_id and d.id = g.donor_id
    where g.garden_id = app_garden() and g.receipt_id is null and g.state = 'received'
      and (${year}::int is null or g.day between make_date(${year}::int, 1, 1) and make_date(${year}::int, 12, 31))
      and (${donor}::bigint is null or g.donor_id = ${donor}::bigint) and (${ids === null} or g.id = any(${[...(ids ?? [])]}::bigint[]))
    order by search_text(d.last_name), search_text(d.first_name), g.donor_id, g.day, g.id ${lock ? sql`for update of g` : sql``}`.execute(
    tx,
  );
  return rows;
}

/** Why no receipt can be made of it today; null when one can. */
export const whyNot = (gift: GiftFacts, garden: GardenFacts, statements: readonly Statement[], today: Day): string | null =>
  whyNoReceipt({ gift, donor: gift, garden, statements }, today);

/** What a receipt of these gifts, all of one donor, says from now on. */
export function contentOf(gifts: readonly GiftFacts[], garden: GardenFacts, stated: Statement, day: Day): ReceiptContent {
  const { kind, lastName, firstName, legalForm, siren, address, postcode, city } = gifts[0]!;
  const cents = gifts.reduce((sum, one) => sum + one.cents, 0);
  const body = bodies[stated.body as Body].label;
  return {
    ...{ form: formOn(day, kind), kind, articles: articlesFor(stated, kind), cents, words: amountInWords(cents) },
    garden: { ...garden, body, object: stated.object, ruling: stated.ruling },
    donor: { lastName, firstName, legalForm, siren, address, postcode, city },
    gifts: gifts.map((one) => ({
      ...{ id: one.id, day: one.day, cents: one.cents, nature: one.nature, means: one.means, label: one.label, valuation: one.valuation },
    })),
    ...{ signer: stated.signer, signerTitle: stated.signerTitle },
  };
}
