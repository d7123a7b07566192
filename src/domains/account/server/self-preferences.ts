import { sql } from 'kysely';
import { changePreferences, messagePreferences, type Preferences } from '#domains/messages/index.server.ts';
import type { Outcome } from '#kernel/outcome.ts';
import { lookOwn, type Own, requireOwn } from '#platform/access/own.ts';
import { readInGarden } from '#platform/db/tenancy.ts';

/** `bounced`: letters come back from her address, nothing more is sent there. */
export type OwnPreferences = Preferences & { email: string; bounced: boolean };

/** What a customer wants to receive, and where. Two queries. */
export async function ownPreferences(own: Own): Promise<OwnPreferences> {
  const actor = lookOwn(own, 'messages:read');
  const [wanted, place] = await Promise.all([
    messagePreferences(actor, own.customerId),
    readInGarden(actor, async (tx) => {
      const { rows } = await sql<{ email: string; bounced: boolean }>`
        select c.email, c.email <> '' and exists (select from message_bounce b where b.garden_id = c.garden_id and b.cleared_at is null
          and lower(b.address) = lower(c.email)) as bounced
        from customer c where c.garden_id = app_garden() and c.id = ${own.customerId}`.execute(tx);
      return rows[0] ?? { email: '', bounced: false };
    }),
  ]);
  return { ...wanted, ...place };
}

/** Says what she wants. Sent twice, it acts once. */
export function changeOwnPreferences(own: Own, wanted: Preferences): Promise<Outcome<null>> {
  const actor = requireOwn(own, 'messages:change');
  return changePreferences(actor, own.customerId, wanted, 'account');
}
