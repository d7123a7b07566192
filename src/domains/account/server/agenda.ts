import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { ownBaskets } from '#domains/subscriptions/index.server.ts';
import type { Day } from '#kernel/day.ts';
import { done, type Outcome } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn, visitorOf } from '#platform/access/own.ts';
import { isSigned, sign } from '#platform/auth/sign.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import { type Card, cardsOf } from '../rules/baskets-cards.ts';

type Feed = { id: number; customerId: number; salt: Buffer; createdAt: Date };

const USE = 'agenda';
/** « 1a-2f-… »: the garden and the feed, then what only the installation can write. */
const tokenOf = (gardenId: number, { id, salt }: Feed): string =>
  [gardenId.toString(36), id.toString(36), sign(USE, `${gardenId}/${id}/${salt.toString('hex')}`)].join('-');

async function feedOf(tx: Tx, which: { customerId: number } | { id: number }): Promise<Feed | null> {
  const { rows } = await sql<Feed>`
    select id::int, customer_id::int as "customerId", salt, created_at as "createdAt" from calendar_feed
    where garden_id = app_garden() and revoked_at is null and ${'id' in which ? sql`id = ${which.id}` : sql`customer_id = ${which.customerId}`}`.execute(
    tx,
  );
  return rows[0] ?? null;
}

/** The secret end of the address of a customer's calendar, and since when; null when there is none. One query. */
export function ownAgenda(own: Own): Promise<{ token: string; since: Date } | null> {
  const actor = lookOwn(own);
  return readInGarden(actor, async (tx) => {
    const feed = await feedOf(tx, own);
    return feed && { token: tokenOf(own.gardenId, feed), since: feed.createdAt };
  });
}

/** Opens a secret address for her calendar. Sent twice, it opens one. */
export function openAgenda(own: Own): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`
      insert into calendar_feed (garden_id, customer_id, salt) values (app_garden(), ${own.customerId}, ${randomBytes(32)})
      on conflict (garden_id, customer_id) where revoked_at is null do nothing`.execute(tx);
    return done(null);
  });
}

/** Closes the address: whoever has it sees nothing any more. */
export function closeAgenda(own: Own): Promise<Outcome<null>> {
  const actor = requireOwn(own);
  return inGarden(actor, async (tx) => {
    await sql`
      update calendar_feed set revoked_at = now(), version = version + 1
      where garden_id = app_garden() and customer_id = ${own.customerId} and revoked_at is null`.execute(tx);
    return done(null);
  });
}

export type Agenda = { garden: string; slug: string; customerId: number; cards: Card[] };

/** What a secret address shows: the baskets to come; null when the address is not ours, was closed, or its customer left. Five queries. */
export async function agendaAt(token: string, today: Day): Promise<Agenda | null> {
  const [gardenId, id, signature] = split(token);
  if (gardenId === null || id === null || !signature) return null;
  const actor = visitorOf(gardenId, 'subscriptions:read');
  const found = await readInGarden(actor, async (tx) => {
    const feed = await feedOf(tx, { id });
    if (!feed || !isSigned(USE, `${gardenId}/${id}/${feed.salt.toString('hex')}`, signature)) return null;
    const { rows } = await sql<{ garden: string; slug: string }>`
      select g.name as garden, g.slug from garden g join customer c on c.garden_id = g.id
      where g.id = app_garden() and g.archived_at is null and c.id = ${feed.customerId} and c.archived_at is null`.execute(tx);
    return rows[0] ? { ...rows[0], customerId: feed.customerId } : null;
  });
  if (!found) return null;
  const { coming } = await ownBaskets(actor, found.customerId, today, { toldUntil: '' });
  return { ...found, cards: cardsOf(coming).filter((card) => card.quantity > 0) };
}

function split(token: string): [number | null, number | null, string] {
  const match = /^([0-9a-z]{1,6})-([0-9a-z]{1,10})-([\w-]{22})$/.exec(token);
  return match ? [Number.parseInt(match[1]!, 36), Number.parseInt(match[2]!, 36), match[3]!] : [null, null, ''];
}
