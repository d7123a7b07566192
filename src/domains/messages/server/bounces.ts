import { sql } from 'kysely';
import { done, type Outcome, refuse } from '#kernel/outcome.ts';
import { type Actor, requireRight } from '#platform/access/actor.ts';
import type { Tx } from '#platform/db/index.ts';
import { inGarden } from '#platform/db/tenancy.ts';

/** Sets an address aside: nothing more is sent there until somebody says otherwise. Noted twice, it stands once. */
export async function noteBounce(
  tx: Tx,
  gardenId: number,
  bounce: { address: string; messageId: number | null; reason: string },
): Promise<void> {
  await sql`
    insert into message_bounce (garden_id, address, message_id, reason) values (${gardenId}, ${bounce.address.trim()}, ${bounce.messageId}, ${bounce.reason})
    on conflict (garden_id, lower(address)) where cleared_at is null do nothing`.execute(tx);
}

/** A letter that came back, as somebody of the garden saw it: the message and its address are marked. Sent twice, it acts once. */
export function noteReturned(actor: Actor, messageId: number, reason: string): Promise<Outcome<{ address: string }>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const address = await markReturned(tx, actor.gardenId, messageId, reason || 'Noté à la main.');
    return address === null ? refuse('Ce message n’existe pas, ou n’est pas parti.') : done({ address });
  });
}

/** Within a transaction of whoever read the return. @returns the address that is set aside, or null when this message never left. */
export async function markReturned(tx: Tx, gardenId: number, messageId: number, reason: string): Promise<string | null> {
  const { rows } = await sql<{ address: string }>`
    update message set state = 'bounced', error = ${reason}
    where garden_id = app_garden() and id = ${messageId} and channel = 'mail' and state in ('sent', 'bounced') returning to_address as address`.execute(
    tx,
  );
  if (!rows[0]) return null;
  await noteBounce(tx, gardenId, { address: rows[0].address, messageId, reason });
  return rows[0].address;
}

/** The address answers again, or deserves another try. */
export function clearBounce(actor: Actor, id: number): Promise<Outcome<{ address: string }>> {
  requireRight(actor, 'messages:change');
  return inGarden(actor, async (tx) => {
    const { rows } = await sql<{ address: string }>`
      update message_bounce set cleared_at = coalesce(cleared_at, now()) where garden_id = app_garden() and id = ${id} returning address`.execute(
      tx,
    );
    return rows[0] ? done(rows[0]) : refuse('Cette adresse n’est plus dans la liste.');
  });
}
