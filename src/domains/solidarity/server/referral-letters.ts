import { sql } from 'kysely';
import { ownPrice } from '#domains/billing/index.server.ts';
import { notify, writeTo } from '#domains/messages/index.server.ts';
import { sayReceives } from '#domains/subscriptions/labels.ts';
import type { Frequency } from '#domains/subscriptions/rules/frequency.ts';
import { type Day, sayDay, sayDayAndYear } from '#kernel/day.ts';
import { formatEuros } from '#kernel/money.ts';
import { config } from '#platform/config.ts';
import type { Tx } from '#platform/db/index.ts';
import { sayNext } from '../rules/term.ts';
import { lastSubscription } from './paths.ts';
import type { ReferralRow } from './referral-store.ts';

/** Where a prescriber reads about somebody she sent. */
async function addressOf(tx: Tx, id: number): Promise<string> {
  const { rows } = await sql<{ slug: string }>`select slug from garden where id = app_garden()`.execute(tx);
  return `${config.publicUrl()}/prescripteur/${rows[0]!.slug}/${id}`;
}

/** Tells who sent her; nobody is named. Without a prescriber who has a space, nothing is written. */
export async function answerPrescriber(tx: Tx, gardenId: number, row: ReferralRow, said: string, message = ''): Promise<void> {
  if (!row.personEmail) return;
  const variables = { dossier: String(row.id), reponse: said, message, lien: await addressOf(tx, row.id) };
  await writeTo(tx, gardenId, { to: row.personEmail, name: row.person ?? '', event: 'referral_answered', variables });
}

export const endsSoonForPrescriber = async (
  tx: Tx,
  gardenId: number,
  to: { email: string; name: string; referral: number; endsOn: Day },
): Promise<void> =>
  writeTo(tx, gardenId, {
    ...{ to: to.email, name: to.name, event: 'referral_ends_soon' },
    variables: { dossier: String(to.referral), fin: sayDayAndYear(to.endsOn), lien: await addressOf(tx, to.referral) },
  });

export type StayLetter = {
  customerId: number;
  product: string;
  quantity: number;
  frequency: Frequency;
  depot: string;
  pickup: string;
  priceCents: number;
  ownCents: number;
  startsOn: Day;
  endsOn: Day;
  atEnd: 'ends' | 'ordinary' | 'renewal';
  /** Somebody sent her. */
  referred: boolean;
};

/** What letters say of stays: the basket, where, at which price. By id. One query. */
export async function stayLetters(tx: Tx, ids: readonly number[]): Promise<Map<number, StayLetter>> {
  const own = ownPrice({ subscription: 's.id', day: 'greatest(p.starts_on, s.starts_on)', price: 's.price_cents' });
  const { rows } = await sql<StayLetter & { id: number }>`
    select p.id, p.customer_id as "customerId", r.name as product, s.quantity, s.frequency, d.name as depot, o.pickup, s.price_cents as "priceCents",
      ${own.price}::int as "ownCents", p.starts_on as "startsOn", p.ends_on as "endsOn", p.at_end as "atEnd",
      exists (select from referral f where f.garden_id = p.garden_id and f.path_id = p.id and f.prescriber_id is not null) as referred
    from path p join subscription s on s.garden_id = p.garden_id and s.id = ${lastSubscription}
    join product r on r.garden_id = s.garden_id and r.id = s.product_id
    join slot o on o.garden_id = s.garden_id and o.id = s.slot_id join depot d on d.garden_id = o.garden_id and d.id = o.depot_id
    ${own.join}
    where p.garden_id = app_garden() and p.id = any(${[...ids]}::bigint[])`.execute(tx);
  return new Map(rows.map(({ id, ...one }) => [id, one]));
}

/** The welcome that everybody gets, then what was agreed, in a letter of its own. @param first the day of the first basket; null when it carries on. */
export async function writeAgreed(tx: Tx, gardenId: number, pathId: number, first: Day | null): Promise<void> {
  const one = (await stayLetters(tx, [pathId])).get(pathId)!;
  const formule = sayReceives(one);
  if (first)
    await notify(tx, gardenId, [
      {
        ...{ event: 'signup_accepted', customerId: one.customerId },
        variables: { formule, depot: one.depot, horaires: one.pickup, debut: sayDay(first), resume: [formule], message: '', attend: '' },
      },
    ]);
  await notify(tx, gardenId, [
    {
      ...{ event: 'path_begins', customerId: one.customerId, about: `path:${pathId}` },
      variables: {
        ...{ formule, prix: formatEuros(one.ownCents), debut: sayDayAndYear(one.startsOn), fin: sayDayAndYear(one.endsOn) },
        suite: sayNext(one.atEnd, one.priceCents),
      },
    },
  ]);
}
