import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import { visitorOf } from '#platform/access/own.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden, readInGarden } from '#platform/db/tenancy.ts';
import type { Refusable } from '../labels.ts';
import { readStop } from './token.ts';

/** What a customer wants to receive, beside what has to be said. */
export type Preferences = Record<Refusable, boolean>;

/** @returns what a customer wants; all of it until something else was said. */
export function messagePreferences(actor: Actor, customerId: number): Promise<Preferences> {
  requireRight(actor, 'messages:read');
  return readInGarden(actor, (tx) => loadPreferences(tx, customerId));
}

export async function loadPreferences(tx: Tx, customerId: number): Promise<Preferences> {
  const { rows } = await sql<{ kind: Refusable; wanted: boolean }>`
    select kind, wanted from message_preference where garden_id = app_garden() and customer_id = ${customerId}`.execute(tx);
  return { reminder: true, news: true, ...Object.fromEntries(rows.map(({ kind, wanted }) => [kind, wanted])) };
}

/** Keeps what a customer wants, and by which way it was said. Kinds that are not given stay as they are. Sent twice, it acts once. */
export function changePreferences(
  actor: Actor,
  customerId: number,
  wanted: Partial<Preferences>,
  saidBy: 'account' | 'garden',
): Promise<Outcome<null>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const known = await tx.selectFrom('customer').select('id').where('id', '=', customerId).executeTakeFirst();
    if (!known) return refuse('Ce client n’existe pas dans votre jardin.');
    await keep(tx, actor.gardenId, customerId, wanted, saidBy);
    return done(null);
  });
}

async function keep(
  tx: Tx,
  gardenId: number,
  customerId: number,
  wanted: Partial<Preferences>,
  saidBy: 'link' | 'account' | 'garden',
): Promise<void> {
  const given = Object.entries(wanted).map(([kind, value]) => ({ kind, wanted: value }));
  await sql`
    insert into message_preference as p (garden_id, customer_id, kind, wanted, said_by)
    select ${gardenId}::integer, ${customerId}::bigint, g.kind, g.wanted, ${saidBy}::text
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(kind text, wanted boolean)
    on conflict (garden_id, customer_id, kind) do update set wanted = excluded.wanted, said_by = excluded.said_by, changed_at = now()
    where p.wanted <> excluded.wanted`.execute(tx);
}

/** What the page behind the link of a letter shows: which garden, which kind, whether it still comes. Null: the link is not one of ours. */
export type StopPage = { garden: string; slug: string; accent: string | null; kind: Refusable; wanted: boolean };

/** Whoever holds the link needs no account: it was sent to her alone. */
export async function stopPage(token: string): Promise<StopPage | null> {
  const stopping = readStop(token);
  if (!stopping) return null;
  return readInGarden(visitorOf(stopping.gardenId), async (tx) => {
    const { rows } = await sql<StopPage>`
      select g.name as garden, g.slug, g.accent, ${stopping.kind}::text as kind,
        not exists (select from message_preference p where p.garden_id = c.garden_id and p.customer_id = c.id and p.kind = ${stopping.kind} and not p.wanted) as wanted
      from customer c join garden g on g.id = c.garden_id where c.garden_id = app_garden() and c.id = ${stopping.customerId}`.execute(tx);
    return rows[0] ?? null;
  });
}

/** Stops what the link of a letter stops, or takes it up again: one click, nothing else asked (RFC 8058). Clicked twice, it acts once. */
export async function stopMessages(token: string, wanted = false): Promise<Outcome<null>> {
  const stopping = readStop(token);
  if (!stopping) return refuse('Ce lien n’est pas complet. Reprenez-le dans votre message.');
  return inGarden(visitorOf(stopping.gardenId), async (tx) => {
    const known = await tx.selectFrom('customer').select('id').where('id', '=', stopping.customerId).executeTakeFirst();
    if (!known) return refuse('Ce lien ne sert plus.');
    await keep(tx, stopping.gardenId, stopping.customerId, { [stopping.kind]: wanted }, 'link');
    return done(null);
  });
}
